/**
 * Sample data: a made-up market that looks like a real one. Prices are the same at every call and go on up to today.
 * Delete this file once every handler has a source of its own.
 */

/** One trading day. */
export interface Bar {
  /** YYYY-MM-DD */
  date: string;
  open: number;
  high: number;
  low: number;
  close: number;
  /** Shares traded. */
  volume: number;
}

export interface Company {
  symbol: string;
  name: string;
  sector: string;
  /** Its price on the first day, in dollars. */
  start: number;
  /** How much it moves in a day, as a fraction. */
  volatility: number;
}

export const companies: Company[] = [
  { symbol: "AAPL", name: "Apple", sector: "Technology", start: 172, volatility: 0.015 },
  { symbol: "MSFT", name: "Microsoft", sector: "Technology", start: 335, volatility: 0.014 },
  { symbol: "NVDA", name: "NVIDIA", sector: "Technology", start: 94, volatility: 0.026 },
  { symbol: "AMZN", name: "Amazon", sector: "Consumer", start: 148, volatility: 0.019 },
  { symbol: "JPM", name: "JPMorgan Chase", sector: "Financials", start: 141, volatility: 0.013 },
  { symbol: "XOM", name: "Exxon Mobil", sector: "Energy", start: 104, volatility: 0.015 },
  { symbol: "JNJ", name: "Johnson & Johnson", sector: "Health Care", start: 158, volatility: 0.009 },
  { symbol: "CAT", name: "Caterpillar", sector: "Industrials", start: 244, volatility: 0.016 },
];

const DAY_MS = 86_400_000;
const HISTORY_DAYS = 3 * 365;

/** Numbers from 0 to 1 that look random and are the same for the same seed (the mulberry32 generator). */
export function random(seed: string): () => number {
  let state = 2_166_136_261;
  for (const char of seed) state = Math.imul(state ^ char.charCodeAt(0), 16_777_619);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/**
 * Daily prices of one symbol, oldest first, trading days only. An unknown symbol has prices too.
 *
 * @param from the first day wanted, YYYY-MM-DD; the history goes back three years
 */
export function dailyBars(symbol: string, from = "", now = new Date()): Bar[] {
  const company = companies.find((candidate) => candidate.symbol === symbol);
  const { start, volatility } = company ?? { start: 100, volatility: 0.018 };
  const phase = random(symbol)() * 900;
  const today = Math.floor(now.getTime() / DAY_MS);
  const bars: Bar[] = [];
  let close = start;
  for (let day = today - HISTORY_DAYS; day <= today; day++) {
    const date = new Date(day * DAY_MS);
    if (date.getUTCDay() === 0 || date.getUTCDay() === 6) continue;
    // Seeded by the day itself: yesterday's move is the same tomorrow.
    const next = random(`${symbol} ${day}`);
    const move = (next() + next() + next() - 1.5) * 2 * volatility;
    // Slow waves carry the price, so that it neither runs away nor stands still.
    const trend = wave(day, 900, phase) * 0.25 + wave(day, 97, phase) * 0.12 + wave(day, 31, phase) * 0.05;
    const open = close * (1 + (next() - 0.5) * 0.3 * volatility);
    close = start * (1 + trend) * (1 + move);
    const spread = next() * volatility;
    bars.push({
      date: date.toISOString().slice(0, 10),
      open: cents(open),
      high: cents(Math.max(open, close) * (1 + spread / 2)),
      low: cents(Math.min(open, close) * (1 - spread / 2)),
      close: cents(close),
      volume: Math.round((20 + 30 * next() + 400 * Math.abs(move)) * 1e6),
    });
  }
  return bars.filter((bar) => bar.date >= from);
}

/** The change from one price to the next, as a fraction: 0.05 is five per cent. */
export function change(before: number | undefined, after: number): number {
  return before ? after / before - 1 : 0;
}

function wave(day: number, length: number, phase: number): number {
  return Math.sin((day + phase) / length);
}

function cents(price: number): number {
  return Math.round(price * 100) / 100;
}
