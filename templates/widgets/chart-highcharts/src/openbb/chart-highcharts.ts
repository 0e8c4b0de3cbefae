import * as z from "zod";
import { type Body, JSON_TYPE } from "./send.js";
import { definer, json, type Row, Rows } from "./widget.js";

/** A Highcharts chart. Workspace reads these two members and no others: bare options give an empty card. */
export interface HighchartsAnswer {
  constructorType?: "chart" | "stockChart" | "mapChart" | "ganttChart";
  /** The options of Highcharts, as data: a browser gets JSON, which has no functions. */
  userOptions: Record<string, unknown>;
}

const HighchartsAnswer = z.object({
  constructorType: z.enum(["chart", "stockChart", "mapChart", "ganttChart"]).optional(),
  userOptions: z.record(z.string(), z.unknown()),
});

/** A Highcharts chart: the handler answers with its options, or with rows when the parameter `raw` is true. */
export const highcharts = definer<"chart-highcharts", HighchartsAnswer | Row[]>({
  type: "chart-highcharts",
  answer: HighchartsAnswer,
  rawAnswer: Rows,
  encode: jsonWithoutFunctions,
});

/** JSON leaves functions out without a word, and the chart then looks wrong: use format strings instead. */
function jsonWithoutFunctions(answer: unknown): Body {
  json(answer);
  const text = JSON.stringify(answer, (key, value) => {
    if (typeof value !== "function") return value;
    throw new TypeError(`The Highcharts option "${key}" is a function, which JSON cannot hold.`);
  });
  return { contentType: JSON_TYPE, text };
}

/** Options in Workspace's look: no background, title or credits of its own, colours that suit the theme. */
export function highchartsLook(theme: "dark" | "light") {
  const text = theme === "dark" ? "#e6e9ee" : "#1b1f27";
  const faint = theme === "dark" ? "#9aa4b2" : "#5b6472";
  const grid = theme === "dark" ? "rgba(255,255,255,0.1)" : "rgba(0,0,0,0.1)";
  const box = theme === "dark" ? "#15181e" : "#ffffff";
  const axis = { gridLineColor: grid, lineColor: grid, tickColor: grid, labels: { style: { color: faint } } };
  return {
    chart: { backgroundColor: "transparent", style: { fontFamily: "inherit" } },
    colors:
      theme === "dark"
        ? ["#66b2ff", "#f5b14c", "#5ccf8b", "#f2777a", "#b794f6", "#4fd1c5"]
        : ["#0a6cc9", "#b8660a", "#1a7f4b", "#c4333b", "#7446c0", "#0b7f77"],
    title: { text: "" },
    credits: { enabled: false },
    accessibility: { enabled: false },
    legend: { enabled: true, itemStyle: { color: text }, itemHoverStyle: { color: text } },
    tooltip: { backgroundColor: box, borderColor: grid, style: { color: text } },
    xAxis: axis,
    yAxis: { ...axis, title: { text: "" } },
    // What only a stockChart has.
    rangeSelector: { enabled: false },
    navigator: { enabled: false },
    scrollbar: { enabled: false },
  };
}
