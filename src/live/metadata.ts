/** The files of a backend, fetched in the order and in the time that Workspace has for them (contract 1.1, 1.2). */
import type { FileName } from "../contract/rules/rule.js";
import { isHtml, type Loaded, loginPage } from "./browser.js";
import type { BrowserCaller } from "./caller.js";
import { type Failure, isFailure } from "./http.js";
import { where } from "./url.js";

/** A file as it was fetched. */
export interface LiveFile {
  file: FileName;
  /** Its URL, without credentials. */
  name: string;
  /** Decoded as UTF-8, as Workspace does, without a byte order mark. */
  text: string;
  /** Where it is no good UTF-8. */
  encoding?: "utf-16" | "broken";
}

/** What the dialog says when the browser had nothing to read (contract 1.2). */
export const NETWORK_TEXT = "server error, see console";

export interface Metadata {
  files: LiveFile[];
  /** What the user reads in the dialog, where the backend does not connect. */
  reads?: string;
  /** The answer to widgets.json, where the page could read it. */
  widgets?: Loaded;
}

/**
 * Fetches widgets.json, then apps.json (or templates.json) and agents.json, as connecting does. Failures are reported
 * to the caller.
 *
 * @param deadline the one budget of all these calls
 */
export async function fetchMetadata(caller: BrowserCaller, deadline: AbortSignal): Promise<Metadata> {
  const widgets = await fetchWidgets(caller, deadline);
  // Who does not answer at all is not asked for more.
  if (widgets.gone) return { files: [], reads: widgets.reads };
  const [apps, agents] = await Promise.all([
    fetchApps(caller, deadline, widgets.loaded?.status),
    fetchAgents(caller, deadline),
  ]);
  const files = [widgets.file, apps, agents].filter((file) => file !== undefined);
  return { files, reads: widgets.reads, widgets: widgets.loaded };
}

interface FetchedWidgets {
  file?: LiveFile;
  loaded?: Loaded;
  reads?: string;
  gone?: boolean;
}

async function fetchWidgets(caller: BrowserCaller, deadline: AbortSignal): Promise<FetchedWidgets> {
  const url = caller.urlOf("widgets.json", true);
  const { headers } = caller.connection;
  const fail = (failure: Failure) => caller.fail(underQuery(failure, caller), { path: "", call: `GET ${url}` });
  const outcome = await caller.load({ url, headers, deadline });
  if (isFailure(outcome)) {
    // Windows connects nobody to 0.0.0.0; that it is no address to call is told already.
    if (!/^http:\/\/(0\.0\.0\.0|\[::\])/.test(url)) fail(outcome);
    const reads = outcome.code === "timed-out" ? "request timed out" : NETWORK_TEXT;
    if (!isCors(outcome)) return { reads, gone: true };
    // The page may not read it; we can, and see what else there is.
    const hidden = await caller.load({ url, headers, navigation: true, deadline });
    const file =
      isFailure(hidden) || !isGood(hidden) || isHtml(hidden) ? undefined : fileOf(caller, "widgets.json", hidden);
    return { reads, file };
  }
  if (!isGood(outcome)) {
    fail(statusProblem(outcome, url));
    return { reads: statusText(outcome.status), loaded: outcome };
  }
  if (isHtml(outcome)) {
    fail(htmlProblem(outcome, url));
    return { reads: "the text of a JSON parse error", loaded: outcome };
  }
  if (outcome.redirects.length > 0) caller.redirected(outcome, { path: "", call: `GET ${url}` });
  return { file: fileOf(caller, "widgets.json", outcome), loaded: outcome };
}

/**
 * Apps are optional; where there are some that cannot be had, that is told.
 * @param told the status of widgets.json: what is wrong with both is wrong with the backend
 */
async function fetchApps(
  caller: BrowserCaller,
  deadline: AbortSignal,
  told: number | undefined,
): Promise<LiveFile | undefined> {
  for (const path of ["apps.json", "templates.json"]) {
    const url = caller.urlOf(path, true);
    const call = { path: "", call: `GET ${url}`, file: "apps.json" as const };
    const outcome = await caller.load({ url, headers: caller.connection.headers, deadline });
    if (isFailure(outcome)) {
      // A network error skips the fallback (contract 1.1).
      if (outcome.status !== 404) caller.fail(outcome, call);
      return undefined;
    }
    if (isGood(outcome)) {
      const file = isHtml(outcome) ? undefined : fileOf(caller, "apps.json", outcome);
      if (file && isMeantAsJson(file.text)) return file;
      const problem = file
        ? noApps(url, file.text.trim() === "" ? "nothing" : "what is no JSON")
        : htmlProblem(outcome, url);
      caller.fail(problem, { ...call, severity: "warning" });
      return undefined;
    }
    if (outcome.status !== 404 && outcome.status !== told) {
      caller.fail(noApps(url, `status ${outcome.status}`), { ...call, severity: "warning" });
    }
  }
  return undefined;
}

function noApps(url: string, what: string): Failure {
  const message = `${where(url)} answers with ${what}: Workspace shows no apps.`;
  const hint = "Answer with a list of apps, with [] where there are none, or with 404.";
  return { code: "apps-json-fails", message, hint };
}

/** Whether it is JSON, or was meant to be: then it is worth a look where it is wrong. */
function isMeantAsJson(text: string): boolean {
  return /^\s*([[{]|null\s*$)/.test(text);
}

/** Whether this tells of agents. Workspace passes over anything else without a word (contract 1.5). */
function tellsOfAgents(text: string): boolean {
  if (!isMeantAsJson(text)) return false;
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) || Object.values(value ?? {}).some((one) => typeof one === "object" && one !== null);
  } catch {
    return true;
  }
}

/** Most backends have no agents, and answer anything. */
async function fetchAgents(caller: BrowserCaller, deadline: AbortSignal): Promise<LiveFile | undefined> {
  const outcome = await caller.load({ url: caller.urlOf("agents.json"), headers: caller.connection.headers, deadline });
  if (isFailure(outcome)) {
    const call = { path: "", call: `GET ${caller.urlOf("agents.json")}`, file: "agents.json" as const };
    // Connecting waits for it as well.
    const late = outcome.code === "timed-out";
    if (late || (outcome.status !== undefined && outcome.status < 300)) {
      caller.fail(outcome, { ...call, severity: "warning" });
    }
    return undefined;
  }
  if (!isGood(outcome) || isHtml(outcome)) return undefined;
  const file = fileOf(caller, "agents.json", outcome);
  return tellsOfAgents(file.text) ? file : undefined;
}

/** Widgets of type ssrm_advanced: their schemas are asked for, and no failure matters (contract 1.1). */
export async function fetchSchemas(caller: BrowserCaller, deadline: AbortSignal): Promise<void> {
  const paths = ["table-schemas", "semantic-views"];
  const { headers } = caller.connection;
  await Promise.all(paths.map((path) => caller.load({ url: caller.urlOf(path, true), headers, deadline })));
}

const decoder = new TextDecoder();
/** No more than a look at what was meant: Workspace reads UTF-8 only. */
const wideDecoder = ({ 0: first }: Uint8Array) =>
  new TextDecoder(first === 0xfe || first === 0 ? "utf-16be" : "utf-16le");

function fileOf(caller: BrowserCaller, file: FileName, { url, bytes }: Loaded): LiveFile {
  const wide = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff) || bytes[1] === 0;
  const text = (wide ? wideDecoder(bytes) : decoder).decode(bytes);
  const encoding = wide ? "utf-16" : text.includes("\ufffd") ? "broken" : undefined;
  return { file, name: caller.mask(url), text, ...(encoding && { encoding }) };
}

function isGood({ status }: Loaded): boolean {
  return status >= 200 && status < 300;
}

/** Failures that a browser makes of an answer that is there. */
function isCors({ code }: Failure): boolean {
  return /^(no-cors|wrong-cors-origin|preflight-|header-not-allowed|method-not-allowed)/.test(code);
}

/** What the dialog says of a status (contract 1.2). */
function statusText(status: number): string {
  if (status === 401 || status === 403) {
    return `authentication failed, check the Authorization header (Status: ${status})`;
  }
  if (status === 404) return "widgets.json was not found on the server";
  if (status === 422) return "server rejected the request";
  return status >= 500 ? "server error, see console" : "unable to find a widgets.json";
}

function statusProblem({ status }: Loaded, url: string): Failure {
  const message = `${where(url)} answers with status ${status}.`;
  if (status === 401 || status === 403) {
    return {
      code: "not-authorised",
      message: `${message} The credentials are missing or wrong.`,
      hint: 'Give them: --header "X-API-KEY: …" (or --query key=…), and the same ones in Workspace\'s dialog.',
    };
  }
  if (status === 404) {
    const doubled = /\/widgets\.json\/widgets\.json$/.test(where(url));
    const hint = doubled
      ? "Leave /widgets.json out of the URL: Workspace adds it."
      : "Check the URL: Workspace asks for widgets.json right under it. Then see that the backend serves the file.";
    return { code: "no-widgets-json", message, hint };
  }
  return { code: "widgets-json-fails", message, hint: "Look into the backend's log." };
}

function htmlProblem(loaded: Loaded, url: string): Failure {
  const [first] = loaded.redirects;
  if (first !== undefined) return loginPage(first, loaded.url);
  return {
    code: "html-instead-of-json",
    message: `${where(url)} is answered with a page for people (HTML), not with JSON.`,
    hint: "Check the URL: it must be the backend's, not that of a website, and a route for all paths must not catch this one.",
  };
}

/** Under a base URL with a query nothing is found: that is the cause, whatever the server says. */
function underQuery(failure: Failure, { connection, urlOf }: BrowserCaller): Failure {
  return hasQuery(connection.url) && !isNetwork(failure)
    ? queryProblem(connection.url, urlOf("widgets.json"))
    : failure;
}

function isNetwork({ code }: Failure): boolean {
  return /^(no-connection|unknown-host|https-fails|blocked-port|credentials-in-url|timed-out)$/.test(code);
}

export function hasQuery(url: string): boolean {
  return /[?#]/.test(url);
}

/** What is said of a base URL with a query string (contract 1.1). */
export function queryProblem(url: string, asked: string): Failure {
  const [base = ""] = url.split(/[?#]/, 1);
  const query = url[base.length] === "?";
  const what = query ? "a query string" : "a # in it";
  return {
    code: "base-with-query",
    message: `The URL has ${what}, to which Workspace adds the path: it asks for ${asked}.`,
    hint: `Write ${base}${query ? ", and give what follows as a query parameter of its own in the dialog (--query name=value)" : ""}.`,
  };
}
