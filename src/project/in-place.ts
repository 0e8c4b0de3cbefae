import { join, sep } from "node:path";
import fs from "fs-extra";
import { CliError, EXIT } from "../errors.js";
import type { FileChange, Plan, Secrets } from "../plan/types.js";
import { diskError, hasCode, lstat, moveToFree, readText, removeIfEmpty, sha256 } from "./disk.js";
import { ChangedError, contentOf, failure, type Job } from "./job.js";
import {
  asideFile,
  commitJournal,
  type Entry,
  isCommitted,
  type Journal,
  readJournal,
  stagedFile,
  stampOf,
  undo,
  writeJournal,
} from "./journal.js";
import { acquireLock, type Lock, releaseLock } from "./lock.js";
import { abandon } from "./owner.js";
import { look, type Place } from "./paths.js";
import type { Steps } from "./steps.js";

/**
 * Carries out a plan in a folder that exists: staged in the lock folder, then moved file by file, and undone in
 * reverse on an error or a Ctrl-C.
 * @param made folders that this run made on the way to the target
 * @throws CliError exit 1 or 3, CancelledError; the message says when something could not be put back
 */
export async function applyInPlace(job: Job, made?: string[]): Promise<void> {
  const { target, steps } = job;
  const settleDead = (dead: Lock) => settle(dead, steps);
  let lock: Lock;
  try {
    lock = await acquireLock(target, steps, settleDead, { timeoutMs: job.lockTimeoutMs, made });
  } catch (error) {
    throw failure(error, target, []);
  }
  let journal: Journal | null = null;
  try {
    const entries = await stage(job, lock.folder);
    journal = { format: 1, folders: entries.folders, entries: entries.entries };
    await writeJournal(lock.folder, journal, steps);
    await perform(job, lock.folder, journal);
    await commitJournal(lock.folder, steps);
  } catch (error) {
    const { left, failed } = journal ? await undo(target, lock.folder, journal, steps) : { left: [], failed: [] };
    if (failed.length > 0) {
      abandon(lock.owner);
      throw undoFailure(error, target, lock, [...failed, ...left]);
    }
    await releaseLock(lock, steps).catch(() => undefined);
    throw failure(error, target, left);
  }
  // Done. What cannot be tidied up now is tidied up by the next command.
  await releaseLock(lock, steps).catch(() => undefined);
  await removeEmptied(target, job.plan);
}

/** Removes the folders in which the plan has deleted the last file. */
async function removeEmptied(target: string, { changes }: Plan): Promise<void> {
  const folders = new Set<string>();
  for (const { path } of changes.filter(({ action }) => action === "delete")) {
    const parts = path.split("/").slice(0, -1);
    for (; parts.length > 0; parts.pop()) folders.add(parts.join("/"));
  }
  // The deepest first: its parent is empty only then.
  for (const folder of [...folders].sort((a, b) => b.length - a.length)) {
    await removeIfEmpty(join(target, folder)).catch(() => undefined);
  }
}

/** Looks every change up, compares it with what the plan was made from, and writes the new contents to `new/`. */
async function stage(job: Job, lock: string): Promise<{ entries: Entry[]; folders: string[] }> {
  const entries: Entry[] = [];
  const folders = new Set<string>();
  await job.steps.step("stage");
  await fs.mkdir(join(lock, "new"));
  await fs.mkdir(join(lock, "old"));
  for (const [n, change] of job.plan.changes.entries()) {
    await job.steps.step(`stage:${change.path}`);
    const place = await look(job.target, change.path);
    if ((change.action === "create") !== (place.stats === null)) throw changed(place);
    if (place.stats) await assertBefore(place, place.absolute, change);
    const entry: Entry = { n, action: change.action, path: place.path };
    if (place.stats) entry.old = stampOf(place.stats);
    if (change.action !== "delete") {
      for (const folder of place.missing) folders.add(folder);
      entry.ours = await stageContent(stagedFile(lock, entry), change, job.secrets, place);
    }
    if (change.backup !== undefined && change.action !== "create") {
      const backup = await look(job.target, change.backup);
      if (backup.stats) throw changed(backup);
      for (const folder of backup.missing) folders.add(folder);
      entry.backup = backup.path;
    }
    entries.push(entry);
  }
  return { entries, folders: [...folders] };
}

async function stageContent(file: string, change: FileChange, secrets: Secrets, place: Place): Promise<Entry["ours"]> {
  const { content, mode } = contentOf(change, secrets);
  // An edited file keeps its permissions: a private file must not become readable by all.
  const kept = place.stats ? Number(place.stats.mode) & 0o777 : undefined;
  // Flushed where it replaces a file of the user's: a power cut must not leave an empty one.
  await fs.writeFile(file, content, { flag: "wx", mode: mode ?? kept, flush: place.stats !== null });
  const stats = (await lstat(file))!;
  if (change.secret) return stampOf(stats);
  if (kept !== undefined && (Number(stats.mode) & 0o777) !== kept) await fs.chmod(file, kept);
  return { sha256: sha256(content) };
}

/** Makes the folders and moves every file. Each is looked up again, since time has passed. */
async function perform({ target, plan, steps }: Job, lock: string, journal: Journal): Promise<void> {
  for (const folder of journal.folders) {
    await steps.step(`folder:${folder}`);
    await look(target, `${folder}/x`);
    await fs.mkdir(join(target, folder)).catch((error: unknown) => {
      if (!hasCode(error, "EEXIST")) throw error;
    });
  }
  for (const entry of journal.entries) {
    const change = plan.changes[entry.n]!;
    const aside = asideFile(lock, entry);
    if (entry.old) {
      await steps.step(`aside:${entry.path}`);
      const place = await look(target, entry.path);
      if (!place.stats) throw changed(place);
      await fs.rename(place.absolute, aside);
      // Compared where nobody else writes any more: no change can slip in between.
      await assertBefore(place, aside, change);
    }
    if (entry.ours) {
      await steps.step(`place:${entry.path}`);
      await moveIn(stagedFile(lock, entry), await look(target, entry.path));
    }
    if (entry.backup !== undefined) {
      await steps.step(`backup:${entry.path}`);
      await moveIn(aside, await look(target, entry.backup));
    }
  }
}

async function moveIn(from: string, place: Place): Promise<void> {
  if (place.missing.length > 0) throw changed(place);
  try {
    await moveToFree(from, place.absolute);
  } catch (error) {
    throw hasCode(error, "EEXIST") ? changed(place) : error;
  }
}

/** Refuses when a file is not what the plan was made from. A secret is not in the plan, so nothing to compare with. */
async function assertBefore(place: Place, file: string, change: FileChange): Promise<void> {
  if (change.secret && change.before === null) return;
  if ((await readText(file)) !== change.before) throw changed(place);
}

function changed(place: Place): ChangedError {
  const { absolute } = place;
  return new ChangedError(
    EXIT.refused,
    `${absolute} was changed by another program while we worked.`,
    "Run the command again.",
  );
}

/**
 * Finishes or undoes what a dead run left, and releases its lock.
 * @throws CliError exit 1 when it cannot be undone
 */
export async function settle(lock: Lock, steps: Steps): Promise<{ action: "undone" | "finished"; details: string[] }> {
  try {
    const committed = await isCommitted(lock.folder);
    const journal = committed ? null : await readJournal(lock.folder);
    const { left, failed } = journal ? await undo(lock.target, lock.folder, journal, steps) : { left: [], failed: [] };
    if (failed.length > 0) throw undoFailure(null, lock.target, lock, [...failed, ...left]);
    await releaseLock(lock, steps);
    if (!committed) {
      // The record is read from the user's disk: only folders on the way to this very target count.
      const made = (lock.maker.made ?? []).filter((folder) => `${lock.target}${sep}`.startsWith(`${folder}${sep}`));
      for (const folder of made.reverse()) await removeIfEmpty(folder);
    }
    const what = committed ? "had done its work and was tidied up" : "was undone";
    return {
      action: committed ? "finished" : "undone",
      details: [`An earlier run that was cut off in ${lock.target} ${what}.`, ...left],
    };
  } catch (error) {
    throw diskError(error, `undo an earlier run that was cut off in ${lock.target}`);
  } finally {
    abandon(lock.owner);
  }
}

function undoFailure(cause: unknown, target: string, lock: Lock, rest: string[]): CliError {
  const why =
    cause === null ? "" : ` (it was undone because: ${cause instanceof Error ? cause.message : String(cause)})`;
  return new CliError(
    EXIT.failed,
    `The changes in ${target} could not all be undone${why}${/\.$/.test(why) ? "" : "."} ${rest.join(" ")}`,
    `Remove the cause, then run the command again: it undoes the rest. Until then keep ${lock.folder}.`,
    { cause },
  );
}
