import { START_DATE, SYMBOL, usableParams } from "./params.js";
import type { CatalogType } from "./types.js";

export const chartHighcharts: CatalogType = {
  type: "chart-highcharts",
  label: "Highcharts chart",
  plural: "Highcharts charts",
  summary: "a Highcharts or Highcharts Stock chart",
  id: "compare_companies",
  name: "Compare Companies",
  entry: {
    description: "How the prices of several companies changed since one day, in per cent.",
    source: ["Sample data"],
    gridData: { w: 20, h: 14 },
    staleTime: 300_000,
    raw: true,
    params: [
      {
        ...SYMBOL,
        paramName: "symbols",
        label: "Companies",
        description: "The companies to compare",
        value: ["AAPL", "MSFT", "NVDA"],
        multiSelect: true,
      },
      START_DATE,
    ],
  },
  parts: ["market"],
  rank: 3,
  prompt: (mention) => `Which company in ${mention} did best, and when did it pull ahead?`,
  handler: (widget) => usableParams(widget, { symbols: "many", start_date: "date", theme: "string", raw: "boolean" }),
};
