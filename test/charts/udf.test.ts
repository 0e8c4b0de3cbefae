import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HttpError } from "../../templates/project/src/openbb/errors.js";
import type { WidgetModule } from "../../templates/project/src/openbb/widget.js";
import { advancedCharting } from "../../templates/widgets/advanced_charting/src/openbb/advanced_charting.js";
import type { MarketSymbol } from "../../templates/widgets/advanced_charting/src/openbb/udf/symbols.js";
import { place } from "./place.js";

// Ids are typed by a project's own widgets.json, which there is none of here.
const define = advancedCharting as (id: string, ...rest: unknown[]) => WidgetModule;

describe("advanced_charting", () => {
  const symbols: MarketSymbol[] = [
    { symbol: "AAPL", name: "Apple", exchange: "NASDAQ" },
    { symbol: "PAAS", name: "Pan American Silver", exchange: "NYSE" },
    { symbol: "BTC:USD", name: "Bitcoin", type: "crypto", timezone: "Etc/UTC", session: "24x7", pricescale: 10 },
  ];
  const bar = { open: 1, high: 3, low: 1, close: 2 };
  const day = 86_400;
  const asked: unknown[] = [];
  const getBars = (request: { symbol: string; resolution: string; from: number; to: number }) => {
    asked.push(request);
    if (request.symbol === "PAAS") throw new HttpError(404, "No prices of PAAS.");
    if (request.symbol === "BTC:USD") throw new Error("postgres://user:secret@host");
    return [10, 11, 14].map((at) => ({ ...bar, time: at * day, ...(at === 11 ? {} : { volume: 5 }) }));
  };
  const { endpoints, call } = place(define("w", { symbols, getBars }));
  const ask = async (path: string, query?: Record<string, string>) =>
    JSON.parse((await call(path, query)).text as string);

  it("answers at the base, and at the five paths of the protocol", async () => {
    expect(endpoints.map(({ method, path }) => `${method} ${path}`)).toEqual([
      "GET /w",
      "GET /w/config",
      "GET /w/time",
      "GET /w/symbols",
      "GET /w/search",
      "GET /w/history",
    ]);
    const config = await ask("/w/config");
    expect(await ask("/w")).toEqual(config);
    expect(config).toEqual({
      supported_resolutions: ["1", "5", "15", "30", "60", "240", "1D", "1W", "1M"],
      supports_search: true,
      supports_group_request: false,
      supports_marks: false,
      supports_timescale_marks: false,
      supports_time: true,
      exchanges: [
        { value: "", name: "All", desc: "" },
        { value: "NASDAQ", name: "NASDAQ", desc: "NASDAQ" },
        { value: "NYSE", name: "NYSE", desc: "NYSE" },
      ],
      symbols_types: [
        { value: "", name: "All" },
        { value: "stock", name: "stock" },
        { value: "crypto", name: "crypto" },
      ],
    });
    expect(await ask("/w/time")).toBeCloseTo(Date.now() / 1000, -1);
  });

  it("offers only what can be made of the source's bars", async () => {
    const only = (...resolutions: string[]) => place(define("w", { symbols, getBars, resolutions }));
    const read = async (one: ReturnType<typeof place>) => JSON.parse((await one.call("/w/config")).text as string);
    expect((await read(only("D"))).supported_resolutions).toEqual(["1D", "1W", "1M"]);
    expect((await read(only("30"))).supported_resolutions).toEqual(["30", "60", "240"]);
    const info = JSON.parse((await only("D").call("/w/symbols", { symbol: "AAPL" })).text as string);
    expect(info).toMatchObject({
      has_intraday: false,
      intraday_multipliers: [],
      has_daily: true,
      has_weekly_and_monthly: true,
    });
    expect(() => only("1h")).toThrow('"1h" is no resolution');
  });

  it("describes a symbol, by its name with or without the exchange", async () => {
    for (const symbol of ["AAPL", "aapl", "NASDAQ:AAPL"]) {
      expect(await ask("/w/symbols", { symbol })).toMatchObject({
        name: "AAPL",
        ticker: "AAPL",
        description: "Apple",
        type: "stock",
        exchange: "NASDAQ",
        session: "0930-1600",
        timezone: "America/New_York",
        minmov: 1,
        pricescale: 100,
        has_intraday: true,
        intraday_multipliers: ["1", "5", "15", "30", "60", "240"],
      });
    }
    expect(await ask("/w/symbols", { symbol: "BTC:USD" })).toMatchObject({ timezone: "Etc/UTC", pricescale: 10 });
    for (const symbol of ["", "AAP", "NYSE:AAPL", "undefined:AAPL", "__proto__"]) {
      expect(await ask("/w/symbols", { symbol })).toEqual({ s: "error", errmsg: "unknown_symbol" });
    }
  });

  it("searches names and symbols, the best first, by type and exchange, up to a limit", async () => {
    const found = async (query: Record<string, string>) =>
      (await ask("/w/search", query)).map((one: { symbol: string }) => one.symbol);
    expect(await found({ query: "a" })).toEqual(["AAPL", "PAAS"]);
    expect(await found({ query: "PA", limit: "30" })).toEqual(["PAAS"]);
    expect(await found({ query: "", type: "crypto" })).toEqual(["BTC:USD"]);
    expect(await found({ query: "", exchange: "NYSE" })).toEqual(["PAAS"]);
    expect(await found({ query: "", limit: "1" })).toHaveLength(1);
    expect(await found({ query: "", limit: "-1" })).toHaveLength(3);
    expect(await ask("/w/search", { query: "apple" })).toEqual([
      {
        symbol: "AAPL",
        ticker: "AAPL",
        full_name: "NASDAQ:AAPL",
        description: "Apple",
        exchange: "NASDAQ",
        type: "stock",
      },
    ]);
  });

  it("can look symbols up elsewhere", async () => {
    const lookedUp: string[] = [];
    const elsewhere = place(
      define("w", {
        getBars,
        symbols: async (query: string) => {
          lookedUp.push(query);
          return query === "AAPL" ? symbols : [];
        },
      }),
    );
    const info = JSON.parse((await elsewhere.call("/w/symbols", { symbol: "NASDAQ:AAPL" })).text as string);
    expect(info.name).toBe("AAPL");
    expect(lookedUp).toEqual(["NASDAQ:AAPL", "AAPL"]);
  });

  it("gives bars as columns, with a volume for each", async () => {
    const range = { symbol: "NASDAQ:AAPL", resolution: "D", from: String(10 * day), to: String(14 * day) };
    expect(await ask("/w/history", range)).toEqual({
      s: "ok",
      t: [10 * day, 11 * day],
      o: [1, 1],
      h: [3, 3],
      l: [1, 1],
      c: [2, 2],
      v: [5, 0],
    });
    expect(asked.at(-1)).toEqual({ symbol: "AAPL", resolution: "1D", from: 10 * day, to: 14 * day });
    const last = { symbol: "AAPL", resolution: "1D", to: String(15 * day), countback: "1" };
    expect((await ask("/w/history", last)).t).toEqual([14 * day]);
    const gap = { symbol: "AAPL", resolution: "1D", from: String(12 * day), to: String(14 * day) };
    expect(await ask("/w/history", gap)).toEqual({ s: "no_data", nextTime: 11 * day });
    expect(await ask("/w/history", { ...gap, from: "0", to: String(day) })).toEqual({ s: "no_data" });
  });

  it("tells what is wrong in the form that the chart reads, and no secrets", async () => {
    const range = { symbol: "AAPL", resolution: "1D", from: "0", to: "100" };
    for (const [wrong, errmsg] of [
      [{ symbol: "XYZ" }, "unknown_symbol"],
      [{ symbol: "PAAS" }, "No prices of PAAS."],
      [{ resolution: "2D" }, 'There are no bars of the resolution "2D".'],
      [{ from: "200" }, '"from" (200) is after "to" (100).'],
      [{ from: "yesterday" }, '"from" must be a number of seconds, not "yesterday".'],
      [{ to: String(Date.now()) }, expect.stringContaining('"to" must be a number of seconds')],
      [{ to: "" }, expect.stringContaining('"to" must be')],
      [{ countback: "0" }, '"countback" must be a number, not "0".'],
    ] as const) {
      expect(await ask("/w/history", { ...range, ...wrong })).toEqual({ s: "error", errmsg });
    }
    // Not for the caller's eyes: the core logs it, and answers with a 500.
    await expect(ask("/w/history", { ...range, symbol: "BTC:USD" })).rejects.toThrow("secret");
  });

  it("answers whatever is asked, without a crash", async () => {
    const part = fc.oneof(fc.string(), fc.integer().map(String), fc.constantFrom("AAPL", "1D", "1e400", "-0", "NaN"));
    const query = fc.record({
      symbol: part,
      resolution: part,
      from: part,
      to: part,
      countback: part,
      query: part,
      limit: part,
    });
    await fc.assert(
      fc.asyncProperty(query, fc.constantFrom("symbols", "search", "history"), async (given, path) => {
        const answer = await ask(`/w/${path}`, { ...given, symbol: given.symbol === "BTC:USD" ? "" : given.symbol });
        expect(Array.isArray(answer) || ["ok", "no_data", "error"].includes(answer.s) || "ticker" in answer).toBe(true);
      }),
    );
  });
});
