// Calls a running backend as OpenBB Workspace does: the connection first, then every widget with its default parameters.
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { clientOf } from "./client.js";
import { formValues, initialValues, withQuery } from "./params.js";
import { plain, TYPES } from "./types.js";

/**
 * Plays Workspace against a generated project that is built and running.
 *
 * @param {object} backend
 * @param {string} backend.url its base URL
 * @param {string} backend.project its folder: the shapes of the answers are read from its dist/
 * @param {Record<string, string>} [backend.headers] the headers of the connection, such as X-API-KEY
 * @param {(json: unknown) => {severity: string, path: string, message: string}[]} backend.validateWidgets
 * @param {(json: unknown) => {severity: string, path: string, message: string}[]} backend.validateApps
 * @returns {Promise<string[]>} a line for each call that was fine
 * @throws {Error} at the first thing that Workspace would not take
 */
export async function playWorkspace({ url, project, headers = {}, validateWidgets, validateApps }) {
  const client = clientOf(url, headers);
  const widgets = await client.json("widgets.json");
  const apps = await client.json("apps.json");
  for (const finding of [...validateWidgets(widgets), ...validateApps(apps)]) {
    if (finding.severity === "error") throw new Error(`${finding.path}: ${finding.message}`);
  }
  const { modules } = await import(pathToFileURL(join(project, "dist", "widgets", "index.gen.js")).href);
  for (const [id, definition] of Object.entries(widgets)) {
    const shapes = modules.find((module) => module.id === id);
    await (TYPES[definition.type] ?? plain)({ id, definition, client, shapes });
    await playParams({ id, definition, client });
  }
  const layouts = apps.flatMap((app) => Object.values(app.tabs).flatMap((tab) => tab.layout));
  for (const { i } of layouts) {
    if (!(i in widgets)) throw new Error(`The dashboard shows "${i}", which does not exist.`);
  }
  const missing = await client.json("no-such-route", { expect: 404 });
  if (typeof missing.detail !== "string") throw new Error("404 is not JSON.");
  client.done.pop();
  return client.done;
}

/** The choices of the parameters, and the form with nothing changed: an answer in JSON, whatever it says. */
async function playParams({ id, definition, client }) {
  const values = initialValues(definition);
  for (const { type, optionsEndpoint, optionsParams = {}, endpoint, method, ...param } of (
    definition.params ?? []
  ).flat()) {
    if (type === "endpoint" && !param.roles) {
      const asked = Object.entries(optionsParams).map(([name, value]) => [
        name,
        String(value).startsWith("$") ? values[value.slice(1)] : value,
      ]);
      const given = Object.fromEntries(asked.filter(([, value]) => value !== undefined));
      const options = await client.json(withQuery(optionsEndpoint, given));
      const good = Array.isArray(options) && options.length > 0 && options.every(({ label, value }) => label && value);
      if (!good) throw new Error(`${id}: the choices of ${param.paramName}`);
    }
    if (type === "form") {
      const body = formValues(param);
      const refused = await client.json(endpoint, { method, body, expect: 400 });
      if (typeof refused.message !== "string") throw new Error(`${id}: a form shows only message and error`);
    }
  }
}
