/** What a browser makes of CORS headers (Fetch standard, "CORS protocol"), for a page that sends no cookies. Pure. */
import type { Failure } from "./http.js";
import { where } from "./url.js";

/** Headers that a page may send without asking first. */
const SAFE_HEADERS = ["accept", "accept-language", "content-language"];
const SAFE_METHODS = ["GET", "HEAD", "POST"];

interface HasHeaders {
  status: number;
  headers: Headers;
}

/** The names of a request's headers that the browser asks about, in lower case and in order. */
export function unsafeHeaders(headers: Record<string, string>): string[] {
  return Object.keys(headers)
    .map((name) => name.toLowerCase())
    .filter((name) => !SAFE_HEADERS.includes(name))
    .sort();
}

/** Whether the browser asks before it sends this. */
export function needsPreflight(method: string, headers: Record<string, string>): boolean {
  return !SAFE_METHODS.includes(method) || unsafeHeaders(headers).length > 0;
}

/**
 * Whether a page of `origin` may read an answer.
 *
 * @param origin the page's origin, or "null" after a redirect from one foreign host to another
 */
export function corsProblem(answer: HasHeaders, origin: string, url: string, what = "answer"): Failure | undefined {
  const allowed = answer.headers.get("access-control-allow-origin");
  if (allowed === origin || allowed === "*") return undefined;
  const { status } = answer;
  const of = `The ${what} of ${where(url)}${answer.status >= 400 ? ` (status ${answer.status})` : ""}`;
  const page = origin === "null" ? "a page that was redirected from another host" : origin;
  if (allowed === null) {
    return {
      code: "no-cors",
      message: `${of} has no Access-Control-Allow-Origin header, so the browser keeps it from Workspace.`,
      hint: `${status >= 500 ? "Look into the backend's log for why it fails. And answer" : "Answer"} every request, errors and OPTIONS too, with "Access-Control-Allow-Origin: ${origin === "null" ? "*" : origin}".`,
      status,
    };
  }
  return {
    code: "wrong-cors-origin",
    message: `${of} allows the origin ${JSON.stringify(allowed.slice(0, 100))}, not ${page}, so the browser keeps it from Workspace.`,
    hint: originHint(allowed, origin),
    status,
  };
}

function originHint(allowed: string, origin: string): string {
  if (allowed.includes(",")) {
    return `The header holds one origin: send back the one that asks, if it is allowed, and "Vary: Origin". Two layers that both add the header do this too.`;
  }
  if (allowed.replace(/\/+$/, "").toLowerCase() === origin) {
    return `Write it exactly so: ${origin}, in lower case and without a slash at the end.`;
  }
  return `Add ${origin} to the origins that the backend allows.`;
}

/**
 * Whether the answer to a preflight lets the real call go out.
 *
 * @param asked the call: its method and its headers
 */
export function preflightProblem(
  answer: HasHeaders,
  origin: string,
  url: string,
  asked: { method: string; headers: Record<string, string> },
): Failure | undefined {
  const { status } = answer;
  const of = `The preflight (OPTIONS) of ${where(url)}`;
  if (status === 401 || status === 403) {
    return {
      code: "preflight-needs-credentials",
      message: `${of} is answered with ${status}: it asks for credentials, which browsers never send with a preflight.`,
      hint: "Let OPTIONS requests pass before credentials are checked: put CORS before authentication.",
      status,
    };
  }
  if (status >= 300 && status < 400) {
    return {
      code: "preflight-redirected",
      message: `${of} is redirected (status ${status}), which browsers do not follow.`,
      hint: "Give Workspace the URL at the end of the redirect, and answer OPTIONS without one.",
      status,
    };
  }
  const origins = corsProblem(answer, origin, url, "preflight (OPTIONS)");
  if (status < 200 || status > 299) {
    return {
      code: "preflight-refused",
      message: `${of} is answered with ${status}; a browser then does not send the ${asked.method} itself.`,
      hint: "Answer OPTIONS on every path with 204 and the CORS headers; the usual CORS middleware does so.",
      status,
    };
  }
  return origins ?? methodProblem(answer, of, asked.method) ?? headerProblem(answer, of, asked.headers);
}

function methodProblem(answer: HasHeaders, of: string, method: string): Failure | undefined {
  const methods = listOf(answer.headers, "access-control-allow-methods");
  if (SAFE_METHODS.includes(method) || methods.includes(method) || methods.includes("*")) return undefined;
  return {
    code: "method-not-allowed",
    message: `${of} does not allow ${method}: a browser does not send it.`,
    hint: `Add ${method}, in capital letters, to Access-Control-Allow-Methods: "GET, POST, PUT, OPTIONS".`,
  };
}

/** `*` stands for every header but Authorization, which must be named. */
function headerProblem(answer: HasHeaders, of: string, headers: Record<string, string>): Failure | undefined {
  const names = listOf(answer.headers, "access-control-allow-headers").map((name) => name.toLowerCase());
  const refused = unsafeHeaders(headers).filter(
    (name) => !names.includes(name) && (name === "authorization" || !names.includes("*")),
  );
  if (refused.length === 0) return undefined;
  const star = names.includes("*") ? " `*` does not stand for Authorization." : "";
  return {
    code: "header-not-allowed",
    message: `${of} does not allow the header ${refused.join(", ")}: a browser does not send the call.${star}`,
    hint: `Name it in Access-Control-Allow-Headers: "Content-Type, ${refused.filter((name) => name !== "content-type").join(", ") || "Authorization"}".`,
  };
}

function listOf(headers: Headers, name: string): string[] {
  return (headers.get(name) ?? "").split(",").map((part) => part.trim());
}
