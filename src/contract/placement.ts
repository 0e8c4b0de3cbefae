import * as z from "zod";
import { TICKER_CATEGORIES } from "./constants.js";
import { isObject, type Problem, problem, run } from "./problems.js";

/** `refetchInterval` (contract §2); null and absence are allowed on top. A cron expression need only be there. */
export const refetchIntervalSchema = z.union([z.number().min(1000), z.literal(false), z.string().trim().min(1)], {
  error: "must be a number of 1000 or more, false, or a cron expression",
});

const text = z.string().nullish();

/** `data.mainTicker` (contract §2). */
export const tickerSchema = z.object({
  id: z.string(),
  symbol: z.string(),
  category: z.enum(TICKER_CATEGORIES),
  color: text,
  type: text,
  name: text,
  exchange: text,
  currency: text,
  industry: text,
  sector: text,
  country: text,
  cik: text,
  isin: text,
  cusip: text,
  has_options: z.boolean().nullish(),
});

const state = z.record(z.string(), z.unknown()).optional();

/**
 * The second gate, as far as it is stricter than connecting (contract §2, "place", and §13). A widget that fails it
 * cannot be added, and every app that holds it cannot be opened.
 */
const placementSchema = z.object({
  // Connecting takes false; placing does not.
  staleTime: z.number().min(1000).nullish(),
  // Connecting does not look at this one when the client switches refreshing off itself.
  refetchInterval: refetchIntervalSchema.nullish(),
  data: z
    .object({
      mainTicker: tickerSchema.nullish(),
      table: z
        .object({
          transpose: z.boolean().optional(),
          enableFormulas: z.boolean().optional(),
          columnState: state,
          filterModel: state,
        })
        .optional(),
    })
    .optional(),
  // Not keys of the contract, but the client copies them to the dashboard, where they must have the right kind.
  groupId: text,
  innerTab: text,
  sub_category: text,
  sourceDatabase: text,
  isSharedWidget: z.boolean().nullish(),
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
