import type { Finding } from "../findings.js";

/** The files of a backend that Workspace reads. */
export type FileName = "widgets.json" | "apps.json" | "agents.json";

/** A backend's files, parsed, and what else is known of it; what is absent is not checked. */
export interface Backend {
  widgets?: unknown;
  apps?: unknown;
  agents?: unknown;
  /** The handlers of a project of this tool. */
  handlers?: readonly Handler[];
}

/** The id of the widget that a handler is for, or that with the type of widget, where it is known. */
export type Handler = string | { id: string; type: string };

/** One step of a JSON Patch (RFC 6902) on a file; paths are JSON pointers from its root. */
export type Operation =
  | { op: "add" | "replace"; path: string; value: unknown }
  | { op: "remove"; path: string }
  | { op: "move"; from: string; path: string };

/** How a fault is mended, where that is certain. */
export interface Fix {
  /** "Write `ssrm_table`.": one sentence. */
  title: string;
  operations: Operation[];
}

/** A finding, with the file it is about and what the catalogue and the fixes know of it. */
export interface BackendFinding extends Finding {
  file: FileName;
  /** Why it matters: what a user of Workspace would meet. */
  why: string;
  fix?: Fix;
  /** The call that showed it, where a running backend was asked: `GET http://localhost:7779/prices?limit=5`. */
  call?: string;
}

/** What one kind of finding means: a section of the page of codes, and what `explain` prints. */
export interface Rule {
  /** A stable name in kebab-case. */
  code: string;
  /** The gravest severity that its findings have. */
  severity: Finding["severity"];
  /** Where it is found. `project`: between files and handlers; `live`: by calling a running backend. */
  about: FileName | "project" | "live";
  /** One sentence, of any such finding. */
  title: string;
  /** Why it matters: what a user of Workspace would meet. */
  why: string;
  /** What to do about it. */
  remedy: string;
  /** The section of the contract that it rests on: "4.2". */
  section: string;
  /** A backend that has this finding, and one that has none at all. The tests run both. */
  bad: Example;
  good: Example;
}

/** A backend small enough to read: its files, and where calls matter, what it answers. */
export interface Example extends Backend {
  /** The text of a file that is no JSON. */
  text?: string;
  live?: Exchange;
}

/** How a running backend behaves, as far as it matters; all else is as it should be. */
export interface Exchange {
  /**
   * By "GET /prices" or "WS /live": what comes back. Several: one after the other, the last one for good. A method with
   * `*` in place of the path stands for every path that is not named; " without credentials" after it makes it the
   * answer to calls that lack the connection's headers.
   */
  answers?: Record<string, CannedAnswer | CannedAnswer[]>;
  /** Said of the backend in words, where its answers do not show it. */
  note?: string;
  /**
   * What is typed into the connect dialog as URL: `{base}` is the backend's (when nothing is said), `{port}` its
   * port, `{secure}` the same with a certificate that nobody trusts, `{closed}` one where nobody listens.
   */
  url?: string;
  /** The credentials that are filled in there. */
  headers?: Record<string, string>;
  query?: Record<string, string>;
  /** The time there is for an answer, in milliseconds, instead of a minute. */
  budgetMs?: number;
  /** Whether forms are sent. */
  forms?: boolean;
}

export interface CannedAnswer {
  /** 200 when it is not given. */
  status?: number;
  /** Names in lower case; a `null` takes away what would be sent. JSON is `application/json` when nothing is said. */
  headers?: Record<string, string | null>;
  /** A text is sent as it is, anything else as JSON. For a socket: the messages, each sent as JSON. */
  body?: unknown;
  /** How long it takes, in milliseconds. */
  delayMs?: number;
  /** The connection is cut instead. */
  cut?: boolean;
  /** The body is sent again and again, without an end. */
  endless?: boolean;
  /** Sent over the connection as it is, in place of an answer. */
  raw?: string;
  /** A text is sent so many times in a row. */
  repeat?: number;
}
