import type { Rule } from "../rule.js";
import { column, columns, widget } from "./samples.js";

const about = "widgets.json";
const SYMBOL = { field: "symbol", headerName: "Symbol" };
const PRICE = { field: "price", headerName: "Price" };
const GREEN = { condition: "gt", value: 0, color: "green" };

/** A column of symbols whose cells can be clicked, in a widget that has the parameter. */
function clickable(renderFnParams?: object): { widgets: unknown } {
  return widget({
    params: [{ paramName: "symbol", type: "text", value: "AAPL", label: "Symbol" }],
    data: {
      table: { columnsDefs: [{ ...SYMBOL, renderFn: "cellOnClick", ...(renderFnParams && { renderFnParams }) }] },
    },
  });
}

/** A table that opens as a chart of one column. */
function charted(name: string): { widgets: unknown } {
  const chartView = { enabled: true, chartType: "line", cellRangeCols: { line: ["symbol", name] } };
  return widget({ data: { table: { columnsDefs: [SYMBOL, PRICE], chartView } } });
}

/** Columns of tables (contract 5), and the chart of a table (contract 6). */
export const COLUMN_RULES: readonly Rule[] = [
  {
    code: "duplicate-column",
    severity: "warning",
    about,
    title: "Two columns show the same field.",
    why: "Both show the same values; settings that name the field, such as a chart's columns, can mean only one of them.",
    remedy: "Remove one of them, or name another field of the rows.",
    section: "5",
    bad: columns(PRICE, { ...PRICE, headerName: "Change" }),
    good: columns(PRICE, { field: "change", headerName: "Change" }),
  },
  {
    code: "all-hidden",
    severity: "warning",
    about,
    title: "Every column of a table is hidden.",
    why: "The table is blank.",
    remedy: "Remove `hide` from the columns to show, or write `showAll: true`.",
    section: "5",
    bad: column({ hide: true }),
    good: column({}),
  },
  {
    code: "unknown-column",
    severity: "warning",
    about,
    title: "A chart names a column that the table does not have.",
    why: "Without `showAll` a table has only the columns that are listed, so the chart lacks this one.",
    remedy: "Name the `field` of a listed column, or list it.",
    section: "6",
    bad: charted("close"),
    good: charted("price"),
  },
  {
    code: "double-percent",
    severity: "warning",
    about,
    title: "A column has a percent format and a % as suffix.",
    why: "The formats percent and normalizedPercent add the sign already, so every value shows it twice.",
    remedy: "Remove the suffix.",
    section: "5",
    bad: column({ formatterFn: "percent", suffix: "%" }),
    good: column({ formatterFn: "percent" }),
  },
  {
    code: "click-without-action",
    severity: "warning",
    about,
    title: "A cell has a click without an action, or an action without a click.",
    why: "The renderer cellOnClick makes cells clickable and `actionType` says what a click does: one without the other does nothing.",
    remedy: "Give both: cellOnClick in `renderFn`, and `renderFnParams` with `actionType`.",
    section: "5",
    bad: clickable(),
    good: clickable({ actionType: "groupBy", groupBy: { paramName: "symbol" } }),
  },
  {
    code: "click-needs-group",
    severity: "info",
    about,
    title: "A click sets a parameter that the widget itself does not have.",
    why: "Such a click works in an app where the widget is in a group of that parameter. Anywhere else it does nothing.",
    remedy: "Give the widget the parameter, or put it into such a group in apps.json.",
    section: "5",
    bad: clickable({ actionType: "groupBy", groupBy: { paramName: "ticker" } }),
    good: clickable({ actionType: "groupBy", groupBy: { paramName: "symbol" } }),
  },
  {
    code: "no-color-rules",
    severity: "warning",
    about,
    title: "A column is to be coloured, and has no rules for it.",
    why: "The renderer columnColor colours by `colorRules` only: without them nothing is coloured.",
    remedy: "Add `colorRules` to `renderFnParams`, or use greenRed for signs.",
    section: "5",
    bad: column({ renderFn: "columnColor" }),
    good: column({ renderFn: "columnColor", renderFnParams: { colorRules: [GREEN] } }),
  },
  {
    code: "renderers-clash",
    severity: "warning",
    about,
    title: "A column names two renderers of which a cell can have one only.",
    why: "Of hoverCard, cellOnClick and showCellChange the first one wins, in this order; the others do nothing.",
    remedy: "Name one of them, or use two columns.",
    section: "5",
    bad: column({ renderFn: "hoverCard, showCellChange" }),
    good: column({ renderFn: "hoverCard" }),
  },
  {
    code: "legacy-key",
    severity: "info",
    about,
    title: "A key is the old way to say something.",
    why: "It works as long as Workspace goes on translating it. OpenBB's own guide for app builders advises against it.",
    remedy: "Write the new key, as the message says.",
    section: "5",
    bad: clickable({ actionType: "groupBy", groupByParamName: "symbol" }),
    good: clickable({ actionType: "groupBy", groupBy: { paramName: "symbol" } }),
  },
];
