import { CATALOG, type Entry, entryOf, sampleOf, type Widget } from "../catalog/index.js";
import { optionsPath } from "../catalog/params.js";
import type { ParamDefinition } from "../contract/types.js";
import { CliError, EXIT } from "../errors.js";
import { placeholders } from "../typegen/paths.js";
import { paramShapes } from "../typegen/shape.js";
import { endpointProblem, idProblem, normalEndpoint, slug, titleOf } from "./names.js";
import { kindProblem, type WidgetSpec } from "./spec.js";

export interface Defaults {
  category?: string;
  subCategory?: string;
}

/**
 * Makes whole widgets of what the user asked for: ids and names that are missing are found, defaults filled in from
 * the catalog, key by key.
 *
 * @param specs in the order in which they will stand in widgets.json
 * @throws CliError with exit code 2 when an id, an endpoint or a text cannot be taken; the message names the widget
 */
export function resolveWidgets(specs: WidgetSpec[], defaults: Defaults = {}): Widget[] {
  const ids = new Set<string>();
  const endpoints = new Set<string>();
  for (const spec of specs) {
    const { id, endpoint } = spec;
    const wrong = kindProblem(spec);
    if (wrong) throw new CliError(EXIT.usage, wrong);
    if (id !== undefined) claim(ids, id, "id", idProblem(id));
    const route = endpoint ?? id;
    if (route !== undefined) claim(endpoints, normalEndpoint(route), "endpoint", endpointProblem(route));
  }
  return specs.map((spec) => {
    const id = spec.id ?? freeId(spec, (candidate) => !ids.has(candidate) && !endpoints.has(candidate));
    ids.add(id.toLowerCase());
    if (spec.endpoint === undefined) endpoints.add(id.toLowerCase());
    const name = spec.name ?? defaultName(spec, id);
    const endpoint = spec.endpoint ?? id;
    const entry = entryOf(spec, plainEndpoint(endpoint));
    const definition = withOptionsPaths(definitionOf({ ...defaults, ...spec, name, endpoint }, entry));
    checkPlaceholders(id, definition);
    return { id, definition, variant: spec.variant, cache: spec.cache };
  });
}

/** The types that are asked with one GET, whose path may hold values of parameters. */
const WITH_PLACEHOLDERS: string[] = [
  "table",
  "chart",
  "chart-highcharts",
  "chart-vegalite",
  "metric",
  "markdown",
  "newsfeed",
  "html",
  "youtube",
];

/** An endpoint without its placeholders: what stands beside it, such as choices, has none. */
function plainEndpoint(endpoint: string): string {
  return normalEndpoint(endpoint.replace(/\{[^{}]*\}/g, ""));
}

function checkPlaceholders(id: string, definition: Widget["definition"]): void {
  const names = placeholders(definition.endpoint);
  if (names.length === 0) return;
  const params = paramShapes(definition).map(({ name }) => name);
  const unknown = names.find((name) => !params.includes(name));
  if (unknown !== undefined) {
    throw new CliError(
      EXIT.usage,
      `The endpoint of "${id}" has {${unknown}}, and there is no parameter of that name.`,
      `Its parameters are ${params.join(", ") || "none"}.`,
    );
  }
  if (!WITH_PLACEHOLDERS.includes(definition.type)) {
    throw new CliError(
      EXIT.usage,
      `The endpoint of "${id}" has a placeholder, which the type ${definition.type} cannot have.`,
    );
  }
}

/** Why a text cannot be a name, a category or the like; undefined when it can. */
export function textProblem(text: string): string | undefined {
  if (text.trim() === "") return "It is empty.";
  if (text.length > 200) return "It is longer than 200 characters.";
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are just what must not be there
  if (/[\u0000-\u001f\u007f]/.test(text)) return "It has a line break or another control character.";
  // A surrogate without its other half becomes another character.
  if (Buffer.from(text).toString() !== text) return "It is not well-formed Unicode.";
  return undefined;
}

function claim(taken: Set<string>, value: string, what: "id" | "endpoint", problem: string | undefined): void {
  if (problem) throw new CliError(EXIT.usage, problem, `Give the widget another ${what}.`);
  // Case-only differences would be one file on Windows and macOS.
  const key = value.toLowerCase();
  if (taken.has(key)) {
    throw new CliError(
      EXIT.usage,
      `Two widgets have the ${what} "${value}".`,
      `The nearest free one is "${nextFree(value, (candidate) => !taken.has(candidate.toLowerCase()))}".`,
    );
  }
  taken.add(key);
}

function freeId(spec: WidgetSpec, isFree: (id: string) => boolean): string {
  const fromName = spec.name === undefined ? "" : slug(spec.name, "_").slice(0, 56).replace(/_+$/, "");
  const usual = sampleOf(spec).id;
  const candidates =
    fromName === "" ? [usual] : [fromName, `${fromName}_widget`, `${slug(spec.type, "_")}_${fromName}`, usual];
  const base = candidates.find((id) => idProblem(id) === undefined) as string;
  return nextFree(base, isFree);
}

/** `prices`, else `prices_2`, `prices_3`, … */
function nextFree(base: string, isFree: (id: string) => boolean): string {
  let id = base;
  for (let count = 2; !isFree(id); count++) id = `${base}_${count}`;
  return id;
}

function defaultName(spec: WidgetSpec, id: string): string {
  const preset = sampleOf(spec);
  if (id === preset.id) return preset.name;
  const again = new RegExp(`^${preset.id}_(\\d+)$`).exec(id)?.[1];
  return again ? `${preset.name} ${again}` : titleOf(id);
}

function definitionOf(
  {
    id: _,
    variant: _v,
    cache: _c,
    answers = {},
    type,
    name,
    category,
    subCategory,
    endpoint,
    description,
    ...rest
  }: WidgetSpec,
  entry: Entry,
): Widget["definition"] {
  const { description: usual, ...preset } = entry;
  const definition: Widget["definition"] = {
    name: name as string,
    description: description ?? descriptionOf(name as string, rest.data?.table?.columnsDefs) ?? usual,
    ...(category === undefined ? {} : { category }),
    ...(subCategory === undefined ? {} : { subCategory }),
    type,
    endpoint: endpoint as string,
    ...preset,
    ...rest,
  };
  const questions = CATALOG[type].questions ?? [];
  return questions.reduce(
    (filled, question) => setText(filled, question.path, answers[question.name]) as Widget["definition"],
    definition,
  );
}

const MOST_NAMED = 8;

/** What the sample says is not true of other columns, and Workspace's AI reads it. */
function descriptionOf(name: string, columns: unknown): string | undefined {
  if (!Array.isArray(columns)) return undefined;
  const heads = columns.map((column) => column?.headerName).filter((head) => typeof head === "string" && head !== "");
  if (heads.length === 0) return undefined;
  return `${name}: ${heads.slice(0, MOST_NAMED).join(", ")}${heads.length > MOST_NAMED ? ", …" : "."}`;
}

/** Gives parameters that ask for their choices, and do not say where, a place to ask. */
function withOptionsPaths(definition: Widget["definition"]): Widget["definition"] {
  const filled = (param: ParamDefinition): ParamDefinition =>
    param?.type === "endpoint" && param.optionsEndpoint === undefined && param.paramName
      ? { ...param, optionsEndpoint: optionsPath(plainEndpoint(definition.endpoint), param.paramName) }
      : param;
  const { params } = definition;
  if (!Array.isArray(params)) return definition;
  return { ...definition, params: params.map((one) => (Array.isArray(one) ? one.map(filled) : filled(one))) };
}

/** A copy with a text put at a path; the same object when there is none to put. */
function setText(value: unknown, [key, ...rest]: string[], text: string | undefined): unknown {
  if (text === undefined) return value;
  if (key === undefined) return text;
  if (Array.isArray(value)) return value.map((item, at) => (String(at) === key ? setText(item, rest, text) : item));
  const object = (value ?? {}) as Record<string, unknown>;
  return { ...object, [key]: setText(object[key], rest, text) };
}
