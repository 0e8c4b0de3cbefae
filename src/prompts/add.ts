import { intro } from "@clack/prompts";
import { CATALOG, CATALOG_TYPES, sampleOf } from "../catalog/index.js";
import { CancelledError } from "../errors.js";
import { slug } from "../plan/names.js";
import type { WidgetSpec } from "../plan/spec.js";
import { type ProjectState, textOf } from "../plan/state.js";
import { textProblem } from "../plan/widgets.js";
import { askerOf, type Terminal } from "./asker.js";
import { askKind, capital } from "./widgets.js";

/**
 * The conversation of `add-widget`: one widget. Writes nothing.
 *
 * @param state the project, for names and categories that are there
 * @throws CancelledError when the user cancels, anywhere
 */
export async function askAdd(state: ProjectState, terminal: Terminal): Promise<WidgetSpec[]> {
  const ask = askerOf(terminal);
  const present = entriesOf(state);
  ask.check();
  intro("Add a widget", { output: terminal.output });
  const choices = CATALOG_TYPES.map((type) => ({
    value: type,
    label: capital(CATALOG[type].label),
    hint: CATALOG[type].summary,
  }));
  const type = await ask.select("Which type?", choices);
  const kind = await askKind(ask, { type });
  const name = await ask.text({
    message: "What is it called?",
    preset: freeName(sampleOf(kind).name, present),
    whileTyping: textProblem,
  });
  const category = await askCategory(ask, present);
  const spec = { ...kind, name, ...(category === undefined ? {} : { category }) };
  if (!(await ask.confirm(`Add ${CATALOG[type].label} "${name}"?`, true))) throw new CancelledError();
  return [spec];
}

type Entries = Record<string, { name?: unknown; category?: unknown }>;

/** The widgets there are; none when widgets.json cannot be read: planning says why. */
function entriesOf(state: ProjectState): Entries {
  try {
    const parsed = JSON.parse((textOf(state, "widgets.json") ?? "{}").replace(/^\uFEFF/, ""));
    const entries = Object.entries(parsed).filter(([, value]) => typeof value === "object" && value !== null);
    return Object.fromEntries(entries) as Entries;
  } catch {
    return {};
  }
}

/** A name whose id is free: "Price Chart", else "Price Chart 2". */
function freeName(base: string, present: Entries): string {
  const ids = new Set(Object.keys(present).map((id) => id.toLowerCase()));
  let name = base;
  for (let count = 2; ids.has(slug(name, "_")); count++) name = `${base} ${count}`;
  return name;
}

const OTHER = "\u0000other";
const NONE = "\u0000none";

/** One of the categories in use, a new one, or none. */
async function askCategory(ask: ReturnType<typeof askerOf>, present: Entries): Promise<string | undefined> {
  const used = [...new Set(Object.values(present).map(({ category }) => category))].filter(
    (category) => typeof category === "string",
  );
  const chosen = await ask.select("Which category?", [
    ...used.map((category) => ({ value: category, label: category })),
    { value: NONE, label: "None" },
    { value: OTHER, label: "Another one" },
  ]);
  if (chosen === NONE) return undefined;
  if (chosen !== OTHER) return chosen;
  return ask.text({ message: "Name of the category", preset: "", whileTyping: textProblem });
}
