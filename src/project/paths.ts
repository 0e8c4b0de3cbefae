import { type BigIntStats, promises, readlinkSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { CliError, EXIT } from "../errors.js";
import { diskError, hasCode, lstat, orElse } from "./disk.js";

/** Where a target is: its real path, and how much of it exists. */
export interface Where {
  /** Absolute; symbolic links on the way to the target, and of the target itself, resolved. */
  path: string;
  exists: boolean;
  /** The deepest folder on the way that exists (the target itself when it does). */
  base: string;
  /** Names below `base` that do not exist yet, the target's own name last. Empty when the target exists. */
  missing: string[];
}

/**
 * Finds out where a target really is. Changes nothing.
 * @throws CliError exit 3: a file, a dangling link or a link in a circle on the way; exit 1: not readable
 */
export async function resolveTarget(path: string): Promise<Where> {
  const missing: string[] = [];
  let at = resolve(path);
  try {
    while (!(await lstat(at))) {
      const parent = dirname(at);
      if (parent === at) throw new CliError(EXIT.refused, `${at} does not exist.`, "Choose another directory.");
      missing.unshift(basename(at));
      at = parent;
    }
    const base = realpath(at);
    if (!statSync(base).isDirectory()) {
      const what = missing.length > 0 ? `${at} is a file: nothing can be created below it.` : `${at} is a file.`;
      throw new CliError(EXIT.refused, what, "Choose another directory, or move the file away.");
    }
    return { path: join(base, ...missing), exists: missing.length === 0, base, missing };
  } catch (error) {
    throw diskError(error, `look at ${at}`, "Nothing was changed.");
  }
}

function realpath(at: string): string {
  try {
    // The native one also expands the short names of Windows (RUNNER~1), so that one folder has one path.
    return realpathSync.native(at);
  } catch (error) {
    if (!hasCode(error, "ENOENT", "ELOOP", "ENOTDIR")) throw error;
    const to = orElse(() => readlinkSync(at), "a place that does not exist");
    throw new CliError(
      EXIT.refused,
      `${at} is a symbolic link to ${to}, which does not exist.`,
      "Remove the link or create the folder that it points to, or choose another directory.",
    );
  }
}

/** One path of a plan, looked up on the disk. */
export interface Place {
  /** Relative to the target, with `/`, spelt as on the disk where it exists. */
  path: string;
  absolute: string;
  /** What stands there: null, or a regular file. */
  stats: BigIntStats | null;
  /** Parent folders that do not exist, relative, outermost first. */
  missing: string[];
}

/**
 * Looks up a path below `root` without following any link.
 *
 * On file systems that ignore case, a path that differs from an existing entry only in case is that entry.
 * @param root absolute path of an existing folder
 * @param path relative, with `/`
 * @throws CliError exit 3: a symbolic link on the way or at the path, a file where a folder should be, or a folder
 *   (or a device) where the file should be
 */
export async function look(root: string, path: string): Promise<Place> {
  assertRelative(path);
  const parts = path.split("/");
  const found: string[] = [];
  const missing: string[] = [];
  let stats: BigIntStats | null = null;
  for (const [index, part] of parts.entries()) {
    const folder = join(root, ...found);
    stats = missing.length > 0 ? null : await lstat(join(folder, part));
    found.push(stats ? await spelling(folder, part) : part);
    const name = found.join("/");
    const last = index === parts.length - 1;
    if (!stats) {
      if (!last) missing.push(name);
    } else if (stats.isSymbolicLink()) {
      throw refusal(
        `"${name}" in ${root} is a symbolic link, and nothing is written through links.`,
        "Remove the link",
      );
    } else if (!last && !stats.isDirectory()) {
      throw refusal(`There is a file where a folder should be: "${name}" in ${root}.`, "Move the file away");
    } else if (last && stats.isDirectory()) {
      throw refusal(`There is a folder where a file should be: "${name}" in ${root}.`, "Move the folder away");
    } else if (last && !stats.isFile()) {
      throw refusal(`"${name}" in ${root} is not a regular file.`, "Move it away");
    }
  }
  return { path: found.join("/"), absolute: join(root, ...found), stats, missing };
}

function refusal(message: string, remedy: string): CliError {
  return new CliError(EXIT.refused, message, `${remedy}, or choose another directory.`);
}

/** How an entry that exists is really spelt. */
async function spelling(folder: string, name: string): Promise<string> {
  const names = await promises.readdir(folder);
  if (names.includes(name)) return name;
  const fold = (text: string) => text.normalize("NFC").toLowerCase();
  return names.find((other) => fold(other) === fold(name)) ?? name;
}

/**
 * Plans and journals hold clean relative paths only. A journal is read from the user's disk, so this also keeps a
 * forged one inside the target.
 * @throws Error when the path could lead outside
 */
export function assertRelative(path: unknown): asserts path is string {
  const bad =
    typeof path !== "string" ||
    path.includes("\\") ||
    path.includes("\0") ||
    /^[a-z]:/i.test(path) ||
    path.split("/").some((part) => part === "" || part === "." || part === "..");
  if (bad) throw new Error(`not a clean relative path: ${JSON.stringify(path)}`);
}
