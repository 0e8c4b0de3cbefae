/** What an app says of widgets, against what widgets.json says of them (contract §1.5, §2 and §7). */
import { BLOCKED_WIDGET_IDS, BUILTIN_WIDGET_ID_PREFIXES, BUILTIN_WIDGET_IDS } from "../../constants.js";
import { shown } from "../../explain.js";
import type { Finding } from "../../findings.js";
import { isObject } from "../../problems.js";
import { type App, type Item, listed, warning } from "../apps/model.js";
import type { Near } from "../apps/near.js";
import { misspelt } from "../widgets/spelling.js";
import type { Subject } from "../widgets/subject.js";
import { hasUnreadParams, isUnplaceable, namesOf, type Widgets } from "./widgets.js";

/** Whether Workspace has a widget of its own under this id, as far as its ids are known. */
function isBuiltIn(id: string): boolean {
  return (
    ([...BUILTIN_WIDGET_IDS, ...BLOCKED_WIDGET_IDS] as readonly string[]).includes(id) ||
    BUILTIN_WIDGET_ID_PREFIXES.some((prefix) => id.startsWith(prefix))
  );
}

/** Places of widgets that are not there, that keep the app from opening, or that are given what they do not have. */
export function itemFindings(app: App, widgets: Widgets, near: Near): Finding[] {
  return app.items.flatMap((item) => {
    const widget = widgets.get(item.id);
    if (widget) return [...unopened(item, widget), ...stateFindings(item, widget, near)];
    if (widgets.has(item.id) || (isBuiltIn(item.id) && !isSlip(item.id, widgets))) return [];
    return [unknown(item, widgets, near)];
  });
}

/** `etf_price` where there is `etf_prices`: of Workspace's own ids only the first words are known. */
function isSlip(id: string, widgets: Widgets): boolean {
  const listed = ([...BUILTIN_WIDGET_IDS, ...BLOCKED_WIDGET_IDS] as readonly string[]).includes(id);
  return !listed && misspelt(id, widgets.ids) !== undefined;
}

function unknown(item: Item, widgets: Widgets, near: Near): Finding {
  const path = [...item.where, "i"];
  const renamed = exportedId(item.id, widgets);
  if (renamed !== undefined) {
    const message = `${shown(item.id)}${item.onIt} is how Workspace exports ${shown(renamed)}, not the id of a widget.`;
    return warning("exported-widget-id", path, message, `Write ${shown(renamed)}.`);
  }
  const message = `There is no widget ${shown(item.id)} in widgets.json, so Workspace leaves it out${item.onIt}.`;
  const otherwise = "Add the widget to widgets.json, or remove the place; a widget of Workspace's own may stay.";
  return warning("unknown-widget", path, message, near.hint(item.id, widgets.ids, otherwise));
}

/** A widget whose id is also one of Workspace's own is exported as `<backend>-<id>` (contract §7). */
function exportedId(id: string, widgets: Widgets): string | undefined {
  for (let dash = id.indexOf("-"); dash >= 0; dash = id.indexOf("-", dash + 1)) {
    const rest = id.slice(dash + 1);
    if (isBuiltIn(rest) && widgets.has(rest)) return rest;
  }
  return undefined;
}

/** One widget that cannot be placed keeps the whole dashboard from being made (contract §2). */
function unopened(item: Item, widget: Subject): Finding[] {
  if (!isUnplaceable(widget)) return [];
  const message = `The app cannot be opened: Workspace cannot place ${shown(item.id)}${item.onIt}.`;
  const hint = "See what is said of the widget in widgets.json, or take it off the dashboard.";
  return [warning("cannot-open-app", [...item.where, "i"], message, hint)];
}

/** Names in `state` that are no parameters of the widget are dropped. */
function stateFindings(item: Item, widget: Subject, near: Near): Finding[] {
  const { state } = item.value;
  // The parameters of a query editor are made by its users (contract §3.3).
  if (!isObject(state) || widget.type === undefined || widget.type === "ssrm_advanced") return [];
  if (hasUnreadParams(widget)) return [];
  const names = namesOf(widget);
  const otherwise = names.length > 0 ? `Its parameters: ${listed(names)}.` : "Remove it: the widget has no parameters.";
  const check = (path: (string | number)[], name: string): Finding[] => {
    if (widget.names.has(name)) return [];
    const message = `${shown(item.id)} has no parameter ${shown(name)}, which its state${item.onIt} names.`;
    return [
      warning("unknown-state-param", [...item.where, "state", ...path], message, near.hint(name, names, otherwise)),
    ];
  };
  const order: unknown[] = Array.isArray(state.paramOrder) ? state.paramOrder : [];
  return [
    ...(isObject(state.params) ? Object.keys(state.params) : []).flatMap((name) => check(["params", name], name)),
    ...order.flatMap((name, index) => (typeof name === "string" ? check(["paramOrder", index], name) : [])),
  ];
}

const MENTION = "@[id:";

/** Prompts that mention widgets which are not there: `@[id:prices]`. */
export function promptFindings(app: App, widgets: Widgets, near: Near): Finding[] {
  const prompts: unknown[] = Array.isArray(app.value.prompts) ? app.value.prompts : [];
  return prompts.flatMap((prompt, index) => {
    if (typeof prompt !== "string") return [];
    const missing = new Set(mentions(prompt).filter((id) => !widgets.has(id) && !isBuiltIn(id)));
    return [...missing].map((id) => {
      const message = `A prompt${app.inIt} mentions the widget ${shown(id)}, which is not in widgets.json.`;
      const otherwise = "Write the id of a widget, or take the mention out.";
      return warning(
        "unknown-mention",
        [...app.where, "prompts", index],
        message,
        near.hint(id, widgets.ids, otherwise),
      );
    });
  });
}

function mentions(prompt: string): string[] {
  const found: string[] = [];
  let at = prompt.indexOf(MENTION);
  while (at >= 0) {
    const end = prompt.indexOf("]", at);
    if (end < 0) break;
    found.push(prompt.slice(at + MENTION.length, end));
    at = prompt.indexOf(MENTION, end);
  }
  return found;
}
