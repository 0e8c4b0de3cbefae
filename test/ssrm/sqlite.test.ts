import { afterAll, describe, expect, it } from "vitest";
import { readOnlySql } from "../../templates/parts/sqlite/src/openbb/read-only-sql.js";
import { sampleDatabase } from "../../templates/parts/sqlite/src/openbb/sqlite.js";
import { stopwatch } from "../timing.js";

const trades = [
  { id: 1, symbol: "AAPL", 'odd "name': 1.5 },
  { id: 2, symbol: null, open: true },
];
/** Its thread has to start within its time as well, which takes a while on a busy machine. */
const database = sampleDatabase(() => ({ trades }), { seconds: 3, rows: 1000, megabytes: 1 });
afterAll(() => database.close());

describe("a typed statement", () => {
  for (const [sql, kept] of [
    ["SELECT 1", "SELECT 1"],
    ["  select ';' -- one\n;\n/* ; DROP */ ", "select ';'"],
    ["WITH a AS (SELECT 'it''s; ok' AS x) SELECT \"x;\", `y;`, [z;] FROM a", undefined],
    ["SELECT replace(symbol, 'A', 'drop table') FROM trades", undefined],
    ['SELECT "update" FROM trades', undefined],
    ["VALUES (1), (2)", undefined],
    ["SELECT 1 /* open", "SELECT 1"],
    ["SELECT'a'--x\r\nFROM trades", "SELECT'a' \nFROM trades"],
  ] as const) {
    it(`is let through: ${JSON.stringify(sql)}`, () => expect(readOnlySql(sql)).toBe(kept ?? sql));
  }

  for (const sql of [
    "",
    " -- nothing\n",
    ";",
    "DELETE FROM trades",
    "WITH a AS (SELECT 1) DELETE FROM trades",
    "WITH a AS (DELETE FROM trades RETURNING *) SELECT * FROM a",
    "SELECT 1; SELECT 2",
    "SELECT 1;DROP TABLE trades",
    "SELECT 1 --\n; DROP TABLE trades",
    "SELECT 1 /* ' */; DROP TABLE trades /* ' */",
    "SELECT * INTO other FROM trades",
    "PRAGMA query_only = OFF",
    "ATTACH 'x.db' AS x",
    "VACUUM INTO '/tmp/x'",
    "EXPLAIN SELECT 1",
    "(SELECT 1)",
    "SELECT 1) UNION SELECT * FROM (SELECT 2",
    "SELECT (1",
    "SELECT 'open",
    'SELECT "open',
    "SELECT `open",
    "SELECT [open",
    "SELECT 1 FROM trades FOR UPDATE",
    "SELECT 1\0; DROP TABLE trades",
    "/*/ SELECT 1 */ DROP TABLE trades",
    "dRoP/**/TABLE trades",
    "REPLACE INTO trades VALUES (1)",
  ]) {
    it(`is refused: ${JSON.stringify(sql)}`, () =>
      expect(() => readOnlySql(sql)).toThrow(expect.objectContaining({ status: 400 })));
  }

  it("of great length is read in no time", () => {
    for (const text of [
      "'".repeat(100_001),
      "(".repeat(100_000),
      `${"/*".repeat(50_000)}*/;1`,
      "[".repeat(100_000),
      "a'".repeat(50_001),
    ]) {
      const took = stopwatch();
      expect(() => readOnlySql(`SELECT ${text}`)).toThrow();
      expect(took()).toBeLessThan(500);
    }
  });
});

describe("the sample database", () => {
  it("answers with rows", async () => {
    expect(await database.query("SELECT * FROM trades WHERE id >= ?", [1])).toEqual([
      { id: 1, symbol: "AAPL", 'odd "name': 1.5, open: null },
      { id: 2, symbol: null, 'odd "name': null, open: 1 },
    ]);
  });

  it("says what is wrong with a statement", async () => {
    await expect(database.query("SELECT side FROM trades")).rejects.toMatchObject({
      status: 400,
      detail: "The query failed: no such column: side.",
    });
  });

  it("writes nothing", async () => {
    for (const sql of ["DELETE FROM trades", "CREATE TABLE a (b)", "DROP TABLE trades", "ATTACH '/etc/passwd' AS x"]) {
      await expect(database.query(sql)).rejects.toMatchObject({ status: 400 });
    }
    expect(await database.query("SELECT count(*) AS n FROM trades")).toEqual([{ n: 2 }]);
  });

  it("has no room for bombs", async () => {
    const bombs = [
      "SELECT hex(zeroblob(1000000)) FROM trades, trades AS t",
      "SELECT length(hex(zeroblob(300000000)))",
      "SELECT length(replace(hex(zeroblob(10000)), '0', hex(zeroblob(10000))))",
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT group_concat(hex(zeroblob(9999))) FROM n",
    ];
    for (const sql of bombs) {
      const before = process.memoryUsage().rss;
      await expect(database.query(sql), sql).rejects.toMatchObject({
        status: 400,
        detail: expect.stringMatching(/^The query failed: /),
      });
      expect(process.memoryUsage().rss - before).toBeLessThan(1e9);
    }
    expect(await database.query("SELECT count(*) AS n FROM trades")).toEqual([{ n: 2 }]);
  });

  it("ends what takes too long or gives too much, and goes on", async () => {
    const endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT";
    const abort = new AbortController();
    setTimeout(() => abort.abort(new Error("gone")), 100);
    const [slow, long, gone, fine] = await Promise.allSettled([
      database.query(`${endless} count(*) FROM n`),
      database.query(`${endless} i FROM n`),
      database.query(`${endless} sum(i) FROM n`, [], { signal: abort.signal }),
      database.query("SELECT count(*) AS n FROM trades"),
    ]);
    expect(slow).toMatchObject({ reason: { detail: "The query failed: it takes longer than 3 s." } });
    expect(long).toMatchObject({ reason: { detail: "The query failed: it gives more than 1000 rows." } });
    expect(gone).toMatchObject({ reason: { message: "gone" } });
    expect(fine).toEqual({ status: "fulfilled", value: [{ n: 2 }] });
  });
});
