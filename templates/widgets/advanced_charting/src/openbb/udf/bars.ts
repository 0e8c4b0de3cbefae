/** Prices as bars, and longer bars made of shorter ones. All times are UNIX seconds. */

/** What was traded from one moment on, until the next bar. */
export interface PriceBar {
  /** Of a bar of minutes: its start. Of a day: midnight UTC of the trading day. Of more: that of its first day. */
  time: number;
  open: number;
  high: number;
  low: number;
  close: number;
  volume?: number;
}

/** How long a bar is: `"5"` (minutes), `"1D"`, `"1W"` or `"1M"` (a month), as TradingView writes it. */
export interface Resolution {
  name: string;
  unit: "minute" | "D" | "W" | "M";
  /** Of a month: on average. */
  seconds: number;
}

/** When a market trades. */
export interface Hours {
  /** An IANA name: `America/New_York`. */
  timezone: string;
  /** `0930-1600`, local time, or `24x7`. Bars of minutes are counted from its start. */
  session: string;
}

export const DAY = 86_400;
const UNITS = { D: DAY, W: 7 * DAY, M: 30.4375 * DAY };

/** Reads a resolution: minutes up to a day, or one day, week or month, where TradingView also writes `D` for `1D`. */
export function readResolution(text: string): Resolution | undefined {
  const [, minutes, unit] = /^(?:([1-9]\d{0,3})|1?([DWM]))$/.exec(text) ?? [];
  if (unit === "D" || unit === "W" || unit === "M") return { name: `1${unit}`, unit, seconds: UNITS[unit] };
  if (minutes === undefined || Number(minutes) >= 1440) return undefined;
  return { name: minutes, unit: "minute", seconds: Number(minutes) * 60 };
}

/** Of the bars that a source has, the longest of which the wanted ones can be made. */
export function baseOf(wanted: Resolution, given: Resolution[]): Resolution | undefined {
  const same = given.find(({ name }) => name === wanted.name);
  if (same || wanted.unit === "D") return same;
  if (wanted.unit !== "minute") return given.find(({ unit }) => unit === "D");
  return given
    .filter(({ unit, seconds }) => unit === "minute" && wanted.seconds % seconds === 0)
    .sort((a, b) => b.seconds - a.seconds)[0];
}

/** Where the bar of a resolution starts that holds a moment, and where the next one starts. */
export type Grid = (time: number) => { start: number; end: number };

/** The grid on which bars are made. One of minutes begins anew at each session, and at midnight of the exchange. */
export function gridOf({ unit, seconds }: Resolution, { timezone, session }: Hours): Grid {
  if (unit === "D" || unit === "W") {
    // Day 0 of the UNIX calendar was a Thursday; weeks start on Mondays.
    const shift = unit === "W" ? 3 * DAY : 0;
    return (time) => {
      const start = Math.floor((time + shift) / seconds) * seconds - shift;
      return { start, end: start + seconds };
    };
  }
  if (unit === "M") {
    return (time) => {
      const day = new Date(time * 1000);
      const month = (step: number) => Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + step) / 1000;
      return { start: month(0), end: month(1) };
    };
  }
  const [, hour = "0", minute = "0"] = /^(\d{2})(\d{2})-/.exec(session) ?? [];
  const opens = (Number(hour) * 60 + Number(minute)) * 60;
  const offset = zoneOffset(timezone);
  /** When the clocks of the exchange first show a time; where they skip it, when they go on. */
  const momentOf = (local: number) => {
    // Clocks never change twice within three days.
    const before = local - offset(local - 1.5 * DAY);
    const after = local - offset(local + 1.5 * DAY);
    const shown = (time: number) => time + offset(time) >= local;
    return [Math.min(before, after), Math.max(before, after)].find(shown) ?? after;
  };
  return (time) => {
    let day = Math.floor((time + offset(time)) / DAY) * DAY;
    // Clocks put back over midnight show the end of a day twice: the new day has begun.
    if (time >= momentOf(day + DAY)) day += DAY;
    const open = momentOf(day + opens);
    const start = open + Math.floor((time - open) / seconds) * seconds;
    return { start: Math.max(start, momentOf(day)), end: Math.min(start + seconds, momentOf(day + DAY)) };
  };
}

/** Makes longer bars. @param bars sorted by time */
export function resample(bars: PriceBar[], { unit }: Resolution, grid: Grid): PriceBar[] {
  const made = new Map<number, PriceBar>();
  for (const bar of bars) {
    const { start } = grid(bar.time);
    const longer = made.get(start);
    if (!longer) {
      made.set(start, { ...bar, time: unit === "minute" ? start : bar.time });
      continue;
    }
    longer.high = Math.max(longer.high, bar.high);
    longer.low = Math.min(longer.low, bar.low);
    longer.close = bar.close;
    if (bar.volume !== undefined) longer.volume = (longer.volume ?? 0) + bar.volume;
  }
  return [...made.values()].sort((a, b) => a.time - b.time);
}

/**
 * Bars as a chart can show them: inside the bounds, oldest first, one a moment (the last one given), only numbers.
 *
 * @throws TypeError when times are in milliseconds
 */
export function tidy(bars: PriceBar[], from: number, to: number): PriceBar[] {
  const byTime = new Map<number, PriceBar>();
  if (bars.some(({ time }) => time > 1e11)) throw new TypeError("Times of bars are UNIX seconds, not milliseconds.");
  for (const bar of bars) {
    const { time, open, high, low, close, volume = 0 } = bar;
    if (time >= from && time < to && [open, high, low, close, volume].every(Number.isFinite)) byTime.set(time, bar);
  }
  return [...byTime.values()].sort((a, b) => a.time - b.time);
}

/**
 * How far a time zone is ahead of UTC, in seconds, at a given moment.
 *
 * @throws RangeError when there is no such zone
 */
export function zoneOffset(timezone: string): (time: number) => number {
  const format = new Intl.DateTimeFormat("en-US", { timeZone: timezone, timeZoneName: "longOffset" });
  const known = new Map<number, number>();
  return (time) => {
    // Zones change their clocks on the quarter of an hour, and Intl is slow.
    const quarter = Math.floor(time / 900);
    const before = known.get(quarter);
    if (before !== undefined) return before;
    const name = format.formatToParts(quarter * 900_000).find(({ type }) => type === "timeZoneName")?.value ?? "";
    const [, sign, hours = "0", minutes = "0"] = /([+-])(\d{2}):(\d{2})/.exec(name) ?? [];
    const offset = (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60;
    known.set(quarter, offset);
    return offset;
  };
}
