import type { Finding } from "../findings.js";
import { isObject, type Key } from "../problems.js";
import { nearest } from "../suggest.js";
import { judgePercent } from "./formats.js";
import { dataOf, fault, listed, textOf, type Widget } from "./reply.js";

type Row = Record<string, unknown>;

/** A column of `columnsDefs`, and where it stands. */
interface Column {
  column: Record<string, unknown>;
  field: string;
  path: Key[];
}

const SAMPLE = 2000;
/** In milliseconds it is 1973, in seconds the year 5138. */
const TOO_MANY_SECONDS = 1e11;

function columnsOf(widget: Widget): Column[] {
  const { table } = dataOf(widget);
  const defs: unknown = isObject(table) ? table.columnsDefs : undefined;
  if (!Array.isArray(defs)) return [];
  return defs.flatMap((column: unknown, index) =>
    isObject(column) && typeof column.field === "string"
      ? [{ column, field: column.field, path: ["data", "table", "columnsDefs", index] }]
      : [],
  );
}

/** The fields that a table lists. */
export function listedFields(widget: Widget): string[] {
  return columnsOf(widget).map(({ field }) => field);
}

/**
 * What the columns of a table show of its rows (contract 3.1 and 5).
 *
 * @param rows at least one
 */
export function judgeColumns(widget: Widget, rows: readonly Row[]): Finding[] {
  const { table } = dataOf(widget);
  // The fields of a transposed table stand in its rows.
  if (isObject(table) && table.transpose === true) return [];
  const columns = columnsOf(widget);
  const sample = rows.slice(0, SAMPLE);
  return [
    ...missingFields(widget, columns, rows),
    ...columns.flatMap((column) => judgeValues(widget, column, sample)),
    ...millisecondDates(widget, columns, sample),
  ];
}

/** Columns of no row, and keys that a column reads from the row besides its own. */
function missingFields(widget: Widget, columns: Column[], rows: readonly Row[]): Finding[] {
  const asked = columns.flatMap(({ column, field, path }) => {
    const spark = isObject(column.sparkline) ? column.sparkline : {};
    const params = isObject(column.renderFnParams) ? column.renderFnParams : {};
    const groupBy = isObject(params.groupBy) ? params.groupBy : {};
    const own = typeof spark.dataField === "string" ? [] : [{ field, path: [...path, "field"], own: true }];
    const others = [
      { field: spark.dataField, path: [...path, "sparkline", "dataField"] },
      { field: params.colorValueKey, path: [...path, "renderFnParams", "colorValueKey"] },
      { field: groupBy.valueField, path: [...path, "renderFnParams", "groupBy", "valueField"] },
    ].flatMap(({ field: name, path: where }) =>
      typeof name === "string" && name !== "" ? [{ field: name, path: where, own: false }] : [],
    );
    return [...own, ...others];
  });
  const missing = new Set(asked.map(({ field }) => field));
  for (const row of rows) {
    if (missing.size === 0) return [];
    for (const field of missing) if (Object.hasOwn(row, field)) missing.delete(field);
  }
  const there = Object.keys(rows[0] ?? {});
  const own = asked.filter((one) => one.own);
  if (own.length > 0 && own.every(({ field }) => missing.has(field)) && !showsAll(widget)) {
    return [
      fault(
        "error",
        "column-not-in-rows",
        widget,
        ["data", "table", "columnsDefs"],
        `No column of \`columnsDefs\` is in the rows, which have ${listed(there)}: all cells stay empty.`,
        "Write the keys of the rows as `field`.",
      ),
    ];
  }
  return asked
    .filter(({ field }) => missing.has(field))
    .slice(0, 20)
    .map(({ field, path, own: isOwn }) => {
      const better = nearest(field, there);
      const what = isOwn ? "the column stays empty" : `\`${String(path.at(-1))}\` finds nothing`;
      const hint = better === undefined ? `The rows have ${listed(there)}.` : `Did you mean "${better}"?`;
      return fault("warning", "column-not-in-rows", widget, path, `No row has ${listed([field])}: ${what}.`, hint);
    });
}

function showsAll(widget: Widget): boolean {
  const { table } = dataOf(widget);
  return isObject(table) && table.showAll === true;
}

/** Formats and renderers that make nonsense of the values that came. */
function judgeValues(widget: Widget, { column, field, path }: Column, rows: readonly Row[]): Finding[] {
  const found: Finding[] = [];
  const values = rows.map((row) => (Object.hasOwn(row, field) ? row[field] : undefined));
  const { formatterFn } = column;
  const percent = judgePercent(widget, { formatterFn, field, path: [...path, "formatterFn"] }, values);
  if (percent) found.push(percent);
  if (isObject(column.sparkline)) {
    const source = typeof column.sparkline.dataField === "string" ? column.sparkline.dataField : field;
    const points = rows
      .map((row) => (Object.hasOwn(row, source) ? row[source] : undefined))
      .filter((value) => value != null);
    if (points.length > 0 && !points.some(Array.isArray)) {
      const message = `"${source}" is no list in any row, so its sparkline stays empty.`;
      found.push(
        fault("warning", "sparkline-not-a-list", widget, [...path, "sparkline"], message, "Send a list of numbers."),
      );
    }
  }
  return found;
}

/** A number in the date column is read as seconds (contract 3.1). */
function millisecondDates(widget: Widget, columns: Column[], rows: readonly Row[]): Finding[] {
  const first = Object.keys(rows[0] ?? {}).find((key) => /date/i.test(key));
  const declared = columns.filter(
    ({ column }) => column.cellDataType === "date" || textOf(column.headerName).toLowerCase() === "date",
  );
  const dates: { field: string; path: Key[] }[] = declared.map(({ field, path }) => ({
    field,
    path: [...path, "field"],
  }));
  if (dates.length === 0 && first !== undefined) dates.push({ field: first, path: ["endpoint"] });
  return dates.flatMap(({ field, path }) => {
    const value = rows.map((row) => row[field]).find((one) => typeof one === "number");
    if (typeof value !== "number" || Math.abs(value) < TOO_MANY_SECONDS) return [];
    const message = `"${field}" holds ${value}, which a table reads as seconds since 1970: that is far in the future.`;
    const hint = "Send dates as YYYY-MM-DD, or in seconds instead of milliseconds.";
    return [fault("warning", "date-in-milliseconds", widget, path, message, hint)];
  });
}
