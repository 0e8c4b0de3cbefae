import { type AnyWidget, CATALOG, kindOf, sampleOf, typeOf } from "../catalog/index.js";
import type { AppDefinition, AppGroup, LayoutItem, ParamDefinition, WidgetDefinition } from "../contract/types.js";
import { slug } from "./names.js";

/** Columns of a dashboard (contract section 7). */
export const COLUMNS = 40;
/** What Workspace makes of anything smaller when it places a widget (contract section 2). */
const LEAST = { w: 8, h: 4 };

/** The rank of what this release has no sample of: widgets of other servers. */
const LAST = 9;

/** A dashboard of more widgets gets a tab for each category. */
const MOST_ON_A_TAB = 12;

/**
 * The dashboard over all widgets: nothing overlapping, widgets that share a parameter in one group. Many widgets are
 * spread over tabs, by category.
 *
 * @param title the name of the app
 */
export function dashboard(title: string, widgets: AnyWidget[]): AppDefinition {
  const groups = sharedParams(widgets).map(
    ({ param, ids }, index): AppGroup => ({ ...groupOf(`Group ${index + 1}`, param), widgetIds: ids }),
  );
  const rank = (widget: AnyWidget) => CATALOG[typeOf(widget)]?.rank ?? LAST;
  const width = ({ definition }: AnyWidget) => sizeOf(definition).w;
  // The wide ones first: a narrow one before them would stand alone on its row.
  const ordered = [...widgets].sort((a, b) => rank(a) - rank(b) || width(b) - width(a));
  return {
    name: title,
    img: "thumbnail.svg",
    img_dark: "thumbnail.svg",
    img_light: "thumbnail.svg",
    description: `The widgets of the backend ${title}.`,
    allowCustomization: true,
    tabs: Object.fromEntries(tabsOf(ordered).map(({ id, name, on }) => [id, { id, name, layout: layout(on, groups) }])),
    groups,
    prompts: ordered
      .filter((widget) => typeOf(widget) in CATALOG)
      .slice(0, 4)
      .map((widget) => sampleOf(kindOf(widget)).prompt(`@[id:${widget.id}]`)),
  };
}

/** One tab without a name, or one a category. */
function tabsOf(widgets: AnyWidget[]): { id: string; name: string; on: AnyWidget[] }[] {
  const categories = [...new Set(widgets.map(({ definition }) => definition.category ?? "Widgets"))];
  if (widgets.length <= MOST_ON_A_TAB || categories.length === 1) return [{ id: "", name: "", on: widgets }];
  const ids = new Set<string>();
  return categories.map((name) => {
    const base = slug(name, "-") || "tab";
    let id = base;
    for (let count = 2; ids.has(id); count++) id = `${base}-${count}`;
    ids.add(id);
    return { id, name, on: widgets.filter(({ definition }) => (definition.category ?? "Widgets") === name) };
  });
}

function layout(widgets: AnyWidget[], groups: AppGroup[]): LayoutItem[] {
  const place = placer();
  return widgets.map((widget): LayoutItem => {
    const { id, definition } = widget;
    const { w, h } = sizeOf(definition);
    // Every item says its groups, if none: Workspace breaks where only some do (contract section 7).
    const mine = groups.filter((group) => group.widgetIds?.includes(id)).map((group) => group.name);
    return { i: id, ...place(w, h), w, h, groups: mine };
  });
}

/** The columns and rows that a new widget takes. */
export function sizeOf({ gridData: size = LEAST }: WidgetDefinition): { w: number; h: number } {
  return {
    w: Math.min(COLUMNS, Math.max(LEAST.w, Math.round(size.w))),
    h: Math.max(LEAST.h, Math.round(size.h)),
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

/** How Workspace links parameters: by name, by where their choices come from, or as the symbol of the dashboard. */
const GROUP_TYPES = {
  param: { type: "param" },
  endpoint: { type: "endpointParam" },
  ticker: { type: "ticker" },
} as const;

function groupKind({ type }: ParamDefinition): keyof typeof GROUP_TYPES {
  return type === "endpoint" || type === "ticker" ? type : "param";
}

/** A group that links a parameter, still without widgets. */
export function groupOf(name: string, param: ParamDefinition): AppGroup {
  return {
    name,
    ...GROUP_TYPES[groupKind(param)],
    ...(param.type === "ticker" ? {} : { paramName: param.paramName as string }),
    defaultValue: param.type === "ticker" ? "AAPL" : param.value,
  };
}

const LINKED = ["text", "date", "number", "tabs", "endpoint", "ticker"];

/**
 * The parameters of a widget that can follow those of others, each with a key that parameters defined alike have in
 * common: alike also in their options, for a value from elsewhere must be one of them (contract section 4.6).
 */
export function linksOf({ params }: WidgetDefinition): { param: ParamDefinition; key: string }[] {
  return (Array.isArray(params) ? params.flat() : []).flatMap((param) => {
    const single = param.multiSelect !== true && param.multiple !== true && param.show !== false;
    if (!single || !param.paramName || !LINKED.includes(param.type ?? "text")) return [];
    const source = param.optionsEndpoint?.split("/").at(-1);
    return [{ param, key: JSON.stringify([param.paramName, param.type, param.options, source, param.value]) }];
  });
}

/** Parameters that two widgets or more define alike, with the ids of those widgets. */
function sharedParams(widgets: AnyWidget[]): { param: ParamDefinition; ids: string[] }[] {
  const found = new Map<string, { param: ParamDefinition; ids: string[] }>();
  for (const { id, definition } of widgets) {
    for (const { param, key } of linksOf(definition)) {
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
