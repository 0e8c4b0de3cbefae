/** Where widgets stand on the tabs of an app (contract §7). */
import { shown } from "../../explain.js";
import type { Finding } from "../../findings.js";
import { isObject } from "../../problems.js";
import { type App, type Item, NAVIGATION_BAR, type Tab, warning } from "./model.js";

const COLUMNS = 40;
/** What Workspace makes of anything smaller, unless the widget itself says how small it may be (contract §2, §7). */
const LEAST = { w: 8, h: 4 };

/**
 * Off-grid, too small and overlapping widgets of an app.
 *
 * @param widgets the parsed widgets.json, where it is known: a widget may allow itself to be smaller
 */
export function layoutFindings(app: App, widgets: unknown): Finding[] {
  return app.tabs.flatMap((tab) => {
    const offGrid = new Map(tab.items.map((item): [Item, Finding[]] => [item, offGridFindings(item)]));
    const onGrid = tab.items.filter((item) => offGrid.get(item)?.length === 0);
    return [
      ...[...offGrid.values()].flat(),
      ...onGrid.flatMap((item) => smallFindings(item, widgets)),
      ...overlaps(onGrid),
    ];
  });
}

type Side = "x" | "y" | "w" | "h";

function size(item: Item, side: Side): number | undefined {
  const value = item.value[side];
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

function offGridFindings(item: Item): Finding[] {
  const warn = (side: Side, problem: string, hint: string) =>
    warning("off-grid-item", [...item.where, side], `${shown(item.id)} ${problem}${item.onIt}.`, hint);
  const found: Finding[] = [];
  for (const side of ["x", "y", "w", "h"] as const) {
    const value = size(item, side);
    if (value === undefined) continue;
    const named = `\`${side}\` is ${value}`;
    if (!Number.isInteger(value)) {
      found.push(warn(side, `stands between the cells, for ${named},`, "Write a whole number."));
    } else if (value < 0) {
      found.push(warn(side, `is not on the dashboard, for ${named},`, "Write a number of 0 or more."));
    } else if (value === 0 && (side === "w" || side === "h")) {
      found.push(warn(side, `has no size, for ${named},`, `Write ${LEAST[side]} or more.`));
    }
  }
  const [x, w] = [size(item, "x"), size(item, "w")];
  if (found.length === 0 && x !== undefined && w !== undefined && x + w > COLUMNS) {
    const hint =
      w > COLUMNS
        ? `Let \`w\` be at most ${COLUMNS}, and \`x\` 0.`
        : `Let \`x\` be at most ${COLUMNS - w}, or make it narrower.`;
    const side = w > COLUMNS ? "w" : "x";
    found.push(warn(side, `reaches to column ${x + w} of ${COLUMNS}`, hint));
  }
  return found;
}

/** Workspace grows what is smaller; a height of 1 means minimised. */
function smallFindings(item: Item, widgets: unknown): Finding[] {
  return (["w", "h"] as const).flatMap((side) => {
    const value = size(item, side);
    if (value === undefined || value >= LEAST[side] || (side === "h" && value === 1)) return [];
    if (typeof smallest(item, side, widgets) === "number") return [];
    const words = { w: ["wide", "columns"], h: ["high", "rows"] } as const;
    const [extent, unit] = words[side];
    const message = `${shown(item.id)} is ${value} ${unit} ${extent}${item.onIt}: Workspace makes it ${LEAST[side]}.`;
    const hint = `Write ${LEAST[side]} or more, and leave it the room${side === "h" ? "; 1 means minimised" : ""}.`;
    return [warning("too-small-item", [...item.where, side], message, hint)];
  });
}

/** What the item, or else the widget's `gridData`, says of its smallest size. */
function smallest(item: Item, side: "w" | "h", widgets: unknown): unknown {
  const key = side === "w" ? "minW" : "minH";
  if (item.value[key] !== undefined) return item.value[key];
  if (!isObject(widgets) || !Object.hasOwn(widgets, item.id)) return undefined;
  const widget = widgets[item.id];
  return isObject(widget) && isObject(widget.gridData) ? widget.gridData[key] : undefined;
}

/** Each widget that stands where another one does: from top to bottom, with the lowest end so far of each column. */
function overlaps(items: readonly Item[]): Finding[] {
  const boxes = items
    .flatMap((item) => {
      const [x, y, w, h] = [size(item, "x"), size(item, "y"), size(item, "w"), size(item, "h")];
      if (x === undefined || y === undefined || w === undefined || h === undefined) return [];
      // A minimised widget keeps its full height in the file, and takes one row (contract §7).
      return [{ item, x, y, end: x + w, bottom: y + (item.value.minimized === true ? 1 : h) }];
    })
    .sort((a, b) => a.y - b.y);
  const lowest = new Array<(typeof boxes)[number] | undefined>(COLUMNS).fill(undefined);
  const found = new Map<Item, Finding>();
  for (const box of boxes) {
    let other: (typeof boxes)[number] | undefined;
    for (let column = box.x; column < box.end; column++) {
      const above = lowest[column];
      if (above !== undefined && above.bottom > box.y) other ??= above;
      if (above === undefined || above.bottom < box.bottom) lowest[column] = box;
    }
    if (other) found.set(box.item, overlap(box.item, other.item));
  }
  return items.flatMap((item) => found.get(item) ?? []);
}

function overlap(item: Item, other: Item): Finding {
  const message = `${shown(item.id)} and ${shown(other.id)} overlap${item.onIt}: they cannot both stand there.`;
  return warning("overlapping-items", item.where, message, "Move one of them, or make it smaller.");
}

/** Tabs that lead nowhere, or that people or Workspace cannot tell from others. */
export function tabFindings(app: App): Finding[] {
  if (isObject(app.value.tabs) && Object.keys(app.value.tabs).length === 0) return [noTabs(app)];
  const [ids, names] = [new Map<string, Tab>(), new Map<string, Tab>()];
  return app.tabs.flatMap((tab) => {
    const { id, name, layout } = tab.value;
    const found: Finding[] = [];
    if (typeof id === "string") {
      if (id !== tab.key) found.push(keyNotId(app, tab, id));
      if (ids.has(id)) found.push(duplicate(app, tab, "id", id));
      else ids.set(id, tab);
    }
    if (typeof name === "string" && app.tabs.length > 1) {
      if (name.trim() === "") found.push(unnamed(app, tab));
      else if (names.has(name)) found.push(duplicate(app, tab, "name", name));
      else names.set(name, tab);
    }
    if (Array.isArray(layout) && layout.every((item) => isObject(item) && item.i === NAVIGATION_BAR))
      found.push(empty(app, tab));
    return found;
  });
}

function keyNotId(app: App, tab: Tab, id: string): Finding {
  const message = `The tab under the key ${shown(tab.key)}${app.inIt} has the id ${shown(id)}.`;
  return {
    ...warning("tab-key-not-id", [...tab.where, "id"], message, `Write the same in both: "id": ${shown(tab.key)}.`),
    severity: "info",
  };
}

function duplicate(app: App, tab: Tab, key: "id" | "name", value: string): Finding {
  const message = `Two tabs${app.inIt} have the ${key} ${shown(value)}.`;
  return warning(
    "duplicate-tab",
    [...tab.where, key],
    message,
    `Give each tab ${key === "id" ? "an id" : "a name"} of its own.`,
  );
}

function unnamed(app: App, tab: Tab): Finding {
  const message = `One of the tabs${app.inIt} has no name, so there is nothing to read where people choose a tab.`;
  return warning("unnamed-tab", [...tab.where, "name"], message, "Give it a name; only a single tab needs none.");
}

function noTabs(app: App): Finding {
  const message = `There are no tabs${app.inIt}, and so no widgets.`;
  const hint = 'Write "tabs": { "": { "id": "", "name": "", "layout": [ … ] } }.';
  return { ...warning("empty-tab", [...app.where, "tabs"], message, hint), severity: "info" };
}

function empty(app: App, tab: Tab): Finding {
  const which =
    app.tabs.length > 1 ? `The tab ${shown(tab.value.name ?? tab.key)}${app.inIt}` : `The dashboard${app.inIt}`;
  const message = `${which} holds no widgets.`;
  const hint = 'Add { "i": "<the id of a widget>", "x": 0, "y": 0, "w": 20, "h": 9 } to its `layout`.';
  return { ...warning("empty-tab", [...tab.where, "layout"], message, hint), severity: "info" };
}
