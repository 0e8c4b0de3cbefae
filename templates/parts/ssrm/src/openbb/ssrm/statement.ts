import type { Dialect } from "./dialects.js";
import type { Plan, Test } from "./plan.js";
import type { Columns, ColumnType } from "./source.js";

export type Bound = string | number | boolean;

/** One column of what a statement gives. */
export interface Result {
  name: string;
  type: ColumnType;
  sql: string;
}

/**
 * Writes one statement for a plan. It is written from the left to the right: where a dialect binds by position, values
 * are counted in the order of the text.
 */
export class Statement {
  readonly values: Bound[] = [];

  /** @param from what the rows are taken from, called `t` */
  constructor(
    private readonly dialect: Dialect,
    private readonly columns: Columns,
    private readonly from: string,
    private readonly plan: Plan,
  ) {}

  /** What the statement gives for each row or group. */
  results(): Result[] {
    const { group } = this.plan;
    if (!group)
      return Object.keys(this.columns).map((name) => ({ name, type: this.type(name), sql: this.column(name) }));
    const { toNumber } = this.dialect;
    return [
      { name: group.column, type: this.type(group.column), sql: this.grouping(group.column) },
      ...group.aggregates.map(({ column: name, by }): Result => {
        if (by === "count") return { name, type: "number", sql: "count(*)" };
        if (by === "min" || by === "max") return { name, type: this.type(name), sql: `${by}(${this.sortable(name)})` };
        return { name, type: "number", sql: `${by}(${toNumber(this.column(name))})` };
      }),
    ];
  }

  /** One page of the rows or groups, each with the number of all of them as `ssrm_total`. */
  page(results: Result[], key: string[]): string {
    const { dialect, plan } = this;
    const list = results.map(({ type, sql }, index) => {
      return `${type === "date" ? dialect.toText(sql) : sql} AS ${resultName(index)}`;
    });
    return [
      `SELECT ${[...list, this.total()].join(", ")}`,
      this.matching(),
      this.order(results, key),
      `LIMIT ${this.bind(plan.limit, "count")} OFFSET ${this.bind(plan.offset, "count")}`,
    ].join(" ");
  }

  /** How many rows or groups there are, as `ssrm_total`. */
  total(): string {
    const counted = this.plan.group ? `FROM (SELECT 1 AS one ${this.matching()}) AS g` : this.matching();
    return `(SELECT count(*) ${counted}) AS ssrm_total`;
  }

  /** From FROM to GROUP BY. */
  private matching(): string {
    const { group, tests } = this.plan;
    const where = tests.length > 0 ? ` WHERE ${tests.map((test) => this.test(test)).join(" AND ")}` : "";
    return `FROM ${this.from}${where}${group ? ` GROUP BY ${this.grouping(group.column)}` : ""}`;
  }

  private order(results: Result[], key: string[]): string {
    const { group, sort } = this.plan;
    const ties = group ? [group.column] : key;
    const terms = [...sort, ...ties.map((column) => ({ column, descending: false }))].map(({ column, descending }) => {
      const sql = group ? results.find(({ name }) => name === column)?.sql : this.sortable(column);
      return `${sql} ${descending ? "DESC NULLS LAST" : "ASC NULLS FIRST"}`;
    });
    return terms.length > 0 ? `ORDER BY ${terms.join(", ")}` : "";
  }

  private test(test: Test): string {
    if ("parts" in test) {
      if (test.parts.length === 0) return test.op === "and" ? "1 = 1" : "1 = 0";
      return `(${test.parts.map((part) => this.test(part)).join(test.op === "and" ? " AND " : " OR ")})`;
    }
    const type = this.type(test.column);
    const sql = this.comparable(test.column);
    switch (test.op) {
      case "blank": {
        const blank = type === "text" ? `(${sql} IS NULL OR replace(${sql}, ' ', '') = '')` : `(${sql} IS NULL)`;
        return test.not ? `NOT ${blank}` : blank;
      }
      case "holds": {
        const { escapeChar, toLower, like } = this.dialect;
        const lower = test.text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
        const escaped = lower.replace(
          /[!%_\\]/g,
          (char) => (`%_${escapeChar}`.includes(char) ? escapeChar : "") + char,
        );
        const pattern = this.bind(`${test.start ? "" : "%"}${escaped}${test.end ? "" : "%"}`, "text");
        const holds = like(toLower(sql), pattern);
        return test.not ? `(${sql} IS NULL OR NOT (${holds}))` : `(${holds})`;
      }
      case "in": {
        const list = test.values.map((value) => this.bind(value, type)).join(", ");
        const parts = [...(list ? [`${sql} IN (${list})`] : []), ...(test.orNull ? [`${sql} IS NULL`] : [])];
        return parts.length > 0 ? `(${parts.join(" OR ")})` : "1 = 0";
      }
      default:
        return `${sql} ${test.op} ${this.bind(test.value, type)}`;
    }
  }

  private bind(value: Bound, type: ColumnType | "count"): string {
    return this.dialect.placeholder(this.values.push(this.dialect.bound(value)), type);
  }

  private type(column: string): ColumnType {
    return this.columns[column] as ColumnType;
  }

  private column(name: string): string {
    return `t.${this.dialect.quote(name)}`;
  }

  /** A column as it is filtered by: a date by its day. */
  private comparable(name: string): string {
    const type = this.type(name);
    if (type === "text") return this.dialect.toText(this.column(name));
    return type === "date" ? this.dialect.toDay(this.column(name)) : this.column(name);
  }

  /** A column as it is grouped by. */
  private grouping(name: string): string {
    const sql = this.comparable(name);
    return this.type(name) === "text" ? this.dialect.byCodePoint(sql) : sql;
  }

  /** A column as it is sorted by. */
  private sortable(name: string): string {
    return this.type(name) === "text" ? this.grouping(name) : this.column(name);
  }
}

/** What a column of the result is called. Not by its own name: ClickHouse would take that for the result everywhere. */
export function resultName(index: number): string {
  return `ssrm_${index}`;
}

/** What a driver gives, as JSON has it: some give large numbers as texts, and SQLite has no booleans. */
export function fromDriver(type: ColumnType, value: unknown): string | number | boolean | null {
  if (value === null || value === undefined) return null;
  if (type === "number") return Number.isFinite(Number(value)) ? Number(value) : null;
  if (type === "boolean") return typeof value === "boolean" ? value : Number(value) !== 0;
  return String(value);
}
