import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CATALOG_TYPES, PRESETS } from "../../src/catalog/index.js";
import type { LayoutItem } from "../../src/contract/index.js";
import { dashboard } from "../../src/plan/layout.js";
import { resolveWidgets } from "../../src/plan/widgets.js";

function layoutOf(types: (typeof CATALOG_TYPES)[number][]): LayoutItem[] {
  return dashboard("Desk", resolveWidgets(types.map((type) => ({ type })))).tabs[""]?.layout ?? [];
}

function overlap(a: LayoutItem, b: LayoutItem): boolean {
  return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

describe("the dashboard", () => {
  it("shows every widget once, on 40 columns, nothing overlapping, whatever the widgets", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...CATALOG_TYPES), { minLength: 1, maxLength: 20 }), (types) => {
        const layout = layoutOf(types);
        expect(new Set(layout.map(({ i }) => i)).size).toBe(types.length);
        for (const [index, item] of layout.entries()) {
          expect(item.x).toBeGreaterThanOrEqual(0);
          expect(item.x + item.w).toBeLessThanOrEqual(40);
          for (const other of layout.slice(index + 1)) expect(overlap(item, other)).toBe(false);
        }
      }),
    );
  });

  it("fills the rows of the default six", () => {
    const layout = layoutOf(PRESETS.starter.widgets.map(({ type }) => type));
    expect(layout.map(({ i, x, y, w, h }) => [i, x, y, w, h])).toEqual([
      ["key_figures", 0, 0, 40, 6],
      ["price_history", 0, 6, 20, 14],
      ["price_chart", 20, 6, 20, 14],
      ["daily_note", 0, 20, 13, 13],
      ["market_news", 13, 20, 14, 13],
      ["sector_map", 27, 20, 13, 13],
    ]);
  });

  it("groups widgets that share a parameter, and says so on both sides", () => {
    const { groups = [], tabs } = dashboard("Desk", resolveWidgets(PRESETS.starter.widgets));
    expect(groups.map(({ name, paramName, widgetIds }) => [name, paramName, widgetIds])).toEqual([
      ["Group 1", "symbol", ["price_history", "price_chart", "key_figures", "daily_note"]],
      ["Group 2", "start_date", ["price_history", "price_chart"]],
    ]);
    for (const item of tabs[""]?.layout ?? []) {
      const wanted = groups.filter((group) => group.widgetIds?.includes(item.i)).map(({ name }) => name);
      expect(item.groups).toEqual(wanted);
    }
  });

  it("spreads many widgets over tabs, by category, each a dashboard of its own", () => {
    const widgets = resolveWidgets(PRESETS.showcase.widgets);
    const { tabs } = dashboard("Desk", widgets);
    const shown = Object.values(tabs).flatMap(({ layout }) => layout.map(({ i }) => i));
    expect(shown.sort()).toEqual(widgets.map(({ id }) => id).sort());
    for (const [key, { id, name, layout }] of Object.entries(tabs)) {
      expect(key).toBe(id);
      expect(name).not.toBe("");
      for (const [index, item] of layout.entries()) {
        for (const other of layout.slice(index + 1)) expect(overlap(item, other)).toBe(false);
      }
    }
  });

  it("groups nothing where the options differ, or there is one widget only", () => {
    const options = [{ label: "A", value: "a" }];
    const widgets = resolveWidgets([
      { type: "table", id: "a", params: [{ paramName: "p", type: "text", options }] },
      { type: "table", id: "b", params: [{ paramName: "p", type: "text" }] },
    ]);
    expect(dashboard("Desk", widgets).groups).toEqual([]);
  });

  it("raises sizes that Workspace would raise, and cuts what is wider than the grid", () => {
    const widgets = resolveWidgets([
      { type: "table", id: "a", gridData: { w: 2, h: 1 } },
      { type: "table", id: "b", gridData: { w: 100, h: 5 } },
    ]);
    const layout = dashboard("Desk", widgets).tabs[""]?.layout ?? [];
    // The wide one first, for a narrow one before it would stand alone.
    expect(layout.map(({ i, w, h }) => [i, w, h])).toEqual([
      ["b", 40, 5],
      ["a", 8, 4],
    ]);
  });
});
