import type { CatalogTypeName, Widget } from "../../catalog/index.js";
import type { ColumnDefinition } from "../../contract/types.js";
import { endpointPath } from "../../typegen/paths.js";
import type { ParamShape } from "../../typegen/shape.js";
import { selectorOf } from "./params.js";
import { filePath } from "./router.js";

/** One request to a widget's backend, and what it answers. */
export interface ExampleAnswer {
  method: "GET" | "POST" | "WebSocket";
  /** If it is not the widget's endpoint. */
  path?: string;
  body?: unknown;
  /** How the answer is sent: "as application/json, a list of rows:". */
  says: string;
  /** A text as it is sent, or JSON. */
  answer: unknown;
}

const DAY = "2026-01-30";
const FIGURE = { data: [{ type: "scatter", mode: "lines", x: ["2026-01-29", DAY], y: [101.5, 102.25] }], layout: {} };
const PDF = { data_format: { data_type: "pdf", filename: "report.pdf" }, content: "JVBERi0xLjQK…" };
const BARE = 'with Content-Type exactly "application/json" (no charset)';

/** What each type is asked, and answers (contract sections 3.1 to 3.19). */
const EXAMPLES: Record<CatalogTypeName, (widget: Widget) => ExampleAnswer[]> = {
  table: (widget) => [get("as application/json, a list of rows:", [row(widget)])],
  chart: () => [get("as application/json, a Plotly figure; `data` is not empty:", FIGURE)],
  "chart-highcharts": () => [
    get("as application/json, Highcharts options below `userOptions`:", {
      userOptions: { series: [{ type: "line", data: [101.5, 102.25] }] },
    }),
  ],
  "chart-vegalite": () => [
    get("as application/json, a Vega-Lite specification:", {
      data: { values: [{ day: DAY, close: 102.25 }] },
      mark: "bar",
      encoding: { x: { field: "day", type: "nominal" }, y: { field: "close", type: "quantitative" } },
    }),
  ],
  metric: () => [
    get("as application/json, key figures:", [{ label: "Last price", value: "$102.25", delta: "+0.74 %" }]),
  ],
  markdown: () => [get("as application/json, one text in Markdown:", JSON.stringify("## Today\n\nA **quiet** day."))],
  note: () => [get("as application/json, a text. The note itself is kept in Workspace:", JSON.stringify("A note"))],
  newsfeed: () => [
    get("as application/json, articles; each has all five texts, and a date that JavaScript can read:", [
      {
        title: "Rates are left alone",
        date: `${DAY}T08:00:00Z`,
        author: "Ada Example",
        excerpt: "In short",
        body: "In *Markdown*",
      },
    ]),
  ],
  html: () => [get("as text/html, a page; its scripts do not run:", "<!doctype html><p>Hello</p>")],
  iframe: () => [
    get(
      "as text/html, a page that may be framed (no X-Frame-Options). No headers are sent with the request:",
      "<!doctype html><p>Hello</p>",
    ),
  ],
  youtube: () => [
    get("as text/plain, the address of a video, without quotes:", "https://www.youtube.com/watch?v=PHe0bXAIuk0"),
  ],
  pdf: () => [
    get(
      `the bytes of a PDF, with Content-Type exactly "application/pdf"; or, ${BARE}, base64. The request has no headers:`,
      PDF,
    ),
  ],
  file_viewer: (widget) => [
    get("as application/json, a list of files:", [{ title: "First note", link: "first.md", description: "A sample" }]),
    {
      method: "GET",
      path: `${filePath(widget)}?path=first.md`,
      says: "as application/json, the text of that file:",
      answer: JSON.stringify("# First note"),
    },
  ],
  multi_file_viewer: (widget) => [
    {
      method: "POST",
      body: { [selectorOf(widget) ?? "files"]: ["report.pdf", "missing.pdf"] },
      says: `${BARE}, an item for each file, in that order:`,
      answer: [PDF, { error_type: "not_found", content: "There is no such file." }],
    },
  ],
  omni: () => [
    {
      method: "POST",
      body: { prompt: "How was the week?" },
      says: 'as application/json; `parse_as` is "text", "table" (a list of rows) or "chart" (a Plotly figure):',
      answer: { content: "It rose by **2 %**.", data_format: { data_type: "object", parse_as: "text" } },
    },
  ],
  live_grid: (widget) => [
    get("as application/json, the rows of the moment:", [row(widget)]),
    {
      method: "WebSocket",
      path: endpointPath(widget.definition.wsEndpoint ?? `${widget.definition.endpoint}/live`),
      body: { type: "params", params: {} },
      says: "any number of JSON messages, each a row that changed (its id column and what is new), or a list of them:",
      answer: row(widget),
    },
  ],
  ssrm_table: (widget) => rowModel(widget, {}),
  ssrm_advanced: (widget) => rowModel(widget, { query: "SELECT 1" }),
  advanced_charting: (widget) => {
    const symbol = String(widget.definition.data?.defaultSymbol ?? "AAPL");
    const at = (rest: string) => `${endpointPath(widget.definition.endpoint)}/${rest}`;
    const info = {
      name: symbol,
      ticker: symbol,
      type: "stock",
      session: "24x7",
      timezone: "Etc/UTC",
      exchange: "",
      minmov: 1,
      pricescale: 100,
    };
    const says = "as application/json:";
    return [
      {
        method: "GET",
        path: at("config"),
        says,
        answer: { supports_search: true, supports_group_request: false, supported_resolutions: ["1D"] },
      },
      {
        method: "GET",
        path: at(`search?query=${symbol}&limit=30`),
        says,
        answer: [{ symbol, full_name: symbol, description: symbol, exchange: "", type: "stock" }],
      },
      { method: "GET", path: at(`symbols?symbol=${symbol}`), says, answer: { ...info, supported_resolutions: ["1D"] } },
      {
        method: "GET",
        path: at(`history?symbol=${symbol}&resolution=1D&from=1769644800&to=1769817600`),
        says: 'as application/json; {"s": "no_data"} where there is nothing:',
        answer: { s: "ok", t: [1_769_731_200], o: [101.5], h: [103], l: [101], c: [102.25], v: [1_000_000] },
      },
    ];
  },
};

/** Every request that a widget's endpoint must answer, its example in terms of the widget's own columns. */
export function exampleAnswer(widget: Widget, shapes: ParamShape[]): ExampleAnswer[] {
  const examples = EXAMPLES[widget.definition.type](widget);
  if (!shapes.some(({ name }) => name === "raw")) return examples;
  const raw =
    widget.definition.type === "youtube" ? "the transcript, as text/plain" : "a list of rows, as application/json";
  return examples.map((one) => ({ ...one, says: `${one.says.replace(/:$/, "")} (with raw=true, ${raw}):` }));
}

function get(says: string, answer: unknown): ExampleAnswer {
  return { method: "GET", says, answer };
}

function rowModel(widget: Widget, query: Record<string, string>): ExampleAnswer[] {
  const body = {
    ...query,
    startRow: 0,
    endRow: 500,
    sortModel: [],
    filterModel: {},
    rowGroupCols: [],
    valueCols: [],
    groupKeys: [],
  };
  return [
    {
      method: "POST",
      body,
      says: "as application/json, the rows from startRow to endRow (else the first page) and how many there are:",
      answer: { rowData: [row(widget)], rowCount: 1 },
    },
  ];
}

/** A row with a value for each column. */
function row({ definition }: Widget): Record<string, unknown> {
  const columns = definition.data?.table?.columnsDefs;
  const known: ColumnDefinition[] = Array.isArray(columns) ? columns : [];
  if (known.length === 0) return { name: "First", value: 1.5 };
  return Object.fromEntries(known.map((column) => [column.field, cell(column)]));
}

function cell({ cellDataType, formatterFn, sparkline, headerName, field }: ColumnDefinition): unknown {
  if (sparkline) return [1, 3, 2];
  if (cellDataType === "boolean") return true;
  if (cellDataType === "object") return { label: headerName };
  if (cellDataType === "date" || cellDataType === "dateString" || formatterFn === "dateToYear") return DAY;
  if (formatterFn === "normalizedPercent" || formatterFn === "normalized") return 0.0125;
  const numeric = cellDataType === "number" || (cellDataType === undefined && formatterFn && formatterFn !== "none");
  if (numeric) return 102.25;
  return cellDataType === undefined && /(^|_)(year|date|day)/i.test(field) ? DAY : headerName;
}
