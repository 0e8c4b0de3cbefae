import { CATALOG, CATALOG_TYPES, type CatalogTypeName, variantsOf } from "../catalog/index.js";
import type { WidgetDefinition } from "../contract/types.js";
import { CliError, EXIT } from "../errors.js";

/**
 * A widget as the user asks for it: the keys of a widgets.json entry, and `id`. All but the type may be missing; what
 * is missing is filled from the catalog.
 */
export type WidgetSpec = Partial<Omit<WidgetDefinition, "type">> & {
  type: CatalogTypeName;
  id?: string;
  /** Which of the type's samples, if not the usual one. */
  variant?: string;
  /** For how many seconds answers are kept; `staleTime` says it otherwise. */
  cache?: number;
  /** Answers to the questions of the type, by name. */
  answers?: Record<string, string>;
};

const KEYS = ["type", "variant", "id", "name", "category", "subCategory"] as const;
type Key = (typeof KEYS)[number];

/** The keys of a widget that a flag can carry beside the answers to its type's questions. */
export function isPlain(spec: WidgetSpec): boolean {
  return Object.keys(spec).every((key) => key === "answers" || KEYS.includes(key as Key));
}

/**
 * Reads the value of `--widget`: `table`, `table:prices`, or `type=table,id=prices,name="Prices, daily"`.
 * A value with a comma, a quote or a space at its end stands in double quotes, where `\` escapes the next character.
 *
 * @throws CliError with exit code 2
 */
export function parseWidgetSpec(text: string): WidgetSpec {
  if (!text.includes("=")) {
    const [type = "", id, ...rest] = text.split(":");
    if (rest.length > 0 || id === "") throw bad(text, "its short form is type:id");
    return { type: typeOf(type, text), ...(id === undefined ? {} : { id }) };
  }
  const found = new Map<string, string>();
  for (const part of splitPairs(text)) {
    const mark = part.indexOf("=");
    const key = part.slice(0, Math.max(mark, 0)).trim();
    if (found.has(key)) throw bad(text, `${key} is given twice`);
    found.set(key, unquote(part.slice(mark + 1).trim(), text));
  }
  const given = found.get("type");
  if (given === undefined) throw bad(text, "type=… is missing");
  const type = typeOf(given, text);
  const questions = questionsOf(type);
  const known = [...KEYS, ...questions];
  for (const key of found.keys()) if (!known.includes(key)) throw bad(text, `its keys are ${known.join(", ")}`);
  const { type: _, ...plain } = Object.fromEntries([...found].filter(([key]) => KEYS.includes(key as Key)));
  const answers = Object.fromEntries([...found].filter(([key]) => questions.includes(key)));
  return { type, ...plain, ...(Object.keys(answers).length > 0 ? { answers } : {}) };
}

/** The names of a type's questions. */
function questionsOf(type: CatalogTypeName): string[] {
  return (CATALOG[type].questions ?? []).map(({ name }) => name);
}

/** Why a widget's variant or answers cannot be; undefined when they can. */
export function kindProblem({ type, variant, answers = {}, params, data }: WidgetSpec): string | undefined {
  const variants = variantsOf(type);
  if (variant !== undefined && !variants.includes(variant)) {
    const known = variants.length > 0 ? `its variants are ${variants.join(", ")}` : "it has no variants";
    return `There is no variant ${JSON.stringify(variant)} of ${type}: ${known}.`;
  }
  if (variant !== undefined && (params !== undefined || data !== undefined)) {
    return `The ${type} variant ${variant} has its own params and data: leave yours out, or leave out the variant.`;
  }
  const unknown = Object.keys(answers).find((name) => !questionsOf(type).includes(name));
  if (unknown !== undefined) {
    const known = questionsOf(type).join(", ");
    return `The type ${type} has no question ${JSON.stringify(unknown)}: ${known ? `it has ${known}` : "it asks none"}.`;
  }
  const wrong = Object.entries(answers).find(([, text]) => typeof text !== "string" || text.trim() === "");
  return wrong ? `The answer ${JSON.stringify(wrong[0])} of a ${type} must be a text.` : undefined;
}

/** The value of `--widget` that gives the same widget; undefined when it has keys that a flag cannot carry. */
export function formatWidgetSpec(spec: WidgetSpec): string | undefined {
  if (!isPlain(spec)) return undefined;
  const pairs: [string, unknown][] = KEYS.map((key): [string, unknown] => [key, spec[key]]);
  const given = [...pairs, ...Object.entries(spec.answers ?? {})].filter(([, value]) => value !== undefined);
  if (given.every(([key]) => key === "type" || key === "id")) return spec.id ? `${spec.type}:${spec.id}` : spec.type;
  return given.map(([key, value]) => `${key}=${quote(String(value))}`).join(",");
}

function splitPairs(text: string): string[] {
  const parts: string[] = [];
  let part = "";
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const char = text[at] as string;
    if (quoted && char === "\\") part += char + (text[++at] ?? "");
    else if (char === "," && !quoted) {
      parts.push(part);
      part = "";
    } else {
      if (char === '"') quoted = !quoted;
      part += char;
    }
  }
  if (quoted) throw bad(text, "a double quote is not closed");
  return [...parts, part];
}

function quote(value: string): string {
  return /[",\\]|^\s|\s$|^$/.test(value) ? `"${value.replace(/["\\]/g, "\\$&")}"` : value;
}

function unquote(value: string, text: string): string {
  if (!value.includes('"')) return value;
  const inner = /^"((?:[^"\\]|\\[\s\S])*)"$/.exec(value)?.[1];
  if (inner === undefined) throw bad(text, "a double quote must stand at both ends of a value");
  return inner.replace(/\\([\s\S])/g, "$1");
}

function typeOf(type: string, text: string): CatalogTypeName {
  const found = CATALOG_TYPES.find((known) => known === type.trim());
  if (!found) throw bad(text, `the types are ${CATALOG_TYPES.join(", ")}`);
  return found;
}

function bad(text: string, why: string): CliError {
  return new CliError(
    EXIT.usage,
    `The widget "${text}" cannot be read: ${why}.`,
    "Write --widget table, --widget table:prices, or --widget 'type=table,id=prices,name=\"Prices, daily\"'.",
  );
}
