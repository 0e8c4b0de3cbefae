import { basename } from "node:path";
import { CliError, EXIT, type ExitCode } from "../errors.js";
import type { Format } from "../plan/validate-options.js";
import { type ManifestFile, readManifests, watchedBy } from "../project/manifests.js";
import { checkFiles } from "../validate/check.js";
import { kindOf } from "../validate/kind.js";
import type { CheckedFile, Report } from "../validate/report.js";
import { exitCodeOf, judge } from "../validate/verdict.js";
import { wantedCode } from "./explain.js";
import type { CommandContext } from "./program.js";
import { printVerdict } from "./validate-print.js";

/** The flags of `validate`, as commander gives them. */
export interface ValidateFlags {
  format?: Format;
  json?: boolean;
  quiet?: boolean;
  maxWarnings?: number;
  ignore?: string[];
  fix?: boolean;
  dryRun?: boolean;
  diff?: boolean;
  watch?: boolean;
  live?: boolean;
  header?: string[];
  query?: string[];
  forms?: boolean;
  timeout?: number;
  concurrency?: number;
}

/** What was checked, with what else is known for the output. */
export interface Checked {
  report: Report;
  /** The folder of the files, absolute; undefined for a URL. */
  root?: string;
}

/**
 * `validate`: says of a backend what Workspace would.
 *
 * @param target a folder, a file, or the URL of a running backend
 * @returns 0, or 4 when there are errors, or more warnings than allowed
 * @throws CliError with exit code 2 or 3 when there is nothing that could be checked
 */
export async function validate(
  target: string | undefined,
  flags: ValidateFlags,
  context: CommandContext,
): Promise<ExitCode> {
  const isUrl = /^\s*https?:/i.test(target ?? "");
  // The dialog trims addresses as well.
  const given = isUrl ? (target as string).trim() : (target ?? ".");
  refuseContradictions(flags, isUrl);
  const ignore = (flags.ignore ?? []).map(wantedCode);
  const show = (checked: Checked) => print(given, checked, { ...flags, ignore }, context);

  if (isUrl || flags.live) {
    const { checkRunning } = await import("./validate-live.js");
    return show(await checkRunning(given, flags, context));
  }
  if (flags.fix || flags.dryRun || flags.diff) {
    const { fixFiles } = await import("./validate-fix.js");
    return fixFiles(given, { ...flags, ignore }, context);
  }
  if (flags.watch) return watch(given, () => checkFolder(given).then(show), context);
  return show(await checkFolder(given));
}

/** Checks the files of a folder, or one file. */
export async function checkFolder(given: string): Promise<Checked & { root: string }> {
  const { root, files, handlers } = await readManifests(given);
  return { report: checkFiles(given, checkedFiles(files), handlers ? { handlers } : {}), root };
}

/** Files of the disk as those that are checked. */
export function checkedFiles(files: ManifestFile[]): CheckedFile[] {
  return files.map(({ file, name, path, text, encoding }) => {
    return { file: file ?? kindOf(basename(path), text), name, text, ...(encoding && { encoding }) };
  });
}

async function print(
  given: string,
  checked: Checked,
  flags: ValidateFlags,
  context: CommandContext,
): Promise<ExitCode> {
  const verdict = judge(checked.report, flags);
  await printVerdict(verdict, { ...checked, given, format: formatOf(flags) }, context);
  return exitCodeOf(verdict);
}

export function formatOf({ format, json }: ValidateFlags): Format {
  return json ? "json" : (format ?? "text");
}

/** Checks again after every change, until Ctrl-C. What was printed before stays. */
async function watch(
  given: string,
  check: () => Promise<ExitCode>,
  { output, signal }: CommandContext,
): Promise<ExitCode> {
  const { signatureOf, waitForChange } = await import("../project/watch.js");
  const watched = watchedBy(given);
  let code: ExitCode = EXIT.done;
  for (let first = true; ; first = false) {
    // Before the check, so that no change is missed while it runs.
    const signature = await signatureOf(watched);
    try {
      code = await check();
    } catch (error) {
      // A file that is away for a moment, or a folder without widgets.json yet: it may come.
      if (!(error instanceof CliError) || (first && error.exitCode === EXIT.usage)) throw error;
      output.warn(error.hint ? `${error.message}\n  ${error.hint}` : error.message);
      code = error.exitCode;
    }
    output.say(`\nWatching ${given === "." ? "this folder" : given} for changes. Ctrl-C ends it.`);
    if (!(await waitForChange(watched, signature, signal))) return code;
    output.say(`\n${"─".repeat(20)} ${new Date().toLocaleTimeString("en-GB")} ${"─".repeat(20)}\n`);
  }
}

function refuseContradictions(flags: ValidateFlags, isUrl: boolean): void {
  const refuse = (message: string, hint: string) => {
    throw new CliError(EXIT.usage, message, hint);
  };
  const live = isUrl || flags.live === true;
  const format = formatOf(flags);
  if (flags.json && flags.format && flags.format !== "json") {
    refuse(`--json and --format ${flags.format} contradict each other.`, "Give one of the two.");
  }
  if (flags.watch && (live || flags.fix || flags.dryRun || flags.diff)) {
    refuse("--watch only checks files.", "Leave out --watch, or --live, --fix, --dry-run and --diff.");
  }
  if (flags.watch && format !== "text") {
    refuse(`--watch prints text, not ${format}.`, `Leave out --watch, or --format ${format}.`);
  }
  if (isUrl && (flags.fix || flags.dryRun || flags.diff)) {
    refuse("--fix mends files, and a URL has none.", "Give the folder or the file instead.");
  }
  if (live && (flags.fix || flags.dryRun || flags.diff)) {
    refuse("--fix mends files without calling the backend.", "Run it without --live first.");
  }
  if ((flags.dryRun || flags.diff || flags.fix) && ["github", "sarif", "junit"].includes(format)) {
    refuse(`--format ${format} reports findings, and mends nothing.`, "Use --format json or text with --fix.");
  }
  const calling = (["header", "query", "forms", "timeout", "concurrency"] as const).find(
    (key) => flags[key] !== undefined,
  );
  for (const key of ["timeout", "concurrency"] as const) {
    if (flags[key] === 0) refuse(`--${key} must be at least 1.`, `Leave out --${key} for the usual.`);
  }
  if (!live && calling) {
    refuse(`--${calling} is for calling a running backend.`, "Give its URL, or --live in a project.");
  }
}
