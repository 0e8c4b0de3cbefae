import { describe, expect, it } from "vitest";
import { random } from "../../templates/parts/market/src/samples/market.js";
import { memorySource } from "../../templates/parts/ssrm/src/openbb/ssrm/memory.js";
import { gridRequest } from "../../templates/parts/ssrm/src/openbb/ssrm/request.js";
import { stopwatch } from "../timing.js";

const COUNT = 1_000_000;
/** Another process may have the processor just then: the best of so many times counts. */
const ATTEMPTS = 5;
const context = { signal: new AbortController().signal };

const next = random("a million trades");
const pick = <T>(list: T[]) => list[Math.floor(next() * list.length)] as T;
const SYMBOLS = Array.from({ length: 500 }, (_, index) => `SYM${index}`);
const rows = Array.from({ length: COUNT }, (_, index) => ({
  id: `2026-T${String(Math.floor(next() * 1e9)).padStart(9, "0")}`,
  date: new Date(Date.UTC(2020, 0, 1) + Math.floor(next() * 2000) * 86_400_000).toISOString().slice(0, 10),
  symbol: pick(SYMBOLS),
  sector: pick(["Technology", "Financials", "Energy", "Health Care", "Industrials", "Consumer"]),
  side: pick(["Buy", "Sell"]),
  price: Math.round(next() * 1e6) / 100,
  quantity: Math.floor(next() * 1000) * 100,
  note: index % 7 === 0 ? null : `Note ${Math.floor(next() * 1e6).toString(36)}`,
}));

const REQUESTS: Record<string, object> = {
  "nothing but the first page": {},
  "a sort by a number": { sortModel: [{ colId: "price", sort: "asc" }] },
  "a sort by a text of which each row has its own": { sortModel: [{ colId: "id", sort: "desc" }] },
  "a text filter": { filterModel: { note: { filterType: "text", type: "contains", filter: "A1" } } },
  "a filter and three sorts": {
    filterModel: { price: { filterType: "number", type: "greaterThan", filter: 1000 } },
    sortModel: [
      { colId: "sector", sort: "asc" },
      { colId: "date", sort: "desc" },
      { colId: "price", sort: "desc" },
    ],
  },
  "four filters and three sorts": {
    filterModel: {
      note: { filterType: "text", type: "contains", filter: "a" },
      price: { filterType: "number", type: "greaterThan", filter: 10 },
      date: { filterType: "date", type: "inRange", dateFrom: "2020-02-01", dateTo: "2025-06-01" },
      sector: { filterType: "set", values: ["Technology", "Energy", "Financials"] },
    },
    sortModel: [
      { colId: "side", sort: "desc" },
      { colId: "symbol", sort: "asc" },
      { colId: "id", sort: "asc" },
    ],
  },
  "groups with aggregates": {
    rowGroupCols: [{ field: "symbol" }],
    valueCols: [
      { field: "price", aggFunc: "avg" },
      { field: "quantity", aggFunc: "sum" },
      { field: "date", aggFunc: "max" },
    ],
    sortModel: [{ colId: "quantity", sort: "desc" }],
  },
};

describe("a million rows in memory", () => {
  for (const [name, body] of Object.entries(REQUESTS)) {
    it(`${name}: first under 1 s, again under 300 ms, pages under 20 ms`, async () => {
      const best = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY] as const;
      let times: readonly number[] = best;
      for (let attempt = 0; attempt < ATTEMPTS && !(times[0]! < 1000 && times[1]! < 300 && times[2]! < 20); attempt++) {
        // A new source: nothing of it has been prepared.
        const source = memorySource(rows);
        const ask = async (more: object = {}) => {
          const took = stopwatch();
          const page = await source.rows(gridRequest({ ...body, ...more }), context);
          return { page, ms: took() };
        };
        const [first, again, later] = [await ask(), await ask(), await ask({ startRow: 300, endRow: 800 })];
        expect(first.page.rowData.length).toBeGreaterThan(0);
        expect(again.page).toEqual(first.page);
        expect(later.page.rowCount).toBe(first.page.rowCount);
        times = [first, again, later].map(({ ms }, index) => Math.min(ms, times[index]!));
      }
      if (process.env.OPENBB_SHOW_TIMES) console.info(`${name}: ${times.map((ms) => ms.toFixed(1)).join(" / ")} ms`);
      expect(times[0]).toBeLessThan(1000);
      expect(times[1]).toBeLessThan(300);
      expect(times[2]).toBeLessThan(20);
    });
  }
});
