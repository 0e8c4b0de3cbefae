import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dailyBars } from "../../templates/parts/market/src/samples/market.js";
import {
  baseOf,
  gridOf,
  type PriceBar,
  type Resolution,
  readResolution,
  resample,
  tidy,
  zoneOffset,
} from "../../templates/widgets/advanced_charting/src/openbb/udf/bars.js";
import { minuteBars } from "../../templates/widgets/advanced_charting/src/samples/minutes.js";

const NEW_YORK = { timezone: "America/New_York", session: "0930-1600" };
const ALL_DAY = { timezone: "America/New_York", session: "24x7" };
const utc = (text: string) => Date.parse(`${text}Z`) / 1000;
const iso = (time: number) => new Date(time * 1000).toISOString().slice(0, 16);
const the = (name: string) => readResolution(name) as Resolution;

describe("resolutions", () => {
  it("are read in every form that TradingView writes", () => {
    const names = ["1", "5", "15", "30", "60", "240", "D", "1D", "W", "1W", "M", "1M"];
    expect(names.map((name) => readResolution(name)?.name)).toEqual([
      "1",
      "5",
      "15",
      "30",
      "60",
      "240",
      "1D",
      "1D",
      "1W",
      "1W",
      "1M",
      "1M",
    ]);
    for (const name of ["", "0", "-5", "1440", "99999", "1d", "2D", "3M", "1S", "1H", "5 ", "1e2", "__proto__"]) {
      expect(readResolution(name)).toBeUndefined();
    }
  });

  it("are made of the longest that fits", () => {
    const base = (wanted: string, ...given: string[]) => baseOf(the(wanted), given.map(the))?.name;
    expect(base("60", "1", "15", "1D")).toBe("15");
    expect(base("60", "1", "25", "1D")).toBe("1");
    expect(base("1W", "1", "1D")).toBe("1D");
    expect(base("1W", "1D", "1W")).toBe("1W");
    expect(base("1M", "1W")).toBeUndefined();
    expect(base("1", "5")).toBeUndefined();
    expect(base("1D", "1")).toBeUndefined();
  });
});

describe("the grid", () => {
  it("counts hours from the opening, on both sides of a change of the clocks", () => {
    // New York is at UTC-5 until 8 March 2026, then at UTC-4.
    const start = (time: string, resolution = "60", hours = NEW_YORK) =>
      iso(gridOf(the(resolution), hours)(utc(time)).start);
    expect(start("2026-03-06T14:30")).toBe("2026-03-06T14:30");
    expect(start("2026-03-06T15:29")).toBe("2026-03-06T14:30");
    expect(start("2026-03-09T14:29")).toBe("2026-03-09T13:30");
    expect(start("2026-03-06T20:59", "240")).toBe("2026-03-06T18:30");
    // Before the opening: the hours go on backwards, and end at midnight.
    expect(start("2026-03-06T14:00")).toBe("2026-03-06T13:30");
    expect(start("2026-03-06T05:10", "240")).toBe("2026-03-06T05:00");
    // Around the clock, from midnight: a day of 23 hours, and one of 25.
    expect(start("2026-03-08T05:30", "240", ALL_DAY)).toBe("2026-03-08T05:00");
    expect(start("2026-03-08T04:30", "240", ALL_DAY)).toBe("2026-03-08T01:00");
    expect(start("2026-11-01T04:30", "240", ALL_DAY)).toBe("2026-11-01T04:00");
    expect(start("2026-11-02T04:30", "240", ALL_DAY)).toBe("2026-11-02T04:00");
    // On the day itself, from the opening by the new time.
    expect(start("2026-03-08T13:40")).toBe("2026-03-08T13:30");
    expect(start("2026-11-01T14:40")).toBe("2026-11-01T14:30");
  });

  it("begins weeks on Mondays and months on the first", () => {
    const grid = (resolution: string, time: string) =>
      Object.values(gridOf(the(resolution), NEW_YORK)(utc(time))).map(iso);
    expect(grid("1W", "2026-03-08T23:59")).toEqual(["2026-03-02T00:00", "2026-03-09T00:00"]);
    expect(grid("1W", "1969-12-31T00:00")).toEqual(["1969-12-29T00:00", "1970-01-05T00:00"]);
    expect(grid("1M", "2026-02-28T23:59")).toEqual(["2026-02-01T00:00", "2026-03-01T00:00"]);
    expect(grid("1M", "1927-12-31T12:00")).toEqual(["1927-12-01T00:00", "1928-01-01T00:00"]);
    expect(grid("1D", "2026-02-28T23:59")).toEqual(["2026-02-28T00:00", "2026-03-01T00:00"]);
  });

  const names = fc.constantFrom("1", "5", "7", "45", "60", "240", "720", "1D", "1W", "1M");
  const sessions = fc.constantFrom("24x7", "0930-1600", "1700-1600", "0000-0000", "0200-2300");
  /** Each bar ends where the next one begins, and every moment of it leads to it. */
  const isInOneBar = (time: number, name: string, timezone: string, session: string) => {
    const grid = gridOf(the(name), { timezone, session });
    const { start, end } = grid(time);
    expect(start).toBeLessThanOrEqual(time);
    expect(end).toBeGreaterThan(time);
    expect(grid(start)).toEqual({ start, end });
    expect(grid(end - 1)).toEqual({ start, end });
    expect(grid(end).start).toBe(end);
  };

  it("puts every moment into one bar, whatever the zone, the session and the year", () => {
    const zones = fc.constantFrom(
      "Etc/UTC",
      "America/New_York",
      "Asia/Kolkata",
      "Australia/Lord_Howe",
      "Pacific/Auckland",
      "America/St_Johns",
    );
    const times = fc.integer({ min: utc("1990-01-01T00:00"), max: utc("2040-01-01T00:00") });
    fc.assert(fc.property(times, names, zones, sessions, isInOneBar), { numRuns: 2000 });
  });

  it("does so where clocks change: forward, back, at midnight, over it, by half an hour, by a day", () => {
    const changes = fc.constantFrom(
      ["America/New_York", utc("2026-03-08T07:00")] as const,
      ["America/New_York", utc("2026-11-01T06:00")] as const,
      ["Australia/Lord_Howe", utc("2025-04-05T15:00")] as const,
      ["Australia/Lord_Howe", utc("2025-10-04T15:30")] as const,
      ["Asia/Beirut", utc("2024-03-30T22:00")] as const,
      ["Asia/Beirut", utc("2024-10-26T21:00")] as const,
      ["America/Havana", utc("2025-03-09T05:00")] as const,
      ["America/Havana", utc("2025-11-02T05:00")] as const,
      ["America/St_Johns", utc("2010-03-14T03:31")] as const,
      ["America/St_Johns", utc("2010-11-07T02:31")] as const,
      ["Pacific/Apia", utc("2011-12-30T10:00")] as const,
    );
    fc.assert(
      fc.property(changes, fc.integer({ min: -100_000, max: 100_000 }), names, sessions, ([zone, at], by, ...rest) =>
        isInOneBar(at + by, rest[0], zone, rest[1]),
      ),
      { numRuns: 3000 },
    );
  });

  it("knows how far zones are ahead", () => {
    const hours = (zone: string, time: string) => zoneOffset(zone)(utc(time)) / 3600;
    expect(hours("Etc/UTC", "2026-06-01T00:00")).toBe(0);
    expect(hours("America/New_York", "2026-01-01T00:00")).toBe(-5);
    expect(hours("America/New_York", "2026-06-01T00:00")).toBe(-4);
    expect(hours("Asia/Kolkata", "2026-06-01T00:00")).toBe(5.5);
    expect(() => zoneOffset("Mars/Olympus")).toThrow(RangeError);
  });
});

describe("longer bars", () => {
  it("have the first open, the last close, and the extremes between", () => {
    const bar = (day: number, open: number, high: number, low: number, close: number, volume?: number): PriceBar => ({
      time: utc(`2026-03-0${day}T00:00`),
      open,
      high,
      low,
      close,
      ...(volume === undefined ? {} : { volume }),
    });
    // Monday 2 March was a holiday here.
    const bars = [
      bar(3, 10, 12, 9, 11, 100),
      bar(4, 11, 15, 10, 14),
      bar(6, 14, 14, 8, 9, 50),
      bar(9, 9, 10, 9, 10, 1),
    ];
    const weeks = resample(bars, the("1W"), gridOf(the("1W"), NEW_YORK));
    expect(weeks).toEqual([
      { time: utc("2026-03-03T00:00"), open: 10, high: 15, low: 8, close: 9, volume: 150 },
      bars[3],
    ]);
  });

  it("leave the source's own bars as they are", () => {
    const bar = { time: utc("2026-03-03T00:00"), open: 1, high: 2, low: 1, close: 2 };
    const bars = [bar, { ...bar, time: bar.time + 86_400, high: 5 }];
    resample(bars, the("1W"), gridOf(the("1W"), NEW_YORK));
    expect(bars[0]?.high).toBe(2);
  });

  it("are sorted and unique; what is no number, or out of bounds, is left out; milliseconds are an error", () => {
    const bar = (time: number, close = 1): PriceBar => ({ time, open: 1, high: 1, low: 1, close });
    expect(tidy([bar(30), bar(10), bar(20), bar(10, 2), bar(Number.NaN), bar(15, Number.NaN)], 10, 30)).toEqual([
      bar(10, 2),
      bar(20),
    ]);
    expect(() => tidy([bar(Date.now())], 0, 1e10)).toThrow("milliseconds");
  });
});

describe("the sample minutes", () => {
  it("make up the daily bars, at the hours of New York", () => {
    const now = new Date("2026-03-20T12:00Z");
    const days = dailyBars("AAPL", "2026-03-02", now).slice(0, -1);
    for (const day of days) {
      const minutes = minuteBars("AAPL", utc(`${day.date}T00:00`), utc(`${day.date}T23:59`), now);
      expect(minutes).toHaveLength(390);
      expect(iso(minutes[0]?.time as number)).toBe(`${day.date}T${day.date < "2026-03-08" ? "14:30" : "13:30"}`);
      const [whole] = resample(minutes, the("1D"), gridOf(the("1D"), NEW_YORK));
      const { date, volume, ...prices } = day;
      expect(whole).toMatchObject(prices);
      expect(Math.abs((whole?.volume ?? 0) / volume - 1)).toBeLessThan(0.001);
      for (const { open, high, low, close } of minutes) {
        expect(high).toBeGreaterThanOrEqual(Math.max(open, close));
        expect(low).toBeLessThanOrEqual(Math.min(open, close));
      }
    }
  });

  it("end now, and are the same at every call", () => {
    const now = new Date("2026-03-19T15:00:30Z");
    const minutes = minuteBars("AAPL", utc("2026-03-19T00:00"), utc("2026-03-21T00:00"), now);
    expect(iso(minutes.at(-1)?.time as number)).toBe("2026-03-19T15:00");
    const later = minuteBars("AAPL", utc("2026-03-19T00:00"), utc("2026-03-21T00:00"), new Date("2026-03-23T00:00Z"));
    expect(later.slice(0, minutes.length)).toEqual(minutes);
  });
});
