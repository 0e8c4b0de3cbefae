import { CATALOG, type Widget } from "../catalog/index.js";
import type { AppDefinition, AppGroup, LayoutItem, ParamDefinition } from "../contract/types.js";

/** Columns of a dashboard (contract section 7). */
const COLUMNS = 40;
/** What Workspace makes of anything smaller when it places a widget (contract section 2). */
const LEAST = { w: 8, h: 4 };

/**
 * The dashboard over all widgets: one tab, nothing overlapping, widgets that share a parameter in one group.
 *
 * @param title the name of the app
 */
export function dashboard(title: string, widgets: Widget[]): AppDefinition {
  const groups = sharedParams(widgets).map(
    ({ param, ids }, index): AppGroup => ({
      name: `Group ${index + 1}`,
      type: "param",
      paramName: param.paramName as string,
      defaultValue: param.value,
      widgetIds: ids,
    }),
  );
  const layout: LayoutItem[] = [];
  const ordered = [...widgets].sort((a, b) => CATALOG[a.definition.type].rank - CATALOG[b.definition.type].rank);
  for (const { id, definition } of ordered) {
    const size = definition.gridData ?? CATALOG[definition.type].entry.gridData ?? LEAST;
    const w = Math.min(COLUMNS, Math.max(LEAST.w, Math.round(size.w)));
    const h = Math.max(LEAST.h, Math.round(size.h));
    // Every item says its groups, if none: Workspace breaks where only some do (contract section 7).
    const mine = groups.filter((group) => group.widgetIds?.includes(id)).map((group) => group.name);
    layout.push({ i: id, ...freePlace(layout, w, h), w, h, groups: mine });
  }
  return {
    name: title,
    img: "thumbnail.svg",
    img_dark: "thumbnail.svg",
    img_light: "thumbnail.svg",
    description: `${widgets.length === 1 ? "One widget" : `${widgets.length} widgets`} of the backend ${title}.`,
    allowCustomization: true,
    tabs: { "": { id: "", name: "", layout } },
    groups,
    prompts: ordered.slice(0, 4).map(({ id, definition }) => CATALOG[definition.type].prompt(`@[id:${id}]`)),
  };
}

/** The first place, from the top and the left, where a widget of this size overlaps nothing. */
export function freePlace(layout: LayoutItem[], w: number, h: number): { x: number; y: number } {
  const bottom = Math.max(0, ...layout.map((item) => item.y + item.h));
  for (let y = 0; y < bottom; y++) {
    for (let x = 0; x + w <= COLUMNS; x++) {
      const free = layout.every(
        (item) => x + w <= item.x || item.x + item.w <= x || y + h <= item.y || item.y + item.h <= y,
      );
      if (free) return { x, y };
    }
  }
  return { x: 0, y: bottom };
}

/** Parameters that two widgets or more define alike, with the ids of those widgets. */
function sharedParams(widgets: Widget[]): { param: ParamDefinition; ids: string[] }[] {
  const found = new Map<string, { param: ParamDefinition; ids: string[] }>();
  for (const { id, definition } of widgets) {
    for (const param of (definition.params ?? []).flat()) {
      const single = param.multiSelect !== true && param.multiple !== true;
      if (!single || !param.paramName || !["text", "date", "number"].includes(param.type ?? "text")) continue;
      // Alike also in its options: a value from elsewhere must be one of them (contract section 4.6).
      const key = JSON.stringify([param.paramName, param.type, param.options, param.value]);
      const shared = found.get(key) ?? { param, ids: [] };
      shared.ids.push(id);
      found.set(key, shared);
    }
  }
  const names = [...found.values()].filter(({ ids }) => ids.length > 1);
  // One group a parameter name: a widget cannot follow two groups for the same parameter.
  return names.filter(
    ({ param }, index) => names.findIndex((one) => one.param.paramName === param.paramName) === index,
  );
}
