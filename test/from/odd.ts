import { CATALOG_TYPES } from "../../src/catalog/index.js";
import { WIDGET_TYPES } from "../../src/contract/constants.js";

type Entry = Record<string, unknown>;

/** What each type must have beside a name, a description and an endpoint. */
const NEEDS: Record<string, (endpoint: string) => Entry> = {
  advanced_charting: () => ({ data: { defaultSymbol: "BTC-USD" } }),
  live_grid: (endpoint) => ({ wsEndpoint: `${endpoint}/ws` }),
  file_viewer: (endpoint) => ({ fileEndpoint: `${endpoint}/one` }),
  multi_file_viewer: (endpoint) => ({
    params: [
      {
        paramName: "file",
        type: "endpoint",
        roles: ["fileSelector"],
        multiSelect: true,
        optionsEndpoint: `${endpoint}/list`,
        value: ["a.pdf"],
      },
    ],
  }),
};

/** Parameters of every kind, with names that the samples know and use for something else. */
const PARAMS = [
  { paramName: "symbol", type: "date", value: "Jan 5, 2024" },
  [{ paramName: "theme", type: "text", options: [{ label: "Blue", value: "blue" }] }],
  [
    { paramName: "raw", type: "number", value: 0 },
    { paramName: "limit", value: 5 },
    { paramName: "video", value: "none" },
    { paramName: "a-b c", type: "boolean", value: true },
    { paramName: "__proto__", type: "text", value: "x" },
    { paramName: "months", type: "number", options: [{ label: "One", value: "1" }], value: "1" },
    { paramName: "start_date", type: "ticker" },
    {
      paramName: "symbols",
      type: "text",
      multiSelect: true,
      options: [{ label: "One", value: 1 }],
      value: [1, "other"],
    },
    { paramName: "tab", type: "tabs", options: [{ label: "A", value: "a" }], value: "not listed" },
    { paramName: "prompt", type: "endpoint", optionsEndpoint: "/shared/options?kind=1" },
    {
      paramName: "country",
      type: "endpoint",
      optionsEndpoint: "shared/options",
      optionsParams: { x: "$symbol", y: 1 },
    },
    { paramName: "far", type: "endpoint", optionsEndpoint: "https://example.com/x" },
    { paramName: "lonely", type: "endpoint" },
    { paramName: "query", type: "text", language: "python", value: "import pandas" },
    { paramName: "go", type: "button", value: "go" },
    {
      type: "form",
      paramName: "form",
      endpoint: "/shared/submit",
      method: "PUT",
      inputParams: [
        { paramName: "country", type: "endpoint", optionsEndpoint: "/form/options" },
        { paramName: "amount", type: "number", value: "12" },
      ],
    },
  ],
];

const COLUMNS = [
  { field: "a.b", headerName: "Dots", cellDataType: "number", formatterFn: "percent" },
  { field: "__proto__", headerName: "*/ process.exit()", cellDataType: "boolean" },
  { field: "constructor", headerName: "${x}", cellDataType: "date" },
  { field: "trend", headerName: "`", sparkline: { type: "line", dataField: "history" } },
  { field: "价格", headerName: "价格", renderFn: "hoverCard", cellDataType: "object" },
];

function entry(type: string | undefined, endpoint: string, more: Entry = {}): Entry {
  return { name: `A ${type}`, description: "*/ throw new Error() /*", ...(type ? { type } : {}), endpoint, ...more };
}

/** For each type: one that is plain, and one with every kind of parameter. */
function everyType(): Record<string, Entry> {
  const widgets: Record<string, Entry> = {};
  for (const type of WIDGET_TYPES.filter(
    (one) => one === "rich_note" || CATALOG_TYPES.some((known) => known === one),
  )) {
    const needs = (endpoint: string) => NEEDS[type]?.(endpoint) ?? {};
    widgets[`${type}_plain`] = entry(type, `types/${type}`, needs(`types/${type}`));
    const own = needs(`full/${type}`);
    widgets[`${type}_full`] = entry(type, `/full/${type}/`, {
      raw: true,
      staleTime: 1000.4,
      ...own,
      params: [...((own.params as unknown[]) ?? []), ...PARAMS],
      data: { dataKey: "result.rows", table: { columnsDefs: COLUMNS }, ...(own.data as object) },
    });
  }
  return widgets;
}

/** Widgets that share what usually belongs to one. */
const TOGETHER: Record<string, Entry> = {
  same_1: entry("table", "same", { params: [{ paramName: "a", options: [{ label: "1", value: "1" }], value: "1" }] }),
  same_2: entry(undefined, "/same", {
    params: [
      { paramName: "a", options: [{ label: "2", value: "2" }], value: "2" },
      { paramName: "b", type: "endpoint", optionsEndpoint: "b/options" },
    ],
    data: { table: { columnsDefs: [{ field: "only_here", headerName: "Only here" }] } },
  }),
  same_chart: entry("chart", "same/", { params: [{ paramName: "a", value: "1" }] }),
  same_posted: entry("omni", "same", { params: [{ paramName: "prompt" }] }),
  constant_1: entry("table", "constants?kind=1"),
  constant_2: entry("table", "constants?kind=2", {
    params: [{ paramName: "kind", options: [{ label: "x", value: "x" }] }],
  }),
  filled_query: entry("metric", "metrics/of?s={symbol}&fixed=1", { params: [{ paramName: "symbol", value: "A/B" }] }),
  path_1: entry("table", "by/{symbol}", { params: [{ paramName: "symbol", value: "EUR/USD" }] }),
  path_2: entry("table", "by/{ticker}", { params: [{ paramName: "ticker" }] }),
  path_3: entry("table", "by/{symbol}/{year}/x", {
    params: [{ paramName: "symbol" }, { paramName: "year", type: "number", value: 2024 }],
  }),
  path_4: entry("markdown", "by/{nobody}/x"),
  choices_of: entry("table", "same/of", { params: [{ paramName: "x", type: "endpoint", optionsEndpoint: "choices" }] }),
  choices: entry("table", "choices"),
  live_1: entry("live_grid", "live", { wsEndpoint: "live/ws", data: { wsRowIdColumn: "id" } }),
  live_2: entry("live_grid", "live", { wsEndpoint: "live/ws", data: { wsRowIdColumns: ["id", "side"] } }),
  live_quiet: entry("live_grid", "quiet"),
  live_elsewhere: entry("live_grid", "quiet/2", { wsEndpoint: "https://example.com/ws" }),
  udf_options: entry("table", "udf/of", {
    params: [{ paramName: "s", type: "endpoint", optionsEndpoint: "types/advanced_charting/symbols" }],
  }),
  rich: { ...entry(undefined, "rich"), defaultViz: "rich_note", storage: { html: "Text" } },
  by_default: { ...entry(undefined, "by/default"), defaultViz: "chart" },
  no_params: entry("table", "no/params", { params: "none" }),
};

/** Ids and endpoints that lead astray whatever takes them for paths, patterns or code. */
const HOSTILE: Record<string, Entry> = Object.fromEntries(
  [
    ["../../../etc/passwd", "../../../etc/passwd"],
    ["constructor", "constructor"],
    ["prototype", "(((("],
    ["toString", "*"],
    ["a b", ":id"],
    ["A B", "//evil.example/x"],
    ["价格", "/价格/报价"],
    ["", "empty/id"],
    ["x".repeat(300), "y".repeat(300)],
    ["Case", "Case"],
    ["case", "case"],
    ["CON", "con"],
    ["aux.ts", "aux.ts"],
    ["index", "index"],
    ["index.gen", "index.gen"],
    ["a.test", "a.test"],
    ["1", "1"],
    ['");process.exit(1);("', '");process.exit(1);("'],
    ["`${process.exit(1)}`", "`${process.exit(1)}`"],
    ["*/process.exit(1)/*", "*/process.exit(1)/*"],
    ["\u2028\u202e\u0007\ud800", "\u2028\u202e\u0007\ud800"],
    ["](javascript:alert(1))|`", "%2e%2e/%2f%00%zz"],
    ["{{name}}", "{{name}}"],
    ["root", "/"],
    ["health", "health"],
    ["metrics", "metrics"],
    ["landing", "landing.js"],
    ["templates", "templates.json"],
    ["hash", "hash#part"],
    ["back", "back\\slash"],
    ["space", " with space "],
  ].map(([id = "", endpoint = ""]) => [id, entry("metric", endpoint)]),
);

/** A file of somebody else's with everything that one can have, all of which Workspace accepts. */
export function oddFile(): Record<string, Entry> {
  return { ...everyType(), ...TOGETHER, ...HOSTILE };
}
