/** Calls one widget as Workspace does, whatever its type, and tells what its card would show. */
import { fault, typeOf } from "../../contract/answers/reply.js";
import { isObject } from "../../contract/problems.js";
import type { Caller } from "../types.js";
import { WidgetCheck, type WidgetOptions } from "./check.js";
import { fileViewer, multiFile, pdf } from "./files.js";
import { form, options } from "./options.js";
import { iframe, udf } from "./pages.js";
import { emptyPlaceholders } from "./params.js";
import { liveGrid, plain } from "./plain.js";
import { omni, serverSide } from "./posted.js";

export type { WidgetOptions } from "./check.js";

/** One function a type; any other is asked with one GET. */
const TYPES = new Map<string, (check: WidgetCheck) => Promise<unknown>>([
  ["ssrm_table", (check) => serverSide(check, false)],
  ["ssrm_advanced", (check) => serverSide(check, true)],
  ["live_grid", liveGrid],
  ["omni", omni],
  ["pdf", pdf],
  ["multi_file_viewer", multiFile],
  ["file_viewer", fileViewer],
  ["iframe", iframe],
  ["advanced_charting", udf],
  // A note has its text from its definition (contract 3.9).
  ["note", async () => undefined],
  ["rich_note", async () => undefined],
]);

/**
 * Makes the calls of a widget as the client does right after placing it (contract 3 and 4): the lists of options; the
 * data, with each option of its parameters; and with `forms`, its form.
 *
 * @param definition its entry in widgets.json; it may be anything
 * @param caller takes the calls and the findings
 */
export async function checkWidget(
  id: string,
  definition: unknown,
  caller: Caller,
  { forms = false, budgetMs }: Partial<WidgetOptions> = {},
): Promise<void> {
  if (!isObject(definition) || typeof definition.endpoint !== "string") return;
  const check = new WidgetCheck({ id, definition }, caller, { forms, budgetMs });
  await options(check);
  const empty = emptyPlaceholders(definition.endpoint, definition, check.values);
  if (empty.length > 0) {
    const names = empty.map((name) => `\`${name}\``).join(", ");
    const message = `The endpoint needs ${names}, which has no value at first: the first call goes nowhere.`;
    check.tell([
      fault("warning", "needs-input", check.widget, ["endpoint"], message, `Give ${names} a default value.`),
    ]);
  } else {
    await (TYPES.get(typeOf(check.widget)) ?? plain)(check);
  }
  if (forms) await form(check);
}
