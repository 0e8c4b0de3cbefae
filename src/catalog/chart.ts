import { START_DATE, SYMBOL, usableParams } from "./params.js";
import type { CatalogType } from "./types.js";

export const chart: CatalogType = {
  type: "chart",
  label: "chart",
  plural: "charts",
  summary: "a Plotly figure, drawn by your code",
  id: "price_chart",
  name: "Price Chart",
  entry: {
    description: "Daily candles of one company with the average of the last 20 days.",
    source: ["Sample data"],
    gridData: { w: 20, h: 14 },
    staleTime: 300_000,
    raw: true,
    params: [
      SYMBOL,
      START_DATE,
      {
        paramName: "show_average",
        label: "Average",
        description: "Draw the average of the last 20 days",
        type: "boolean",
        value: true,
      },
    ],
  },
  parts: ["market"],
  rank: 3,
  prompt: (mention) => `Describe the trend in ${mention}.`,
  handler: (widget) =>
    usableParams(widget, {
      symbol: "string",
      start_date: "date",
      show_average: "boolean",
      theme: "string",
      raw: "boolean",
    }),
};
