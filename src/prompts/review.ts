import type { CreateAnswers } from "../plan/answers.js";
import { answersOf, directoryOf, type Preview, type Talk } from "./draft.js";
import { type AnswerRow, lastScreen } from "./last-screen.js";
import { oneLine, summaryLines, treeLines } from "./layout.js";
import { QUESTIONS } from "./questions.js";

/** Lines that the list below the tree takes, and those between the two. */
const LIST_HEIGHT = 9;
/** A tree below this many lines says too little. */
const LEAST_TREE = 12;

/**
 * The last screen: every answer, the files to come, and a list to go on from. Comes back after every change.
 *
 * @param change asks the question with this key again
 * @throws CancelledError
 */
export async function review(talk: Talk, change: (key: string) => Promise<void>): Promise<CreateAnswers> {
  const { answers } = await lastScreen({
    ask: talk.ask,
    question: "Create the project?",
    go: "Create it",
    rows: () => rowsOf(talk.draft),
    find: async () => {
      const answers = answersOf(talk);
      return { answers, preview: await talk.conversation.preview(answers) };
    },
    show: ({ preview }) => show(talk, preview),
    change,
  });
  return answers;
}

function show({ ask, draft }: Talk, { files }: Preview): void {
  const { columns, rows } = ask.size();
  const summary = summaryLines(rowsOf(draft), columns);
  const tree = treeLines(files, Math.max(rows - summary.length - LIST_HEIGHT, LEAST_TREE), columns - 2);
  ask.show("Your answers", summary);
  ask.show(
    oneLine(`${directoryOf(draft)?.replace(/[\\/]+$/, "")}/ will hold ${files.length} files`, columns),
    tree.map((line) => `  ${line}`),
  );
}

function rowsOf(draft: Talk["draft"]): AnswerRow[] {
  return QUESTIONS.filter(({ applies }) => applies?.(draft) !== false).map(({ key, label, show: value }) => ({
    key,
    label: label(draft),
    value: value(draft),
  }));
}
