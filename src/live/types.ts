import type { BackendFinding } from "../contract/rules/rule.js";

/** What the user fills into Workspace's connect dialog (contract 1.1). */
export interface Connection {
  /** The base URL as the dialog keeps it: no trailing slash. */
  url: string;
  /** Sent with nearly every call. */
  headers: Record<string, string>;
  /** Appended to the query of metadata, and of most widgets. */
  query: Record<string, string>;
}

/** A call as Workspace's browser makes it. */
export interface CallRequest {
  /** The widget that it is made for; none for the metadata. */
  widget?: string;
  /** Where in widgets.json the call comes from: `/prices/endpoint`, `/prices/params/0/optionsEndpoint`. */
  path: string;
  /** Relative to the base URL, or absolute; with its query, save for credentials. */
  endpoint: string;
  /** GET when it is not given. */
  method?: "GET" | "POST" | "PUT";
  /** Sent as JSON. */
  body?: unknown;
  /** It may write: it is sent no second time, as a browser would where a connection was cut. */
  once?: boolean;
  /** Whether the connection's headers go along: Workspace leaves them out for pdf, iframe and linked files. */
  bare?: boolean;
  /** Whether the connection's query credentials go along (contract 3.0); no, unless it is said. */
  credentials?: boolean;
  /** A page for people is what is asked for; else a redirect to one is a login. */
  page?: boolean;
  /** A navigation of the browser, such as an iframe: no CORS is needed. */
  navigation?: boolean;
}

/** What came back of a call that the browser lets the page read. */
export interface Answer {
  /** What was asked: `GET http://localhost:7779/prices?limit=5`; credentials are masked. */
  call: string;
  /** The URL at the end of all redirects. */
  url: string;
  status: number;
  /** Names in lower case. */
  headers: Record<string, string>;
  /** The body as text, as UTF-8; cut where it exceeds the limit. */
  text: string;
  bytes: Uint8Array;
  /** From sending to the last byte. */
  ms: number;
}

/** What a socket said: messages as texts, in order. */
export interface SocketAnswer {
  /** `WS ws://localhost:7779/live`. */
  call: string;
  opened: boolean;
  messages: string[];
  /** Why it did not open, or how it was closed by the other side. */
  reason?: string;
  /** Whether a message was so large that it was not read. */
  tooLarge?: boolean;
}

/** A socket to be opened. */
export interface SocketRequest {
  widget: string;
  path: string;
  endpoint: string;
  hello: unknown;
  /** Whether this message will do: what only greets is not all that comes. */
  enough?: (message: string) => boolean;
}

/** Calls a backend as Workspace's browser does. One for a whole check; bounded in time, memory and parallel calls. */
export interface Caller {
  readonly connection: Connection;
  /** Aborted when the user cancels: whoever waits for something else than a call should stop. */
  readonly signal?: AbortSignal;
  /**
   * Makes a call: preflight where the browser would send one, redirects followed, body bounded.
   *
   * @returns undefined where the page would get nothing to read (no connection, CORS, timeout, too large): the reason
   * is reported already
   */
  call(request: CallRequest): Promise<Answer | undefined>;
  /** Opens a socket as live_grid does, sends `hello` as JSON, and waits for the first message or the limit. */
  socket(request: SocketRequest): Promise<SocketAnswer>;
  /** Adds a finding; credentials in its texts are masked. Its file is widgets.json when nothing is said. */
  report(finding: Omit<BackendFinding, "file" | "why"> & { file?: BackendFinding["file"] }): void;
}
