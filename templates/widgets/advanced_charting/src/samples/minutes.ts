import { zoneOffset } from "../openbb/udf/bars.js";
import { type Bar, dailyBars, random } from "./market.js";

/** One minute of trading. Its time is a UNIX time in seconds. */
export type MinuteBar = Omit<Bar, "date"> & { time: number };

const OPENS = 9.5 * 3600;
/** From half past nine to four. */
const MINUTES = 390;
const newYork = zoneOffset("America/New_York");

/**
 * The minutes of a symbol's days, oldest first. Together, the minutes of a day make its daily bar.
 *
 * @param from the first moment wanted, in UNIX seconds
 * @param to the moment up to which they are wanted; there are none after now
 */
export function minuteBars(symbol: string, from: number, to: number, now = new Date()): MinuteBar[] {
  const end = Math.min(to, Math.floor(now.getTime() / 1000));
  if (end <= from) return [];
  const day = new Date(Math.max(from, 0) * 1000).toISOString().slice(0, 10);
  return dailyBars(symbol, day, now)
    .filter(({ date }) => Date.parse(date) / 1000 < end)
    .flatMap((bar) => minutesOf(symbol, bar))
    .filter(({ time }) => time >= from && time < end);
}

function minutesOf(symbol: string, bar: Bar): MinuteBar[] {
  const next = random(`${symbol} ${bar.date} minutes`);
  const noon = Date.parse(bar.date) / 1000 + 12 * 3600;
  const opens = noon - 12 * 3600 + OPENS - newYork(noon);
  const prices = path(bar, next);
  // More is traded after the opening and before the close.
  const busy = prices.slice(1).map((_, minute) => (0.6 + ((minute - MINUTES / 2) / MINUTES) ** 2 * 4) * (0.5 + next()));
  const all = busy.reduce((sum, part) => sum + part, 0);
  return busy.map((part, minute) => {
    const [open, close] = [prices[minute] as number, prices[minute + 1] as number];
    const reach = next() * 0.02 * (bar.high - bar.low);
    return {
      time: opens + minute * 60,
      open,
      high: Math.min(bar.high, cents(Math.max(open, close) + reach)),
      low: Math.max(bar.low, cents(Math.min(open, close) - reach)),
      close,
      volume: Math.round((bar.volume * part) / all),
    };
  });
}

/** Prices from the day's open to its close, by way of its high and its low. */
function path({ open, high, low, close }: Bar, next: () => number): number[] {
  const morning = 20 + Math.floor(next() * 150);
  const afternoon = 200 + Math.floor(next() * 170);
  const turns: [number, number][] = [
    [0, open],
    [morning, close > open ? low : high],
    [afternoon, close > open ? high : low],
    [MINUTES, close],
  ];
  const prices = [open];
  for (const [minute, target] of turns.slice(1)) {
    const start = prices[prices.length - 1] as number;
    const steps = Array.from({ length: minute - prices.length + 1 }, () => next() - 0.5);
    const drift = steps.reduce((sum, step) => sum + step, 0) / steps.length;
    // A random walk around the straight way to the next turn, which it ends at.
    let walked = 0;
    for (const [index, step] of steps.slice(0, -1).entries()) {
      walked += step - drift;
      const straight = start + ((target - start) * (index + 1)) / steps.length;
      const price = straight + walked * 0.1 * (high - low);
      // What would leave the day's range turns back into it.
      const inside = price > high ? 2 * high - price : price < low ? 2 * low - price : price;
      prices.push(cents(Math.min(high, Math.max(low, inside))));
    }
    prices.push(target);
  }
  return prices;
}

function cents(price: number): number {
  return Math.round(price * 100) / 100;
}
