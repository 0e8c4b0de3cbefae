import { CATALOG, CATALOG_TYPES, type CatalogTypeName, PRESETS } from "../catalog/index.js";
import type { WidgetSpec } from "../plan/spec.js";
import { textProblem } from "../plan/widgets.js";
import { namesOf, type Talk, typesOf } from "./draft.js";

const MOST = 20;
const STARTER = PRESETS.starter.widgets.map(({ type }) => type);

/** Asks which widget types there shall be. The widgets of types that remain stay as they are. */
export async function askTypes({ ask, draft }: Talk): Promise<WidgetSpec[]> {
  const present = typesOf(draft);
  const choices = CATALOG_TYPES.map((type) => ({
    value: type,
    label: capital(CATALOG[type].label),
    hint: CATALOG[type].summary,
  }));
  const chosen = await ask.many("Which widgets do you want?", choices, present.length > 0 ? present : STARTER);
  const kept = (draft.widgets ?? []).filter(({ type }) => chosen.includes(type));
  const added = CATALOG_TYPES.filter((type) => chosen.includes(type) && !present.includes(type));
  return [...kept, ...added.map((type) => ({ type }))];
}

/** Asks how many widgets of a type there shall be, and their names. */
export async function askWidgets({ ask, draft, again }: Talk, type: CatalogTypeName): Promise<WidgetSpec[]> {
  const { label, plural } = CATALOG[type];
  const widgets = draft.widgets ?? [];
  const present = widgets.filter((widget) => widget.type === type);
  const count = Number(
    await ask.text({
      message: `How many ${plural}?`,
      preset: String(Math.max(present.length, 1)),
      whileTyping: countProblem,
    }),
  );
  const named: WidgetSpec[] = [];
  while (named.length < count) {
    const widget = present[named.length] ?? { type };
    const preset = nextName(widgets, [...named, widget]);
    const name = await ask.text({
      message: `Name of the ${label}${count === 1 ? "" : ` (${named.length + 1} of ${count})`}`,
      preset,
      ...(again ? { initial: preset } : {}),
      whileTyping: textProblem,
    });
    // A widget that was given stays what it was; a new one has its name from now on, whatever happens to the others.
    const kept = name === preset && again && present[named.length];
    named.push(await askKind(ask, kept ? widget : { ...widget, name }));
  }
  return withType(widgets, named);
}

/** Asks what a type wants to know beside the name: which of its samples it shall be, and a text or two. */
export async function askKind(ask: Talk["ask"], widget: WidgetSpec): Promise<WidgetSpec> {
  const { summary, variants = {}, variantQuestion, questions = [] } = CATALOG[widget.type];
  if (variantQuestion === undefined && questions.length === 0) return widget;
  const { variant: before, answers: given = {}, ...rest } = widget;
  const samples = [["", summary], ...Object.entries(variants).map(([name, variant]) => [name, variant.summary])];
  const choices = samples.map(([value = "", text = ""]) => ({ value, label: capital(text) }));
  const variant = variantQuestion === undefined ? before : await ask.select(variantQuestion, choices, before ?? "");
  const answers: Record<string, string> = {};
  for (const { name, message, initial } of questions) {
    const text = await ask.text({ message, preset: given[name] ?? initial, whileTyping: textProblem });
    if (text !== initial) answers[name] = text;
  }
  return { ...rest, ...(variant ? { variant } : {}), ...(Object.keys(answers).length > 0 ? { answers } : {}) };
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
