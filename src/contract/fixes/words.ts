import {
  CELL_ACTIONS,
  CELL_DATA_TYPES,
  CHART_DATA_TYPES,
  CHART_TYPES,
  COLOR_CONDITIONS,
  EDITOR_LANGUAGES,
  FORM_METHODS,
  FORMATTER_FNS,
  GROUP_TYPES,
  PARAM_TYPES,
  RENDER_FNS,
  TICKER_CATEGORIES,
  WIDGET_TYPES,
} from "../constants.js";

/** All words that Workspace allows somewhere. Which of them it allows at one place, its own check says. */
const WORDS: ReadonlySet<string> = new Set([
  ...WIDGET_TYPES,
  ...PARAM_TYPES,
  ...FORM_METHODS,
  ...EDITOR_LANGUAGES,
  ...CELL_DATA_TYPES,
  ...CHART_DATA_TYPES,
  ...FORMATTER_FNS,
  ...RENDER_FNS,
  ...CELL_ACTIONS,
  ...COLOR_CONDITIONS,
  "between",
  ...CHART_TYPES,
  ...TICKER_CATEGORIES,
  ...GROUP_TYPES,
  ...["left", "right", "center", "structured", "unstructured", "range", "pivot", "oauth", "token"],
  ...["vertical", "horizontal", "time", "circle", "diamond", "square", "plus", "cross", "triangle"],
  ...["inside", "outside", "inside-center", "inside-end", "outside-center", "outside-end"],
]);

/** Names that OpenBB's own documents, other tools or other languages give to what Workspace calls otherwise. */
const SYNONYMS: readonly (readonly [string, string])[] = [
  ["tablessrm", "ssrm_table"],
  ["advancedchart", "advanced_charting"],
  ["highcharts", "chart-highcharts"],
  ["vegalite", "chart-vegalite"],
  ["plotly", "chart"],
  ["string", "text"],
  ["str", "text"],
  ["select", "text"],
  ["dropdown", "text"],
  ["int", "number"],
  ["integer", "number"],
  ["float", "number"],
  ["bool", "boolean"],
  [">", "gt"],
  ["<", "lt"],
  [">=", "gte"],
  ["<=", "lte"],
  ["=", "eq"],
  ["==", "eq"],
  ["!=", "ne"],
];

const MEANINGS = new Map<string, Set<string>>();
for (const word of WORDS) mean(simple(word), word);
for (const [name, word] of SYNONYMS) mean(name, word);

function mean(name: string, word: string): void {
  const words = MEANINGS.get(name) ?? new Set();
  MEANINGS.set(name, words.add(word));
}

/** What a text, or a list "a, b", certainly means: at any one place, one of these at most is allowed. */
export function meanings(text: string): string[] {
  const parts = text.split(",").map((part) => [...(MEANINGS.get(simple(part)) ?? [])]);
  const found = parts.length === 1 ? parts[0] : [parts.map(([word = ""]) => word).join(", ")];
  return parts.some((words) => words.length === 0) ? [] : (found ?? []).filter((word) => word !== text);
}

/** The key of these that differs from another one in letter case, hyphens and underscores only. */
export function sameName(name: string, names: readonly string[]): string | undefined {
  const plain = simple(name);
  const found = names.filter((one) => one !== name && isSimply(one, plain));
  return found.length === 1 ? found[0] : undefined;
}

/** Whether `simple(name)` is just this: mostly told by the first letters, for there may be thousands of names. */
function isSimply(name: string, plain: string): boolean {
  let at = 0;
  for (let i = 0; i < name.length; i++) {
    const code = name.charCodeAt(i);
    if (code >= 128 || code < 33) return simple(name) === plain;
    if (code === 45 || code === 95) continue;
    const lower = code >= 65 && code <= 90 ? code + 32 : code;
    if (plain.charCodeAt(at++) !== lower) return false;
  }
  return at === plain.length;
}

/** A name without what people write differently. */
export function simple(name: string): string {
  return name.toLowerCase().replace(/[\s_-]+/g, "");
}
