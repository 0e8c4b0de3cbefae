import type { Plan, Secrets } from "../plan/types.js";
import { removeIfEmpty } from "./disk.js";
import type { Job } from "./job.js";
import { resolveTarget } from "./paths.js";
import { buildBeside, makeFolders } from "./sibling.js";
import { makeSteps } from "./steps.js";

export interface ApplyOptions {
  /** The project folder: absolute, as `readTarget` gave it. It need not exist. */
  target: string;
  plan: Plan;
  /** Contents of the changes marked `secret`. */
  secrets?: Secrets;
  /** Aborted on Ctrl-C and SIGTERM: everything is undone. After the commit point it has no effect. */
  signal?: AbortSignal;
  /** Told before each disk step, with a stable name such as `place:src/app.ts`. What it throws fails that step. */
  onStep?: (step: string) => void | Promise<void>;
  /** How long to wait for another run in the same project. 30 seconds when left out. */
  lockTimeoutMs?: number;
}

/** What was done: paths relative to the target, with `/`, in the order of the plan. */
export interface ApplyResult {
  created: string[];
  edited: string[];
  deleted: string[];
  backups: { path: string; backup: string }[];
}

/**
 * Makes a plan real, all of it or nothing: the one place where files of a project are written.
 *
 * A target that does not exist is built beside its place and renamed. In one that exists, everything is staged, then
 * moved file by file, and undone in reverse when something fails. A SIGKILL at any moment leaves what `recover` undoes
 * or finishes.
 * @throws CliError exit 3: a file is not what the plan was made from, a link or a folder is in the way, another run is
 *   at work. Exit 1: the disk refused. CancelledError: the signal was aborted. In all of these nothing was changed,
 *   or the message says what is left and where.
 */
export async function applyPlan(options: ApplyOptions): Promise<ApplyResult> {
  const { plan, secrets = {}, lockTimeoutMs } = options;
  const result = summary(plan);
  if (plan.changes.length === 0) return result;
  const steps = makeSteps(options.onStep, options.signal);
  const where = await resolveTarget(options.target);
  const job: Job = { target: where.path, plan, secrets, steps, lockTimeoutMs };
  if (!where.exists && (await buildBeside(job, where))) return result;
  // Loaded here: most projects are built in a new folder.
  const { applyInPlace } = await import("./in-place.js");
  if (where.exists) {
    await applyInPlace(job);
  } else {
    const made = await makeFolders(where);
    try {
      await applyInPlace(job, made);
    } catch (error) {
      for (const folder of made.reverse()) await removeIfEmpty(folder).catch(() => undefined);
      throw error;
    }
  }
  return result;
}

function summary({ changes }: Plan): ApplyResult {
  const paths = (action: string) => changes.filter((change) => change.action === action).map((change) => change.path);
  return {
    created: paths("create"),
    edited: paths("edit"),
    deleted: paths("delete"),
    backups: changes.flatMap(({ path, backup, action }) => (backup && action !== "create" ? [{ path, backup }] : [])),
  };
}
