import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { CliError, EXIT } from "../errors.js";
import type { PresentFile, ProjectState } from "../plan/state.js";
import { diskError, readText } from "./disk.js";

/** Folders of things that are installed or built, and hidden ones: nothing of theirs is ours to look at. */
const SKIPPED = /^(\..*|node_modules|dist|build|out|target|coverage|venv|env|__pycache__|site-packages)$/;
const MOST_FILES = 10_000;
/** Larger files are data: no plan looks into them. */
const MOST_BYTES = 10_000_000;

/**
 * Reads a project. Changes nothing; links are not followed.
 *
 * @param root absolute path of its folder
 * @throws CliError with exit code 3 when there is no such folder or it is no project's, 1 when the disk refuses
 */
export async function readProject(root: string): Promise<ProjectState> {
  const paths: string[] = [];
  const walk = async (folder: string) => {
    for (const entry of await readdir(join(root, folder), { withFileTypes: true })) {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (entry.isFile()) paths.push(path);
      else if (entry.isDirectory() && !SKIPPED.test(entry.name)) await walk(path);
      if (paths.length > MOST_FILES) throw tooMany(root);
    }
  };
  const read = async (path: string): Promise<[string, PresentFile]> => {
    const file = join(root, path);
    return [path, { text: (await stat(file)).size > MOST_BYTES ? null : await readText(file) }];
  };
  try {
    await walk("");
    const files: [string, PresentFile][] = [];
    // Some at a time: a system has only so many open files for one process.
    for (let at = 0; at < paths.length; at += 64)
      files.push(...(await Promise.all(paths.slice(at, at + 64).map(read))));
    return { files: Object.fromEntries(files) };
  } catch (error) {
    if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR")) {
      throw new CliError(EXIT.refused, `There is no folder ${root}.`, "Give the project's folder with --project.");
    }
    throw error instanceof CliError ? error : diskError(error, `read ${root}`);
  }
}

function tooMany(root: string): CliError {
  return new CliError(
    EXIT.refused,
    `${root} has more than ${MOST_FILES} files: this is not the folder of a backend.`,
    "Give its folder with --project.",
  );
}
