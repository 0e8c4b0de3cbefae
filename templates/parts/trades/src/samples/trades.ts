import { companies, dailyBars, random } from "./market.js";

/** One trade of a made-up desk. */
export interface Trade {
  id: string;
  /** YYYY-MM-DD */
  date: string;
  symbol: string;
  sector: string;
  side: "Buy" | "Sell";
  quantity: number;
  price: number;
  /** Quantity times price, in dollars. */
  notional: number;
  venue: string;
}

const DAYS = 250;
const TRADES_A_DAY = 80;
const VENUES = ["NYSE", "Nasdaq", "Cboe", "IEX", "Dark pool"];

/** The trades of the last 250 trading days, 20,000 of them, newest first; those of a day are always the same. */
export function sampleTrades(now = new Date()): Trade[] {
  const bars = new Map(companies.map(({ symbol }) => [symbol, dailyBars(symbol, "", now).slice(-DAYS).reverse()]));
  return Array.from({ length: DAYS * TRADES_A_DAY }, (_, index) => {
    const day = Math.floor(index / TRADES_A_DAY);
    const date = bars.get("AAPL")?.[day]?.date ?? "";
    const number = TRADES_A_DAY - (index % TRADES_A_DAY);
    const next = random(`trade ${number} of ${date}`);
    const { symbol, sector } = pick(companies, next());
    const { low = 100, high = 100 } = bars.get(symbol)?.[day] ?? {};
    const quantity = 100 * Math.ceil(next() ** 3 * 50);
    const price = Math.round((low + next() * (high - low)) * 100) / 100;
    return {
      id: `${date.replaceAll("-", "")}-${String(number).padStart(3, "0")}`,
      date,
      symbol,
      sector,
      side: next() < 0.52 ? "Buy" : "Sell",
      quantity,
      price,
      notional: Math.round(quantity * price * 100) / 100,
      venue: pick(VENUES, next()),
    };
  });
}

function pick<T>(list: T[], chance: number): T {
  return list[Math.floor(chance * list.length)] as T;
}
