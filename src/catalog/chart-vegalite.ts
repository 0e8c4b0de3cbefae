import { usableParams } from "./params.js";
import type { CatalogType } from "./types.js";

export const chartVegalite: CatalogType = {
  type: "chart-vegalite",
  label: "Vega-Lite chart",
  plural: "Vega-Lite charts",
  summary: "a Vega-Lite specification: heat maps, facets, layers",
  id: "monthly_returns",
  name: "Monthly Returns",
  entry: {
    description: "The return of each company in each of the last months, as a heat map.",
    source: ["Sample data"],
    gridData: { w: 20, h: 14 },
    staleTime: 300_000,
    raw: true,
    params: [
      {
        paramName: "months",
        label: "Months",
        description: "How many months to show, up to 24",
        type: "number",
        value: 12,
      },
    ],
  },
  parts: ["market"],
  rank: 3,
  prompt: (mention) => `Which company in ${mention} had the most losing months?`,
  handler: (widget) => usableParams(widget, { months: "number", theme: "string", raw: "boolean" }),
};
