/** Dashboards that `add-widget` puts in whole, those of another backend, and what they show beside the project's own. */
import { slugOf } from "../../contract/apps.js";
import type { AppDefinition } from "../../contract/types.js";
import { CliError, EXIT } from "../../errors.js";
import { asRecord } from "../../typegen/shape.js";
import { importApps } from "../from/apps.js";
import { plainText } from "../from/imported.js";
import { parseJson, rewriteJson } from "../json/edit.js";
import { hashOf } from "../record.js";
import { type ProjectState, textOf } from "../state.js";
import { appsOf, picturesOf, shownOn } from "./boards.js";
import { type Elsewhere, readElsewhere, type Writes } from "./project.js";

/** What dashboards show and the project does not have; its tests read this. */
const ELSEWHERE = "test/elsewhere.json";

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
 * @param pictures the paths of its own files that it serves
 * @throws CliError with exit code 3 when the project's apps.json holds no list
 */
export function bringApps(
  file: unknown,
  present: unknown,
  ids: ReadonlySet<string>,
  pictures: ReadonlySet<string>,
): Brought {
  if (appsOf(present).length > 0 && !Array.isArray(present)) {
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
  const { apps = [], elsewhere, left, notes } = importApps(file, { ids, pictures, refuse });
  const leftOut = left.map(({ id, reason }) => `Left out the dashboard ${JSON.stringify(plainText(id))}: ${reason}`);
  if (apps.length === 0) leftOut.push("The file has no dashboard that can be used.");
  return {
    apps: [...(Array.isArray(present) ? present : []), ...apps],
    added: apps,
    elsewhere,
    notes: [...leftOut, ...notes],
  };
}

/** What the project's tests know that dashboards show of others. */
export function elsewhereOf(state: ProjectState): Elsewhere {
  return readElsewhere(parseJson(textOf(state, ELSEWHERE) ?? "{}", ELSEWHERE));
}

/**
 * Lists what brought dashboards show of others.
 *
 * @param files the hashes of the record, which are brought up to date
 * @returns what was not listed yet
 */
export function addElsewhere(
  state: ProjectState,
  shown: Elsewhere,
  files: Record<string, string>,
  writes: Writes,
): Elsewhere {
  const before = elsewhereOf(state);
  const fresh = without(shown, before);
  writeElsewhere(state, before, joined(before, fresh), files, writes);
  return fresh;
}

/**
 * Takes off the list what was put there and no dashboard shows any longer.
 *
 * @param listed what `addElsewhere` has put there
 * @param stay the dashboards that remain
 * @returns what of it remains
 */
export function dropElsewhere(
  state: ProjectState,
  listed: Elsewhere,
  stay: AppDefinition[],
  files: Record<string, string>,
  writes: Writes,
): Elsewhere {
  const before = elsewhereOf(state);
  const goes = without(listed, { widgets: stay.flatMap(shownOn), pictures: stay.flatMap(picturesOf) });
  writeElsewhere(state, before, without(before, goes), files, writes);
  return without(listed, goes);
}

/** Both lists, those of the first one first. */
export function joined(one: Elsewhere, other: Elsewhere): Elsewhere {
  return lists((kind) => [...new Set([...one[kind], ...other[kind]])]);
}

/** The first lists without what is in the others. */
function without(one: Elsewhere, other: Elsewhere): Elsewhere {
  return lists((kind) => {
    const not = new Set(other[kind]);
    return one[kind].filter((item) => !not.has(item));
  });
}

function lists(of: (kind: keyof Elsewhere) => string[]): Elsewhere {
  return { widgets: of("widgets"), pictures: of("pictures") };
}

function writeElsewhere(
  state: ProjectState,
  before: Elsewhere,
  after: Elsewhere,
  files: Record<string, string>,
  writes: Writes,
): void {
  if (JSON.stringify(before) === JSON.stringify(after)) return;
  const why = "what dashboards show of others";
  const present = textOf(state, ELSEWHERE);
  // A list that somebody else has written, or changed, is theirs.
  const ours = present === undefined || files[ELSEWHERE] === hashOf(present);
  if (ours && after.widgets.length + after.pictures.length === 0) {
    writes.set(ELSEWHERE, { text: null, why });
    delete files[ELSEWHERE];
    return;
  }
  const next = { ...asRecord(parseJson(present ?? "{}", ELSEWHERE)), ...after };
  const text = rewriteJson(present ?? "{}\n", next, ELSEWHERE, textOf(state, "widgets.json"));
  writes.set(ELSEWHERE, { text, why });
  if (ours) files[ELSEWHERE] = hashOf(text);
}
