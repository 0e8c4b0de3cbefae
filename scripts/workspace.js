// Calls a running backend as OpenBB Workspace does: the connection first, then every widget with its default parameters.
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const ORIGIN = "https://pro.openbb.co";

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
  const done = [];
  const get = async (path) => {
    await preflight(url, path, headers);
    const response = await fetch(`${url}/${path}`, { headers: { Origin: ORIGIN, ...headers } });
    const text = await response.text();
    if (response.status !== 200) throw new Error(`GET /${path} answered ${response.status}: ${text.slice(0, 200)}`);
    if (response.headers.get("access-control-allow-origin") !== ORIGIN)
      throw new Error(`GET /${path} lacks CORS headers.`);
    done.push(`GET /${path}`);
    return { text, type: response.headers.get("content-type") ?? "" };
  };

  const widgets = JSON.parse((await get("widgets.json")).text);
  const apps = JSON.parse((await get("apps.json")).text);
  for (const finding of [...validateWidgets(widgets), ...validateApps(apps)]) {
    if (finding.severity === "error") throw new Error(`${finding.path}: ${finding.message}`);
  }
  const { modules } = await import(pathToFileURL(join(project, "dist", "widgets", "index.gen.js")).href);
  for (const [id, definition] of Object.entries(widgets)) {
    const { answer, rawAnswer } = modules.find((module) => module.id === id);
    for (const query of queries(definition)) {
      const { text, type } = await get(`${definition.endpoint}${query.toString() === "" ? "" : `?${query}`}`);
      const shape = query.get("raw") === "true" ? rawAnswer : answer;
      const result = shape.safeParse(type.startsWith("application/json") ? JSON.parse(text) : text);
      if (!result.success) throw new Error(`${id} (${query}) has a wrong shape: ${result.error.message}`);
    }
  }
  const layouts = apps.flatMap((app) => Object.values(app.tabs).flatMap((tab) => tab.layout));
  for (const { i } of layouts)
    if (!(i in widgets)) throw new Error(`The dashboard shows "${i}", which does not exist.`);
  const missing = await fetch(`${url}/no-such-route`, { headers: { Origin: ORIGIN, ...headers } });
  if (missing.status !== 404 || typeof (await missing.json()).detail !== "string") throw new Error("404 is not JSON.");
  return done;
}

/** What Workspace sends at first: truthy defaults, arrays joined, the theme for some types; then the raw rows. */
function queries({ type, params = [], raw }) {
  const query = new URLSearchParams();
  for (const { paramName, value } of params.flat()) {
    if (!value) continue;
    // A date expression is sent as the day that it stands for.
    const sent = String(value).startsWith("$currentDate")
      ? new Date(Date.now() - 60 * 864e5).toISOString().slice(0, 10)
      : value;
    query.set(paramName, [sent].flat().join(","));
  }
  if (!["chart", "markdown", "html"].includes(type)) return [query];
  const themed = ["dark", "light"].map((theme) => new URLSearchParams([...query, ["theme", theme]]));
  return raw ? [...themed, new URLSearchParams([...query, ["theme", "dark"], ["raw", "true"]])] : themed;
}

async function preflight(url, path, headers) {
  const response = await fetch(`${url}/${path}`, {
    method: "OPTIONS",
    headers: {
      Origin: ORIGIN,
      "Access-Control-Request-Method": "GET",
      "Access-Control-Request-Headers": Object.keys(headers).join(",").toLowerCase(),
      "Access-Control-Request-Private-Network": "true",
    },
  });
  const allowed = response.headers.get("access-control-allow-headers")?.toLowerCase() ?? "";
  const good =
    response.ok &&
    response.headers.get("access-control-allow-origin") === ORIGIN &&
    response.headers.get("access-control-allow-private-network") === "true" &&
    Object.keys(headers).every((name) => allowed.includes(name.toLowerCase()));
  if (!good) throw new Error(`The preflight of /${path} was refused (${response.status}).`);
}
