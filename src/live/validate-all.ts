/** The dialog's "Validate widgets: Yes" (contract 1.4): one call a widget, and one that fails blocks adding. */
import { typeOf } from "../contract/answers/reply.js";
import type { BrowserCaller } from "./caller.js";
import { isFailure } from "./http.js";
import { eachOf } from "./limit.js";
import type { Definition } from "./values.js";
import { initialValues, withValues } from "./widgets/params.js";

/** A widget that would be refused, and what the dialog says of it. */
export interface Refusal {
  id: string;
  text: string;
}

/**
 * Makes the calls of that mode, which is off unless the user turns it on: what fails in it is a warning.
 *
 * @returns the widgets that it refuses, in the order of the file, but for those that the page gets no answer from when it
 * shows them either: these are reported already
 */
export async function checkValidateAll(
  caller: BrowserCaller,
  widgets: readonly [string, Definition][],
  { concurrency, budgetMs }: { concurrency: number; budgetMs: number },
): Promise<Refusal[]> {
  const texts = new Map<string, string>();
  let together = 0;
  await eachOf(widgets, concurrency, async ([id, definition]) => {
    if (caller.gaveUp || caller.hangs(id)) return;
    const started = performance.now();
    const text = await refusalOf(caller, id, definition);
    together += performance.now() - started;
    if (text !== undefined) texts.set(id, text);
  });
  const refusals = widgets.flatMap(([id]) => {
    const text = texts.get(id);
    return text === undefined ? [] : [{ id, text }];
  });
  if (refusals.length > 0) tell(caller, refusals);
  if (together > budgetMs && !caller.failedFor(/^timed-out$/)) tellSlow(caller, together, budgetMs);
  return refusals;
}

/** What the dialog says of a widget, if it does not pass. */
async function refusalOf(caller: BrowserCaller, id: string, definition: Definition): Promise<string | undefined> {
  const { method, endpoint, body } = callOf(definition);
  const headers = { ...caller.connection.headers, ...(body && { "Content-Type": "application/json" }) };
  const text = body && JSON.stringify(body);
  const url = caller.urlOf(endpoint);
  const outcome = await caller.load({ url, method, headers, body: text });
  if (isFailure(outcome)) {
    // The page of an iframe needs no CORS where it is shown, nor a PDF a preflight. Nobody can have another site change.
    const isOurs = URL.canParse(url) && new URL(url).origin === new URL(caller.urlOf("")).origin;
    return !isOurs || caller.failsFor(id) ? undefined : `nothing that the page may read: ${outcome.code}`;
  }
  const { status } = outcome;
  if ((status >= 200 && status < 300) || status === 405 || status === 422) return undefined;
  const answer = new TextDecoder().decode(outcome.bytes);
  if (/field required|missing/.test(answer)) return undefined;
  try {
    const { detail, message, error } = Object(JSON.parse(answer)) as Record<string, unknown>;
    const said = detail || message || error;
    // Masked before it is cut: a part of a credential is one too.
    return typeof said === "string" ? clipped(caller.mask(said).replace(/\s+/g, " "), 100) : `status ${status}`;
  } catch {
    return `status ${status} with a body that is no JSON, which ends the whole validation`;
  }
}

/** The call of that mode; credentials in the query are not part of it. */
function callOf(definition: Definition): { method: "GET" | "POST"; endpoint: string; body?: object } {
  const endpoint = String(definition.endpoint);
  const values = initialValues(definition);
  const initial = Object.fromEntries(values);
  switch (typeOf({ id: "", definition })) {
    case "omni":
      return { method: "POST", endpoint, body: { prompt: "test validation query", ...initial } };
    case "ssrm_table":
      return { method: "POST", endpoint, body: { startRow: 0, endRow: 10, ...initial } };
    case "multi_file_viewer":
      return { method: "POST", endpoint, body: initial };
    default:
      return { method: "GET", endpoint: withValues(endpoint, values) };
  }
}

/** One time for all calls, and they are made one after the other (contract 1.1). */
function tellSlow(caller: BrowserCaller, together: number, budgetMs: number): void {
  const seconds = (ms: number) => `${Number((ms / 1000).toFixed(1))} seconds`;
  caller.report({
    code: "fails-validation",
    severity: "warning",
    path: "",
    message: `With "Validate widgets" set to Yes, Workspace asks the widgets one after the other and has ${seconds(budgetMs)} for all: these calls took ${seconds(together)}.`,
    hint: "Keep what is slow to get in a cache, or leave that option at No.",
  });
}

const MOST_NAMES = 5;

function clipped(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most)}…` : text;
}

function tell(caller: BrowserCaller, refusals: readonly Refusal[]): void {
  const named = refusals.slice(0, MOST_NAMES).map(({ id, text }) => `${JSON.stringify(clipped(id, 60))} (${text})`);
  const more = refusals.length - named.length;
  caller.report({
    code: "fails-validation",
    severity: "warning",
    path: "",
    message: `With "Validate widgets" set to Yes, Workspace's dialog would not add this backend, because of ${named.join(", ")}${more > 0 ? ` and ${more} more` : ""}.`,
    hint: 'Let each endpoint answer its default parameters with 2xx, and errors with JSON: {"detail": "…"}. Or leave that option at No.',
  });
}
