/**
 * Changes to the text of JSON files. jsonc-parser tells where things stand; only what changes is spliced in or cut out,
 * in the file's own style, and every other byte stays. Putting something in and taking it out again gives the same
 * text, save for white space inside an empty `{ }` or `[ ]`.
 *
 * All of these expect a text that `parseJson` accepts, and throw its CliError otherwise.
 */
import type { Node } from "jsonc-parser";
import { aligned, isObject, isSame } from "./align.js";
import { type JsonDocument, openJson } from "./parse.js";
import { endOf, formatValue, indentAt, isSpread, type JsonStyle, styleOf } from "./style.js";

export { parseJson } from "./parse.js";

/** Keys and indices from the root. */
export type JsonPath = (string | number)[];

interface Edit {
  offset: number;
  length: number;
  text: string;
}

/** What an object or array is to hold: a child that is there (by index), or something new. */
type Entry = { kept: number } | { key?: string; value: unknown };

/** A file under change. */
interface Work extends JsonDocument {
  style: JsonStyle;
}

/**
 * Puts a property at the end of an object, or, with `sorted`, before the first key that is greater.
 *
 * @param path the object
 * @param name how the file is called in messages
 */
export function insertProperty(
  text: string,
  path: JsonPath,
  key: string,
  value: unknown,
  { sorted = false, name = "The file" } = {},
): string {
  return change(text, name, (work) => {
    const object = nodeAt(work, path);
    const keys = (object.children ?? []).map(keyOf);
    const place = sorted ? keys.findIndex((other) => other > key) : -1;
    return containerEdits(work, object, keptWith(keys.length, place < 0 ? keys.length : place, { key, value }));
  });
}

/** Puts a value at the end of an array. */
export function appendItem(text: string, path: JsonPath, value: unknown, name = "The file"): string {
  return change(text, name, (work) => {
    const array = nodeAt(work, path);
    const count = array.children?.length ?? 0;
    return containerEdits(work, array, keptWith(count, count, { value }));
  });
}

/** Takes a property or an item out. */
export function removeAt(text: string, path: JsonPath, name = "The file"): string {
  return change(text, name, (work) => {
    const found = nodeAt(work, path);
    const child = found.parent?.type === "property" ? found.parent : found;
    const container = child.parent as Node;
    const entries = (container.children ?? []).flatMap((one, kept) => (one === child ? [] : [{ kept }]));
    return containerEdits(work, container, entries);
  });
}

/** Puts another value in the place of one. What is the same in both keeps its bytes. */
export function replaceAt(text: string, path: JsonPath, value: unknown, name = "The file"): string {
  return change(text, name, (work) => valueEdits(work, nodeAt(work, path), value));
}

/** Gives a property another key. */
export function renameKey(text: string, path: JsonPath, key: string, name = "The file"): string {
  return change(text, name, (work) => {
    const [old] = nodeAt(work, path).parent?.children ?? [];
    if (!old || typeof path.at(-1) !== "string") throw new Error(`There is no key at ${path.join("/")}.`);
    return [{ offset: old.offset, length: old.length, text: JSON.stringify(key) }];
  });
}

/**
 * Makes a file hold another value, with the fewest splices: new keys come where `value` has them, and items of arrays
 * are told apart by their `i`, `id` or `name`.
 *
 * @param like a file whose style is taken where this one is empty, and so has none
 */
export function rewriteJson(text: string, value: unknown, name = "The file", like?: string): string {
  return change(text, name, (work) => valueEdits(work, work.root, value), like);
}

function change(file: string, name: string, edits: (work: Work) => Edit[], like?: string): string {
  const document = openJson(file, name);
  const bare = document.root.children?.length === 0 && like !== undefined;
  const work = { ...document, style: styleOf(bare ? openJson(like, "package.json") : document) };
  let text = document.text;
  // From the end, so that offsets stay true; of two at one place, what is put in stands before what is cut out.
  const ordered = edits(work).map((edit, index) => ({ ...edit, index }));
  ordered.sort((a, b) => b.offset - a.offset || b.length - a.length || b.index - a.index);
  for (const edit of ordered) text = text.slice(0, edit.offset) + edit.text + text.slice(edit.offset + edit.length);
  return document.bom + text;
}

function nodeAt({ root }: Work, path: JsonPath): Node {
  let node: Node | undefined = root;
  for (const step of path) {
    const children: Node[] = node?.children ?? [];
    node =
      node?.type === "object" ? children.find((child) => keyOf(child) === step)?.children?.[1] : children[Number(step)];
  }
  if (!node) throw new Error(`There is nothing at ${path.join("/")}.`);
  return node;
}

function keyOf(property: Node): string {
  return property.children?.[0]?.value;
}

function keptWith(count: number, place: number, entry: Entry): Entry[] {
  const entries: Entry[] = Array.from({ length: count }, (_, kept) => ({ kept }));
  return entries.toSpliced(place, 0, entry);
}

/** The splices that leave just these entries in an object or array. Kept ones stay in their order. */
function containerEdits(work: Work, container: Node, entries: Entry[]): Edit[] {
  const { text, style } = work;
  const children = container.children ?? [];
  const spread = children.length > 0 ? isSpread(text, container) : spreadAround(work, container);
  const outer = indentAt(text, container.offset);
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

function valueEdits(work: Work, node: Node, value: unknown): Edit[] {
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
