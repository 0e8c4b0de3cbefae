import { SYMBOL } from "./params.js";
import type { CatalogType } from "./types.js";

/** The companies of templates/parts/market, which the sample can chart as they are. */
const COMPANIES = ["AAPL", "MSFT", "NVDA", "AMZN", "JPM", "XOM", "JNJ", "CAT"];

export const advancedCharting: CatalogType = {
  type: "advanced_charting",
  label: "TradingView chart",
  plural: "TradingView charts",
  summary: "an interactive price chart with drawings and indicators",
  id: "trading_chart",
  name: "Trading Chart",
  entry: {
    description: "Prices of any company from minutes to months, with TradingView's drawings and indicators.",
    source: ["Sample data"],
    gridData: { w: 20, h: 18 },
    data: { defaultSymbol: String(SYMBOL.value), updateFrequency: 60_000 },
  },
  questions: [
    {
      name: "symbol",
      message: "Which symbol does the chart show at first?",
      path: ["data", "defaultSymbol"],
      initial: String(SYMBOL.value),
    },
  ],
  parts: ["market"],
  rank: 3,
  prompt: (mention) => `Which levels stand out in ${mention}?`,
  handler: ({ definition, also = [] }) => {
    const symbols: unknown[] = [definition, ...also].map(({ data }) => data?.defaultSymbol);
    const isOther = (symbol: unknown) => typeof symbol === "string" && symbol !== "" && !COMPANIES.includes(symbol);
    return { others: [...new Set(symbols.filter(isOther))] };
  },
  experimental:
    "It needs a Workspace that has TradingView's licensed library; its feed follows TradingView's public " +
    "documentation, which Workspace's own copy may not follow in every detail.",
};
