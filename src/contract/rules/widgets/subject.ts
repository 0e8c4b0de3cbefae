import { WIDGET_TYPES } from "../../constants.js";
import { pointer } from "../../explain.js";
import type { Finding } from "../../findings.js";
import { effectiveType, isNamed, placedParams } from "../../params.js";
import { isObject, type Key } from "../../problems.js";
import { nearest } from "../../suggest.js";

/** A parameter that the client takes for one, and where it stands within the widget. */
export interface SubjectParam {
  where: Key[];
  param: Record<string, unknown>;
  /** The empty text where it has none, as a form may. */
  name: string;
  /** Its type as the client sees it; anything where that is wrong. */
  type: unknown;
}

/** A column, and where it stands within the widget. */
export interface SubjectColumn {
  where: Key[];
  column: Record<string, unknown>;
}

/** One widget, taken apart for the rules: whatever has the wrong kind is left out, since the gates report it. */
export interface Subject {
  id: string;
  widget: Record<string, unknown>;
  /** As the client sees it; undefined where it is none that it knows. */
  type: string | undefined;
  data: Record<string, unknown>;
  table: Record<string, unknown>;
  params: SubjectParam[];
  /** The names of all parameters. */
  names: ReadonlySet<string>;
  /** Whether certainly no parameter has this name: where one of them has no name to read, it may be the one. */
  lacks: (name: string) => boolean;
  columns: SubjectColumn[];
  /** Reports a finding at a path within the widget. */
  warn: (code: string, path: readonly Key[], message: string, hint: string) => void;
  info: (code: string, path: readonly Key[], message: string, hint: string) => void;
}

/** @param found where the findings go */
export function subject(id: string, widget: Record<string, unknown>, found: Finding[]): Subject {
  const data = isObject(widget.data) ? widget.data : {};
  const table = isObject(data.table) ? data.table : {};
  const report =
    (severity: Finding["severity"]): Subject["warn"] =>
    (code, path, message, hint) =>
      void found.push({ code, severity, path: pointer([id, ...path]), message, hint });
  const params = placedParams(widget.params).flatMap(({ where, raw }): SubjectParam[] => {
    if (!isNamed(raw) || Array.isArray(raw)) return [];
    const name = typeof raw.paramName === "string" ? raw.paramName : "";
    return [{ where, param: raw, name, type: effectiveType(raw) }];
  });
  const names = new Set(params.flatMap(({ name }) => (name === "" ? [] : [name])));
  const isReadable = areNamed(widget.params);
  return {
    id,
    widget,
    type: typeOf(widget),
    data,
    table,
    params,
    names,
    lacks: (name) => isReadable && !names.has(name),
    columns: Array.isArray(table.columnsDefs) ? columnsOf(table.columnsDefs) : [],
    warn: report("warning"),
    info: report("info"),
  };
}

/** Whether all that `params` holds are parameters with a name, as far as they need one. */
function areNamed(params: unknown): boolean {
  if (!Array.isArray(params)) return params === undefined || params === null || isHollow(params);
  return placedParams(params).every(
    ({ raw }) => isNamed(raw) && (typeof raw.paramName === "string" || raw.type === "form"),
  );
}

/** An object of empty objects: nothing is lost with it. */
export function isHollow(value: unknown): boolean {
  return isObject(value) && Object.values(value).every((one) => isObject(one) && Object.keys(one).length === 0);
}

/** Without a type, a widget is a table (contract 2). */
function typeOf(widget: Record<string, unknown>): string | undefined {
  const type = widget.type ?? widget.defaultViz ?? "table";
  return (WIDGET_TYPES as readonly unknown[]).includes(type) ? (type as string) : undefined;
}

function columnsOf(list: unknown[]): SubjectColumn[] {
  return list.flatMap((column, index) =>
    isObject(column) ? [{ where: ["data", "table", "columnsDefs", index], column }] : [],
  );
}

/** Guesses take time: beyond these, nobody reads them. */
const GUESSES = 20;
const CANDIDATES = 200;

/**
 * The name that was probably meant.
 *
 * @param count how many were asked for already in this place
 */
export function guessName(name: string, names: ReadonlySet<string>, count: number): string | undefined {
  return count > GUESSES ? undefined : nearest(name, [...names].slice(0, CANDIDATES));
}
