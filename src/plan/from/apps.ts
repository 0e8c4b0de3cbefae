import type { AnyWidget } from "../../catalog/index.js";
import { validateApps } from "../../contract/index.js";
import { isObject } from "../../contract/problems.js";
import type { LeftOut } from "../from.js";
import { plainText } from "./imported.js";

export interface ImportedApps {
  /** The apps as they were; undefined when there is none, so that the usual dashboard is made. */
  apps?: unknown[];
  /** What they show and the project does not have. */
  elsewhere?: { widgets: string[]; pictures: string[] };
  left: LeftOut[];
  notes: string[];
}

/** Pictures that every project has. */
const PICTURES = new Set(["thumbnail.svg", "/thumbnail.svg"]);

/**
 * Takes over dashboards: an apps.json, or one app that was exported from Workspace.
 *
 * @param file the parsed file; nothing in it is trusted
 * @param widgets the widgets that the project will have
 */
export function importApps(file: unknown, widgets: AnyWidget[]): ImportedApps {
  const result: ImportedApps = { left: [], notes: [] };
  const given = Array.isArray(file) ? file : isObject(file) && Object.keys(file).length > 0 ? [file] : [];
  const apps = given.filter((app, index) => isUsable(app, index, result));
  if (apps.length === 0) {
    result.notes.push("The file has no dashboard that can be used: one over all widgets is made.");
    return result;
  }
  const ids = new Set(widgets.map(({ id }) => id));
  const foreign = new Set<string>();
  const pictures = new Set<string>();
  for (const app of apps) {
    for (const id of shownIn(app)) if (!ids.has(id) && id !== "navigation_bar") foreign.add(id);
    for (const path of [app.img, app.img_dark, app.img_light]) {
      if (typeof path === "string" && path !== "" && !path.includes(":") && !PICTURES.has(path)) pictures.add(path);
    }
  }
  for (const id of foreign) {
    result.notes.push(`The dashboards show ${JSON.stringify(plainText(id))}, which is none of these widgets.`);
  }
  for (const path of pictures) {
    result.notes.push(`The picture ${JSON.stringify(plainText(path))} is not here: put it into the folder public.`);
  }
  if (foreign.size + pictures.size > 0) result.elsewhere = { widgets: [...foreign], pictures: [...pictures] };
  result.apps = apps;
  return result;
}

function isUsable(app: unknown, index: number, { left }: ImportedApps): app is Record<string, unknown> {
  const id = isObject(app) && typeof app.name === "string" ? plainText(app.name) : `app ${index + 1}`;
  const errors = validateApps([app]).filter(({ severity, code }) => severity === "error" || code === "not-an-app");
  if (errors.length > 0) left.push({ id, reason: errors.map(({ message }) => plainText(message)).join(" ") });
  return errors.length === 0;
}

function shownIn({ tabs }: Record<string, unknown>): string[] {
  const layouts = Object.values(tabs as Record<string, { layout: { i: string }[] }>);
  return layouts.flatMap(({ layout }) => layout.map(({ i }) => i));
}
