import supertest from "supertest";
import { describe, expect, it } from "vitest";
import { app, KEY, manifest, WORKSPACE } from "./setup.js";

const http = supertest(await app());
const now = Math.floor(Date.now() / 1000);

for (const widget of manifest.widgets.filter(({ type }) => type === "advanced_charting")) {
  /** Asks as TradingView's adapter does. */
  async function ask(path: string, query: Record<string, string | number> = {}) {
    const request = http.get(`${widget.path}/${path}`).query(query).set("Origin", WORKSPACE).set("X-API-KEY", KEY);
    const response = await request;
    expect(response.status, response.text).toBe(200);
    return JSON.parse(response.text);
  }

  const config = await ask("config");
  const data = (widget.definition.data ?? {}) as { defaultSymbol?: string };
  const symbol: string = data.defaultSymbol || (await ask("search", { query: "" }))[0].symbol;

  describe(`${widget.id} (advanced_charting)`, () => {
    it("knows its first symbol, and finds it", async () => {
      const info = await ask("symbols", { symbol });
      expect(info).toMatchObject({ minmov: 1, supported_resolutions: config.supported_resolutions });
      expect(() => new Intl.DateTimeFormat("en-US", { timeZone: info.timezone })).not.toThrow();
      const found: { symbol: string }[] = await ask("search", { query: symbol, type: "", exchange: "", limit: 30 });
      expect(found.map((one) => one.symbol)).toContain(info.name);
    });

    for (const resolution of config.supported_resolutions) {
      it(`has bars of ${resolution}`, async () => {
        const range = { symbol, resolution, from: 0, to: now, countback: 50 };
        const { s, t, o, h, l, c, v } = await ask("history", range);
        expect(s).toBe("ok");
        expect(t).toEqual([...new Set<number>(t)].sort((a, b) => a - b));
        expect(t.length).toBeLessThanOrEqual(50);
        for (const values of [o, h, l, c, v]) expect(values).toHaveLength(t.length);
        expect(h.every((high: number, index: number) => high >= l[index])).toBe(true);
        expect(t.at(-1)).toBeLessThan(now);
      });
    }

    it("says that there is nothing before everything", async () => {
      const range = { symbol, resolution: "1D", from: -5_000_000_000, to: -4_900_000_000 };
      expect(await ask("history", range)).toEqual({ s: "no_data" });
    });

    it("tells errors as the chart reads them", async () => {
      const error = { s: "error", errmsg: expect.any(String) };
      const range = { symbol, resolution: "1D", from: now - 86_400, to: now };
      expect(await ask("symbols", { symbol: "no such symbol" })).toEqual({ s: "error", errmsg: "unknown_symbol" });
      const wrong = [{ symbol: "no such symbol" }, { resolution: "7X" }, { from: "x" }, { to: 0 }, { countback: -1 }];
      for (const change of wrong) {
        expect(await ask("history", Object.assign({ ...range }, change))).toEqual(error);
      }
    });

    it("tells the time", async () => {
      expect(Math.abs((await ask("time")) - now)).toBeLessThan(60);
    });

    it("is not for callers without the key", async () => {
      const fresh = supertest(await app());
      for (const path of ["config", "symbols", "search", "history", "time"]) {
        expect((await fresh.get(`${widget.path}/${path}`)).status).toBe(401);
      }
    });
  });
}
