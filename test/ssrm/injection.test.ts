import { afterAll, describe, expect, it } from "vitest";
import { readOnlySql } from "../../templates/parts/sqlite/src/openbb/read-only-sql.js";
import { sampleDatabase } from "../../templates/parts/sqlite/src/openbb/sqlite.js";
import { inferColumns } from "../../templates/parts/ssrm/src/openbb/ssrm/columns.js";
import { memorySource } from "../../templates/parts/ssrm/src/openbb/ssrm/memory.js";
import type { RowSource } from "../../templates/parts/ssrm/src/openbb/ssrm/source.js";
import { clickhouse, sqlite, sqlSource } from "../../templates/parts/ssrm/src/openbb/ssrm/sql.js";
import { ssrmAdvanced } from "../../templates/widgets/ssrm_advanced/src/openbb/ssrm_advanced.js";
import { ssrmTable } from "../../templates/widgets/ssrm_table/src/openbb/ssrm_table.js";
import { itWith } from "../e2e/helpers.js";
import { ENGINES } from "./engines.js";
import type { TableRow, Types } from "./reference.js";

const SPELLINGS = [
  "'",
  "''",
  '"',
  "`",
  "\\",
  "\\'",
  ";",
  "--",
  "/*",
  "*/",
  "#",
  "%",
  "%00",
  "\0",
  "\n",
  "\ud800",
  "\u2019 OR 1=1",
  "' OR '1'='1",
  "' OR 1=1 --",
  "' OR 1=1 #",
  '" OR ""="',
  "x' AND 1=(SELECT count(*) FROM trades) --",
  "'; DROP TABLE trades; --",
  '"; DROP TABLE trades; --',
  "`; DROP TABLE trades; --",
  "]; DROP TABLE trades; --",
  "); DROP TABLE trades; --",
  "name; DELETE FROM trades",
  "name/**/UNION/**/SELECT/**/1",
  "1 UNION SELECT sqlite_version()",
  "1; ATTACH DATABASE '/tmp/x' AS x",
  "1; PRAGMA query_only = OFF",
  "1; COPY trades TO '/tmp/x'",
  "1 OR pg_sleep(10)",
  "(SELECT pg_read_file('/etc/passwd'))",
  "CASE WHEN 1=1 THEN name ELSE id END",
  "name ASC, (SELECT 1)",
  "$1",
  "?",
  ":name",
  "{p1:String}",
  "${1}",
  "{{ 7 * 7 }}",
  "name::text",
  "t.name",
  "rowid",
  "_rowid_",
  "sqlite_master",
  "ctid",
  "constructor",
  "toString",
  "__proto__",
  "hasOwnProperty",
  "NaN",
  "",
  " ",
  "name ",
  "NAME",
  "'||(SELECT 1)||'",
  "0x27",
  "CHAR(39)",
];

const TYPES: Types = { id: "number", name: "text", price: "number", day: "date", active: "boolean" };
const ROWS: TableRow[] = Array.from({ length: 20 }, (_, id) => ({
  id,
  name: `name ${id}`,
  price: id / 4,
  day: "2024-01-05",
  active: id % 2 === 0,
}));
const context = { signal: new AbortController().signal } as never;
const place = { id: "w", definition: {}, path: "/w", parse: () => ({}) };

/** Asks a widget as its route does. */
async function post(source: RowSource, body: unknown) {
  const [endpoint] = (ssrmTable as (id: string, handler: () => RowSource) => ReturnType<typeof ssrmTable>)(
    "w",
    () => source,
  ).endpoints(place);
  const sent = { query: new URLSearchParams(), body: JSON.parse(JSON.stringify(body)), request: {} as never };
  return (await endpoint!.handle(endpoint!.parse(sent) as never, context)) as { rowData: unknown[]; rowCount: number };
}

const text = { filterType: "text", type: "contains", filter: "a" };

/** Where a name or a keyword is expected: nothing but those that are known will do. */
const AS_NAMES: Record<string, (spelling: string) => object> = {
  "a filtered column": (spelling) => ({
    filterModel: JSON.parse(`{${JSON.stringify(spelling)}:${JSON.stringify(text)}}`),
  }),
  "a sorted column": (spelling) => ({ sortModel: [{ colId: spelling, sort: "asc" }] }),
  "the direction of a sort": (spelling) => ({ sortModel: [{ colId: "name", sort: spelling }] }),
  "a grouped column": (spelling) => ({ rowGroupCols: [{ id: "name", field: spelling }] }),
  "an aggregated column": (spelling) => ({
    rowGroupCols: [{ field: "name" }],
    valueCols: [{ field: spelling, aggFunc: "sum" }],
  }),
  "an aggregate": (spelling) => ({
    rowGroupCols: [{ field: "name" }],
    valueCols: [{ field: "price", aggFunc: spelling }],
  }),
  "the type of a filter": (spelling) => ({ filterModel: { name: { ...text, filterType: spelling } } }),
  "the operator of a filter": (spelling) => ({ filterModel: { name: { ...text, type: spelling } } }),
  "the joint of two conditions": (spelling) => ({
    filterModel: { name: { filterType: "text", operator: spelling, conditions: [text, text] } },
  }),
  "a number of a filter": (spelling) => ({
    filterModel: { price: { filterType: "number", type: "equals", filter: spelling } },
  }),
  "a day of a filter": (spelling) => ({
    filterModel: { day: { filterType: "date", type: "equals", dateFrom: spelling } },
  }),
  "a number in a set": (spelling) => ({ filterModel: { price: { filterType: "set", values: [spelling] } } }),
  "a day in a set": (spelling) => ({ filterModel: { day: { filterType: "set", values: [spelling] } } }),
  "a truth value in a set": (spelling) => ({ filterModel: { active: { filterType: "set", values: [spelling] } } }),
  "the key of a group of numbers": (spelling) => ({ rowGroupCols: [{ field: "price" }], groupKeys: [spelling] }),
  "the first row": (spelling) => ({ startRow: spelling, endRow: 10 }),
  "the last row": (spelling) => ({ startRow: 0, endRow: spelling }),
};

/** Where any text may stand: it is bound, and matches nothing or just what it says. */
const AS_TEXTS: Record<string, (spelling: string) => object> = {
  "a text of a filter": (spelling) => ({ filterModel: { name: { ...text, filter: spelling } } }),
  "a text in a set": (spelling) => ({ filterModel: { name: { filterType: "set", values: [spelling] } } }),
  "the key of a group of texts": (spelling) => ({ rowGroupCols: [{ field: "name" }], groupKeys: [spelling] }),
};

describe(`${SPELLINGS.length} spellings of an attack`, () => {
  for (const { name, lacks, load } of ENGINES) {
    itWith(lacks ?? name, lacks === undefined)(`are a 400, or a value like any other: ${name}`, async () => {
      const source = await load(ROWS, TYPES);
      for (const spelling of SPELLINGS) {
        for (const [where, bodyOf] of Object.entries(AS_NAMES)) {
          await expect(post(source, bodyOf(spelling)), `${spelling} as ${where}`).rejects.toMatchObject({
            status: 400,
            detail: expect.any(String),
          });
        }
        for (const [where, bodyOf] of Object.entries(AS_TEXTS)) {
          const found = await post(source, bodyOf(spelling)).catch((error) => error);
          // No database keeps a NUL in a text.
          if (spelling.includes("\0")) expect(found).toMatchObject({ status: 400 });
          else expect(Array.isArray(found.rowData), `${spelling} as ${where}: ${found.message}`).toBe(true);
        }
      }
      expect((await post(source, {})).rowCount).toBe(20);
    });
  }

  it("never stand in a statement", async () => {
    for (const dialect of [sqlite, clickhouse]) {
      const statements: string[] = [];
      const execute = async (sql: string) => {
        statements.push(sql);
        return [];
      };
      const source = sqlSource({ dialect, table: "trades", key: ["id"], columns: TYPES, execute });
      const marked = (spelling: string) => `${spelling}MARK`;
      for (const spelling of SPELLINGS) {
        for (const bodyOf of [...Object.values(AS_NAMES), ...Object.values(AS_TEXTS)]) {
          await post(source, bodyOf(marked(spelling))).catch((error) => expect(error).toMatchObject({ status: 400 }));
        }
      }
      expect(statements.length).toBeGreaterThan(100);
      for (const sql of statements) expect(sql).not.toContain("MARK");
    }
  });
});

describe("a query that somebody typed", () => {
  const database = sampleDatabase(() => ({ trades: ROWS }));
  afterAll(() => database.close());
  const module = (
    ssrmAdvanced as unknown as (
      id: string,
      handler: (params: { query: string }) => unknown,
    ) => ReturnType<typeof ssrmTable>
  )("w", async ({ query }) => {
    const statement = readOnlySql(query);
    const some = await database.query(`SELECT * FROM (\n${statement}\n) LIMIT 1000`);
    return sqlSource({ dialect: sqlite, query: statement, columns: inferColumns(some), execute: database.query });
  });
  const [endpoint] = module.endpoints(place);
  const run = async (query: string, body: object = {}) => {
    const sent = { query: new URLSearchParams(), body: { ...body, query }, request: {} as never };
    return (await endpoint!.handle(endpoint!.parse(sent) as never, context)) as { rowCount: number; error?: string };
  };

  it("is answered or refused in words, never with a failure, and changes nothing", async () => {
    for (const spelling of SPELLINGS) {
      for (const query of [
        spelling,
        `SELECT * FROM trades WHERE name = ${spelling}`,
        `SELECT ${spelling} FROM trades`,
      ]) {
        const { error = "Title: details" } = await run(query);
        expect(error, query).toMatch(/^[^:]+: ./s);
      }
    }
    expect(await run("SELECT * FROM trades")).toMatchObject({ rowCount: 20 });
  });

  it("is filtered and sorted by the grid within its own order", async () => {
    const query = 'SELECT name, price * 2 AS "double; --" FROM trades ORDER BY price DESC -- all';
    expect(await run(query, { startRow: 1, endRow: 3 })).toEqual({
      rowData: [18, 17].map((id) => ({ name: `name ${id}`, "double; --": id / 2 })),
      rowCount: 20,
    });
    const filterModel = { "double; --": { filterType: "number", type: "lessThan", filter: 1 } };
    const sortModel = [{ colId: "double; --", sort: "asc" }];
    expect(await run(query, { filterModel, sortModel })).toMatchObject({
      rowCount: 2,
      rowData: [{ name: "name 0" }, { name: "name 1" }],
    });
    expect((await run(query, { sortModel: [{ colId: "id", sort: "asc" }] })).error).toBe(
      'This cannot be shown: This table has no column "id".',
    );
    expect(await run("SELECT 1 AS one WHERE 1 = 0")).toEqual({ rowData: [], rowCount: 0 });
  });

  it("does not reach what is kept when it is told not to", () => {
    const parse = (body: object) =>
      JSON.stringify(endpoint!.parse({ query: new URLSearchParams(), body, request: {} as never }));
    expect(parse({ query: "SELECT 1" })).toBe(parse({ query: "SELECT 1", disableCache: false }));
    expect(parse({ query: "SELECT 1", disableCache: true })).not.toBe(parse({ query: "SELECT 1", disableCache: true }));
  });
});

it("a source in memory takes columns by any name", async () => {
  const rows = [JSON.parse('{"__proto__": "a", "constructor": 2}'), JSON.parse('{"__proto__": "b", "constructor": 1}')];
  const source = memorySource(rows);
  const body = JSON.parse('{"filterModel": {"__proto__": {"filterType": "text", "type": "equals", "filter": "A"}}}');
  expect((await post(source, body)).rowCount).toBe(1);
  const sorted = await post(source, { sortModel: [{ colId: "constructor", sort: "asc" }] });
  expect(sorted.rowData).toEqual([rows[1], rows[0]]);
});
