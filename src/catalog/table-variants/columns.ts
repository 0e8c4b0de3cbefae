import type { ColumnDefinition } from "../../contract/types.js";
import type { Variant } from "../types.js";
import { PRICE } from "./price.js";

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

export const columns: Variant = {
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
