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
export function styleOf({ text, root }: Pick<JsonDocument, "text" | "root">): JsonStyle {
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
  // Step by step: of a long file without the one or the other, a search would read all that comes before.
  let start = offset;
  while (start > 0 && text[start - 1] !== "\n" && text[start - 1] !== "\r") start--;
  return /^[ \t]*/.exec(text.slice(start, offset))?.[0] ?? "";
}

/** A value that keeps the text it was written with. */
export class Verbatim {
  /** @param indent that of the line in which the text begins */
  constructor(
    private readonly text: string,
    private readonly indent: string,
  ) {}

  /** The text, its further lines moved to another indentation; texts of JSON have no line breaks in them. */
  indented(indent: string | undefined): string {
    if (indent === undefined || indent === this.indent) return this.text;
    return this.text.replace(/(\r\n|\n|\r)([ \t]*)/g, (_, eol: string, space: string) =>
      space.startsWith(this.indent) ? eol + indent + space.slice(this.indent.length) : eol + space,
    );
  }
}

/**
 * A value as it would stand in the file. It may be, or hold, what is `Verbatim`.
 *
 * @param indent that of the line in which it begins; undefined to keep it on one line
 */
export function formatValue(value: unknown, style: JsonStyle, indent: string | undefined): string {
  if (value instanceof Verbatim) return value.indented(indent);
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const inner = indent !== undefined && style.unit !== undefined ? indent + style.unit : undefined;
  const isList = Array.isArray(value);
  const colon = inner === undefined ? style.colon : ": ";
  const parts = isList
    ? value.map((one) => formatValue(one, style, inner))
    : Object.entries(value).flatMap(([key, one]) =>
        one === undefined ? [] : [JSON.stringify(key) + colon + formatValue(one, style, inner)],
      );
  const [open, close] = isList ? ["[", "]"] : ["{", "}"];
  if (parts.length === 0) return open + close;
  if (inner !== undefined)
    return `${open}${style.eol}${inner}${parts.join(`,${style.eol}${inner}`)}${style.eol}${indent}${close}`;
  const pad = isList ? "" : style.comma.slice(1);
  return `${open}${pad}${parts.join(style.comma)}${pad}${close}`;
}
