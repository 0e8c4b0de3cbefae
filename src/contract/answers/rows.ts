import type { Finding } from "../findings.js";
import { isObject } from "../problems.js";
import { judgeColumns, listedFields } from "./columns.js";
import { at, dataOf, fault, kindOf, listed, pathsTo, typeOf, type Widget } from "./reply.js";
import { judgeQuietError } from "./status.js";

/**
 * What a table makes of an answer (contract 3.1); a live grid likewise, but without `dataKey` (3.14).
 *
 * @returns the rows where there are any, and what is wrong
 */
export function judgeTable(widget: Widget, body: unknown): { rows: Record<string, unknown>[]; findings: Finding[] } {
  const none = (finding: Finding) => ({ rows: [], findings: [finding] });
  const quiet = judgeQuietError(widget, body);
  if (quiet) return none(quiet);
  const { dataKey } = dataOf(widget);
  const keyed = typeof dataKey === "string" && dataKey !== "" && typeOf(widget) !== "live_grid";
  const found = keyed ? at(body, dataKey) : body;
  if (keyed && found === undefined && !Array.isArray(body)) return none(lostDataKey(widget, body, isRows));
  const value = found === undefined ? body : found;
  if (value === null) return none(nothing(widget));
  const rows: unknown[] = Array.isArray(value) ? value : [value];
  if (rows.length === 0) return none(nothing(widget));
  if (!rows.every(isObject)) {
    const odd = rows.find((row) => !isObject(row));
    return none(
      fault(
        "error",
        "rows-not-objects",
        widget,
        ["endpoint"],
        `The rows are not objects: one of them is ${kindOf(odd)}.`,
        'Send a list of objects, one for each row, such as [{"symbol": "AAPL", "price": 190.1}].',
      ),
    );
  }
  if (!Array.isArray(value)) {
    const wrapped = wrappedRows(widget, value as Record<string, unknown>);
    if (wrapped) return none(wrapped);
  }
  return { rows: rows as Record<string, unknown>[], findings: judgeColumns(widget, rows as Record<string, unknown>[]) };
}

/** Rows as a raw view shows them: a list, or one under `results` (contract 3.4 and 3.16). */
export function judgeRaw(widget: Widget, body: unknown): Finding[] {
  if (Array.isArray(body) || (isObject(body) && Array.isArray(body.results))) return [];
  return [
    fault(
      "warning",
      "raw-not-rows",
      widget,
      ["raw"],
      `With \`raw\`, the answer to ?raw=true must be a list of rows, not ${kindOf(body)}: the raw view stays empty.`,
      "Send the rows when the query says raw=true, or remove `raw`.",
    ),
  ];
}

/** An answer without a row: the card says "No results found". */
export function nothing(widget: Widget): Finding {
  return fault(
    "info",
    "empty-answer",
    widget,
    ["endpoint"],
    "The answer is empty, so the card has nothing to show.",
    "That is fine where there is no data. Otherwise choose defaults that show something at first.",
  );
}

/** `dataKey` leads to nothing, so that the whole answer is taken instead. */
export function lostDataKey(widget: Widget, body: unknown, wanted: (value: unknown) => boolean): Finding {
  const [better] = pathsTo(body, wanted);
  const keys = isObject(body) ? Object.keys(body) : [];
  return fault(
    "error",
    "lost-data-key",
    widget,
    ["data", "dataKey"],
    `\`data.dataKey\` leads to nothing in the answer${keys.length > 0 ? `, which has ${listed(keys)}` : ""}.`,
    better === undefined ? "Remove it, or write the path to the data." : `Write "${better}".`,
  );
}

const isRows = (value: unknown): boolean => Array.isArray(value) && (value.length === 0 || isObject(value[0]));

/** As pandas writes a table unless it is told otherwise: `{"price": {"0": 1, "1": 2}}`, or with lists. */
function columnByColumn(widget: Widget, body: Record<string, unknown>): Finding | undefined {
  const values = Object.values(body);
  if (values.length === 0 || !values.every((value) => Array.isArray(value) || isObject(value))) return undefined;
  const message = `The answer is one object with nothing but lists and objects (${listed(Object.keys(body))}): the table takes it for one row.`;
  const hint = 'Send a list of rows. From pandas that is df.to_dict(orient="records").';
  return fault("warning", "rows-not-unwrapped", widget, ["endpoint"], message, hint);
}

/** One object that holds the rows: the table would show it as a single row. */
function wrappedRows(widget: Widget, body: Record<string, unknown>): Finding | undefined {
  const fields = listedFields(widget);
  if (fields.some((field) => Object.hasOwn(body, field))) return undefined;
  const [key] = pathsTo(body, isRows);
  if (key === undefined) return columnByColumn(widget, body);
  const live = typeOf(widget) === "live_grid";
  return fault(
    "error",
    "rows-not-unwrapped",
    widget,
    ["endpoint"],
    `The rows are under "${key}" in the answer, where Workspace does not look: it takes the whole answer for one row.`,
    live ? "Send the list of rows itself." : `Add "data": {"dataKey": "${key}"}, or send the list of rows itself.`,
  );
}
