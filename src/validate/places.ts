import { type Node, parseTree } from "jsonc-parser";

/** Where a value stands in a text, in UTF-16 units. */
export interface Span {
  offset: number;
  length: number;
}

/** The pointers that are looked for, as a tree of their steps. */
interface Wanted {
  pointers: string[];
  steps: Map<string, Wanted>;
}

/**
 * Finds where values stand in a JSON text. One pass over the text, and one down the tree along what is looked for.
 *
 * @param text strict JSON
 * @param pointers JSON pointers; one that leads nowhere gets the place of the nearest value that it leads through
 * @returns the spans by pointer; empty where the text is nested too deeply to be read
 */
export function spansOf(text: string, pointers: Iterable<string>): Map<string, Span> {
  const found = new Map<string, Span>();
  const root = treeOf(text);
  if (!root) return found;
  const left: { node: Node; wanted: Wanted }[] = [{ node: root, wanted: treeOfPointers(pointers) }];
  for (let next = left.pop(); next; next = left.pop()) {
    const { node, wanted } = next;
    for (const pointer of wanted.pointers) found.set(pointer, { offset: node.offset, length: node.length });
    if (wanted.steps.size === 0) continue;
    const children = childrenOf(node);
    for (const [step, below] of wanted.steps) {
      const child = children(step);
      if (child) left.push({ node: child, wanted: below });
      else for (const pointer of pointersOf(below)) found.set(pointer, { offset: node.offset, length: node.length });
    }
  }
  return found;
}

/** The syntax tree of a JSON text; undefined where it is nested too deeply. */
export function treeOf(text: string): Node | undefined {
  try {
    return parseTree(text);
  } catch {
    return undefined;
  }
}

function treeOfPointers(pointers: Iterable<string>): Wanted {
  const root: Wanted = { pointers: [], steps: new Map() };
  for (const pointer of new Set(pointers)) {
    let here = root;
    for (const step of stepsOf(pointer)) {
      let below = here.steps.get(step);
      if (!below) {
        below = { pointers: [], steps: new Map() };
        here.steps.set(step, below);
      }
      here = below;
    }
    here.pointers.push(pointer);
  }
  return root;
}

/** The steps of a JSON pointer (RFC 6901). */
export function stepsOf(pointer: string): string[] {
  if (pointer === "") return [];
  return pointer
    .slice(1)
    .split("/")
    .map((step) => step.replace(/~1/g, "/").replace(/~0/g, "~"));
}

/** The JSON pointer of steps. */
export function pointerOf(steps: readonly (string | number)[]): string {
  return steps.map((step) => `/${String(step).replace(/~/g, "~0").replace(/\//g, "~1")}`).join("");
}

function childrenOf(node: Node): (step: string) => Node | undefined {
  const children = node.children ?? [];
  if (node.type !== "object") return (step) => (/^\d+$/.test(step) ? children[Number(step)] : undefined);
  // Of a key that stands twice, JSON.parse keeps the last.
  const byKey = new Map(children.map((child) => [child.children?.[0]?.value as string, child.children?.[1]]));
  return (step) => byKey.get(step);
}

function pointersOf(wanted: Wanted): string[] {
  const found: string[] = [];
  const left = [wanted];
  for (let next = left.pop(); next; next = left.pop()) {
    found.push(...next.pointers);
    left.push(...next.steps.values());
  }
  return found;
}
