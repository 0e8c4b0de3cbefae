import { validateApps } from "../../contract/index.js";
import { nearest } from "../../contract/suggest.js";
import type { WidgetDefinition } from "../../contract/types.js";
import { CliError, EXIT } from "../../errors.js";
import { appsOf, layoutsOf, place } from "../edit/boards.js";
import { placed } from "../findings.js";
import { parseJson, rewriteJson } from "../json/edit.js";
import type { FileChange } from "../types.js";

/**
 * Puts new widgets on a dashboard of an apps.json. One that cannot be read, that Workspace rejects, or that has no
 * dashboard is left as it is, and a warning says so.
 *
 * @param ids the new widgets
 * @param definitions all of widgets.json, the new ones included
 * @param wanted the names of the dashboard and its tab; the first ones without
 * @throws CliError with exit code 2 when there is none of the wanted name
 */
export function addToApps(
  { text: before, path }: { text: string; path: string },
  ids: string[],
  definitions: Record<string, WidgetDefinition>,
  wanted: { app?: string | undefined; tab?: string | undefined } = {},
): { change?: FileChange; warnings: string[] } {
  const left = (why: string) => ({ warnings: [`${path} is left as it is: ${why}`] });
  let value: unknown;
  try {
    value = parseJson(before, path);
  } catch (error) {
    return left((error as Error).message);
  }
  const wrong = validateApps(value).find(({ severity }) => severity === "error");
  if (wrong) return left(`Workspace rejects it (${placed(wrong)})`);
  const app = named("dashboard", appsOf(value), wanted.app);
  const tab = app && named("tab", layoutsOf(app), wanted.tab);
  if (!app || !tab) return left("it has no dashboard; put the new widgets on one in Workspace.");
  for (const id of ids) place(app, tab.layout, id, definitions);
  const broken = validateApps(value).find(({ severity }) => severity === "error");
  if (broken) return left(`Workspace would reject the change (${placed(broken)})`);
  const after = rewriteJson(before, value, path);
  const why = `the dashboard ${JSON.stringify(app.name)}`;
  return { change: { path, action: "edit", before, after, why }, warnings: [] };
}

/** The one of this name, whatever the case; the first without a name. */
function named<Thing extends { name: string }>(what: string, things: Thing[], name?: string): Thing | undefined {
  if (name === undefined) return things[0];
  const found =
    things.find((thing) => thing.name === name) ??
    things.find((thing) => thing.name.toLowerCase() === name.toLowerCase());
  if (found) return found;
  const names = things.map((thing) => thing.name);
  const guess = nearest(name, names);
  throw new CliError(
    EXIT.usage,
    `There is no ${what} ${JSON.stringify(name)} in apps.json.`,
    guess
      ? `Did you mean ${JSON.stringify(guess)}?`
      : `There are: ${names.map((one) => JSON.stringify(one)).join(", ") || "none"}.`,
  );
}
