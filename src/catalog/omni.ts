import type { ParamDefinition } from "../contract/types.js";
import { paramShapes } from "../typegen/shape.js";
import { SYMBOL, usableParams } from "./params.js";
import type { AnyWidget, CatalogType, Entry } from "./types.js";

const STATEMENT = `SELECT c.name, c.sector, round(avg(p.close), 2) AS average, min(p.low) AS lowest, max(p.high) AS highest
FROM companies AS c JOIN prices AS p ON p.symbol = c.symbol
WHERE p.date >= date('now', '-1 year')
GROUP BY c.name, c.sector
ORDER BY average DESC`;

const PROMPT: ParamDefinition = {
  paramName: "prompt",
  label: "Prompt",
  description: "A question about one company; ask for a chart or a table if you want one",
  type: "text",
  value: "How did the last month go?",
};

const EDITOR: ParamDefinition = {
  paramName: "prompt",
  label: "SQL",
  description: "One statement that reads: the tables are companies and prices",
  type: "text",
  language: "sql",
  value: STATEMENT,
};

function entry(description: string, params: ParamDefinition[]): Entry {
  return { description, source: ["Sample data"], gridData: { w: 20, h: 14 }, params };
}

export const omni: CatalogType = {
  type: "omni",
  label: "prompt box",
  plural: "prompt boxes",
  summary: "answers a prompt with a text, a table or a chart",
  id: "ask_the_market",
  name: "Ask the Market",
  entry: entry("Answers questions about one company, as a text, a table or a chart.", [PROMPT, SYMBOL]),
  parts: ["market"],
  variantQuestion: "What is it for?",
  usual: "questions in words",
  variants: {
    sql: {
      summary: "an SQL editor over sample tables, for one statement that reads",
      id: "sql_editor",
      name: "SQL Editor",
      entry: entry("Runs one SQL statement over the tables companies and prices, and shows its rows.", [EDITOR]),
      prompt: (mention) => `Which company in ${mention} has the widest range between its lowest and its highest price?`,
      handler: (widget: AnyWidget) => ({ ...usableParams(widget, { prompt: "string" }), statement: STATEMENT }),
      parts: ["sqlite"],
      dependencies: ["sql.js"],
    },
  },
  rank: 5,
  prompt: (mention) => `Sum up the answer in ${mention}.`,
  handler: (widget) => {
    const shape = paramShapes(widget.definition).find(({ name }) => name === "prompt");
    // A prompt needs no default: the user writes one.
    const empty = shape?.kind === "string" && !shape.many && !shape.choices && shape.fallback === undefined;
    const { has, args } = usableParams(widget, { prompt: "string", symbol: "string" });
    if (!empty) return { has, args };
    return { has: { ...has, prompt: true }, args: has.symbol ? '{ prompt = "", symbol }' : '{ prompt = "" }' };
  },
};
