import { KNOWN_CATEGORIES } from "../contract/constants.js";
import type { PartialAnswers } from "../plan/answers.js";
import type { WidgetSpec } from "../plan/spec.js";
import { textProblem } from "../plan/widgets.js";
import type { Asker } from "./asker.js";
import { namesOf, type Talk } from "./draft.js";

type Kind = "category" | "subCategory";
const WORDS = { category: "category", subCategory: "sub-category" } as const;

/** How the last screen shows that a widget has no category. */
export const NO_CATEGORY = "none: Workspace shows them under My Data";

// Values of the list that no category can have: categories are never empty and hold no control characters.
const USUAL = "";
const OTHER = "\u0000";

/** Asks for the category or sub-category of all widgets. */
export async function askCategory(talk: Talk, kind: Kind): Promise<string | undefined> {
  const question =
    kind === "category"
      ? { message: "Which category are the widgets in?", usualLabel: "None: Workspace shows them under My Data" }
      : { message: "And which sub-category?", usualLabel: "None" };
  return choose(talk, { kind, ...question, present: talk.draft[kind] });
}

/** Asks whether some widgets belong elsewhere, and where. */
export async function askExceptions(talk: Talk): Promise<WidgetSpec[]> {
  const widgets = [...(talk.draft.widgets ?? [])];
  const some = await talk.ask.confirm("Do some widgets belong in another category?", hasExceptions(talk.draft));
  if (!some) return widgets.map((widget) => (isException(widget) ? inCategories(widget, {}) : widget));
  for (const [index, name] of namesOf(widgets).entries()) {
    // What is typed for one widget is offered for the next.
    const now = { ...talk, draft: { ...talk.draft, widgets } };
    widgets[index] = await askPlace(now, widgets[index] as WidgetSpec, name);
  }
  return widgets;
}

async function askPlace(talk: Talk, widget: WidgetSpec, name: string): Promise<WidgetSpec> {
  const ask = (kind: Kind) => {
    const usual = talk.draft[kind];
    const usualLabel = `${usual ?? "None"}, as for all`;
    const message = `${kind === "category" ? "Category" : "Sub-category"} of ${name}`;
    return choose(talk, { kind, message, usual, usualLabel, present: widget[kind] });
  };
  const category = await ask("category");
  const isFiled = (category ?? talk.draft.category ?? talk.draft.subCategory) !== undefined;
  const subCategory = isFiled ? await ask("subCategory") : undefined;
  const same = category === widget.category && subCategory === widget.subCategory;
  return same ? widget : inCategories(widget, { category, subCategory });
}

/** Whether a widget has categories of its own. */
export function isException(widget: WidgetSpec): boolean {
  return widget.category !== undefined || widget.subCategory !== undefined;
}

/** Whether any widget has categories of its own. */
export function hasExceptions({ widgets = [] }: PartialAnswers): boolean {
  return widgets.some(isException);
}

function inCategories(widget: WidgetSpec, { category, subCategory }: { category?: string; subCategory?: string }) {
  const { category: _, subCategory: __, ...rest } = widget;
  return {
    ...rest,
    ...(category === undefined ? {} : { category }),
    ...(subCategory === undefined ? {} : { subCategory }),
  };
}

/** Asks for a category or sub-category of create's widgets. */
function choose({ ask, draft }: Talk, choosing: Omit<Choosing, "used" | "category">): Promise<string | undefined> {
  const { kind } = choosing;
  const used = [draft[kind], ...(draft.widgets ?? []).map((widget) => widget[kind])];
  return chooseCategory(ask, { ...choosing, used, category: draft.category });
}

export interface Choosing {
  kind: Kind;
  message: string;
  /** What the first choice stands for. */
  usual?: string | undefined;
  usualLabel: string;
  present: string | undefined;
  /** Those in use, which come first. */
  used: (string | undefined)[];
  /** The category for which a sub-category is wanted. */
  category: string | undefined;
}

/** One list, and a text for what is not on it. Undefined stands for the first choice. */
export async function chooseCategory(
  ask: Asker,
  { kind, message, usual, usualLabel, present, used, category }: Choosing,
): Promise<string | undefined> {
  const known = KNOWN_CATEGORIES.filter((name) => kind === "category" || name !== category);
  const names = [...new Set([...used, ...known])].filter((name) => name !== undefined && name !== usual) as string[];
  const choices = [
    { value: USUAL, label: usualLabel },
    ...names.map((name) => ({ value: name, label: name })),
    { value: OTHER, label: "Another one (type it)" },
  ];
  const chosen = await ask.select(message, choices, present ?? USUAL);
  const text =
    chosen === OTHER
      ? await ask.text({ message: `What is the ${WORDS[kind]} called?`, whileTyping: textProblem })
      : chosen;
  return text === USUAL || text === usual ? undefined : text;
}
