import type { BigIntStats } from "node:fs";
import { basename, dirname, join } from "node:path";
import fs from "fs-extra";
import { CliError, EXIT } from "../errors.js";
import { hasCode, lstat, randomName, readJson, removeIfEmpty, sha256 } from "./disk.js";
import { assertRelative, look } from "./paths.js";
import type { Steps } from "./steps.js";

/** How a file is known again without its content: for secrets, of which not even a hash is written down. */
export interface Stamp {
  size: string;
  modified: string;
  inode: string;
}

/** One file of a run, as the journal has it. Its staged content is `new/<n>`, the file that stood there `old/<n>`. */
export interface Entry {
  n: number;
  action: "create" | "edit" | "delete";
  /** Relative to the target, spelt as on the disk. */
  path: string;
  /** What our new file is known by. */
  ours?: { sha256: string } | Stamp;
  /** The file that stood there before. */
  old?: Stamp;
  /** Where the old file is kept for the user, relative. */
  backup?: string;
}

/**
 * What a run is about to do, written before it does anything outside the lock folder. It is not updated on the way:
 * what was done is seen on the disk. The run is committed by renaming the journal.
 */
export interface Journal {
  format: 1;
  /** Folders to be made, relative, outermost first. */
  folders: string[];
  entries: Entry[];
}

const JOURNAL = "journal.json";
const COMMITTED = "committed.json";

/** Where the staged content of an entry is. */
export const stagedFile = (lock: string, entry: { n: number }) => join(lock, "new", String(entry.n));
/** Where the file that an entry replaces or deletes is put. */
export const asideFile = (lock: string, entry: { n: number }) => join(lock, "old", String(entry.n));

export function stampOf(stats: BigIntStats): Stamp {
  return { size: String(stats.size), modified: String(stats.mtimeNs), inode: String(stats.ino) };
}

function sameStamp(stats: BigIntStats, stamp: Stamp): boolean {
  const is = stampOf(stats);
  return is.size === stamp.size && is.modified === stamp.modified && is.inode === stamp.inode;
}

/** Writes the journal whole: under another name first. */
export async function writeJournal(lock: string, journal: Journal, steps: Steps): Promise<void> {
  await steps.step("journal:write");
  // Flushed: after a power cut it must not be empty where the moves that it describes are on the disk.
  await fs.writeFile(join(lock, "journal.tmp"), JSON.stringify(journal), { flag: "wx", mode: 0o600, flush: true });
  await steps.step("journal:rename");
  await fs.rename(join(lock, "journal.tmp"), join(lock, JOURNAL));
}

/** The commit point: from this rename on, the run is done. */
export async function commitJournal(lock: string, steps: Steps): Promise<void> {
  await steps.step("commit");
  await fs.rename(join(lock, JOURNAL), join(lock, COMMITTED));
}

/** True when the run behind this lock folder passed its commit point. */
export async function isCommitted(lock: string): Promise<boolean> {
  return (await lstat(join(lock, COMMITTED))) !== null;
}

/**
 * The journal of a lock folder; null when the run had not come so far.
 * @throws CliError exit 1 when it cannot be read or leads outside the target: `old/` may hold the user's files then
 */
export async function readJournal(lock: string): Promise<Journal | null> {
  const file = join(lock, JOURNAL);
  if (!(await lstat(file))) return null;
  const value = (await readJson(file)) as Journal | null;
  try {
    if (value?.format !== 1) throw new Error("not a journal of ours");
    for (const folder of value.folders) assertRelative(folder);
    for (const { n, path, backup } of value.entries) {
      if (!Number.isInteger(n)) throw new Error("a bad entry");
      assertRelative(path);
      if (backup !== undefined) assertRelative(backup);
    }
    return value;
  } catch (cause) {
    throw new CliError(
      EXIT.failed,
      `The journal of a run that was cut off, ${file}, cannot be read.`,
      `Put back what you miss from ${join(lock, "old")}, remove ${lock}, then run the command again.`,
      { cause },
    );
  }
}

/** How undoing went. */
export interface Undone {
  /** Sentences on files that another program changed meanwhile: they stay as they are. */
  left: string[];
  /** Sentences on what could not be undone. Not empty: the lock folder must stay, for the next try. */
  failed: string[];
}

/**
 * Undoes a run that was not committed, in reverse, as far as it had come. Can be repeated when it is cut off itself.
 * Nothing is removed that is not known to be ours.
 */
export async function undo(target: string, lock: string, journal: Journal, steps: Steps): Promise<Undone> {
  const result: Undone = { left: [], failed: [] };
  for (const entry of [...journal.entries].reverse()) {
    try {
      await steps.mark(`undo:${entry.path}`);
      const sentence = await undoEntry(target, lock, entry);
      if (sentence) result.left.push(sentence);
    } catch (error) {
      const aside = asideFile(lock, entry);
      const kept = (await lstat(aside).catch(() => null)) ? `; the file that stood there is ${aside}` : "";
      const why = (error as NodeJS.ErrnoException).code ?? (error as Error).message;
      result.failed.push(`${join(target, entry.path)} could not be put back (${why})${kept}.`);
    }
  }
  if (result.failed.length > 0) return result;
  for (const folder of [...journal.folders].reverse()) {
    try {
      await steps.mark(`undo:${folder}/`);
      await removeIfEmpty(join(target, folder));
    } catch (error) {
      result.failed.push(`The folder ${join(target, folder)} could not be removed (${(error as Error).message}).`);
    }
  }
  return result;
}

/** @returns a sentence when something had to be left */
async function undoEntry(target: string, lock: string, entry: Entry): Promise<string | null> {
  const staged = stagedFile(lock, entry);
  const aside = asideFile(lock, entry);
  const place = await look(target, entry.path).catch(() => null);
  const path = join(target, entry.path);
  const there = place?.stats ?? null;
  if (there && entry.old && sameStamp(there, entry.old)) return null;

  const stagedStats = await lstat(staged);
  // Placed: the staged file is gone from the lock folder, or the file at the path is a second name of it.
  const placed =
    entry.ours !== undefined && (!stagedStats || (there?.ino === stagedStats.ino && there.dev === stagedStats.dev));
  const ours = placed && there !== null && (await isOurs(path, there, entry.ours!));
  const old = await findOld(target, aside, entry, placed || (entry.action === "delete" && !there));

  if (ours || (place && !there)) {
    // One rename puts the old file back over ours: the path is never without a file.
    if (old) {
      await fs.ensureDir(dirname(path));
      await fs.rename(old, path);
    } else if (ours) await fs.unlink(path);
    return null;
  }
  if (old) {
    // Somebody else's file (or a link) is there now. Neither is lost.
    const rescue = join(target, `${basename(entry.path)}.before-${randomName()}`);
    await fs.rename(old, rescue);
    return `${path} was changed by another program meanwhile and stays as it is; the file from before is ${rescue}.`;
  }
  return placed ? `${path} was changed by another program meanwhile and stays as it is.` : null;
}

/** The file that stood at the entry's path, wherever the run had put it by then; null when it was not moved. */
async function findOld(target: string, aside: string, entry: Entry, moved: boolean): Promise<string | null> {
  const asideStats = await lstat(aside);
  const backup = entry.backup === undefined ? null : await look(target, entry.backup).catch(() => null);
  if (asideStats) {
    // Cut off while moving it to its backup: the same file has two names.
    if (backup?.stats && backup.stats.ino === asideStats.ino && backup.stats.dev === asideStats.dev) {
      await fs.unlink(backup.absolute);
    }
    return aside;
  }
  // A file leaves `old/` only for its backup.
  return moved && backup?.stats ? backup.absolute : null;
}

async function isOurs(path: string, stats: BigIntStats, ours: NonNullable<Entry["ours"]>): Promise<boolean> {
  if (!("sha256" in ours)) return sameStamp(stats, ours);
  try {
    return sha256(await fs.readFile(path)) === ours.sha256;
  } catch (error) {
    if (hasCode(error, "ENOENT")) return false;
    throw error;
  }
}
