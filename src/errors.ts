/** The exit codes of every command (README, "Exit codes"). */
export const EXIT = {
  done: 0,
  failed: 1,
  usage: 2,
  refused: 3,
  invalid: 4,
  incomplete: 5,
  cancelled: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/**
 * A failure that the user can act on: one sentence that says what is wrong, a remedy, and the exit code.
 * Anything else that is thrown is a bug of ours.
 */
export class CliError extends Error {
  override name = "CliError";

  /**
   * @param exitCode what the process ends with
   * @param message one sentence: what is wrong
   * @param hint what to do next, one sentence or a short list
   */
  constructor(
    readonly exitCode: ExitCode,
    message: string,
    readonly hint?: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
  }
}

/** The user cancelled: Ctrl-C, ESC at a question, or "no" at the last screen. Nothing was changed. */
export class CancelledError extends CliError {
  override name = "CancelledError";

  constructor(message = "Cancelled. Nothing was changed.") {
    super(EXIT.cancelled, message);
  }
}
