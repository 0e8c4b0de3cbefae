// biome-ignore-all lint/suspicious/noTemplateCurlyInString: places to fill in, as snippets write them.
import type { JsonSchema } from "./json-schema.js";

/** What an editor inserts at one key stroke; `${1:…}` is a place to fill in, and `^` takes the quotes away. */
interface Snippet {
  label: string;
  description?: string;
  body: unknown;
}

/** The beginning that all widgets share. */
const widget = (type: string, name: string, description: string) => ({
  name: `\${1:${name}}`,
  description: `\${2:${description}}`,
  type,
  category: "${3:My Data}",
  endpoint: "${4:path}",
});

const TABLE = {
  ...widget("table", "Prices", "Daily prices of one symbol"),
  gridData: { w: 20, h: 12 },
  data: { table: { columnsDefs: [{ field: "${5:date}", headerName: "${6:Date}", cellDataType: "date" }] } },
};

/** By definition. */
export const SNIPPETS: Readonly<Record<string, Snippet[]>> = {
  widget: [
    { label: "A table", body: TABLE },
    {
      label: "A chart (Plotly)",
      body: { ...widget("chart", "Price chart", "The closing price as a line"), gridData: { w: 20, h: 12 } },
    },
    { label: "A metric", body: { ...widget("metric", "Last price", "The last price"), gridData: { w: 10, h: 5 } } },
    { label: "A text", body: { ...widget("markdown", "Notes", "Notes on the market"), gridData: { w: 20, h: 10 } } },
    {
      label: "A table that a WebSocket changes",
      body: {
        ...widget("live_grid", "Live prices", "Prices as they change"),
        wsEndpoint: "${5:live}",
        gridData: { w: 20, h: 12 },
        data: {
          wsRowIdColumn: "${6:symbol}",
          table: {
            columnsDefs: [
              { field: "${6:symbol}", headerName: "${7:Symbol}" },
              {
                field: "${8:price}",
                headerName: "${9:Price}",
                cellDataType: "number",
                enableCellChangeWs: true,
                renderFn: "showCellChange",
              },
            ],
          },
        },
      },
    },
  ],
  newParam: [
    { label: "A text", body: param("text", "name", "Name", { value: "${3}" }) },
    {
      label: "A choice",
      body: param("text", "side", "Side", {
        value: "${3:buy}",
        options: [
          { label: "${4:Buy}", value: "${3:buy}" },
          { label: "${5:Sell}", value: "${6:sell}" },
        ],
      }),
    },
    {
      label: "Choices that the backend offers",
      body: param("endpoint", "symbol", "Symbol", { value: "${3:AAPL}", optionsEndpoint: "${4:symbols}" }),
    },
    { label: "A date", body: param("date", "start_date", "From", { value: '^"${3:\\$currentDate-1M}"' }) },
    { label: "A number", body: param("number", "limit", "Rows", { value: "^${3:10}" }) },
    { label: "A switch", body: param("boolean", "details", "Details", { value: "^${3:true}" }) },
    { label: "A ticker", body: param("ticker", "symbol", "Symbol", {}) },
    {
      label: "A form",
      body: param("form", "order", "Order", {
        endpoint: "${3:order}",
        method: "POST",
        inputParams: [
          { paramName: "${4:quantity}", type: "number", label: "${5:Quantity}" },
          { paramName: "send", type: "button", label: "Send", value: true },
        ],
      }),
    },
  ],
  column: [
    { label: "A column", body: { field: "${1:name}", headerName: "${2:Name}" } },
    {
      label: "A column of numbers",
      body: column("number", { formatterFn: "none", decimalPlaces: 2 }),
    },
    { label: "A column of fractions, as percentages", body: column("number", { formatterFn: "normalizedPercent" }) },
    { label: "A column of numbers, green and red", body: column("number", { renderFn: "greenRed" }) },
    { label: "A column of dates", body: column("date", {}) },
    {
      label: "A column of small charts",
      body: { field: "${1:history}", headerName: "${2:History}", sparkline: { type: "line" } },
    },
  ],
  newApp: [
    {
      label: "An app with one tab",
      body: {
        name: "${1:Overview}",
        description: "${2:What the dashboard is for}",
        tabs: { "": { id: "", name: "", layout: ["^$3"] } },
        groups: [],
      },
    },
  ],
  agent: [
    {
      label: "An agent",
      body: {
        id: "${1:analyst}",
        name: "${2:Analyst}",
        description: "${3:What it is good for}",
        endpoints: { query: "${4:/query}" },
      },
    },
  ],
  layoutItem: [{ label: "A widget", body: { i: "${1:widget_id}", x: 0, y: "^${2:0}", w: 20, h: 12, groups: [] } }],
};

function param(type: string, name: string, label: string, more: object) {
  return { paramName: `\${1:${name}}`, type, label: `\${2:${label}}`, ...more };
}

function column(cellDataType: string, more: object) {
  return { field: "${1:name}", headerName: "${2:Name}", cellDataType, ...more };
}

/** The schema of a key that an editor offers, so that a new widget can be begun by its id. */
export const NEW_WIDGET: JsonSchema = {
  description: "A new widget: give it an id of its own, of letters, digits, _ and -.",
  defaultSnippets: [{ label: "A table", body: TABLE }],
};
