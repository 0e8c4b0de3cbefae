import { intro } from "@clack/prompts";
import type { AddRequest } from "../plan/edit/add.js";
import type { FileChange } from "../plan/types.js";
import { ADD_QUESTIONS, type AddTalk } from "./add-questions.js";
import { askerOf, type Terminal } from "./asker.js";
import { type AnswerRow, lastScreen, refusalIn } from "./last-screen.js";
import { summaryLines } from "./layout.js";
import { contentsOf } from "./present.js";

export { addCommand } from "./add-command.js";

/** What adding would do. */
export interface AddPreview {
  changes: Pick<FileChange, "path" | "action">[];
  widgets: { id: string; endpoint: string; file?: string | undefined }[];
  /** Packages that are new to the project. */
  packages?: string[] | undefined;
}

/** What the conversation of `add-widget` starts from. */
export interface Adding {
  /** The project, for names, categories and dashboards that are there. */
  state: Parameters<typeof contentsOf>[0];
  /** Where flags said that the widget goes: not asked, but it can be changed at the last screen. */
  place: Omit<AddRequest, "specs">;
  preview: (request: AddRequest) => AddPreview | Promise<AddPreview>;
}

/** Of the files to come, so many are named. */
const MOST_NAMED = 3;

/**
 * The conversation of `add-widget`: one widget, and where it goes. Writes nothing.
 *
 * @returns the same request that flags would give
 * @throws CancelledError when the user cancels, anywhere; what `preview` throws when nothing can be added at all
 */
export async function askAdd({ state, place, preview }: Adding, terminal: Terminal): Promise<AddRequest> {
  const ask = askerOf(terminal);
  ask.check();
  // A project that no widget can be added to ends the command before any question.
  await preview({ ...place, specs: [{ type: "table" }] });
  const talk: AddTalk = {
    ask,
    around: contentsOf(state),
    draft: { widget: { type: "table" }, place },
    refusal: async (widget) => {
      try {
        await preview({ ...place, specs: [widget] });
        return undefined;
      } catch (error) {
        return refusalIn(error);
      }
    },
    again: false,
  };
  intro("Add a widget", { output: terminal.output });
  for (const question of ADD_QUESTIONS) {
    if (question.asked ? question.asked(talk) : question.applies?.(talk) !== false) await askOne(talk, question.key);
  }
  const { request } = await lastScreen({
    ask,
    question: "Add the widget?",
    go: "Add it",
    rows: () => rowsOf(talk),
    find: async () => {
      const { widget, place } = talk.draft;
      const request: AddRequest = { ...place, specs: [widget] };
      return { request, preview: await preview(request) };
    },
    show: (found) => show(talk, found.preview),
    change: async (key) => {
      const before = talk.draft;
      await askOne({ ...talk, again: true }, key, talk);
      if (key !== "type" || talk.draft.widget.type === before.widget.type) return;
      for (const next of ["variant", "name", "answers"]) await askOne(talk, next);
    },
  });
  return request;
}

/** Asks one question, and keeps its answer in `into`. */
async function askOne(talk: AddTalk, key: string, into: AddTalk = talk): Promise<void> {
  const question = ADD_QUESTIONS.find((each) => each.key === key);
  if (question && question.applies?.(talk) !== false) into.draft = await question.ask(talk);
}

function rowsOf(talk: AddTalk): AnswerRow[] {
  return ADD_QUESTIONS.filter(({ applies }) => applies?.(talk) !== false).map(({ key, label, show }) => ({
    key,
    label: label(talk),
    value: show(talk),
  }));
}

function show(talk: AddTalk, { changes, widgets, packages = [] }: AddPreview): void {
  const { columns } = talk.ask.size();
  talk.ask.show("The widget", summaryLines(rowsOf(talk), columns));
  const first = widgets[0];
  const paths = (action: FileChange["action"]) =>
    changes.flatMap((change) => (change.action === action ? [change.path] : []));
  // The handler comes first: it is the file that the user will work on.
  const created = paths("create").sort((a, b) => Number(b === first?.file) - Number(a === first?.file));
  const rows = [
    { label: "Its id", value: first?.id ?? "" },
    { label: "New files", value: listed(created) },
    { label: "Changed", value: listed(paths("edit"), Number.POSITIVE_INFINITY) },
    { label: "Packages", value: packages.join(", ") },
  ];
  talk.ask.show(
    "What will be written",
    summaryLines(
      rows.filter(({ value }) => value !== ""),
      columns,
    ),
  );
}

function listed(paths: string[], most = MOST_NAMED): string {
  const rest = paths.length - most;
  // One more would take no more room than to say so.
  return rest <= 1 ? paths.join(", ") : `${paths.slice(0, most).join(", ")} and ${rest} more`;
}
