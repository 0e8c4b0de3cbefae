import * as z from "zod/mini";
import { EDITOR_LANGUAGES, FORM_INPUT_TYPES, FORM_METHODS, PARAM_TYPES } from "./constants.js";
import { anyObject, flag, flagOrNull, number, numberOrNull, text, textOrNull, texts } from "./fields.js";
import { isObject, type Key, type Problem, problem, run } from "./problems.js";

const scalar = z.union([z.string(), z.number(), z.boolean()], { error: "must be a string, a number, true or false" });

/** What every parameter and every form input has (contract §4.1). Only `value` and an option's `value` may be null. */
const fields = {
  paramName: z.string().check(z.minLength(1)),
  label: text,
  description: z.optional(z.unknown()),
  placeholder: text,
  value: z.optional(z.unknown()),
  show: flag,
  hidden: flag,
  options: z.optional(z.array(z.object({ label: z.string(), value: z.nullish(scalar) }))),
  multiSelect: flag,
  multiple: flag,
  style: z.optional(z.object({ popupWidth: z.optional(z.number().check(z.gte(100), z.lte(1000))) })),
  roles: texts,
  row: number,
  query: text,
};

/** One entry of a form's `inputParams` (contract §4.1 and §4.7). */
export const formInputSchema = z.object({ ...fields, type: z.optional(z.enum(FORM_INPUT_TYPES)) });

/** A parameter after `normalise`, by its type (contract §4.1). */
const paramByType = z.discriminatedUnion("type", [
  z.object({
    ...fields,
    type: z.literal("text"),
    value: textOrNull,
    language: z.nullish(z.enum(EDITOR_LANGUAGES)),
  }),
  z.object({
    ...fields,
    type: z.literal("tabs"),
    value: textOrNull,
    options: z.optional(z.array(z.object({ label: z.string(), value: textOrNull }))),
  }),
  z.object({ ...fields, type: z.literal("ticker"), value: textOrNull }),
  z.object({ ...fields, type: z.literal("date"), value: textOrNull }),
  z.object({ ...fields, type: z.literal("button"), value: z.nullish(scalar) }),
  z.object({ ...fields, type: z.literal("number"), value: numberOrNull }),
  z.object({ ...fields, type: z.literal("boolean"), value: flagOrNull }),
  z.object({
    ...fields,
    type: z.literal("endpoint"),
    optionsEndpoint: text,
    optionsParams: anyObject,
    groupById: text,
  }),
  z.object({
    ...fields,
    type: z.literal("form"),
    paramName: text,
    endpoint: text,
    method: z.optional(z.enum(FORM_METHODS)),
    inputParams: z.optional(z.array(formInputSchema)),
  }),
]);

/** One parameter, after `normalise` (contract §4.1). */
export const paramSchema = paramByType.check(
  z.refine((param) => param.multiple !== true || param.type === "text", {
    path: ["multiple"],
    error: "is allowed on text parameters only",
  }),
);

/** A parameter as written, and where: `["params", 0]`, or `["params", 0, 1]` within a row. */
export interface PlacedParam {
  where: Key[];
  raw: unknown;
  /** `nested` parameters are normalised twice by the client, which forgives a little more. */
  nested: boolean;
}

/**
 * The parameters of a widget in the client's order: rows are flattened by one level (contract §4.3). Anything but a
 * list counts as no parameters.
 */
export function placedParams(params: unknown): PlacedParam[] {
  if (!Array.isArray(params)) return [];
  return params.flatMap((item: unknown, index) => {
    if (!Array.isArray(item)) return [{ where: ["params", index], raw: item, nested: false }];
    // The client normalises a row as a whole or not at all.
    const nested = item.every(isNamed);
    return item.map((raw: unknown, inner) => ({ where: ["params", index, inner], raw, nested }));
  });
}

/** Whether the client takes `item` for a parameter at all: only then are defaults filled in. */
export function isNamed(item: unknown): item is Record<string, unknown> {
  return (
    typeof item === "object" &&
    item !== null &&
    (Reflect.get(item, "type") === "form" || !!Reflect.get(item, "paramName"))
  );
}

/**
 * A parameter with the client's coercions (contract §4.1 and §4.2): the missing type is filled in, a falsy value
 * becomes null, text values are stringified, numbers in quotes are read. Throws where the client does.
 */
export function normalise({ raw, nested }: PlacedParam): unknown {
  if (!isNamed(raw)) return raw;
  const type = effectiveType(raw);
  let options = raw.options ?? [];
  if (raw.type === "boolean" && !(options as { length?: unknown }).length) options = [];
  return {
    ...raw,
    type,
    options,
    // A name of the wrong kind is rejected as the name alone.
    label: raw.label ?? (typeof raw.paramName === "string" ? raw.paramName : undefined),
    show: typeof raw.show === "boolean" ? raw.show : true,
    // A value under a missing type is stringified in rows only: the client gets there in its second pass.
    value: coerce(raw.value, nested ? type : raw.type),
    // In a row, the client overwrites `row`.
    ...(nested ? { row: 0 } : {}),
  };
}

/** The type a parameter gets: its own, or `date` when called "date", or `text`. */
export function effectiveType(param: Record<string, unknown>): unknown {
  if (param.type !== undefined && param.type !== null) return param.type;
  // The client looks the name up in a plain object, so a parameter called "constructor" gets a function for a type.
  const name = param.paramName;
  if (typeof name === "string" && name in Object.prototype) return undefined;
  return name === "date" ? "date" : "text";
}

function coerce(value: unknown, type: unknown): unknown {
  if (!value) return null;
  if (type === "text") return (value as { toString(): string }).toString();
  if (type === "number" && typeof value === "string") {
    const number = Number.parseFloat(value);
    return Number.isNaN(number) ? value : number;
  }
  return value;
}

/** Everything that makes the client reject the backend because of this widget's parameters (contract §4.1, §13). */
export function paramProblems(params: unknown, widgetType: unknown): Problem[] {
  const found: Problem[] = [];
  const selectors: PlacedParam[] = [];
  let mayFit = false;
  for (const placed of placedParams(params)) {
    const { where, raw } = placed;
    for (const one of checkParam(placed)) found.push(one);
    // What is rejected as it is may be meant for the selector.
    if (!isNamed(raw) || (raw.roles !== undefined && !isTexts(raw.roles))) mayFit = true;
    if (!isNamed(raw) || !Array.isArray(raw.roles) || !raw.roles.includes("fileSelector")) continue;
    selectors.push(placed);
    mayFit ||= raw.type === "endpoint" || !isParamType(effectiveType(raw));
    if (selectors.length === 2) {
      found.push(problem([...where, "roles"], "names a second fileSelector: a widget may have one"));
    }
  }
  if (widgetType === "multi_file_viewer" && !mayFit) found.push(noSelector(selectors[0]));
  return found;
}

const isTexts = (value: unknown): boolean => Array.isArray(value) && value.every((one) => typeof one === "string");
const isParamType = (type: unknown): boolean => (PARAM_TYPES as readonly unknown[]).includes(type);

/** What a multi_file_viewer lacks that has no selector, or one of another type. */
function noSelector(other: PlacedParam | undefined): Problem {
  if (!other) return problem(["params"], 'needs a parameter of type endpoint with `"roles": ["fileSelector"]`');
  const why = "needs to be endpoint, because the parameter is the fileSelector of a multi_file_viewer";
  return { ...problem([...other.where, "type"], why), hint: 'Write `"type": "endpoint"`, with an `optionsEndpoint`.' };
}

const RESERVED = "is needed, because the parameter's name is one that JavaScript uses itself";

function checkParam(placed: PlacedParam): Problem[] {
  const { where, raw } = placed;
  if (isObject(raw) && !isNamed(raw)) return run(z.object({ paramName: fields.paramName }), raw, where);
  if (isNamed(raw) && effectiveType(raw) === undefined) return [problem([...where, "type"], RESERVED)];
  try {
    return [...run(paramSchema, normalise(placed), where), ...formInputProblems(raw, where)];
  } catch {
    return [noText(where)];
  }
}

function noText(where: readonly Key[]): Problem {
  return { ...problem([...where, "value"], "cannot be turned into text"), hint: "Write a text." };
}

/** The client fills in a form's inputs after it has checked them, which fails for two odd kinds of input. */
function formInputProblems(form: unknown, where: readonly Key[]): Problem[] {
  if (!isNamed(form) || form.type !== "form" || !Array.isArray(form.inputParams)) return [];
  return form.inputParams.flatMap((input: unknown, index) => {
    if (!isNamed(input)) return [];
    const at = [...where, "inputParams", index];
    if (effectiveType(input) === undefined) return [problem([...at, "type"], RESERVED)];
    try {
      coerce(input.value, input.type);
      return [];
    } catch {
      return [noText(at)];
    }
  });
}
