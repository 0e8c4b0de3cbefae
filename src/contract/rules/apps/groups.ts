/** Groups of an app, as far as apps.json alone shows what becomes of them (contract §7). */
import { GROUP_TYPES } from "../../constants.js";
import { shown } from "../../explain.js";
import type { Finding } from "../../findings.js";
import { isObject } from "../../problems.js";
import { type App, type Group, type Item, itemsById, listed, warning } from "./model.js";
import type { Near } from "./near.js";

/**
 * Groups that nobody is in or that bind nothing, and members that are none.
 *
 * @param widgets the parsed widgets.json, where it is known
 */
export function groupFindings(app: App, near: Near, widgets: unknown): Finding[] {
  const names = [...new Set(app.groups.map(({ name }) => name))];
  const placed = itemsById(app.items);
  const isWidget = (id: string) => isObject(widgets) && Object.hasOwn(widgets, id);
  const ids = [...placed.keys()];
  // Where one is right, it is the other that is misspelt, and has a finding of its own.
  const strays = ids.filter((id) => !isWidget(id));
  const otherwise = "Remove it, or place the widget on a tab.";
  const seen = new Set<string>();
  const unsure = unsureGroups(app, names, near);
  return [
    ...app.groups.flatMap((group) => {
      const again = seen.has(group.name);
      seen.add(group.name);
      return [
        ...(again ? [duplicate(app, group)] : []),
        ...withoutParam(app, group),
        ...unreadableDate(app, group),
        ...lostMembers(app, group, placed, (id) => {
          if (!isWidget(id)) return near.hint(id, ids, otherwise);
          return near.find(id, strays) === undefined ? otherwise : undefined;
        }),
        ...(again || unsure.has(group.name) ? [] : empty(app, group)),
      ];
    }),
    ...unknownGroups(app, names, near),
  ];
}

function duplicate(app: App, group: Group): Finding {
  const message = `Two groups${app.inIt} are called ${shown(group.name)}: Workspace tells groups apart by their names.`;
  return warning("duplicate-group", [...group.where, "name"], message, "Give each group a name of its own.");
}

/** A ticker group follows a symbol, the others a parameter. */
function withoutParam(app: App, group: Group): Finding[] {
  const isUnread = group.value.paramName !== undefined && typeof group.value.paramName !== "string";
  if (isUnread || group.paramName !== undefined || (group.type !== "param" && group.type !== "endpointParam"))
    return [];
  const message = `The group ${shown(group.name)}${app.inIt} does not say which parameter its widgets share.`;
  const hint = 'Add `"paramName": "…"`, the name of the parameter.';
  return [warning("group-without-param", group.where, message, hint)];
}

/** A default that starts with $currentDate is read as a date: what is not understood means today (contract §4.4). */
function unreadableDate(app: App, { name, where, defaultValue: value }: Group): Finding[] {
  if (typeof value !== "string" || !value.startsWith("$currentDate") || value === "$currentDate") return [];
  if (/^\$currentDate[+-]\d+[bhdwmyMqQ]/.test(value)) return [];
  const message = `The group ${shown(name)}${app.inIt} starts with today: ${shown(value)} is not understood.`;
  const hint = 'Write "$currentDate-1M" or "$currentDate+5d": units h, d, w, M, y, b (business days) and Q.';
  return [warning("bad-date", [...where, "defaultValue"], message, hint)];
}

/** Groups of which something else says already why nobody is in them. */
function unsureGroups(app: App, names: readonly string[], near: Near): Set<string | undefined> {
  // What is no list, the gate tells.
  if (app.items.some(({ value, groups }) => value.groups !== undefined && groups === undefined)) return new Set(names);
  const wrong = app.groups.filter(({ value, widgetIds }) => value.widgetIds !== undefined && widgetIds === undefined);
  const known = new Set(names);
  const strange = app.items.flatMap(({ groups = [] }) => groups.filter((name) => !known.has(name)));
  return new Set([...wrong.map(({ name }) => name), ...strange.map((name) => near.find(name, names))]);
}

/**
 * Widgets that a group lists, and that are not in it for all that.
 *
 * @param hintOf what to do about one that is not placed; undefined where that needs no word
 */
function lostMembers(
  app: App,
  group: Group,
  placed: ReadonlyMap<string, readonly Item[]>,
  hintOf: (id: string) => string | undefined,
): Finding[] {
  const seen = new Set<string>();
  return (group.widgetIds ?? []).flatMap((id, index) => {
    if (seen.has(id)) return [];
    seen.add(id);
    const path = [...group.where, "widgetIds", index];
    const items = placed.get(id) ?? [];
    if (items.length === 0) {
      if (app.isPartial) return [];
      const message = `The group ${shown(group.name)} lists the widget ${shown(id)}, which is not placed${app.inIt}.`;
      const hint = hintOf(id);
      return hint === undefined ? [] : [warning("group-widget-not-placed", path, message, hint)];
    }
    if (items.some(({ groups }) => groups === undefined || groups.includes(group.name))) return [];
    const message = `The group ${shown(group.name)} lists the widget ${shown(id)}, whose own \`groups\`${items[0]?.onIt ?? ""} do not name it: they win.`;
    const hint = `Add ${shown(group.name)} to the \`groups\` of the widget's place, or remove the widget from the group.`;
    return [warning("group-places-disagree", path, message, hint)];
  });
}

function empty(app: App, group: Group): Finding[] {
  const listsSome = group.widgetIds !== undefined && group.widgetIds.length > 0;
  const works = (GROUP_TYPES as readonly unknown[]).includes(group.type);
  // Where it lists widgets, each of them has a finding.
  if (group.members.length > 0 || listsSome || !works) return [];
  const message = `No widget is in the group ${shown(group.name)}${app.inIt}.`;
  const hint = `Add ${shown(group.name)} to the \`groups\` of the widgets that belong to it, or remove the group.`;
  return [warning("empty-group", group.where, message, hint)];
}

function unknownGroups(app: App, names: readonly string[], near: Near): Finding[] {
  const all = app.value.groups;
  // The name may be that of one that cannot be read.
  if (all !== undefined && (!Array.isArray(all) || all.length > app.groups.length)) return [];
  const known = new Set(names);
  const otherwise =
    names.length > 0 ? `Groups of the app: ${listed(names)}.` : "Add the group to `groups`, or remove it.";
  return app.items.flatMap((item) => {
    return (item.groups ?? []).flatMap((name, index) => {
      if (known.has(name)) return [];
      const message = `${shown(item.id)} is in the group ${shown(name)}${item.onIt}, which the app does not have.`;
      return [warning("unknown-group", [...item.where, "groups", index], message, near.hint(name, names, otherwise))];
    });
  });
}
