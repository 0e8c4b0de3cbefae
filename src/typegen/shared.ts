/**
 * Widgets that one handler answers for: a request says nothing of the widget that it is for, so those of one type at
 * one endpoint get the same answers.
 */
import { endpointQuery, isElsewhere, routePath } from "./paths.js";
import { asRecord, paramShapes, widgetType } from "./shape.js";

/**
 * Which widgets are answered for together.
 *
 * @param widgets definitions by id; what is none stands alone
 * @returns for each id all ids of its company, itself among them, in the order of the file
 */
export function companies(widgets: [string, unknown][]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const [id, definition] of widgets) {
    const key = companyKey(definition) ?? `\0${id}`;
    found.set(key, [...(found.get(key) ?? []), id]);
  }
  return new Map([...found.values()].flatMap((ids) => ids.map((id): [string, string[]] => [id, ids])));
}

function companyKey(definition: unknown): string | undefined {
  const { endpoint } = asRecord(definition);
  if (typeof endpoint !== "string" || isElsewhere(endpoint)) return undefined;
  const { dataKey } = asRecord(asRecord(definition).data);
  return JSON.stringify([widgetType(definition), placeOf(definition), endpointQuery(endpoint), dataKey ?? ""]);
}

/** The path of a widget's endpoint, whatever the names of its placeholders. */
export function placeOf(definition: unknown): string {
  const { endpoint } = asRecord(definition);
  const names = paramShapes(definition).map(({ name }) => name);
  return routePath(String(endpoint), names).replace(/\{[^{}/]+\}/g, "{}");
}

/**
 * The definition of a widget with the parameters of those that its handler answers for as well. One that several have
 * allows what any of them allows; its default is that of the first.
 */
export function together(definition: unknown, others: unknown[]): Record<string, unknown> {
  const first = asRecord(definition);
  if (others.length === 0) return first;
  const params = new Map<string, Record<string, unknown>>();
  for (const param of [first, ...others.map(asRecord)].flatMap(flatParams)) {
    // Choices from several places must all be answered for.
    const key = JSON.stringify([param.type === "form" ? "form" : param.paramName, param.optionsEndpoint]);
    const known = params.get(key);
    params.set(key, known ? merged(known, param) : param);
  }
  return { ...first, params: [...params.values()] };
}

function flatParams({ params }: Record<string, unknown>): Record<string, unknown>[] {
  return (Array.isArray(params) ? params.flat() : []).map(asRecord);
}

function merged(one: Record<string, unknown>, other: Record<string, unknown>): Record<string, unknown> {
  if (one.type === "form") return one;
  const { options: mine, ...rest } = one;
  const { options: theirs } = other;
  const many = rest.multiSelect === true || other.multiSelect === true ? { multiSelect: true } : {};
  // A value of any kind can be read as a text.
  const kind = (rest.type ?? "text") === (other.type ?? "text") ? {} : { type: "text" };
  const value = rest.value === undefined || rest.value === null ? { value: other.value } : {};
  const all = { ...rest, ...many, ...kind, ...value };
  return isList(mine) && isList(theirs) ? { ...all, options: [...mine, ...theirs] } : all;
}

function isList(options: unknown): options is unknown[] {
  return Array.isArray(options) && options.length > 0;
}
