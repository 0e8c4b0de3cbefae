import { PARAM_TYPES } from "../../constants.js";
import { label, shown } from "../../explain.js";
import { isObject, type Key } from "../../problems.js";
import { guessName, type Subject, type SubjectParam } from "./subject.js";

/** What a parameter says and Workspace does not do (contract 4). */
export function paramRules(subject: Subject): void {
  const segments = new Map<string, string>();
  for (const one of subject.params) {
    if (one.type !== "form") ignoredKeys(subject, one);
    misreadDefault(subject, one);
    if (one.type === "date") unreadableDate(subject, one);
    if (one.type === "endpoint") {
      references(subject, one);
      sameSegment(subject, one, segments);
    }
  }
}

const RANGE_KEYS = ["min", "max", "step"];

function ignoredKeys({ warn, info }: Subject, { param, type, where }: SubjectParam): void {
  const ignored = (key: string, why: string, hint: string, say = warn) =>
    say("ignored-key", [...where, key], `${label([...where, key])} is ignored: ${why}.`, hint);
  if (param.show !== undefined && param.show !== null && typeof param.show !== "boolean") {
    ignored("show", "only true and false count, so the parameter is shown", "Write true or false, without quotes.");
  }
  const isOther = type !== "endpoint" && (PARAM_TYPES as readonly unknown[]).includes(type);
  if (isOther && typeof param.optionsEndpoint === "string" && param.optionsEndpoint !== "") {
    ignored("optionsEndpoint", `a ${String(type)} parameter does not ask for options`, 'Write `"type": "endpoint"`.');
  }
  const hasNone = (param.options ?? undefined) === undefined || (Array.isArray(param.options) && !hasOptions(param));
  if (param.multiSelect === true && (type === "text" || type === "number") && hasNone) {
    const known = typeof param.optionsEndpoint === "string";
    if (!known) ignored("multiSelect", "there is no option to choose", multiSelectHint(type));
  }
  for (const key of RANGE_KEYS) {
    if (type === "number" && typeof param[key] === "number") {
      ignored(key, "Workspace lets people type any number", "Check the value in your backend.", info);
    }
  }
}

/** Contract 4.1: what becomes of a default that is of another kind than its parameter. */
function misreadDefault({ warn }: Subject, { param, type, where }: SubjectParam): void {
  const at = [...where, "value"];
  const { value } = param;
  if (type === "text" && isObject(value)) {
    const message = `${label(at)} is an object, which a text parameter turns into "[object Object]".`;
    warn("bad-default", at, message, "Write a text.");
  }
  if (type !== "number" || typeof value !== "string" || value.trim() === "") return;
  const read = Number.parseFloat(value);
  if (Number.isNaN(read) || read === 0 || read === Number(value)) return;
  warn("bad-default", at, `${label(at)} is ${shown(value)}, which Workspace reads as ${read}.`, `Write ${read}.`);
}

function multiSelectHint(type: unknown): string {
  return type === "text" ? "Write `multiple` to let people type several texts, or add `options`." : "Add `options`.";
}

export function hasOptions(param: Record<string, unknown>): boolean {
  return Array.isArray(param.options) && param.options.length > 0;
}

/** Contract 4.4: whatever is not understood means today. Dates that start with "$currentDate" are traps.ts's. */
function unreadableDate({ warn }: Subject, { param, where }: SubjectParam): void {
  const { value } = param;
  if (typeof value !== "string" || value.trim() === "" || value.startsWith("$currentDate")) return;
  if (/^\$?(today|now)$/i.test(value.trim()) || !Number.isNaN(Date.parse(value))) return;
  const at = [...where, "value"];
  warn(
    "bad-date",
    at,
    `${label(at)} means today in Workspace: ${shown(value)} is not understood.`,
    'Write a date such as "2024-12-31", or one such as "$currentDate-1M".',
  );
}

/** Contract 4.5: "$name" stands for the value of another parameter, any other value for itself. */
function references({ names, lacks, warn }: Subject, { param, where }: SubjectParam): void {
  if (!isObject(param.optionsParams)) return;
  let found = 0;
  for (const [key, value] of Object.entries(param.optionsParams)) {
    if (typeof value !== "string" || !/^\$\w/.test(value) || !lacks(value.slice(1))) continue;
    found += 1;
    const guess = guessName(value.slice(1), names, found);
    warn(
      "unknown-reference",
      [...where, "optionsParams", key],
      `${shown(value)} stands for a parameter, and the widget has none of that name.`,
      guess === undefined ? "Name a parameter of this widget." : `Did you mean ${shown(`$${guess}`)}?`,
    );
  }
}

/** Contract 4.6: where two share it, the parameter's name becomes part of what links it with other widgets. */
function sameSegment({ info }: Subject, { param, where }: SubjectParam, segments: Map<string, string>): void {
  const { optionsEndpoint } = param;
  if (typeof optionsEndpoint !== "string") return;
  const segment = lastSegment(optionsEndpoint);
  if (segment === "") return;
  const other = segments.get(segment);
  const at: Key[] = [...where, "optionsEndpoint"];
  if (other === undefined) segments.set(segment, label(at));
  else {
    info(
      "same-options-path",
      at,
      `${label(at)} ends in ${shown(segment)} like ${other}, so it links with widgets that have both of these parameters, and with no others.`,
      "To link it with other widgets as well, give each path an end of its own.",
    );
  }
}

function lastSegment(endpoint: string): string {
  return (endpoint.split(/[?#]/)[0] ?? "").split("/").findLast((part) => part !== "") ?? "";
}
