import { type Node, parseTree } from "jsonc-parser";
import type { Operation } from "../../contract/rules/rule.js";
import { isObject } from "./align.js";
import { containerEdits, type Edit, type Entry, keyOf, spliced, valueEdits, type Work } from "./splice.js";
import { endOf, indentAt, styleOf, Verbatim } from "./style.js";

/** The text after some patches, and which of them were made. */
export interface Patched {
  text: string;
  made: boolean[];
}

/**
 * Applies JSON patches (RFC 6902) to the text of a file, all of which speak of the file as it is: one that comes near
 * what another one changes is not made, and can be tried on the result. Values that move keep their text, a key that is
 * renamed its place, and everything else its bytes. A key that stands twice is not touched. Within a patch, an operation
 * may build on containers that earlier ones add; no item of an array is to be spoken of after it was moved by another.
 *
 * @param file what JSON.parse accepts, with or without a byte order mark
 */
export function patchJson(file: string, patches: readonly (readonly Operation[])[]): Patched {
  const text = file.replace(/^\ufeff/, "");
  const root = treeOf(text);
  if (!root) return { text: file, made: patches.map(() => false) };
  const batch = new Batch({ text, root, style: styleOf({ text, root }) });
  const made = patches.map((operations) => batch.take(operations));
  return { text: file.slice(0, file.length - text.length) + spliced(text, batch.edits()), made };
}

/** The syntax tree; undefined where it is nested too deeply. */
function treeOf(text: string): Node | undefined {
  try {
    return parseTree(text);
  } catch {
    return undefined;
  }
}

/** A value that is put into an object or array: at the end, or before a child that is there. */
interface Addition {
  key?: string;
  before?: number;
  value: unknown;
}

/** Changes to one object or array. */
interface Change {
  removed: Set<Node>;
  added: Addition[];
}

/** What one patch does, before it is certain that all of it can be done. */
interface Draft {
  changes: Map<Node, Change>;
  edits: (() => Edit[])[];
}

/** Where an operation leads: to a child of what is in the file, or of what the patch itself has added. */
type Target = { node: Node } | { value: Record<string, unknown> };

class Batch {
  private readonly changes = new Map<Node, Change>();
  private readonly inside: (() => Edit[])[] = [];
  /** Pointers that patches speak of, and all that lie above those. */
  private readonly touched = new Set<string>();
  private readonly above = new Set<string>();

  constructor(private readonly work: Work) {}

  /** Takes a patch in, all of it or nothing. */
  take(operations: readonly Operation[]): boolean {
    const paths = operations.flatMap((one) => (one.op === "move" ? [one.from, one.path] : [one.path]));
    if (paths.some((path) => this.isNear(path))) return false;
    const draft: Draft = { changes: new Map(), edits: [] };
    if (!operations.every((operation) => this.add(operation, draft))) return false;
    for (const path of paths) {
      this.touched.add(path);
      for (const one of ancestors(path)) this.above.add(one);
    }
    for (const [node, { removed, added }] of draft.changes) {
      const change = changeOf(this.changes, node);
      for (const child of removed) change.removed.add(child);
      change.added.push(...added);
    }
    this.inside.push(...draft.edits);
    return true;
  }

  edits(): Edit[] {
    const containers = [...this.changes].flatMap(([node, change]) =>
      containerEdits(this.work, node, entriesOf(node, change)),
    );
    return [...containers, ...this.inside.flatMap((edits) => edits())];
  }

  private isNear(path: string): boolean {
    return this.touched.has(path) || this.above.has(path) || ancestors(path).some((one) => this.touched.has(one));
  }

  private add(operation: Operation, draft: Draft): boolean {
    const { work } = this;
    const keys = keysOf(operation.path);
    const key = keys.at(-1);
    const target = key === undefined ? undefined : this.targetOf(keys.slice(0, -1), draft);
    if (key === undefined || !target) return false;
    if (operation.op === "add") return insert(target, key, operation.value, draft);
    if (operation.op === "move") return this.move(operation, target, key, draft);
    const child = "node" in target ? childOf(target.node, key) : undefined;
    if (!child || !("node" in target)) return false;
    if (operation.op === "remove") changeOf(draft.changes, target.node).removed.add(child);
    else draft.edits.push(() => valueEdits(work, valueIn(child), operation.value));
    return true;
  }

  private move(operation: Operation & { op: "move" }, target: Target, key: string, draft: Draft): boolean {
    const from = keysOf(operation.from);
    const source = this.targetOf(from.slice(0, -1), draft);
    if (!source || !("node" in source)) return false;
    // Not into itself; and of an array, not to where taking it out gives other items its index.
    const { node } = source;
    const near = node.type === "array" ? operation.from.slice(0, operation.from.lastIndexOf("/")) : operation.from;
    if (operation.path.startsWith(`${near}/`)) return false;
    const child = childOf(node, from.at(-1) ?? "");
    if (!child) return false;
    if (child.type === "property" && "node" in target && target.node === node) {
      if (childOf(node, key, true)) return false;
      const [{ offset, length }] = child.children as [Node];
      draft.edits.push(() => [{ offset, length, text: JSON.stringify(key) }]);
      return true;
    }
    const value = valueIn(child);
    const text = this.work.text.slice(value.offset, endOf(value));
    if (
      !insert(target, key, new Verbatim(text, /[\r\n]/.test(text) ? indentAt(this.work.text, value.offset) : ""), draft)
    )
      return false;
    changeOf(draft.changes, node).removed.add(child);
    return true;
  }

  private targetOf(keys: readonly string[], draft: Draft): Target | undefined {
    let target: Target | undefined = { node: this.work.root };
    for (const key of keys) target = target && step(target, key, draft);
    return target;
  }
}

function step(target: Target, key: string, draft: Draft): Target | undefined {
  if ("node" in target) {
    const child = childOf(target.node, key, true);
    if (child) return { node: valueIn(child) };
  }
  const added =
    "node" in target
      ? draft.changes.get(target.node)?.added.find((one) => one.key === key)?.value
      : Object.getOwnPropertyDescriptor(target.value, key)?.value;
  return isObject(added) ? { value: added } : undefined;
}

/** Adds to an object or array; a value of this patch's own is copied first, for it is changed. */
function insert(target: Target, key: string, value: unknown, draft: Draft): boolean {
  const own = value instanceof Verbatim ? value : structuredClone(value);
  if ("value" in target) {
    Object.defineProperty(target.value, key, { value: own, configurable: true, enumerable: true, writable: true });
    return true;
  }
  const { node } = target;
  if (node.type === "object") {
    if (childOf(node, key, true)) return false;
    changeOf(draft.changes, node).added.push({ key, value: own });
    return true;
  }
  const count = node.children?.length ?? 0;
  const index = key === "-" ? count : Number(key);
  if (node.type !== "array" || !/^(-|0|[1-9]\d*)$/.test(key) || index > count) return false;
  changeOf(draft.changes, node).added.push({ value: own, ...(index < count ? { before: index } : {}) });
  return true;
}

function changeOf(changes: Map<Node, Change>, node: Node): Change {
  const change = changes.get(node) ?? { removed: new Set(), added: [] };
  changes.set(node, change);
  return change;
}

function entriesOf(node: Node, { removed, added }: Change): Entry[] {
  const entry = ({ key, value }: Addition): Entry => (key === undefined ? { value } : { key, value });
  const children = (node.children ?? []).flatMap((child, kept): Entry[] => [
    ...added.filter(({ before }) => before === kept).map(entry),
    ...(removed.has(child) ? [] : [{ kept }]),
  ]);
  return [...children, ...added.filter(({ before }) => before === undefined).map(entry)];
}

/**
 * The property or item of a key. Of a key that stands twice, JSON.parse keeps the last.
 *
 * @param twice whether it may stand twice
 */
function childOf(node: Node, key: string, twice = false): Node | undefined {
  if (node.type === "array") return /^(0|[1-9]\d*)$/.test(key) ? node.children?.[Number(key)] : undefined;
  const found = propertiesOf(node).get(key);
  return found && (twice || !found.twice) ? found.child : undefined;
}

const known = new WeakMap<Node, Map<string, { child: Node; twice: boolean }>>();

/** The properties of an object by their keys; made once, for a file has many places that lead through its root. */
function propertiesOf(node: Node): Map<string, { child: Node; twice: boolean }> {
  let properties = known.get(node);
  if (!properties) {
    properties = new Map();
    for (const child of node.children ?? []) {
      const key = keyOf(child);
      properties.set(key, { child, twice: properties.has(key) });
    }
    known.set(node, properties);
  }
  return properties;
}

function valueIn(child: Node): Node {
  return child.type === "property" ? (child.children?.[1] as Node) : child;
}

function keysOf(pointer: string): string[] {
  const keys = pointer.split("/").slice(1);
  return keys.map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** The pointers of all that a pointer leads through, the root included. */
function ancestors(pointer: string): string[] {
  const found: string[] = [];
  for (let end = pointer.lastIndexOf("/"); end >= 0; end = pointer.lastIndexOf("/", end - 1)) {
    found.push(pointer.slice(0, end));
    if (end === 0) break;
  }
  return found;
}
