/** What matters only sometimes: other places where Workspace runs, other credentials, other browsers (contract 1.3). */
import type { Loaded } from "./browser.js";
import type { BrowserCaller } from "./caller.js";
import { preflightProblem } from "./cors.js";
import { type Failure, isFailure } from "./http.js";
import { isPrivateHost, OTHER_ORIGINS, WORKSPACE_ORIGIN, where } from "./url.js";

/**
 * Asks for widgets.json in the other ways that Workspace may ask, after it was had in the usual one.
 *
 * @param widgets the usual answer
 */
export async function checkOrigins(caller: BrowserCaller, widgets: Loaded, deadline: AbortSignal): Promise<void> {
  await Promise.all([
    otherOrigins(caller, deadline),
    withoutCredentials(caller, deadline),
    privateNetwork(caller, deadline),
  ]);
  sharedCaches(caller, widgets);
}

/**
 * Asks whether a call with headers would be let through, where no call of this backend was refused so far.
 */
export async function checkPreflights(caller: BrowserCaller, deadline: AbortSignal): Promise<void> {
  if (caller.failedFor(/^(preflight|header-not|method-not|no-cors|wrong-cors)/)) return;
  const url = caller.urlOf("widgets.json");
  const call = { url, method: "GET", headers: { Authorization: "" }, origin: WORKSPACE_ORIGIN, deadline };
  const reply = await caller.browser.options(call);
  const problem = isFailure(reply) ? undefined : preflightProblem(reply, WORKSPACE_ORIGIN, url, call);
  if (problem === undefined) return;
  caller.report({
    code: "no-preflight",
    severity: "info",
    path: "",
    message: `${problem.message} No call needs a preflight as it is now; with an API key in a header, each does.`,
    hint: problem.hint,
    call: `OPTIONS ${url}`,
  });
}

async function otherOrigins(caller: BrowserCaller, deadline: AbortSignal): Promise<void> {
  const url = caller.urlOf("widgets.json", true);
  const { headers } = caller.connection;
  const outcomes = await Promise.all(
    OTHER_ORIGINS.map(async (origin) => ({ origin, outcome: await caller.load({ url, headers, origin, deadline }) })),
  );
  const refused = outcomes
    .filter(({ outcome }) => isFailure(outcome) && isRefusal(outcome))
    .map(({ origin }) => origin);
  await keysFromElsewhere(
    caller,
    OTHER_ORIGINS.filter((origin) => !refused.includes(origin)),
    deadline,
  );
  if (refused.length === 0) return;
  caller.report({
    code: "other-origins",
    severity: "info",
    path: "",
    message: `Workspace cannot use this backend from ${refused.join(", ")}.`,
    hint: "Allow these origins as well, if anybody uses Workspace there: its development site, the desktop app, the Excel add-in.",
    call: `GET ${url}`,
  });
}

/** Whether pages of these origins may send a key in a header, where that of the usual one may. */
async function keysFromElsewhere(caller: BrowserCaller, origins: string[], deadline: AbortSignal): Promise<void> {
  const url = caller.urlOf("widgets.json");
  const headers = { Authorization: "", ...caller.connection.headers };
  const mayNot = async (origin: string) => {
    const call = { url, method: "GET", headers, origin, deadline };
    const reply = await caller.browser.options(call);
    return isFailure(reply) || preflightProblem(reply, origin, url, call) !== undefined;
  };
  // Where no preflight is answered well, that is the one thing to mend.
  if (await mayNot(WORKSPACE_ORIGIN)) return;
  const answers = await Promise.all(origins.map(async (origin) => ((await mayNot(origin)) ? [origin] : [])));
  const refused = answers.flat();
  if (refused.length === 0) return;
  caller.report({
    code: "other-origins",
    severity: "info",
    path: "",
    message: `From ${refused.join(", ")} Workspace could not send this backend an API key: the preflight does not allow it.`,
    hint: "Answer preflights (OPTIONS) of these origins as those of https://pro.openbb.co.",
    call: `OPTIONS ${url}`,
  });
}

function isRefusal({ code }: Failure): boolean {
  return /cors|preflight|not-allowed/.test(code);
}

/** Who gives a wrong key should read so: without CORS headers the error cannot be read (contract 1.2). */
async function withoutCredentials(caller: BrowserCaller, deadline: AbortSignal): Promise<void> {
  if (Object.keys(caller.connection.headers).length === 0) return;
  const url = caller.urlOf("widgets.json");
  const outcome = await caller.load({ url, deadline });
  if (!isFailure(outcome) || !isRefusal(outcome) || (outcome.status ?? 0) < 400) return;
  caller.report({
    code: "error-without-cors",
    severity: "warning",
    path: "",
    message: `Without credentials ${where(url)} answers with ${outcome.status}, which has no CORS headers for Workspace: who gives a wrong key reads "server error" in place of "authentication failed".`,
    hint: "Add the CORS headers to every answer, errors too: put CORS before authentication.",
    call: `GET ${url}`,
  });
}

/** Some browsers ask a server on this machine, or in the local network, whether a public page may call it. */
async function privateNetwork(caller: BrowserCaller, deadline: AbortSignal): Promise<void> {
  const url = caller.urlOf("widgets.json");
  if (!isPrivateHost(new URL(url).hostname)) return;
  const headers = { Authorization: "", ...caller.connection.headers };
  const ask = { url, method: "GET", headers, origin: WORKSPACE_ORIGIN, deadline };
  const usual = await caller.browser.options(ask);
  // Where no preflight is answered well, that is the one thing to mend.
  if (isFailure(usual) || preflightProblem(usual, WORKSPACE_ORIGIN, url, ask)) return;
  const reply = await caller.browser.options(ask, { "Access-Control-Request-Private-Network": "true" });
  if (isFailure(reply) || reply.headers.get("access-control-allow-private-network") === "true") return;
  caller.report({
    code: "no-private-network",
    severity: "info",
    path: "",
    message: `The preflight of ${where(url)} does not allow calls from a public page to this local network.`,
    hint: 'Answer preflights that ask with Access-Control-Request-Private-Network with "Access-Control-Allow-Private-Network: true".',
    call: `OPTIONS ${url}`,
  });
}

/** A shared cache that keeps an answer made for one origin hands it to pages of the others. */
function sharedCaches(caller: BrowserCaller, { headers, url }: Loaded): void {
  const allowed = headers.get("access-control-allow-origin");
  const shared = /\bpublic\b|\bs-maxage\b/i.test(headers.get("cache-control") ?? "") || headers.has("age");
  if (allowed === "*" || !shared || /(^|,)\s*(origin|\*)\s*(,|$)/i.test(headers.get("vary") ?? "")) return;
  caller.report({
    code: "no-vary",
    severity: "info",
    path: "",
    message: `${where(url)} may be kept by shared caches, and allows one origin only: a cache may give that answer to another.`,
    hint: 'Add "Vary: Origin" to answers that name an origin, or allow "*".',
    call: `GET ${url}`,
  });
}
