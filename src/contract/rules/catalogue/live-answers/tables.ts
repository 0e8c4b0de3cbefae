import type { Rule } from "../../rule.js";
import { answering, rule, running } from "./shape.js";

const ROWS = [{ symbol: "AAPL", price: 190.1 }];
const columns = (...columnsDefs: object[]) => ({ type: "table", data: { table: { columnsDefs } } });
const SYMBOL = { field: "symbol", headerName: "Symbol" };
const PRICE = { field: "price", headerName: "Price" };
const change = (formatterFn: string) => columns(SYMBOL, { field: "change", headerName: "Change", formatterFn });
const FRACTIONS = [0.0421, -0.013, 0.0075, 0.021, -0.0032].map((value, row) => ({ symbol: `S${row}`, change: value }));
const PERCENTAGES = [4.21, -1.3, 2.75, 2.1, -3.32].map((value, row) => ({ symbol: `S${row}`, change: value }));
const TREND = columns(SYMBOL, { field: "trend", headerName: "Trend", sparkline: { type: "line" } });

/** Faults of rows and columns: tables, and what reads rows like them. */
export const TABLE_RULES: readonly Rule[] = [
  rule("rows-not-objects", "error", "3.1", {
    title: "The rows are not objects.",
    why: "A table takes its columns from the keys of its rows.",
    remedy: "Send a list of objects, one for each row.",
    bad: answering({ type: "table" }, ["AAPL", "MSFT"]),
    good: answering({ type: "table" }, ROWS),
  }),
  rule("rows-not-unwrapped", "error", "3.1", {
    title: "The rows are within an object, and no `dataKey` leads there.",
    why: "Workspace takes the whole answer for a single row, and shows none of the rows in it.",
    remedy: 'Add "data": {"dataKey": "results"} with the name of the key, or send the list of rows itself.',
    bad: answering({ type: "table" }, { results: ROWS }),
    good: answering({ type: "table", data: { dataKey: "results" } }, { results: ROWS }),
  }),
  rule("lost-data-key", "error", "3.1", {
    title: "`data.dataKey` leads to nothing in the answer.",
    why: "Workspace then takes the whole answer for the data, which is not what was meant.",
    remedy: "Write the path to the data, with dots between the keys, or remove it.",
    bad: answering({ type: "table", data: { dataKey: "data" } }, { results: ROWS }),
    good: answering({ type: "table", data: { dataKey: "results" } }, { results: ROWS }),
  }),
  rule("column-not-in-rows", "error", "3.1", {
    title: "A column's field is in no row.",
    why: "The column stays empty. Where that is so for all of them, the table shows empty rows.",
    remedy: "Write the keys of the rows as `field`, in the same letter case.",
    bad: answering(columns({ field: "ticker", headerName: "Symbol" }, PRICE), ROWS),
    good: answering(columns(SYMBOL, PRICE), ROWS),
  }),
  rule("percent-of-fraction", "warning", "5", {
    title: "A percent format on fractions.",
    why: "`percent` adds the sign and does not multiply: 0.0421 is shown as 0.04 %, where 4.21 % is meant.",
    remedy: "Write `normalizedPercent`, or send percentages.",
    bad: answering(change("percent"), FRACTIONS),
    good: answering(change("normalizedPercent"), FRACTIONS),
  }),
  rule("percent-of-percent", "warning", "5", {
    title: "A format that multiplies by 100, on percentages.",
    why: "`normalizedPercent` multiplies by 100: 4.21 is shown as 421 %.",
    remedy: "Write `percent`, or send fractions.",
    bad: answering(change("normalizedPercent"), PERCENTAGES),
    good: answering(change("percent"), PERCENTAGES),
  }),
  rule("date-in-milliseconds", "warning", "3.1", {
    title: "A date in milliseconds.",
    why: "A table reads a number in its date column as seconds: the year is absurd.",
    remedy: "Send dates as YYYY-MM-DD, or in seconds.",
    bad: answering({ type: "table" }, [{ date: 1769817600000, price: 190.1 }]),
    good: answering({ type: "table" }, [{ date: "2026-01-31", price: 190.1 }]),
  }),
  rule("sparkline-not-a-list", "warning", "5", {
    title: "A sparkline's values are no list.",
    why: "The cell stays empty.",
    remedy: "Send a list of numbers in each row.",
    bad: answering(TREND, [{ symbol: "AAPL", trend: "1,2,3" }]),
    good: answering(TREND, [{ symbol: "AAPL", trend: [1, 2, 3] }]),
  }),
  rule("raw-not-rows", "warning", "3.4", {
    title: "The raw data of a chart are no rows.",
    why: "With `raw`, the toggle asks once more with ?raw=true and shows the answer as a table: it stays empty.",
    remedy: "Send a list of rows when the query says raw=true, or remove `raw`.",
    bad: answering({ type: "chart", raw: true }, { data: [{ x: [1, 2], y: [3, 4] }] }),
    good: running(
      { type: "chart", raw: true },
      {
        "GET /prices": { body: { data: [{ x: [1, 2], y: [3, 4] }] } },
        "GET /prices?theme=dark&raw=true": { body: [{ x: 1, y: 3 }] },
      },
    ),
  }),
];

const page = (count: number, rowCount: unknown, from = 0) => ({
  body: { rowData: Array.from({ length: count }, (_, row) => ({ symbol: `S${from + row}` })), rowCount },
});
const reversed = { body: { rowData: [{ symbol: "S1" }, { symbol: "S0" }], rowCount: 2 } };
const SSRM = { type: "ssrm_table" };
const paged = (...answers: object[]) => running(SSRM, { "POST /prices": answers });
/** What Workspace asks of a server-side table, in this order: the first page, one without bounds, two orders. */
const PAGES = [page(2, 2), page(2, 2), page(2, 2), reversed];

/** Faults of server-side tables. */
export const SERVER_SIDE_RULES: readonly Rule[] = [
  rule("no-row-data", "error", "3.2", {
    title: "A server-side table's answer has no `rowData`.",
    why: "The table shows no row, and no reason.",
    remedy: 'Send {"rowData": [...], "rowCount": n}, where n counts all rows there are.',
    bad: running(SSRM, { "POST /prices": { body: [{ symbol: "S0" }] } }),
    good: paged(...PAGES),
  }),
  rule("page-with-error", "error", "3.2", {
    title: "A server-side table answers with an error.",
    why: "Workspace shows the error in place of the rows.",
    remedy: "Let the first page be read without an error, with the defaults of the parameters.",
    bad: running(SSRM, { "POST /prices": { body: { rowData: [], error: "The database is down" } } }),
    good: paged(...PAGES),
  }),
  rule("bad-row-count", "warning", "3.2", {
    title: "`rowCount` is missing or wrong.",
    why: "It tells the grid where the table ends: rows beyond it are never shown.",
    remedy: "Send the number of all rows there are, as a whole number.",
    bad: paged(page(2, 1), page(2, 1), page(2, 1), { body: { ...reversed.body, rowCount: 1 } }),
    good: paged(...PAGES),
  }),
  rule("unbounded-page-refused", "error", "3.2", {
    title: "The call without `startRow` and `endRow` is refused.",
    why: "Workspace also asks with the body {}, and shows that answer as the first page.",
    remedy: "Take 0 for a missing `startRow` and 500 for a missing `endRow`.",
    bad: paged(page(2, 2), { status: 422, body: { detail: "startRow is missing" } }, page(2, 2), reversed),
    good: paged(...PAGES),
  }),
  rule("sorting-refused", "warning", "3.2", {
    title: "A server-side table cannot be sorted.",
    why: "When the user sorts, filters or scrolls, the table shows no row and no reason.",
    remedy:
      "Take AG Grid's requests: startRow, endRow, sortModel, filterModel, rowGroupCols, groupKeys and the others.",
    bad: paged(page(2, 2), page(2, 2), { status: 500, body: { detail: "sortModel" } }),
    good: paged(...PAGES),
  }),
  rule("sorting-ignored", "warning", "3.2", {
    title: "Sorting a server-side table changes nothing.",
    why: "The grid leaves sorting to your backend: a click on a header does nothing.",
    remedy: "Sort by `sortModel`, a list of {colId, sort}, before the page is cut out.",
    bad: running(SSRM, { "POST /prices": page(2, 2) }),
    good: paged(...PAGES),
  }),
  rule("sorting-changes-count", "warning", "3.2", {
    title: "The number of rows changes when a table is sorted.",
    why: "The grid takes the new number for the end of the table.",
    remedy: "Count all rows there are, whatever their order.",
    bad: paged(page(2, 2), page(2, 2), page(2, 500), { body: { ...reversed.body, rowCount: 500 } }),
    good: paged(...PAGES),
  }),
];
