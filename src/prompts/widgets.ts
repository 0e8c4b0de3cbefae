import { CATALOG, CATALOG_TYPES, type CatalogTypeName, PRESETS, type Question } from "../catalog/index.js";
import type { WidgetSpec } from "../plan/spec.js";
import { resolveWidgets, textProblem } from "../plan/widgets.js";
import type { Asker, Choice } from "./asker.js";
import { namesOf, type Talk, typesOf } from "./draft.js";
import { oneLine } from "./layout.js";

const MOST = 20;
const STARTER = PRESETS.starter.widgets.map(({ type }) => type);

/** The longest that an answer to a type's question may be in a summary. */
const SHORT = 40;

/** The widget types as choices of a list. */
export function typeChoices(): Choice<CatalogTypeName>[] {
  return CATALOG_TYPES.map((type) => {
    const { label, summary, experimental } = CATALOG[type];
    return { value: type, label: capital(label) + (experimental ? " [experimental]" : ""), hint: summary };
  });
}

/** Asks which widget types there shall be. The widgets of types that remain stay as they are. */
export async function askTypes({ ask, draft }: Talk): Promise<WidgetSpec[]> {
  const present = typesOf(draft);
  const chosen = await ask.many("Which widgets do you want?", typeChoices(), present.length > 0 ? present : STARTER);
  const kept = (draft.widgets ?? []).filter(({ type }) => chosen.includes(type));
  const added = CATALOG_TYPES.filter((type) => chosen.includes(type) && !present.includes(type));
  return [...kept, ...added.map((type) => ({ type }))];
}

/** Asks how many widgets of a type there shall be, and for each which of the type's samples, its name, and its texts. */
export async function askWidgets({ ask, draft, again }: Talk, type: CatalogTypeName): Promise<WidgetSpec[]> {
  const { label, plural, questions = [], experimental } = CATALOG[type];
  const widgets = draft.widgets ?? [];
  const present = widgets.filter((widget) => widget.type === type);
  if (experimental && !again) ask.warn(`${capital(plural)} are experimental. ${experimental}`);
  const count = Number(
    await ask.text({
      message: `How many ${plural}?`,
      preset: String(Math.max(present.length, 1)),
      whileTyping: countProblem,
    }),
  );
  const named: WidgetSpec[] = [];
  while (named.length < count) {
    const of = count === 1 ? "" : ` (${named.length + 1} of ${count})`;
    const before = present[named.length] ?? { type };
    const defaultName = nextName(widgets, [...named, withoutName(before)]);
    let widget = await askVariant(ask, before, of);
    // A name that came with the sample goes with it.
    if (widget !== before && widget.name === defaultName) widget = withoutName(widget);
    const preset = nextName(widgets, [...named, widget]);
    const name = await ask.text({
      message: `Name of the ${label}${of}`,
      preset,
      ...(again ? { initial: preset } : {}),
      whileTyping: textProblem,
    });
    // A widget that was given stays what it was; a new one has its name from now on, whatever happens to the others.
    if (name !== preset || !again || !present[named.length]) widget = { ...widget, name };
    for (const question of questions) widget = await askAnswer(ask, widget, question, { of, again });
    named.push(widget);
  }
  return withType(widgets, named);
}

/**
 * Asks which of its type's samples a widget shall be, where the type asks that.
 *
 * @param of what to put behind the question: " (1 of 2)"
 * @returns the same widget when nothing changed
 */
export async function askVariant(ask: Asker, widget: WidgetSpec, of = ""): Promise<WidgetSpec> {
  const { summary, usual, variants = {}, variantQuestion } = CATALOG[widget.type];
  if (variantQuestion === undefined) return widget;
  const { variant: before = "", ...rest } = widget;
  const chosen = await ask.select(
    variantQuestion + of,
    [
      { value: "", label: capital(usual ?? summary) },
      ...Object.entries(variants).map(([value, variant]) => ({ value, label: capital(variant.summary) })),
    ],
    before,
  );
  if (chosen === before) return widget;
  return chosen === "" ? rest : { ...rest, variant: chosen };
}

/**
 * Asks a question of a widget's type.
 *
 * @returns the same widget when nothing changed
 */
export async function askAnswer(
  ask: Asker,
  widget: WidgetSpec,
  { name, message, path }: Question,
  { of = "", again }: { of?: string; again: boolean },
): Promise<WidgetSpec> {
  const { answers: { [name]: _, ...others } = {}, ...rest } = widget;
  const without = Object.keys(others).length > 0 ? { ...rest, answers: others } : rest;
  const present = textAt(widget, path);
  // A config file may have given a text that nobody could type.
  const problem = (text: string) => (text === present ? undefined : textProblem(text));
  const text = await ask.text({
    message: message + of,
    preset: present,
    ...(again && textProblem(present) === undefined ? { initial: present } : {}),
    whileTyping: problem,
  });
  if (text === present) return widget;
  return text === textAt(without, path) ? without : { ...rest, answers: { ...others, [name]: text } };
}

/** What a summary says of a widget: its name, which sample it is, and the answers to its type's questions. */
export function describeWidget(name: string, widget: WidgetSpec): string {
  const answers = (CATALOG[widget.type].questions ?? []).map(
    (question) => `${question.name}: ${oneLine(textAt(widget, question.path), SHORT)}`,
  );
  const details = [...(widget.variant === undefined ? [] : [widget.variant]), ...answers];
  return details.length === 0 ? name : `${name} (${details.join(", ")})`;
}

/** The text that a widget's entry has at a path, where an answer to a question goes. */
export function textAt(widget: WidgetSpec, path: string[]): string {
  let value: unknown = resolveWidgets([widget])[0]?.definition;
  for (const key of path) value = (value as Record<string, unknown> | undefined)?.[key];
  return typeof value === "string" ? value : "";
}

function withoutName({ name: _, ...widget }: WidgetSpec): WidgetSpec {
  return widget;
}

/** The name of the last of `ofType` when it has none of its own. */
function nextName(widgets: WidgetSpec[], ofType: WidgetSpec[]): string {
  const all = withType(widgets, ofType);
  return namesOf(all)[all.indexOf(ofType.at(-1) as WidgetSpec)] as string;
}

/** The widgets with those of one type replaced, each at its place; more of them follow the last. */
function withType(widgets: WidgetSpec[], ofType: WidgetSpec[]): WidgetSpec[] {
  const type = ofType[0]?.type;
  const left = [...ofType];
  const last = widgets.findLastIndex((widget) => widget.type === type);
  const result = widgets.flatMap((widget, index) =>
    widget.type === type ? left.splice(0, index === last ? left.length : 1) : [widget],
  );
  return [...result, ...left];
}

function countProblem(text: string): string | undefined {
  const count = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  return count >= 1 && count <= MOST ? undefined : `Give a whole number from 1 to ${MOST}.`;
}

/** A text with its first letter in upper case. */
export function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
