import { createHash, randomBytes } from "node:crypto";
import { type BigIntStats, lstatSync, promises, renameSync, unlinkSync } from "node:fs";
import { CliError, EXIT } from "../errors.js";

/** What goes wrong on disks, in words: why it failed, and what to do about it. */
const REASONS: Record<string, [why: string, hint: string]> = {
  ENOSPC: ["the disk is full", "Free some space, then run the command again."],
  EDQUOT: ["the disk quota is used up", "Free some space, then run the command again."],
  EROFS: ["the file system is read-only", "Choose a directory that can be written to."],
  EACCES: ["permission denied", "Check who owns the directory, or choose another one."],
  EPERM: ["the system does not permit it", "Check who owns the directory, or choose another one."],
  ENAMETOOLONG: ["the name is too long for this file system", "Choose a shorter name or directory."],
  EMFILE: [
    "too many files are open",
    "Close some programs or raise the limit (ulimit -n), then run the command again.",
  ],
  ENFILE: ["too many files are open", "Close some programs, then run the command again."],
  EBUSY: ["another program is using it", "Close the programs that use this directory, then run the command again."],
  EXDEV: ["a folder in the project is another file system", "Choose a directory without mounted folders inside."],
  ENOTEMPTY: ["something else appeared there", "Run the command again."],
  EEXIST: ["something else appeared there", "Run the command again."],
  ENOENT: ["a folder is not there, or cannot hold files", "Check the path, then run the command again."],
  ENOTDIR: ["a folder was replaced by a file while we worked", "Run the command again."],
  EINVAL: ["the system does not accept this name", "Choose another name or directory."],
  EIO: ["the disk reports an error", "Check the disk, then run the command again."],
};

/** True for an error that Node's file system (or a test that plays one) threw. */
export function isDiskError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && typeof (error as NodeJS.ErrnoException).code === "string";
}

/** True for a disk error with one of these codes. */
export function hasCode(error: unknown, ...codes: string[]): boolean {
  return isDiskError(error) && codes.includes(error.code!);
}

/**
 * Turns what the disk threw into one readable sentence with a remedy.
 * @param doing what we were doing: `write to /x`. The path that the error itself names is added.
 * @param after a further sentence, such as "Nothing was changed."
 * @returns a CliError (exit 1); anything that is not a disk error comes back as it is.
 */
export function diskError(error: unknown, doing: string, after = ""): unknown {
  if (!isDiskError(error) || error instanceof CliError) return error;
  const [why, hint] = REASONS[error.code!] ?? [
    `error ${error.code}`,
    "Run the command again with DEBUG=1 for details.",
  ];
  // The names of our temporary files would tell the user nothing.
  const told = !error.path || doing.includes(error.path) || error.path.includes(".create-openbb-backend");
  const where = told ? "" : ` (${error.path})`;
  return new CliError(EXIT.failed, `Could not ${doing}: ${why}${where}.${after && ` ${after}`}`, hint, {
    cause: error,
  });
}

/*
 * What a new project needs of the disk is asked synchronously: each trip to Node's pool of threads and back takes ten
 * times as long as such a question.
 */

/** What `ask` gives, or `otherwise` where it throws. */
export function orElse<Value>(ask: () => Value, otherwise: Value): Value {
  try {
    return ask();
  } catch {
    return otherwise;
  }
}

/** What stands at a path, links not followed; null when nothing does. */
export async function lstat(path: string): Promise<BigIntStats | null> {
  try {
    return lstatSync(path, { bigint: true, throwIfNoEntry: false }) ?? null;
  } catch (error) {
    if (hasCode(error, "ENOENT", "ENOTDIR")) return null;
    throw error;
  }
}

/** The text of a file, a byte-order mark included; null when it is not UTF-8. */
export async function readText(path: string): Promise<string | null> {
  const bytes = await promises.readFile(path);
  // Loaded here: a new folder has nothing to read.
  const { isUtf8 } = await import("node:buffer");
  return isUtf8(bytes) ? bytes.toString("utf8") : null;
}

/** Reads a JSON file of ours; null when it is missing or not JSON. */
export async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await promises.readFile(path, "utf8"));
  } catch (error) {
    if (error instanceof SyntaxError || hasCode(error, "ENOENT", "ENOTDIR", "EISDIR")) return null;
    throw error;
  }
}

/** SHA-256 of a text, in hexadecimal. */
export function sha256(content: string | Buffer): string {
  return createHash("sha256").update(content).digest("hex");
}

/** Eight random hexadecimal digits, for names that must not meet others. */
export function randomName(): string {
  return randomBytes(4).toString("hex");
}

/** Renames a file or a folder, over a file that stands there. */
export async function rename(from: string, to: string): Promise<void> {
  if (process.platform !== "win32") return renameSync(from, to);
  // Virus scanners of Windows hold what was just written open for a moment: fs-extra tries again, Node does not.
  const { rename: act } = (await import("fs-extra")).default;
  await act(from, to);
}

/**
 * Moves a file to a place where nothing stands, never over something that appears there at that moment.
 * @throws the disk's EEXIST when something stands at `to`
 */
export async function moveToFree(from: string, to: string): Promise<void> {
  try {
    // A rename would replace silently; making a second name for the file fails when the name is taken.
    await promises.link(from, to);
  } catch (error) {
    if (hasCode(error, "EEXIST", "ENOENT", "ENOTDIR", "ENOSPC", "EROFS", "ENAMETOOLONG")) throw error;
    // No hard links here (FAT, some network and container mounts, another user's file): look, then rename.
    if (await lstat(to)) throw Object.assign(new Error(`EEXIST: ${to}`), { code: "EEXIST", path: to });
    await rename(from, to);
    return;
  }
  // The old name stands in a folder of ours that is removed anyway.
  await promises.unlink(from).catch(() => undefined);
}

/** Removes a file if it is there. */
export function unlinkIfThere(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    if (!hasCode(error, "ENOENT")) throw error;
  }
}

/** Removes a folder if it is there and empty. A folder that holds something stays. */
export async function removeIfEmpty(folder: string): Promise<void> {
  try {
    await promises.rmdir(folder);
  } catch (error) {
    if (!hasCode(error, "ENOENT", "ENOTEMPTY", "EEXIST", "ENOTDIR", "EBUSY", "EPERM")) throw error;
  }
}
