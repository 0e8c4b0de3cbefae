import { validateApps } from "../apps.js";
import { pointer } from "../explain.js";
import type { Finding } from "../findings.js";
import { isObject } from "../problems.js";
import { validateAgents } from "../rules/agents/index.js";
import type { FileName, Operation } from "../rules/rule.js";
import { validateWidgets } from "../widgets.js";
import { patched } from "./patch.js";
import { type Fault, isSamePlace, keysOf, own, valueAt } from "./place.js";

/** A mend that is to be judged. */
export interface Attempt {
  fault: Fault;
  operations: readonly Operation[];
  /** The places that it changes. */
  touched: readonly (readonly string[])[];
  /** The innermost value that all of it is in. */
  keys: readonly string[];
}

export function attempt(fault: Fault, root: unknown, operations: readonly Operation[]): Attempt {
  const at = keysOf(fault.path);
  const touched = operations.flatMap((one) =>
    one.op === "move" ? [keysOf(one.from), keysOf(one.path)] : [keysOf(one.path)],
  );
  // Items of a list are judged each for itself: there may be thousands.
  const isItem = operations.every(({ op, path }) => op === "replace" && path === fault.path);
  const keys = isItem && Array.isArray(valueAt(root, at.slice(0, -1))) ? at : commonHolder([...touched, at]);
  return { fault, operations, touched, keys };
}

/** The value that a mend is in, mended; undefined where there is no place to work on. */
function mendedValue({ operations, keys }: Attempt, root: unknown): { value: unknown } | undefined {
  // In a list of one, so that all of it can be replaced too.
  const outer = pointer(keys).length;
  const within = (path: string) => `/0${path.slice(outer)}`;
  const result = patched(
    [valueAt(root, keys)],
    operations.map((one) => ({
      ...one,
      path: within(one.path),
      ...(one.op === "move" ? { from: within(one.from) } : {}),
    })),
  );
  return result && { value: own(result.value, "0") };
}

/**
 * Whether mends do away with their faults, and put nothing in their places that Workspace would reject. A fault beside
 * the mended place that could not be seen before is no objection.
 *
 * Looks at no more of the file than the mended places need, and at all of them at once: a file may have thousands of
 * faults.
 *
 * @param attempts of one file, none of them within what another one mends
 */
export function areMended(attempts: readonly Attempt[], root: unknown): boolean[] {
  const file = attempts[0]?.fault.file ?? "widgets.json";
  const { verdicts, faulty } = judged(attempts, root, file);
  if (attempts.length < 2) return verdicts;
  // Of a widget with errors Workspace's other checks say nothing: a mend that fails could hide what is wrong with
  // another one.
  const unsure = attempts.filter(({ keys: [owner] }, index) => verdicts[index] && faulty.has(owner ?? ""));
  const again =
    unsure.length < attempts.length
      ? areMended(unsure, root)
      : unsure.map((one) => judged([one], root, file).verdicts[0] === true);
  const settled = new Map(unsure.map((one, index) => [one, again[index] === true]));
  return attempts.map((one, index) => settled.get(one) ?? verdicts[index] === true);
}

const VALIDATORS: Record<FileName, (json: unknown) => Finding[]> = {
  "widgets.json": validateWidgets,
  "apps.json": validateApps,
  "agents.json": validateAgents,
};

/** @returns also the first keys of what has errors still */
function judged(attempts: readonly Attempt[], root: unknown, file: FileName) {
  const cut: Cut = { inner: new Map() };
  const made = attempts.map((one) => {
    const result = mendedValue(one, root);
    if (result) cutAt(cut, one.keys).mended = result;
    return result !== undefined;
  });
  const part = partOf(root, cut, file === "widgets.json");
  const found = VALIDATORS[file](part);
  const faults = new Set(found.map(({ code, path }) => `${code} ${path}`));
  const faulty = new Set<string>();
  const grave = new Set<string>();
  for (const finding of found.filter(isGrave)) {
    const keys = keysOf(finding.path);
    if (finding.severity === "error") faulty.add(originalOwner(cut, keys[0] ?? ""));
    for (let length = 0; length <= keys.length; length++) grave.add(pointer(keys.slice(0, length)));
  }
  const rejected = rejectedPlaces(found);
  const before = attempts.some(isNoError) ? rejectedPlaces(VALIDATORS[file](unmended(attempts, root, file))) : rejected;
  const verdicts = attempts.map((one, index) => {
    const { fault, touched, keys } = one;
    if (!made[index]) return false;
    const place = moved(cut, keys);
    // What Workspace accepts, a mend must not make it reject, wherever in the mended value the new fault is.
    if (isNoError(one) && rejected.has(place) && !before.has(place)) return false;
    const isLeft = faults.has(`${fault.code} ${moved(cut, keysOf(fault.path))}`);
    return !isLeft && !touched.some((keys) => grave.has(moved(cut, keys)));
  });
  return { verdicts, faulty };
}

function isNoError({ fault: { severity } }: Attempt): boolean {
  return severity !== "error";
}

/** The part that is looked at, as it is now. */
function unmended(attempts: readonly Attempt[], root: unknown, file: FileName): unknown {
  const cut: Cut = { inner: new Map() };
  for (const { keys } of attempts) cutAt(cut, keys).mended = { value: valueAt(root, keys) };
  return partOf(root, cut, file === "widgets.json");
}

/** Where Workspace rejects something, and all that it is in. */
function rejectedPlaces(found: readonly Finding[]): Set<string> {
  const places = new Set<string>();
  for (const { severity, path } of found) {
    const keys = severity === "error" ? keysOf(path) : undefined;
    for (let length = 0; keys && length <= keys.length; length++) places.add(pointer(keys.slice(0, length)));
  }
  return places;
}

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

/** What is looked at of a value: all of it, mended; or some of what it holds. */
interface Cut {
  mended?: { value: unknown };
  inner: Map<string, Cut>;
  /** Of a list: the indices that are kept, in order, and where each is then. */
  indices?: string[];
  places?: Map<string, string>;
}

function cutAt(root: Cut, keys: readonly string[]): Cut {
  let here = root;
  for (const key of keys) {
    const next = here.inner.get(key) ?? { inner: new Map() };
    here.inner.set(key, next);
    here = next;
  }
  return here;
}

/**
 * The part of a file that a check of the mended places needs: those, and on the way to them nothing but single values
 * beside.
 *
 * @param isFile whether it is a whole file of entries, which are checked each for itself
 */
function partOf(value: unknown, cut: Cut, isFile: boolean): unknown {
  if (cut.mended) return cut.mended.value;
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    cut.indices = [...cut.inner.keys()].sort((a, b) => Number(a) - Number(b));
    cut.places = new Map(cut.indices.map((key, index) => [key, String(index)]));
    return cut.indices.map((key) => partOf(own(value, key), cut.inner.get(key) as Cut, false));
  }
  const names = isFile ? [...cut.inner.keys()] : Object.keys(value);
  return Object.fromEntries(
    names.flatMap((name): [string, unknown][] => {
      const one = own(value, name);
      const inner = cut.inner.get(name);
      if (inner) return [[name, partOf(one, inner, false)]];
      return Array.isArray(one) || isObject(one) ? [] : [[name, one]];
    }),
  );
}

/** A place as it is called in the part that was cut out. */
function moved(root: Cut, keys: readonly string[]): string {
  let cut: Cut | undefined = root;
  return pointer(
    keys.map((key) => {
      const place = cut?.places?.get(key) ?? key;
      cut = cut?.inner.get(key);
      return place;
    }),
  );
}

/** The first key in the file of what has this one in the part. */
function originalOwner({ indices }: Cut, key: string): string {
  return indices?.[Number(key)] ?? key;
}
