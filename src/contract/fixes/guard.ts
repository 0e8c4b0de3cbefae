import { validateApps } from "../apps.js";
import { pointer } from "../explain.js";
import type { Finding } from "../findings.js";
import { isObject } from "../problems.js";
import { validateAgents } from "../rules/agents/index.js";
import type { FileName, Operation } from "../rules/rule.js";
import { validateWidgets } from "../widgets.js";
import { patched } from "./patch.js";
import { type Fault, isSamePlace, keysOf, own } from "./place.js";

/**
 * Whether operations do away with a fault, and put nothing in its place that Workspace would reject. A fault beside the
 * mended place that could not be seen before is no objection.
 *
 * Looks at no more of the file than the mended place needs, for a file may have thousands of faults.
 */
export function isMended(fault: Fault, root: unknown, operations: readonly Operation[]): boolean {
  const validate = VALIDATORS[fault.file];
  const touched = operations.flatMap((one) =>
    one.op === "move" ? [keysOf(one.from), keysOf(one.path)] : [keysOf(one.path)],
  );
  const holder = commonHolder([...touched, keysOf(fault.path)]);
  const { part, move } = cutOut(root, holder, fault.file);
  const result = patched(
    part,
    operations.map((one) => ({
      ...one,
      path: move(one.path),
      ...(one.op === "move" ? { from: move(one.from) } : {}),
    })),
  );
  if (!result) return false;
  const mended = touched.map((keys) => move(pointer(keys)));
  return !validate(result.value).some(
    (finding) =>
      (finding.code === fault.code && finding.path === move(fault.path)) ||
      (isGrave(finding) && mended.some((path) => finding.path === path || finding.path.startsWith(`${path}/`))),
  );
}

const VALIDATORS: Record<FileName, (json: unknown) => Finding[]> = {
  "widgets.json": validateWidgets,
  "apps.json": validateApps,
  "agents.json": validateAgents,
};

function isGrave({ severity, code }: Finding): boolean {
  return severity === "error" || code === "cannot-place";
}

/** The innermost object or list that all of these are in. */
function commonHolder(places: readonly (readonly string[])[]): readonly string[] {
  const [first = [], ...others] = places.map((keys) => keys.slice(0, -1));
  let length = first.length;
  for (const other of others) {
    while (length > 0 && !isSamePlace(first.slice(0, length), other.slice(0, length))) length--;
  }
  return first.slice(0, length);
}

/**
 * What a check of one object or list needs: that as it is, and on the way to it nothing but single values beside.
 *
 * @returns that part of the file, and pointers as they are in it
 */
function cutOut(root: unknown, holder: readonly string[], file: FileName) {
  const lists: number[] = [];
  const cut = (value: unknown, depth: number): unknown => {
    const key = holder[depth];
    if (key === undefined || typeof value !== "object" || value === null) return value;
    if (Array.isArray(value)) {
      lists.push(depth);
      return [cut(own(value, key), depth + 1)];
    }
    const inner = cut(own(value, key), depth + 1);
    if (depth === 0 && file === "widgets.json") return Object.fromEntries([[key, inner]]);
    const beside = Object.entries(value).flatMap(([name, one]): [string, unknown][] => {
      if (name === key) return [[name, inner]];
      return Array.isArray(one) || isObject(one) ? [] : [[name, one]];
    });
    return Object.fromEntries(beside);
  };
  const part = cut(root, 0);
  const move = (path: string) => pointer(keysOf(path).map((key, depth) => (lists.includes(depth) ? "0" : key)));
  return { part, move };
}
