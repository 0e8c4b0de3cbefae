import { LRUCache } from "lru-cache";
import type { Row } from "../widget.js";
import { dayOf, inferColumns, valueAs } from "./columns.js";
import { columnsOf, type Plan, planOf, type Test } from "./plan.js";
import type { Aggregate } from "./request.js";
import { compareValues, sortable, sortRows } from "./sort.js";
import type { Columns, ColumnType, RowSource, Value } from "./source.js";

/** How many orders of the rows are kept: each takes four bytes a row. */
const KEPT = 16;

/** Rows or groups in the order that was asked for. */
interface Found {
  count: number;
  row: (at: number) => Row;
}

/** The values of the columns, by row number. */
interface Table {
  count: number;
  values: (column: string) => Value[];
  /** The same, but of dates their day: so they are filtered and grouped. */
  plain: (column: string) => Value[];
}

/**
 * Rows in memory. A million of them are filtered and sorted in about half a second, once: the order is kept, so that
 * further pages are there at once. Make the source once, not for every request; other rows need a new one.
 *
 * @param objects the rows, by field name
 * @param columns what the columns hold, where that cannot be told from the rows
 */
export function memorySource(objects: readonly object[], columns: Columns = inferColumns(objects)): RowSource {
  const rows = objects as readonly Row[];
  const read = new Map<string, Value[]>();
  const values = (column: string) => read.get(column) as Value[];
  const days = remembered((column) => values(column).map((value) => (value === null ? null : dayOf(String(value)))));
  const plain = (column: string) => (columns[column] === "date" ? days(column) : values(column));
  const keys = remembered((column) => sortable(values(column)));
  const table = { count: rows.length, values, plain };
  const kept = new LRUCache<string, Found>({ max: KEPT });

  /** Takes columns out of the rows, all at once: each row is looked up in memory but once. */
  const readColumns = (names: string[]) => {
    const missing = names
      .filter((name) => !read.has(name))
      .map((name) => ({ name, type: columns[name] as ColumnType }));
    const lists = missing.map(() => new Array<Value>(rows.length));
    rows.forEach((row, index) => {
      for (let i = 0; i < lists.length; i++) {
        const { name, type } = missing[i] as (typeof missing)[number];
        (lists[i] as Value[])[index] = valueAs(type, row[name]);
      }
    });
    for (const [i, { name }] of missing.entries()) read.set(name, lists[i] as Value[]);
  };

  const find = (plan: Pick<Plan, "tests" | "group" | "sort">): Found => {
    readColumns(columnsOf(plan).filter((name) => Object.hasOwn(columns, name)));
    const matching = rowsWith(plan.tests, table);
    if (plan.group) return groupsOf(matching, plan.group, plan.sort, table);
    sortRows(
      matching,
      plan.sort.map(({ column, descending }) => ({ values: keys(column), descending })),
    );
    return { count: matching.length, row: (at) => rows[matching[at] as number] as Row };
  };

  return {
    rows: async (request) => {
      const { offset, limit, ...question } = planOf(request, columns);
      const key = JSON.stringify(question);
      const found = kept.get(key) ?? find(question);
      kept.set(key, found);
      const length = Math.max(0, Math.min(limit, found.count - offset));
      return { rowData: Array.from({ length }, (_, index) => found.row(offset + index)), rowCount: found.count };
    },
  };
}

function remembered<T>(make: (column: string) => T): (column: string) => T {
  const made = new Map<string, T>();
  return (column) => {
    const known = made.get(column) ?? make(column);
    made.set(column, known);
    return known;
  };
}

/** The numbers of the rows for which all tests are true. */
function rowsWith(tests: Test[], table: Table): Uint32Array {
  const isTrue = tests.map((test) => compile(test, table));
  const numbers = new Uint32Array(table.count);
  let found = 0;
  rows: for (let row = 0; row < table.count; row++) {
    for (const test of isTrue) if (!test(row)) continue rows;
    numbers[found++] = row;
  }
  return numbers.slice(0, found);
}

function compile(test: Test, table: Table): (row: number) => boolean {
  if ("parts" in test) {
    const parts = test.parts.map((part) => compile(part, table));
    return test.op === "and" ? (row) => parts.every((part) => part(row)) : (row) => parts.some((part) => part(row));
  }
  const values = table.plain(test.column);
  switch (test.op) {
    case "blank":
      return (row) => (values[row] === null || /^ *$/.test(String(values[row]))) !== test.not;
    case "holds": {
      const pattern = patternOf(test.text, test.start, test.end);
      return (row) => (values[row] !== null && pattern.test(values[row] as string)) !== test.not;
    }
    case "in": {
      const wanted = new Set<unknown>(test.values);
      return (row) => (values[row] === null ? test.orNull : wanted.has(values[row]));
    }
    default:
      return comparison(test.op, test.value, values);
  }
}

function comparison(op: "=" | "<>" | "<" | "<=" | ">" | ">=", limit: string | number, values: Value[]) {
  // The days of dates sort as texts do.
  const signs = { "=": [0], "<>": [-1, 1], "<": [-1], "<=": [-1, 0], ">": [1], ">=": [0, 1] }[op];
  return (row: number) => {
    const value = values[row] as Value;
    return value !== null && signs.includes(value < limit ? -1 : value > limit ? 1 : 0);
  };
}

/** Finds a text without regard to the case of A–Z: of other letters, databases have different opinions. */
function patternOf(text: string, start: boolean, end: boolean): RegExp {
  const source = text.replace(/[^0-9 ]/g, (char) =>
    /[A-Za-z]/.test(char) ? `[${char.toLowerCase()}${char.toUpperCase()}]` : /[!-~]/.test(char) ? `\\${char}` : char,
  );
  return new RegExp(`${start ? "^" : ""}${source}${end ? "$" : ""}`);
}

/** Groups rows by the values of a column, dates by their day. */
function groupsOf(
  rows: Uint32Array,
  { column, aggregates }: NonNullable<Plan["group"]>,
  sort: Plan["sort"],
  table: Table,
): Found {
  const values = table.plain(column);
  const numbers = new Map<Value, number>();
  const counts: number[] = [];
  const groups = Uint32Array.from(rows, (row) => {
    const value = values[row] as Value;
    let group = numbers.get(value);
    if (group === undefined) {
      group = counts.push(0) - 1;
      numbers.set(value, group);
    }
    counts[group]!++;
    return group;
  });

  const shown = new Map([[column, [...numbers.keys()]]]);
  for (const { column: of, by } of aggregates) {
    shown.set(of, by === "count" ? counts : aggregate(by, rows, groups, counts.length, table.values(of)));
  }

  const order = Uint32Array.from(counts, (_, group) => group);
  const keys = [...sort, { column, descending: false }];
  sortRows(
    order,
    keys.map((key) => ({ values: shown.get(key.column) as Value[], descending: key.descending })),
  );
  const row = (at: number) => Object.fromEntries([...shown].map(([name, list]) => [name, list[order[at] as number]]));
  return { count: order.length, row };
}

/** One value a group: of the numbers of its rows, or their least or greatest value; null where all are blank. */
function aggregate(
  by: Exclude<Aggregate, "count">,
  rows: Uint32Array,
  groups: Uint32Array,
  count: number,
  values: Value[],
): Value[] {
  const result: Value[] = new Array(count).fill(null);
  const summed = new Uint32Array(count);
  rows.forEach((row, index) => {
    const value = values[row] as Value;
    if (value === null) return;
    const group = groups[index] as number;
    const before = result[group] as Value;
    if (before === null) result[group] = value;
    else if (by === "sum" || by === "avg") result[group] = (before as number) + (value as number);
    else if (by === "min" ? compareValues(value, before) < 0 : compareValues(value, before) > 0) result[group] = value;
    summed[group]!++;
  });
  return by === "avg"
    ? result.map((sum, group) => (sum === null ? null : (sum as number) / (summed[group] as number)))
    : result;
}
