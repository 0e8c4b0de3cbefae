/**
 * Changes to the text of JSON files. jsonc-parser tells where things stand; only what changes is spliced in or cut out,
 * in the file's own style, and every other byte stays. Putting something in and taking it out again gives the same
 * text, save for white space inside an empty `{ }` or `[ ]`.
 *
 * All of these expect a text that `parseJson` accepts, and throw its CliError otherwise.
 */
import type { Node } from "jsonc-parser";
import { openJson } from "./parse.js";
import { containerEdits, type Edit, type Entry, keyOf, spliced, valueEdits, type Work } from "./splice.js";
import { styleOf } from "./style.js";

export { parseJson } from "./parse.js";

/** Keys and indices from the root. */
export type JsonPath = (string | number)[];

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
  return document.bom + spliced(document.text, edits(work));
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

function keptWith(count: number, place: number, entry: Entry): Entry[] {
  const entries: Entry[] = Array.from({ length: count }, (_, kept) => ({ kept }));
  return entries.toSpliced(place, 0, entry);
}
