import { CancelledError, CliError } from "../errors.js";
import type { FileChange, Plan, Secrets } from "../plan/types.js";
import { diskError } from "./disk.js";
import type { Steps } from "./steps.js";

/** A plan and what it takes to carry it out. */
export interface Job {
  /** Absolute, links resolved. */
  target: string;
  plan: Plan;
  secrets: Secrets;
  steps: Steps;
  lockTimeoutMs?: number;
}

/** What a change will write, and its mode. */
export function contentOf(change: FileChange, secrets: Secrets): { content: string; mode?: number } {
  const secret = change.secret ? secrets[change.path] : undefined;
  if (secret) return secret;
  if (change.secret || change.after === null) throw new Error(`no content for ${change.path}`);
  return { content: change.after };
}

/** A file is not what the plan was made from: whoever planned may plan anew. */
export class ChangedError extends CliError {}

/** The error to show after everything was undone. `left`: what other programs changed and we left. */
export function failure(error: unknown, target: string, left: string[]): unknown {
  const after = left.length > 0 ? left.join(" ") : "Nothing was changed.";
  if (error instanceof CancelledError) return left.length > 0 ? new CancelledError(`Cancelled. ${after}`) : error;
  if (!(error instanceof CliError)) return diskError(error, `write to ${target}`, after);
  if (error.message.includes(after)) return error;
  const Kind = error instanceof ChangedError && left.length === 0 ? ChangedError : CliError;
  return new Kind(error.exitCode, `${error.message} ${after}`, error.hint, { cause: error });
}
