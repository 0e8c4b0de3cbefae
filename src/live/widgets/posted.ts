import { judgeOmni } from "../../contract/answers/omni.js";
import { readJson } from "../../contract/answers/reply.js";
import {
  judgeFirstPage,
  judgeSorting,
  judgeUnbounded,
  PAGE_ROWS,
  type Page,
} from "../../contract/answers/server-side.js";
import { judgeStatus } from "../../contract/answers/status.js";
import type { WidgetCheck } from "./check.js";
import { type Values, withValues } from "./params.js";
import { tryOptions } from "./plain.js";

/** What AG Grid asks for when it is scrolled or sorted (contract 3.2). */
function gridRequest(sortModel: { colId: string; sort: "asc" | "desc" }[]) {
  const empty = { rowGroupCols: [], valueCols: [], pivotCols: [], pivotMode: false, groupKeys: [], filterModel: {} };
  return { startRow: 0, endRow: PAGE_ROWS, ...empty, sortModel };
}

/** A server-side table: the first page, the one without bounds, and two orders (contract 3.2 and 3.3). */
export async function serverSide(check: WidgetCheck, advanced: boolean): Promise<void> {
  const query = advanced ? check.values.get("query") : undefined;
  // Without a query, nothing is sent until the user writes one.
  if (advanced && query === undefined) return;
  const ask = (values: Values, body: object) => {
    const sent = new Map([...values].filter(([name]) => name !== "query" && !(advanced && name === "language")));
    return check.ask({
      endpoint: withValues(check.endpoint, sent),
      method: "POST",
      body: advanced ? { query, ...body } : body,
    });
  };
  const bounds = { startRow: 0, endRow: PAGE_ROWS };
  const more = advanced ? { disableCache: false } : {};
  const first = await ask(check.values, bounds);
  if (first === undefined) return;
  const { page, findings } = judgeFirstPage(check.widget, first, check.unsent);
  check.tell(findings, first);
  if (page === undefined) return;
  const unbounded = await ask(check.values, more);
  if (unbounded === undefined) return;
  check.tell(judgeUnbounded(check.widget, unbounded), unbounded);
  const field = sortable(page);
  if (field !== undefined) {
    const up = await ask(check.values, { ...gridRequest([{ colId: field, sort: "asc" }]), ...more });
    const down = await ask(check.values, { ...gridRequest([{ colId: field, sort: "desc" }]), ...more });
    if (up && down) check.tell(judgeSorting(check.widget, field, page, up, down), down);
  }
  if (advanced) return;
  await tryOptions(
    check,
    (values) => ask(values, bounds),
    (answer) => judgeFirstPage(check.widget, answer).findings,
  );
}

/** The first column whose values differ, and are such as can be put in order. */
function sortable({ rows }: Page): string | undefined {
  return Object.keys(rows[0] ?? {}).find((key) => {
    const values = rows.map((row) => row[key]);
    return values.every((value) => typeof value === "string" || typeof value === "number") && new Set(values).size > 1;
  });
}

/** What Workspace itself sends when it validates an omni widget (contract 1.4). */
const TEST_PROMPT = "test validation query";
const BOOLEANS = new Map<unknown, boolean>([
  ["true", true],
  ["false", false],
]);

/** An omni widget: one question (contract 3.15). */
export async function omni(check: WidgetCheck): Promise<void> {
  const box = ["prompt", "query"].find((name) => check.values.has(name));
  const values = [...check.values].map(([name, value]) => [name, BOOLEANS.get(value) ?? value]);
  const body = { ...(box === undefined ? { prompt: TEST_PROMPT } : {}), ...Object.fromEntries(values) };
  const answer = await check.ask({ endpoint: check.endpoint, method: "POST", body, credentials: true });
  if (answer === undefined) return;
  const failed = judgeStatus(check.widget, answer, { unsent: box === undefined ? ["prompt"] : [] });
  if (failed) {
    // A question of ours may well be refused, as long as it is done in JSON.
    if (failed.code !== "needs-input") check.tell([failed], answer);
    return;
  }
  const read = readJson(check.widget, answer);
  check.tell(read.findings ?? judgeOmni(check.widget, read.value), answer);
}
