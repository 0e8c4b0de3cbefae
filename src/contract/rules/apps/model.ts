import { pointer, shown } from "../../explain.js";
import type { Finding } from "../../findings.js";
import { isObject, type Key } from "../../problems.js";

/** A parsed apps.json as the rules look at it: only what has the right kind. Where it has not, the gate says so. */
export interface App {
  where: Key[];
  value: Record<string, unknown>;
  /** ` in "Desk"`: how a sentence goes on. */
  inIt: string;
  tabs: Tab[];
  /** The widgets of all tabs. */
  items: Item[];
  /** Whether some places cannot be read, so that there may be more widgets. */
  isPartial: boolean;
  groups: Group[];
}

export interface Tab {
  where: Key[];
  key: string;
  value: Record<string, unknown>;
  items: Item[];
}

/** A widget's place on a tab; `navigation_bar` items, which Workspace ignores, are none (contract §7). */
export interface Item {
  where: Key[];
  /** The widget's id. */
  id: string;
  value: Record<string, unknown>;
  /** The groups that it names itself; undefined where the groups name their widgets. */
  groups: string[] | undefined;
  /** ` on the tab "Overview" of "Desk"`, or ` in "Desk"`: how a sentence goes on. */
  onIt: string;
}

export interface Group {
  where: Key[];
  value: Record<string, unknown>;
  name: string;
  type: unknown;
  /** Undefined where there is none, or an empty one. */
  paramName: string | undefined;
  widgetIds: string[] | undefined;
  defaultValue: unknown;
  members: Member[];
}

/** A widget's place that belongs to a group, and where the file says so. */
export interface Member {
  item: Item;
  said: Key[];
}

export const NAVIGATION_BAR = "navigation_bar";

/** No real app has groups of so many places, each counted in each of its groups: what is beyond is not looked at. */
const MOST_MEMBERS = 20_000;

/** The apps of a parsed apps.json: of a list, or a single one (contract §7). Never throws. */
export function readApps(json: unknown): App[] {
  if (Array.isArray(json)) {
    return json.flatMap((app: unknown, index) => (isObject(app) ? [readApp(app, [index], `app ${index + 1}`)] : []));
  }
  return isObject(json) ? [readApp(json, [], "the app")] : [];
}

function readApp(value: Record<string, unknown>, where: Key[], place: string): App {
  const name = typeof value.name === "string" && value.name !== "" ? shown(value.name) : place;
  const entries = isObject(value.tabs) ? Object.entries(value.tabs) : [];
  const tabs = entries.flatMap(([key, tab]) =>
    isObject(tab) ? [readTab(tab, key, [...where, "tabs", key], name, entries.length > 1)] : [],
  );
  const items = tabs.flatMap((tab) => tab.items);
  const isPartial = !isObject(value.tabs) || entries.some(([, tab]) => !isObject(tab) || !isLayout(tab.layout));
  return { where, value, inIt: ` in ${name}`, tabs, items, isPartial, groups: readGroups(value.groups, where, items) };
}

function isLayout(layout: unknown): boolean {
  return Array.isArray(layout) && layout.every((item) => isObject(item) && typeof item.i === "string");
}

function readTab(value: Record<string, unknown>, key: string, where: Key[], app: string, several: boolean): Tab {
  const tab = typeof value.name === "string" && value.name !== "" ? value.name : key;
  const onIt = several ? ` on the tab ${shown(tab)} of ${app}` : ` in ${app}`;
  const layout: unknown[] = Array.isArray(value.layout) ? value.layout : [];
  const items = layout.flatMap((item, index): Item[] => {
    if (!isObject(item) || typeof item.i !== "string" || item.i === NAVIGATION_BAR) return [];
    const groups = texts(item.groups);
    return [{ where: [...where, "layout", index], id: item.i, value: item, groups, onIt }];
  });
  return { where, key, value, items };
}

function readGroups(groups: unknown, where: Key[], items: readonly Item[]): Group[] {
  if (!Array.isArray(groups)) return [];
  const byName = new Map<string, Member[]>();
  const byId = itemsById(items.filter((item) => item.groups === undefined));
  for (const item of items) {
    // From the end, so that of a name that stands there twice the first one counts.
    const named = new Map(item.groups?.map((name, index): [string, number] => [name, index]).reverse());
    for (const [name, index] of named) push(byName, name, { item, said: [...item.where, "groups", index] });
  }
  let counted = 0;
  return groups.flatMap((group: unknown, index): Group[] => {
    if (!isObject(group) || typeof group.name !== "string" || counted > MOST_MEMBERS) return [];
    const { name, type, paramName, defaultValue } = group;
    const at = [...where, "groups", index];
    const widgetIds = texts(group.widgetIds);
    const places = new Map(widgetIds?.map((id, place): [string, number] => [id, place]).reverse());
    const derived = [...places].flatMap(([id, place]) =>
      (byId.get(id) ?? []).map((item): Member => ({ item, said: [...at, "widgetIds", place] })),
    );
    const members = [...(byName.get(name) ?? []), ...derived];
    counted += members.length;
    const param = typeof paramName === "string" && paramName !== "" ? paramName : undefined;
    return [{ where: at, value: group, name, type, paramName: param, widgetIds, defaultValue, members }];
  });
}

/** Where each widget stands. */
export function itemsById(items: readonly Item[]): Map<string, Item[]> {
  const found = new Map<string, Item[]>();
  for (const item of items) push(found, item.id, item);
  return found;
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

/** A list of texts; of any other list the gate says what is wrong. */
function texts(value: unknown): string[] | undefined {
  return Array.isArray(value) && value.every((one) => typeof one === "string") ? value : undefined;
}

/** A finding of the kind that most are: it connects, and then fails, misleads or is ignored. */
export function warning(code: string, path: readonly Key[], message: string, hint: string): Finding {
  return { code, severity: "warning", path: pointer(path), message, hint };
}

/** `"a" and "b"`, `"a", "b" and 3 more`: names, none of them twice, in a sentence. */
export function listed(names: readonly string[]): string {
  const first = names.slice(0, names.length > 3 ? 2 : 3).map(shown);
  const more = names.length - first.length;
  if (more > 0) first.push(`${more} more`);
  const last = first.pop() ?? "";
  return first.length > 0 ? `${first.join(", ")} and ${last}` : last;
}
