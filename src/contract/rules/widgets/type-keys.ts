import { label } from "../../explain.js";
import type { Key } from "../../problems.js";
import { isHollow, type Subject } from "./subject.js";

/** Types with a raw toggle (contract 2). */
const RAW: readonly string[] = ["chart", "chart-highcharts", "chart-vegalite", "html", "youtube"];

/** Types that never show a table, so that nothing reads `data.table` (contract 3). Raw data is shown as a table. */
const NO_TABLE: readonly string[] = [
  "metric",
  "markdown",
  "note",
  "rich_note",
  "newsfeed",
  "iframe",
  "pdf",
  "file_viewer",
  "multi_file_viewer",
  "advanced_charting",
];

/** Types that take an answer as a whole (contract 3); why. */
const NO_DATA_KEY: Record<string, string> = {
  ssrm_table: "server-side rows are always read from `rowData`",
  ssrm_advanced: "server-side rows are always read from `rowData`",
  live_grid: "a live_grid takes the whole answer as its rows",
  "chart-highcharts": "of a Highcharts answer only `userOptions` and `constructorType` are read",
  "chart-vegalite": "the whole answer is the Vega-Lite chart",
  html: "the whole answer is the page",
  youtube: "the whole answer is the video's address",
  pdf: "the whole answer is the file",
  multi_file_viewer: "the whole answer is the list of files",
  omni: "the answer's `content` is what is shown",
};

/** Keys that a widget of this type does not look at. */
export function typeKeyRules(subject: Subject): void {
  const { widget, data, table, type, warn, info } = subject;
  if (
    widget.params !== undefined &&
    widget.params !== null &&
    !Array.isArray(widget.params) &&
    !isHollow(widget.params)
  ) {
    warn("ignored-key", ["params"], "`params` is ignored, because it is no list.", "Write a list: [ … ].");
  }
  if (widget.type && widget.defaultViz && widget.type !== widget.defaultViz) {
    info("ignored-key", ["defaultViz"], "`defaultViz` is ignored, because there is a `type`.", "Remove it.");
  }
  if (table.enableCharts === false) {
    warn(
      "ignored-key",
      ["data", "table", "enableCharts"],
      "`data.table.enableCharts` is ignored: tables of a backend always have the chart button.",
      "Remove it.",
    );
  }
  if (type === undefined) return;
  const ignore = (at: Key[], why: string, hint: string) =>
    warn("ignored-key", at, `${label(at)} is ignored: ${why}.`, hint);
  if (filled(widget.wsEndpoint) && type !== "live_grid") {
    ignore(["wsEndpoint"], `a widget of type ${type} opens no socket`, "Remove it, or use the type live_grid.");
  }
  if (filled(widget.fileEndpoint) && type !== "file_viewer") {
    ignore(["fileEndpoint"], `only a file_viewer has use for it, not ${type}`, "Remove it.");
  }
  if (widget.raw === true && !RAW.includes(type)) {
    ignore(
      ["raw"],
      `a widget of type ${type} has no raw data to show`,
      `Remove it; types that have: ${RAW.join(", ")}.`,
    );
  }
  if (NO_TABLE.includes(type) && Object.keys(table).length > 0) {
    ignore(["data", "table"], `a widget of type ${type} shows no table`, "Remove it, or use the type table.");
  }
  for (const key of ["wsRowIdColumn", "wsRowIdColumns"]) {
    if (filled(data[key]) && type !== "live_grid") {
      ignore(
        ["data", key],
        `only a live_grid gets rows by socket, not ${type}`,
        "Remove it, or use the type live_grid.",
      );
    }
  }
  const key = data.dataKey;
  if (typeof key === "string" && key !== "" && Object.hasOwn(NO_DATA_KEY, type)) {
    if (key === "rowData" && type.startsWith("ssrm_")) return;
    ignore(["data", "dataKey"], NO_DATA_KEY[type]!, "Remove it, and answer in the shape of the type.");
  }
}

function filled(value: unknown): boolean {
  return value !== undefined && value !== null && value !== "";
}
