import { HttpError } from "../errors.js";
import type { Context } from "../widget.js";
import type { Hours, Resolution } from "./bars.js";

/** Something that can be charted. */
export interface MarketSymbol extends Partial<Hours> {
  /** `AAPL`: the name by which bars are asked for. */
  symbol: string;
  /** `Apple`. */
  name?: string;
  /** `NASDAQ`. */
  exchange?: string;
  /** TradingView's word: `stock`, which is taken when missing, `crypto`, `forex`, `index`, `futures`, …. */
  type?: string;
  /** Into how many parts a unit of the price is divided: 100 when missing, for two decimals. */
  pricescale?: number;
}

export type Signal = Pick<Context, "signal">;

/** What can be charted: a list, or a function that finds what a text fits, the symbol of exactly that name among it. */
export type Symbols = MarketSymbol[] | ((text: string, context: Signal) => MarketSymbol[] | Promise<MarketSymbol[]>);

/** A search that asks for everything gets this many. */
const MOST_FOUND = 100;

/** When the shares of the United States trade, which is what a symbol without hours of its own has. */
const NEW_YORK: Hours = { timezone: "America/New_York", session: "0930-1600" };

export function hoursOf({ timezone = NEW_YORK.timezone, session = NEW_YORK.session }: MarketSymbol): Hours {
  return { timezone, session };
}

/**
 * The symbol of a name, which may have its exchange before it: `NASDAQ:AAPL`.
 *
 * @throws HttpError 404; `unknown_symbol` is the word by which the chart knows this error
 */
export async function findSymbol(symbols: Symbols, text: string, context: Signal): Promise<MarketSymbol> {
  const wanted = text.toLowerCase();
  for (const query of new Set([text, text.slice(text.indexOf(":") + 1)])) {
    const found = (await matching(symbols, query, context)).find(({ symbol, exchange }) =>
      [symbol, `${exchange}:${symbol}`].some((name) => name.toLowerCase() === wanted),
    );
    if (found) return found;
  }
  throw new HttpError(404, "unknown_symbol");
}

/** Answers `/search`. */
export async function searchSymbols(symbols: Symbols, asked: Record<string, string>, context: Signal) {
  const { query = "", type, exchange, limit } = asked;
  const found = (await matching(symbols, query, context)).filter(
    (symbol) => (!type || (symbol.type ?? "stock") === type) && (!exchange || symbol.exchange === exchange),
  );
  const most = Number(limit) > 0 ? Math.min(Number(limit), MOST_FOUND) : MOST_FOUND;
  return found.slice(0, most).map((symbol) => ({
    symbol: symbol.symbol,
    ticker: symbol.symbol,
    full_name: symbol.exchange ? `${symbol.exchange}:${symbol.symbol}` : symbol.symbol,
    description: symbol.name ?? symbol.symbol,
    exchange: symbol.exchange ?? "",
    type: symbol.type ?? "stock",
  }));
}

/** Answers `/symbols`. @param resolutions the bars that the chart can have of it */
export function symbolInfo(symbol: MarketSymbol, resolutions: Resolution[]) {
  const has = (wanted: Resolution["unit"]) => resolutions.some(({ unit }) => unit === wanted);
  return {
    name: symbol.symbol,
    ticker: symbol.symbol,
    description: symbol.name ?? symbol.symbol,
    type: symbol.type ?? "stock",
    exchange: symbol.exchange ?? "",
    listed_exchange: symbol.exchange ?? "",
    ...hoursOf(symbol),
    minmov: 1,
    pricescale: symbol.pricescale ?? 100,
    format: "price",
    has_intraday: has("minute"),
    intraday_multipliers: resolutions.filter(({ unit }) => unit === "minute").map(({ name }) => name),
    has_daily: has("D"),
    has_weekly_and_monthly: has("W"),
    supported_resolutions: resolutions.map(({ name }) => name),
    data_status: "streaming",
  };
}

/** What fits a text: the symbol of just that name first, then those that begin with it. */
async function matching(symbols: Symbols, text: string, context: Signal): Promise<MarketSymbol[]> {
  const wanted = text.toLowerCase();
  const rank = ({ symbol }: MarketSymbol) =>
    symbol.toLowerCase() === wanted ? 0 : symbol.toLowerCase().startsWith(wanted) ? 1 : 2;
  const found = Array.isArray(symbols)
    ? symbols.filter(({ symbol, name = "" }) => `${symbol} ${name}`.toLowerCase().includes(wanted))
    : [...(await symbols(text, context))];
  return found.sort((a, b) => rank(a) - rank(b));
}
