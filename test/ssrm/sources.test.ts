import { describe, expect, it } from "vitest";
import { inferColumns } from "../../templates/parts/ssrm/src/openbb/ssrm/columns.js";
import { memorySource } from "../../templates/parts/ssrm/src/openbb/ssrm/memory.js";
import { gridRequest } from "../../templates/parts/ssrm/src/openbb/ssrm/request.js";
import { type Columns, type RowSource, where } from "../../templates/parts/ssrm/src/openbb/ssrm/source.js";
import { clickhouse, duckdb, postgres, sqlite, sqlSource } from "../../templates/parts/ssrm/src/openbb/ssrm/sql.js";

const context = { signal: new AbortController().signal };
const ask = (source: RowSource, body: object) => source.rows(gridRequest(body), context);
const ids = async (source: RowSource, body: object) => (await ask(source, body)).rowData.map(({ id }) => id);

describe("rows in memory", () => {
  it("have columns by what they hold", () => {
    const rows = [
      { n: null, t: "a", d: "2024-01-05", s: "2024-01-05T10:00:00Z", o: { a: 1 }, l: [1], m: 1, e: null },
      { n: 1, b: true, t: "2024-01-05", d: new Date(), m: "x", big: 5n, x: "2024-01-05x" },
    ];
    expect(inferColumns(rows)).toEqual({
      n: "number",
      t: "text",
      d: "date",
      s: "date",
      m: "text",
      e: "text",
      b: "boolean",
      big: "number",
      x: "text",
    });
    expect(inferColumns([])).toEqual({});
    const long = Array.from({ length: 100_000 }, (_, index) => (index < 50_000 ? { a: null } : { a: 1, b: true }));
    expect(inferColumns(long)).toEqual({ a: "number", b: "boolean" });
  });

  it("may hold odd values: what does not fit its column is a blank, what is given is what there was", async () => {
    const rows = [
      { id: 0, n: Number.NaN, d: new Date("2024-01-05T10:00:00Z") },
      { id: 1, n: Number.POSITIVE_INFINITY, d: new Date(Number.NaN) },
      { id: 2, n: -0, d: "2024-01-05" },
      { id: 3, n: 0, d: "no date" },
      { id: 4, n: "5", d: null },
      { id: 5, n: 7n, d: undefined },
      { id: 6, n: -3, d: "2024-01-05T11:00:00Z" },
      { id: 7 },
    ];
    const source = memorySource(rows, { id: "number", n: "number", d: "date" });
    expect(await ids(source, { sortModel: [{ colId: "n", sort: "asc" }] })).toEqual([0, 1, 4, 7, 6, 2, 3, 5]);
    expect(await ids(source, { sortModel: [{ colId: "n", sort: "desc" }] })).toEqual([5, 2, 3, 6, 0, 1, 4, 7]);
    expect(await ids(source, { filterModel: { n: { filterType: "number", type: "blank" } } })).toEqual([0, 1, 4, 7]);
    const day = { filterType: "date", type: "equals", dateFrom: "2024-01-05 00:00:00" };
    expect(await ids(source, { filterModel: { d: day } })).toEqual([0, 2, 6]);
    const groups = await ask(source, { rowGroupCols: [{ field: "d" }], valueCols: [{ field: "n", aggFunc: "sum" }] });
    expect(groups.rowData).toEqual([
      { d: null, n: 7, childCount: 5 },
      { d: "2024-01-05", n: -3, childCount: 3 },
    ]);
    expect((await ask(source, {})).rowData).toEqual(rows);
  });

  it("are counted in groups that the grid can open, level by level", async () => {
    const source = memorySource([
      { id: 1, sector: "Energy", side: "Buy", price: 2 },
      { id: 2, sector: "Energy", side: "Sell", price: 4 },
      { id: 3, sector: null, side: "Buy", price: 8 },
      { id: 4, sector: "Energy", side: "Buy", price: null },
    ]);
    const body = {
      rowGroupCols: [{ field: "sector" }, { field: "side" }],
      valueCols: [{ field: "price", aggFunc: "avg" }],
      sortModel: [
        { colId: "id", sort: "desc" },
        { colId: "ag-Grid-AutoColumn", sort: "desc" },
      ],
    };
    expect(await ask(source, body)).toEqual({
      rowData: [
        { sector: "Energy", price: 3, childCount: 3 },
        { sector: null, price: 8, childCount: 1 },
      ],
      rowCount: 2,
    });
    expect((await ask(source, { ...body, groupKeys: ["Energy"] })).rowData).toEqual([
      { side: "Sell", price: 4, childCount: 1 },
      { side: "Buy", price: 2, childCount: 2 },
    ]);
    expect(await ids(source, { ...body, groupKeys: ["Energy", "Buy"] })).toEqual([4, 1]);
    expect(await ids(source, { ...body, groupKeys: [null, "Buy"] })).toEqual([3]);
    await expect(ask(source, { ...body, groupKeys: ["a", "b", "c"] })).rejects.toMatchObject({ status: 400 });
  });

  it("refuse what does not suit a column, with a reason", async () => {
    const source = memorySource([{ name: "a", price: 1, active: true, day: "2024-01-05" }]);
    const refused = async (body: object, detail: string) =>
      expect(ask(source, body)).rejects.toMatchObject({ status: 400, detail });
    const text = { filterType: "text", type: "contains", filter: "a" };
    await refused({ filterModel: { price: text } }, 'The column "price" is a number column: it has no text filter.');
    await refused({ filterModel: { active: text } }, 'The column "active" is a boolean column: it has no text filter.');
    const sum = { rowGroupCols: [{ field: "day" }], valueCols: [{ field: "name", aggFunc: "sum" }] };
    await refused(sum, 'The column "name" is a text column: it has no sum.');
    const max = { rowGroupCols: [{ field: "day" }], valueCols: [{ field: "active", aggFunc: "max" }] };
    await refused(max, 'The column "active" is a boolean column: it has no max.');
    const two = ["sum", "avg"].map((aggFunc) => ({ field: "price", aggFunc }));
    await refused({ valueCols: two }, 'The column "price" is a number column: it has only one aggregate at a time.');
    const set = { filterModel: { price: { filterType: "set", values: ["x"] } } };
    await refused(set, 'The column "price" is a number column: it has no value "x".');
    await refused({ sortModel: [{ colId: "no", sort: "asc" }] }, 'This table has no column "no".');
  });

  it("are blank to a set filter when they hold nothing, or an empty text", async () => {
    const values = ["a", null, "", " ", "A"];
    const source = memorySource(values.map((name, id) => ({ id, name })));
    const set = (...list: unknown[]) => ids(source, { filterModel: { name: { filterType: "set", values: list } } });
    expect(await set(null)).toEqual([1, 2]);
    expect(await set("a", null)).toEqual([0, 1, 2]);
    expect(await set("a", "")).toEqual([0, 2]);
    expect(await ids(source, { filterModel: { name: { filterType: "text", type: "blank" } } })).toEqual([1, 2, 3]);
    expect(await ids(source, { filterModel: { name: { filterType: "text", type: "equals", filter: "A" } } })).toEqual([
      0, 4,
    ]);
  });

  it("can be narrowed for the grid to choose among", async () => {
    const rows = [..."abab"].map((side, id) => ({ id, side }));
    const source = where(memorySource(rows), { side: "a" });
    expect(await ids(source, {})).toEqual([0, 2]);
    expect(await ids(source, { filterModel: { side: { filterType: "set", values: ["b"] } } })).toEqual([]);
    expect(await ids(where(source, { id: [2, 3] }), {})).toEqual([2]);
    await expect(ask(where(source, { no: 1 }), {})).rejects.toMatchObject({ status: 400 });
  });
});

const COLUMNS: Columns = {
  id: "number",
  name: "text",
  price: "number",
  active: "boolean",
  date: "date",
  total: "number",
};
const FILTERED = {
  startRow: 100,
  endRow: 150,
  filterModel: {
    name: {
      filterType: "text",
      operator: "OR",
      conditions: [
        { filterType: "text", type: "contains", filter: "50%_Off!\\" },
        { filterType: "text", type: "notEqual", filter: "A" },
      ],
    },
    active: { filterType: "set", values: ["true", null] },
    date: { filterType: "date", type: "inRange", dateFrom: "2024-01-01", dateTo: "2024-01-31" },
  },
  sortModel: [{ colId: "name", sort: "desc" }],
};
const GROUPED = {
  rowGroupCols: [{ field: "name" }, { field: "date" }],
  groupKeys: ["Energy"],
  valueCols: [
    { field: "price", aggFunc: "avg" },
    { field: "id", aggFunc: "max" },
  ],
  sortModel: [{ colId: "price", sort: "desc" }],
};

describe("statements", () => {
  async function statements(dialect: typeof postgres, body: object) {
    const seen: { sql: string; values: unknown[] }[] = [];
    const source = sqlSource({
      dialect,
      table: ["desk", "trades"],
      key: ["id"],
      columns: COLUMNS,
      execute: async (sql, values, { signal }) => {
        expect(signal).toBe(context.signal);
        seen.push({ sql, values: [...values] });
        return [{ ssrm_total: "7" }];
      },
    });
    expect((await ask(source, body)).rowCount).toBe(7);
    expect(seen).toHaveLength(1);
    return seen[0];
  }

  for (const [name, dialect] of Object.entries({ postgres, sqlite, duckdb, clickhouse })) {
    it(`of ${name} bind every value and quote every name`, async () => {
      expect(await statements(dialect, FILTERED)).toMatchSnapshot("a page of rows");
      expect(await statements(dialect, GROUPED)).toMatchSnapshot("groups");
    });
  }

  it("are asked for the number of rows alone when the page has none", async () => {
    const seen: string[] = [];
    const execute = async (sql: string) => {
      seen.push(sql);
      return seen.length === 1 ? [] : [{ ssrm_total: 12n }];
    };
    const source = sqlSource({ dialect: sqlite, query: "SELECT 1", columns: COLUMNS, execute });
    expect(await ask(source, { startRow: 500, endRow: 1000 })).toEqual({ rowData: [], rowCount: 12 });
    expect(seen[1]).toBe("SELECT (SELECT count(*) FROM (\nSELECT 1\n) AS t) AS ssrm_total");
    expect(seen[0]).not.toContain("ORDER BY");
  });

  it("give what JSON can hold", async () => {
    const values = ["12", "a", "1.50", 1, "2024-01-05", null];
    const row = { ...Object.fromEntries(values.map((value, index) => [`ssrm_${index}`, value])), ssrm_total: "1" };
    const source = sqlSource({
      dialect: postgres,
      table: "t",
      key: ["id"],
      columns: COLUMNS,
      execute: async () => [row],
    });
    expect(await ask(source, {})).toEqual({
      rowData: [{ id: 12, name: "a", price: 1.5, active: true, date: "2024-01-05", total: null }],
      rowCount: 1,
    });
  });
});
