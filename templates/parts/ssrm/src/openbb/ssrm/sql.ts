import type { Row } from "../widget.js";
import type { Dialect } from "./dialects.js";
import { planOf } from "./plan.js";
import type { Columns, RowSource } from "./source.js";
import { type Bound, fromDriver, resultName, Statement } from "./statement.js";

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
  const rows = "table" in from ? [from.table].flat().map(dialect.quote).join(".") : `(\n${from.query}\n)`;

  return {
    rows: async (request, context) => {
      const plan = planOf(request, columns);
      const page = new Statement(dialect, columns, `${rows} AS t`, plan);
      const results = page.results();
      const sql = page.page(results, from.key ?? []);
      const found = await execute(sql, page.values, context);
      const rowData = found.map((row) => {
        const cells = results.map(({ name, type }, index) => [name, fromDriver(type, row[resultName(index)])]);
        return Object.fromEntries(cells);
      });
      if (found[0]) return { rowData, rowCount: Number(found[0].ssrm_total) };

      // There was no row to say how many there are.
      const count = new Statement(dialect, columns, `${rows} AS t`, plan);
      const counted = await execute(`SELECT ${count.total()}`, count.values, context);
      return { rowData, rowCount: Number(counted[0]?.ssrm_total ?? 0) };
    },
  };
}
