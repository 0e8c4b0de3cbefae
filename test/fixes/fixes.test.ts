import { describe, expect, it } from "vitest";
import { type Backend, RULES, validateBackend } from "../../src/contract/rules/index.js";
import { after, mended, named } from "./helpers.js";

const widget = { name: "Prices", description: "Last prices", endpoint: "prices" };
const agent = { id: "the-analyst", name: "Analyst", description: "D", endpoints: { query: "/q" } };
const param = (more: object) => ({ widgets: { w: { ...widget, params: [{ paramName: "a", ...more }] } } });
const column = (more: object) => ({
  widgets: { w: { ...widget, data: { table: { columnsDefs: [{ field: "a", headerName: "A", ...more }] } } } },
});
const entry = (more: object) => ({ widgets: { w: { ...widget, ...more } } });
const place = { x: 0, y: 0, w: 20, h: 9 };
const tab = (layout: object[]) => ({ "": { id: "", name: "", layout } });
const app = (more: object, items: object[] = [{ i: "w", ...place }]) => ({
  widgets: { w: widget },
  apps: [{ name: "Desk", tabs: tab(items), ...more }],
});

describe("a mend", () => {
  const rules = RULES.filter(({ bad }) => validateBackend(bad).some(({ fix }) => fix));

  it("is there for the kinds that are certain", () => {
    expect(rules.length).toBeGreaterThan(15);
  });

  it.each(rules.map((rule) => [rule.code, rule] as const))("in the bad example of %s leaves nothing new", (_, rule) => {
    const before = validateBackend(rule.bad);
    for (const finding of before.filter(({ fix }) => fix)) {
      const left = validateBackend(after(rule.bad, finding));
      expect(named(left)).not.toContain(`${finding.code} ${finding.path}`);
      const paths = finding.fix?.operations.map(({ path }) => path) ?? [];
      const fresh = left.filter(
        (one) => !before.some(({ code, path }) => code === one.code && path === one.path) && paths.includes(one.path),
      );
      expect(fresh).toEqual([]);
      expect(left.length).toBeLessThan(before.length);
    }
  });

  it.each<[string, Backend, unknown]>([
    [
      "a key of a widget whose id is a number",
      { widgets: { "123": { ...widget, data: { DataKey: "a" } } } },
      { "123": { data: { dataKey: "a" } } },
    ],
    [
      "a key of a renderer",
      column({ renderFn: "hoverCard", renderFnParams: { hoverCard: { cell_field: "a" } } }),
      { w: { data: { table: { columnsDefs: [{ renderFnParams: { hoverCard: { cellField: "a" } } }] } } } },
    ],
    [
      "keys of a sparkline",
      column({
        sparkline: {
          type: "line",
          options: { customFormatter: "", x_key: "d", axis: { Stroke: "red" }, highlightStyle: { Fill: "red" } },
        },
      }),
      {
        w: {
          data: {
            table: {
              columnsDefs: [
                { sparkline: { options: { xKey: "d", axis: { stroke: "red" }, highlightStyle: { fill: "red" } } } },
              ],
            },
          },
        },
      },
    ],
    [
      "keys within a parameter",
      param({ type: "text", style: { popup_width: 300 }, options: [{ label: "A", value: "a", extra_info: {} }] }),
      { w: { params: [{ style: { popupWidth: 300 }, options: [{ extraInfo: {} }] }] } },
    ],
    ["a type of OpenBB's documents", entry({ type: "table_ssrm" }), { w: { type: "ssrm_table" } }],
    [
      "another one",
      entry({ type: "advanced-chart", data: { defaultSymbol: "A" } }),
      { w: { type: "advanced_charting" } },
    ],
    ["a type in another case", entry({ type: "Live-Grid", wsEndpoint: "ws" }), { w: { type: "live_grid" } }],
    ["a legacy type", entry({ defaultViz: "Chart_Highcharts" }), { w: { defaultViz: "chart-highcharts" } }],
    [
      "a placeholder as routes say it",
      entry({ endpoint: "a/:Symbol/:day", params: [{ paramName: "symbol" }, { paramName: "day" }] }),
      { w: { endpoint: "a/{symbol}/{day}" } },
    ],
    ["keys of the table beside it", entry({ data: { showAll: true } }), { w: { data: { table: { showAll: true } } } }],
    ["a key of data in its table", entry({ data: { table: { dataKey: "a" } } }), { w: { data: { dataKey: "a" } } }],
    [
      "columns that are called so",
      entry({ data: { columns: [{ field: "a", headerName: "A" }] } }),
      { w: { data: { table: { columnsDefs: [{ field: "a", headerName: "A" }] } } } },
    ],
    ["a missing description", entry({ description: undefined }), { w: { description: "Prices" } }],
    [
      "a key in another case",
      { widgets: { w: { Name: "P", description: "D", end_point: "p" } } },
      { w: { name: "P", endpoint: "p" } },
    ],
    [
      "a name under another key",
      { widgets: { w: { title: "P", description: "D", endpoint: "p" } } },
      { w: { name: "P" } },
    ],
    ["a sub-category", entry({ subcategory: "A" }), { w: { subCategory: "A" } }],
    ["null for nothing", entry({ category: null, data: null, raw: null }), { w: { name: "Prices" } }],
    ["numbers in quotes", entry({ gridData: { w: "20", h: "9" } }), { w: { gridData: { w: 20, h: 9 } } }],
    ["true in quotes", entry({ runButton: "True" }), { w: { runButton: true } }],
    ["no stale time", entry({ staleTime: 0 }), { w: { staleTime: 1000 } }],
    [
      "a list of choices",
      param({ type: "Select", optionsEndpoint: "symbols" }),
      { w: { params: [{ type: "endpoint", optionsEndpoint: "symbols" }] } },
    ],
    ["no refresh", entry({ refetchInterval: 0 }), { w: { refetchInterval: false } }],
    ["milliseconds in quotes", entry({ refetchInterval: "60000" }), { w: { refetchInterval: 60000 } }],
    ["an endpoint with spaces", entry({ endpoint: " prices " }), { w: { endpoint: "prices" } }],
    ["one parameter", entry({ params: { paramName: "a" } }), { w: { params: [{ paramName: "a" }] } }],
    [
      "the old name of a click",
      column({ renderFn: "cellOnClick", renderFnParams: { actionType: "groupBy", groupByParamName: "a" } }),
      {
        w: {
          data: {
            table: { columnsDefs: [{ renderFnParams: { actionType: "groupBy", groupBy: { paramName: "a" } } }] },
          },
        },
      },
    ],
    [
      "columns in data",
      entry({ data: { columnsDefs: [{ field: "a", headerName: "A" }] } }),
      { w: { data: { table: { columnsDefs: [{ field: "a" }] } } } },
    ],
    [
      "columns of the widget",
      entry({ columns: [{ field: "a", headerName: "A" }] }),
      { w: { data: { table: { columnsDefs: [{ field: "a" }] } } } },
    ],
    [
      "bare options",
      param({ options: ["x", 5] }),
      {
        w: {
          params: [
            {
              options: [
                { label: "x", value: "x" },
                { label: "5", value: 5 },
              ],
            },
          ],
        },
      },
    ],
    [
      "bare tabs",
      param({ type: "tabs", options: [1] }),
      { w: { params: [{ options: [{ label: "1", value: "1" }] }] } },
    ],
    [
      "options without labels",
      param({ options: [{ value: "x" }] }),
      { w: { params: [{ options: [{ label: "x" }] }] } },
    ],
    ["a parameter's type", param({ type: "String" }), { w: { params: [{ type: "text" }] } }],
    ["a boolean default", param({ type: "boolean", value: "true" }), { w: { params: [{ value: true }] } }],
    ["a text as a number", entry({ source: 5 }), { w: { source: "5" } }],
    [
      "a date's unit",
      param({ type: "date", value: "$currentDate-2W" }),
      { w: { params: [{ value: "$currentDate-2w" }] } },
    ],
    [
      "a default in another case",
      param({ options: [{ label: "Buy", value: "buy" }], value: "Buy" }),
      { w: { params: [{ value: "buy" }] } },
    ],
    [
      "options of another kind",
      param({ type: "number", value: 5, options: [{ label: "5", value: "5" }] }),
      { w: { params: [{ options: [{ label: "5", value: 5 }] }] } },
    ],
    ["`show` in quotes", param({ show: "false" }), { w: { params: [{ show: false }] } }],
    [
      "a form's method",
      {
        widgets: {
          w: {
            ...widget,
            params: [
              {
                type: "form",
                paramName: "f",
                endpoint: "f",
                method: "post",
                inputParams: [{ paramName: "go", type: "Button", value: "go" }],
              },
            ],
          },
        },
      },
      { w: { params: [{ method: "POST", inputParams: [{ type: "button" }] }] } },
    ],
    [
      "a reference",
      {
        widgets: {
          w: {
            ...widget,
            params: [
              { paramName: "a_b" },
              { paramName: "c", type: "endpoint", optionsEndpoint: "o", optionsParams: { x: "$aB" } },
            ],
          },
        },
      },
      { w: { params: [{}, { optionsParams: { x: "$a_b" } }] } },
    ],
    [
      "a placeholder",
      { widgets: { w: { ...widget, endpoint: "p/{Symbol}", params: [{ paramName: "symbol" }] } } },
      { w: { endpoint: "p/{symbol}" } },
    ],
    [
      "a missing formatter",
      column({ sparkline: { type: "line", options: {} } }),
      { w: { data: { table: { columnsDefs: [{ sparkline: { options: { customFormatter: "" } } }] } } } },
    ],
    ["an empty formatter", column({ formatterFn: "" }), { w: { data: { table: { columnsDefs: [{ field: "a" }] } } } }],
    [
      "renderers",
      column({ renderFn: "GreenRed, title-case" }),
      { w: { data: { table: { columnsDefs: [{ renderFn: "greenRed, titleCase" }] } } } },
    ],
    [
      "a missing title",
      column({ headerName: undefined, field: "marketCap_usd" }),
      { w: { data: { table: { columnsDefs: [{ headerName: "Market Cap Usd" }] } } } },
    ],
    [
      "a column's key",
      column({ cell_data_type: "number" }),
      { w: { data: { table: { columnsDefs: [{ cellDataType: "number" }] } } } },
    ],
    [
      "a condition",
      column({
        renderFn: "columnColor",
        renderFnParams: { colorRules: [{ condition: ">=", value: 1, color: "Gold" }] },
      }),
      {
        w: {
          data: {
            table: { columnsDefs: [{ renderFnParams: { colorRules: [{ condition: "gte", color: "#ffd700" }] } }] },
          },
        },
      },
    ],
  ])("is certain for %s", (_, backend, expected) => {
    const result = mended(backend);
    expect(result.titles.length).toBeGreaterThan(0);
    expect(result.backend.widgets).toMatchObject(expected as object);
    expect(result.left.filter(({ severity }) => severity === "error" || severity === "warning")).toEqual([]);
  });

  it.each<[string, Backend, unknown]>([
    ["an id", app({ id: "desk" }), { id: "custom-desk" }],
    ["one widget id", app({ prompts: "What is new?" }), { prompts: ["What is new?"] }],
    [
      "the kind of a group",
      app({ groups: [{ name: "G", type: "Ticker", widgetIds: ["w"] }] }),
      { groups: [{ type: "ticker" }] },
    ],
    [
      "the kind of a group over tickers",
      {
        ...app({ groups: [{ name: "G", type: "param", paramName: "a" }] }, [{ i: "w", ...place, groups: ["G"] }]),
        ...param({ type: "ticker" }),
      },
      { groups: [{ type: "ticker" }] },
    ],
    ["a widget", app({}, [{ i: "W", ...place }]), { tabs: tab([{ i: "w", ...place }]) }],
    [
      "a group of a place",
      app({ groups: [{ name: "Group 1", type: "ticker" }] }, [{ i: "w", ...place, groups: ["group-1"] }]),
      { tabs: tab([{ i: "w", ...place, groups: ["Group 1"] }]) },
    ],
    ["numbers in quotes", app({}, [{ i: "w", ...place, x: "0" }]), { tabs: tab([{ i: "w", ...place }]) }],
    [
      "a tab",
      app({ tabs: { one: { layout: [{ i: "w", ...place }] } } }),
      { tabs: { one: { id: "one", name: "one", layout: [{ i: "w", ...place }] } } },
    ],
    [
      "members",
      app(
        {
          groups: [
            { name: "A", type: "ticker" },
            { name: "B", type: "ticker", widgetIds: ["w"] },
          ],
        },
        [
          { i: "w", ...place, groups: ["A", "B"] },
          { i: "w", ...place, y: 9 },
        ],
      ),
      {
        groups: [
          { name: "A", type: "ticker", widgetIds: ["w"] },
          { name: "B", type: "ticker", widgetIds: ["w"] },
        ],
      },
    ],
  ])("of an app is certain for %s", (_, backend, expected) => {
    const result = mended(backend);
    expect(result.titles.length).toBeGreaterThan(0);
    expect((result.backend.apps as unknown[])[0]).toMatchObject(expected as object);
    expect(result.left.filter(({ severity }) => severity === "error")).toEqual([]);
  });

  it("of an agent, and of what an app says of agents, is certain for names in another spelling", () => {
    const { backend, left } = mended({
      ...app({ selected_agent: "the_analyst", prompts: ["What of @[id:W] and @[id:w]?"] }),
      agents: [{ ...agent, features: { widgetDashboardSelect: true } }],
    });
    expect(backend.apps).toMatchObject([{ selected_agent: "the-analyst", prompts: ["What of @[id:w] and @[id:w]?"] }]);
    expect(backend.agents).toMatchObject([{ features: { "widget-dashboard-select": true } }]);
    expect(left).toEqual([]);
    // Of what only "Add agent" rejects as well, nothing is made that it would reject.
    for (const wrong of [
      { ...agent, endpoints: 5 },
      { ...agent, name: 5 },
      { ...agent, link: "no url" },
    ]) {
      const result = mended({ agents: [wrong] });
      expect(result.left.length + result.titles.length).toBeGreaterThan(0);
      expect(JSON.stringify(result.backend)).not.toContain('"endpoints":"5"');
    }
  });

  it("takes a colour in any way of writing it", () => {
    const written: [string, string][] = [
      ["rebeccapurple", "#663399"],
      ["LightSlateGrey", "#778899"],
      ["GREEN", "green"],
      [" red ", "red"],
      ["22c55e", "#22c55e"],
      ["#22c55eff", "#22c55e"],
      ["#abcf", "#abc"],
      ["rgb(34, 197, 94)", "#22c55e"],
      ["rgb(34 197 94)", "#22c55e"],
    ];
    for (const [color, expected] of written) {
      const rules = [{ condition: "gt", value: 1, color }];
      const { backend } = mended(column({ renderFn: "columnColor", renderFnParams: { colorRules: rules } }));
      expect(JSON.stringify(backend), color).toContain(`"color":"${expected}"`);
    }
  });

  it.each<[string, Backend]>([
    ["another word", entry({ type: "spreadsheet" })],
    ["a typing error", entry({ type: "tabel" })],
    ["a refresh in what may be seconds", entry({ refetchInterval: 60 })],
    ["a stale time in what may be seconds", entry({ staleTime: 60 })],
    ["what may mean that there is none", entry({ category: false, schemaName: true })],
    ["a text that would lose its choices", param({ type: "string", optionsEndpoint: "symbols" })],
    ["a type that the rest does not fit", { widgets: { w: { ...widget, Type: "multi_file_viewer" } } }],
    ["a parameter's type that its default does not fit", param({ Type: "boolean", value: "yes" })],
    ["an agent without an id", { agents: [{ ...agent, id: null }] }],
    ["a date as a number", param({ type: "date", value: 20240101 })],
    ["a refresh that is true", entry({ refetchInterval: true })],
    ["a negative stale time", entry({ staleTime: -1 })],
    ["a null that is needed", entry({ endpoint: null })],
    ["two keys for one", entry({ subcategory: "A", sub_category: "B" })],
    ["a key that is there", entry({ subcategory: "A", subCategory: "B" })],
    ["columns in two places", entry({ columns: [], data: { columnsDefs: [] } })],
    ["columns that would be rejected", entry({ columns: [{ name: "a" }] })],
    ["columns of what is no table", entry({ type: "chart", columns: [{ field: "a", headerName: "A" }] })],
    [
      "a colour that is none",
      column({ renderFnParams: { colorRules: [{ condition: "gt", value: 1, color: "amberish" }] } }),
    ],
    [
      "a colour that is half transparent",
      column({ renderFnParams: { colorRules: [{ condition: "gt", value: 1, color: "#22c55e80" }] } }),
    ],
    ["a number that is none", entry({ gridData: { w: "wide", h: 9 } })],
    ["many decimals", column({ decimalPlaces: 9 })],
    ["a key that Workspace does not know", entry({ imgUrl: "x.png" })],
    ["a widget of another name", app({}, [{ i: "wx", ...place }])],
    [
      "a widget of two near names",
      {
        widgets: { a_b: widget, aB: { ...widget, endpoint: "b" } },
        apps: [{ name: "D", tabs: tab([{ i: "AB", ...place }]) }],
      },
    ],
  ])("is not made of %s", (_, backend) => {
    const found = validateBackend(backend).filter(({ severity }) => severity !== "info");
    expect(found.length).toBeGreaterThan(0);
    expect(found.filter(({ fix }) => fix)).toEqual([]);
  });

  it("keeps what was meant, also where Workspace does not send it", () => {
    const { backend, left } = mended(param({ type: "boolean", value: "false" }));
    expect(backend).toEqual(param({ type: "boolean", value: false }));
    expect(left.map(({ code }) => code)).toEqual(["default-not-sent"]);
  });
});
