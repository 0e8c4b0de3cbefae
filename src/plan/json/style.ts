import type { Node } from "jsonc-parser";
import type { JsonDocument } from "./parse.js";

/** How a JSON file is written. */
export interface JsonStyle {
  /** One level of indentation; undefined where the file stands on one line. */
  unit: string | undefined;
  eol: string;
  /** What stands between a key and its value, and between two values on one line. */
  colon: string;
  comma: string;
}

/** Reads the style off the first lines of a file; of one that says nothing, JSON with two spaces. */
export function styleOf({ text, root }: JsonDocument): JsonStyle {
  const property = firstProperty(root);
  const [key, value] = property?.children ?? [];
  const between = key && value ? text.slice(endOf(key), value.offset) : ": ";
  const colon = /[\r\n]/.test(between) ? ": " : between;
  const indented = /\n([ \t]+)\S/.exec(text)?.[1];
  const spread = root.children?.length ? isSpread(text, root) || indented !== undefined : true;
  return {
    unit: spread ? (indented ?? "  ") : undefined,
    eol: /\r\n|\n|\r/.exec(text)?.[0] ?? "\n",
    colon,
    comma: colon.endsWith(" ") ? ", " : ",",
  };
}

function firstProperty(node: Node): Node | undefined {
  if (node.type === "property") return node;
  for (const child of node.children ?? []) {
    const found = firstProperty(child);
    if (found) return found;
  }
  return undefined;
}

export function endOf(node: Node): number {
  return node.offset + node.length;
}

/** Whether the children of an object or array that has some stand on lines of their own. */
export function isSpread(text: string, container: Node): boolean {
  const first = container.children?.[0];
  return first !== undefined && /[\r\n]/.test(text.slice(container.offset + 1, first.offset));
}

/** The white space at the beginning of the line in which something stands. */
export function indentAt(text: string, offset: number): string {
  const start = Math.max(text.lastIndexOf("\n", offset - 1), text.lastIndexOf("\r", offset - 1)) + 1;
  return /^[ \t]*/.exec(text.slice(start, offset))?.[0] ?? "";
}

/**
 * A value as it would stand in the file.
 *
 * @param indent that of the line in which it begins; undefined to keep it on one line
 */
export function formatValue(value: unknown, style: JsonStyle, indent: string | undefined): string {
  if (indent !== undefined && style.unit !== undefined) {
    return JSON.stringify(value, null, style.unit).replaceAll("\n", style.eol + indent);
  }
  const one = (inner: unknown) => formatValue(inner, style, undefined);
  if (Array.isArray(value)) return `[${value.map(one).join(style.comma)}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const pairs = Object.entries(value).filter(([, inner]) => inner !== undefined);
  const pad = style.comma.slice(1);
  const text = pairs.map(([key, inner]) => JSON.stringify(key) + style.colon + one(inner)).join(style.comma);
  return pairs.length > 0 ? `{${pad}${text}${pad}}` : "{}";
}
