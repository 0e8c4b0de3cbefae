import { CancelledError, CliError } from "../errors.js";
import type { CreateAnswers } from "../plan/answers.js";
import { answersOf, directoryOf, type Preview, type Talk } from "./draft.js";
import { oneLine, type SummaryRow, summaryLines, treeLines } from "./layout.js";
import { QUESTIONS } from "./questions.js";

/** Lines that the list below the tree takes, and those between the two. */
const LIST_HEIGHT = 9;
/** A tree below this many lines says too little. */
const LEAST_TREE = 12;

/** Columns that a list loses: its marks, and the colour codes of the bar, which clack counts as columns. */
const LIST_INDENT = 11;

/**
 * The last screen: every answer, the files to come, and a list to go on from. Comes back after every change.
 *
 * @param change asks the question with this key again
 * @throws CancelledError
 */
export async function review(talk: Talk, change: (key: string) => Promise<void>): Promise<CreateAnswers> {
  for (;;) {
    const found = await finished(talk);
    talk.ask.check();
    if (found === undefined) {
      await changeOne(talk, change);
      continue;
    }
    show(talk, found.preview);
    const next = await talk.ask.select("Create the project?", [
      { value: "create", label: "Create it" },
      { value: "change", label: "Change an answer" },
      { value: "cancel", label: "Cancel" },
    ]);
    if (next === "create") return found.answers;
    if (next === "cancel") throw new CancelledError();
    await changeOne(talk, change);
  }
}

/** The answers and what they would give; undefined, after saying why, when they cannot go together. */
async function finished(talk: Talk): Promise<{ answers: CreateAnswers; preview: Preview } | undefined> {
  try {
    const answers = answersOf(talk);
    return { answers, preview: await talk.conversation.preview(answers) };
  } catch (error) {
    if (!(error instanceof CliError) || error instanceof CancelledError) throw error;
    talk.ask.warn([error.message, error.hint].filter((text) => text !== undefined).join("\n"));
    return undefined;
  }
}

function show({ ask, draft }: Talk, { files }: Preview): void {
  const { columns, rows } = ask.size();
  const summary = summaryLines(
    rowsOf(draft).map(({ row }) => row),
    columns,
  );
  const tree = treeLines(files, Math.max(rows - summary.length - LIST_HEIGHT, LEAST_TREE), columns - 2);
  ask.show("Your answers", summary);
  ask.show(
    oneLine(`${directoryOf(draft)?.replace(/[\\/]+$/, "")}/ will hold ${files.length} files`, columns),
    tree.map((line) => `  ${line}`),
  );
}

async function changeOne(talk: Talk, change: (key: string) => Promise<void>): Promise<void> {
  const rows = rowsOf(talk.draft);
  const width = Math.max(talk.ask.size().columns - LIST_INDENT, 1);
  const labels = Math.max(...rows.map(({ row }) => row.label.length)) + 2;
  const choices = rows.map(({ key, row: { label, value } }) => ({
    value: key,
    label: oneLine(label.padEnd(labels) + value, width),
  }));
  const key = await talk.ask.select("Which answer?", [...choices, { value: "", label: "None, go back" }]);
  if (key !== "") await change(key);
}

function rowsOf(draft: Talk["draft"]): { key: string; row: SummaryRow }[] {
  return QUESTIONS.filter(({ applies }) => applies?.(draft) !== false).map(({ key, label, show: value }) => ({
    key,
    row: { label: label(draft), value: value(draft) },
  }));
}
