import { CancelledError } from "../errors.js";

/** What is told about a disk step before it is done. Names are stable: `stage:src/app.ts`. */
export interface Steps {
  /** Before a step that can still be undone: a pending Ctrl-C throws CancelledError here. */
  step: (name: string) => Promise<void>;
  /** Before a step that must be done whatever the user wants: undoing, tidying up. */
  mark: (name: string) => Promise<void>;
}

/** @param onStep told of every step; what it throws counts as that step's failure */
export function makeSteps(onStep?: (step: string) => void | Promise<void>, signal?: AbortSignal): Steps {
  const mark = async (name: string) => {
    await onStep?.(name);
  };
  const step = async (name: string) => {
    await mark(name);
    if (signal?.aborted) throw new CancelledError();
  };
  return { step, mark };
}
