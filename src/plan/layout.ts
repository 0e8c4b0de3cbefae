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
  const place = placer();
  const ordered = [...widgets].sort((a, b) => CATALOG[a.definition.type].rank - CATALOG[b.definition.type].rank);
  const layout = ordered.map(({ id, definition }): LayoutItem => {
    const size = definition.gridData ?? CATALOG[definition.type].entry.gridData ?? LEAST;
    const w = Math.min(COLUMNS, Math.max(LEAST.w, Math.round(size.w)));
    const h = Math.max(LEAST.h, Math.round(size.h));
    // Every item says its groups, if none: Workspace breaks where only some do (contract section 7).
    const mine = groups.filter((group) => group.widgetIds?.includes(id)).map((group) => group.name);
    return { i: id, ...place(w, h), w, h, groups: mine };
  });
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

/** Makes a function that finds the highest, then leftmost place below what it has placed before. */
function placer(): (w: number, h: number) => { x: number; y: number } {
  // For each column of the dashboard, how far down it is taken.
  const bottoms = new Array<number>(COLUMNS).fill(0);
  return (w, h) => {
    let best = { x: 0, y: Number.POSITIVE_INFINITY };
    for (let x = 0; x + w <= COLUMNS; x++) {
      const y = Math.max(...bottoms.slice(x, x + w));
      if (y < best.y) best = { x, y };
    }
    bottoms.fill(best.y + h, best.x, best.x + w);
    return best;
  };
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
