import * as z from "zod";
import { definer, json, type Row, Rows } from "./widget.js";

/** A Plotly figure. Workspace draws nothing, and says nothing, when `data` is empty. */
export interface Figure {
  data: Record<string, unknown>[];
  layout?: Record<string, unknown>;
  config?: Record<string, unknown>;
}

const Figure = z.object({
  data: z.array(z.record(z.string(), z.unknown())).min(1),
  layout: z.record(z.string(), z.unknown()).optional(),
  config: z.record(z.string(), z.unknown()).optional(),
});

/** A Plotly chart: the handler answers with a figure, or with rows when the parameter `raw` is true. */
export const chart = definer<"chart", Figure | Row[]>({
  type: "chart",
  answer: Figure,
  rawAnswer: Rows,
  encode: json,
});

/** A layout in Workspace's look: no background and no title of its own, colours that suit the theme. */
export function chartLayout(theme: "dark" | "light"): Record<string, unknown> {
  const text = theme === "dark" ? "#e6e9ee" : "#1b1f27";
  const grid = theme === "dark" ? "rgba(255,255,255,0.1)" : "rgba(0,0,0,0.1)";
  const axis = { gridcolor: grid, zerolinecolor: grid, automargin: true };
  return {
    paper_bgcolor: "rgba(0,0,0,0)",
    plot_bgcolor: "rgba(0,0,0,0)",
    font: { color: text, size: 12 },
    margin: { l: 40, r: 16, t: 16, b: 32 },
    hovermode: "x unified",
    hoverlabel: { bgcolor: theme === "dark" ? "#15181e" : "#ffffff", font: { color: text } },
    legend: { orientation: "h", x: 0, y: 1.08 },
    xaxis: axis,
    yaxis: axis,
  };
}

/** Plotly's tool bar: shown, without the logo and the tools that select points. */
export const chartConfig: Record<string, unknown> = {
  displayModeBar: true,
  displaylogo: false,
  responsive: true,
  scrollZoom: true,
  modeBarButtonsToRemove: ["lasso2d", "select2d"],
};
