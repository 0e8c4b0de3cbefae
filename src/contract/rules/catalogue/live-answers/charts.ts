import type { Rule } from "../../rule.js";
import { answering, rule } from "./shape.js";

const FIGURE = { data: [{ type: "bar", x: ["AAPL"], y: [190.1] }], layout: {} };
const HIGHCHARTS = { userOptions: { series: [{ type: "line", data: [1, 2] }] } };
const VEGA = {
  mark: "bar",
  data: { values: [{ symbol: "AAPL", price: 190.1 }] },
  encoding: { x: { field: "symbol", type: "nominal" }, y: { field: "price", type: "quantitative" } },
};

/** Faults of charts and of metrics. */
export const CHART_RULES: readonly Rule[] = [
  rule("no-plotly-figure", "error", "3.4", {
    title: "The answer of a chart is no Plotly figure.",
    why: "The card stays blank.",
    remedy: 'Send {"data": [...], "layout": {...}} as an object, not as a string with JSON in it.',
    bad: answering({ type: "chart" }, [{ symbol: "AAPL", price: 190.1 }]),
    good: answering({ type: "chart" }, FIGURE),
  }),
  rule("empty-plot", "error", "3.4", {
    title: "A Plotly figure without data.",
    why: "The card stays blank, without a word.",
    remedy: "Answer with an error that says what is missing, or choose defaults that have data.",
    bad: answering({ type: "chart" }, { data: [], layout: {} }),
    good: answering({ type: "chart" }, FIGURE),
  }),
  rule("bare-highcharts", "error", "3.5", {
    title: "Highcharts options without `userOptions`.",
    why: "Workspace reads only `userOptions`: the card stays empty, without an error.",
    remedy: 'Send {"userOptions": {...}} with the options in it.',
    bad: answering({ type: "chart-highcharts" }, HIGHCHARTS.userOptions),
    good: answering({ type: "chart-highcharts" }, HIGHCHARTS),
  }),
  rule("unknown-constructor", "warning", "3.5", {
    title: "An unknown `constructorType`.",
    why: "Workspace knows chart, stockChart, mapChart and ganttChart.",
    remedy: "Write one of these, or leave it out to mean chart.",
    bad: answering({ type: "chart-highcharts" }, { ...HIGHCHARTS, constructorType: "StockChart" }),
    good: answering({ type: "chart-highcharts" }, { ...HIGHCHARTS, constructorType: "stockChart" }),
  }),
  rule("no-vega-view", "error", "3.6", {
    title: "The answer is no Vega-Lite specification.",
    why: "Nothing says what to draw.",
    remedy: "Send the specification itself as an object, with `mark` or `layer`.",
    bad: answering({ type: "chart-vegalite" }, { spec_json: VEGA }),
    good: answering({ type: "chart-vegalite" }, VEGA),
  }),
  rule("no-metric", "error", "3.7", {
    title: "The answer has no metric.",
    why: "A metric is an object with `label` and `value`; nothing else of it is read but `delta`.",
    remedy: 'Send [{"label": "Price", "value": "190.1", "delta": "1.2"}].',
    bad: answering({ type: "metric" }, { price: 190.1 }),
    good: answering({ type: "metric" }, { label: "Price", value: "190.1" }),
  }),
  rule("metric-without-value", "warning", "3.7", {
    title: "A metric without a value that is shown.",
    why: "The number 0, null and an empty text are not shown.",
    remedy: 'Send the value as a string: "0".',
    bad: answering({ type: "metric" }, { label: "Open orders", value: 0 }),
    good: answering({ type: "metric" }, { label: "Open orders", value: "0" }),
  }),
  rule("ignored-subvalue", "warning", "3.7", {
    title: "A metric's `subvalue` is not shown.",
    why: "Workspace reads `label`, `value` and `delta`.",
    remedy: "Write `delta`.",
    bad: answering({ type: "metric" }, { label: "Price", value: "190.1", subvalue: "1.2" }),
    good: answering({ type: "metric" }, { label: "Price", value: "190.1", delta: "1.2" }),
  }),
];
