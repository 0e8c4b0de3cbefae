import type { Operation } from "../rules/rule.js";
import { type Container, has, isContainer, isIndex, isSamePlace, keysOf, own, valueAt } from "./place.js";

/**
 * A file after the operations of a fix (RFC 6902), one after the other. A key that moves within its object keeps its
 * place there, which the RFC leaves open.
 *
 * @param root the file, parsed; it is not changed, and what stays is shared with the result
 * @returns undefined where an operation has no place to work on
 */
export function patched(root: unknown, operations: readonly Operation[]): { value: unknown } | undefined {
  let result: { value: unknown } | undefined = { value: root };
  for (const operation of operations) result = result && applied(result.value, operation);
  return result;
}

function applied(root: unknown, operation: Operation): { value: unknown } | undefined {
  const keys = keysOf(operation.path);
  if (operation.op === "move") return moved(root, keysOf(operation.from), keys);
  if (operation.op === "remove") return within(root, keys, without);
  const { op, value } = operation;
  return within(root, keys, (holder, key) => (op === "add" ? withValue : replaced)(holder, key, value));
}

function moved(root: unknown, from: readonly string[], to: readonly string[]): { value: unknown } | undefined {
  const source = valueAt(root, from.slice(0, -1));
  const [key, name] = [from.at(-1), to.at(-1)];
  if (key === undefined || name === undefined || !has(source, key)) return undefined;
  if (!Array.isArray(source) && isSamePlace(from.slice(0, -1), to.slice(0, -1))) {
    return within(root, from, (holder) => renamed(holder, key, name));
  }
  const cut = within(root, from, without);
  return cut && within(cut.value, to, (holder) => withValue(holder, name, own(source, key)));
}

type Change = (holder: Container, key: string) => Container | undefined;

/** A copy in which the holder of the last key is another one. */
function within(value: unknown, keys: readonly string[], change: Change): { value: unknown } | undefined {
  const [key, ...rest] = keys;
  if (key === undefined || !isContainer(value)) return undefined;
  if (rest.length === 0) {
    const changed = change(value, key);
    return changed && { value: changed };
  }
  if (!has(value, key)) return undefined;
  const inner = within(own(value, key), rest, change);
  const changed = inner && replaced(value, key, inner.value);
  return changed && { value: changed };
}

function withValue(holder: Container, key: string, value: unknown): Container | undefined {
  if (!Array.isArray(holder)) {
    if (has(holder, key)) return replaced(holder, key, value);
    return Object.fromEntries([...Object.entries(holder), [key, value]]);
  }
  const index = key === "-" ? holder.length : Number(key);
  if ((key !== "-" && !isIndex(key)) || index > holder.length) return undefined;
  return holder.toSpliced(index, 0, value);
}

function replaced(holder: Container, key: string, value: unknown): Container | undefined {
  if (!has(holder, key)) return undefined;
  if (Array.isArray(holder)) return holder.with(Number(key), value);
  return Object.fromEntries(Object.entries(holder).map((entry) => (entry[0] === key ? [key, value] : entry)));
}

function without(holder: Container, key: string): Container | undefined {
  if (!has(holder, key)) return undefined;
  if (Array.isArray(holder)) return holder.toSpliced(Number(key), 1);
  return Object.fromEntries(Object.entries(holder).filter(([name]) => name !== key));
}

function renamed(holder: Container, from: string, to: string): Container | undefined {
  if (Array.isArray(holder) || has(holder, to)) return undefined;
  return Object.fromEntries(Object.entries(holder).map(([name, value]) => [name === from ? to : name, value]));
}
