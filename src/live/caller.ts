/** Calls a backend as Workspace does, and says once for each cause what got in the way. */

import { ruleOf } from "../contract/rules/index.js";
import type { BackendFinding } from "../contract/rules/rule.js";
import { CliError, EXIT } from "../errors.js";
import { Browser, isPage, type Load, type Loaded, loginPage } from "./browser.js";
import { Causes, type FailedCall } from "./causes.js";
import { type Failure, isFailure } from "./http.js";
import { limiter } from "./limit.js";
import { mergeShared } from "./shared.js";
import { listen } from "./socket.js";
import type { Answer, Caller, CallRequest, Connection, SocketAnswer, SocketRequest } from "./types.js";
import { isMixedContent, joinUrl, masker, withQuery } from "./url.js";

/** How long Workspace waits for a backend when it connects (contract 1.1). */
export const BUDGET_MS = 60_000;
const MAX_BYTES = 32_000_000;
/** How long to listen to a socket that says nothing. */
const SOCKET_MS = 10_000;
/** After so many calls without an answer in time, one after the other, there is no more waiting. */
const MOST_TIMEOUTS = 6;
/** Nor after so many in all: with a minute for each, the check would take the whole morning. */
const MOST_TIMEOUTS_IN_ALL = 20;

export interface CallerOptions {
  /** Aborted by Ctrl-C. */
  signal?: AbortSignal;
  /** How long a call may take: 60 seconds when it is not given. */
  budgetMs?: number;
  /** How many calls run at once. */
  concurrency?: number;
  /** The most that is read of an answer. */
  maxBytes?: number;
  /** How long to wait for the first message of a socket. */
  socketMs?: number;
}

export class BrowserCaller implements Caller {
  readonly connection: Connection;
  readonly signal?: AbortSignal;
  /** How many requests went out, preflights and redirects included. */
  requests = 0;
  readonly mask: (text: string) => string;
  readonly browser: Browser;
  readonly #options: Required<Pick<CallerOptions, "budgetMs" | "socketMs">>;
  readonly #limit: <T>(work: () => Promise<T>) => Promise<T>;
  readonly #findings: BackendFinding[] = [];
  readonly #causes = new Causes();
  #timeouts = 0;
  #timeoutsInAll = 0;

  constructor(connection: Connection, options: CallerOptions = {}) {
    const { signal, budgetMs = BUDGET_MS, concurrency = 4, maxBytes = MAX_BYTES } = options;
    this.connection = { ...connection, headers: sentHeaders(connection.headers) };
    this.signal = signal;
    this.mask = masker(connection);
    this.#options = { budgetMs, socketMs: Math.min(options.socketMs ?? SOCKET_MS, budgetMs) };
    this.#limit = limiter(concurrency);
    const base = new URL(connection.url);
    this.browser = new Browser({
      signal,
      maxBytes,
      mixedOrigin: isMixedContent(base) ? base.origin : undefined,
      onRequest: () => {
        this.requests += 1;
      },
    });
  }

  /** The URL of an endpoint, with the query credentials where they go along. */
  readonly urlOf = (endpoint: string, credentials = false): string => {
    const url = joinUrl(this.connection.url, endpoint);
    return credentials ? withQuery(url, this.connection.query) : url;
  };

  /** Whether so many calls had no answer in time that no more are made. */
  get gaveUp(): boolean {
    return this.#timeouts >= MOST_TIMEOUTS || this.#timeoutsInAll >= MOST_TIMEOUTS_IN_ALL;
  }

  async call(request: CallRequest): Promise<Answer | undefined> {
    const { endpoint, method = "GET", body, once, bare = false, credentials = false, navigation = false } = request;
    const { path, widget, page = navigation } = request;
    const url = this.urlOf(endpoint, credentials);
    const headers = {
      ...(bare || navigation ? {} : this.connection.headers),
      ...(body === undefined ? {} : { "Content-Type": "application/json" }),
    };
    const call = this.mask(`${method} ${url}`);
    return this.#limit(async () => {
      if (this.gaveUp) {
        this.#causes.skipped += 1;
        return undefined;
      }
      const started = performance.now();
      const text = body === undefined ? undefined : JSON.stringify(body);
      const outcome = await this.load({ url, method, headers, body: text, once, navigation });
      if (isFailure(outcome)) {
        this.fail(outcome, { path, widget, call });
        return undefined;
      }
      const [from] = outcome.redirects;
      if (from !== undefined && !page && isPage(outcome.bytes)) {
        this.fail(loginPage(from, outcome.url), { path, widget, call });
        return undefined;
      }
      if (from !== undefined) this.redirected(outcome, { path, widget, call });
      return answerOf(outcome, call, performance.now() - started, this.mask);
    });
  }

  /** Loads a URL as a page does, within the time for one call when no other end is given. */
  async load(load: Omit<Load, "deadline"> & { deadline?: AbortSignal }): Promise<Loaded | Failure> {
    const deadline = load.deadline ?? AbortSignal.timeout(this.#options.budgetMs);
    const outcome = await this.browser.load({ ...load, deadline });
    const late = isFailure(outcome) && outcome.code === "timed-out";
    this.#timeouts = late ? this.#timeouts + 1 : 0;
    if (late) this.#timeoutsInAll += 1;
    return outcome;
  }

  socket({ endpoint, hello, enough }: SocketRequest): Promise<SocketAnswer> {
    // As the client does: the first "http" becomes "ws" (contract 3.14).
    const url = joinUrl(this.connection.url, endpoint).replace("http", "ws");
    return this.#limit(async () => {
      this.requests += 1;
      const said = await listen(url, hello, { waitMs: this.#options.socketMs, signal: this.signal, enough });
      return { ...said, call: this.mask(`WS ${url}`) };
    });
  }

  report(finding: Omit<BackendFinding, "file" | "why"> & { file?: BackendFinding["file"] }): void {
    const masked = { ...finding, message: this.mask(finding.message) };
    if (finding.hint !== undefined) masked.hint = this.mask(finding.hint);
    if (finding.call !== undefined) masked.call = this.mask(finding.call);
    this.#findings.push({ file: "widgets.json", ...masked, why: ruleOf(finding.code)?.why ?? "" });
  }

  /** Notes that a call came to nothing; calls with the same cause become one finding. */
  fail(failure: Failure, call: FailedCall): void {
    this.#causes.add(failure, call);
  }

  /** Notes that a call was redirected, and went well. */
  redirected(loaded: Loaded, call: FailedCall): void {
    this.#causes.redirected(loaded, call);
  }

  /** Whether any call failed for a reason of this kind. */
  failedFor(codes: RegExp): boolean {
    return this.#causes.has(codes);
  }

  /** Whether a call of this widget had no answer in time. */
  hangs(widget: string): boolean {
    return this.#causes.widgetsOf(/^timed-out$/).includes(widget);
  }

  /** Whether a call of this widget came to nothing. */
  failsFor(widget: string): boolean {
    return this.#causes.widgetsOf(/^(?!redirected$)/).includes(widget);
  }

  /** All that was found so far: first what got in the way, then what was reported, each in the order it came. */
  findings(): BackendFinding[] {
    const told = this.#findings.splice(0);
    for (const finding of this.#causes.findings()) this.report(finding);
    this.#findings.push(...told);
    return mergeShared(this.#findings);
  }
}

/** Headers that no page may set: the browser leaves them out without a word (Fetch standard, "forbidden request-header"). */
const FORBIDDEN =
  /^(accept-charset|accept-encoding|access-control-request-.*|connection|content-length|cookie2?|date|dnt|expect|host|keep-alive|origin|referer|set-cookie|te|trailer|transfer-encoding|upgrade|via|proxy-.*|sec-.*)$/i;

/** The names of a connection's headers that never leave the browser. */
export function forbiddenHeaders(headers: Record<string, string>): string[] {
  return Object.keys(headers).filter((name) => FORBIDDEN.test(name));
}

/** @throws CliError with exit code 2 for what is no header at all; its value is not told */
function sentHeaders(headers: Record<string, string>): Record<string, string> {
  const sent = Object.entries(headers).filter(([name]) => !FORBIDDEN.test(name));
  for (const [name, value] of sent) {
    try {
      new Headers({ [name]: value });
    } catch {
      const what = `The header ${JSON.stringify(name.slice(0, 60))} cannot be sent`;
      throw new CliError(EXIT.usage, `${what}: its name or its value has characters that no header may have.`);
    }
  }
  return Object.fromEntries(sent);
}

const decoder = new TextDecoder();

/** Its text is made when it is asked for: most of the bytes of a file are never looked at as text. */
function answerOf(loaded: Loaded, call: string, ms: number, mask: (text: string) => string): Answer {
  let text: string | undefined;
  return {
    call,
    url: mask(loaded.url),
    status: loaded.status,
    headers: Object.fromEntries(loaded.headers),
    bytes: loaded.bytes,
    ms,
    get text() {
      text ??= decoder.decode(loaded.bytes);
      return text;
    },
  };
}
