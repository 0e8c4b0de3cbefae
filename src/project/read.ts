import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { CliError, EXIT } from "../errors.js";
import { MOST_BYTES, type PresentFile, type ProjectState } from "../plan/state.js";
import { diskError, hasCode, readText } from "./disk.js";
import { waitUntilFree } from "./lock.js";

/** Folders of things that are installed or built, and hidden ones: nothing of theirs is ours to look at. */
const SKIPPED = /^(\..*|node_modules|dist|build|out|target|coverage|venv|env|__pycache__|site-packages)$/;
const MOST_FILES = 10_000;
/** How often to read anew, when the folder keeps changing meanwhile. */
const MOST_TRIES = 10;

/**
 * Reads a project, as it is between two runs of ours: while one moves files, it waits. Changes nothing; links are not
 * followed.
 *
 * @param root absolute path of its folder
 * @throws CliError with exit code 3 when there is no such folder, it is no project's, or a run that was cut off has
 * left it half changed; 1 when the disk refuses
 */
export async function readProject(root: string): Promise<ProjectState> {
  try {
    for (let tries = 1; ; tries++) {
      const before = await changedAt(root);
      await waitUntilFree(root);
      const state = await readOnce(root);
      if (tries === MOST_TRIES || (await changedAt(root)) === before) return state;
    }
  } catch (error) {
    if (hasCode(error, "ENOENT", "ENOTDIR")) {
      throw new CliError(EXIT.refused, `There is no folder ${root}.`, "Give the project's folder with --project.");
    }
    throw diskError(error, `read ${root}`);
  }
}

/** When something was last put into the root or taken out: each run puts its lock there, and takes it out. */
async function changedAt(root: string): Promise<bigint> {
  return (await stat(root, { bigint: true })).mtimeNs;
}

async function readOnce(root: string): Promise<ProjectState> {
  const paths: string[] = [];
  const links: string[] = [];
  const walk = async (folder: string) => {
    const entries = await readdir(join(root, folder), { withFileTypes: true }).catch((error: unknown) => {
      // Removed meanwhile, by an editor or a build.
      if (folder !== "" && hasCode(error, "ENOENT")) return [];
      throw error;
    });
    for (const entry of entries) {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (entry.isFile()) paths.push(path);
      else if (entry.isSymbolicLink()) links.push(path);
      else if (entry.isDirectory() && !SKIPPED.test(entry.name)) await walk(path);
      if (paths.length > MOST_FILES) throw tooMany(root);
    }
  };
  const read = async (path: string): Promise<[string, PresentFile][]> => {
    const file = join(root, path);
    try {
      return [[path, { text: (await stat(file)).size > MOST_BYTES ? null : await readText(file) }]];
    } catch (error) {
      if (hasCode(error, "ENOENT")) return [];
      throw error;
    }
  };
  await walk("");
  const files: [string, PresentFile][] = [];
  // Some at a time: a system has only so many open files for one process.
  for (let at = 0; at < paths.length; at += 64) {
    files.push(...(await Promise.all(paths.slice(at, at + 64).map(read))).flat());
  }
  return { files: Object.fromEntries(files), links };
}

function tooMany(root: string): CliError {
  return new CliError(
    EXIT.refused,
    `${root} has more than ${MOST_FILES} files: this is not the folder of a backend.`,
    "Give its folder with --project.",
  );
}
