/** Clicks on cells that set a parameter, against the groups of the apps (contract §5, "Click"). */
import { pointer, shown } from "../../explain.js";
import type { Finding } from "../../findings.js";
import { type App, type Item, itemsById } from "../apps/model.js";
import { clickNeedsGroup } from "../widgets/clicks.js";
import { type Click, clicksOf, hasUnreadParams, type Widgets } from "./widgets.js";

/**
 * Clicks that do nothing: a click sets the parameter in the groups that are bound to it, else in the widget itself.
 * Findings are on widgets.json.
 */
export function clickFindings(apps: readonly App[], widgets: Widgets): Finding[] {
  const places = new Map<string, Item[]>(itemsById(apps.flatMap(({ items }) => items)));
  const bound = boundParams(apps);
  return widgets.ids.flatMap((id) => {
    const widget = widgets.get(id);
    if (widget === undefined || hasUnreadParams(widget)) return [];
    return clicksOf(widget).flatMap((click) => {
      if (widget.names.has(click.paramName)) return [];
      const items = places.get(id);
      if (items === undefined) return [needsGroup(id, click)];
      const unbound = items.find((item) => !bound.get(item)?.has(click.paramName));
      return unbound === undefined ? [] : [finding(id, click, unbound)];
    });
  });
}

/** The parameters that the groups of each place are bound to. */
function boundParams(apps: readonly App[]): Map<Item, Set<string>> {
  const bound = new Map<Item, Set<string>>();
  for (const { type, paramName, members } of apps.flatMap(({ groups }) => groups)) {
    if (paramName === undefined || (type !== "param" && type !== "endpointParam")) continue;
    for (const { item } of members) {
      const names = bound.get(item) ?? new Set();
      bound.set(item, names.add(paramName));
    }
  }
  return bound;
}

/** A widget of no app: people may put it into a group of their own. */
function needsGroup(id: string, { where, paramName }: Click): Finding {
  return { ...clickNeedsGroup(paramName), path: pointer([id, ...where]) };
}

function finding(id: string, { where, column, paramName }: Click, item: Item): Finding {
  const name = shown(paramName);
  const place = `${item.onIt}, where no group of the widget is bound to it`;
  return {
    code: "click-without-effect",
    severity: "warning",
    path: pointer([id, ...where]),
    message: `A click on ${shown(column)} sets ${name}, which is no parameter of the widget, and so does nothing${place}.`,
    hint: `Give the widget a parameter ${name}, or put it into a group with \`"paramName": ${JSON.stringify(paramName)}\`.`,
  };
}
