import type { Readable, Writable } from "node:stream";
import { getColumns, getRows } from "@clack/core";
import { type CANCEL_SYMBOL, confirm, isCancel, log, multiselect, type Option, select } from "@clack/prompts";
import { CancelledError } from "../errors.js";
import { fitHint, GUIDE_WIDTH, wrap } from "./layout.js";
import { liveText, type TextQuestion } from "./text.js";

/** Where a conversation is held. */
export interface Terminal {
  /** A terminal's input, or any stream of key bytes. */
  input: Readable;
  output: Writable;
  /** Cancels the conversation as Ctrl-C does. */
  signal?: AbortSignal;
}

/** One choice of a list. */
export interface Choice<Value extends string> {
  value: Value;
  label: string;
  hint?: string;
}

/** Lines of a screen that a list leaves to its question, what it says below, and the answer before it. */
const AROUND_LIST = 9;

/** Asks one question at a time. Every method that asks throws CancelledError on ESC, Ctrl-C, Ctrl-D and a lost input. */
export interface Asker {
  text(question: TextQuestion): Promise<string>;
  confirm(message: string, preset: boolean): Promise<boolean>;
  select<Value extends string>(message: string, choices: Choice<Value>[], preset?: Value): Promise<Value>;
  /** At least one must be chosen. */
  many<Value extends string>(message: string, choices: Choice<Value>[], preset: Value[]): Promise<Value[]>;
  /** Prints lines under a title. */
  show(title: string, lines: string[]): void;
  warn(text: string): void;
  /** Throws CancelledError when the terminal's signal says so: for the time between two questions. */
  check(): void;
  size(): { columns: number; rows: number };
}

/** The asker of a terminal. */
export function askerOf(terminal: Terminal): Asker {
  const { output, signal } = terminal;
  const check = () => {
    if (signal?.aborted) throw new CancelledError();
  };
  // Two columns are kept free, as clack's own boxes do.
  const columns = () => getColumns(output) - GUIDE_WIDTH - 2;
  const list = <Value extends string>(choices: Choice<Value>[]) => ({
    // TypeScript cannot see that a choice is an option for any type of texts.
    options: choices.map((choice) => fitHint(choice, columns())) as unknown as Option<Value>[],
    maxItems: getRows(output) - AROUND_LIST,
  });
  return {
    check,
    size: () => ({ columns: columns(), rows: getRows(output) }),
    text: (question) => {
      let typed = "";
      const run = (io: Io) =>
        liveText(question, io, (text) => {
          typed = text;
        });
      return guard(terminal, run, () => typed !== "");
    },
    confirm: (message, initialValue) => guard(terminal, (io) => confirm({ ...io, message, initialValue })),
    select: (message, choices, initialValue) =>
      guard(terminal, (io) => select({ ...io, ...list(choices), message, initialValue })),
    many: (message, choices, initialValues) =>
      guard(terminal, (io) => multiselect({ ...io, ...list(choices), message, initialValues, required: true })),
    show: (title, lines) => log.step([title, ...lines].join("\n"), { output }),
    warn: (text) =>
      log.warn(
        text
          .split("\n")
          .flatMap((line) => wrap(line, columns()))
          .join("\n"),
        { output },
      ),
  };
}

interface Io {
  input: Readable;
  output: Writable;
  signal: AbortSignal;
}

/**
 * Runs one prompt of clack's so that it always ends, and only when it should:
 *
 * - Each prompt has a signal of its own: clack never takes its listener off the one it is given, and would redraw every
 *   past prompt when that is aborted.
 * - readline closes on Ctrl-D, and an input may end: the prompt would wait for ever.
 * - readline leaves the input paused after Ctrl-Z and `fg`: nothing would keep the process alive.
 */
async function guard<T>(
  { input, output, signal }: Terminal,
  prompt: (io: Io) => Promise<T | typeof CANCEL_SYMBOL>,
  isTyping: () => boolean = () => false,
): Promise<T> {
  if (signal?.aborted || input.readableEnded || input.destroyed) throw new CancelledError();
  const own = new AbortController();
  let open = true;
  const stop = () => {
    if (open) own.abort();
  };
  const onPause = () => {
    setImmediate(() => {
      if (open) input.resume();
    });
  };
  const onKey = (_: unknown, key: { ctrl?: boolean; name?: string } | undefined) => {
    // In a text, Ctrl-D deletes the letter under the cursor.
    if (!key?.ctrl || key.name !== "d" || isTyping()) return;
    // Later, for clack is about to see this key as well; as Ctrl-C, for then it draws the end of the question.
    setImmediate(() => {
      input.emit("keypress", "\u0003", { name: "c", ctrl: true, sequence: "\u0003" });
      setImmediate(stop);
    });
  };
  signal?.addEventListener("abort", stop);
  input.once("end", stop).once("close", stop).on("pause", onPause).on("keypress", onKey);
  try {
    const answer = await prompt({ input, output, signal: own.signal });
    if (isCancel(answer)) throw new CancelledError();
    return answer;
  } finally {
    open = false;
    signal?.removeEventListener("abort", stop);
    input.off("end", stop).off("close", stop).off("pause", onPause).off("keypress", onKey);
  }
}
