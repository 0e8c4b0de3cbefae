import { HttpError } from "../errors.js";
import {
  baseOf,
  DAY,
  gridOf,
  type Hours,
  type PriceBar,
  type Resolution,
  readResolution,
  resample,
  tidy,
} from "./bars.js";

/** What a source of prices is asked for: every bar with `from <= time < to`, in any order. Times are UNIX seconds. */
export interface BarsRequest {
  symbol: string;
  /** One of the source's own: `"1"`, `"1D"`, …. */
  resolution: string;
  from: number;
  to: number;
}

export type GetBars = (request: BarsRequest) => PriceBar[] | Promise<PriceBar[]>;

/** What TradingView asks for. With `countback`, `from` has no say: the last so many bars before `to` are wanted. */
export interface HistoryRequest {
  resolution: string;
  from: number;
  to: number;
  countback?: number | undefined;
}

export interface History {
  bars: PriceBar[];
  /** When there are no bars in the range: the time of the last one before it, if there is one. */
  nextTime?: number | undefined;
}

/** The most bars that one answer holds, and the most of the source's bars that go into them. The latest ones stay. */
const MAX_BARS = 10_000;
const MAX_SOURCE_BARS = 100_000;
/** TradingView asks for years long before there were prices. The year 1800. */
const FIRST_TIME = -5_364_662_400;
/** A market that trades six hours on five days a week is open for a fifth of the time. */
const CLOSED = { minute: 6, D: 1.6, W: 1.1, M: 1.1 };

/**
 * Answers a request for bars of any length from a source that has bars of some.
 *
 * @param given what the source has
 * @throws HttpError 400 when the request makes no sense, or the source has nothing of which such bars can be made
 */
export async function history(
  request: HistoryRequest,
  { symbol, given, hours, getBars }: { symbol: string; given: Resolution[]; hours: Hours; getBars: GetBars },
): Promise<History> {
  const { from, countback } = request;
  // Nothing is further ahead: what is asked for up to the end of time is asked for up to tomorrow.
  const to = Math.min(request.to, Math.floor(Date.now() / 1000) + DAY);
  const wanted = readResolution(request.resolution);
  const base = wanted && baseOf(wanted, given);
  if (!base) throw new HttpError(400, `There are no bars of the resolution "${request.resolution}".`);
  if (countback === undefined && from > request.to) {
    throw new HttpError(400, `"from" (${from}) is after "to" (${request.to}).`);
  }

  const grid = gridOf(wanted, hours);
  const most = Math.max(
    1,
    Math.min(MAX_BARS, Math.floor(MAX_SOURCE_BARS / Math.max(1, wanted.seconds / base.seconds))),
  );

  /** The bars of a range: made of whole ones, so that the first and the last do not depend on where it ends. */
  const load = async (first: number): Promise<PriceBar[]> => {
    const start = Math.max(FIRST_TIME, Math.floor(first));
    if (start >= to) return [];
    const same = base.name === wanted.name;
    const range = same ? { from: start, to } : { from: grid(start).start, to: grid(to - 1).end };
    const bars = tidy(await getBars({ symbol, resolution: base.name, ...range }), range.from, range.to);
    return same ? bars : tidy(resample(bars, wanted, grid), start, to);
  };

  /** The last bars before `to`. Looks further back when holidays or a halt leave too few. */
  const back = async (count: number): Promise<PriceBar[]> => {
    const span = count * wanted.seconds * CLOSED[wanted.unit] + 10 * DAY;
    let bars: PriceBar[] = [];
    for (const further of [1, 10, 100]) {
      bars = await load(to - span * further);
      if (bars.length >= count || to - span * further < FIRST_TIME) break;
    }
    return bars.slice(-count);
  };

  if (countback !== undefined) return { bars: await back(Math.min(countback, most)) };
  const bars = await load(Math.max(from, to - most * wanted.seconds * CLOSED[wanted.unit]));
  if (bars.length > 0) return { bars: bars.slice(-most) };
  const last = await back(1);
  return last[0] && last[0].time < from ? { bars: [], nextTime: last[0].time } : { bars: last };
}
