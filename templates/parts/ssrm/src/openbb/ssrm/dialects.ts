import type { ColumnType } from "./source.js";

/** What differs between databases. Columns and values come in as SQL already, names are quoted and values bound. */
export interface Dialect {
  /** A name as it is, whatever it consists of. */
  quote: (name: string) => string;
  /** The place of the value of this number, from 1, in the statement; a `count` is a whole number. */
  placeholder: (number: number, type: ColumnType | "count") => string;
  /** A value as drivers take it. */
  bound: (value: string | number | boolean) => string | number | boolean;
  toText: (sql: string) => string;
  /** A text as it is sorted and grouped: by code point, whatever the collation. */
  byCodePoint: (text: string) => string;
  toNumber: (sql: string) => string;
  /** The day of a date. */
  toDay: (sql: string) => string;
  /** A–Z as a–z, and no other letter changed: databases differ in those. */
  toLower: (text: string) => string;
  /** LIKE with a bound pattern, in which this character stands before `%`, `_` and itself. */
  like: (text: string, pattern: string) => string;
  escapeChar: string;
}

const standard = {
  quote: (name: string) => `"${name.replaceAll('"', '""')}"`,
  bound: (value: string | number | boolean) => value,
  byCodePoint: (text: string) => text,
  like: (text: string, pattern: string) => `${text} LIKE ${pattern} ESCAPE '!'`,
  escapeChar: "!",
};
const LETTERS = "'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz'";

/** PostgreSQL. With pg: `execute: async (sql, values) => (await pool.query(sql, values)).rows`. */
export const postgres: Dialect = {
  ...standard,
  placeholder: (number, type) => {
    const types = { text: "text", number: "float8", boolean: "boolean", date: "date", count: "bigint" };
    return `$${number}::${types[type]}`;
  },
  toText: (sql) => `CAST(${sql} AS text)`,
  byCodePoint: (text) => `${text} COLLATE "C"`,
  toNumber: (sql) => `CAST(${sql} AS float8)`,
  toDay: (sql) => `CAST(${sql} AS date)`,
  toLower: (text) => `lower(${text} COLLATE "C")`,
};

/** SQLite; dates are texts. With better-sqlite3: `execute: async (sql, values) => db.prepare(sql).all(...values)`. */
export const sqlite: Dialect = {
  ...standard,
  placeholder: () => "?",
  bound: (value) => (typeof value === "boolean" ? Number(value) : value),
  toText: (sql) => `CAST(${sql} AS TEXT) COLLATE BINARY`,
  toNumber: (sql) => `CAST(${sql} AS REAL)`,
  toDay: (sql) => `substr(${sql}, 1, 10)`,
  toLower: (text) => `lower(${text})`,
};

/**
 * DuckDB. With a connection of @duckdb/node-api:
 * `execute: async (sql, values) => (await connection.runAndReadAll(sql, values)).getRowObjectsJS()`.
 */
export const duckdb: Dialect = {
  ...standard,
  placeholder: (number, type) => {
    const types = { text: "VARCHAR", number: "DOUBLE", boolean: "BOOLEAN", date: "DATE", count: "BIGINT" };
    return `CAST($${number} AS ${types[type]})`;
  },
  // Its driver would take a large number for a 64-bit integer.
  bound: (value) => (typeof value === "number" ? String(value) : value),
  toText: (sql) => `CAST(${sql} AS VARCHAR)`,
  toNumber: (sql) => `CAST(${sql} AS DOUBLE)`,
  toDay: (sql) => `CAST(${sql} AS DATE)`,
  toLower: (text) => `translate(${text}, ${LETTERS})`,
};

/**
 * ClickHouse, which binds by name. Its client wants, as `query_params`, `p1` with the first value, `p2` with the second
 * and so on: `Object.fromEntries(values.map((value, index) => [`p${index + 1}`, value]))`.
 */
export const clickhouse: Dialect = {
  ...standard,
  quote: (name) => `\`${name.replace(/[\\`]/g, "\\$&")}\``,
  placeholder: (number, type) => {
    const types = { text: "String", number: "Float64", boolean: "Bool", date: "Date32", count: "UInt64" };
    return `{p${number}:${types[type]}}`;
  },
  toText: (sql) => `toString(${sql})`,
  toNumber: (sql) => `toFloat64(${sql})`,
  toDay: (sql) => `toDate32(${sql})`,
  toLower: (text) => `lower(${text})`,
  like: (text, pattern) => `${text} LIKE ${pattern}`,
  escapeChar: "\\",
};
