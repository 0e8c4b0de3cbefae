import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dailyBars } from "../../templates/parts/market/src/samples/market.js";
import {
  type PriceBar,
  type Resolution,
  readResolution,
} from "../../templates/widgets/advanced_charting/src/openbb/udf/bars.js";
import { history } from "../../templates/widgets/advanced_charting/src/openbb/udf/history.js";
import { minuteBars } from "../../templates/widgets/advanced_charting/src/samples/minutes.js";

const NEW_YORK = { timezone: "America/New_York", session: "0930-1600" };
const ALL_DAY = { timezone: "America/New_York", session: "24x7" };
const utc = (text: string) => Date.parse(`${text}Z`) / 1000;
const iso = (time: number) => new Date(time * 1000).toISOString().slice(0, 16);
const the = (name: string) => readResolution(name) as Resolution;

describe("history", () => {
  const given = [the("1"), the("1D")];
  const now = new Date("2026-03-20T18:00Z");
  const source = {
    symbol: "AAPL",
    given,
    hours: NEW_YORK,
    getBars: ({ resolution, from, to }: { resolution: string; from: number; to: number }) =>
      resolution === "1"
        ? minuteBars("AAPL", from, to, now)
        : dailyBars("AAPL", "", now).map(({ date, ...bar }) => ({ ...bar, time: utc(`${date}T00:00`) })),
  };
  const ask = (resolution: string, from: string, to: string, countback?: number) =>
    history({ resolution, from: utc(from), to: utc(to), countback }, source);
  const times = async (...question: Parameters<typeof ask>) =>
    (await ask(...question)).bars.map(({ time }) => iso(time));

  it("gives the days from `from` up to, and without, `to`", async () => {
    expect(await times("1D", "2026-03-12T00:00", "2026-03-17T00:00")).toEqual([
      "2026-03-12T00:00",
      "2026-03-13T00:00",
      "2026-03-16T00:00",
    ]);
    expect(await times("D", "2026-03-12T00:01", "2026-03-16T00:01")).toEqual(["2026-03-13T00:00", "2026-03-16T00:00"]);
  });

  it("gives each resolution at its own times", async () => {
    expect(await times("240", "2026-03-12T00:00", "2026-03-13T00:00")).toEqual([
      "2026-03-12T13:30",
      "2026-03-12T17:30",
    ]);
    expect(await times("60", "2026-03-12T00:00", "2026-03-13T00:00")).toHaveLength(7);
    expect(await times("30", "2026-03-12T00:00", "2026-03-13T00:00")).toHaveLength(13);
    expect(await times("5", "2026-03-12T00:00", "2026-03-13T00:00")).toHaveLength(78);
    expect(await times("1W", "2026-03-01T00:00", "2026-03-20T00:00")).toEqual([
      "2026-03-02T00:00",
      "2026-03-09T00:00",
      "2026-03-16T00:00",
    ]);
    // The month's bar is at its first trading day: 1 February 2026 was a Sunday.
    expect(await times("1M", "2026-01-01T00:00", "2026-03-20T00:00")).toEqual([
      "2026-01-01T00:00",
      "2026-02-02T00:00",
      "2026-03-02T00:00",
    ]);
  });

  it("gives the last bars before `to` when they are counted, over weekends too", async () => {
    expect(await times("1D", "2030-01-01T00:00", "2026-03-16T00:00", 2)).toEqual([
      "2026-03-12T00:00",
      "2026-03-13T00:00",
    ]);
    expect(await times("1", "2030-01-01T00:00", "2026-03-15T00:00", 2)).toEqual([
      "2026-03-13T19:58",
      "2026-03-13T19:59",
    ]);
    expect(await times("1M", "2030-01-01T00:00", "2026-03-20T00:00", 24)).toHaveLength(24);
    expect(await times("240", "2030-01-01T00:00", "2026-03-20T00:00", 300)).toHaveLength(300);
  });

  it("says where the last bars are when there are none in the range", async () => {
    const weekend = await ask("1D", "2026-03-14T00:00", "2026-03-15T23:00");
    expect(weekend).toEqual({ bars: [], nextTime: utc("2026-03-13T00:00") });
    const night = await ask("5", "2026-03-14T00:00", "2026-03-15T23:00");
    expect(night).toEqual({ bars: [], nextTime: utc("2026-03-13T19:55") });
    expect(await ask("1D", "1900-01-01T00:00", "1900-02-01T00:00")).toEqual({ bars: [], nextTime: undefined });
    expect(await ask("1W", "1900-01-01T00:00", "1900-02-01T00:00", 10)).toEqual({ bars: [] });
    // A year without trading: looked for further and further back.
    const halted = {
      ...source,
      getBars: () => [{ time: utc("2025-01-02T00:00"), open: 1, high: 1, low: 1, close: 1 }],
    };
    expect(
      await history({ resolution: "1D", from: utc("2026-03-01T00:00"), to: utc("2026-03-20T00:00") }, halted),
    ).toEqual({ bars: [], nextTime: utc("2025-01-02T00:00") });
  });

  it("gives the latest bars when `to` lies far ahead", async () => {
    for (const resolution of ["1", "240", "1D", "1W", "1M"]) {
      for (const countback of [undefined, 5]) {
        const { bars } = await ask(resolution, "2026-01-01T00:00", "4000-01-01T00:00", countback);
        const [last] = (await ask(resolution, "2026-01-01T00:00", "2026-03-21T00:00", 1)).bars;
        expect(bars.at(-1)).toEqual(last);
      }
    }
  });

  it("refuses what makes no sense", async () => {
    await expect(ask("7X", "2026-03-01T00:00", "2026-03-02T00:00")).rejects.toMatchObject({ status: 400 });
    await expect(ask("1D", "2026-03-02T00:00", "2026-03-01T00:00")).rejects.toMatchObject({ status: 400 });
    expect(await ask("1D", "2026-03-02T00:00", "2026-03-02T00:00")).toMatchObject({ bars: [] });
  });

  it("never asks the source for more than a bounded range, nor answers with more bars than that", async () => {
    for (const resolution of ["1", "5", "240", "1D", "1W", "1M"]) {
      for (const countback of [undefined, 1e9]) {
        let widest = 0;
        const crypto = {
          ...source,
          hours: ALL_DAY,
          getBars: ({ resolution: base, from, to }: { resolution: string; from: number; to: number }) => {
            const step = base === "1" ? 60 : 86_400;
            widest = Math.max(widest, (to - from) / step);
            return Array.from({ length: Math.min(300_000, (to - from) / step) }, (_, index) => ({
              time: Math.floor(to / step) * step - (index + 1) * step,
              open: 1,
              high: 1,
              low: 1,
              close: 1,
            }));
          },
        };
        const to = utc("2026-03-20T00:00");
        const { bars } = await history({ resolution, from: -1e11, to, countback }, crypto);
        expect(bars.length).toBeGreaterThan(400);
        expect(bars.length).toBeLessThanOrEqual(10_000);
        expect(bars.at(-1)?.time).toBeGreaterThan(to - 32 * 86_400);
        expect(widest).toBeLessThan(700_000);
      }
    }
  });

  it("gives bars inside the range, ascending, each once, and the same for every way to cut the range", async () => {
    const start = utc("2026-02-20T00:00");
    const end = utc("2026-03-24T00:00");
    const whole = new Map<string, PriceBar[]>();
    for (const resolution of ["1", "5", "15", "30", "60", "240", "1D", "1W", "1M"]) {
      whole.set(resolution, (await ask(resolution, "2026-01-01T00:00", "2026-04-01T00:00")).bars);
    }
    const moment = fc.integer({ min: start, max: end });
    await fc.assert(
      fc.asyncProperty(
        moment,
        moment,
        fc.constantFrom(...whole.keys()),
        fc.option(fc.integer({ min: 1, max: 60 }), { nil: undefined }),
        async (a, b, resolution, countback) => {
          const [from, to] = [Math.min(a, b), Math.max(a, b)];
          const { bars, nextTime } = await history({ resolution, from, to, countback }, source);
          const all = whole.get(resolution) as PriceBar[];
          const before = all.filter(({ time }) => time < to);
          const inside = before.filter(({ time }) => time >= from);
          if (countback === undefined) expect(bars).toEqual(inside);
          else if (before.length >= countback) expect(bars).toEqual(before.slice(-countback));
          else expect(bars.slice(-before.length)).toEqual(before);
          for (const [index, bar] of bars.entries()) expect(bar.time).toBeGreaterThan(bars[index - 1]?.time ?? -1e12);
          if (countback === undefined && inside.length === 0) expect(nextTime).toBe(before.at(-1)?.time);
        },
      ),
      { numRuns: 300 },
    );
  });
});
