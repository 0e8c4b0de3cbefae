import type { OptionSpec } from "./options.js";

/** The options of `validate` and `explain`. Plain data, for `--help` loads it. */

export const FORMATS = ["text", "json", "github", "sarif", "junit"] as const;
export type Format = (typeof FORMATS)[number];

/** What is said of the findings, and when they are a failure. */
export const REPORT_OPTIONS: OptionSpec[] = [
  {
    key: "format",
    flags: "--format <name>",
    kind: "choice",
    choices: FORMATS,
    help: "how findings are printed",
    defaultHelp: "text",
  },
  { key: "json", flags: "--json", kind: "boolean", help: "the same as --format json" },
  { key: "quiet", flags: "--quiet", kind: "boolean", help: "show errors only" },
  { key: "maxWarnings", flags: "--max-warnings <n>", kind: "integer", help: "fail when there are more warnings" },
  { key: "ignore", flags: "--ignore <code>", kind: "list", help: "leave out findings of this code (repeatable)" },
];

/** What is done with the files. */
export const FILE_OPTIONS: OptionSpec[] = [
  { key: "fix", flags: "--fix", kind: "boolean", help: "mend what it is certain how, and keep the rest of the files" },
  { key: "dryRun", flags: "--dry-run", kind: "boolean", help: "show what --fix would mend, and do nothing" },
  {
    key: "diff",
    flags: "--diff",
    kind: "boolean",
    help: "show what --fix would change, line by line; does nothing",
  },
  {
    key: "watch",
    flags: "--watch",
    kind: "boolean",
    help: "check again after every change, until Ctrl-C; ends with the last result's exit code",
  },
];

/** How a running backend is called. */
export const LIVE_OPTIONS: OptionSpec[] = [
  {
    key: "live",
    flags: "--live",
    kind: "boolean",
    help: "start the project, call everything in it as Workspace would, and stop it; a URL needs no --live",
  },
  {
    key: "header",
    flags: '--header <"name: value">',
    kind: "list",
    help: "a header of the connection; its value is never printed (repeatable)",
  },
  {
    key: "query",
    flags: "--query <name=value>",
    kind: "list",
    help: "a query credential of the connection; its value is never printed (repeatable)",
  },
  { key: "forms", flags: "--forms", kind: "boolean", help: "send forms too, with their defaults: they may write" },
  {
    key: "timeout",
    flags: "--timeout <seconds>",
    kind: "integer",
    help: "how long connecting may take, and each call after it",
    defaultHelp: "60, as in Workspace",
  },
  {
    key: "concurrency",
    flags: "--concurrency <n>",
    kind: "integer",
    help: "how many calls at a time",
    defaultHelp: "4",
  },
];
