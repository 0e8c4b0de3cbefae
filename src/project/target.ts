import { promises } from "node:fs";
import type { TargetState } from "../plan/types.js";
import { diskError, readText } from "./disk.js";
import { LOCK_FOLDER } from "./owner.js";
import { look, resolveTarget } from "./paths.js";

/** Entries that may stand in a folder where a project is created: version control, editors, the system, licences. */
const HARMLESS = new Set([
  ".git",
  ".gitattributes",
  ".gitkeep",
  ".hg",
  ".svn",
  ".idea",
  ".vscode",
  ".devcontainer",
  ".ds_store",
  "thumbs.db",
  "desktop.ini",
]);
const LEGAL = /^(un)?licen[cs]e([-._].*)?$|^(copying|notice|copyright|authors)([-._].*)?$/i;
/** Temporary folders of ours next to another project. */
const SIBLING = /^\..+\.create-openbb-backend-\d+-[0-9a-f]+$/;

/** True for an entry (a name, not a path) that is not in the way of a new project. Case does not matter. */
export function harmless(entry: string): boolean {
  const name = entry.toLowerCase();
  return HARMLESS.has(name) || LEGAL.test(name) || name.startsWith(LOCK_FOLDER) || SIBLING.test(name);
}

/**
 * What stands in the way of creating a project: every entry that is not harmless, and files at the very paths that
 * the plan wants, harmless place or not.
 * @returns names and relative paths, sorted; empty when the project can be created
 */
export function filesInTheWay(state: TargetState): string[] {
  const entries = state.entries.filter((entry) => !harmless(entry));
  const listed = new Set(entries.map((entry) => entry.toLowerCase()));
  const files = Object.keys(state.files).filter((path) => !listed.has(path.split("/")[0]!.toLowerCase()));
  return [...entries, ...files].sort();
}

/**
 * Reads what stands where a project should go. Changes nothing.
 * @param path the target as the user gave it; a symbolic link of the target itself is followed
 * @param wanted paths that a plan may want to write, relative, with `/`
 * @returns the state; `files` has an entry for each wanted path where a file stands
 * @throws CliError exit 3: the target is a file, a dangling link or below a file; inside it a link, a file or a folder
 *   is in the way of a wanted path. Exit 1: the folder or a file cannot be read.
 */
export async function readTarget(path: string, wanted: string[]): Promise<TargetState> {
  const where = await resolveTarget(path);
  const state: TargetState = { path: where.path, exists: where.exists, entries: [], files: {} };
  if (!where.exists) return state;
  try {
    state.entries = (await promises.readdir(where.path)).sort();
    for (const name of wanted) {
      const place = await look(where.path, name);
      if (place.stats) state.files[name] = { text: await readText(place.absolute) };
    }
    return state;
  } catch (error) {
    throw diskError(error, `read ${where.path}`, "Nothing was changed.");
  }
}
