import { describe, expect, it } from "vitest";
import { validateBackend } from "../../src/contract/rules/index.js";

const ok = { name: "Prices", description: "Last close", endpoint: "prices" };
const text = (paramName: string, more: object = {}) => ({ paramName, type: "text", value: "x", ...more });
const endpoint = (paramName: string, more: object = {}) => ({
  paramName,
  type: "endpoint",
  optionsEndpoint: `${paramName}s`,
  ...more,
});
const options = (...values: unknown[]) => values.map((value) => ({ label: `L${value}`, value }));
const table = (...columnsDefs: object[]) => ({ data: { table: { columnsDefs } } });
const col = (more: object) => table({ field: "a", headerName: "A", ...more });
const form = (more: object, ...inputs: object[]) => ({
  params: [
    { type: "form", endpoint: "orders", inputParams: [...inputs, { paramName: "go", type: "button" }], ...more },
  ],
});

/** What is said of one widget, as "severity code path", without its id. */
function said(widget: object): string[] {
  return validateBackend({ widgets: { w: { ...ok, ...widget } } }).map(
    ({ severity, code, path }) => `${severity} ${code} ${path.slice(2)}`,
  );
}

const COLUMN = "/data/table/columnsDefs/0";
const MULTI = { multiSelect: true, value: ["a"], show: false, roles: ["fileSelector"] };

describe("found", () => {
  it.each<[object, string]>([
    // Endpoints.
    [{ endpoint: " prices" }, "warning bad-endpoint /endpoint"],
    [{ endpoint: "http_prices" }, "warning bad-endpoint /endpoint"],
    [{ params: [endpoint("a", { optionsEndpoint: "as " })] }, "warning bad-endpoint /params/0/optionsEndpoint"],
    [form({ endpoint: "orders " }), "warning bad-endpoint /params/0/endpoint"],
    [{ endpoint: "http://10.0.0.5:8000/prices" }, "warning insecure-url /endpoint"],
    [{ type: "iframe", endpoint: "http://example.com" }, "warning insecure-url /endpoint"],
    [{ type: "live_grid", wsEndpoint: "http://example.com/x" }, "warning insecure-url /wsEndpoint"],
    [{ type: "live_grid", wsEndpoint: "wss://example.com/x" }, "warning bad-endpoint /wsEndpoint"],
    [{ defaultViz: "live_grid", wsEndpoint: "ws://example.com/x" }, "warning insecure-url /wsEndpoint"],
    [
      { params: [endpoint("a", { optionsEndpoint: "http://a.b/c" })] },
      "warning insecure-url /params/0/optionsEndpoint",
    ],
    [{ endpoint: "prices/{sym}", params: [text("symbol")] }, "warning unknown-placeholder /endpoint"],
    // Keys.
    [{ data: { datakey: "rows" } }, "warning misspelt-key /data/datakey"],
    [{ data: { table: { columns: [] } } }, "warning misspelt-key /data/table/columns"],
    [{ data: { table: { show_all: true } } }, "warning misspelt-key /data/table/show_all"],
    [{ gridData: { w: 20, h: 9, minw: 5 } }, "warning misspelt-key /gridData/minw"],
    [{ params: [{ paramName: "a", default: "x" }] }, "warning misspelt-key /params/0/default"],
    [{ params: [[text("a", { multiselect: true })]] }, "warning misspelt-key /params/0/0/multiselect"],
    [{ params: [text("a", { desciption: "x" })] }, "warning misspelt-key /params/0/desciption"],
    [{ params: [text("a", { lable: "x" })] }, "warning misspelt-key /params/0/lable"],
    [col({ formatFn: "int" }), `warning misspelt-key ${COLUMN}/formatFn`],
    [col({ type: "number" }), `warning misspelt-key ${COLUMN}/type`],
    [col({ renderFnParams: { colourRules: [] } }), `warning misspelt-key ${COLUMN}/renderFnParams/colourRules`],
    [
      col({
        renderFn: "columnColor",
        renderFnParams: { colorRules: [{ condition: "gt", value: 0, color: "red", Fill: true }] },
      }),
      `warning misspelt-key ${COLUMN}/renderFnParams/colorRules/0/Fill`,
    ],
    [col({ sparkline: { type: "line", data_field: "prices" } }), `warning misspelt-key ${COLUMN}/sparkline/data_field`],
    [
      col({ sparkline: { type: "line", options: { customFormatter: "", xkey: "day" } } }),
      `warning misspelt-key ${COLUMN}/sparkline/options/xkey`,
    ],
    [
      col({ sparkline: { type: "line", options: { customFormatter: "", markers: { enable: true } } } }),
      `warning misspelt-key ${COLUMN}/sparkline/options/markers/enable`,
    ],
    // Keys that a type does not read.
    [{ params: { a: 1 } }, "warning ignored-key /params"],
    [{ type: "table", defaultViz: "chart" }, "info ignored-key /defaultViz"],
    [{ data: { table: { enableCharts: false } } }, "warning ignored-key /data/table/enableCharts"],
    [{ wsEndpoint: "live" }, "warning ignored-key /wsEndpoint"],
    [{ fileEndpoint: "file" }, "warning ignored-key /fileEndpoint"],
    [{ type: "metric", raw: true }, "warning ignored-key /raw"],
    [{ type: "markdown", data: { table: { showAll: true } } }, "warning ignored-key /data/table"],
    [{ data: { wsRowIdColumn: "a" } }, "warning ignored-key /data/wsRowIdColumn"],
    [{ type: "ssrm_table", data: { dataKey: "rows" } }, "warning ignored-key /data/dataKey"],
    [{ type: "live_grid", wsEndpoint: "live", data: { dataKey: "rows" } }, "warning ignored-key /data/dataKey"],
    [{ type: "chart-highcharts", data: { dataKey: "rows" } }, "warning ignored-key /data/dataKey"],
    [{ refetchInterval: false, staleTime: 5000 }, "info ignored-key /staleTime"],
    [{ runButton: true, staleTime: 5000 }, "info ignored-key /staleTime"],
    // What a type needs.
    [{ type: "omni", params: [text("question")] }, "warning no-prompt-param /params"],
    [{ type: "ssrm_advanced", params: [text("prompt")] }, "warning no-prompt-param /params"],
    [{ type: "ssrm_table", params: [text("query")] }, "warning params-not-sent /params/0/paramName"],
    [{ type: "file_viewer" }, "warning no-file-endpoint /fileEndpoint"],
    [
      { type: "multi_file_viewer", params: [endpoint("f", { ...MULTI, multiSelect: false })] },
      "warning file-selector /params/0/multiSelect",
    ],
    [
      { type: "multi_file_viewer", params: [endpoint("f", { ...MULTI, value: "a" })] },
      "warning file-selector /params/0/value",
    ],
    [
      {
        type: "multi_file_viewer",
        params: [endpoint("f", { ...MULTI, optionsParams: { kind: "x" } }), text("kind")],
      },
      "warning unused-param /params/1/paramName",
    ],
    [{ defaultViz: "live_grid", wsEndpoint: "live" }, "warning no-live-updates /defaultViz"],
    [
      {
        type: "live_grid",
        wsEndpoint: "live",
        data: {
          wsRowIdColumn: "s",
          table: {
            columnsDefs: [
              { field: "s", headerName: "S", enableCellChangeWs: true },
              { field: "p", headerName: "P", enableCellChangeWs: false },
            ],
          },
        },
      },
      "warning no-live-updates /data/table/columnsDefs",
    ],
    [
      { type: "advanced_charting", data: { defaultSymbol: "A" }, params: [text("interval")] },
      "warning unused-param /params/0/paramName",
    ],
    // Places.
    [{ gridData: { w: 20, h: 1 } }, "info odd-size /gridData/h"],
    [{ gridData: { w: 20, h: 3 } }, "info odd-size /gridData/h"],
    [{ gridData: { w: 7, h: 9 } }, "info odd-size /gridData/w"],
    [{ gridData: { w: 45, h: 9 } }, "info odd-size /gridData/w"],
    // Parameters.
    [{ params: [text("a", { show: "false" })] }, "warning ignored-key /params/0/show"],
    [{ params: [text("a", { optionsEndpoint: "as" })] }, "warning ignored-key /params/0/optionsEndpoint"],
    [{ params: [text("a", { multiSelect: true })] }, "warning ignored-key /params/0/multiSelect"],
    [{ params: [{ paramName: "a", type: "number", value: 5, max: 9 }] }, "info ignored-key /params/0/max"],
    [{ params: [text("a", { value: { b: 1 } })] }, "warning bad-default /params/0/value"],
    [{ params: [{ paramName: "a", type: "number", value: "5 days" }] }, "warning bad-default /params/0/value"],
    [{ params: [{ paramName: "date", value: "31.12.2024" }] }, "warning bad-date /params/0/value"],
    [
      { params: [text("a"), endpoint("b", { optionsParams: { x: "$c" } })] },
      "warning unknown-reference /params/1/optionsParams/x",
    ],
    [
      { params: [endpoint("a", { optionsEndpoint: "/x/list" }), endpoint("b", { optionsEndpoint: "y/list/?z=1" })] },
      "info same-options-path /params/1/optionsEndpoint",
    ],
    [{ params: [text("a", { options: options("y", "z") })] }, "warning default-not-an-option /params/0/value"],
    [{ params: [text("a", { value: "5", options: options(5, 6) })] }, "warning default-not-an-option /params/0/value"],
    [
      { params: [{ paramName: "a", type: "number", value: 5, options: options("5", "6") }] },
      "warning default-not-an-option /params/0/value",
    ],
    [
      { params: [text("a", { multiSelect: true, value: "y, q", options: options("y", "z") })] },
      "warning default-not-an-option /params/0/value",
    ],
    [
      { params: [{ paramName: "a", type: "tabs", value: "q", options: options("y") }] },
      "warning default-not-an-option /params/0/value",
    ],
    [{ params: [{ paramName: "a", type: "tabs", options: [] }] }, "warning no-options /params/0/options"],
    [
      { params: [{ paramName: "a", type: "boolean", options: options(true, false) }] },
      "info boolean-options /params/0/options",
    ],
    // Forms.
    [form({ endpoint: "" }), "warning form-without-endpoint /params/0/endpoint"],
    [form({ inputParams: [text("a")] }), "warning form-without-button /params/0/inputParams"],
    [form({ inputParams: undefined }), "warning form-without-button /params/0/inputParams"],
    [form({}, text("a"), text("a")), "warning duplicate-param /params/0/inputParams/1/paramName"],
    [
      form({}, { paramName: "d", type: "date", value: "$currentDate-1d" }),
      "warning raw-date /params/0/inputParams/0/value",
    ],
    [
      form({}, { paramName: "e", type: "endpoint" }),
      "warning no-options-endpoint /params/0/inputParams/0/optionsEndpoint",
    ],
    [form({}, endpoint("e", { value: "x" })), "warning ignored-key /params/0/inputParams/0/value"],
    [form({}, endpoint("e", { optionsParams: { a: 1 } })), "warning ignored-key /params/0/inputParams/0/optionsParams"],
    // Columns.
    [
      table({ field: "a", headerName: "A" }, { field: "a", headerName: "B" }),
      "warning duplicate-column /data/table/columnsDefs/1/field",
    ],
    [col({ hide: true }), "warning all-hidden /data/table/columnsDefs"],
    [
      {
        data: {
          table: {
            columnsDefs: [{ field: "a", headerName: "A" }],
            chartView: { cellRangeCols: { line: ["a", "b"] } },
          },
        },
      },
      "warning unknown-column /data/table/chartView/cellRangeCols/line/1",
    ],
    [col({ cellDataType: "text", formatterFn: "percent" }), `warning ignored-key ${COLUMN}/formatterFn`],
    [col({ cellDataType: "number", formatterFn: "dateToYear" }), `warning ignored-key ${COLUMN}/formatterFn`],
    [col({ formatterFn: "none", decimalPlaces: 2 }), `warning ignored-key ${COLUMN}/decimalPlaces`],
    [col({ cellDataType: "text", decimalPlaces: 2 }), `warning ignored-key ${COLUMN}/decimalPlaces`],
    [col({ formatterFn: "normalizedPercent", suffix: " %" }), `warning double-percent ${COLUMN}/suffix`],
    [
      col({ sparkline: { type: "bar", options: { customFormatter: "x", pointsOfInterest: { maximum: {} } } } }),
      `warning ignored-key ${COLUMN}/sparkline/options/pointsOfInterest`,
    ],
    [
      col({ sparkline: { type: "line", options: { customFormatter: "", pointsOfInterest: { maximum: {} } } } }),
      `warning ignored-key ${COLUMN}/sparkline/options/pointsOfInterest`,
    ],
    // Clicks and renderers.
    [col({ renderFn: ["cellOnClick"] }), `warning click-without-action ${COLUMN}/renderFn`],
    [
      col({ renderFn: "greenRed", renderFnParams: { actionType: "sendToAgent", sendToAgent: { markdown: "m" } } }),
      `warning click-without-action ${COLUMN}/renderFnParams/actionType`,
    ],
    [
      col({ renderFn: "cellOnClick", renderFnParams: { actionType: "groupBy", groupBy: { paramName: "b" } } }),
      `info click-needs-group ${COLUMN}/renderFnParams/groupBy/paramName`,
    ],
    [col({ renderFn: "columnColor" }), `warning no-color-rules ${COLUMN}/renderFn`],
    [
      col({ renderFnParams: { colorRules: [{ condition: "gt", value: 0, color: "red" }] } }),
      `warning ignored-key ${COLUMN}/renderFnParams/colorRules`,
    ],
    [col({ renderFnParams: { hoverCard: {} } }), `warning ignored-key ${COLUMN}/renderFnParams/hoverCard`],
    [
      col({ renderFn: "hoverCard", renderFnParams: { hoverCardData: {} } }),
      `warning ignored-key ${COLUMN}/renderFnParams/hoverCardData`,
    ],
    [col({ renderFn: "showCellChange, hoverCard" }), `warning renderers-clash ${COLUMN}/renderFn`],
  ])("%j: %s", (widget, expected) => {
    expect(said(widget)).toEqual([expected]);
  });
});

describe("nothing is said of what works", () => {
  it.each([
    { endpoint: "prices/{symbol}", params: [{ paramName: "symbol", type: "ticker" }] },
    { endpoint: "http://localhost:7779/prices" },
    { endpoint: "HTTP://127.0.0.1/prices" },
    { type: "iframe", endpoint: "http://[::1]:3000/" },
    { endpoint: "https://example.com/prices" },
    { type: "live_grid", wsEndpoint: "http://localhost:7779/live" },
    // Free keys.
    { data: { tables: 1, symbol: "A", columns: [] }, storage: { anything: 1 } },
    table({ field: "a", headerName: "A", sort: "asc", sortIndex: 0, flex: 1, type: "numericColumn" }),
    { params: [text("a", { required: true, group: "g", ui: {} })] },
    { params: {} },
    { params: { optional: {} } },
    { params: null },
    { data: { table: { enableCharts: true } } },
    { type: "chart", raw: true, data: { dataKey: "a.b", table: { showAll: true } } },
    { type: "ssrm_table", data: { dataKey: "rowData" } },
    { type: "ssrm_advanced", params: [text("query", { language: "sql" })] },
    { type: "omni", params: [text("query")] },
    { type: "multi_file_viewer", params: [endpoint("f", MULTI), text("kind")] },
    {
      type: "multi_file_viewer",
      params: [endpoint("f", { ...MULTI, optionsParams: { kind: "$kind" } }), text("kind")],
    },
    {
      type: "live_grid",
      wsEndpoint: "live",
      data: { wsRowIdColumn: "s", ...{ table: { columnsDefs: [{ field: "p", headerName: "P" }] } } },
    },
    { gridData: { w: 5, h: 2, minW: 5, minH: 2 } },
    { gridData: { w: 40, h: 100 } },
    { refetchInterval: 60_000, runButton: true, staleTime: 5000 },
    { params: [text("a", { value: "y", options: options("x", "y") })] },
    { params: [text("a", { value: "", options: options("", "y") })] },
    { params: [text("a", { value: 5, options: options("5") })] },
    { params: [text("a", { multiSelect: true, value: ["x", "y"], options: options("x", "y") })] },
    { params: [text("a", { multiSelect: true, value: "x, y", options: options("x", "y") })] },
    { params: [text("a", { multiSelect: true, value: "Smith, J", options: options("Smith, J") })] },
    { params: [text("a", { multiple: true, value: "q", options: options("x") })] },
    { params: [{ paramName: "a", type: "number", value: "5", options: options(5) }] },
    { params: [{ paramName: "a", type: "number", value: "5.0" }] },
    { params: [text("a", { value: "L", options: [{ label: "L" }] })] },
    { params: [{ paramName: "date", value: "today" }] },
    { params: [{ paramName: "date", value: "2024-01-31" }] },
    { params: [text("a"), endpoint("b", { optionsParams: { x: "$a", y: "a", z: 5, price: "$ 5" } })] },
    { params: [endpoint("a", { show: false })] },
    form({}, text("a"), { paramName: "go", type: "button", value: "second" }),
    form({}, endpoint("a", { value: "", optionsParams: {} })),
    { data: { table: { showAll: true, columnsDefs: [{ field: "a", headerName: "A", hide: true }] } } },
    col({ cellDataType: "text", formatterFn: "none" }),
    col({ cellDataType: "dateString", formatterFn: "dateToYear" }),
    col({ formatterFn: "int", decimalPlaces: 2, suffix: "%" }),
    col({
      sparkline: {
        type: "line",
        options: { customFormatter: "", markers: { enabled: true }, pointsOfInterest: { maximum: {} } },
      },
    }),
    col({ renderFn: "greenRed, titleCase" }),
    col({ renderFn: "hoverCard", renderFnParams: { hoverCard: { cellField: "v" } } }),
  ])("%j", (widget) => {
    expect(said(widget)).toEqual([]);
  });
});

describe("a finding", () => {
  const first = (widget: object) => validateBackend({ widgets: { w: { ...ok, ...widget } } })[0];

  it("names the thing, why it matters and what to do", () => {
    expect(first({ endpoint: "prices/{symbl}", params: [text("symbol")] })).toMatchObject({
      file: "widgets.json",
      message: 'The endpoint has a place for "{symbl}", but the widget has no parameter of that name.',
      hint: "Did you mean {symbol}?",
      why: expect.stringContaining("It is sent as it stands"),
    });
    expect(first({ params: [text("a", { value: "btcusdt", options: options("BTCUSDT") })] })?.hint).toBe(
      'Write "BTCUSDT".',
    );
    expect(first({ params: [text("a"), endpoint("b", { optionsParams: { x: "$A" } })] })?.hint).toBe(
      'Did you mean "$a"?',
    );
    expect(first({ params: [text("a", { value: "5", options: options(5) })] })?.message).toContain(
      'is a text and the option "5" is a number',
    );
  });

  it("stands in the order of the file, parents before what they hold", () => {
    const widgets = {
      b: { ...ok, wsEndpoint: "x", params: [text("a", { show: 1 }), text("a")], gridData: { w: 2, h: 2 } },
      a: { endpoint: "e ", type: "nope" },
    };
    expect(validateBackend({ widgets }).map(({ path }) => path)).toEqual([
      "/b/wsEndpoint",
      "/b/params/0/show",
      "/b/params/1/paramName",
      "/b/gridData/w",
      "/b/gridData/h",
      "/a/endpoint",
      "/a/type",
      "/a/name",
      "/a/description",
    ]);
  });

  it("of a rule is left out where the same place is rejected", () => {
    const paths = (widget: object) => said(widget).map((one) => one.split(" ")[1]);
    expect(paths({ params: [{ paramName: "a", type: "number", value: { x: 1 }, options: options(1) }] })).toEqual([
      "bad-value",
    ]);
  });

  it("says where names are used twice, not minding case", () => {
    const widgets = { a: ok, b: { ...ok, name: " PRICES" }, c: { ...ok, name: "Other" }, d: ok };
    const found = validateBackend({ widgets });
    expect(found.map(({ code, path }) => `${code} ${path}`)).toEqual([
      "duplicate-name /b/name",
      "duplicate-name /d/name",
    ]);
    expect(found[0]?.message).toBe('The widget "a" is called " PRICES" too.');
  });

  it("leaves clicks to the rules between files where the apps are known", () => {
    const column = {
      field: "a",
      headerName: "A",
      renderFn: "cellOnClick",
      renderFnParams: { actionType: "groupBy", groupBy: { paramName: "b" } },
    };
    const widgets = { w: { ...ok, ...table(column) } };
    const codes = (apps?: unknown) => validateBackend({ widgets, apps }).map(({ code }) => code);
    expect(codes()).toEqual(["click-needs-group"]);
    expect(codes([])).toEqual(["click-needs-group"]);
  });
});
