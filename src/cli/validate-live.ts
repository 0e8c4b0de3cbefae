import { setTimeout as pause } from "node:timers/promises";
import { ruleOf } from "../contract/rules/catalogue/index.js";
import { CancelledError, CliError, EXIT } from "../errors.js";
import { type Connection, checkLive, dialogUrl, type LiveReport, masker, withoutEchoes } from "../live/index.js";
import { lastLines, type StartedProject, startProject } from "../project/start.js";
import { checkFiles, locate } from "../validate/check.js";
import type { ReportedFinding } from "../validate/report.js";
import type { CommandContext } from "./program.js";
import { type Checked, checkFolder, type ValidateFlags } from "./validate.js";
import { withLog } from "./validate-log.js";

/**
 * Checks a running backend as Workspace meets it: one at a URL, or a project that is started for it and stopped.
 *
 * @throws CliError with exit code 2 for credentials that cannot be read, 3 when the project does not start
 */
export async function checkRunning(given: string, flags: ValidateFlags, context: CommandContext): Promise<Checked> {
  const credentials = { headers: headersOf(flags.header ?? []), query: queryOf(flags.query ?? []) };
  if (/^https?:/i.test(given)) {
    const connection = { url: dialogUrl(given), ...credentials };
    const live = await call(connection, flags, context, false);
    return { report: withoutSecrets(withLive(checkFiles(live.url, live.files), live), connection) };
  }

  const here = await checkFolder(given);
  const running = await start(here, context);
  if (!running) return here;
  try {
    const headers = { ...running.headers, ...credentials.headers };
    const connection = { url: running.url, headers, query: credentials.query };
    const live = await call(connection, flags, context, true);
    await sayIfEnded(running, context);
    // The rest of its log comes when it ends.
    await running.stop();
    const served = live.files.find(({ file }) => file === "widgets.json")?.text;
    const findings = withLog(here.report, live.findings, served, running.log());
    const report = withLive(here.report, { ...live, findings }, true);
    return { ...here, report: withoutSecrets(report, connection) };
  } finally {
    await running.stop();
  }
}

/** Starts the project; not where its files say already why it does not start. */
async function start(here: Checked & { root: string }, context: CommandContext): Promise<StartedProject | undefined> {
  const { output, signal } = context;
  let end = () => {};
  const onStart = () => {
    end = output.progress("Starting the project …");
  };
  try {
    return await startProject(here.root, { signal, onStart }).finally(() => end());
  } catch (error) {
    const unread = here.report.findings.some(({ code, file }) => code === "invalid-json" && file !== "agents.json");
    if (!(error instanceof CliError) || error.exitCode !== EXIT.failed || !unread) throw error;
    output.warn(`${error.message} What its files show:\n`);
    return undefined;
  }
}

/** What calls have shown beside what the files show, with places in those files. */
function withLive(report: Checked["report"], live: LiveReport, project = false): Checked["report"] {
  const key = ({ code, file, path }: Pick<ReportedFinding, "code" | "file" | "path">) => `${file} ${path} ${code}`;
  const known = new Set(report.findings.map(key));
  // Of its own files a project knows more than what it serves shows: faulty widgets and apps are not in that.
  const isLess = ({ code, call }: (typeof live.findings)[number]) =>
    project && call === undefined && code !== "no-handler" && ruleOf(code)?.about !== "live";
  const more = live.findings.filter((finding) => !known.has(key(finding)) && !isLess(finding));
  const ofValues = report.findings.filter(({ textual }) => !textual);
  const { subject, files } = report;
  const { connects, canAdd, summary, advice } = live;
  // Located together, so that they come in the order of the files; what is wrong with the texts is found again.
  return {
    subject,
    files,
    findings: locate(subject, files, [...withoutEchoes(ofValues, live.findings), ...more]),
    workspace: { connects, canAdd, summary, advice },
    checked: { ...report.checked, calls: live.checked.calls },
  };
}

/** A backend may write its callers' credentials into what it serves: they are shown of that neither. */
function withoutSecrets(report: Checked["report"], connection: Connection): Checked["report"] {
  const mask = masker(connection);
  // As long as what they stand for, so that all places stay where they are.
  const stars = masker(connection, (secret) => "*".repeat(secret.length));
  const { files, findings, workspace } = report;
  const hidden = (finding: ReportedFinding): ReportedFinding => ({
    ...finding,
    path: mask(finding.path),
    message: mask(finding.message),
    ...(finding.hint !== undefined && { hint: mask(finding.hint) }),
    ...(finding.owner !== undefined && { owner: mask(finding.owner) }),
  });
  return {
    ...report,
    files: files.map((file) => ({ ...file, text: stars(file.text) })),
    findings: findings.map(hidden),
    ...(workspace && { workspace: { ...workspace, summary: workspace.summary.map(mask) } }),
  };
}

/** Calls to a backend that has ended find nobody: its log says why. */
async function sayIfEnded(running: StartedProject, { output, signal }: CommandContext): Promise<void> {
  if (!running.ended()) return;
  // Ctrl-C reaches the backend as well, and maybe before us.
  await pause(100);
  if (signal?.aborted) throw new CancelledError();
  const log = lastLines(running.log());
  output.warn(`The backend ended while it was checked.${log === "" ? "" : ` Its last lines:\n${log}`}`);
}

async function call(
  connection: Connection,
  { forms = false, timeout, concurrency = 4 }: ValidateFlags,
  { output, signal }: CommandContext,
  local: boolean,
): Promise<LiveReport> {
  const bar = output.bar();
  const budget = timeout === undefined ? {} : { budgetMs: timeout * 1000 };
  const options = { forms, concurrency, signal, local, onProgress: bar.update, ...budget };
  return checkLive(connection, options).finally(bar.end);
}

/** `Name: value`, as curl takes them. */
function headersOf(given: string[]): Record<string, string> {
  return Object.fromEntries(
    given.map((text) => {
      const mark = text.indexOf(":");
      const [name, value] = [text.slice(0, Math.max(mark, 0)).trim(), text.slice(mark + 1).trim()];
      const wrong = !/^[!#$%&'*+.^_`|~\w-]+$/.test(name)
        ? "it has no name before a colon, or one with special characters"
        : value === "" || /[^\t\x20-\x7e\x80-\xff]/.test(value)
          ? "its value is empty, or has characters that no header may have"
          : undefined;
      // Never with the value: it is a secret.
      if (wrong)
        throw new CliError(EXIT.usage, `A --header cannot be read: ${wrong}.`, 'Write --header "Name: value".');
      return [name, value];
    }),
  );
}

function queryOf(given: string[]): Record<string, string> {
  return Object.fromEntries(
    given.map((text) => {
      const mark = text.indexOf("=");
      if (mark > 0 && mark < text.length - 1) return [text.slice(0, mark), text.slice(mark + 1)];
      throw new CliError(
        EXIT.usage,
        "A --query cannot be read: it has no name or no value.",
        "Write --query name=value.",
      );
    }),
  );
}
