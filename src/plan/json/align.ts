import type { Node } from "jsonc-parser";

/** Beyond this many pairs, what is neither at the beginning nor at the end of two arrays is matched by place alone. */
const MOST_PAIRS = 4_000_000;

/** Old index and new index of an item; one of them undefined where it was taken out, or put in. */
type Pair = [from: number | undefined, to: number | undefined];

/** Which items of an array in a file became which items of another, in order. */
export function aligned(before: Node[], after: unknown[]): Pair[] {
  let head = 0;
  while (head < before.length && head < after.length && isSame(before[head] as Node, after[head])) head++;
  let tail = 0;
  const rest = Math.min(before.length, after.length) - head;
  while (tail < rest && isSame(before.at(-1 - tail) as Node, after.at(-1 - tail))) tail++;
  const matches = longestMatch(before.slice(head, before.length - tail), after.slice(head, after.length - tail)).map(
    ([from, to]): [number, number] => [from + head, to + head],
  );
  const ends = Array.from({ length: tail }, (_, index): [number, number] => [
    before.length - tail + index,
    after.length - tail + index,
  ]);
  const starts = Array.from({ length: head }, (_, index): [number, number] => [index, index]);

  const pairs: Pair[] = [];
  let [from, to] = [0, 0];
  for (const [nextFrom, nextTo] of [...starts, ...matches, ...ends, [before.length, after.length] as const]) {
    // As many gone as came: each took the place of one.
    const replaced = nextFrom - from === nextTo - to;
    for (; from < nextFrom; from++) pairs.push([from, replaced ? to++ : undefined]);
    for (; to < nextTo; to++) pairs.push([undefined, to]);
    if (nextFrom < before.length || nextTo < after.length) pairs.push([from++, to++]);
  }
  return pairs;
}

/** The longest common subsequence, as pairs of indices. */
function longestMatch(before: Node[], after: unknown[]): [number, number][] {
  const [rows, columns] = [before.length, after.length];
  if (rows * columns > MOST_PAIRS) return [];
  // lengths[i][j]: of the longest match of before[i…] and after[j…]
  const lengths = Array.from({ length: rows + 1 }, () => new Array<number>(columns + 1).fill(0));
  const alike = before.map((node) => after.map((value) => isAlike(node, value)));
  for (let i = rows - 1; i >= 0; i--) {
    for (let j = columns - 1; j >= 0; j--) {
      (lengths[i] as number[])[j] = alike[i]?.[j]
        ? (lengths[i + 1]?.[j + 1] as number) + 1
        : Math.max(lengths[i + 1]?.[j] as number, lengths[i]?.[j + 1] as number);
    }
  }
  const pairs: [number, number][] = [];
  for (let i = 0, j = 0; i < rows && j < columns; ) {
    if (alike[i]?.[j]) pairs.push([i++, j++]);
    else if ((lengths[i + 1]?.[j] as number) >= (lengths[i]?.[j + 1] as number)) i++;
    else j++;
  }
  return pairs;
}

/** Whether an item is the same, or another state of the same: by what layout items, widgets, apps and groups go by. */
function isAlike(node: Node, value: unknown): boolean {
  if (node.type !== "object" || !isObject(value)) return isSame(node, value);
  for (const key of ["i", "id", "name"]) {
    const old = node.children?.find((child) => child.children?.[0]?.value === key)?.children?.[1]?.value;
    if (typeof old === "string" && typeof value[key] === "string") return old === value[key];
  }
  return isSame(node, value);
}

/** Whether a place in a file holds this value; the order of keys does not count. */
export function isSame(node: Node, value: unknown): boolean {
  const children = node.children ?? [];
  if (node.type === "array") {
    return (
      Array.isArray(value) &&
      value.length === children.length &&
      children.every((child, index) => isSame(child, value[index]))
    );
  }
  if (node.type !== "object") return node.value === value;
  return (
    isObject(value) &&
    Object.values(value).filter((inner) => inner !== undefined).length === children.length &&
    children.every((child) => {
      const [key, inner] = child.children ?? [];
      return key && inner && Object.hasOwn(value, key.value) && isSame(inner, value[key.value]);
    })
  );
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
