import type { Response } from "express";
import { HttpError } from "./errors.js";

/** Runs handlers: only so many at once, and each only for so long. */
export class Runner {
  private running = 0;

  constructor(
    private readonly maxConcurrent: number,
    private readonly timeoutMs: number,
  ) {}

  /**
   * Runs a handler until it answers, the time is up (504) or the caller has gone. When too many run already it is
   * refused at once (503): a queue would only make everybody late.
   *
   * @param name the widget, for messages
   * @param call the handler; its signal is aborted when the run is over before the handler is
   * @param res the caller's response, unless the answer is for several callers
   */
  async run<T>(name: string, call: (signal: AbortSignal) => T | Promise<T>, res?: Response): Promise<T> {
    if (this.running >= this.maxConcurrent) {
      throw new HttpError(503, "The backend is busy. Try again in a moment.", { "Retry-After": "1" });
    }
    this.running++;
    const controller = new AbortController();
    let timer: NodeJS.Timeout | undefined;
    let leave: (() => void) | undefined;
    try {
      return await new Promise<T>((resolve, reject) => {
        // A handler need not heed the signal: the run ends all the same.
        const end = (reason: HttpError) => {
          controller.abort(reason);
          reject(reason);
        };
        timer = setTimeout(() => {
          end(new HttpError(504, `"${name}" did not answer within ${this.timeoutMs / 1000} seconds.`));
        }, this.timeoutMs);
        leave = () => end(new HttpError(499, "The caller has gone."));
        res?.once("close", leave);
        // Also what a handler throws before its first await must become a rejection: `call` may be no async function.
        (async () => call(controller.signal))().then(resolve, reject);
      });
    } finally {
      this.running--;
      clearTimeout(timer);
      if (leave) res?.off("close", leave);
    }
  }
}
