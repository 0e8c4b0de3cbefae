import { CommanderError } from "commander";
import { CancelledError, CliError, EXIT } from "../errors.js";
import { Output } from "./output.js";
import { buildProgram } from "./program.js";
import { StandardStream } from "./standard-stream.js";

export type Bin = "create-openbb-backend" | "openbb-backend";

/**
 * Runs a command line to its end. Every outcome, good or bad, passes through here: this is where the exit code is set,
 * and the only place where the process is ended.
 */
export async function run(bin: Bin, argv: string[] = process.argv.slice(2)): Promise<void> {
  const stderr = new StandardStream(2);
  const output = new Output(new StandardStream(1, stderr), stderr, wantsJson(argv));
  const cancel = new AbortController();
  let signals = 0;
  const onSignal = () => {
    // The first one lets the command undo its work; who sends a second one wants out.
    if (++signals > 1) process.exit(EXIT.cancelled);
    cancel.abort();
  };
  process.on("SIGINT", onSignal);
  process.on("SIGTERM", onSignal);
  // Nothing waits for this function: had it still something to do when Node has nothing more to do, that would be a 0.
  let ended = false;
  process.once("exit", (code) => {
    if (ended || code !== 0) return;
    output.say("✖ Something unexpected went wrong: this ended in the middle. Please report it.");
    process.exitCode = EXIT.failed;
  });

  try {
    const program = buildProgram(bin, { output, signal: cancel.signal }, argv);
    await program.parseAsync(argv, { from: "user" });
  } catch (error) {
    process.exitCode = report(error, output);
  } finally {
    ended = true;
    process.off("SIGINT", onSignal);
    process.off("SIGTERM", onSignal);
  }
}

/** Known before anything is parsed, so that also what is wrong with the command line is said as JSON. */
function wantsJson(argv: string[]): boolean {
  const format = argv.indexOf("--format");
  return argv.includes("--json") || argv.includes("--format=json") || (format >= 0 && argv[format + 1] === "json");
}

/** Says what went wrong, and gives the exit code. */
function report(error: unknown, output: Output): number {
  // Commander has already written its message, or the help that was asked for.
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return EXIT.done;
    output.failure(EXIT.usage, error.message.replace(/^error: /, ""), undefined, { shown: true });
    return EXIT.usage;
  }
  if (error instanceof CancelledError) {
    output.failure(error.exitCode, error.message);
    return error.exitCode;
  }
  if (error instanceof CliError) {
    output.failure(error.exitCode, error.message, error.hint);
  } else {
    const message = error instanceof Error ? error.message : String(error);
    output.failure(
      EXIT.failed,
      `Something unexpected went wrong: ${message}`,
      "DEBUG=1 shows where. Please report it.",
    );
  }
  if (process.env.DEBUG && error instanceof Error) output.say(error.stack ?? "");
  return error instanceof CliError ? error.exitCode : EXIT.failed;
}
