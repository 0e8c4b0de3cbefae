import fc from "fast-check";
import { describe, expect } from "vitest";
import { gridRequest } from "../../templates/parts/ssrm/src/openbb/ssrm/request.js";
import { itWith } from "../e2e/helpers.js";
import { ENGINES } from "./engines.js";
import { reference, type TableRow, type Types } from "./reference.js";

const TYPES: Types = {
  id: "number",
  name: "text",
  city: "text",
  price: "number",
  quantity: "number",
  active: "boolean",
  day: "date",
  at: "date",
  'odd " ` \\ name': "text",
  total: "number",
};
const SQL_TYPES = { id: "BIGINT", price: "NUMERIC(12, 2)", quantity: "INTEGER", at: "TIMESTAMP" };
const NAMES = Object.keys(TYPES);
const of = (...types: string[]) => NAMES.filter((name) => types.includes(TYPES[name]!));

/** Texts of characters with which something could go wrong. */
const text = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.string({
      unit: fc.constantFrom(..."aAbBzZ äÄßİKſ%_!\\'\"`;-.*[]()^$😀\uffff\u200b\u00a0\n0"),
      maxLength: 6,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      "",
      "  ",
      "Technology",
      "technology",
      "TECH",
      "-- x",
      "null",
      "NaN",
      "Tech%",
      "a".repeat(70),
    ),
  },
);
const city = fc.constantFrom("Berlin", "berlin", "Paris", "", "New York", "Zürich");
const price = fc.integer({ min: -40, max: 40 }).map((quarters) => (quarters || 0) / 4);
const day = fc
  .integer({ min: 0, max: 12 })
  .map((days) => new Date(Date.UTC(2023, 11, 28 + days)).toISOString().slice(0, 10));
const at = fc.tuple(day, fc.constantFrom("00:00:00", "09:30:00", "23:59:59")).map((parts) => parts.join(" "));
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null, freq: 6 });

const row = fc.record({
  name: maybe(text),
  city: maybe(city),
  price: maybe(price),
  quantity: maybe(fc.integer({ min: 0, max: 5 })),
  active: maybe(fc.boolean()),
  day: maybe(day),
  at: maybe(at),
  'odd " ` \\ name': maybe(text),
  total: price,
});
const table = fc
  .array(row, { maxLength: 120, size: "max" })
  .map((rows) => rows.map((cells, id): TableRow => ({ id, ...cells })));

const textFilter = fc.oneof(
  fc.record({
    filterType: fc.constant("text"),
    type: fc.constantFrom("contains", "notContains", "equals", "notEqual", "startsWith", "endsWith"),
    filter: fc.oneof(text, city, fc.string({ unit: fc.constantFrom(..."aAbB%_!\\ "), maxLength: 2 })),
  }),
  fc.record({ filterType: fc.constant("text"), type: fc.constantFrom("blank", "notBlank") }),
);
const scalar = fc.constantFrom(
  "equals",
  "notEqual",
  "lessThan",
  "lessThanOrEqual",
  "greaterThan",
  "greaterThanOrEqual",
  "inRange",
  "blank",
  "notBlank",
);
const number = fc.oneof(price, fc.integer({ min: -3, max: 6 }), fc.double({ noNaN: true, noDefaultInfinity: true }));
const numberFilter = fc.record({ filterType: fc.constant("number"), type: scalar, filter: number, filterTo: number });
const gridDay = fc.oneof(
  day.map((one) => `${one} 00:00:00`),
  day,
  fc.constantFrom("1900-01-01", "9999-12-31"),
);
const dateFilter = fc.record({ filterType: fc.constant("date"), type: scalar, dateFrom: gridDay, dateTo: gridDay });

function filterOf(column: string) {
  const values = {
    text: fc.oneof(city, text),
    number: fc.oneof(price, price.map(String)),
    boolean: fc.constantFrom("true", "false", true),
    date: gridDay,
  };
  const set = fc.record({
    filterType: fc.constant("set"),
    values: fc.array(maybe<string | number | boolean>(values[TYPES[column]!]), { maxLength: 4 }),
  });
  const plain = { text: textFilter, number: numberFilter, date: dateFilter, boolean: set }[
    TYPES[column] as "text"
  ] as fc.Arbitrary<object>;
  const operator = fc.constantFrom("AND", "OR");
  const combined = fc.record({
    filterType: fc.constant(TYPES[column]),
    operator,
    conditions: fc.array(plain, { minLength: 1, maxLength: 3 }),
  });
  const older = fc.record({ filterType: fc.constant(TYPES[column]), operator, condition1: plain, condition2: plain });
  const multi = fc.record({
    filterType: fc.constant("multi"),
    filterModels: fc.tuple(maybe(fc.oneof(plain, combined)), maybe(set)),
  });
  return fc.oneof({ weight: 4, arbitrary: plain }, { weight: 2, arbitrary: set }, combined, older, multi);
}
const filterModel = fc
  .uniqueArray(fc.constantFrom(...NAMES), { maxLength: 3 })
  .chain((names) => fc.record(Object.fromEntries(names.map((name) => [name, filterOf(name)]))));

const sortModel = fc.array(
  fc.record({
    colId: fc.constantFrom(...NAMES, "ag-Grid-AutoColumn", "ag-Grid-AutoColumn-city"),
    sort: fc.constantFrom("asc", "desc"),
  }),
  { maxLength: 3 },
);
const valueCols = fc.uniqueArray(
  fc.oneof(
    fc.record({
      field: fc.constantFrom(...of("number")),
      aggFunc: fc.constantFrom("sum", "avg", "min", "max", "count"),
    }),
    fc.record({ field: fc.constantFrom(...of("text", "date")), aggFunc: fc.constantFrom("min", "max", "count") }),
    fc.record({ field: fc.constantFrom(...NAMES), aggFunc: fc.constant("count") }),
  ),
  { selector: ({ field }) => field, maxLength: 4 },
);
const grouping = fc.uniqueArray(fc.constantFrom(...NAMES), { maxLength: 3 }).chain((names) =>
  fc.record({
    rowGroupCols: fc.constant(names.map((field) => ({ id: field, field, displayName: field }))),
    // Rows of the table: keys of groups that there are.
    opened: fc.integer({ min: 0, max: names.length }),
    sample: fc.nat(200),
    asText: fc.boolean(),
  }),
);
const bounds = fc.oneof(
  fc.constant({}),
  fc
    .record({ startRow: fc.nat(130), size: fc.nat(40) })
    .map(({ startRow, size }) => ({ startRow, endRow: startRow + size })),
);
const request = fc.record({
  bounds,
  filterModel,
  sortModel,
  valueCols,
  grouping: fc.option(grouping, { nil: undefined }),
});

/** The body as the grid sends it. */
function bodyOf(
  { bounds, grouping, ...rest }: typeof request extends fc.Arbitrary<infer T> ? T : never,
  rows: TableRow[],
) {
  if (!grouping) return { ...bounds, ...rest, rowGroupCols: [], groupKeys: [], pivotMode: false };
  const { rowGroupCols, opened, sample, asText } = grouping;
  const from = rows[sample % Math.max(1, rows.length)];
  const groupKeys = rowGroupCols.slice(0, from ? opened : 0).map(({ field }) => {
    const value = from![field]!;
    const shown = TYPES[field] === "date" && value !== null ? String(value).slice(0, 10) : value;
    return asText && shown !== null ? String(shown) : shown;
  });
  return { ...bounds, ...rest, rowGroupCols, groupKeys, pivotMode: false };
}

const context = { signal: new AbortController().signal };
const seed = Number(process.env.OPENBB_FUZZ_SEED ?? Math.floor(Math.random() * 2 ** 31));
const runs = Number(process.env.OPENBB_FUZZ_RUNS ?? 300);

describe(`any request means the same to the reference and to (seed ${seed})`, () => {
  const tables = fc.sample(table, { seed, numRuns: 4 });
  for (const { name, lacks, load } of ENGINES) {
    itWith(lacks ?? name, lacks === undefined)(name, async () => {
      for (const rows of tables) {
        const source = await load(rows, TYPES, SQL_TYPES);
        await fc.assert(
          fc.asyncProperty(request, async (made) => {
            const body = bodyOf(made, rows);
            const expected = reference(rows, TYPES, body);
            expect(await source.rows(gridRequest(JSON.parse(JSON.stringify(body))), context)).toEqual(expected);
          }),
          { numRuns: runs, seed },
        );
      }
    });
  }
});
