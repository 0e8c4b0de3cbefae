/** A page of Workspace in a browser: preflights, redirects and CORS as the Fetch standard has them, over http.ts. */
import { corsProblem, needsPreflight, preflightProblem, unsafeHeaders } from "./cors.js";
import { exchange, type Failure, isFailure, type Reply } from "./http.js";
import { tunnelPage } from "./tunnels.js";
import { isMixedContent, WORKSPACE_ORIGIN, where } from "./url.js";

const MOST_REDIRECTS = 20;
/** Some tunnels and firewalls answer browsers otherwise than programs: what we ask about is what a browser gets. */
const USER_AGENT =
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/144.0.0.0 Safari/537.36 create-openbb-backend";

/** What a page asks for. */
export interface Load {
  url: string;
  method?: string;
  headers?: Record<string, string>;
  body?: string;
  /** It may write: it is sent no second time. */
  once?: boolean;
  /** The browser itself goes there, as for an iframe: no CORS. */
  navigation?: boolean;
  /** The page's origin: Workspace's, when it is not given. */
  origin?: string;
  /** Ends it when the time is over. */
  deadline: AbortSignal;
}

/** What the page can read. */
export interface Loaded extends Reply {
  /** Where it comes from, after all redirects. */
  url: string;
  /** Where it was sent on from, in order. */
  redirects: string[];
}

export interface BrowserOptions {
  /** Aborted by Ctrl-C. */
  signal?: AbortSignal;
  /** The most that is read of a body. */
  maxBytes: number;
  /** A plain http origin that is reported already: it is called all the same, to see what else there is. */
  mixedOrigin?: string;
  /** Told of every request that goes out. */
  onRequest: () => void;
}

export class Browser {
  readonly #options: BrowserOptions;
  /** One preflight for each kind of call to a path, as browsers keep their answers for a while. */
  readonly #preflights = new Map<string, Promise<Failure | undefined>>();

  constructor(options: BrowserOptions) {
    this.#options = options;
  }

  /**
   * Loads something as a page does.
   *
   * @returns what the page can read, or why it can read nothing
   * @throws CancelledError after Ctrl-C
   */
  async load({
    url,
    method = "GET",
    headers = {},
    body,
    navigation = false,
    ...rest
  }: Load): Promise<Loaded | Failure> {
    const { deadline, once } = rest;
    let origin = rest.origin ?? WORKSPACE_ORIGIN;
    const redirects: string[] = [];
    for (;;) {
      const blocked = blockedUrl(url, redirects, this.#options.mixedOrigin);
      if (blocked) return blocked;
      const cors = !navigation && !url.startsWith("data:");
      if (cors && needsPreflight(method, headers)) {
        const refused = await this.preflight({ url, method, headers, origin, deadline });
        if (refused) return refused;
      }
      const own = cors ? { ...headers, Origin: origin } : headers;
      const reply = await this.#send({ url, method, headers: own, body, once, deadline });
      if (isFailure(reply)) return reply;
      const tunnel = cors ? tunnelPage(reply, url) : undefined;
      if (tunnel) return tunnel;
      const next = nextUrl(reply, url);
      const problem = cors ? corsProblem(reply, origin, url) : undefined;
      if (problem) {
        const led = next ?? (redirects.length > 0 ? url : undefined);
        return (led && (await this.#page(led, redirects[0] ?? url, deadline))) || problem;
      }
      if (next === undefined) return { ...reply, url, redirects };
      if (isFailure(next)) return next;
      redirects.push(url);
      if (redirects.length > MOST_REDIRECTS) return badRedirect(redirects[0] as string, "goes on without an end");
      if (next.origin !== new URL(url).origin) {
        origin = "null";
        headers = without(headers, "authorization");
      }
      if (reply.status === 303 || (method === "POST" && reply.status < 303)) {
        method = "GET";
        body = undefined;
        headers = without(headers, "content-type");
      }
      url = next.href;
    }
  }

  /** Asks whether a call may be made, once for all calls of its kind. */
  preflight(
    call: Required<Pick<Load, "url" | "method" | "headers" | "origin" | "deadline">>,
  ): Promise<Failure | undefined> {
    const key = [call.origin, call.method, where(call.url), ...unsafeHeaders(call.headers)].join(" ");
    const known = this.#preflights.get(key);
    if (known) return known;
    const asked = this.options(call).then((reply) =>
      isFailure(reply) ? unanswered(reply, call.url) : preflightProblem(reply, call.origin, call.url, call),
    );
    this.#preflights.set(key, asked);
    return asked;
  }

  /** Sends a preflight, and gives its answer as it is. */
  options(
    {
      url,
      method,
      headers,
      origin,
      deadline,
    }: Required<Pick<Load, "url" | "method" | "headers" | "origin" | "deadline">>,
    more: Record<string, string> = {},
  ): Promise<Reply | Failure> {
    const names = unsafeHeaders(headers).join(",");
    const own = {
      Origin: origin,
      "Access-Control-Request-Method": method,
      ...(names === "" ? {} : { "Access-Control-Request-Headers": names }),
      ...more,
    };
    return this.#send({ url, method: "OPTIONS", headers: own, deadline });
  }

  #send(request: {
    url: string;
    method: string;
    headers: Record<string, string>;
    body?: string;
    once?: boolean;
    deadline: AbortSignal;
  }) {
    this.#options.onRequest();
    const headers = { "User-Agent": USER_AGENT, ...request.headers };
    return exchange({ ...request, headers, maxBytes: this.#options.maxBytes, signal: this.#options.signal });
  }

  /** What cannot be read after a redirect is mostly a login page: looks whether it is one. */
  async #page(led: URL | string | Failure, from: string, deadline: AbortSignal): Promise<Failure | undefined> {
    if (typeof led !== "string" && isFailure(led)) return undefined;
    const page = await this.load({ url: String(led), headers: { Accept: "text/html" }, navigation: true, deadline });
    return isFailure(page) || !isHtml(page) ? undefined : loginPage(from, page.url);
  }
}

/** Whoever looks for what hangs should look at OPTIONS: the call itself was never sent. */
function unanswered(failure: Failure, url: string): Failure {
  if (failure.code !== "timed-out") return failure;
  const message = `The preflight (OPTIONS) of ${where(url)} is not answered in time; the call itself is not sent.`;
  return { ...failure, message, hint: "Answer OPTIONS at once, with 204 and the CORS headers." };
}

/** What a browser refuses before anything is sent. */
function blockedUrl(url: string, redirects: string[], mixedOrigin: string | undefined): Failure | undefined {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed === undefined || !/^(https?|data):$/.test(parsed.protocol)) {
    return {
      code: "unloadable-url",
      message: `${url.slice(0, 200)} is no URL that a page can load.`,
      hint: "Write a path of the backend, or a full URL that starts with https://.",
    };
  }
  if (parsed.username !== "" || parsed.password !== "") {
    return {
      code: "credentials-in-url",
      message: "Browsers refuse to load a URL with a user name or password in it.",
      hint: "Take them out, and give Workspace a header instead: Authorization, with the value `Basic …`.",
    };
  }
  if (!isMixedContent(parsed) || parsed.origin === mixedOrigin) return undefined;
  return mixedContent(parsed, redirects.length > 0 ? ` (${where(redirects[0] as string)} redirects to it)` : "");
}

/** What is said of a plain http address. */
export function mixedContent(url: URL, after = ""): Failure {
  return {
    code: "mixed-content",
    message: `${where(url.href)} is a plain http address${after}, which Workspace, being an https page, may not load.`,
    hint: mixedHint(url),
  };
}

function mixedHint({ hostname, port, pathname }: URL): string {
  if (hostname === "0.0.0.0" || hostname === "[::]") {
    const local = `http://localhost${port === "" ? "" : `:${port}`}${pathname === "/" ? "" : pathname}`;
    return `A server listens on ${hostname}, but is reached by another name: write ${local}.`;
  }
  return "Serve it over https, for example behind a proxy or a tunnel. Only localhost and 127.0.0.1 may be plain http.";
}

/** Where an answer sends the browser on to; nothing where it does not. */
function nextUrl({ status, headers }: Reply, url: string): URL | Failure | undefined {
  const location = headers.get("location");
  if (![301, 302, 303, 307, 308].includes(status) || location === null) return undefined;
  const next = URL.canParse(location, url) ? new URL(location, url) : undefined;
  return next && /^https?:$/.test(next.protocol) ? next : badRedirect(url, "leads to what is no http address");
}

function badRedirect(url: string, what: string): Failure {
  return {
    code: "bad-redirect",
    message: `The redirect of ${where(url)} ${what}.`,
    hint: "Answer it directly, or redirect once to the right address.",
  };
}

/** Whether an answer is a page for people. */
export function isHtml({ headers, bytes }: Pick<Reply, "headers" | "bytes">): boolean {
  return /^\s*text\/html\b/i.test(headers.get("content-type") ?? "") || isPage(bytes);
}

/** Likewise by what it holds alone: servers send any text as HTML. */
export function isPage(bytes: Uint8Array): boolean {
  return /^\s*<(!doctype html|html|head|body)\b/i.test(Buffer.from(bytes.subarray(0, 200)).toString("latin1"));
}

export function loginPage(from: string, to: string): Failure {
  return {
    code: "login-page",
    message: `${where(from)} is redirected to ${where(to)}, a page for people: a login page, it seems.`,
    hint: "Workspace cannot log in there: let the backend accept a header, such as X-API-KEY, and answer 401 without it.",
  };
}

function without(headers: Record<string, string>, name: string): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([key]) => key.toLowerCase() !== name));
}
