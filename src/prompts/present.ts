import { dashboardName } from "../plan/edit/apps-file.js";
import { appsOf, layoutsOf } from "../plan/edit/boards.js";
import { type Manifests, manifestsOf } from "../plan/edit/where.js";
import { isObject } from "../plan/json/align.js";
import { parseJson } from "../plan/json/edit.js";
import { slug } from "../plan/names.js";
import { RECORD_FILE } from "../plan/record.js";
import { type ProjectState, textOf } from "../plan/state.js";

/** A place for widgets: a tab of a dashboard. */
export interface Dashboard {
  app: string;
  tab: string;
  label: string;
}

/** What is in a project already, as far as it can be read: planning says what is wrong with it. */
export interface ProjectContents {
  ids: Set<string>;
  /** The category and sub-category of each widget. */
  places: { category: string | undefined; subCategory: string | undefined }[];
  /** What widgets without a category of their own get. */
  usual: { category: string | undefined; subCategory: string | undefined };
  dashboards: Dashboard[];
  /** Whether a dashboard is made where there is none. */
  makesDashboard: boolean;
}

/** Reads what the questions of `add-widget` build on. */
export function contentsOf(state: ProjectState): ProjectContents {
  const { ours = false, widgets, apps } = placesOf(state);
  const entries = Object.entries(fieldsOf(read(state, widgets)));
  return {
    ids: new Set(entries.map(([id]) => id.toLowerCase())),
    places: entries.map(([, entry]) => placeOf(entry)),
    usual: placeOf(fieldsOf(read(state, ours ? RECORD_FILE : undefined)).answers),
    dashboards: dashboardsOf(read(state, apps)),
    makesDashboard: ours,
  };
}

/** A name whose id is free: "Price Chart", else "Price Chart 2". */
export function freeName(base: string, ids: Set<string>): string {
  let name = base;
  for (let count = 2; ids.has(slug(name, "_")); count++) name = `${base} ${count}`;
  return name;
}

function placesOf(state: ProjectState): Partial<Manifests> {
  try {
    return manifestsOf(state);
  } catch {
    return {};
  }
}

function read(state: ProjectState, path: string | undefined): unknown {
  const text = path === undefined ? undefined : textOf(state, path);
  try {
    return text === undefined || path === undefined ? undefined : parseJson(text, path);
  } catch {
    return undefined;
  }
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return isObject(value) ? value : {};
}

function placeOf(value: unknown): ProjectContents["usual"] {
  const { category, subCategory } = fieldsOf(value);
  return { category: textOrNone(category), subCategory: textOrNone(subCategory) };
}

function textOrNone(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** Every tab, in the order of apps.json. Of those with the same names only the first can be meant. */
function dashboardsOf(value: unknown): Dashboard[] {
  const found = appsOf(value).flatMap((app) => {
    const name = typeof app.name === "string" ? app.name : "";
    return layoutsOf(app).map((tab) => ({ app: name, tab: tab.name, label: dashboardName(name, tab.name) }));
  });
  return found.filter(({ label }, index) => found.findIndex((one) => one.label === label) === index);
}
