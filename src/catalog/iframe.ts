import { PERIOD, usableParams } from "./params.js";
import type { CatalogType } from "./types.js";

export const iframe: CatalogType = {
  type: "iframe",
  label: "page in a frame",
  plural: "pages in frames",
  summary: "a page of your own with scripts, which can talk to Workspace",
  id: "market_board",
  name: "Market Board",
  entry: {
    description: "Price, change and trend of each company over a period, in a page that follows the dashboard.",
    source: ["Sample data"],
    gridData: { w: 20, h: 12 },
    params: [
      PERIOD,
      {
        paramName: "filter",
        label: "Filter",
        description: "Part of a company's symbol, name or sector",
        type: "text",
        value: "",
      },
    ],
  },
  parts: ["market"],
  rank: 6,
  prompt: (mention) => `Which company in ${mention} gained the most?`,
  handler: (widget) => usableParams(widget, { period: "string", theme: "string", filter: "string" }),
};
