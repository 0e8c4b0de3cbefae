import { label, shown } from "../../explain.js";
import { isObject } from "../../problems.js";
import type { Subject } from "./subject.js";

/** The columns of a table together, and its chart (contract 3.1, 5 and 6). */
export function tableRules(subject: Subject): void {
  const { columns, table, warn } = subject;
  if (columns.length === 0) return;
  const fields = new Set<string>();
  for (const { column, where } of columns) {
    if (typeof column.field !== "string") continue;
    if (fields.has(column.field)) {
      warn(
        "duplicate-column",
        [...where, "field"],
        `Another column shows the field ${shown(column.field)} already.`,
        "Remove one, or name another field.",
      );
    }
    fields.add(column.field);
  }
  if (table.showAll === true) return;
  if (columns.every(({ column }) => column.hide === true)) {
    warn(
      "all-hidden",
      ["data", "table", "columnsDefs"],
      "Every column is hidden, so the table is blank.",
      "Remove `hide` from the columns to show.",
    );
  }
  chartColumns(subject, fields);
}

function chartColumns({ table, warn }: Subject, fields: ReadonlySet<string>): void {
  const ranges =
    isObject(table.chartView) && isObject(table.chartView.cellRangeCols) ? table.chartView.cellRangeCols : {};
  for (const [type, names] of Object.entries(ranges)) {
    if (!Array.isArray(names)) continue;
    for (const [index, name] of names.entries()) {
      if (typeof name !== "string" || fields.has(name)) continue;
      const at = ["data", "table", "chartView", "cellRangeCols", type, index];
      warn(
        "unknown-column",
        at,
        `${label(at)} is ${shown(name)}, which is none of the columns, so the chart lacks it.`,
        "Name the `field` of a column, or add one to `columnsDefs`.",
      );
    }
  }
}
