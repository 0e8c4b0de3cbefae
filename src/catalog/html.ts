import { PERIOD, usableParams } from "./params.js";
import type { CatalogType } from "./types.js";

export const html: CatalogType = {
  type: "html",
  label: "HTML page",
  plural: "HTML pages",
  summary: "your own HTML and CSS, for what no other type can show",
  id: "sector_map",
  name: "Sector Map",
  entry: {
    description: "How each company moved over a period, as tiles in the colour of the change, the best first.",
    source: ["Sample data"],
    gridData: { w: 13, h: 13 },
    raw: true,
    params: [PERIOD],
  },
  parts: ["market"],
  rank: 6,
  prompt: (mention) => `Which sector did best in ${mention}?`,
  handler: (widget) => usableParams(widget, { period: "string", theme: "string", raw: "boolean" }),
};
