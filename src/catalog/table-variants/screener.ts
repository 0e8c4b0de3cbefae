import type { ColumnDefinition } from "../../contract/types.js";
import { optionsPath, SYMBOL } from "../params.js";
import type { Variant } from "../types.js";
import { PRICE } from "./price.js";

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

export const screener: Variant = {
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
