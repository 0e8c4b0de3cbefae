import { CELL_DATA_TYPES, WIDGET_TYPES } from "../../contract/constants.js";
import { APPS, DIFF, DRY_RUN, FIX, type OptionSpec } from "../options.js";

/** The options of `add-widget` and of the other commands that change a project. Plain data, for `--help` loads it. */

/** The kinds of parameters that `--param` makes. */
export const FLAG_PARAM_TYPES = ["text", "number", "boolean", "date", "ticker", "endpoint", "tabs"] as const;

/** What describes the new widget: what is not given is taken from the type's sample. */
export const WIDGET_OPTIONS: OptionSpec[] = [
  {
    key: "type",
    flags: "--type <type>",
    kind: "text",
    // Of a note's two names, the other is Workspace's own.
    help: `widget type: ${WIDGET_TYPES.filter((type) => type !== "rich_note").join(", ")}`,
  },
  { key: "variant", flags: "--variant <name>", kind: "text", help: "which of the type's samples" },
  { key: "id", flags: "--id <id>", kind: "text", help: "id of the widget", defaultHelp: "from the name" },
  { key: "name", flags: "--name <name>", kind: "text", help: "title of the widget", defaultHelp: "from the id" },
  { key: "description", flags: "--description <text>", kind: "text", help: "what it shows; Workspace's AI reads it" },
  { key: "category", flags: "--category <category>", kind: "text", help: "category" },
  { key: "subCategory", flags: "--sub-category <category>", kind: "text", help: "sub-category" },
  { key: "endpoint", flags: "--endpoint <path>", kind: "text", help: "path of its data", defaultHelp: "the id" },
  {
    key: "params",
    flags: "--param <name:type[=default]>",
    kind: "list",
    help: `a parameter, in place of the sample's: ${FLAG_PARAM_TYPES.join(", ")} (repeatable)`,
  },
  { key: "choices", flags: "--option <param=a,b,c>", kind: "list", help: "the choices of a parameter (repeatable)" },
  {
    key: "columns",
    flags: "--column <field:type>",
    kind: "list",
    help: `a column, in place of the sample's: ${CELL_DATA_TYPES.join(", ")} (repeatable)`,
  },
  {
    key: "refetch",
    flags: "--refetch <interval|cron>",
    kind: "text",
    help: "how often Workspace asks again: 30s, 5m, 1h, a cron expression, or never",
  },
  { key: "cache", flags: "--cache <seconds>", kind: "integer", help: "how long an answer is good for; 0: not kept" },
  {
    key: "answers",
    flags: "--answer <question=text>",
    kind: "list",
    help: "an answer to a question of the type (repeatable)",
  },
];

/** Where the new widgets go. */
export const PLACE_OPTIONS: OptionSpec[] = [
  { key: "app", flags: "--app <name>", kind: "text", help: "dashboard that shows it", defaultHelp: "the first" },
  { key: "tab", flags: "--tab <name>", kind: "text", help: "tab of the dashboard", defaultHelp: "the first" },
];

export const PROJECT: OptionSpec = {
  key: "project",
  flags: "--project <dir>",
  kind: "text",
  help: "folder of the backend",
  defaultHelp: "this one",
};

export const ADD_CONFIG: OptionSpec = {
  key: "config",
  flags: "--config <file>",
  kind: "text",
  help: "read widgets, one or many, from a JSON or YAML file, or from standard input (-)",
};

/** Widgets of an existing backend. */
export const FROM_OPTIONS: OptionSpec[] = [
  { key: "from", flags: "--from <file|url>", kind: "text", help: "add every widget of an existing widgets.json" },
  APPS,
  FIX,
];

export const INSTALL: OptionSpec = {
  key: "install",
  flags: "--install",
  kind: "boolean",
  help: "install dependencies that are new",
  defaultHelp: "yes",
};

/** How a command that changes a project runs. */
export const EDIT_RUN_OPTIONS: OptionSpec[] = [
  { key: "yes", flags: "-y, --yes", kind: "boolean", help: "ask nothing" },
  DRY_RUN,
  DIFF,
];

export const FORCE: OptionSpec = {
  key: "force",
  flags: "--force",
  kind: "boolean",
  help: "delete handlers that were edited, too",
};
