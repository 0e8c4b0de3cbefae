import { HttpError } from "../errors.js";
import { type Aggregate, type Condition, Day, type Filter, type GridRequest } from "./request.js";
import type { Columns, ColumnType, Value } from "./source.js";

/** What must be true of a row, in the few forms that a source has to know. */
export type Test =
  | { op: "and" | "or"; parts: Test[] }
  /** No value; of a text also one of nothing but spaces. */
  | { op: "blank"; column: string; not: boolean }
  /** The text holds another, without regard to case: at its start, at its end, both or anywhere. */
  | { op: "holds"; column: string; text: string; start: boolean; end: boolean; not: boolean }
  /** Against a number, or against a date's day; never true of a blank. */
  | { op: "=" | "<>" | "<" | "<=" | ">" | ">="; column: string; value: number | string }
  /** One of these values, exactly; of a date its day. */
  | { op: "in"; column: string; values: Exclude<Value, null>[]; orNull: boolean };

/** A request in terms of the columns that there are. */
export interface Plan {
  offset: number;
  limit: number;
  /** All of them must be true. */
  tests: Test[];
  /** Groups are asked for, by the values of this column. A `count` is of rows, whatever its column. */
  group?: { column: string; aggregates: { column: string; by: Aggregate }[] };
  /** By columns; of groups by `group.column` or by the column of an aggregate. */
  sort: { column: string; descending: boolean }[];
}

/** What the grid calls the column in which it shows groups. */
const GROUP_COLUMN = /^ag-Grid-AutoColumn(?:-|$)/;

/** The field that says how many rows a group has, unless a column is called so. */
const CHILD_COUNT = "childCount";

/**
 * Checks a request against the columns that there are.
 *
 * @throws HttpError 400 for a column that is not among them, or one that holds something else than the request implies
 */
export function planOf(request: GridRequest, columns: Columns): Plan {
  const { offset, limit, groupBy, groupKeys } = request;
  const typeOf = (column: string): ColumnType => {
    const type = Object.hasOwn(columns, column) ? columns[column] : undefined;
    if (!type) throw new HttpError(400, `This table has no column ${quoted(column)}.`);
    return type;
  };
  for (const column of groupBy) typeOf(column);
  if (groupKeys.length > groupBy.length) throw new HttpError(400, "The request has more group keys than groups.");

  const aggregates = new Map<string, Aggregate>();
  for (const { column, by } of request.aggregates) {
    const type = typeOf(column);
    if ((by === "sum" || by === "avg") && type !== "number") throw unfit(column, type, `no ${by}`);
    if (by !== "count" && type === "boolean") throw unfit(column, type, `no ${by}`);
    if ((aggregates.get(column) ?? by) !== by) throw unfit(column, type, "only one aggregate at a time");
    aggregates.set(column, by);
  }

  const tests = request.filters.map(({ column, filter }) => testOf(column, typeOf(column), filter));
  for (const [index, key] of groupKeys.entries()) {
    const column = groupBy[index] as string;
    const values = key === null ? [] : [exact(column, typeOf(column), key)];
    tests.push({ op: "in", column, values, orNull: key === null });
  }

  const grouped = groupBy[groupKeys.length];
  const sort = request.sort.flatMap(({ column, descending }) => {
    const shown = GROUP_COLUMN.test(column) && !Object.hasOwn(columns, column) ? grouped : column;
    if (shown !== undefined) typeOf(shown);
    // Groups have no single value of the other columns to sort by.
    const sortable = grouped === undefined || shown === grouped || aggregates.has(shown ?? "");
    return shown !== undefined && sortable ? [{ column: shown, descending }] : [];
  });
  if (grouped === undefined) return { offset, limit, tests, sort };
  if (!Object.hasOwn(columns, CHILD_COUNT)) aggregates.set(CHILD_COUNT, "count");
  aggregates.delete(grouped);
  const list = [...aggregates].map(([column, by]) => ({ column, by }));
  return { offset, limit, tests, sort, group: { column: grouped, aggregates: list } };
}

/** The columns that a plan looks at. */
export function columnsOf({ tests, group, sort }: Pick<Plan, "tests" | "group" | "sort">): string[] {
  const tested = (test: Test): string[] => ("parts" in test ? test.parts.flatMap(tested) : [test.column]);
  const grouped = group ? [group.column, ...group.aggregates.map(({ column }) => column)] : [];
  return [...new Set([...tests.flatMap(tested), ...grouped, ...sort.map(({ column }) => column)])];
}

function testOf(column: string, type: ColumnType, filter: Filter): Test {
  if ("join" in filter) {
    const parts = filter.parts.map((part) => testOf(column, type, part));
    return { op: filter.join === "AND" ? "and" : "or", parts };
  }
  if (filter.filterType === "set") {
    const values = filter.values.filter((value) => value !== null).map((value) => exact(column, type, value));
    const orNull = values.length < filter.values.length;
    return { op: "in", column, values: orNull && type === "text" ? [...values, ""] : values, orNull };
  }
  if (filter.filterType !== type) throw unfit(column, type, `no ${filter.filterType} filter`);
  if (filter.type === "blank" || filter.type === "notBlank") {
    return { op: "blank", column, not: filter.type === "notBlank" };
  }
  return filter.filterType === "text" ? textTest(column, filter) : comparison(column, filter);
}

function textTest(column: string, { type, filter }: Extract<Condition, { filterType: "text" }>): Test {
  const whole = type === "equals" || type === "notEqual";
  return {
    op: "holds",
    column,
    text: filter ?? "",
    start: whole || type === "startsWith",
    end: whole || type === "endsWith",
    not: type === "notEqual" || type === "notContains",
  };
}

const SIGNS = {
  equals: "=",
  notEqual: "<>",
  lessThan: "<",
  lessThanOrEqual: "<=",
  greaterThan: ">",
  greaterThanOrEqual: ">=",
} as const;

function comparison(column: string, condition: Extract<Condition, { filterType: "number" | "date" }>): Test {
  const isDate = condition.filterType === "date";
  const value = (isDate ? condition.dateFrom : condition.filter) ?? "";
  const to = (isDate ? condition.dateTo : condition.filterTo) ?? "";
  if (condition.type !== "inRange") {
    return { op: SIGNS[condition.type as keyof typeof SIGNS], column, value };
  }
  return {
    op: "and",
    parts: [
      { op: ">=", column, value },
      { op: "<=", column, value: to },
    ],
  };
}

/** A value as the column has it: set filters and group keys arrive as texts. */
function exact(column: string, type: ColumnType, value: Exclude<Value, null>): Exclude<Value, null> {
  const text = String(value);
  if (type === "text") return text;
  const number = /^-?\d+(\.\d+)?(e[+-]?\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (type === "number" && Number.isFinite(number)) return number;
  if (type === "boolean" && /^(true|false)$/i.test(text)) return text.toLowerCase() === "true";
  const day = Day.safeParse(value);
  if (type === "date" && day.success) return day.data;
  throw unfit(column, type, `no value ${quoted(text)}`);
}

function unfit(column: string, type: ColumnType, reason: string): HttpError {
  return new HttpError(400, `The column ${quoted(column)} is a ${type} column: it has ${reason}.`);
}

function quoted(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}
