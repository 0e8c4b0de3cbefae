import { SYMBOL, usableParams } from "./params.js";
import type { CatalogType } from "./types.js";

export const metric: CatalogType = {
  type: "metric",
  label: "metric",
  plural: "metrics",
  summary: "a few key figures, each with its change",
  id: "key_figures",
  name: "Key Figures",
  entry: {
    description: "Last price, change over a week and a year, and volume of one company.",
    source: ["Sample data"],
    gridData: { w: 40, h: 6 },
    staleTime: 60_000,
    refetchInterval: 60_000,
    params: [SYMBOL],
  },
  parts: ["market"],
  rank: 1,
  prompt: (mention) => `What stands out in ${mention}?`,
  handler: (widget) => usableParams(widget, { symbol: "string" }),
};
