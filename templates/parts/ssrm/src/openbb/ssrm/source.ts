import * as z from "zod";
import { type Row, Rows } from "../widget.js";
import type { Filter, GridRequest } from "./request.js";

/**
 * What a column holds. Dates are texts that start with `YYYY-MM-DD`, or what a database calls a date or a timestamp.
 */
export type ColumnType = "text" | "number" | "boolean" | "date";

/** The columns that a grid may filter, sort and group by. Any other is a 400. */
export type Columns = Record<string, ColumnType>;

export type Value = string | number | boolean | null;

/** Some of the rows that a request asks for, and how many there are in all. */
export interface Page {
  rowData: Row[];
  rowCount: number;
}
export const Page = z.object({ rowData: Rows, rowCount: z.int().min(0) });

/**
 * Where the rows of a server-side table come from: `memorySource`, `sqlSource`, or one of your own.
 *
 * All of them mean the same by the same request:
 * - texts are filtered without regard to the case of A–Z, and sorted by code point;
 * - values of a set filter are compared exactly; its blank (null) also stands for an empty text;
 * - dates are filtered and grouped by day, and sorted with their time;
 * - `inRange` includes both ends;
 * - blanks are less than everything: first when ascending, last when descending. No comparison is true of one, except
 *   that a blank text neither contains nor equals anything. NaN and Infinity are blanks;
 * - aggregates pass over blanks, except `count`, which counts rows;
 * - rows that a sort leaves equal keep their order (in SQL: that of the key);
 * - groups come in the order of their value, unless the grid sorts by it or by an aggregate.
 */
export interface RowSource {
  rows: (request: GridRequest, context: { signal: AbortSignal }) => Promise<Page>;
}

/**
 * The rows of a source whose columns have certain values: `where(trades, { side: "Buy", symbol: ["AAPL", "MSFT"] })`.
 * What the grid asks for is looked up among those.
 */
export function where(source: RowSource, fixed: Record<string, Value | Value[]>): RowSource {
  const filters = Object.entries(fixed).map(([column, value]) => {
    const filter: Filter = { filterType: "set", values: [value].flat() };
    return { column, filter };
  });
  return {
    rows: (request, context) => source.rows({ ...request, filters: [...filters, ...request.filters] }, context),
  };
}
