import type { CannedAnswer, Rule } from "../../rule.js";
import { rule, running } from "./shape.js";

const ROWS = { body: [{ symbol: "AAPL", price: 190.1 }] };
const UPDATE = { body: [{ symbol: "AAPL", price: 190.2 }] };
const COLUMNS = [
  { field: "symbol", headerName: "Symbol" },
  { field: "price", headerName: "Price", enableCellChangeWs: true },
];

function live(socket: CannedAnswer, data: object = {}) {
  const widget = {
    type: "live_grid",
    wsEndpoint: "live",
    data: { wsRowIdColumn: "symbol", table: { columnsDefs: COLUMNS }, ...data },
  };
  return running(widget, { "GET /prices": ROWS, "WS /live": socket });
}

const BASE = { type: "advanced_charting", endpoint: "udf", data: { defaultSymbol: "AAPL" } };
const CONFIG = { supports_search: true, supports_group_request: false, supported_resolutions: ["1D"] };
const SYMBOL = {
  name: "AAPL",
  description: "Apple",
  type: "stock",
  session: "0930-1600",
  timezone: "America/New_York",
  exchange: "NASDAQ",
  minmov: 1,
  pricescale: 100,
};
const BARS = { s: "ok", t: [1769644800, 1769731200], o: [1, 2], h: [2, 3], l: [1, 2], c: [2, 3], v: [9, 9] };
const FOUND = [{ symbol: "AAPL", full_name: "AAPL", description: "Apple", exchange: "NASDAQ", type: "stock" }];

function udf(changes: Record<string, unknown> = {}) {
  const bodies = { "/config": CONFIG, "/symbols": SYMBOL, "/search": FOUND, "/history": BARS, "": {}, ...changes };
  const answers = Object.entries(bodies).map(([path, body]) => [`GET /udf${path}`, { body }]);
  return running(BASE, Object.fromEntries(answers));
}

/** Faults of live grids' sockets, and of TradingView's protocol. */
export const SOCKET_RULES: readonly Rule[] = [
  rule("socket-refused", "warning", "3.14", {
    title: "The socket of a live grid does not open.",
    why: "The rows never change, and nothing tells the user why.",
    remedy: "Let the socket open at `wsEndpoint` without headers, query or subprotocol, for the origin of Workspace.",
    bad: live({ status: 403 }),
    good: live(UPDATE),
  }),
  rule("socket-silent", "warning", "3.14", {
    title: "The socket of a live grid says nothing.",
    why: "The rows do not change.",
    remedy: 'Send rows soon after the message {"type": "params", "params": {...}} came.',
    bad: { ...live({}), live: { ...live({}).live, budgetMs: 5000 } },
    good: live(UPDATE),
  }),
  rule("socket-not-rows", "warning", "3.14", {
    title: "A socket's message is no row.",
    why: "Messages that are not objects in JSON are dropped.",
    remedy: "Send an object, or a list of objects, in JSON.",
    bad: live({ body: ["hello"] }),
    good: live(UPDATE),
  }),
  rule("row-id-not-in-rows", "warning", "3.14", {
    title: "The column that tells rows apart is in no row.",
    why: "Updates find no row to change.",
    remedy: "Name a column of the rows in `data.wsRowIdColumn`.",
    bad: live(UPDATE, { wsRowIdColumn: "price_id", table: { columnsDefs: COLUMNS } }),
    good: live(UPDATE),
  }),
  rule("update-of-unknown-row", "warning", "3.14", {
    title: "The socket sends rows that are not shown.",
    why: "Rows that the endpoint did not send are ignored.",
    remedy: "Send the same ids as in the rows of the endpoint.",
    bad: live({ body: [{ symbol: "aapl", price: 190.2 }] }),
    good: live(UPDATE),
  }),
  rule("update-without-column", "warning", "3.14", {
    title: "The socket sends no column that may change.",
    why: "Only columns of `columnsDefs` that the rows have already, and that allow it, are changed.",
    remedy: "Set `enableCellChangeWs: true` on the columns that the socket sends.",
    bad: live({ body: [{ symbol: "AAPL", last: 190.2 }] }),
    good: live(UPDATE),
  }),
  rule("bad-udf-config", "error", "3.18", {
    title: "TradingView's /config is missing or wrong.",
    why: "The chart does not start.",
    remedy: 'Answer {"supports_search": true, "supports_group_request": false, "supported_resolutions": ["1D"]}.',
    bad: udf({ "/config": { ...CONFIG, supports_search: false, supports_group_request: true } }),
    good: udf(),
  }),
  rule("bad-udf-symbol", "error", "3.18", {
    title: "TradingView's /symbols does not know the first symbol.",
    why: "The chart has nothing to show.",
    remedy: "Answer with name, description, type, session, timezone, exchange, minmov and pricescale.",
    bad: udf({ "/symbols": { s: "error", errmsg: "unknown symbol" } }),
    good: udf(),
  }),
  rule("bad-udf-search", "warning", "3.18", {
    title: "TradingView's /search finds nothing.",
    why: "Users cannot choose another symbol.",
    remedy: "Answer with a list of {symbol, full_name, description, exchange, ticker, type}.",
    bad: udf({ "/search": [] }),
    good: udf(),
  }),
  rule("bad-udf-history", "error", "3.18", {
    title: "TradingView's /history is not as the chart reads it.",
    why: "The chart shows no bars, or wrong ones.",
    remedy: 'Send {"s": "ok"} with lists of the same length: t in UNIX seconds, rising, and o, h, l, c, v.',
    bad: udf({ "/history": { ...BARS, t: [1769644800000, 1769731200000] } }),
    good: udf(),
  }),
  rule("bad-udf-time", "warning", "3.18", {
    title: "TradingView's /time is no time.",
    why: "The chart asks for the time because /config says `supports_time`, and cannot read the answer.",
    remedy: "Send the UNIX time in seconds as a bare number, or set supports_time to false.",
    bad: udf({ "/config": { ...CONFIG, supports_time: true }, "/time": "2026-01-31" }),
    good: udf({ "/config": { ...CONFIG, supports_time: true }, "/time": "1769851800" }),
  }),
];
