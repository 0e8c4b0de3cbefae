/** Names of widgets, parameters and groups that differ in case, hyphens or underscores from the only one meant. */
import { pointer } from "../explain.js";
import { placedParams } from "../params.js";
import { isObject } from "../problems.js";
import type { Backend, Fix } from "../rules/rule.js";
import { move, write } from "./make.js";
import { has, own, type Place, valueAt } from "./place.js";
import { sameName } from "./words.js";

/** A text that is to be one of these names. */
function meant(place: Place, names: readonly string[]): Fix[] {
  const name = typeof place.value === "string" ? sameName(place.value, [...new Set(names)]) : undefined;
  return name === undefined ? [] : [write(place, name)];
}

/** An id of a widget that widgets.json has otherwise: on a layout, or in a group. */
export function widgetId(place: Place, { widgets }: Backend): Fix[] {
  const name = isObject(widgets) && typeof place.value === "string" && sameName(place.value, Object.keys(widgets));
  return name ? [write(place, name)] : [];
}

/** `<backend>-<id>`: how Workspace exports a widget whose id is one of its own too (contract section 7). */
export function exportedId(place: Place, { widgets }: Backend): Fix[] {
  const parts = String(place.value).split("-");
  const ids = parts.map((_, index) => parts.slice(index + 1).join("-")).filter((id) => id !== "" && has(widgets, id));
  return ids.length === 1 && typeof place.value === "string" ? [write(place, ids[0])] : [];
}

/** The agent that an app selects, by its id or name. */
export function agentName(place: Place, { agents }: Backend): Fix[] {
  const all = Object.entries(Object(agents)).flatMap(([key, agent]) => [
    Array.isArray(agents) ? own(agent, "id") : key,
    own(agent, "name"),
  ]);
  return meant(
    place,
    all.filter((one) => typeof one === "string"),
  );
}

/** Widgets that a prompt mentions: `@[id:prices]`. */
export function mentions(place: Place, { widgets }: Backend): Fix[] {
  const { value } = place;
  if (typeof value !== "string" || !isObject(widgets)) return [];
  const ids = Object.keys(widgets);
  const text = value.replace(/@\[id:([^\]]*)\]/g, (whole, id: string) => {
    const right = ids.includes(id) ? undefined : sameName(id, ids);
    return right === undefined ? whole : `@[id:${right}]`;
  });
  return text === value ? [] : [write(place, text)];
}

/** The id of a widget that a group lists, and that stands on the app as another. */
export function placedId(place: Place): Fix[] {
  return meant(
    place,
    itemsOf(place).flatMap(({ i }) => (typeof i === "string" ? [i] : [])),
  );
}

/** The name of a group on a layout item. */
export function groupName(place: Place): Fix[] {
  return meant(
    place,
    groupsOf(place).flatMap(({ name }) => (typeof name === "string" ? [name] : [])),
  );
}

/** A parameter in the `state` of a layout item: a key of `params`, or an entry of `paramOrder`. */
export function stateParam(place: Place, backend: Backend): Fix[] {
  const { keys, key, holder } = place;
  const item = valueAt(place.root, keys.slice(0, keys.lastIndexOf("state")));
  const names = paramNames(own(backend.widgets, String(own(item, "i"))));
  if (Array.isArray(holder)) return meant(place, names);
  const name = sameName(key, names);
  return name === undefined || has(holder, name) ? [] : [move(place, keys, [...keys.slice(0, -1), name])];
}

/** A group of another type than the parameter that its widgets share (contract section 7). */
export function groupType(place: Place, { widgets }: Backend): Fix[] {
  const { key, holder } = place;
  const [name, paramName] = [own(holder, "name"), own(holder, "paramName")];
  if (key !== "type" || typeof name !== "string" || typeof paramName !== "string") return [];
  const listed = own(holder, "widgetIds");
  const kinds = itemsOf(place).flatMap((item) => {
    const names = own(item, "groups") ?? (includes(listed, item.i) ? [name] : []);
    const params = includes(names, name) ? paramsOf(own(widgets, String(item.i))) : [];
    return params.flatMap((param) => (param.paramName === paramName ? [LINKS[String(param.type)] ?? "param"] : []));
  });
  const [first] = kinds;
  return first === undefined || kinds.some((kind) => kind !== first) ? [] : [write(place, first)];
}

/** How parameters of these types are linked; all others are as "param". */
const LINKS: Readonly<Record<string, string>> = { endpoint: "endpointParam", ticker: "ticker" };

/** `{name}` in an endpoint, and "$name" in `optionsParams`. */
export function paramInText(place: Place): Fix[] {
  const { value, keys, root } = place;
  if (typeof value !== "string") return [];
  const all = [...new Set(paramNames(valueAt(root, keys.slice(0, 1))))];
  const right = (name: string) => (all.includes(name) ? name : sameName(name, all));
  if (value.startsWith("$")) {
    const name = right(value.slice(1));
    return name === undefined ? [] : [write(place, `$${name}`)];
  }
  // As routes, templates and documents say it, or as Workspace does.
  const names = /(?<=\/|^):(\w+)|\$\{\s*(\w+)\s*\}|\{\{\s*(\w+)\s*\}\}|\{\s*(\w+)\s*\}|<(\w+)>/g;
  const nameOf = (groups: (string | undefined)[]) => right(groups.find((one) => one !== undefined) ?? "");
  const wanted = [...value.matchAll(names)].map(([, ...groups]) => nameOf(groups));
  if (wanted.length === 0 || wanted.includes(undefined)) return [];
  return [
    write(
      place,
      value.replace(names, (_, ...groups) => `{${nameOf(groups.slice(0, 5))}}`),
    ),
  ];
}

/** A default that differs from an option, or from all of them, in the way it is written. */
export function defaultOption(place: Place): Fix[] {
  const { value, holder, keys } = place;
  const options = own(holder, "options");
  if (!Array.isArray(options) || !options.every(isObject)) return [];
  const values = options.map((option) => option.value ?? option.label);
  if (typeof value === "string" && values.every((one) => typeof one === "string")) {
    const close = values.filter((one) => one.toLowerCase() === value.toLowerCase());
    return new Set(close).size === 1 ? [write(place, close[0])] : [];
  }
  // Texts and numbers are never the same to Workspace: the options follow the parameter's type (contract 4.2).
  const isNumber = own(holder, "type") === "number";
  const operations = options.flatMap((option, index) => {
    const written = isNumber ? numberOf(option.value) : textOf(option.value);
    if (written === undefined || written === option.value) return [];
    return [
      { op: "replace" as const, path: pointer([...keys.slice(0, -1), "options", index, "value"]), value: written },
    ];
  });
  const after = new Set(options.map(({ value: one }) => String(one)));
  if (operations.length === 0 || !after.has(String(value))) return [];
  return [{ title: `Write the options' values ${isNumber ? "without" : "in"} quotes.`, operations }];
}

function numberOf(value: unknown): unknown {
  return typeof value === "string" && /^-?\d{1,15}(\.\d{1,15})?$/.test(value) ? Number(value) : undefined;
}

function textOf(value: unknown): unknown {
  return typeof value === "number" ? String(value) : undefined;
}

function appOf({ root, keys }: Place): unknown {
  return Array.isArray(root) ? own(root, keys[0] ?? "") : root;
}

function itemsOf(place: Place): Record<string, unknown>[] {
  return Object.values(Object(own(appOf(place), "tabs")))
    .flatMap((tab) => own(tab, "layout"))
    .filter(isObject);
}

function groupsOf(place: Place): Record<string, unknown>[] {
  const groups = own(appOf(place), "groups");
  return Array.isArray(groups) ? groups.filter(isObject) : [];
}

function paramsOf(widget: unknown): Record<string, unknown>[] {
  return placedParams(own(widget, "params")).flatMap(({ raw }) => (isObject(raw) ? [raw] : []));
}

function paramNames(widget: unknown): string[] {
  return paramsOf(widget).flatMap(({ paramName }) => (typeof paramName === "string" ? [paramName] : []));
}

function includes(list: unknown, value: unknown): boolean {
  return Array.isArray(list) && list.includes(value);
}
