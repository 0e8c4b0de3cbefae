import type { CreateAnswers } from "./plan/answers.js";
import { importApps } from "./plan/from/apps.js";
import type { Imported } from "./plan/from/imported.js";
import { type ImportedWidgets, importWidgets } from "./plan/from.js";
import { readSource } from "./project/source.js";

/** What came of reading an existing backend's files. */
export interface Import {
  imported: Imported;
  /** Entries and dashboards that were left out, with the reason. */
  left: ImportedWidgets["left"];
  /** What was changed in entries, a sentence each. */
  mends: string[];
  /** What the user should know, a sentence each. */
  notes: string[];
}

/** Where an existing backend's files are. */
export type Sources = Pick<CreateAnswers, "apps" | "fix"> & { from: string };

/**
 * Reads the widgets.json, and the apps.json if one is given, of an existing backend.
 *
 * @throws CliError with exit code 2: a source cannot be read, or nothing in it can be used
 */
export async function readImport({ from, apps, fix = false }: Sources, signal?: AbortSignal): Promise<Import> {
  const source = await readSource(from, signal);
  const { widgets, left, notes, mends } = importWidgets(source, { fix });
  if (left.length > 0 && !fix) {
    const more = importWidgets(source, { fix: true }).widgets.length - widgets.length;
    if (more > 0) notes.unshift(`Of what was left out, --fix would mend and keep ${more === 1 ? "one" : more}.`);
  }
  if (apps === undefined) return { imported: { widgets }, left, mends, notes };
  const dashboards = importApps(await readSource(apps, signal), { ids: new Set(widgets.map(({ id }) => id)) });
  if (!dashboards.apps) {
    dashboards.notes.push("The file has no dashboard that can be used: one over all widgets is made.");
  }
  return {
    imported: { widgets, apps: dashboards.apps, elsewhere: dashboards.elsewhere },
    left: [...left, ...dashboards.left],
    mends,
    notes: [...notes, ...dashboards.notes],
  };
}

/** What an import left out, mended and noted, as lines for people. */
export function importLines({ left, mends, notes }: Omit<Import, "imported">): string[] {
  return [...left.map(({ id, reason }) => `Left out ${JSON.stringify(id)}: ${reason}`), ...mends, ...notes];
}
