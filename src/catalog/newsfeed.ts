import { usableParams } from "./params.js";
import type { CatalogType } from "./types.js";

export const newsfeed: CatalogType = {
  type: "newsfeed",
  label: "newsfeed",
  plural: "newsfeeds",
  summary: "articles with a title, a date and a text",
  id: "market_news",
  name: "Market News",
  entry: {
    description: "Recent articles on the market, by topic.",
    source: ["Sample data"],
    gridData: { w: 14, h: 13 },
    params: [
      {
        paramName: "topics",
        label: "Topics",
        description: "What the articles are about; none chosen means all",
        type: "text",
        multiSelect: true,
        options: [
          { label: "Earnings", value: "earnings" },
          { label: "Economy", value: "economy" },
          { label: "Markets", value: "markets" },
        ],
      },
      {
        paramName: "limit",
        label: "Articles",
        description: "How many articles to show at most",
        type: "number",
        value: 10,
      },
    ],
  },
  parts: ["market"],
  rank: 5,
  prompt: (mention) => `What do the articles in ${mention} have in common?`,
  handler: (widget) => usableParams(widget, { topics: "many", limit: "number" }),
};
