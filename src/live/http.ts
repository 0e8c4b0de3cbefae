/** One HTTP exchange over Node's fetch, bounded in time and memory. What a browser would make of it is in cors.ts. */
import { CancelledError } from "../errors.js";
import { where } from "./url.js";

/** As many connections may have been kept open as calls run at once. */
const MOST_RESENDS = 4;

/** A request as it goes over the wire. */
export interface WireRequest {
  url: string;
  method: string;
  headers: Record<string, string>;
  body?: string;
  /** It may write: it is not sent again, whatever happens. */
  once?: boolean;
  /** The most that is read of the body, in bytes, after decompression. */
  maxBytes: number;
  /** Ended by Ctrl-C. */
  signal?: AbortSignal;
  /** Ended by the budget. */
  deadline: AbortSignal;
}

export interface Reply {
  status: number;
  headers: Headers;
  bytes: Uint8Array;
}

/** Why there is nothing that the page could read. `code` is the code of a rule; the texts are those of a finding. */
export interface Failure {
  code: string;
  message: string;
  hint?: string;
  /** The status that came back all the same, for what may well be missing. */
  status?: number;
}

export function isFailure(outcome: object): outcome is Failure {
  return "code" in outcome;
}

/**
 * Sends one request; redirects are not followed.
 *
 * @returns what came back, or why nothing did
 * @throws CancelledError when `signal` was aborted; nothing else
 */
export async function exchange(request: WireRequest): Promise<Reply | Failure> {
  const { url, method, headers, body, signal, deadline } = request;
  const stop = signal ? AbortSignal.any([signal, deadline]) : deadline;
  try {
    const response = await send(() => fetch(url, { method, headers, body, redirect: "manual", signal: stop }), request);
    const bytes = await read(response, request.maxBytes);
    if (bytes === undefined) return tooLarge(url, request.maxBytes);
    return { status: response.status, headers: response.headers, bytes };
  } catch (error) {
    if (signal?.aborted) throw new CancelledError();
    return deadline.aborted ? timedOut(url) : failureOf(error, url);
  }
}

/**
 * Sends it again when the connection was cut before an answer began: servers close connections that they had kept open,
 * and browsers then take another one without a word.
 */
async function send(attempt: () => Promise<Response>, { once, signal, deadline }: WireRequest): Promise<Response> {
  for (let left = once ? 0 : MOST_RESENDS; ; left--) {
    try {
      return await attempt();
    } catch (error) {
      const cut = /^(UND_ERR_SOCKET|ECONNRESET|EPIPE)$/.test(reasonOf(error).code);
      if (left === 0 || !cut || signal?.aborted || deadline.aborted) throw error;
    }
  }
}

/** The body, or nothing where it is larger than it may be; no more than that is ever held. */
async function read(response: Response, maxBytes: number): Promise<Uint8Array | undefined> {
  if (response.body === null) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = response.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return Buffer.concat(chunks, length);
    length += value.length;
    if (length > maxBytes) {
      await reader.cancel().catch(() => {});
      return undefined;
    }
    chunks.push(value);
  }
}

function tooLarge(url: string, maxBytes: number): Failure {
  return {
    code: "too-large",
    message: `The answer of ${where(url)} is larger than ${megabytes(maxBytes)}, or never ends.`,
    hint: "Send less: fewer rows, or a server-side table (`ssrm_table`), which asks for a page at a time.",
  };
}

function megabytes(bytes: number): string {
  return bytes >= 1_000_000 ? `${Math.round(bytes / 1_000_000)} MB` : `${bytes} bytes`;
}

function timedOut(url: string): Failure {
  return {
    code: "timed-out",
    message: `${where(url)} does not answer in time.`,
    hint: "Answer within seconds: keep results, ask slow sources less, or load in the background.",
  };
}

/** The code that a library of Node gives, wherever it stands. */
function reasonOf(error: unknown): { code: string; text: string } {
  const texts: string[] = [];
  let code = "";
  for (let at: unknown = error; at instanceof Error && texts.length < 5; at = at.cause) {
    texts.push(at.message);
    const own: unknown = Reflect.get(at, "code");
    if (typeof own === "string" && own !== "") code = own;
  }
  return { code, text: texts.findLast((text) => text !== "") ?? "" };
}

/** Why fetch failed, in words. */
function failureOf(error: unknown, url: string): Failure {
  const { code, text } = reasonOf(error);
  const { origin, protocol, hostname, port } = new URL(url);
  if (/^(ENOTFOUND|EAI_|ERR_INVALID_URL)/.test(code)) {
    return {
      code: "unknown-host",
      message: `There is no host of the name ${hostname}.`,
      hint: "Check the spelling, and that the name is known on the machine whose browser shows Workspace.",
    };
  }
  // With a budget of more than five minutes, Node's own limits come first.
  if (/^UND_ERR_(HEADERS|BODY)_TIMEOUT$/.test(code)) return timedOut(url);
  if (/^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|ETIMEDOUT|UND_ERR_CONNECT_TIMEOUT)$/.test(code)) {
    const why = code === "ECONNREFUSED" ? "the connection is refused" : "there is no way to it";
    return {
      code: "no-connection",
      message: `Nobody answers at ${origin}: ${why}.`,
      hint: "Start the backend, and check the port.",
    };
  }
  if (protocol === "https:" && /CERT|SELF_SIGNED|UNABLE_TO|ERR_SSL|ERR_TLS|EPROTO/.test(code)) {
    return { code: "https-fails", ...tlsProblem(code, origin, hostname) };
  }
  if (
    /^(Z_|ERR__ERROR_FORMAT|ERR_BROTLI|ERR_PADDING)/.test(code) ||
    /incorrect header check|unexpected end of file/.test(text)
  ) {
    return {
      code: "bad-encoding",
      message: `The answer of ${where(url)} is not compressed as its Content-Encoding says.`,
      hint: "Send Content-Encoding only with a body that is compressed that way; leave it to the server's own middleware.",
    };
  }
  if (/^(HPE_|UND_ERR_HEADERS_OVERFLOW)/.test(code)) {
    const what = /OVERFLOW/.test(code) ? "has headers that are too large" : "is no HTTP";
    return {
      code: "not-http",
      message: `The answer of ${where(url)} ${what}.`,
      hint: protocol === "http:" ? "If the port speaks https, write https://." : "Check the port.",
    };
  }
  if (text === "bad port") {
    return {
      code: "blocked-port",
      message: `Browsers refuse to call port ${port}: it belongs to another kind of service.`,
      hint: "Let the backend listen on another port, such as 7779.",
    };
  }
  return {
    code: "connection-cut",
    message: `The connection to ${where(url)} is cut before the answer is complete.`,
    hint: `Look into the backend's log; a wrong Content-Length does this too.${protocol === "http:" ? " If the port speaks https, write https://." : ""}`,
  };
}

function tlsProblem(code: string, origin: string, hostname: string): Pick<Failure, "message" | "hint"> {
  if (/EPROTO|ERR_SSL/.test(code)) {
    return { message: `${origin} does not speak https.`, hint: "Write http:// if it is on your own machine." };
  }
  if (/EXPIRED|NOT_YET_VALID/.test(code)) {
    return { message: `The certificate of ${origin} is not valid today.`, hint: "Renew it." };
  }
  if (/ALTNAME/.test(code)) {
    return {
      message: `The certificate of ${origin} is for another name than ${hostname}.`,
      hint: "Use its name in the URL, or get one for this name.",
    };
  }
  return {
    message: `Browsers do not trust the certificate of ${origin}: it is signed by itself, or by somebody unknown.`,
    hint: "On your own machine, make one with mkcert, or open the URL in the browser once and accept it. For others, get one from a public authority.",
  };
}
