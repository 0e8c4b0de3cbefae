import type { Finding } from "../findings.js";

/**
 * Findings in the order of their file: by where the keys of their pointers stand. What is missing comes after what its
 * parent has; the parent comes first; equals stay as they are.
 *
 * @param json the parsed file that the pointers lead into
 */
export function inFileOrder<T extends Finding>(findings: readonly T[], json: unknown): T[] {
  if (findings.length < 2) return [...findings];
  const indexes = new Map<object, Map<string, number>>();
  const placed = findings.map((finding) => ({ finding, place: placeOf(finding.path, json, indexes) }));
  return placed.sort((a, b) => compare(a.place, b.place)).map(({ finding }) => finding);
}

function placeOf(pointer: string, json: unknown, indexes: Map<object, Map<string, number>>): number[] {
  const place: number[] = [];
  let node = json;
  for (const step of pointer.split("/").slice(1)) {
    const key = step.replaceAll("~1", "/").replaceAll("~0", "~");
    const index = indexOf(node, key, indexes);
    place.push(index);
    node = index === Number.POSITIVE_INFINITY ? undefined : (node as Record<string, unknown>)[key];
  }
  return place;
}

function indexOf(node: unknown, key: string, indexes: Map<object, Map<string, number>>): number {
  if (typeof node !== "object" || node === null || !Object.hasOwn(node, key)) return Number.POSITIVE_INFINITY;
  if (Array.isArray(node)) return Number(key);
  let keys = indexes.get(node);
  if (keys === undefined) {
    keys = new Map(Object.keys(node).map((name, index) => [name, index]));
    indexes.set(node, keys);
  }
  return keys.get(key) ?? Number.POSITIVE_INFINITY;
}

function compare(a: readonly number[], b: readonly number[]): number {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) {
    if (a[i] !== b[i]) return a[i]! < b[i]! ? -1 : 1;
  }
  return a.length - b.length;
}
