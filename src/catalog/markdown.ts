import { SYMBOL, usableParams } from "./params.js";
import type { CatalogType } from "./types.js";

export const markdown: CatalogType = {
  type: "markdown",
  label: "Markdown text",
  plural: "Markdown texts",
  summary: "a text with headings, lists and tables",
  id: "daily_note",
  name: "Daily Note",
  entry: {
    description: "A short note on how one company traded in the last month.",
    source: ["Sample data"],
    gridData: { w: 13, h: 13 },
    params: [SYMBOL],
  },
  parts: ["market"],
  rank: 4,
  prompt: (mention) => `Sum up ${mention} in one sentence.`,
  handler: (widget) => usableParams(widget, { symbol: "string" }),
};
