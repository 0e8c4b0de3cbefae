/** apps.json as a file: reading it, and choosing the dashboard for new widgets. What is in it is boards.ts's. */
import type { AnyWidget } from "../../catalog/index.js";
import { nearest } from "../../contract/suggest.js";
import type { AppDefinition, LayoutItem, WidgetDefinition } from "../../contract/types.js";
import { CliError, EXIT } from "../../errors.js";
import { isObject } from "../json/align.js";
import { parseJson, rewriteJson } from "../json/edit.js";
import { dashboard } from "../layout.js";
import { titleOf } from "../names.js";
import { type ProjectState, textOf } from "../state.js";
import { appsOf, layoutsOf, type MadeGroup, place } from "./boards.js";
import { plainTextOf, type Writes } from "./project.js";

/** The parsed apps.json; undefined when there is none, or it is blank. */
export function readApps(state: ProjectState, path = "apps.json"): unknown {
  const text = plainTextOf(state, path);
  return text === undefined || text.trim() === "" ? undefined : parseJson(text, path);
}

/** Writes apps.json anew, if anything in it has changed. */
export function writeApps(state: ProjectState, apps: unknown, why: string, writes: Writes): void {
  const before = textOf(state, "apps.json");
  const text = before === undefined || before.trim() === "" ? "[]\n" : before;
  writes.set("apps.json", { text: rewriteJson(text, apps, "apps.json", textOf(state, "widgets.json")), why });
}

/**
 * Puts the widgets on a dashboard, the one asked for or the first; makes one where there is none.
 *
 * @param present the parsed apps.json, changed in place if there is a dashboard
 * @returns the new apps.json
 */
export function showOn(
  name: string,
  present: unknown,
  { app: appName, tab: tabName }: { app?: string | undefined; tab?: string | undefined },
  widgets: AnyWidget[],
  definitions: Record<string, WidgetDefinition>,
): { apps: unknown; groups: MadeGroup[]; made?: string; dashboard: string } {
  const apps = appsOf(present);
  if (apps.length === 0) {
    const made = newApp(appName ?? titleOf(name), tabName, widgets);
    const list = Array.isArray(present) ? [...present, made] : [made];
    return { apps: list, groups: [], made: made.name, dashboard: made.name };
  }
  const app = pick("dashboard", apps, appName);
  const tab = pick("tab", layoutsOf(app), tabName);
  const there = new Set(tab.layout.filter(isObject).map(({ i }) => i));
  const groups: MadeGroup[] = widgets
    .filter(({ id }) => !there.has(id))
    .flatMap(({ id }) => place(app, tab.layout as LayoutItem[], id, definitions));
  return { apps: present, groups, dashboard: dashboardName(app.name, tab.name) };
}

/** "App / Tab"; a tab without a name is not mentioned. */
export function dashboardName(app: string, tab: string): string {
  return tab === "" ? app : `${app} / ${tab}`;
}

function newApp(name: string, tab: string | undefined, widgets: AnyWidget[]): AppDefinition {
  const made = dashboard(name, widgets);
  if (tab === undefined) return made;
  throw new CliError(
    EXIT.usage,
    `There is no tab ${JSON.stringify(tab)}: there is no dashboard yet.`,
    "Leave --tab out: a dashboard is made.",
  );
}

/** The thing of this name, else of this name in other letters; the first without a name. */
function pick<Thing extends { name: string }>(what: string, things: Thing[], name: string | undefined): Thing {
  const lower = name?.toLowerCase();
  const found =
    name === undefined
      ? things[0]
      : (things.find((one) => one.name === name) ?? things.find((one) => one.name.toLowerCase() === lower));
  if (found) return found;
  const guess = nearest(
    name ?? "",
    things.map((one) => one.name),
  );
  const names = things.map((one) => (one.name === "" ? "one without a name" : JSON.stringify(one.name)));
  throw new CliError(
    EXIT.usage,
    name === undefined ? `There is no ${what} in apps.json.` : `There is no ${what} ${JSON.stringify(name)}.`,
    things.length === 0
      ? "Give it one, or leave dashboards as they are with --no-app."
      : `${guess ? `Did you mean ${JSON.stringify(guess)}? ` : ""}There ${names.length === 1 ? "is" : "are"} ${names.join(", ")}.`,
  );
}
