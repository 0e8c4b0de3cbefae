import { paramShapes } from "../typegen/shape.js";
import type { CatalogType } from "./types.js";

const STATEMENT = `SELECT symbol, side, count(*) AS trades, sum(quantity) AS shares,
  round(sum(notional) / sum(quantity), 2) AS average_price, max(date) AS last_trade
FROM trades
GROUP BY symbol, side
ORDER BY shares DESC`;

export const ssrmAdvanced: CatalogType = {
  type: "ssrm_advanced",
  label: "query grid",
  plural: "query grids",
  summary: "what an SQL query typed in Workspace gives",
  id: "trade_query",
  name: "Trade Query",
  entry: {
    description: "Runs an SQL query over the table trades and shows its rows, to filter, sort and group by any column.",
    source: ["Sample data"],
    gridData: { w: 40, h: 14 },
    params: [
      {
        paramName: "query",
        label: "Query",
        description: "One statement that reads: the table is trades",
        type: "text",
        language: "sql",
        value: STATEMENT,
      },
    ],
  },
  parts: ["market", "ssrm", "sqlite", "trades"],
  dependencies: ["sql.js"],
  experimental:
    "OpenBB does not document ssrm_advanced: it is made after Workspace's own code, and nobody has tried it there.",
  rank: 5,
  prompt: (mention) => `Which companies in ${mention} trade the most shares, and on which side?`,
  handler: ({ definition }) => {
    const query = paramShapes(definition).find(({ name }) => name === "query")?.fallback;
    // Somebody else's query asks for tables that the sample does not have.
    const other = query !== undefined && query !== STATEMENT && query !== "" ? String(query) : undefined;
    return { other, statement: STATEMENT };
  },
};
