import type { Finding } from "../findings.js";
import type { FileName } from "../rules/rule.js";

/** A value in a file, and where it stands. */
export interface Place {
  file: FileName;
  /** The whole file, parsed. */
  root: unknown;
  /** From the root. Indices are texts, as in pointers. */
  keys: readonly string[];
  /** The last key, and what it belongs to. */
  key: string;
  holder: Container;
  /** Undefined where there is nothing. */
  value: unknown;
}

export type Container = Record<string, unknown> | unknown[];

/** A finding, as far as mending it needs one. */
export type Fault = Pick<Finding, "code" | "severity" | "path"> & { file: FileName };

/** The place that a finding is about; undefined for a whole file, and where the file has no such place. */
export function placeOf({ file, path }: Fault, root: unknown): Place | undefined {
  const keys = keysOf(path);
  const key = keys.at(-1);
  const holder = valueAt(root, keys.slice(0, -1));
  if (key === undefined || !isContainer(holder)) return undefined;
  return { file, root, keys, key, holder, value: own(holder, key) };
}

/** The keys of a JSON pointer (RFC 6901). */
export function keysOf(pointer: string): string[] {
  const keys = pointer.split("/").slice(1);
  // Most have none, and a file may have thousands of pointers.
  return pointer.includes("~") ? keys.map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~")) : keys;
}

export function isSamePlace(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((key, index) => key === other[index]);
}

export function valueAt(root: unknown, keys: readonly string[]): unknown {
  return keys.reduce<unknown>(own, root);
}

/** What stands under a key, inherited things aside: "constructor" and "__proto__" are keys like any other. */
export function own(holder: unknown, key: string): unknown {
  return has(holder, key) ? (holder as Record<string, unknown>)[key] : undefined;
}

function isKey(holder: Container, key: string): boolean {
  return !Array.isArray(holder) || isIndex(key);
}

export function isIndex(key: string): boolean {
  return /^(0|[1-9]\d{0,15})$/.test(key);
}

export function has(holder: unknown, key: string): boolean {
  return isContainer(holder) && isKey(holder, key) && Object.hasOwn(holder, key);
}

export function isContainer(value: unknown): value is Container {
  return typeof value === "object" && value !== null;
}
