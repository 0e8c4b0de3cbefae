import * as z from "zod/mini";
import { TICKER_CATEGORIES } from "./constants.js";
import { anyObject, flag, flagOrNull, textOrNull } from "./fields.js";
import { isObject, type Problem, problem, run } from "./problems.js";

/** `refetchInterval` (contract §2); null and absence are allowed on top. A cron expression need only be there. */
export const refetchIntervalSchema = z.union(
  [z.number().check(z.gte(1000)), z.literal(false), z.string().check(z.trim(), z.minLength(1))],
  { error: "must be a number of 1000 or more, false, or a cron expression" },
);

/** `data.mainTicker` (contract §2). */
export const tickerSchema = z.object({
  id: z.string(),
  symbol: z.string(),
  category: z.enum(TICKER_CATEGORIES),
  color: textOrNull,
  type: textOrNull,
  name: textOrNull,
  exchange: textOrNull,
  currency: textOrNull,
  industry: textOrNull,
  sector: textOrNull,
  country: textOrNull,
  cik: textOrNull,
  isin: textOrNull,
  cusip: textOrNull,
  has_options: flagOrNull,
});

/**
 * The second gate, as far as it is stricter than connecting (contract §2, "place", and §13). A widget that fails it
 * cannot be added, and every app that holds it cannot be opened.
 */
const placementSchema = z.object({
  // Connecting takes false; placing does not.
  staleTime: z.nullish(z.number().check(z.gte(1000))),
  // Connecting does not look at this one when the client switches refreshing off itself.
  refetchInterval: z.nullish(refetchIntervalSchema),
  data: z.optional(
    z.object({
      mainTicker: z.nullish(tickerSchema),
      table: z.optional(
        z.object({
          transpose: flag,
          enableFormulas: flag,
          columnState: anyObject,
          filterModel: anyObject,
        }),
      ),
    }),
  ),
  // Not keys of the contract, but the client copies them to the dashboard, where they must have the right kind.
  groupId: textOrNull,
  innerTab: textOrNull,
  sub_category: textOrNull,
  sourceDatabase: textOrNull,
  isSharedWidget: flagOrNull,
});

/**
 * Why a widget that connects cannot be placed on a dashboard; empty where it can. An `advanced_charting` widget gets
 * its ticker from `data.defaultSymbol` (contract §3.18), whatever `data.mainTicker` says.
 */
export function placementProblems(widget: Record<string, unknown>): Problem[] {
  if ((widget.type ?? widget.defaultViz) !== "advanced_charting") return run(placementSchema, widget);
  const data = isObject(widget.data) ? widget.data : {};
  const found = run(placementSchema, { ...widget, data: { ...data, mainTicker: undefined } });
  if (typeof data.defaultSymbol !== "string") {
    found.push(problem(["data", "defaultSymbol"], "is needed, and must be a string, on an advanced_charting widget"));
  }
  return found;
}
