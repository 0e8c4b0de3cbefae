import * as z from "zod";
import { HttpError } from "../errors.js";
import type { Value } from "./source.js";

/** Workspace asks for 500, 1000 or 5000 rows at once, its AI for 10,000. */
const MAX_PAGE = 10_000;
const DEFAULT_PAGE = 500;
/** Databases take only so many conditions and bound values in one statement. */
const MAX_CONDITIONS = 200;
const MAX_VALUES = 5000;

export const AGGREGATES = ["count", "sum", "min", "max", "avg"] as const;
export type Aggregate = (typeof AGGREGATES)[number];

/** What a grid asks for, checked. Which columns there are is for the source to know. */
export interface GridRequest {
  offset: number;
  limit: number;
  /** The columns that rows are grouped by, outermost first. */
  groupBy: string[];
  /** The values of the groups that are opened, outermost first. When there are as many, rows are asked for. */
  groupKeys: Value[];
  aggregates: { column: string; by: Aggregate }[];
  /** All of them must hold. */
  filters: { column: string; filter: Filter }[];
  sort: { column: string; descending: boolean }[];
}

/** A filter of one column: one of AG Grid's conditions, or several of which all or any must hold. */
export type Filter = Condition | { join: "AND" | "OR"; parts: Filter[] };
export type Condition = z.output<typeof Condition>;

// No database keeps a NUL in a text, and some refuse a statement with one.
const Text = z
  .string()
  .max(1000)
  .regex(/^[^\0]*$/, "must not contain a NUL character");
const Scalar = z.union([Text, z.number(), z.boolean(), z.null()]);
/** A day, as `YYYY-MM-DD`; a time after it is passed over. */
export const Day = z
  .string()
  .regex(/^(?!0000)\d{4}-\d{2}-\d{2}(?:[ T].*)?$/, "must be a date, such as 2026-01-31")
  .transform((text) => text.slice(0, 10))
  .refine((day) => new Date(`${day}T00:00:00Z`).getUTCDate() === Number(day.slice(8)), "must be a day that exists");

const COMPARISONS = ["equals", "notEqual", "lessThan", "lessThanOrEqual", "greaterThan", "greaterThanOrEqual"] as const;
const SCALAR = z.enum([...COMPARISONS, "inRange", "blank", "notBlank"]);
const Condition = z.discriminatedUnion("filterType", [
  z.object({
    filterType: z.literal("text"),
    type: z.enum(["contains", "notContains", "equals", "notEqual", "startsWith", "endsWith", "blank", "notBlank"]),
    filter: Text.nullish(),
  }),
  z.object({
    filterType: z.literal("number"),
    type: SCALAR,
    filter: z.number().nullish(),
    filterTo: z.number().nullish(),
  }),
  z.object({ filterType: z.literal("date"), type: SCALAR, dateFrom: Day.nullish(), dateTo: Day.nullish() }),
  z.object({ filterType: z.literal("set"), values: z.array(Scalar) }),
]);
const Combined = z.object({ operator: z.enum(["AND", "OR"]), conditions: z.array(z.unknown()).min(1) });
const Multi = z.object({ filterModels: z.array(z.unknown()) });

const Bound = z.int().min(0).nullish();
const column = { id: z.string().nullish(), field: z.string().nullish() };
const Request = z.object({
  startRow: Bound,
  endRow: Bound,
  rowGroupCols: z.array(z.object(column)).max(20).nullish(),
  valueCols: z
    .array(z.object({ ...column, aggFunc: z.enum(AGGREGATES) }))
    .max(100)
    .nullish(),
  pivotMode: z.boolean().nullish(),
  groupKeys: z.array(Scalar).max(20).nullish(),
  filterModel: z.custom<object>((model) => isObject(model), "must be an object").nullish(),
  sortModel: z
    .array(z.object({ colId: z.string(), sort: z.enum(["asc", "desc"]), type: z.literal("default").nullish() }))
    .max(50)
    .nullish(),
});

/**
 * Reads the request of a grid. Workspace asks for its first page with an empty object: what is missing is taken as
 * "everything, from the start".
 *
 * @param body the parsed JSON
 * @throws HttpError 400 that names what is wrong
 */
export function gridRequest(body: unknown): GridRequest {
  const sent = check(Request, body ?? {}, "");
  if (sent.pivotMode) throw wrong("pivotMode", "this table cannot pivot");
  const offset = sent.startRow ?? 0;
  const end = sent.endRow ?? offset + DEFAULT_PAGE;
  if (end < offset) throw wrong("endRow", "must not be less than startRow");
  if (end - offset > MAX_PAGE) throw wrong("endRow", `only ${MAX_PAGE} rows can be had at once`);

  // Not a zod record: that would pass over a column called `__proto__`.
  const filters = Object.entries(sent.filterModel ?? {}).map(([name, model]) => {
    return { column: name, filter: readFilter(model, `filterModel.${name}`) };
  });
  const conditions = filters.flatMap(({ filter }) => conditionsOf(filter));
  const values = conditions.flatMap((condition) => (condition.filterType === "set" ? condition.values : []));
  if (conditions.length > MAX_CONDITIONS) throw wrong("filterModel", `more than ${MAX_CONDITIONS} conditions`);
  if (values.length > MAX_VALUES) throw wrong("filterModel", `more than ${MAX_VALUES} values`);

  const name = ({ id, field }: { id?: string | null; field?: string | null }) => field ?? id ?? "";
  return {
    offset,
    limit: end - offset,
    groupBy: (sent.rowGroupCols ?? []).map(name),
    groupKeys: sent.groupKeys ?? [],
    aggregates: (sent.valueCols ?? []).map((one) => ({ column: name(one), by: one.aggFunc })),
    filters,
    sort: (sent.sortModel ?? []).map(({ colId, sort }) => ({ column: colId, descending: sort === "desc" })),
  };
}

function readFilter(model: unknown, path: string, depth = 0): Filter {
  if (depth > 3) throw wrong(path, "is nested too deeply");
  const deeper = (inner: unknown, at: string) => readFilter(inner, `${path}.${at}`, depth + 1);
  if (isObject(model) && model.filterType === "multi") {
    const { filterModels } = check(Multi, model, path);
    const parts = filterModels.flatMap((one, index) => (one == null ? [] : deeper(one, `filterModels.${index}`)));
    return { join: "AND", parts };
  }
  if (isObject(model) && model.operator !== undefined) {
    // Grids of before 2023 send two conditions, by these names.
    const { operator, conditions = [model.condition1, model.condition2] } = model;
    const combined = check(Combined, { operator, conditions }, path);
    return {
      join: combined.operator,
      parts: combined.conditions.map((one, index) => deeper(one, `conditions.${index}`)),
    };
  }
  const condition = check(Condition, model, path);
  const missing = (name: string, value: unknown) => {
    if (value == null) throw wrong(`${path}.${name}`, "is missing");
  };
  if (condition.filterType === "set" || condition.type === "blank" || condition.type === "notBlank") return condition;
  if (condition.filterType === "date") missing("dateFrom", condition.dateFrom);
  else missing("filter", condition.filter);
  if (condition.filterType === "number" && condition.type === "inRange") missing("filterTo", condition.filterTo);
  if (condition.filterType === "date" && condition.type === "inRange") missing("dateTo", condition.dateTo);
  return condition;
}

function conditionsOf(filter: Filter): Condition[] {
  return "join" in filter ? filter.parts.flatMap(conditionsOf) : [filter];
}

function check<Schema extends z.ZodType>(schema: Schema, value: unknown, path: string): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw wrong([path, ...(issue?.path ?? [])].filter((part) => part !== "").join("."), issue?.message ?? "is wrong");
}

function wrong(path: string, reason: string): HttpError {
  const shown = path.length > 100 ? `${path.slice(0, 100)}…` : path;
  return new HttpError(400, `The grid's request is wrong${shown && ` at ${shown}`}: ${reason}.`);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
