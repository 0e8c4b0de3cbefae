import type { Finding } from "../findings.js";
import { isObject } from "../problems.js";
import { dataOf, fault, kindOf, listed, parse, quoted, textOf, type Widget } from "./reply.js";

type Row = Record<string, unknown>;

/** What a socket said. */
export interface Said {
  opened: boolean;
  messages: readonly string[];
  reason?: string;
  /** A message was not read, as it is too large. */
  tooLarge?: boolean;
}

/**
 * What becomes of the first messages of a live grid's socket (contract 3.14). Nothing of it is ever shown to the user:
 * the rows just stay as they are.
 *
 * @param rows the rows of the snapshot
 */
export function judgeSocket(widget: Widget, said: Said, rows: readonly Row[]): Finding[] {
  const warn = (code: string, message: string, hint: string, path = ["wsEndpoint"]) => [
    fault("warning", code, widget, path, message, hint),
  ];
  if (!said.opened) {
    const why = said.reason ? `: ${quoted(said.reason)}` : "";
    const hint = "Let the socket open without headers, query or subprotocol: Workspace sends none.";
    return warn(
      "socket-refused",
      `The socket does not open${why}. The rows never change, and no error is shown.`,
      hint,
    );
  }
  if (said.messages.length === 0 && said.tooLarge) {
    const message = "The socket's first message has more than 8 MB, and was not read any further.";
    return [fault("info", "big-answer", widget, ["wsEndpoint"], message, "Send no more than the rows that changed.")];
  }
  if (said.messages.length === 0) {
    const ended = said.reason ? ` It ended with ${quoted(said.reason)}.` : "";
    const message = `The socket sends nothing after {"type": "params", ...}, so the rows do not change.${ended}`;
    return warn("socket-silent", message, "Send the rows that changed, soon after the parameters came.");
  }
  const parsed = said.messages.map(parse);
  const updates = parsed.flat(1).filter(isObject);
  // An empty list says that nothing has changed.
  if (parsed.every((message) => Array.isArray(message) && message.length === 0)) {
    const message = 'The socket sends only empty lists after {"type": "params", ...}, so the rows do not change.';
    return warn("socket-silent", message, "Send the rows that changed, soon after the parameters came.");
  }
  if (updates.length === 0) {
    const first = parsed[0];
    const [text = ""] = said.messages;
    const what = first !== undefined ? kindOf(first) : text === "" ? "empty or binary" : `no JSON: ${quoted(text)}`;
    return warn(
      "socket-not-rows",
      `The socket's message is ${what}, and is dropped.`,
      "Send an object, or a list of objects, as JSON in a text message.",
    );
  }
  return judgeUpdates(widget, updates, rows, warn);
}

function judgeUpdates(
  widget: Widget,
  updates: Row[],
  rows: readonly Row[],
  warn: (code: string, message: string, hint: string, path?: string[]) => Finding[],
): Finding[] {
  const { wsRowIdColumn, wsRowIdColumns, table } = dataOf(widget);
  const several = Array.isArray(wsRowIdColumns) && wsRowIdColumns.length > 0;
  const keys = (several ? wsRowIdColumns : [wsRowIdColumn]).filter(
    (key): key is string => typeof key === "string" && key !== "",
  );
  // Without an id, every message appends rows; and without rows there is nothing to match.
  if (keys.length === 0 || rows.length === 0) return [];
  const where = ["data", several ? "wsRowIdColumns" : "wsRowIdColumn"];
  const lost = keys.filter((key) => !rows.some((row) => Object.hasOwn(row, key)));
  if (lost.length > 0) {
    const there = listed(Object.keys(rows[0] ?? {}));
    const message = `No row has ${listed(lost)}, which should tell the rows apart: updates find none.`;
    return warn("row-id-not-in-rows", message, `The rows have ${there}.`, where);
  }
  const idOf = (row: Row) => keys.map((key) => textOf(row[key])).join("-");
  const known = new Set(rows.map(idOf));
  const fitting = updates.filter((update) => known.has(idOf(update)));
  if (fitting.length === 0) {
    // What greets, or says that it is alive, has no id.
    const named = updates.find((update) => keys.every((key) => Object.hasOwn(update, key)));
    if (named === undefined) {
      const keysSent = listed(Object.keys(updates[0] as Row)) || "no keys";
      const message = `The socket sent objects with ${keysSent}, and none with ${listed(keys)}: they change no row.`;
      return warn("update-of-unknown-row", message, `Send ${listed(keys)} in each object, as in the rows.`);
    }
    const message = `The socket sent rows that the snapshot does not have, such as ${quoted(idOf(named))}: they are ignored.`;
    return warn("update-of-unknown-row", message, `Send the same ${listed(keys)} as in the rows of the endpoint.`);
  }
  const columns: unknown[] = isObject(table) && Array.isArray(table.columnsDefs) ? table.columnsDefs : [];
  const live = columns.flatMap((column) =>
    isObject(column) && column.enableCellChangeWs !== false && typeof column.field === "string" ? [column.field] : [],
  );
  const changes = fitting.some((update) =>
    live.some(
      (field) => !keys.includes(field) && Object.hasOwn(update, field) && rows.some((row) => Object.hasOwn(row, field)),
    ),
  );
  if (changes || columns.length === 0) return [];
  const message = `The socket sent ${listed(Object.keys(fitting[0] as Row))}, and none of these is a column that may change.`;
  const hint =
    "List such a column in `columnsDefs` with `enableCellChangeWs: true`, and send it in the first rows too.";
  return warn("update-without-column", message, hint, ["data", "table", "columnsDefs"]);
}
