import { CHART_TYPES } from "./constants.js";
import type { Finding } from "./findings.js";
import { missingHint, valueHint } from "./hints.js";
import { isObject, type Key, type Problem } from "./problems.js";

/** JSON pointer (RFC 6901) of a path. */
export function pointer(path: readonly Key[]): string {
  let text = "";
  for (const key of path) {
    const isPlain = typeof key === "number" || !/[~/]/.test(key);
    text += isPlain ? `/${key}` : `/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;
  }
  return text;
}

/**
 * Problems as findings that a person can act on.
 *
 * @param problems what is wrong, with paths that start inside `entry`
 * @param entry the widget or app as written
 * @param prefix where `entry` stands in the file
 */
export function explain(
  problems: readonly Problem[],
  entry: unknown,
  prefix: readonly Key[],
  severity: Finding["severity"] = "error",
): Finding[] {
  return problems.map((found) => {
    const { path, value, missing } = locate(deepest(found), entry);
    const finding = tell(deepest(found), path, value, missing);
    return { ...finding, severity, path: pointer([...prefix, ...path]) };
  });
}

type Told = Omit<Finding, "severity" | "path">;

function tell(found: Problem, path: readonly Key[], value: unknown, missing: boolean): Told {
  const name = label(path);
  if (missing && (found.code !== "custom" || isDemand(found))) {
    return { code: "missing-field", message: `${name} is missing.`, hint: missingHint(path, found) };
  }
  const allowed = found.code === "invalid_key" ? CHART_TYPES : (found.values ?? found.options)?.filter(isText);
  const hint = valueHint(path, value, found, allowed);
  // The keys of `cellRangeCols` (contract §6) are the only ones that are checked.
  if (found.code === "invalid_key") {
    return { code: "unknown-value", message: `${name} is not a chart type.`, hint };
  }
  if (allowed !== undefined) {
    return { code: enumCode(path), message: `${name} cannot be ${shown(value)}.`, hint };
  }
  return { code: missing ? "missing-field" : "bad-value", message: `${name} ${demand(found, value)}.`, hint };
}

/** Widget and parameter types have a code of their own, being what people get wrong most. */
function enumCode(path: readonly Key[]): string {
  const key = path.at(-1);
  if (path.length === 1 && (key === "type" || key === "defaultViz")) return "unknown-widget-type";
  if (path[0] === "params" && key === "type") return "unknown-param-type";
  return "unknown-value";
}

const EXPECTED: Record<string, string> = {
  string: "a string",
  number: "a number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
  record: "an object",
};

/** What is demanded of a value: "must be a number, not a string". */
function demand(found: Problem, value: unknown): string {
  switch (found.code) {
    case "invalid_type":
      return `must be ${EXPECTED[found.expected ?? ""] ?? "of another kind"}, not ${kind(value)}`;
    case "too_small":
      return found.origin === "string" ? "must not be empty" : `must be ${found.minimum} or more, not ${shown(value)}`;
    case "too_big":
      return `must be ${found.maximum} or less, not ${shown(value)}`;
    case "custom":
      return isDemand(found) ? `${found.message}, not ${shown(value)}` : found.message;
    default:
      return `${found.message}, not ${shown(value)}`;
  }
}

/** Texts like "must be a hex colour" are about the value; other texts of our own say everything themselves. */
function isDemand(found: Problem): boolean {
  return found.message.startsWith("must be ");
}

/** In a union, the branch that gets furthest says what is really wrong; where none gets anywhere, the union does. */
function deepest(found: Problem): Problem {
  if (found.code !== "invalid_union" || !found.errors) return found;
  let best = found;
  for (const inner of found.errors.flat()) {
    const candidate = deepest({ ...inner, path: [...found.path, ...inner.path] });
    if (candidate.path.length > best.path.length) best = candidate;
  }
  return best;
}

/**
 * The place in the file a problem is about. A path may end in keys that are not there: it is cut after the first
 * missing one; and a text may stand for a list (`"renderFn": "a, b"`): there the path ends at the text.
 */
function locate(found: Problem, entry: unknown): { path: Key[]; value: unknown; missing: boolean } {
  const path: Key[] = [];
  let value = entry;
  for (const key of found.path) {
    if (typeof value !== "object" || value === null) return { path, value: found.input ?? value, missing: false };
    path.push(key);
    if (!Object.hasOwn(value, key)) {
      // Our own rules name the very key to add.
      return { path: found.code === "custom" ? found.path : path, value: undefined, missing: true };
    }
    value = (value as Record<Key, unknown>)[key];
  }
  return { path, value, missing: path.length > 0 && value === undefined };
}

/** A path as people write it: `data.table.columnsDefs[2].renderFn`. */
export function label(path: readonly Key[]): string {
  if (path.length === 0) return "This entry";
  let text = "";
  for (const key of path) {
    if (typeof key === "number") text += `[${key}]`;
    else if (/^\w+$/.test(key)) text += text === "" ? key : `.${key}`;
    else text += `[${short(key)}]`;
  }
  return `\`${text}\``;
}

/** A value's kind, in words. */
function kind(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  if (isObject(value)) return "an object";
  if (typeof value === "boolean") return String(value);
  if (typeof value === "number" && !Number.isFinite(value)) return "a number this large";
  return value === undefined ? "missing" : `a ${typeof value}`;
}

/** A short value itself, or its kind. */
export function shown(value: unknown): string {
  if (typeof value === "string") return short(value);
  return typeof value === "number" && Number.isFinite(value) ? String(value) : kind(value);
}

function short(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}
