/** What Workspace makes of the parameters of a widget when it is placed, and how it sends them (contract 3.0 and 4). */
import { textOf } from "../../contract/answers/reply.js";
import { effectiveType, isNamed, normalise, placedParams } from "../../contract/params.js";
import { isObject, type Key } from "../../contract/problems.js";
import { sentDate } from "./dates.js";

/** Current values by name; what is not sent is not in it. */
export type Values = Map<string, unknown>;

/** A parameter, and where it stands in the widget. */
export interface Param {
  name: string;
  type: unknown;
  raw: Record<string, unknown>;
  path: Key[];
}

/** One more call: one parameter with another of its options. */
export interface Trial {
  values: Values;
  path: Key[];
  /** "`range` = "1Y"". */
  what: string;
}

/** The parameters of a definition, which may be anything. */
export function paramsOf(definition: Record<string, unknown>): Param[] {
  return placedParams(definition.params).flatMap(({ where, raw }) =>
    isNamed(raw) ? [{ name: textOf(raw.paramName ?? ""), type: effectiveType(raw), raw, path: where }] : [],
  );
}

/** The current values right after placing: falsy defaults are gone, a ticker is the dashboard's (contract 4.2). */
export function initialValues(definition: Record<string, unknown>, now = new Date()): Values {
  const values: Values = new Map();
  const storage = isObject(definition.storage) && isObject(definition.storage.params) ? definition.storage.params : {};
  for (const placed of placedParams(definition.params)) {
    if (!isNamed(placed.raw)) continue;
    const { paramName } = placed.raw;
    const type = effectiveType(placed.raw);
    if (type === "form" || typeof paramName !== "string" || paramName === "") continue;
    const value = Object.hasOwn(storage, paramName) ? storage[paramName] : defaultOf(placed);
    if (type === "ticker") values.set(paramName, ticker(definition));
    else if (value === undefined || value === null || value === "") continue;
    else values.set(paramName, type === "date" && typeof value === "string" ? sentDate(value, now) : value);
  }
  return values;
}

function defaultOf(placed: Parameters<typeof normalise>[0]): unknown {
  try {
    return (normalise(placed) as { value?: unknown }).value;
  } catch {
    // Workspace rejects such a parameter, and the other rules have said so.
    return undefined;
  }
}

/** The dashboard's ticker, unless the widget has one of its own kind (contract 4.2). */
function ticker({ data, category }: Record<string, unknown>): string {
  const main = isObject(data) && isObject(data.mainTicker) ? data.mainTicker : {};
  const fits = main.category === "equity" || (typeof category === "string" && main.category === category.toLowerCase());
  return fits && typeof main.symbol === "string" ? main.symbol : "AAPL";
}

/** Not filled in, or well without: a boolean is false then. */
const KNOWN_WITHOUT = new Set<unknown>(["form", "button", "boolean"]);

/** Parameters that the user may fill in, and that are not sent at first. */
export function unsentOf(definition: Record<string, unknown>, values: Values): string[] {
  return paramsOf(definition)
    .filter(({ type, name, raw }) => !KNOWN_WITHOUT.has(type) && raw.show !== false && !values.has(name))
    .map(({ name }) => name);
}

/** A value as it stands in a URL: lists are joined by commas. */
function inUrl(value: unknown): string {
  return Array.isArray(value) ? value.map(textOf).join(",") : textOf(value);
}

/**
 * An endpoint as it is called: `{name}` becomes that parameter's value, just as it is, and the others are the query, save
 * where the endpoint has one already (contract 2).
 */
export function withValues(endpoint: string, values: Values): string {
  const left = new Map(values);
  const path = endpoint.replace(/\{([^{}/]+)\}/g, (placeholder, name: string) => {
    if (!values.has(name)) return placeholder;
    left.delete(name);
    return inUrl(values.get(name));
  });
  if (endpoint.includes("?")) return path;
  const query = new URLSearchParams();
  for (const [name, value] of left) {
    if (value !== undefined && value !== null && value !== "") query.append(name, inUrl(value));
  }
  const text = String(query);
  return text === "" ? path : `${path}?${text}`;
}

/** The names in an endpoint's `{}` that have no value yet, though there is such a parameter. */
export function emptyPlaceholders(endpoint: string, definition: Record<string, unknown>, values: Values): string[] {
  const names = new Set(paramsOf(definition).map(({ name }) => name));
  return [...endpoint.matchAll(/\{([^{}/]+)\}/g)]
    .map((match) => match[1] as string)
    .filter((name) => names.has(name) && !values.has(name));
}

/** Of a list that an endpoint gives, all are of one making: some of them say enough. The README says so. */
const MOST_OFFERED = 5;

/**
 * Every other option of the parameters that have any, one at a time (contract 4.1, 4.2 and 4.5).
 *
 * @param offered what options endpoints gave, by the names of the parameters
 */
export function trialsOf(
  definition: Record<string, unknown>,
  values: Values,
  offered: ReadonlyMap<string, readonly unknown[]>,
  most: number,
): Trial[] {
  const lists = paramsOf(definition).map((param) => trialsOfParam(param, values, offered.get(param.name) ?? []));
  const longest = Math.min(most, Math.max(0, ...lists.map((list) => list.length)));
  const trials: Trial[] = [];
  // In turns, so that a long list does not take the calls of all others.
  for (let turn = 0; turn < longest; turn++) {
    for (const list of lists) {
      const trial = list[turn];
      if (trial && trials.length < most) trials.push(trial);
    }
  }
  return trials;
}

function trialsOfParam({ name, type, raw, path }: Param, values: Values, offered: readonly unknown[]): Trial[] {
  if (name === "" || type === "form" || type === "button") return [];
  if (type === "endpoint") {
    const others = offered.filter((value) => value !== "" && textOf(value) !== textOf(values.get(name)));
    return others.slice(0, MOST_OFFERED).map((value) => trialOf(name, value, values, [...path, "optionsEndpoint"]));
  }
  const listed: unknown[] = Array.isArray(raw.options) ? raw.options : [];
  // The toggle of a boolean sends these (contract 4.2).
  const usual = type === "boolean" && listed.length === 0;
  const options: unknown[] = usual ? ["true", "false"] : listed.map((one) => (isObject(one) ? one.value : undefined));
  return options.flatMap((value, index) => {
    if (value === undefined || value === null || value === "") return [];
    if (textOf(value) === textOf(values.get(name))) return [];
    return [trialOf(name, value, values, usual ? path : [...path, "options", index])];
  });
}

function trialOf(name: string, value: unknown, values: Values, path: Key[]): Trial {
  return { values: new Map(values).set(name, value), path, what: `\`${name}\` = ${textOf(value).slice(0, 60)}` };
}

/** What is sent to an options endpoint: constants, and the current values of the parameters named "$…" (contract 4.5). */
export function optionsQuery(optionsParams: unknown, values: Values): Values {
  const sent: Values = new Map();
  if (!isObject(optionsParams)) return sent;
  for (const [name, value] of Object.entries(optionsParams)) {
    const current = typeof value === "string" && value.startsWith("$") ? values.get(value.slice(1)) : value;
    if (current !== undefined && current !== null && current !== "") sent.set(name, current);
  }
  return sent;
}

/** What a form sends when its first button is pressed and nothing was changed (contract 4.7). */
export function formValues(inputParams: unknown): Record<string, unknown> {
  const inputs = Array.isArray(inputParams) ? inputParams.filter(isObject) : [];
  let pressed = false;
  const entries = inputs.flatMap(({ paramName, type, value, multiSelect }): [string, unknown][] => {
    if (typeof paramName !== "string" || type === "endpoint") return [];
    if (type === "button") {
      if (pressed) return [];
      pressed = true;
      return [[paramName, value ?? true]];
    }
    if (type === "boolean") return [[paramName, false]];
    if (multiSelect === true) return [[paramName, Array.isArray(value) ? value : []]];
    return [[paramName, type === "number" && typeof value === "number" ? String(value) : (value ?? "")]];
  });
  return Object.fromEntries(entries);
}
