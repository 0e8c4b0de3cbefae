/** Dashboards that `add-widget` puts in whole, those of another backend, and what they show beside the project's own. */
import { slugOf } from "../../contract/apps.js";
import type { AppDefinition } from "../../contract/types.js";
import { CliError, EXIT } from "../../errors.js";
import { importApps } from "../from/apps.js";
import { plainText } from "../from/imported.js";
import { isObject } from "../json/align.js";
import { parseJson, rewriteJson } from "../json/edit.js";
import { hashOf } from "../record.js";
import { type ProjectState, textOf } from "../state.js";
import { appsOf, shownOn } from "./boards.js";
import type { Writes } from "./project.js";

/** What dashboards show and the project does not have; its tests read this. */
const ELSEWHERE = "test/elsewhere.json";

export interface Elsewhere {
  /** Ids. */
  widgets: string[];
  /** Paths. */
  pictures: string[];
}

/** What came of a file of dashboards. */
export interface Brought {
  /** The whole new apps.json. */
  apps: unknown;
  /** Those that are new in it. */
  added: AppDefinition[];
  elsewhere?: Elsewhere | undefined;
  /** What was left out and why, and what the user should know; a sentence each. */
  notes: string[];
}

/**
 * Takes dashboards over. Left out is what Workspace would reject, what it could not tell from a dashboard that is
 * there (contract section 7), and what shows none of the widgets.
 *
 * @param file the parsed apps.json of the other backend; nothing in it is trusted
 * @param present the parsed apps.json of the project; undefined when there is none
 * @param ids of all widgets that the project will have
 * @throws CliError with exit code 3 when the project's apps.json holds no list
 */
export function bringApps(file: unknown, present: unknown, ids: ReadonlySet<string>): Brought {
  if (present !== undefined && !Array.isArray(present)) {
    throw new CliError(
      EXIT.refused,
      "apps.json holds no list of dashboards, so none can be added to it.",
      "Make it a list: [ … ].",
    );
  }
  const taken = new Set(appsOf(present).map(({ name }) => slugOf(name)));
  const refuse = (app: AppDefinition): string | undefined => {
    const slug = slugOf(app.name);
    if (taken.has(slug)) return "There is a dashboard of this name.";
    if (!shownOn(app).some((id) => ids.has(id))) return "It shows none of the project's widgets.";
    taken.add(slug);
    return undefined;
  };
  const { apps = [], elsewhere, left, notes } = importApps(file, ids, refuse);
  const without = left.map(({ id, reason }) => `Left out the dashboard ${JSON.stringify(plainText(id))}: ${reason}`);
  if (apps.length === 0) without.push("The file has no dashboard that can be used.");
  return { apps: [...(present ?? []), ...apps], added: apps, elsewhere, notes: [...without, ...notes] };
}

/** What dashboards show and the project does not have, as its tests know it. */
export function readElsewhere(state: ProjectState): Elsewhere {
  const value = parseJson(textOf(state, ELSEWHERE) ?? "{}", ELSEWHERE);
  const texts = (list: unknown) => (Array.isArray(list) ? list.filter((one) => typeof one === "string") : []);
  return isObject(value)
    ? { widgets: texts(value.widgets), pictures: texts(value.pictures) }
    : { widgets: [], pictures: [] };
}

/** @param files the hashes of the record, which are brought up to date */
export function writeElsewhere(
  state: ProjectState,
  change: (before: string[], kind: keyof Elsewhere) => string[],
  files: Record<string, string>,
  writes: Writes,
): void {
  const before = readElsewhere(state);
  const after = { widgets: change(before.widgets, "widgets"), pictures: change(before.pictures, "pictures") };
  if (JSON.stringify(before) === JSON.stringify(after)) return;
  const present = textOf(state, ELSEWHERE) ?? "";
  const isEmpty = after.widgets.length + after.pictures.length === 0;
  const text = isEmpty ? null : rewriteJson(present === "" ? "{}\n" : present, after, ELSEWHERE);
  writes.set(ELSEWHERE, { text, why: "what dashboards show of others" });
  if (text === null) delete files[ELSEWHERE];
  else files[ELSEWHERE] = hashOf(text);
}
