import { CATALOG_TYPES, type CatalogTypeName } from "../catalog/index.js";
import type { WidgetDefinition } from "../contract/types.js";
import { CliError, EXIT } from "../errors.js";

/**
 * A widget as the user asks for it: the keys of a widgets.json entry, and `id`. All but the type may be missing; what
 * is missing is filled from the catalog.
 */
export type WidgetSpec = Partial<Omit<WidgetDefinition, "type">> & { type: CatalogTypeName; id?: string };

const KEYS = ["type", "id", "name", "category", "subCategory"] as const;
type Key = (typeof KEYS)[number];

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
  const found: Partial<Record<Key, string>> = {};
  for (const part of splitPairs(text)) {
    const mark = part.indexOf("=");
    const key = part.slice(0, mark).trim() as Key;
    if (mark < 0 || !KEYS.includes(key)) throw bad(text, `its keys are ${KEYS.join(", ")}`);
    if (key in found) throw bad(text, `${key} is given twice`);
    found[key] = unquote(part.slice(mark + 1).trim(), text);
  }
  const { type, ...rest } = found;
  if (type === undefined) throw bad(text, "type=… is missing");
  return { type: typeOf(type, text), ...rest };
}

/** The value of `--widget` that gives the same widget; undefined when it has keys that a flag cannot carry. */
export function formatWidgetSpec(spec: WidgetSpec): string | undefined {
  if (Object.keys(spec).some((key) => !KEYS.includes(key as Key))) return undefined;
  const pairs = KEYS.filter((key) => spec[key] !== undefined);
  if (pairs.every((key) => key === "type" || key === "id")) return spec.id ? `${spec.type}:${spec.id}` : spec.type;
  return pairs.map((key) => `${key}=${quote(String(spec[key]))}`).join(",");
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
