import fs from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { hasCode, lstat, orElse, randomName, readJson, unlinkIfThere } from "./disk.js";

/** The lock folder of a run in an existing project; its temporary names start with this too. */
export const LOCK_FOLDER = ".create-openbb-backend";
const TOOL = "create-openbb-backend";
const OWNER = "owner.json";
/** A run takes seconds. One on another machine, whose processes we cannot see, counts as dead after an hour. */
const FOREIGN_LIFE_MS = 3_600_000;
/** An empty folder of ours whose maker we cannot see is left alone this long: it may be about to be filled. */
const EMPTY_LIFE_MS = 60_000;

/** Who made a temporary folder: written into it as `owner.json` before anything else. */
export interface Owner {
  tool: typeof TOOL;
  /** Version of this format and of the journal's. */
  format: 1;
  /** Random, so that two folders of one process are told apart. */
  token: string;
  pid: number;
  /** When the process started, where the system tells (Linux): a pid alone is used again. */
  started: string | null;
  host: string;
  /** Linux: the namespace that the pid is counted in. A container may share the host's name. */
  space: string | null;
  /** The project folder that the work is for, absolute. */
  target: string;
  /** Milliseconds since 1970. */
  at: number;
  /** Folders made on the way to the target, removed again when the run is undone. */
  made?: string[];
}

/** Tokens of the folders that this very process is working in. */
const held = new Set<string>();
/** Folders that this process has made and not yet written an owner record into. */
const blank = new Set<string>();

/** A new owner record for this process. */
export async function newOwner(target: string, made?: string[]): Promise<Owner> {
  return {
    tool: TOOL,
    format: 1,
    token: randomName() + randomName(),
    pid: process.pid,
    started: (await processStart(process.pid)) ?? null,
    host: hostname(),
    space: await pidSpace(),
    target,
    at: Date.now(),
    ...(made && { made }),
  };
}

/** The owner of a temporary folder; null when the record is missing or not ours. */
export async function readOwner(folder: string): Promise<Owner | null> {
  const value = (await readJson(join(folder, OWNER))) as Owner | null;
  const ours =
    value?.tool === TOOL &&
    value.format === 1 &&
    typeof value.token === "string" &&
    Number.isInteger(value.pid) &&
    value.pid > 0 &&
    typeof value.target === "string";
  return ours ? value : null;
}

/** Whether the process behind a temporary folder may still be at work. In doubt: yes. */
export async function isAlive(owner: Owner): Promise<boolean> {
  if (owner.host !== hostname() || owner.space !== (await pidSpace())) {
    return Date.now() - owner.at < FOREIGN_LIFE_MS;
  }
  const started = await processStart(owner.pid);
  if (owner.pid === process.pid && started === (owner.started ?? undefined)) return held.has(owner.token);
  if (!pidExists(owner.pid)) return false;
  // The pid lives. Where start times are known, a different one means that the pid was given to somebody else.
  return owner.started === null || started === undefined || started === owner.started;
}

function pidExists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return !hasCode(error, "ESRCH");
  }
}

/** Start of a process in clock ticks since boot, "dead" for a zombie; undefined when the system does not tell. */
async function processStart(pid: number): Promise<string | undefined> {
  if (process.platform !== "linux") return undefined;
  const stat = orElse(() => fs.readFileSync(`/proc/${pid}/stat`, "utf8"), "");
  // The second field, the program's name, may hold spaces and parentheses.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return fields[0] === "Z" ? "dead" : fields[19];
}

async function pidSpace(): Promise<string | null> {
  return process.platform === "linux" ? orElse(() => fs.readlinkSync("/proc/self/ns/pid"), null) : null;
}

/**
 * Makes a temporary folder that says whose it is, readable by this user only.
 * @param mark called before each disk step
 */
export async function makeOwned(folder: string, owner: Owner, mark: (step: string) => Promise<void>): Promise<void> {
  held.add(owner.token);
  blank.add(folder);
  let made = false;
  try {
    for (let attempt = 0; ; attempt++) {
      await mark("owned:make");
      fs.mkdirSync(folder, { mode: 0o700 });
      made = true;
      try {
        await mark("owned:owner");
        fs.writeFileSync(join(folder, OWNER), JSON.stringify(owner), { flag: "wx", mode: 0o600 });
        break;
      } catch (error) {
        // Another machine may have tidied away the folder while it was empty.
        if (attempt >= 3 || !hasCode(error, "ENOENT")) throw error;
      }
    }
    await mark("owned:ignore");
    // Were the process killed and the user to run `git add .`, staged files would be committed.
    fs.writeFileSync(join(folder, ".gitignore"), "*\n", { flag: "wx" });
  } catch (error) {
    if (made) await removeOwned(folder, owner).catch(() => undefined);
    abandon(owner);
    throw error;
  } finally {
    blank.delete(folder);
  }
}

/** Says that this process no longer works in the folder: whoever comes next may tidy up. */
export function abandon(owner: Owner): void {
  held.delete(owner.token);
}

/** Removes a temporary folder of ours with all that is in it. The owner record goes last: it is the proof. */
export async function removeOwned(
  folder: string,
  owner: Owner | null,
  mark: (step: string) => Promise<void> = async () => undefined,
): Promise<void> {
  try {
    await mark("remove:content");
    for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) await fs.promises.rm(path, { recursive: true, force: true });
      else if (entry.name !== OWNER) unlinkIfThere(path);
    }
    await mark("remove:owner");
    unlinkIfThere(join(folder, OWNER));
    await mark("remove:folder");
    fs.rmdirSync(folder);
  } catch (error) {
    if (!hasCode(error, "ENOENT")) throw error;
  } finally {
    if (owner) abandon(owner);
  }
}

/** A temporary name: `<prefix><pid>-<random>`. */
export function ownedName(prefix: string): string {
  return `${prefix}${process.pid}-${randomName()}`;
}

/** A temporary folder that a dead run left. `owner` is null when it died before it could write anything. */
export interface Leftover {
  folder: string;
  owner: Owner | null;
}

/**
 * Finds temporary folders in `parent` that dead runs for `target` left: those whose owner record proves it, and empty
 * ones (or with an owner record of zero bytes) whose maker is gone. Nothing is changed.
 * @param prefix names that count: `<prefix><pid>-<random>`
 */
export async function leftovers(parent: string, prefix: string, target: string): Promise<Leftover[]> {
  const found: Leftover[] = [];
  // A parent that may not be listed (a home folder above ours, say) cannot hold anything that we made.
  const names = orElse(() => fs.readdirSync(parent), []);
  for (const name of names) {
    const pid = name.startsWith(prefix) && /^(\d+)-[0-9a-f]{8}$/.exec(name.slice(prefix.length))?.[1];
    if (!pid) continue;
    const folder = join(parent, name);
    const stats = await lstat(folder);
    if (!stats?.isDirectory()) continue;
    const owner = await readOwner(folder);
    if (owner) {
      if (owner.target === target && !(await isAlive(owner))) found.push({ folder, owner });
      continue;
    }
    const old = Date.now() - Number(stats.mtimeMs) > EMPTY_LIFE_MS;
    const inside = orElse(() => fs.readdirSync(folder), ["?"]);
    // A live maker on another machine, whose folder is taken away while it is empty, makes it again (makeOwned).
    const unmade = Number(pid) === process.pid ? !blank.has(folder) : !pidExists(Number(pid));
    const empty = inside.length === 0 && (old || unmade);
    const unwritten = old && inside.join() === OWNER && (await lstat(join(folder, OWNER)))?.size === 0n;
    if (empty || unwritten) found.push({ folder, owner: null });
  }
  return found;
}
