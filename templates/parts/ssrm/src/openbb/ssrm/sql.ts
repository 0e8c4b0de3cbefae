import type { Row } from "../widget.js";
import type { Dialect } from "./dialects.js";
import { planOf } from "./plan.js";
import type { Columns, RowSource } from "./source.js";
import { type Bound, fromDriver, Statement } from "./statement.js";

export { clickhouse, duckdb, postgres, sqlite } from "./dialects.js";

/** A table, or the rows of a statement that you wrote or checked. */
type From =
  | {
      /** Its name; with a schema, `["sales", "trades"]`. */
      table: string | string[];
      /** Columns that together tell rows apart: they order what the grid leaves in any order. */
      key: string[];
    }
  | {
      /** One SELECT. Its own order holds while the grid does not sort. */
      query: string;
      key?: string[];
    };

export type SqlOptions = From & {
  dialect: Dialect;
  /** Their names are the fields of the rows. Nothing else of the table is ever asked for. */
  columns: Columns;
  /** Runs a statement with these values bound, and gives its rows as objects. */
  execute: (sql: string, values: Bound[], context: { signal: AbortSignal }) => Promise<Row[]>;
};

/**
 * Rows of a database, which does the work: one statement a request. What comes from the grid is bound, or chosen from a
 * fixed list; the names in the statement are those of `columns`.
 */
export function sqlSource({ dialect, columns, execute, ...from }: SqlOptions): RowSource {
  const name = "table" in from ? [from.table].flat().map(dialect.quote).join(".") : `(\n${from.query}\n)`;
  let total = "total";
  while (Object.hasOwn(columns, total)) total += "_";

  return {
    rows: async (request, context) => {
      const plan = planOf(request, columns);
      const statement = new Statement(dialect, columns, `${name} AS t`, plan);
      const results = statement.results();
      const sql = statement.page(results, from.key ?? [], total);
      const found = await execute(sql, statement.values, context);
      const rowData = found.map((row) => {
        return Object.fromEntries(results.map(({ name, type }) => [name, fromDriver(type, row[name])]));
      });
      if (found[0]) return { rowData, rowCount: Number(found[0][total]) };

      // There was no row to say how many there are.
      const counting = new Statement(dialect, columns, `${name} AS t`, plan);
      const counted = await execute(
        `SELECT (${counting.count()}) AS ${dialect.quote(total)}`,
        counting.values,
        context,
      );
      return { rowData, rowCount: Number(counted[0]?.[total] ?? 0) };
    },
  };
}
