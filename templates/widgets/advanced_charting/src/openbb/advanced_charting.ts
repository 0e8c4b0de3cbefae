import * as z from "zod";
import { HttpError } from "./errors.js";
import { type Body, JSON_TYPE } from "./send.js";
import { baseOf, type PriceBar, type Resolution, readResolution } from "./udf/bars.js";
import { type BarsRequest, history } from "./udf/history.js";
import { findSymbol, hoursOf, type Signal, type Symbols, searchSymbols, symbolInfo } from "./udf/symbols.js";
import type { Endpoint, SettingsOf, WidgetId, WidgetModule } from "./widget.js";

/** Where the prices of a chart come from. */
export interface PriceSource {
  /** What can be charted: a list, or a function that finds what a text fits, the symbol of just that name among it. */
  symbols: Symbols;
  /** The bars of a symbol with `from <= time < to`, in any order. Times are UNIX seconds. */
  getBars: (request: BarsRequest, context: Signal) => PriceBar[] | Promise<PriceBar[]>;
  /**
   * The lengths of bars that `getBars` has; when missing, minutes and days: `["1", "1D"]`. Longer bars are made of
   * these: hours of minutes, weeks and months of days.
   */
  resolutions?: string[];
}

/** The lengths of bars that the chart offers, as far as they can be made. */
const OFFERED = ["1", "5", "15", "30", "60", "240", "1D", "1W", "1M"];

const Config = z.object({
  supported_resolutions: z.array(z.string()).min(1),
  supports_search: z.literal(true),
  supports_group_request: z.literal(false),
});

/**
 * A TradingView chart. It fetches what it shows from paths below the widget's endpoint, by TradingView's protocol for
 * data feeds (UDF), and begins with the symbol that widgets.json names as `data.defaultSymbol`.
 */
export function advancedCharting<Id extends WidgetId<"advanced_charting">>(
  id: Id,
  source: PriceSource,
  ...[settings]: SettingsOf<Id>
): WidgetModule {
  const { symbols } = source;
  const { cache, ...rest } = settings ?? {};
  const given = (source.resolutions ?? ["1", "1D"]).map(resolution);
  const offered = OFFERED.map(resolution).filter((wanted) => baseOf(wanted, given));
  const config = udfConfig(symbols, offered);
  return {
    id,
    type: "advanced_charting",
    answer: Config,
    endpoints: ({ path, parse }) => [
      // Workspace asks for the endpoint itself only to see whether it answers.
      { method: "GET", path, parse: ({ query }) => parse(query), handle: () => config, encode: json },
      udf(`${path}/config`, () => config),
      udf(`${path}/time`, () => Math.floor(Date.now() / 1000)),
      udf(`${path}/symbols`, async ({ symbol }, context) =>
        symbolInfo(await findSymbol(symbols, symbol ?? "", context), offered),
      ),
      udf(`${path}/search`, (asked, context) => searchSymbols(symbols, asked, context), cache),
      udf(`${path}/history`, (asked, context) => udfHistory(source, given, asked, context), cache),
    ],
    ...rest,
  };
}

type Asked = Partial<Record<(typeof ASKED)[number], string>>;
const ASKED = ["symbol", "resolution", "from", "to", "countback", "query", "type", "exchange", "limit"] as const;

/** One path of the protocol. What is wrong is told in its own form, with status 200: the chart reads nothing else. */
function udf(path: string, answer: (asked: Asked, context: Signal) => unknown, cache?: number): Endpoint {
  return {
    method: "GET",
    path,
    parse: ({ query }): Asked => Object.fromEntries(ASKED.map((name) => [name, query.get(name) || undefined])),
    handle: async (asked: Asked, context: Signal) => {
      try {
        return await answer(asked, context);
      } catch (error) {
        if (error instanceof HttpError && error.status < 500) return { s: "error", errmsg: error.detail };
        throw error;
      }
    },
    encode: json,
    cache,
  };
}

async function udfHistory(source: PriceSource, given: Resolution[], asked: Asked, context: Signal) {
  const symbol = await findSymbol(source.symbols, asked.symbol ?? "", context);
  const countback = asked.countback === undefined ? undefined : number("countback", asked.countback, 1);
  const { bars, nextTime } = await history(
    {
      resolution: asked.resolution ?? "",
      from: countback === undefined ? number("from", asked.from) : 0,
      to: number("to", asked.to),
      countback,
    },
    {
      symbol: symbol.symbol,
      given,
      hours: hoursOf(symbol),
      getBars: (request) => source.getBars(request, context),
    },
  );
  if (bars.length === 0) return { s: "no_data", nextTime };
  return {
    s: "ok",
    t: bars.map((bar) => bar.time),
    o: bars.map((bar) => bar.open),
    h: bars.map((bar) => bar.high),
    l: bars.map((bar) => bar.low),
    c: bars.map((bar) => bar.close),
    v: bars.map((bar) => bar.volume ?? 0),
  };
}

function udfConfig(symbols: Symbols, offered: Resolution[]) {
  const list = Array.isArray(symbols) ? symbols : [];
  const exchanges = [...new Set(list.flatMap(({ exchange }) => exchange ?? []))];
  const types = [...new Set(list.map(({ type }) => type ?? "stock"))];
  return {
    supported_resolutions: offered.map(({ name }) => name),
    supports_search: true,
    supports_group_request: false,
    supports_marks: false,
    supports_timescale_marks: false,
    supports_time: true,
    exchanges: [{ value: "", name: "All", desc: "" }, ...exchanges.map((name) => ({ value: name, name, desc: name }))],
    symbols_types: [{ value: "", name: "All" }, ...types.map((name) => ({ value: name, name }))],
  };
}

function resolution(name: string): Resolution {
  const read = readResolution(name);
  if (!read) throw new TypeError(`"${name}" is no resolution. Write "1" for a minute, "1D" for a day.`);
  return read;
}

/** A whole number of the query. Times are UNIX seconds. */
function number(name: string, text: string | undefined, least = -1e11): number {
  const value = Math.floor(Number(text ?? Number.NaN));
  if (value >= least && value <= 1e11) return value;
  throw new HttpError(400, `"${name}" must be a number${least > 0 ? "" : " of seconds"}, not "${text ?? ""}".`);
}

function json(answer: unknown): Body {
  return { contentType: JSON_TYPE, text: JSON.stringify(answer) };
}
