import type { ColumnDefinition, FormInputDefinition, ParamDefinition } from "../contract/types.js";
import { optionsPath, SYMBOL } from "./params.js";
import type { Variant } from "./types.js";

const PRICE = { cellDataType: "number", formatterFn: "int", decimalPlaces: 2, prefix: "$" } as const;

/** A click on a symbol sets the parameter `symbol` of every widget in its group, this one's own included. */
const CLICKABLE_SYMBOL: ColumnDefinition = {
  field: "symbol",
  headerName: "Symbol",
  headerTooltip: "Click to show the company in the other widgets",
  cellDataType: "text",
  chartDataType: "category",
  pinned: "left",
  width: 110,
  renderFn: "cellOnClick",
  renderFnParams: { actionType: "groupBy", groupBy: { paramName: "symbol" } },
};

const screener: Variant = {
  summary: "companies to click on: the other widgets follow",
  id: "stock_screener",
  name: "Stock Screener",
  entry: (endpoint) => ({
    description:
      "The companies with price, change over a day and a year, and trend; a click on a symbol shows it elsewhere.",
    source: ["Sample data"],
    gridData: { w: 40, h: 12 },
    staleTime: 300_000,
    params: [
      SYMBOL,
      {
        paramName: "sector",
        label: "Sector",
        description: "Only companies of this sector; none chosen means all",
        type: "endpoint",
        optionsEndpoint: optionsPath(endpoint, "sectors"),
      },
    ],
    data: {
      table: {
        showAll: false,
        chartView: { enabled: false, chartType: "column", cellRangeCols: { column: ["symbol", "change"] } },
        columnsDefs: [
          CLICKABLE_SYMBOL,
          {
            field: "name",
            headerName: "Company",
            cellDataType: "text",
            renderFn: "hoverCard",
            renderFnParams: { hoverCard: { cellField: "value", title: "{name}", markdown: "**{symbol}**, {sector}" } },
          },
          { field: "sector", headerName: "Sector", cellDataType: "text" },
          { field: "price", headerName: "Price", ...PRICE },
          {
            field: "change",
            headerName: "Day",
            headerTooltip: "Against the day before",
            cellDataType: "number",
            chartDataType: "series",
            formatterFn: "normalizedPercent",
            decimalPlaces: 2,
            renderFn: "greenRed",
          },
          {
            field: "year",
            headerName: "Year",
            headerTooltip: "Against a year ago",
            cellDataType: "number",
            formatterFn: "normalizedPercent",
            decimalPlaces: 1,
            renderFn: "columnColor",
            renderFnParams: {
              colorRules: [
                { condition: "gte", value: 0.1, color: "green" },
                { condition: "lt", value: 0, color: "red" },
                { condition: "between", range: { min: 0, max: 0.1 }, color: "#d29922" },
              ],
            },
          },
          {
            field: "trend",
            headerName: "Last 60 days",
            width: 180,
            chartDataType: "excluded",
            sparkline: { type: "line", options: { customFormatter: "", stroke: "#2f81f7", strokeWidth: 1.5 } },
          },
        ],
      },
    },
  }),
  prompt: (mention) => `Which companies in ${mention} did best this year, and in which sectors?`,
};

const FORM_INPUTS = (endpoint: string): FormInputDefinition[] => [
  {
    paramName: "symbol",
    label: "Symbol",
    description: "What to trade",
    type: "endpoint",
    optionsEndpoint: optionsPath(endpoint, "symbols"),
  },
  {
    paramName: "side",
    label: "Side",
    description: "Buy or sell",
    type: "text",
    value: "buy",
    options: [
      { label: "Buy", value: "buy" },
      { label: "Sell", value: "sell" },
    ],
  },
  { paramName: "quantity", label: "Quantity", description: "How many shares", type: "number", value: 100 },
  { paramName: "day", label: "Good until", description: "The last day of the order", type: "date" },
  { paramName: "note", label: "Note", description: "For the desk", type: "text" },
  { paramName: "urgent", label: "Urgent", description: "Whether it goes first", type: "boolean", value: false },
  { paramName: "send", label: "Send", description: "Sends the order", type: "button", value: "send" },
];

const orders: Variant = {
  summary: "a list with a form that adds to it",
  id: "order_entry",
  name: "Order Entry",
  entry: (endpoint) => ({
    description: "The orders of the day, newest first, with a form to add one.",
    source: ["Sample data"],
    gridData: { w: 20, h: 14 },
    // What was just sent must be there at once.
    refetchInterval: false,
    params: [
      {
        paramName: "order",
        label: "New order",
        description: "Sends an order",
        type: "form",
        endpoint: `${endpoint}/submit`,
        method: "POST",
        inputParams: FORM_INPUTS(endpoint),
      },
    ],
    data: {
      table: {
        showAll: false,
        columnsDefs: [
          { field: "number", headerName: "No.", cellDataType: "number", formatterFn: "none", width: 80 },
          { field: "symbol", headerName: "Symbol", cellDataType: "text", width: 100 },
          {
            field: "side",
            headerName: "Side",
            cellDataType: "text",
            renderFn: ["titleCase", "columnColor"],
            renderFnParams: {
              colorRules: [
                { condition: "eq", value: "buy", color: "green" },
                { condition: "eq", value: "sell", color: "red" },
              ],
            },
          },
          { field: "quantity", headerName: "Quantity", cellDataType: "number", formatterFn: "int" },
          { field: "day", headerName: "Good until", cellDataType: "dateString" },
          { field: "urgent", headerName: "Urgent", cellDataType: "boolean" },
          { field: "note", headerName: "Note", cellDataType: "text" },
        ],
      },
    },
  }),
  prompt: (mention) => `Sum up the orders in ${mention} by symbol.`,
};

const PARAMETERS = (endpoint: string): (ParamDefinition | ParamDefinition[])[] => [
  [
    { paramName: "words", label: "Text", description: "Any text", type: "text", value: "rates" },
    {
      paramName: "size",
      label: "One of a list",
      description: "A text with choices",
      type: "text",
      value: "mid",
      options: [
        { label: "Small", value: "small" },
        { label: "Mid", value: "mid" },
        { label: "Large", value: "large" },
      ],
    },
    {
      paramName: "regions",
      label: "Several of a list",
      description: "A text with choices, of which several may be taken",
      type: "text",
      multiSelect: true,
      value: "us,eu",
      style: { popupWidth: 240 },
      options: [
        { label: "United States", value: "us" },
        { label: "Europe", value: "eu" },
        { label: "Asia", value: "asia" },
      ],
    },
    { paramName: "tags", label: "Free entries", description: "Any number of texts", type: "text", multiple: true },
  ],
  [
    { paramName: "amount", label: "Number", description: "Any number", type: "number", value: 12.5 },
    {
      paramName: "horizon",
      label: "Number of a list",
      description: "A number with choices",
      type: "number",
      value: 5,
      options: [
        { label: "One year", value: 1 },
        { label: "Five years", value: 5 },
      ],
    },
    { paramName: "adjusted", label: "Yes or no", description: "A switch", type: "boolean", value: true },
    {
      paramName: "since",
      label: "Date",
      description: "A day, at first a month ago",
      type: "date",
      value: "$currentDate-1M",
    },
    { paramName: "ticker", label: "Ticker", description: "Any symbol that OpenBB knows", type: "ticker" },
  ],
  [
    {
      paramName: "sector",
      label: "From this backend",
      description: "Choices that the backend lists",
      type: "endpoint",
      value: "Technology",
      optionsEndpoint: optionsPath(endpoint, "sectors"),
    },
    {
      paramName: "company",
      label: "Depends on the one before",
      description: "The companies of the sector",
      type: "endpoint",
      optionsEndpoint: optionsPath(endpoint, "companies"),
      optionsParams: { sector: "$sector", order: "name" },
    },
    {
      paramName: "formula",
      label: "Code",
      description: "A text with an editor",
      type: "text",
      language: "sql",
      value: "select 1",
    },
    {
      paramName: "version",
      label: "Hidden",
      description: "Sent, but not shown",
      type: "text",
      value: "v1",
      show: false,
    },
  ],
  {
    paramName: "view",
    label: "View",
    description: "Tabs under the title",
    type: "tabs",
    value: "all",
    options: [
      { label: "All", value: "all" },
      { label: "Given", value: "given" },
    ],
  },
];

const parameters: Variant = {
  summary: "every kind of parameter, and what arrives of each",
  id: "parameter_lab",
  name: "Parameter Lab",
  entry: (endpoint) => ({
    description: "Every kind of parameter that Workspace knows, with the value that the handler receives for each.",
    source: ["Sample data"],
    gridData: { w: 40, h: 14 },
    params: PARAMETERS(endpoint),
    data: {
      table: {
        showAll: false,
        columnsDefs: [
          { field: "parameter", headerName: "Parameter", cellDataType: "text", pinned: "left" },
          { field: "kind", headerName: "Arrives as", cellDataType: "text" },
          { field: "value", headerName: "Value", cellDataType: "text", minWidth: 200 },
        ],
      },
    },
  }),
  prompt: (mention) => `What has been chosen in ${mention}?`,
};

const COLUMNS: ColumnDefinition[] = [
  { field: "symbol", headerName: "Text", cellDataType: "text", chartDataType: "category", pinned: "left", width: 90 },
  {
    field: "name",
    headerName: "Title case",
    cellDataType: "text",
    renderFn: "titleCase",
    headerTooltip: "renderFn titleCase",
  },
  { field: "listed", headerName: "Date", cellDataType: "date", chartDataType: "time" },
  { field: "founded", headerName: "Year of a date", cellDataType: "date", formatterFn: "dateToYear", align: "center" },
  { field: "report", headerName: "Date as text", cellDataType: "dateString" },
  { field: "active", headerName: "Boolean", cellDataType: "boolean", maxWidth: 110 },
  { field: "price", headerName: "Prefix", ...PRICE, chartDataType: "series", aggFunc: "avg" },
  {
    field: "employees",
    headerName: "Rounded, with suffix",
    cellDataType: "number",
    formatterFn: "int",
    suffix: " people",
  },
  { field: "ticket", headerName: "As it is", cellDataType: "number", formatterFn: "none", align: "left" },
  {
    field: "yield",
    headerName: "Percent",
    headerTooltip: "3.2 is 3.2 %",
    cellDataType: "number",
    formatterFn: "percent",
  },
  {
    field: "margin",
    headerName: "Fraction to percent",
    headerTooltip: "0.25 is 25 %",
    cellDataType: "number",
    formatterFn: "normalizedPercent",
    decimalPlaces: 1,
  },
  { field: "score", headerName: "Times 100", cellDataType: "number", formatterFn: "normalized", decimalPlaces: 0 },
  {
    field: "change",
    headerName: "Green or red",
    cellDataType: "number",
    formatterFn: "normalizedPercent",
    renderFn: "greenRed",
  },
  {
    field: "rating",
    headerName: "Rules for colours",
    cellDataType: "text",
    renderFn: "columnColor",
    renderFnParams: {
      colorRules: [
        { condition: "contains", value: "Buy", color: "green", fill: true },
        { condition: "eq", value: "Sell", color: "red", fill: true },
        { condition: "eq", value: "Hold", color: "blue" },
      ],
    },
  },
  {
    field: "profile",
    headerName: "Hover card",
    cellDataType: "object",
    chartDataType: "excluded",
    renderFn: "hoverCard",
    renderFnParams: { hoverCard: { cellField: "label", title: "{label}", markdown: "{text}" } },
  },
  {
    field: "ask",
    headerName: "Ask the AI",
    cellDataType: "text",
    renderFn: "cellOnClick",
    renderFnParams: { actionType: "sendToAgent", sendToAgent: { markdown: "Tell me about {name} ({symbol})." } },
  },
  { field: "line", headerName: "Line", chartDataType: "excluded", sparkline: { type: "line" } },
  {
    field: "area",
    headerName: "Area",
    chartDataType: "excluded",
    sparkline: {
      type: "area",
      options: {
        customFormatter: "",
        fill: "rgba(47,129,247,0.25)",
        stroke: "#2f81f7",
        markers: { enabled: true, size: 0 },
        pointsOfInterest: { maximum: { fill: "green", size: 4 }, minimum: { fill: "red", size: 4 } },
      },
    },
  },
  {
    field: "bars",
    headerName: "Bars",
    chartDataType: "excluded",
    sparkline: { type: "bar", dataField: "bars", options: { customFormatter: "", direction: "vertical" } },
  },
  { field: "internal", headerName: "Hidden", cellDataType: "text", hide: true },
];

const columns: Variant = {
  summary: "every feature of a column",
  id: "column_gallery",
  name: "Column Gallery",
  entry: {
    description: "One column for each type, format, renderer and sparkline that a table can have.",
    source: ["Sample data"],
    gridData: { w: 40, h: 12 },
    staleTime: 300_000,
    params: [],
    data: {
      table: {
        showAll: false,
        enableAdvanced: true,
        chartView: { enabled: false, chartType: "bar", cellRangeCols: { bar: ["symbol", "price"] } },
        columnsDefs: COLUMNS,
      },
    },
  },
  prompt: (mention) => `Describe the companies in ${mention}.`,
};

/** The other samples of a table. Their handlers know just these parameters, so nothing is asked of the widget. */
export const TABLE_VARIANTS: Record<string, Variant> = Object.fromEntries(
  Object.entries({ screener, orders, parameters, columns }).map(([name, variant]) => [
    name,
    { ...variant, handler: () => ({}) },
  ]),
);
