/**
 * Widgets on dashboards: the parsed apps.json, changed in place. What is no app, or no tab, is passed over.
 */
import type { AppDefinition, AppGroup, LayoutItem, WidgetDefinition } from "../../contract/types.js";
import { isObject } from "../json/align.js";
import { COLUMNS, groupOf, linksOf, sizeOf } from "../layout.js";

/** A group that `add-widget` made of widgets which were not linked before. */
export interface MadeGroup {
  app: string;
  name: string;
  /** The widgets in it that were there before: when only these are left, it goes. */
  before: string[];
  /** Whether the app had no list of groups at all before. */
  first?: boolean;
}

/** The apps of a parsed apps.json: a list, or a single one. */
export function appsOf(value: unknown): AppDefinition[] {
  const list = Array.isArray(value) ? value : isObject(value) && Object.keys(value).length > 0 ? [value] : [];
  return list.filter((app) => isObject(app) && isObject(app.tabs)) as unknown as AppDefinition[];
}

/** Of the apps that `add-widget` put in, those that are there: one that the user takes away is nobody's any longer. */
export function stillThere<Put extends { names: string[] }>(
  put: Put | undefined,
  apps: AppDefinition[],
): Put | undefined {
  const present = new Set(apps.map(({ name }) => name));
  const names = put?.names.filter((name) => present.has(name)) ?? [];
  return put && names.length > 0 ? { ...put, names } : undefined;
}

/** The items of each tab of an app. */
export function layoutsOf(app: AppDefinition): { name: string; layout: LayoutItem[] }[] {
  return Object.entries(app.tabs).flatMap(([key, tab]) =>
    isObject(tab) && Array.isArray(tab.layout)
      ? [{ name: typeof tab.name === "string" ? tab.name : key, layout: tab.layout }]
      : [],
  );
}

function itemsOf(app: AppDefinition): LayoutItem[] {
  return layoutsOf(app)
    .flatMap(({ layout }) => layout)
    .filter(isObject);
}

/** The ids of what an app shows. */
export function shownOn(app: AppDefinition): string[] {
  return itemsOf(app).flatMap(({ i }) => (typeof i === "string" ? [i] : []));
}

/** The pictures that an app names: paths, or URLs. */
export function picturesOf({ img, img_dark, img_light }: AppDefinition): string[] {
  return [img, img_dark, img_light].filter((one): one is string => typeof one === "string" && one !== "");
}

function groupsOf(app: AppDefinition): AppGroup[] {
  return Array.isArray(app.groups) ? app.groups.filter(isObject) : [];
}

/** The names of an item's groups: its own, else those that list its widget (contract section 7). */
function namesOf(app: AppDefinition, item: LayoutItem): string[] {
  if (Array.isArray(item.groups)) return item.groups;
  return groupsOf(app).flatMap(({ name, widgetIds }) =>
    Array.isArray(widgetIds) && widgetIds.includes(item.i) ? [name] : [],
  );
}

function membersOf(app: AppDefinition, group: string): string[] {
  return [...new Set(itemsOf(app).flatMap((item) => (namesOf(app, item).includes(group) ? [item.i] : [])))];
}

/**
 * Puts a widget into the first free place of a tab, and into the groups of the parameters that it shares.
 *
 * @param definitions all of widgets.json, the new widget included
 * @returns the groups that were made for it
 */
export function place(
  app: AppDefinition,
  layout: LayoutItem[],
  id: string,
  definitions: Record<string, WidgetDefinition>,
): MadeGroup[] {
  const made: MadeGroup[] = [];
  const groups: string[] = [];
  const linked = new Set<string>();
  for (const { param, key } of linksOf(definitions[id] as WidgetDefinition)) {
    const name = param.paramName as string;
    if (linked.has(name)) continue;
    linked.add(name);
    const alike = (other: string) =>
      Object.hasOwn(definitions, other) &&
      linksOf(definitions[other] as WidgetDefinition).some((link) => link.key === key);
    const wanted = groupOf("", param);
    const rivals = groupsOf(app).filter(
      ({ type, paramName }) => type === wanted.type && paramName === wanted.paramName,
    );
    const joined = rivals.find((group) => membersOf(app, group.name).some(alike));
    if (joined) {
      joined.widgetIds?.push(id);
      groups.push(joined.name);
    } else if (rivals.length === 0) {
      const peers = [...new Set(itemsOf(app).flatMap(({ i }) => (i !== id && alike(i) ? [i] : [])))];
      if (peers.length === 0) continue;
      const group = makeGroup(app, groupOf(freeName(app), param), peers);
      group.definition.widgetIds?.push(id);
      groups.push(group.made.name);
      made.push(group.made);
    }
  }
  const size = sizeOf(definitions[id] as WidgetDefinition);
  layout.push({ i: id, ...freePlace(layout, size), ...size, groups });
  return made;
}

/** Makes a group of widgets that are there. */
function makeGroup(app: AppDefinition, group: AppGroup, peers: string[]): { made: MadeGroup; definition: AppGroup } {
  const others = groupsOf(app);
  // Some with widgetIds and some without would crash Workspace wherever an item does not name its groups.
  const listed = others.length === 0 || others.some(({ widgetIds }) => widgetIds !== undefined);
  const definition: AppGroup = listed ? { ...group, widgetIds: [...peers] } : group;
  const first = app.groups === undefined;
  for (const item of itemsOf(app)) {
    if (!peers.includes(item.i)) continue;
    if (item.groups) item.groups.push(group.name);
    else if (!listed) item.groups = [group.name];
  }
  app.groups = [...(app.groups ?? []), definition];
  return { made: { app: app.name, name: group.name, before: peers, ...(first ? { first } : {}) }, definition };
}

function freeName(app: AppDefinition): string {
  const taken = new Set(groupsOf(app).map(({ name }) => name));
  let count = taken.size + 1;
  while (taken.has(`Group ${count}`)) count++;
  return `Group ${count}`;
}

/** The highest, then leftmost place where a widget of this size covers no other. */
function freePlace(layout: LayoutItem[], { w, h }: { w: number; h: number }): { x: number; y: number } {
  // The highest place is at the top, or right below another.
  const rows = [0, ...layout.map((item) => Math.ceil(item.y + item.h))].filter((y) => y >= 0).sort((a, b) => a - b);
  for (const y of new Set(rows)) {
    const beside = layout.filter((item) => item.y < y + h && y < item.y + item.h);
    for (let x = 0; x + w <= COLUMNS; x++) {
      if (beside.every((item) => item.x >= x + w || x >= item.x + item.w)) return { x, y };
    }
  }
  return { x: 0, y: rows.at(-1) ?? 0 };
}

/**
 * Takes widgets off every dashboard, out of groups and prompts, and with them the groups that were made for them and
 * those that nobody is left in.
 *
 * @returns the groups that `add-widget` made and that remain
 */
export function takeOff(apps: AppDefinition[], ids: Set<string>, made: MadeGroup[]): MadeGroup[] {
  const gone = new Set<MadeGroup>();
  for (const app of apps) {
    // Those that the user has taken away are nobody's any longer.
    const names = groupsOf(app).map(({ name }) => name);
    for (const group of made) if (group.app === app.name && !names.includes(group.name)) gone.add(group);
    const before = new Map(groupsOf(app).map(({ name }) => [name, membersOf(app, name)]));
    for (const { layout } of layoutsOf(app)) keep(layout, (item) => !isObject(item) || !ids.has(item.i as string));
    for (const { name, widgetIds } of groupsOf(app)) {
      if (Array.isArray(widgetIds)) keep(widgetIds, (id) => !ids.has(id));
      if (!before.get(name)?.some((id) => ids.has(id))) continue;
      const left = membersOf(app, name);
      const ours = made.find((group) => group.app === app.name && group.name === name);
      if (ours ? left.length < 2 || left.every((id) => ours.before.includes(id)) : left.length === 0) {
        dropGroup(app, name);
        if (ours) gone.add(ours);
      }
    }
    const mine = made.filter((group) => group.app === app.name);
    if (mine.some((group) => group.first)) {
      if (groupsOf(app).length === 0) delete app.groups;
      // The last one to go takes the list along.
      for (const group of mine) group.first = true;
    }
    if (Array.isArray(app.prompts)) {
      keep(app.prompts, (prompt) => typeof prompt !== "string" || ![...ids].some((id) => prompt.includes(mention(id))));
    }
  }
  return made.filter((group) => !gone.has(group));
}

function dropGroup(app: AppDefinition, name: string): void {
  app.groups = groupsOf(app).filter((group) => group.name !== name);
  for (const item of itemsOf(app)) if (Array.isArray(item.groups)) keep(item.groups, (group) => group !== name);
}

/** Gives a widget another id on every dashboard. */
export function renameOn(apps: AppDefinition[], from: string, to: string): void {
  for (const app of apps) {
    for (const item of itemsOf(app)) if (item.i === from) item.i = to;
    for (const group of groupsOf(app)) {
      if (Array.isArray(group.widgetIds)) group.widgetIds = group.widgetIds.map((id) => (id === from ? to : id));
    }
    if (Array.isArray(app.prompts)) {
      app.prompts = app.prompts.map((prompt) =>
        typeof prompt === "string" ? prompt.replaceAll(mention(from), () => mention(to)) : prompt,
      );
    }
  }
}

/** How a prompt names a widget. */
function mention(id: string): string {
  return `@[id:${id}]`;
}

/** Leaves only some items in a list. */
function keep<Item>(list: Item[], stays: (item: Item) => boolean): void {
  list.splice(0, list.length, ...list.filter(stays));
}
