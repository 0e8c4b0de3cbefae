/**
 * The options of `create`, each written once: its flag, its key in a config file, its help text, its choices.
 * The command line, the prompts, the config file, its JSON Schema and the "next time" line are all read off this list.
 * Plain data, for `--help` loads it.
 */

export interface OptionSpec {
  /** The key in the config file and in the answers. */
  key: string;
  /** As commander writes it; a boolean option also gets its `--no-` form. */
  flags: string;
  kind: "text" | "integer" | "boolean" | "choice" | "list";
  choices?: readonly string[];
  /** One line for `--help` and the JSON Schema. */
  help: string;
  /** Shown in `--help`; the value itself is worked out in `answers.ts`, where it may depend on others. */
  defaultHelp?: string;
}

export const PACKAGE_MANAGERS = ["npm", "pnpm", "yarn", "bun"] as const;
export type PackageManager = (typeof PACKAGE_MANAGERS)[number];
export const AUTH_KINDS = ["none", "api-key"] as const;
export const CI_KINDS = ["github", "none"] as const;
export const ON_CONFLICT = ["refuse", "skip", "overwrite"] as const;
/** Written here too, not read off the catalog: `--help` does not load it. A test holds the two together. */
export const PRESET_KINDS = ["starter", "minimal", "showcase"] as const;
export type OnConflict = (typeof ON_CONFLICT)[number];

export const APPS: OptionSpec = {
  key: "apps",
  flags: "--apps <file|url>",
  kind: "text",
  help: "with --from: its dashboards too, an apps.json",
};

export const FIX: OptionSpec = {
  key: "fix",
  flags: "--fix",
  kind: "boolean",
  help: "with --from: mend entries that Workspace would reject, where it is certain how",
};
export const DRY_RUN: OptionSpec = {
  key: "dryRun",
  flags: "--dry-run",
  kind: "boolean",
  help: "show what would be done, and do nothing",
};
export const DIFF: OptionSpec = {
  key: "diff",
  flags: "--diff",
  kind: "boolean",
  help: "show what would change, line by line; does nothing, like --dry-run",
};
export const JSON_OPTION: OptionSpec = {
  key: "json",
  flags: "--json",
  kind: "boolean",
  help: "print one JSON document: the plan or the result",
};

/** What describes the project: each has a flag, a config key and (save the last few) a question. */
export const PROJECT_OPTIONS: OptionSpec[] = [
  {
    key: "name",
    flags: "--name <name>",
    kind: "text",
    help: "name of the backend, also its npm package name",
    defaultHelp: "from the directory",
  },
  {
    key: "widgets",
    flags: "--widget <spec>",
    kind: "list",
    help: "a widget to make: type[:id], or type=…,variant=…,id=…,name=…,category=… (repeatable)",
  },
  {
    key: "preset",
    flags: "--preset <name>",
    kind: "choice",
    choices: PRESET_KINDS,
    help: "a ready set of widgets: the usual six, one table, or one of everything",
    defaultHelp: "starter with --yes",
  },
  {
    key: "from",
    flags: "--from <file|url>",
    kind: "text",
    help: "take over every widget of an existing widgets.json, each with an endpoint that works",
  },
  APPS,
  FIX,
  { key: "category", flags: "--category <category>", kind: "text", help: "category of every widget without its own" },
  {
    key: "subCategory",
    flags: "--sub-category <category>",
    kind: "text",
    help: "sub-category of every widget without its own",
  },
  {
    key: "port",
    flags: "--port <number>",
    kind: "integer",
    help: "port that the backend listens on",
    defaultHelp: "7779",
  },
  {
    key: "origins",
    flags: "--origin <url>",
    kind: "list",
    help: "origin that may call the backend, beside OpenBB Workspace's own (repeatable)",
  },
  {
    key: "auth",
    flags: "--auth <kind>",
    kind: "choice",
    choices: AUTH_KINDS,
    help: "whether callers need an API key",
    defaultHelp: "none",
  },
  { key: "docker", flags: "--docker", kind: "boolean", help: "add a Dockerfile", defaultHelp: "yes" },
  {
    key: "ci",
    flags: "--ci <kind>",
    kind: "choice",
    choices: CI_KINDS,
    help: "add a workflow that tests pushes and pull requests",
    defaultHelp: "github",
  },
  {
    key: "packageManager",
    flags: "--package-manager <name>",
    kind: "choice",
    choices: PACKAGE_MANAGERS,
    help: "package manager of the project",
    defaultHelp: "the one that runs this",
  },
  { key: "install", flags: "--install", kind: "boolean", help: "install the dependencies", defaultHelp: "yes" },
  { key: "git", flags: "--git", kind: "boolean", help: "start a git repository", defaultHelp: "yes" },
];

/** How the command runs: flags only, no part of the project. */
export const RUN_OPTIONS: OptionSpec[] = [
  { key: "yes", flags: "-y, --yes", kind: "boolean", help: "ask nothing, take the default of everything not given" },
  {
    key: "config",
    flags: "--config <file>",
    kind: "text",
    help: "read answers from a JSON or YAML file, or from standard input (-); flags win over it",
  },
  DRY_RUN,
  DIFF,
  JSON_OPTION,
  {
    key: "onConflict",
    flags: "--on-conflict <how>",
    kind: "choice",
    choices: ON_CONFLICT,
    help: "what to do with files in the way; overwrite keeps a backup of each",
    defaultHelp: "refuse",
  },
];

/** The long flag of an option, `--sub-category`; for a boolean that is false, `--no-docker`. */
export function flagName(option: OptionSpec, value: unknown = true): string {
  const long = /--[\w-]+/.exec(option.flags)?.[0] ?? "";
  return option.kind === "boolean" && value === false ? long.replace("--", "--no-") : long;
}
