import type { Finding } from "../findings.js";
import { isObject } from "../problems.js";
import { judgeColumns } from "./columns.js";
import { fault, kindOf, listed, parse, quoted, type Reply, textOf, type Widget } from "./reply.js";
import { nothing } from "./rows.js";
import { judgeStatus } from "./status.js";

/** The size of the first page that the client asks for (contract 3.2). */
export const PAGE_ROWS = 500;

/** A page of a server-side table. */
export interface Page {
  rows: Record<string, unknown>[];
  rowCount: unknown;
}

/** The first page, from which the columns are taken (contract 3.2, call 1). */
export function judgeFirstPage(
  widget: Widget,
  reply: Reply,
  unsent: readonly string[] = [],
): { page?: Page; findings: Finding[] } {
  const failed = judgeStatus(widget, reply, { unsent });
  if (failed) return { findings: [failed] };
  const body = parse(reply.text);
  if (isObject(body) && typeof body.error === "string" && body.error !== "") {
    const message = `The answer says ${quoted(body.error)}, which Workspace shows as an error.`;
    return {
      findings: [
        fault(
          "error",
          "page-with-error",
          widget,
          ["endpoint"],
          message,
          "Let the first page be read without an error.",
        ),
      ],
    };
  }
  const page = pageOf(body);
  if (page === undefined) {
    const list = Array.isArray(body);
    return {
      findings: [
        fault(
          "error",
          "no-row-data",
          widget,
          ["endpoint"],
          `A server-side table needs an object with a list of objects \`rowData\`, and the answer is ${what(body)}.`,
          list
            ? 'Send {"rowData": [...], "rowCount": n}, or make it a table.'
            : 'Send {"rowData": [...], "rowCount": n}, where n counts all rows there are.',
        ),
      ],
    };
  }
  if (page.rows.length === 0) return { page, findings: [nothing(widget)] };
  return { page, findings: [...judgeCount(widget, page), ...judgeColumns(widget, page.rows)] };
}

function pageOf(body: unknown): Page | undefined {
  if (!isObject(body) || !Array.isArray(body.rowData) || !body.rowData.every(isObject)) return undefined;
  return { rows: body.rowData, rowCount: body.rowCount };
}

function what(body: unknown): string {
  if (body === undefined) return "no JSON";
  return isObject(body) ? `an object with ${listed(Object.keys(body)) || "no keys"}` : kindOf(body);
}

/** Without the number of all rows, the grid cannot tell whether there are more (contract 3.2). */
function judgeCount(widget: Widget, { rows, rowCount }: Page): Finding[] {
  const warn = (message: string) => [
    fault("warning", "bad-row-count", widget, ["endpoint"], message, "Send the number of all rows as `rowCount`."),
  ];
  if (rowCount == null) {
    return rows.length < PAGE_ROWS ? [] : warn("`rowCount` is missing, so the table cannot know where it ends.");
  }
  if (typeof rowCount !== "number" || !Number.isInteger(rowCount)) {
    return warn(
      `\`rowCount\` must be a whole number, not ${typeof rowCount === "number" ? rowCount : kindOf(rowCount)}.`,
    );
  }
  if (rowCount >= rows.length) return [];
  return warn(
    `\`rowCount\` is ${rowCount}, but the first page alone has ${rows.length} rows: the others are not shown.`,
  );
}

/** The call without bounds, whose answer becomes the first page (contract 3.2, call 2). */
export function judgeUnbounded(widget: Widget, reply: Reply): Finding[] {
  const ok = reply.status >= 200 && reply.status < 300 && reply.status !== 204;
  if (ok && pageOf(parse(reply.text)) !== undefined) return [];
  const how = ok ? "is answered without `rowData`" : `fails with status ${reply.status}`;
  return [
    fault(
      "error",
      "unbounded-page-refused",
      widget,
      ["endpoint"],
      `Workspace also asks without \`startRow\` and \`endRow\`, and shows that answer first: this call ${how}.`,
      "Take 0 for a missing `startRow` and 500 for a missing `endRow`.",
    ),
  ];
}

/** What the grid asks for when it is scrolled or sorted (contract 3.2, call 3): the same rows in two orders. */
export function judgeSorting(widget: Widget, field: string, first: Page, up: Reply, down: Reply): Finding[] {
  const warn = (code: string, message: string, hint: string) => [
    fault("warning", code, widget, ["endpoint"], message, hint),
  ];
  const pages = [up, down].map((reply) =>
    reply.status >= 200 && reply.status < 300 ? pageOf(parse(reply.text)) : undefined,
  );
  const [rising, falling] = pages;
  if (rising === undefined || falling === undefined) {
    const { status } = rising === undefined ? up : down;
    const how = status >= 200 && status < 300 ? "is answered without `rowData`" : `fails with status ${status}`;
    const message = `Sorting by "${field}" ${how}: the table then shows no row and no reason.`;
    return warn(
      "sorting-refused",
      message,
      "Take AG Grid's requests: startRow, endRow, sortModel, filterModel, groupKeys.",
    );
  }
  if (rising.rowCount !== first.rowCount) {
    const message = `\`rowCount\` changes from ${textOf(first.rowCount)} to ${textOf(rising.rowCount)} when the table is sorted.`;
    return warn("sorting-changes-count", message, "Count all rows, whatever their order.");
  }
  const values = (page: Page) => page.rows.map((row) => textOf(row[field])).join("\n");
  const different = new Set(rising.rows.map((row) => textOf(row[field]))).size > 1;
  if (!different || values(rising) !== values(falling)) return [];
  const message = `Sorting by "${field}" changes nothing: the rows come in the same order both ways.`;
  return warn("sorting-ignored", message, "Sort by `sortModel`: [{colId, sort}], on the server.");
}
