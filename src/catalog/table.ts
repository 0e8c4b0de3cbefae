import type { ColumnDefinition } from "../contract/types.js";
import { choiceFields, sampleFields } from "./columns.js";
import { START_DATE, SYMBOL, usableParams } from "./params.js";
import { TABLE_VARIANTS } from "./table-variants/index.js";
import type { CatalogType } from "./types.js";

const COLUMNS: ColumnDefinition[] = [
  { field: "date", headerName: "Date", cellDataType: "dateString", chartDataType: "time", pinned: "left", width: 120 },
  {
    field: "close",
    headerName: "Close",
    headerTooltip: "Last price of the day",
    cellDataType: "number",
    chartDataType: "series",
    formatterFn: "int",
    decimalPlaces: 2,
    prefix: "$",
  },
  {
    field: "change",
    headerName: "Change",
    headerTooltip: "Against the day before",
    cellDataType: "number",
    formatterFn: "normalizedPercent",
    decimalPlaces: 2,
    renderFn: "greenRed",
  },
  { field: "open", headerName: "Open", cellDataType: "number", formatterFn: "int", decimalPlaces: 2, prefix: "$" },
  { field: "high", headerName: "High", cellDataType: "number", formatterFn: "int", decimalPlaces: 2, prefix: "$" },
  { field: "low", headerName: "Low", cellDataType: "number", formatterFn: "int", decimalPlaces: 2, prefix: "$" },
  { field: "volume", headerName: "Volume", cellDataType: "number", chartDataType: "series", formatterFn: "int" },
  {
    field: "trend",
    headerName: "Last 20 days",
    width: 160,
    chartDataType: "excluded",
    // Workspace demands customFormatter wherever options are given; empty, it leaves the points of interest on.
    sparkline: { type: "area", options: { customFormatter: "", stroke: "#2f81f7", fill: "rgba(47,129,247,0.2)" } },
  },
];

export const table: CatalogType = {
  type: "table",
  label: "table",
  plural: "tables",
  summary: "rows and columns, sorted and filtered in the browser",
  id: "price_history",
  name: "Price History",
  entry: {
    description: "Daily prices and volume of one company, newest first, with the change from day to day.",
    source: ["Sample data"],
    gridData: { w: 20, h: 14 },
    staleTime: 300_000,
    params: [SYMBOL, START_DATE],
    data: { table: { showAll: false, columnsDefs: COLUMNS } },
  },
  parts: ["market"],
  variants: TABLE_VARIANTS,
  rank: 2,
  prompt: (mention) => `Which days in ${mention} moved the most, and on what volume?`,
  handler: (widget) => {
    const { data } = widget.definition;
    const columns = widget.choices ? choiceFields(data, COLUMNS) : sampleFields(data, COLUMNS);
    return columns ? { columns, args: "", has: {} } : usableParams(widget, { symbol: "string", start_date: "date" });
  },
};
