import * as z from "zod/mini";
import { chartViewSchema, columnSchema } from "../../columns.js";
import { explain, label, shown } from "../../explain.js";
import { isObject, type Key, run } from "../../problems.js";
import { sparklineOptionsSchema, sparklineSchema } from "../../sparkline.js";
import { KNOWN_KEYS, OTHER_NAMES } from "./known-keys.js";
import { misspelt } from "./spelling.js";
import type { Subject } from "./subject.js";

/** Where authors may have keys of their own: only spelling, not a letter, may differ. */
const FREE: ReadonlySet<string> = new Set(["data"]);
/** What the known keys may hold, where another value makes Workspace reject the backend. */
const SHAPES: Readonly<Record<string, Readonly<Record<string, z.ZodMiniType>>>> = {
  table: { columnsDefs: z.array(columnSchema), chartView: chartViewSchema },
  columnsDefs: columnSchema.shape,
  sparkline: sparklineSchema.shape,
  sparklineOptions: sparklineOptionsSchema.shape,
};
/** Objects within `renderFnParams`, and within the `options` of a sparkline. */
const OF_RENDERERS = ["groupBy", "hoverCard", "sendToAgent"] as const;
const OF_SPARKLINES = ["axis", "highlightStyle", "label", "markers", "padding", "pointsOfInterest", "tooltip"] as const;

/**
 * Inside `data`, parameters and columns Workspace passes over unknown keys in silence (contract 2), so a misspelt one
 * is lost without a word. Reported only where it is surely a known key that is not there.
 */
export function keyRules(subject: Subject): void {
  const { data, table, params, columns, widget } = subject;
  look(subject, data, "data", ["data"]);
  look(subject, table, "table", ["data", "table"]);
  if (isObject(table.chartView)) look(subject, table.chartView, "chartView", ["data", "table", "chartView"]);
  if (isObject(widget.gridData)) look(subject, widget.gridData, "gridData", ["gridData"]);
  for (const { column, where } of columns) {
    look(subject, column, "columnsDefs", where);
    if (isObject(column.renderFnParams)) rendererKeys(subject, column.renderFnParams, [...where, "renderFnParams"]);
    if (isObject(column.sparkline)) sparklineKeys(subject, column.sparkline, [...where, "sparkline"]);
    columnType(subject, column, where);
  }
  for (const { param, where } of params) {
    paramKeys(subject, param, where);
    if (param.type === "form")
      each(param.inputParams, (one, index) => paramKeys(subject, one, [...where, "inputParams", index]));
  }
  misplaced(subject);
}

function rendererKeys(subject: Subject, params: Record<string, unknown>, where: Key[]): void {
  look(subject, params, "renderFnParams", where);
  inside(subject, params, OF_RENDERERS, where);
  each(params.colorRules, (one, index) => look(subject, one, "colorRules", [...where, "colorRules", index]));
}

function sparklineKeys(subject: Subject, sparkline: Record<string, unknown>, where: Key[]): void {
  look(subject, sparkline, "sparkline", where);
  if (!isObject(sparkline.options)) return;
  const at = [...where, "options"];
  look(subject, sparkline.options, "sparklineOptions", at);
  inside(subject, sparkline.options, OF_SPARKLINES, at);
}

function inside(
  subject: Subject,
  owner: Record<string, unknown>,
  keys: readonly (keyof typeof KNOWN_KEYS)[],
  where: Key[],
): void {
  for (const key of keys) {
    const inner = owner[key];
    if (isObject(inner)) look(subject, inner, key, [...where, key]);
  }
}

function paramKeys(subject: Subject, param: Record<string, unknown>, where: Key[]): void {
  look(subject, param, "params", where);
  if (isObject(param.style)) look(subject, param.style, "style", [...where, "style"]);
  each(param.options, (one, index) => look(subject, one, "options", [...where, "options", index]));
}

function each(list: unknown, visit: (one: Record<string, unknown>, index: number) => void): void {
  if (Array.isArray(list)) for (const [index, one] of list.entries()) if (isObject(one)) visit(one, index);
}

const TABLES: readonly unknown[] = ["table", "ssrm_table", "ssrm_advanced", "live_grid"];
const OF_TABLE = ["showAll", "chartView", "formatterFn", "transpose", "enableAdvanced", "enableFormulas"];
const OF_DATA = ["dataKey", "wsRowIdColumn", "wsRowIdColumns", "defaultSymbol", "mainTicker"];

/** Keys of `data.table` that stand in `data`, and the other way round: nothing looks for them there (contract 2). */
function misplaced({ type, data, table, warn }: Subject): void {
  if (!TABLES.includes(type)) return;
  const move = (key: string, from: string[], to: string[], name = key) => {
    const message = `${label([...from, key])} is ignored: Workspace looks for it in ${label([...to, name])}.`;
    warn("ignored-key", [...from, key], message, `Move it to ${label([...to, name])}.`);
  };
  // Other columns may be a key of the author's own.
  const columns = Array.isArray(data.columns) ? data.columns : [];
  if (columns.some((one) => isObject(one) && typeof one.field === "string") && !Object.hasOwn(table, "columnsDefs")) {
    move("columns", ["data"], ["data", "table"], "columnsDefs");
  }
  for (const key of OF_TABLE) {
    if (Object.hasOwn(data, key) && !Object.hasOwn(table, key)) move(key, ["data"], ["data", "table"]);
  }
  for (const key of OF_DATA) {
    if (Object.hasOwn(table, key) && !Object.hasOwn(data, key)) move(key, ["data", "table"], ["data"]);
  }
}

/** More would be a file of another kind. */
const MOST = 50;

function look({ warn }: Subject, owner: Record<string, unknown>, kind: keyof typeof KNOWN_KEYS, where: Key[]): void {
  const known: readonly string[] = KNOWN_KEYS[kind];
  const names = OTHER_NAMES[kind] ?? {};
  let unknown = 0;
  for (const key of Object.keys(owner)) {
    if (known.includes(key)) continue;
    unknown += 1;
    if (unknown > MOST) return;
    const meant = Object.hasOwn(names, key) ? names[key] : misspelt(key, known, FREE.has(kind));
    if (meant === undefined || Object.hasOwn(owner, meant)) continue;
    const at = [...where, key];
    const hint = renameHint(meant, owner[key], SHAPES[kind]?.[meant]);
    warn("misspelt-key", at, `${label(at)} is ignored: Workspace calls it \`${meant}\`.`, hint);
  }
}

/** Under its right name a value counts: one that is not allowed makes Workspace reject the backend. */
function renameHint(meant: string, value: unknown, schema: z.ZodMiniType | undefined): string {
  const [wrong] = schema ? explain(run(schema, value, [meant]), { [meant]: value }, []) : [];
  if (wrong === undefined) return `Rename it to \`${meant}\`.`;
  return `Rename it to \`${meant}\`, and mend what it holds, or Workspace rejects the backend: ${wrong.message}${wrong.hint ? ` ${wrong.hint}` : ""}`;
}

const CELL_TYPES = ["text", "number", "boolean", "date", "dateString", "object"];

/** A column's kind is `cellDataType`: no `type` is read. */
function columnType({ warn }: Subject, column: Record<string, unknown>, where: Key[]): void {
  if (!CELL_TYPES.includes(column.type as string) || column.cellDataType !== undefined) return;
  const at = [...where, "type"];
  const hint = `Write \`"cellDataType": ${shown(column.type)}\`.`;
  warn("misspelt-key", at, `${label(at)} is ignored: Workspace calls it \`cellDataType\`.`, hint);
}
