import type { ColumnDefinition } from "../contract/types.js";
import { sampleFields } from "./columns.js";
import { usableParams } from "./params.js";
import type { CatalogType } from "./types.js";

const DOLLARS = { cellDataType: "number", formatterFn: "int", decimalPlaces: 2, prefix: "$" } as const;

const COLUMNS: ColumnDefinition[] = [
  { field: "date", headerName: "Date", cellDataType: "dateString", chartDataType: "time", pinned: "left", width: 120 },
  { field: "symbol", headerName: "Symbol", cellDataType: "text", chartDataType: "category", width: 110 },
  { field: "sector", headerName: "Sector", cellDataType: "text", chartDataType: "category", width: 140 },
  {
    field: "side",
    headerName: "Side",
    cellDataType: "text",
    width: 90,
    renderFn: "columnColor",
    renderFnParams: {
      colorRules: [
        { condition: "eq", value: "Buy", color: "green" },
        { condition: "eq", value: "Sell", color: "red" },
      ],
    },
  },
  {
    field: "quantity",
    headerName: "Quantity",
    headerTooltip: "Shares",
    cellDataType: "number",
    chartDataType: "series",
    formatterFn: "int",
    aggFunc: "sum",
  },
  { field: "price", headerName: "Price", ...DOLLARS, aggFunc: "avg" },
  {
    field: "notional",
    headerName: "Notional",
    headerTooltip: "Quantity times price",
    chartDataType: "series",
    ...DOLLARS,
    aggFunc: "sum",
  },
  { field: "venue", headerName: "Venue", cellDataType: "text", width: 120 },
  { field: "id", headerName: "Trade", cellDataType: "text", width: 140 },
];

export const ssrmTable: CatalogType = {
  type: "ssrm_table",
  label: "server-side table",
  plural: "server-side tables",
  summary: "any number of rows, worked on by the backend",
  id: "trade_blotter",
  name: "Trade Blotter",
  entry: {
    description: "All trades of the last 250 trading days, newest first, to filter, sort and group by any column.",
    source: ["Sample data"],
    gridData: { w: 40, h: 14 },
    params: [
      {
        paramName: "sectors",
        label: "Sectors",
        description: "Only trades in companies of these sectors; none chosen means all",
        type: "text",
        multiSelect: true,
        options: ["Technology", "Consumer", "Financials", "Energy", "Health Care", "Industrials"].map((value) => ({
          label: value,
          value,
        })),
      },
    ],
    data: { table: { showAll: false, columnsDefs: COLUMNS } },
  },
  parts: ["market", "ssrm", "trades"],
  rank: 2,
  advice:
    "A server-side table over a database: `sqlSource({ dialect: postgres, table, key, columns, execute })` of " +
    "`src/openbb/ssrm/sql.ts`, where `execute` runs a statement with its values bound, such as " +
    "`async (sql, values) => (await pool.query(sql, values)).rows`. There are dialects for PostgreSQL, SQLite, DuckDB and " +
    "ClickHouse; names in a statement are only those of `columns`.",
  prompt: (mention) => `Which sectors in ${mention} were bought and sold the most, by notional?`,
  handler: (widget) => {
    const columns = sampleFields(widget.definition.data, COLUMNS);
    return columns ? { columns, args: "", has: { sectors: false } } : usableParams(widget, { sectors: "many" });
  },
};
