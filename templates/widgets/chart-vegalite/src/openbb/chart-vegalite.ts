import * as z from "zod";
import { definer, json, type Row, Rows } from "./widget.js";

/** A Vega-Lite specification. Workspace sets `width`, `height` and `autosize` by itself. */
export type VegaLiteSpec = Record<string, unknown>;

/** What a specification may be built of: one view, or several. */
const VIEWS = ["mark", "layer", "facet", "concat", "hconcat", "vconcat", "repeat"];

const VegaLiteSpec = z
  .record(z.string(), z.unknown())
  .refine((spec) => VIEWS.some((view) => view in spec), `a specification has one of ${VIEWS.join(", ")}`);

/** A Vega-Lite chart: the handler answers with a specification, or with rows when the parameter `raw` is true. */
export const vegalite = definer<"chart-vegalite", VegaLiteSpec | Row[]>({
  type: "chart-vegalite",
  answer: VegaLiteSpec,
  rawAnswer: Rows,
  encode: json,
});

/** The `config` of a specification in Workspace's look: no background, colours that suit the theme. */
export function vegaConfig(theme: "dark" | "light"): Record<string, unknown> {
  const text = theme === "dark" ? "#e6e9ee" : "#1b1f27";
  const grid = theme === "dark" ? "rgba(255,255,255,0.1)" : "rgba(0,0,0,0.1)";
  const title = { titleColor: text, titleFontWeight: "normal" };
  return {
    background: "transparent",
    font: "Inter, system-ui, sans-serif",
    view: { stroke: null },
    axis: { ...title, labelColor: text, domainColor: grid, gridColor: grid, tickColor: grid },
    legend: { ...title, labelColor: text },
    title: { color: text },
    text: { color: text },
    range: {
      category:
        theme === "dark"
          ? ["#66b2ff", "#f5b14c", "#5ccf8b", "#f2777a", "#b794f6", "#4fd1c5"]
          : ["#0a6cc9", "#b8660a", "#1a7f4b", "#c4333b", "#7446c0", "#0b7f77"],
    },
  };
}
