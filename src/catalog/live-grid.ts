import type { ColumnDefinition } from "../contract/types.js";
import { sampleFields } from "./columns.js";
import { SYMBOL, usableParams } from "./params.js";
import type { CatalogType } from "./types.js";

/** A cell changes only where its column says so: Workspace's own default is not there at run time. */
const LIVE = { enableCellChangeWs: true } as const;
/** A changed cell flashes green or red, by the sign of the change. */
const FLASH = { ...LIVE, renderFn: "showCellChange", renderFnParams: { colorValueKey: "change" } } as const;
const PRICE = { cellDataType: "number", formatterFn: "int", decimalPlaces: 2, prefix: "$" } as const;

const COLUMNS: ColumnDefinition[] = [
  { field: "symbol", headerName: "Symbol", cellDataType: "text", pinned: "left", width: 100 },
  { field: "name", headerName: "Company", cellDataType: "text", width: 150 },
  { field: "last", headerName: "Last", headerTooltip: "The price of the last trade", ...PRICE, ...FLASH },
  {
    field: "change",
    headerName: "Change",
    headerTooltip: "Against the close of the day before",
    cellDataType: "number",
    formatterFn: "normalizedPercent",
    decimalPlaces: 2,
    ...LIVE,
    renderFn: "greenRed",
  },
  { field: "bid", headerName: "Bid", ...PRICE, ...LIVE },
  { field: "ask", headerName: "Ask", ...PRICE, ...LIVE },
  {
    field: "volume",
    headerName: "Volume",
    headerTooltip: "Shares traded today",
    cellDataType: "number",
    formatterFn: "int",
    ...LIVE,
  },
  { field: "time", headerName: "Time", headerTooltip: "UTC", cellDataType: "text", width: 100, ...LIVE },
];

export const liveGrid: CatalogType = {
  type: "live_grid",
  label: "live grid",
  plural: "live grids",
  summary: "cells that change by themselves",
  id: "live_prices",
  name: "Live Prices",
  entry: (endpoint) => ({
    description: "Prices of each company as they change: last trade, change on the day, bid, ask and volume.",
    source: ["Sample data"],
    gridData: { w: 20, h: 11 },
    // Workspace does not connect again when a WebSocket breaks: the rows are then at most a minute old.
    refetchInterval: 60_000,
    staleTime: 1_000,
    wsEndpoint: `${endpoint}/live`,
    params: [
      {
        paramName: "symbols",
        label: "Symbols",
        description: "The companies to watch; none chosen means all",
        type: "text",
        multiSelect: true,
        options: SYMBOL.options,
      },
    ],
    data: { wsRowIdColumn: "symbol", table: { showAll: false, columnsDefs: COLUMNS } },
  }),
  parts: ["market"],
  dependencies: ["ws"],
  devDependencies: ["@types/ws"],
  advice:
    "A live grid's source: what can only be asked for is `polled`; what arrives by itself goes to `feed.publish(rows)`, " +
    "each row with the columns of its id. Several processes share one feed in the variant `redis`, at `REDIS_URL` " +
    "(redis://127.0.0.1:6379 unless set); the widget's id is the name of its channel there.",
  variantQuestion: "Who serves these rows?",
  usual: "this process alone",
  variants: {
    redis: {
      summary: "several processes, which share one feed over Redis",
      parts: ["redis-feed"],
      dependencies: ["ioredis"],
    },
  },
  rank: 2,
  prompt: (mention) => `Which companies in ${mention} moved the most today?`,
  handler: (widget) => {
    const columns = sampleFields(widget.definition.data, COLUMNS);
    return columns ? { columns, args: "", has: {} } : { columns, ...usableParams(widget, { symbols: "many" }) };
  },
};
