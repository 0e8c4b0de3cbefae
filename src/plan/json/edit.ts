/**
 * Changes to the text of JSON files. jsonc-parser tells where things stand; only what changes is spliced in or cut out,
 * in the file's own style, and every other byte stays. Putting something in and taking it out again gives the same
 * text, save for white space inside an empty `{ }` or `[ ]`.
 *
 * All of these expect a text that `parseJson` accepts, and throw its CliError otherwise.
 */
import type { Node } from "jsonc-parser";
import { openJson } from "./parse.js";
import { type Edit, keyOf, spliced, valueEdits, type Work } from "./splice.js";
import { styleOf } from "./style.js";

export { parseJson } from "./parse.js";

/** Keys and indices from the root. */
export type JsonPath = (string | number)[];

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
