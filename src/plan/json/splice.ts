/** Where and how texts of JSON are cut and put together; what for is in edit.ts and patch.ts. */
import type { Node } from "jsonc-parser";
import { aligned, isObject, isSame } from "./align.js";
import type { JsonDocument } from "./parse.js";
import { endOf, formatValue, indentAt, isSpread, type JsonStyle } from "./style.js";

/** Text that comes in the place of other text. */
export interface Edit {
  offset: number;
  length: number;
  text: string;
}

/** What an object or array is to hold: a child that is there (by index), or something new. */
export type Entry = { kept: number } | { key?: string; value: unknown };

/** A file under change. */
export interface Work extends Pick<JsonDocument, "text" | "root"> {
  style: JsonStyle;
}

/** A text with edits made, none of which overlap. Of two at one place, what is put in stands before what is cut out. */
export function spliced(text: string, edits: readonly Edit[]): string {
  const ordered = edits.map((edit, index) => ({ ...edit, index }));
  ordered.sort((a, b) => a.offset - b.offset || a.length - b.length || a.index - b.index);
  const pieces: string[] = [];
  let at = 0;
  for (const edit of ordered) {
    pieces.push(text.slice(at, edit.offset), edit.text);
    at = edit.offset + edit.length;
  }
  return pieces.join("") + text.slice(at);
}

export function keyOf(property: Node): string {
  return property.children?.[0]?.value;
}

/** The splices that leave just these entries in an object or array. Kept ones stay in their order. */
export function containerEdits(work: Work, container: Node, entries: Entry[]): Edit[] {
  const { text, style } = work;
  const children = container.children ?? [];
  const spread = children.length > 0 ? isSpread(text, container) : spreadAround(work, container);
  const outer = spread ? indentAt(text, container.offset) : "";
  const inner = children[0] && spread ? indentAt(text, children[0].offset) : outer + (style.unit ?? "");
  const between = spread ? `,${style.eol}${inner}` : style.comma;
  const textOf = (entry: Entry) => {
    if ("kept" in entry) throw new Error("A kept entry has no new text.");
    const key = entry.key === undefined ? "" : JSON.stringify(entry.key) + style.colon;
    return key + formatValue(entry.value, style, spread ? inner : undefined);
  };

  const kept = new Set(entries.flatMap((entry) => ("kept" in entry ? [entry.kept] : [])));
  if (kept.size === 0) {
    if (entries.length === 0 && children.length === 0) return [];
    const [open, close] = spread
      ? [style.eol + inner, style.eol + outer]
      : container.type === "object"
        ? [style.comma.slice(1), style.comma.slice(1)]
        : ["", ""];
    const list = entries.length > 0 ? open + entries.map(textOf).join(between) + close : "";
    return [{ offset: container.offset + 1, length: container.length - 2, text: list }];
  }

  const firstKept = Math.min(...kept);
  const cuts = children.flatMap((child, index): Edit[] => {
    if (kept.has(index)) return [];
    const [from, to] =
      index > firstKept
        ? [endOf(children[index - 1] as Node), endOf(child)]
        : [child.offset, (children[index + 1] as Node).offset];
    return [{ offset: from, length: to - from, text: "" }];
  });
  let last: Node | undefined;
  const added = entries.flatMap((entry): Edit[] => {
    if ("kept" in entry) {
      last = children[entry.kept];
      return [];
    }
    const here = last ? endOf(last) : (children[firstKept] as Node).offset;
    return [{ offset: here, length: 0, text: last ? between + textOf(entry) : textOf(entry) + between }];
  });
  return [...cuts, ...added];
}

/** Whether the object or array that a value stands in has lines for its children; for the root: whether the file has. */
function spreadAround({ text, style }: Work, node: Node): boolean {
  const holder = node.parent?.type === "property" ? node.parent.parent : node.parent;
  return holder ? isSpread(text, holder) : style.unit !== undefined;
}

/** The splices that put another value in the place of one. What is the same in both keeps its bytes. */
export function valueEdits(work: Work, node: Node, value: unknown): Edit[] {
  if (isSame(node, value)) return [];
  if (node.type === "array" && Array.isArray(value)) return arrayEdits(work, node, value);
  if (node.type === "object" && isObject(value)) return objectEdits(work, node, value);
  const indent = spreadAround(work, node) ? indentAt(work.text, node.offset) : undefined;
  return [{ offset: node.offset, length: node.length, text: formatValue(value, work.style, indent) }];
}

function objectEdits(work: Work, node: Node, value: Record<string, unknown>): Edit[] {
  const children = node.children ?? [];
  const places = new Map(children.map((child, index) => [keyOf(child), index]));
  const keys = Object.keys(value).filter((key) => value[key] !== undefined);
  const stays = (child: Node) => Object.hasOwn(value, keyOf(child)) && value[keyOf(child)] !== undefined;
  const inside = children.flatMap((child) =>
    stays(child) ? valueEdits(work, child.children?.[1] as Node, value[keyOf(child)]) : [],
  );
  const order: (string | number)[] = children.flatMap((child, index) => (stays(child) ? [index] : []));
  const lastOld = keys.findLastIndex((key) => places.has(key));
  for (const [index, key] of keys.entries()) {
    if (places.has(key)) continue;
    const before = keys[index - 1];
    // What comes after all that is there goes to the end, wherever the text has the keys.
    if (index > lastOld) order.push(key);
    else order.splice(before === undefined ? 0 : order.indexOf(places.get(before) ?? before) + 1, 0, key);
  }
  const entries = order.map((one) => (typeof one === "number" ? { kept: one } : { key: one, value: value[one] }));
  return [...inside, ...containerEdits(work, node, entries)];
}

function arrayEdits(work: Work, node: Node, value: unknown[]): Edit[] {
  const children = node.children ?? [];
  const entries: Entry[] = [];
  const inside: Edit[] = [];
  for (const [from, to] of aligned(children, value)) {
    if (from !== undefined && to !== undefined) inside.push(...valueEdits(work, children[from] as Node, value[to]));
    if (from !== undefined && to !== undefined) entries.push({ kept: from });
    else if (to !== undefined) entries.push({ value: value[to] });
  }
  return [...inside, ...containerEdits(work, node, entries)];
}
