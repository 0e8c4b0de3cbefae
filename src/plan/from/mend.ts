import {
  CELL_DATA_TYPES,
  CHART_DATA_TYPES,
  CHART_TYPES,
  COLOR_CONDITIONS,
  FORM_METHODS,
  FORMATTER_FNS,
  PARAM_TYPES,
  RENDER_FNS,
  WIDGET_TYPES,
} from "../../contract/constants.js";
import type { Finding } from "../../contract/findings.js";
import { isObject } from "../../contract/problems.js";
import { validateWidgets } from "../../contract/widgets.js";

/** What was changed in an entry, and where. */
export interface Mend {
  /** JSON pointer of the place, as in a finding. */
  path: string;
  /** "`type` is now \"ssrm_table\"": a sentence without its end. */
  message: string;
}

/** More rounds than an entry has layers of faults: one mend may bring the next fault to light. */
const ROUNDS = 8;

/**
 * Mends what makes Workspace reject a widget, where there is no doubt about what was meant.
 *
 * @param id its key in widgets.json
 * @param entry the entry; it is not changed
 * @returns a mended copy, what was changed, and the errors that are left
 */
export function mendWidget(id: string, entry: unknown): { entry: unknown; mends: Mend[]; errors: Finding[] } {
  const copy = { [id]: structuredClone(entry) };
  const mends: Mend[] = [];
  let errors = errorsOf(copy);
  for (let round = 0; round < ROUNDS && errors.length > 0; round++) {
    const made = errors.flatMap((finding) => mendOne(copy, id, finding) ?? []);
    if (made.length === 0) break;
    mends.push(...made);
    errors = errorsOf(copy);
  }
  return { entry: Object.getOwnPropertyDescriptor(copy, id)?.value, mends, errors };
}

function errorsOf(file: object): Finding[] {
  return validateWidgets(file).filter(({ severity }) => severity === "error");
}

/** Changes the one place that a finding is about, if it is certain how. */
function mendOne(file: object, id: string, { path }: Finding): Mend | undefined {
  const keys = path
    .split("/")
    .slice(1)
    .map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"));
  const key = keys.at(-1);
  const holder = keys.slice(0, -1).reduce<unknown>((inner, step) => own(inner, step), file);
  if (key === undefined || keys.length < 2 || typeof holder !== "object" || holder === null) return undefined;
  const value = own(holder, key);
  const better = value === null ? DELETE : certain(keys.slice(1), value, holder as Record<string, unknown>, id);
  if (better === undefined) return undefined;
  if (better === DELETE && value === undefined) return undefined;
  if (better === DELETE) Reflect.deleteProperty(holder, key);
  else Object.defineProperty(holder, key, { value: better, configurable: true, enumerable: true, writable: true });
  const name = keys.slice(1).join(".");
  return { path, message: better === DELETE ? `\`${name}\` is left out` : `\`${name}\` is now ${shown(better)}` };
}

const DELETE = Symbol("left out");

/** What a value certainly stands for; undefined when that is not certain. */
function certain(keys: string[], value: unknown, holder: Record<string, unknown>, id: string): unknown {
  const key = keys.at(-1) as string;
  if (keys.length === 1 && value === undefined) {
    if (key === "description" && typeof holder.name === "string") return holder.name;
    if (key === "name") return id;
  }
  if (key === "customFormatter" && value === undefined) return "";
  if (key === "label" && value === undefined && isText(holder.value)) return String(holder.value);
  if (/^\d+$/.test(key) && keys.at(-2) === "options" && isText(value)) return { label: String(value), value };
  if (key === "color" && typeof value === "string") return COLORS[value.trim().toLowerCase()];
  if (key === "formatterFn" && value === "") return DELETE;
  // What is never refreshed, and what is never kept, as far as Workspace can.
  if (keys.length === 1 && key === "refetchInterval" && value === 0) return false;
  if (keys.length === 1 && key === "staleTime" && value === 0) return 1000;
  if (key === "value" && keys[0] === "params" && typeof value === "number") return String(value);
  if (typeof value === "string" && NUMBERS.has(key) && /^\d+(\.\d+)?$/.test(value.trim())) return Number(value);
  if (typeof value === "string" && FLAGS.has(key)) return flag(value);
  if (key === "value" && holder.type === "boolean" && typeof value === "string") return flag(value);
  return typeof value === "string" ? nearlySame(value, keys) : undefined;
}

function isText(value: unknown): value is string | number {
  return typeof value === "number" || (typeof value === "string" && value !== "");
}

const NUMBERS = new Set(["w", "h", "minW", "minH", "maxW", "maxH", "staleTime", "width", "minWidth", "maxWidth"]);
const FLAGS = new Set(["raw", "runButton", "showAll", "show", "multiSelect", "hide", "exportable", "enableAdvanced"]);

function flag(text: string): boolean | undefined {
  return { true: true, false: false }[text.trim().toLowerCase()];
}

/** Names that OpenBB's own documents, or older releases, give to what Workspace calls otherwise (contract section 12). */
const ALIASES: Record<string, Record<string, string>> = {
  type: { tablessrm: "ssrm_table", advancedchart: "advanced_charting", note: "note" },
  param: { string: "text", str: "text", select: "text", dropdown: "text", int: "number", integer: "number" },
};

const CHOICES: Record<string, readonly string[]> = {
  cellDataType: CELL_DATA_TYPES,
  chartDataType: CHART_DATA_TYPES,
  formatterFn: FORMATTER_FNS,
  renderFn: RENDER_FNS,
  chartType: CHART_TYPES,
  condition: COLOR_CONDITIONS,
  method: FORM_METHODS,
  defaultViz: WIDGET_TYPES,
};

/** The name that is meant by one that differs in upper and lower case, or in its hyphens and underscores. */
function nearlySame(value: string, keys: string[]): string | undefined {
  const key = (/^\d+$/.test(keys.at(-1) as string) ? keys.at(-2) : keys.at(-1)) as string;
  const isParam = key === "type" && keys[0] === "params";
  const isWidget = keys.length === 1 && (key === "type" || key === "defaultViz");
  const all = isParam ? PARAM_TYPES : isWidget ? WIDGET_TYPES : CHOICES[key];
  const plain = simple(value);
  const found = all?.filter((one) => simple(one) === plain) ?? [];
  const alias = isParam ? { ...ALIASES.param, float: "number", bool: "boolean" } : isWidget ? ALIASES.type : {};
  const better = found.length === 1 ? found[0] : new Map(Object.entries(alias ?? {})).get(plain);
  return better === value ? undefined : better;
}

function simple(name: string): string {
  return name.toLowerCase().replace(/[\s_-]+/g, "");
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

function own(holder: unknown, key: string): unknown {
  return isObject(holder) || Array.isArray(holder) ? Object.getOwnPropertyDescriptor(holder, key)?.value : undefined;
}

/** CSS names, of which Workspace knows only green, red and blue. */
const COLORS: Record<string, string> = {
  yellow: "#ffff00",
  orange: "#ffa500",
  purple: "#800080",
  violet: "#ee82ee",
  pink: "#ffc0cb",
  brown: "#a52a2a",
  black: "#000000",
  white: "#ffffff",
  gray: "#808080",
  grey: "#808080",
  silver: "#c0c0c0",
  gold: "#ffd700",
  cyan: "#00ffff",
  aqua: "#00ffff",
  magenta: "#ff00ff",
  fuchsia: "#ff00ff",
  teal: "#008080",
  navy: "#000080",
  lime: "#00ff00",
  maroon: "#800000",
  olive: "#808000",
  darkgreen: "#006400",
  lightgreen: "#90ee90",
  darkred: "#8b0000",
  lightblue: "#add8e6",
  darkblue: "#00008b",
  amber: "#ffbf00",
  green: "green",
  red: "red",
  blue: "blue",
};
