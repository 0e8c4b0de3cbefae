/**
 * Plays Workspace against a running backend: connects to it, reads its files, and calls every widget (contract 1 and 3).
 * Network only; nothing is written, and forms are sent only when that is asked for.
 */
import { type BackendFinding, validateBackend } from "../contract/rules/index.js";
import { CancelledError } from "../errors.js";
import { mixedContent } from "./browser.js";
import { BrowserCaller, BUDGET_MS, type CallerOptions, forbiddenHeaders } from "./caller.js";
import { checkFormMethods } from "./forms.js";
import { eachOf } from "./limit.js";
import { fetchMetadata, fetchSchemas, hasQuery, type LiveFile, NETWORK_TEXT, queryProblem } from "./metadata.js";
import { checkOrigins, checkPreflights } from "./origins.js";
import type { Connection } from "./types.js";
import { isMixedContent } from "./url.js";
import { checkValidateAll } from "./validate-all.js";
import { readValues, soundWidgets } from "./values.js";
import { adviceFor, judge } from "./verdict.js";
import { checkWidget } from "./widgets/index.js";

export type { LiveFile } from "./metadata.js";
export type { Answer, Caller, CallRequest, Connection, SocketAnswer } from "./types.js";
export { dialogUrl, masker } from "./url.js";

export interface LiveOptions extends CallerOptions {
  /** Forms are sent as well: they may write. */
  forms?: boolean;
  /** Told how far it is: widgets, and what is looked at. */
  onProgress?: (progress: { done: number; total: number; what: string }) => void;
  /** The backend was started for this check: nobody needs advice on where it stands. */
  local?: boolean;
}

/** What Workspace would make of a running backend. */
export interface LiveReport {
  /** As the dialog keeps it, without credentials. */
  url: string;
  /** What was fetched, for places in the texts. A page for people in place of a file is not among them. */
  files: LiveFile[];
  /**
   * Of the files and of the calls. A file that is no JSON has one `invalid-json` for the whole: whoever reads its text
   * can say more.
   */
  findings: BackendFinding[];
  /** Whether Workspace shows its widgets. */
  connects: boolean;
  /** Whether the dialog's "Add" is enabled after "Test" (contract 1.6). */
  canAdd: boolean;
  /** In words, for people. */
  summary: string[];
  /** What to know where the browser stands between: about https, localhost and certificates. */
  advice: string[];
  checked: { widgets: number; apps: number; agents: number; calls: number };
}

/**
 * Checks a running backend as Workspace meets it.
 *
 * @param connection what the user would fill into the dialog
 * @returns what was found; calls that cannot be made are findings too
 * @throws CancelledError after `signal` was aborted; CliError with exit code 2 when the URL is none
 */
export async function checkLive(connection: Connection, options: LiveOptions = {}): Promise<LiveReport> {
  const { budgetMs = BUDGET_MS, concurrency = 4, forms = false } = options;
  const caller = new BrowserCaller(connection, options);
  const progress = options.onProgress ?? (() => {});
  const deadline = AbortSignal.timeout(budgetMs);
  progress({ done: 0, total: 1, what: "widgets.json" });
  for (const name of forbiddenHeaders(connection.headers)) caller.report(forbidden(name));
  const blocked = checkBase(caller);
  const metadata = await fetchMetadata(caller, deadline);
  const reads = metadata.reads ?? (blocked ? NETWORK_TEXT : undefined);
  const values = readValues(metadata.files);
  const found = [...values.findings, ...validateBackend(values.backend)];
  const sound = soundWidgets(values.backend.widgets, found);
  if (sound.some(([, { type }]) => type === "ssrm_advanced")) await fetchSchemas(caller, deadline);
  const readable = metadata.reads === undefined ? metadata.widgets : undefined;
  if (readable) {
    if (hasQuery(connection.url)) {
      const problem = queryProblem(connection.url, caller.urlOf("widgets.json"));
      caller.report({ ...problem, severity: "warning", path: "" });
    }
    await checkOrigins(caller, readable, AbortSignal.timeout(budgetMs));
  }
  const total = sound.length + 1;
  let done = 1;
  progress({ done, total, what: "the widgets" });
  await eachOf(sound, concurrency, async ([id, definition]) => {
    await checkWidget(id, definition, caller, { forms, budgetMs: options.budgetMs });
    done += 1;
    progress({ done, total, what: id });
  });
  if (!forms) await checkFormMethods(caller, sound, AbortSignal.timeout(budgetMs));
  if (readable) await checkPreflights(caller, AbortSignal.timeout(budgetMs));
  const strict = readable ? await checkValidateAll(caller, sound, { concurrency, budgetMs }) : [];
  if (options.signal?.aborted) throw new CancelledError();
  const { files } = metadata;
  const live = caller.findings();
  return {
    url: caller.mask(connection.url),
    files,
    findings: [...withoutEchoes(found, live), ...live],
    ...judge({ found, reads, backend: values.backend, strict }),
    advice: options.local ? [] : adviceFor(connection.url),
    checked: { ...values.counts, calls: caller.requests },
  };
}

function forbidden(name: string): Parameters<BrowserCaller["report"]>[0] {
  return {
    code: "forbidden-header",
    severity: "warning",
    path: "",
    message: `Browsers let no page set the header ${JSON.stringify(name.slice(0, 60))}: Workspace's calls go out without it.`,
    hint: "Use another one, such as Authorization or X-API-KEY.",
  };
}

/** Whether a browser would not call this URL at all. It is called all the same, to see what else there is. */
function checkBase(caller: BrowserCaller): boolean {
  const url = new URL(caller.connection.url);
  if (!isMixedContent(url)) return false;
  caller.report({ ...mixedContent(url), severity: "error", path: "" });
  return true;
}

/**
 * What a call has shown to fail needs no warning that it may.
 *
 * @param found what the files show
 * @param live what calls have shown
 */
export function withoutEchoes<T extends BackendFinding>(found: readonly T[], live: readonly BackendFinding[]): T[] {
  const shown = new Set(
    live.filter(({ code }) => /^(mixed-content|unloadable-url)$/.test(code)).map(({ path }) => path),
  );
  return found.filter(({ code, path }) => !(/^(insecure-url|bad-endpoint)$/.test(code) && shown.has(path)));
}
