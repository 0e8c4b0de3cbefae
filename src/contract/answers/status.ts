import type { Finding } from "../findings.js";
import { isObject, type Key } from "../problems.js";
import { fault, notJson, parse, quoted, type Reply, textOf, typeOf, type Widget } from "./reply.js";

/** What Workspace shows of a failed call (contract 10): the first of these that says something. */
const MESSAGE_KEYS = ["detail", "message", "error"] as const;

/** The text of an error's body as Workspace shows it, or undefined where it can read none. */
export function errorText(reply: Reply): string | undefined {
  const body = parse(reply.text);
  if (body === undefined) return undefined;
  const said = isObject(body) ? MESSAGE_KEYS.map((key) => body[key]).find(Boolean) : undefined;
  const shown = said ?? body;
  return textOf(shown);
}

/**
 * Whether a call failed, and what its card then says (contract 10). All but 200 to 299 are errors, and so is 204.
 *
 * @param unsent parameters that the user may fill in and that were not sent, having no value at first
 * @returns nothing where the answer is used
 */
export function judgeStatus(
  widget: Widget,
  reply: Reply,
  { unsent = [], path = ["endpoint"] }: { unsent?: readonly string[]; path?: readonly Key[] } = {},
): Finding | undefined {
  const { status } = reply;
  if (status === 204) {
    const hint = "Send status 200 with an empty list, or with an error and a text.";
    return fault(
      "error",
      "no-content",
      widget,
      path,
      "The answer has status 204, which Workspace takes for an error.",
      hint,
    );
  }
  if (status >= 200 && status < 300) return undefined;
  const text = errorText(reply);
  if (text === undefined) {
    const { what } = notJson(reply.text);
    return fault(
      "error",
      "error-not-json",
      widget,
      path,
      `The call fails with status ${status}, and its answer is ${what}, not JSON: the card says only "No results found".`,
      `${remedyFor(status, typeOf(widget))} Answer errors with JSON such as {"detail": "what went wrong"}.`,
    );
  }
  const shown = typeOf(widget) === "pdf" ? '"No results found"' : quoted(text);
  if ((status === 400 || status === 422) && unsent.length > 0) {
    const names = unsent.slice(0, 5).map((name) => `\`${name}\``);
    return fault(
      "warning",
      "needs-input",
      widget,
      path,
      `Until the user fills in ${names.join(", ")}, the card shows an error: ${shown}.`,
      `Give ${names[0]} a default value, or let the endpoint answer without it.`,
    );
  }
  return fault(
    "error",
    "request-failed",
    widget,
    path,
    `The call fails with status ${status}, and the card shows ${shown}.`,
    remedyFor(status, typeOf(widget)),
  );
}

/** Types that go without some of the connection's credentials (contract 3.0, 3.11). */
const WITHOUT_CREDENTIALS = new Map([
  ["pdf", "Workspace sends no credentials for a PDF: let it be had by its address alone."],
  ["ssrm_table", "Workspace sends this type headers, and no query credentials: check the headers."],
  ["ssrm_advanced", "Workspace sends this type headers, and no query credentials: check the headers."],
]);

function remedyFor(status: number, type: string): string {
  if (status === 404) return "Check the path: your backend has nothing there.";
  if (status === 405) return "Let the route take the method that Workspace uses.";
  if (status === 401 || status === 403) {
    return WITHOUT_CREDENTIALS.get(type) ?? "Check the credentials of the connection.";
  }
  if (status === 400 || status === 422) return "Let the endpoint take what Workspace sends at first.";
  if (status === 429) return "Allow as many calls as a dashboard makes at once.";
  return "Look into the log of your backend.";
}

/** An error that is sent with a status of success: no type but the server-side tables knows it for one (contract 10). */
export function judgeQuietError(widget: Widget, body: unknown): Finding | undefined {
  if (!isObject(body) || typeof body.error !== "string" || body.error === "") return undefined;
  if (Object.keys(body).some((key) => !["error", "status", "success", "code", "detail", "message"].includes(key))) {
    return undefined;
  }
  return fault(
    "error",
    "error-as-success",
    widget,
    ["endpoint"],
    `The answer says ${quoted(body.error)}, but with a status of success, so Workspace takes it for data.`,
    "Send errors with a status of 400 or more.",
  );
}
