import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { CliError, EXIT } from "../errors.js";
import type { PresentFile, ProjectState } from "../plan/state.js";
import { diskError, readText } from "./disk.js";

/** The folders that this tool writes to, with what stands in the root itself. */
const FOLDERS = ["src", "test", "scripts", "public", "documents"];
const SKIPPED = new Set(["node_modules", "dist", ".git"]);
const MOST_FILES = 10_000;

/**
 * Reads a project. Changes nothing; links are not followed.
 *
 * @param root absolute path of its folder
 * @throws CliError with exit code 3 when there is no such folder, 1 when the disk refuses
 */
export async function readProject(root: string): Promise<ProjectState> {
  const paths: string[] = [];
  const walk = async (folder: string, deep: boolean) => {
    for (const entry of await readdir(join(root, folder), { withFileTypes: true })) {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (entry.isFile()) paths.push(path);
      else if (entry.isDirectory() && (deep || FOLDERS.includes(path)) && !SKIPPED.has(entry.name)) {
        await walk(path, true);
      }
      if (paths.length > MOST_FILES) {
        throw new CliError(
          EXIT.refused,
          `${root} has more than ${MOST_FILES} files: this is not the folder of a backend.`,
          "Give its folder with --project.",
        );
      }
    }
  };
  try {
    await walk("", false);
    const files = await Promise.all(
      paths.map(async (path): Promise<[string, PresentFile]> => [path, { text: await readText(join(root, path)) }]),
    );
    return { files: Object.fromEntries(files) };
  } catch (error) {
    if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR")) {
      throw new CliError(EXIT.refused, `There is no folder ${root}.`, "Give the project's folder with --project.");
    }
    throw error instanceof CliError ? error : diskError(error, `read ${root}`);
  }
}
