import { label, shown } from "../../explain.js";
import { isObject, type Key } from "../../problems.js";
import { misspelt } from "./spelling.js";
import type { Subject } from "./subject.js";

interface Kind {
  known: readonly string[];
  /** What authors write by another name, and what Workspace calls it. */
  aliases?: Record<string, string>;
  /** Whether authors may have keys of their own here: then only spelling, not a letter, may differ. */
  free?: boolean;
}

const WIDGET_DATA: Kind = {
  known: ["dataKey", "table", "wsRowIdColumn", "wsRowIdColumns", "defaultSymbol", "updateFrequency", "mainTicker"],
  free: true,
};
const TABLE: Kind = {
  known: [
    "showAll",
    "columnsDefs",
    "chartView",
    "formatterFn",
    "transpose",
    "enableAdvanced",
    "enableFormulas",
    "enableCharts",
    "period",
  ],
  aliases: { columns: "columnsDefs" },
};
const COLUMN: Kind = {
  known: [
    "field",
    "headerName",
    "cellDataType",
    "chartDataType",
    "formatterFn",
    "decimalPlaces",
    "renderFn",
    "renderFnParams",
    "sparkline",
    "prefix",
    "suffix",
    "headerTooltip",
    "aggFunc",
    "width",
    "minWidth",
    "maxWidth",
    "hide",
    "rowGroup",
    "enableCellChangeWs",
    "pinned",
    "align",
  ],
  aliases: { formatFn: "formatterFn", formatter: "formatterFn", render: "renderFn", tooltip: "headerTooltip" },
};
const RENDER_PARAMS: Kind = {
  known: ["actionType", "groupBy", "groupByParamName", "sendToAgent", "hoverCard", "colorRules", "colorValueKey"],
};
const CHART_VIEW: Kind = {
  known: ["enabled", "chartType", "cellRangeCols", "ignoreCellRange", "chartSettingsOpen", "xLabel", "yLabel"],
};
const GRID: Kind = { known: ["w", "h", "minW", "minH", "maxW", "maxH"] };
const PARAM: Kind = {
  known: [
    "paramName",
    "type",
    "value",
    "label",
    "description",
    "placeholder",
    "show",
    "hidden",
    "options",
    "multiSelect",
    "multiple",
    "optionsEndpoint",
    "optionsParams",
    "query",
    "style",
    "roles",
    "row",
    "language",
    "endpoint",
    "method",
    "inputParams",
    "groupById",
  ],
  aliases: { default: "value", defaultValue: "value", default_value: "value" },
};

/**
 * Inside `data`, parameters and columns Workspace passes over unknown keys in silence (contract 2), so a misspelt one
 * is lost without a word. Reported only where it is surely a known key that is not there.
 */
export function keyRules(subject: Subject): void {
  const { data, table, params, columns, widget } = subject;
  look(subject, data, WIDGET_DATA, ["data"]);
  look(subject, table, TABLE, ["data", "table"]);
  if (isObject(table.chartView)) look(subject, table.chartView, CHART_VIEW, ["data", "table", "chartView"]);
  if (isObject(widget.gridData)) look(subject, widget.gridData, GRID, ["gridData"]);
  for (const { column, where } of columns) {
    look(subject, column, COLUMN, where);
    if (isObject(column.renderFnParams)) {
      look(subject, column.renderFnParams, RENDER_PARAMS, [...where, "renderFnParams"]);
    }
    columnType(subject, column, where);
  }
  for (const { param, where } of params) look(subject, param, PARAM, where);
}

/** More would be a file of another kind. */
const MOST = 50;

function look(
  { warn }: Subject,
  owner: Record<string, unknown>,
  { known, aliases = {}, free }: Kind,
  where: Key[],
): void {
  let unknown = 0;
  for (const key of Object.keys(owner)) {
    if (known.includes(key)) continue;
    unknown += 1;
    if (unknown > MOST) return;
    const meant = Object.hasOwn(aliases, key) ? aliases[key] : misspelt(key, known, free);
    if (meant === undefined || Object.hasOwn(owner, meant)) continue;
    const at = [...where, key];
    warn("misspelt-key", at, `${label(at)} is ignored: Workspace calls it \`${meant}\`.`, `Rename it to \`${meant}\`.`);
  }
}

const CELL_TYPES = ["text", "number", "boolean", "date", "dateString", "object"];

/** A column's kind is `cellDataType`: no `type` is read. */
function columnType({ warn }: Subject, column: Record<string, unknown>, where: Key[]): void {
  if (!CELL_TYPES.includes(column.type as string) || column.cellDataType !== undefined) return;
  const at = [...where, "type"];
  const hint = `Write \`"cellDataType": ${shown(column.type)}\`.`;
  warn("misspelt-key", at, `${label(at)} is ignored: Workspace calls it \`cellDataType\`.`, hint);
}
