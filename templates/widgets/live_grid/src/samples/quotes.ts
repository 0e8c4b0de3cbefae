import { type Bar, change, companies, dailyBars, random } from "./market.js";

/** A price as a trading screen shows it. */
export type Quote = {
  symbol: string;
  name: string;
  last: number;
  /** Against the close of the day before, as a fraction. */
  change: number;
  bid: number;
  ask: number;
  /** Shares traded since midnight. */
  volume: number;
  /** When the price was made: HH:MM:SS, UTC. */
  time: string;
};

const DAY_MS = 86_400_000;

/**
 * Made-up prices of this moment. They follow from the clock alone: the snapshot, the feed and other processes agree
 * on them.
 */
export function quotes(now = Date.now()): Quote[] {
  return companies.map(({ symbol, name, volatility }, index) => {
    // Each company trades at a pace of its own, so that not all of them change at once.
    const pace = 450 + 170 * index;
    const time = Math.floor(now / pace) * pace;
    const before = dayBefore(symbol, time);
    const waves = Math.sin(time / 5_000_000 + index) * 0.7 + Math.sin(time / 90_000 + index) * 0.2;
    const noise = (random(`${symbol} ${time}`)() - 0.5) * 0.2;
    const last = cents(before.close * (1 + volatility * (waves + noise)));
    const spread = Math.max(0.01, last / 10_000);
    return {
      symbol,
      name,
      last,
      change: change(before.close, last),
      bid: cents(last - spread),
      ask: cents(last + spread),
      volume: Math.round((before.volume * (time % DAY_MS)) / DAY_MS),
      time: new Date(time).toISOString().slice(11, 19),
    };
  });
}

let known = { day: -1, bars: new Map<string, Bar>() };

/** The last trading day before that of `time`. Worked out once a day: a history is a lot of numbers. */
function dayBefore(symbol: string, time: number): Bar {
  const day = Math.floor(time / DAY_MS);
  if (known.day !== day) known = { day, bars: new Map() };
  const bar = known.bars.get(symbol) ?? (dailyBars(symbol, "", new Date((day - 1) * DAY_MS)).at(-1) as Bar);
  known.bars.set(symbol, bar);
  return bar;
}

function cents(price: number): number {
  return Math.round(price * 100) / 100;
}
