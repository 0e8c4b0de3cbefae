import type { Columns, ColumnType, Value } from "./source.js";

const ISO_DATE = /^\d{4}-\d{2}-\d{2}(?:[T ]\d|$)/;
const SAMPLE = 1000;

/**
 * The columns of some rows, by what a thousand of them hold, taken from all over. A column of lists or objects is left
 * out: it can be shown, but neither filtered nor sorted by.
 */
export function inferColumns(rows: readonly object[]): Columns {
  const found = new Map<string, ColumnType | "other" | undefined>();
  const step = Math.max(1, rows.length / SAMPLE);
  for (let at = 0; at < rows.length; at += step) {
    for (const [column, value] of Object.entries(rows[Math.floor(at)] as object)) {
      const before = found.get(column);
      const type = value == null ? before : typeOf(value);
      const mixed = before !== undefined && type !== before;
      found.set(column, mixed ? (before === "other" || type === "other" ? "other" : "text") : type);
    }
  }
  const columns = [...found].filter(([, type]) => type !== "other").map(([column, type]) => [column, type ?? "text"]);
  return Object.fromEntries(columns);
}

function typeOf(value: unknown): ColumnType | "other" {
  if (typeof value === "number" || typeof value === "bigint") return "number";
  if (typeof value === "boolean") return "boolean";
  if (value instanceof Date) return "date";
  if (typeof value === "string") return ISO_DATE.test(value) ? "date" : "text";
  return "other";
}

/** A value as its column's type has it; what does not fit counts as a blank. */
export function valueAs(type: ColumnType, value: unknown): Value {
  if (value == null) return null;
  const text = value instanceof Date ? isoText(value) : value;
  switch (type) {
    case "text":
      return text === null ? null : String(text);
    case "number": {
      const number = typeof value === "bigint" ? Number(value) : value;
      return typeof number === "number" && Number.isFinite(number) ? number : null;
    }
    case "boolean":
      return typeof value === "boolean" ? value : null;
    case "date":
      return typeof text === "string" && ISO_DATE.test(text) ? text : null;
  }
}

/** The day of a date, `YYYY-MM-DD`. */
export function dayOf(date: string): string {
  return date.slice(0, 10);
}

function isoText(date: Date): string | null {
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}
