import { label } from "../../explain.js";
import { isObject, type Key } from "../../problems.js";
import type { Subject } from "./subject.js";

type Column = Record<string, unknown>;

/** Formats and small charts of columns that have no effect, or another than meant (contract 5). */
export function columnRules(subject: Subject): void {
  for (const { column, where } of subject.columns) {
    formats(subject, column, where);
    if (isObject(column.sparkline)) points(subject, column.sparkline, [...where, "sparkline", "options"]);
  }
}

const NUMBER_FORMATS: readonly unknown[] = ["int", "percent", "normalized", "normalizedPercent"];

function formats({ warn }: Subject, column: Column, where: Key[]): void {
  const { cellDataType, formatterFn, decimalPlaces, suffix } = column;
  const ignored = (key: string, why: string, hint: string) =>
    warn("ignored-key", [...where, key], `${label([...where, key])} is ignored: ${why}.`, hint);
  const asText = cellDataType === "text";
  if (asText && NUMBER_FORMATS.includes(formatterFn)) {
    ignored("formatterFn", "a column of text is shown as it comes", 'Write `"cellDataType": "number"`, or remove it.');
  }
  if (formatterFn === "dateToYear" && cellDataType !== undefined && !isDate(cellDataType)) {
    ignored("formatterFn", "dateToYear is for columns of dates", 'Write `"cellDataType": "date"`.');
  }
  if (typeof decimalPlaces === "number" && (asText || formatterFn === "none")) {
    const why = asText ? "a column of text is shown as it comes" : "the format none shows every digit";
    ignored("decimalPlaces", why, asText ? 'Write `"cellDataType": "number"`, or remove it.' : "Remove `formatterFn`.");
  }
  const percent = formatterFn === "percent" || formatterFn === "normalizedPercent";
  if (percent && !asText && typeof suffix === "string" && suffix.includes("%")) {
    warn(
      "double-percent",
      [...where, "suffix"],
      `The format ${formatterFn} adds a % already, so the column shows two.`,
      "Remove the suffix.",
    );
  }
}

function isDate(type: unknown): boolean {
  return type === "date" || type === "dateString";
}

function points({ warn }: Subject, sparkline: Column, where: Key[]): void {
  const options = isObject(sparkline.options) ? sparkline.options : {};
  if (!isObject(options.pointsOfInterest) || Object.keys(options.pointsOfInterest).length === 0) return;
  const at = [...where, "pointsOfInterest"];
  const ignored = (why: string, hint: string) => warn("ignored-key", at, `${label(at)} is ignored: ${why}.`, hint);
  if (typeof options.customFormatter === "string" && options.customFormatter !== "") {
    ignored("`customFormatter` takes its place", 'Write `"customFormatter": ""`, or remove one of the two.');
    return;
  }
  const { markers = {} } = options;
  const unmarked = isObject(markers) && (markers.enabled === undefined || markers.enabled === false);
  if ((sparkline.type === "line" || sparkline.type === "area") && unmarked) {
    ignored("a sparkline of this type shows no points", 'Add `"markers": { "enabled": true }`.');
  }
}
