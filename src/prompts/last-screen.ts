import { CancelledError, CliError } from "../errors.js";
import type { Asker } from "./asker.js";
import { LIST_INDENT, oneLine, type SummaryRow } from "./layout.js";

/** An answer on the last screen, and the key of the question that changes it. */
export interface AnswerRow extends SummaryRow {
  key: string;
}

/** The end of a conversation: everything at a glance, and a list to go on from. */
export interface LastScreen<Found> {
  ask: Asker;
  question: string;
  /** The choice that ends the conversation. */
  go: string;
  rows: () => AnswerRow[];
  /** What comes of the answers. Throws CliError when they cannot go together. */
  find: () => Promise<Found>;
  show: (found: Found) => void;
  /** Asks the question with this key again. */
  change: (key: string) => Promise<void>;
}

/**
 * Shows the last screen until the user goes on. It comes back after every change.
 *
 * @returns what came of the answers
 * @throws CancelledError
 */
export async function lastScreen<Found>(screen: LastScreen<Found>): Promise<Found> {
  const { ask } = screen;
  for (;;) {
    const found = await findOrWarn(screen);
    ask.check();
    if (found === undefined) {
      await changeOne(screen);
      continue;
    }
    screen.show(found.found);
    const next = await ask.select(screen.question, [
      { value: "go", label: screen.go },
      { value: "change", label: "Change an answer" },
      { value: "cancel", label: "Cancel" },
    ]);
    if (next === "go") return found.found;
    if (next === "cancel") throw new CancelledError();
    await changeOne(screen);
  }
}

/** Undefined, after saying why, when the answers cannot go together. */
async function findOrWarn<Found>({ ask, find }: LastScreen<Found>): Promise<{ found: Found } | undefined> {
  try {
    return { found: await find() };
  } catch (error) {
    ask.warn(refusalIn(error));
    return undefined;
  }
}

/** What a refusal says, for people. Throws what is none: a bug of ours, or that the user has cancelled. */
export function refusalIn(error: unknown): string {
  if (!(error instanceof CliError) || error instanceof CancelledError) throw error;
  return [error.message, error.hint].filter((text) => text !== undefined).join("\n");
}

async function changeOne<Found>({ ask, rows: rowsOf, change }: LastScreen<Found>): Promise<void> {
  const rows = rowsOf();
  const width = Math.max(ask.size().columns - LIST_INDENT, 1);
  const labels = Math.max(...rows.map(({ label }) => label.length)) + 2;
  const choices = rows.map(({ key, label, value }) => ({
    value: key,
    label: oneLine(label.padEnd(labels) + value, width),
  }));
  const key = await ask.select("Which answer?", [...choices, { value: "", label: "None, go back" }]);
  if (key !== "") await change(key);
}
