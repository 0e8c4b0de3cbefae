import { basename, dirname, join } from "node:path";
import { diskError, lstat } from "./disk.js";
import { LOCK_FOLDER, leftovers, removeOwned } from "./owner.js";
import { resolveTarget } from "./paths.js";
import { siblingPrefix } from "./sibling.js";
import { makeSteps } from "./steps.js";

export interface Recovery {
  /** `undone`: the project is as it was before the run that was cut off. `finished`: as that run wanted it. */
  action: "none" | "undone" | "finished";
  /** Sentences for the user: what was found and done, and what was left alone. */
  details: string[];
}

/**
 * Finishes or undoes what a run that was killed left for this target: temporary folders beside it, and its lock inside.
 * Runs that are still alive are left alone. Every command calls this first.
 * @param target the project folder; it need not exist
 * @param onStep told before each disk step
 * @throws CliError exit 1 when the disk refuses, exit 3 as `readTarget` does
 */
export async function recover(target: string, onStep?: (step: string) => void | Promise<void>): Promise<Recovery> {
  const steps = makeSteps(onStep);
  const where = await resolveTarget(target);
  const recovery: Recovery = { action: "none", details: [] };
  try {
    // A run that had to make parents as well worked beside the outermost one: look beside each.
    for (let at = where.path; dirname(at) !== at; at = dirname(at)) {
      for (const { folder, owner } of await leftovers(dirname(at), siblingPrefix(basename(at)), where.path)) {
        const moved = where.exists && !(await lstat(join(folder, "tree")));
        await removeOwned(folder, owner, steps.mark);
        recovery.action = moved ? "finished" : "undone";
        recovery.details.push(`Removed ${folder}, which a run that was cut off had left.`);
      }
    }
    if (!where.exists) return recovery;
    // Loaded here: most projects are made in a new folder, which has nothing to settle.
    const [{ settle }, { isCommitted }, { takeOverLock }] = await Promise.all([
      import("./in-place.js"),
      import("./journal.js"),
      import("./lock.js"),
    ]);
    const lock = await takeOverLock(where.path, steps);
    if (lock) {
      const { action, details } = await settle(lock, steps);
      recovery.action = action;
      recovery.details.push(...details);
    }
    // What a run had renamed away to be removed, or not yet renamed into place: no file of the user's is in question.
    for (const { folder, owner } of await leftovers(where.path, `${LOCK_FOLDER}.`, where.path)) {
      if (await isCommitted(folder)) recovery.action = "finished";
      await removeOwned(folder, owner, steps.mark);
      recovery.details.push(`Removed ${folder}, which a run that was cut off had left.`);
    }
    return recovery;
  } catch (error) {
    throw diskError(error, `tidy up after an earlier run for ${where.path}`);
  }
}
