import type { Node } from "jsonc-parser";

/** A key that an object has already, further up. */
export interface DuplicateKey {
  key: string;
  /** Where the second one stands, quotes included. */
  offset: number;
  length: number;
  /** Where the first one stands. */
  first: number;
  /** Keys and indices from the root to the key. */
  path: (string | number)[];
}

/** Every key that stands twice in its object, in the order of the text. */
export function duplicateKeys(root: Node): DuplicateKey[] {
  const found: DuplicateKey[] = [];
  // Without recursion; parents hold their path, so that only faults cost memory.
  const left: { node: Node; path: DuplicateKey["path"] }[] = [{ node: root, path: [] }];
  for (let next = left.pop(); next; next = left.pop()) {
    const { node, path } = next;
    const seen = new Map<string, number>();
    for (const [index, child] of (node.children ?? []).entries()) {
      const [keyNode, value] = child.type === "property" ? (child.children ?? []) : [undefined, child];
      const step = keyNode ? (keyNode.value as string) : index;
      if (keyNode) {
        const key = keyNode.value as string;
        const first = seen.get(key);
        if (first === undefined) seen.set(key, keyNode.offset);
        else found.push({ key, offset: keyNode.offset, length: keyNode.length, first, path: [...path, key] });
      }
      if (value?.children?.length) left.push({ node: value, path: [...path, step] });
    }
  }
  return found.sort((a, b) => a.offset - b.offset);
}

/**
 * Whether an object in a text has a key twice: JSON.parse keeps only the last, so there are fewer in its value. Far
 * faster than looking for them.
 *
 * @param text that JSON.parse accepts
 * @param value what it gave
 */
export function hasDuplicateKeys(text: string, value: unknown): boolean {
  let written = 0;
  for (const match of text.matchAll(/"(?:[^"\\]|\\.)*"([ \t\r\n]*:)?/g)) if (match[1] !== undefined) written++;
  let kept = 0;
  const left: unknown[] = [value];
  while (left.length > 0) {
    const one = left.pop();
    if (typeof one !== "object" || one === null) continue;
    const children = Object.values(one);
    if (!Array.isArray(one)) kept += children.length;
    for (const child of children) if (typeof child === "object") left.push(child);
  }
  return written !== kept;
}
