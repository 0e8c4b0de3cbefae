import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import fs from "fs-extra";
import { CliError, EXIT } from "../errors.js";
import { hasCode, lstat } from "./disk.js";
import {
  abandon,
  isAlive,
  LOCK_FOLDER,
  makeOwned,
  newOwner,
  type Owner,
  ownedName,
  readOwner,
  removeOwned,
} from "./owner.js";
import type { Steps } from "./steps.js";

/**
 * The lock of an existing project: one folder inside it, which holds what the run stages, its journal, and
 * `owner.json`. It is filled under a temporary name and renamed into place, so it is never there without its owner;
 * renaming onto a folder that is not empty fails, so only one run gets it.
 *
 * A dead owner's lock is not removed and made anew (two runs could each remove the other's): the successor renames a
 * folder `takeover-<token>-<n>` into it, which only one can do. The owner is whoever has the highest number for the
 * token of the lock's own `owner.json`.
 */
export interface Lock {
  folder: string;
  target: string;
  /** This process. */
  owner: Owner;
  /** Who made the lock: this process, or the dead one that it was taken over from. */
  maker: Owner;
}

type Standing = { state: "free" } | { state: "alive"; owner: Owner } | { state: "dead"; maker: Owner; next: number };

const POLL_MS = 100;

/**
 * Takes the lock of a target, waiting while another run has it. A dead run's lock is settled first.
 * @param target absolute path of an existing folder
 * @param settle undoes or finishes what the dead run left, and releases its lock
 * @param made folders that this run made on the way to the target, for the owner record
 * @throws CliError exit 3 when another run still has it after `timeoutMs`, or something that is not ours is in its
 *   place; CancelledError when aborted while waiting
 */
export async function acquireLock(
  target: string,
  steps: Steps,
  settle: (dead: Lock) => Promise<unknown>,
  { timeoutMs = 30_000, made }: { timeoutMs?: number; made?: string[] } = {},
): Promise<Lock> {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const standing = await inspect(target);
    if (standing.state === "free") {
      const lock = await tryTake(target, steps, made);
      if (lock) return lock;
    } else if (standing.state === "dead") {
      const dead = await tryTakeOver(target, standing.maker, standing.next, steps);
      if (dead) await settle(dead);
    } else if (Date.now() >= end) {
      throw atWork(target, standing.owner);
    } else {
      await steps.step("lock:wait");
      await sleep(POLL_MS);
    }
  }
}

/**
 * Waits until no run is at work in a target: files that are being moved must not be read.
 * @throws CliError exit 3 when one still is after `timeoutMs`, or one was cut off and nothing has undone it yet
 */
export async function waitUntilFree(target: string, timeoutMs = 30_000): Promise<void> {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const standing = await inspect(target);
    if (standing.state === "free") return;
    if (standing.state === "dead") {
      throw new CliError(
        EXIT.refused,
        `A run that was cut off has left ${target} half changed.`,
        "Any command that is no dry run puts it in order first: npx create-openbb-backend list, for example.",
      );
    }
    if (Date.now() >= end) throw atWork(target, standing.owner);
    await sleep(POLL_MS);
  }
}

/** Takes over the lock of a dead run, if there is one. Null when there is no lock, or its owner lives. */
export async function takeOverLock(target: string, steps: Steps): Promise<Lock | null> {
  for (;;) {
    const standing = await inspect(target);
    if (standing.state !== "dead") return null;
    const lock = await tryTakeOver(target, standing.maker, standing.next, steps);
    if (lock) return lock;
  }
}

/** Gives the lock back: renamed away, so that the next run can start, then removed. */
export async function releaseLock(lock: Lock, steps: Steps): Promise<void> {
  try {
    const away = join(lock.target, ownedName(`${LOCK_FOLDER}.`));
    await steps.mark("release:rename");
    await fs.rename(lock.folder, away);
    await removeOwned(away, lock.owner, steps.mark);
  } finally {
    abandon(lock.owner);
  }
}

function atWork(target: string, { pid, host }: Owner): CliError {
  return new CliError(
    EXIT.refused,
    `Another run (process ${pid} on ${host}) is working in ${target}.`,
    "Wait until it is done or stop it, then run the command again.",
  );
}

async function inspect(target: string): Promise<Standing> {
  const folder = join(target, LOCK_FOLDER);
  // A lock can vanish between the look at the folder and the look into it: only what stays without an owner is odd.
  for (let attempt = 0; attempt < 3; attempt++) {
    const stats = await lstat(folder);
    if (!stats) return { state: "free" };
    if (!stats.isDirectory()) break;
    const names = await fs.readdir(folder).catch(() => []);
    const maker = await readOwner(folder);
    if (maker) {
      const prefix = `takeover-${maker.token}-`;
      const last = Math.max(
        0,
        ...names.filter((name) => name.startsWith(prefix)).map((name) => Number(name.slice(prefix.length)) || 0),
      );
      const owner = last > 0 ? await readOwner(join(folder, prefix + last)) : maker;
      if (owner) {
        return (await isAlive(owner)) ? { state: "alive", owner } : { state: "dead", maker, next: last + 1 };
      }
    } else if (names.length === 0) {
      return { state: "free" };
    }
    await sleep(20);
  }
  throw new CliError(
    EXIT.refused,
    `${folder} is in the way: it has the name of our lock folder, but no run of ours made it.`,
    "Move it away, then run the command again.",
  );
}

async function tryTake(target: string, steps: Steps, made?: string[]): Promise<Lock | null> {
  const owner = await newOwner(target, made);
  const folder = join(target, LOCK_FOLDER);
  const taken = await renameIn(target, owner, folder, steps);
  return taken ? { folder, target, owner, maker: owner } : null;
}

async function tryTakeOver(target: string, maker: Owner, next: number, steps: Steps): Promise<Lock | null> {
  const owner = await newOwner(target);
  const folder = join(target, LOCK_FOLDER);
  const claim = join(folder, `takeover-${maker.token}-${next}`);
  if (!(await renameIn(target, owner, claim, steps))) return null;
  // Was the dead run's lock settled by a third run meanwhile, then our claim stands in the lock of a fourth.
  if ((await readOwner(folder))?.token !== maker.token) {
    await removeOwned(claim, owner);
    return null;
  }
  return { folder, target, owner, maker };
}

/** Makes a folder with an owner record and renames it to `to`. False when somebody else was first. */
async function renameIn(target: string, owner: Owner, to: string, steps: Steps): Promise<boolean> {
  const temporary = join(target, ownedName(`${LOCK_FOLDER}.`));
  await makeOwned(temporary, owner, steps.mark);
  try {
    await steps.step("lock:rename");
    await fs.rename(temporary, to);
    return true;
  } catch (error) {
    await removeOwned(temporary, owner).catch(() => undefined);
    // ENOENT: the lock that we wanted to take over is gone. Windows answers EPERM or EACCES for a taken name.
    const lost =
      hasCode(error, "ENOTEMPTY", "EEXIST", "ENOENT") ||
      (hasCode(error, "EPERM", "EACCES") && (await lstat(to)) !== null);
    if (lost) return false;
    throw error;
  }
}
