import fs from "node:fs";
import { dirname, join, sep } from "node:path";
import { CliError, EXIT } from "../errors.js";
import { diskError, hasCode, lstat, removeIfEmpty, rename } from "./disk.js";
import { contentOf, failure, type Job } from "./job.js";
import { makeOwned, newOwner, ownedName, removeOwned } from "./owner.js";
import { assertRelative, type Where } from "./paths.js";

/** How long to write on end, before Ctrl-C and SIGTERM get a chance. */
const TURN_MS = 20;

/**
 * How names of temporary folders for a new target start: `.<name>.create-openbb-backend-`.
 * Long names are cut, so that the whole stays within the 255 bytes that file systems allow; which target it is for
 * says the owner record.
 */
export function siblingPrefix(name: string): string {
  let short = "";
  for (const character of name) {
    if (Buffer.byteLength(short + character) > 100) break;
    short += character;
  }
  return `.${short}.create-openbb-backend-`;
}

/**
 * Builds a project that does not exist yet in a temporary folder next to it, then renames it into place: it is there
 * as a whole or not at all. Folders missing on the way to the target are part of what is renamed.
 * @returns false when the system cannot rename here (EXDEV, EPERM): nothing was changed, build it in place
 * @throws CliError exit 1 or 3 (the target appeared meanwhile), CancelledError
 */
export async function buildBeside(job: Job, where: Where): Promise<boolean> {
  const { steps } = job;
  const owner = await newOwner(where.path);
  const folder = join(where.base, ownedName(siblingPrefix(where.missing[0]!)));
  const tree = join(folder, "tree");
  try {
    await makeOwned(folder, owner, steps.mark);
    await writeTree(job, join(tree, ...where.missing.slice(1)));
    await steps.step("move");
    await moveTree(tree, where);
  } catch (error) {
    const left = await removeOwned(folder, owner, steps.mark).then(
      () => [],
      () => [`The temporary folder ${folder} could not be removed.`],
    );
    if (hasCode(error, "EXDEV", "EPERM") && left.length === 0) return false;
    throw failure(error, where.path, left);
  }
  // Done. What cannot be tidied up now is tidied up by the next command.
  await removeOwned(folder, owner, steps.mark).catch(() => undefined);
  return true;
}

async function writeTree({ plan, secrets, steps }: Job, root: string): Promise<void> {
  await steps.step("build");
  const folders = new Set<string>();
  for (const change of plan.changes) {
    assertRelative(change.path);
    if (change.action !== "create") throw vanished(root, change.path);
    folders.add(dirname(change.path));
  }
  for (const folder of folders) fs.mkdirSync(join(root, folder), { recursive: true });
  let turn = Date.now();
  for (const change of plan.changes) {
    await steps.step(`build:${change.path}`);
    const { content, mode } = contentOf(change, secrets);
    // Not through Node's pool of threads: for a hundred small files, handing them over takes longer than writing them.
    fs.writeFileSync(root + sep + change.path, content, { flag: "wx", mode });
    if (Date.now() - turn < TURN_MS) continue;
    await new Promise(setImmediate);
    turn = Date.now();
  }
}

async function moveTree(tree: string, { base, missing, path }: Where): Promise<void> {
  let from = tree;
  let to = join(base, missing[0]!);
  for (let depth = 1; ; ) {
    const stats = await lstat(to);
    if (stats && (depth === missing.length || !stats.isDirectory())) throw appeared(path);
    try {
      if (!stats) return await rename(from, to);
    } catch (error) {
      // Something appeared at `to` just now: look again.
      if (hasCode(error, "ENOTEMPTY", "EEXIST", "ENOTDIR") && (await lstat(to))) continue;
      throw error;
    }
    // A folder on the way was made meanwhile, by another run perhaps: what is below it is still ours to make.
    from = join(from, missing[depth]!);
    to = join(to, missing[depth]!);
    depth++;
  }
}

function appeared(path: string): CliError {
  return new CliError(
    EXIT.refused,
    `${path} was created by another program while we worked.`,
    "Run the command again.",
  );
}

function vanished(root: string, path: string): CliError {
  return new CliError(EXIT.refused, `${join(root, path)} disappeared while we worked.`, "Run the command again.");
}

/**
 * Makes the folders on the way to a target and the target itself, for building it in place.
 * @returns what was made, absolute, outermost first
 */
export async function makeFolders({ base, missing, path }: Where): Promise<string[]> {
  const made: string[] = [];
  let at = base;
  try {
    for (const name of missing) {
      at = join(at, name);
      fs.mkdirSync(at);
      made.push(at);
    }
    return made;
  } catch (error) {
    for (const folder of made.reverse()) await removeIfEmpty(folder).catch(() => undefined);
    throw hasCode(error, "EEXIST")
      ? failure(appeared(path), path, [])
      : diskError(error, `create ${path}`, "Nothing was changed.");
  }
}
