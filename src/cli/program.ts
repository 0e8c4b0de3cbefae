import { Command, InvalidArgumentError, Option } from "commander";
import {
  ADD_CONFIG,
  EDIT_RUN_OPTIONS,
  FORCE,
  FROM_OPTIONS,
  INSTALL,
  PLACE_OPTIONS,
  PROJECT,
  WIDGET_OPTIONS,
} from "../plan/edit/options.js";
import { JSON_OPTION, type OptionSpec, PROJECT_OPTIONS, RUN_OPTIONS } from "../plan/options.js";
import { FILE_OPTIONS, LIVE_OPTIONS, REPORT_OPTIONS } from "../plan/validate-options.js";
import { VERSION } from "../version.js";
import type { Bin } from "./main.js";
import type { Output } from "./output.js";

/** What every command works with. */
export interface CommandContext {
  output: Output;
  /** Aborted by Ctrl-C or SIGTERM. */
  signal: AbortSignal;
}

const EXAMPLES = `
Examples:
  npx create-openbb-backend                                   asks a few questions
  npx create-openbb-backend desk --yes                        the usual six widgets
  npx create-openbb-backend desk --preset showcase            one of everything
  npx create-openbb-backend desk --widget table --widget chart:volumes
  npx create-openbb-backend --config desk.yaml --json         in CI
  npx create-openbb-backend add-widget --type chart           in a backend that is there
  npx create-openbb-backend validate http://localhost:7779    what Workspace would say of one

Exit codes: 0 done, 1 failed and nothing changed, 2 wrong usage, 3 files in the way or unreadable,
4 validate has found errors, 5 installation left to do, 130 cancelled`;

/**
 * The command line of one of the two programs. Commands are loaded only when they run: this file and what it imports
 * is all that `--help` costs.
 *
 * @param argv what will be parsed: the options of a command that it does not name are left out, as making all of them
 * takes a tenth of the time in which a project is created
 */
export function buildProgram(bin: Bin, context: CommandContext, argv: readonly string[]): Command {
  const program = new Command(bin)
    .version(VERSION, "-v, --version", "show the version")
    .helpOption("-h, --help", "show this help");
  // What follows the name of a command belongs to that command: both have options of the same name.
  program.enablePositionalOptions();
  program.exitOverride().showHelpAfterError(`Try ${bin} --help.`).showSuggestionAfterError();
  const { output } = context;
  const width = Math.min(output.columns ?? 100, 110);
  program.configureOutput({
    writeOut: (text) => output.write(text),
    writeErr: (text) => output.write(text, "stderr"),
    getOutHelpWidth: () => width,
    getErrHelpWidth: () => width,
    // None of the texts have colours to be taken away.
    getOutHasColors: () => true,
    getErrHasColors: () => true,
  });
  program.configureHelp({
    // Each has options, whether they are here or not.
    subcommandTerm: (command) => `${command.name()} ${command.usage()}`,
  });

  if (bin === "create-openbb-backend") {
    describeCreate(program, context);
    describeManaging(program, context, argv);
  } else {
    program.description("Make and grow backends for OpenBB Workspace.");
    describeCreate(program.command("create").copyInheritedSettings(program), context);
    describeManaging(program, context, argv);
    program.action(() => program.outputHelp());
  }
  return program;
}

function describeCreate(command: Command, context: CommandContext): void {
  command
    .description("Create a backend for OpenBB Workspace: TypeScript on Express, ready to run.")
    .argument("[directory]", "where the project goes");
  for (const option of [...PROJECT_OPTIONS, ...RUN_OPTIONS]) addOption(command, option);
  command.addHelpText("after", EXAMPLES);
  command.action(async (directory: string | undefined, flags: Record<string, unknown>) => {
    const { create } = await import("./create.js");
    process.exitCode = await create(directory, flags, context);
  });
}

/** The commands that change a backend that is there. */
function describeManaging(program: Command, context: CommandContext, argv: readonly string[]): void {
  const describe = (usage: string, text: string, options: OptionSpec[]) => {
    const command = program.command(usage).copyInheritedSettings(program).description(text);
    command.showHelpAfterError(`Try ${program.name()} ${command.name()} --help.`);
    if (argv.includes(command.name())) for (const option of options) addOption(command, option);
    return command;
  };
  describe("add-widget", "Add a widget to a backend: its entry, handler, place on the dashboard and tests.", [
    ...WIDGET_OPTIONS,
    ...PLACE_OPTIONS,
    ADD_CONFIG,
    ...FROM_OPTIONS,
    PROJECT,
    ...EDIT_RUN_OPTIONS,
    JSON_OPTION,
    INSTALL,
  ])
    .option("--no-app", "put it on no dashboard")
    .action(async (flags: Record<string, unknown>) => {
      const { addWidget } = await import("./add.js");
      process.exitCode = await addWidget(flags, context);
    });
  describe("adopt", "Make a project beside a backend that this tool did not make, from its widgets.json.", [
    ...PROJECT_OPTIONS.filter(({ key }) => !["widgets", "preset", "from", "apps"].includes(key)).map(withoutFrom),
    ...RUN_OPTIONS.filter(({ key }) => key !== "config"),
  ])
    .argument("[folder]", "the backend that is there (default: this folder)")
    .argument("[directory]", "where the project goes (default: beside it, -openbb after its name)")
    .action(async (folder: string | undefined, directory: string | undefined, flags) => {
      const { adopt } = await import("./adopt.js");
      process.exitCode = await adopt(folder ?? ".", directory, flags, context);
    });
  describe("list", "List the widgets of a backend.", [PROJECT, JSON_OPTION]).action(async (flags) => {
    const { list } = await import("./manage.js");
    process.exitCode = await list(flags, context);
  });
  describe("remove-widget <id...>", "Remove widgets from every place of a backend.", [
    PROJECT,
    FORCE,
    ...EDIT_RUN_OPTIONS,
    JSON_OPTION,
    INSTALL,
  ]).action(async (ids: string[], flags) => {
    const { removeWidget } = await import("./manage.js");
    process.exitCode = await removeWidget(ids, flags, context);
  });
  describe("rename-widget <old> <new>", "Give a widget another id, in every place of a backend.", [
    PROJECT,
    ...EDIT_RUN_OPTIONS,
    JSON_OPTION,
  ]).action(async (from: string, to: string, flags) => {
    const { renameWidget } = await import("./manage.js");
    process.exitCode = await renameWidget(from, to, flags, context);
  });
  describe("validate [target]", "Say of a folder, a file or a running backend's URL what Workspace would.", [
    ...REPORT_OPTIONS,
    ...FILE_OPTIONS,
    ...LIVE_OPTIONS,
  ]).action(async (target: string | undefined, flags) => {
    const { validate } = await import("./validate.js");
    process.exitCode = await validate(target, flags, context);
  });
  describe("explain [code]", "Say what a code of validate means, with an example; without one, list them all.", [
    JSON_OPTION,
  ]).action(async (code: string | undefined) => {
    const { explain } = await import("./explain.js");
    process.exitCode = explain(code, context);
  });
}

/** An option as `adopt` has it: there, all comes from a backend. */
function withoutFrom(option: OptionSpec): OptionSpec {
  return { ...option, help: option.help.replace(/^with --from: /, "") };
}

/** Commander names a flag's value after the flag: `--widget` gives `widget`. The attribute name is the flag's. */
function addOption(command: Command, spec: OptionSpec): void {
  const help = spec.defaultHelp ? `${spec.help} (default: ${spec.defaultHelp})` : spec.help;
  const option = new Option(spec.flags, help);
  if (spec.choices) option.choices([...spec.choices]);
  if (spec.kind === "text") option.argParser(notAFlag);
  if (spec.kind === "list") option.argParser((value: string, all: string[] = []) => [...all, notAFlag(value)]);
  if (spec.kind === "integer") {
    option.argParser((value: string) => {
      if (!/^\d{1,9}$/.test(value)) throw new InvalidArgumentError("It must be a whole number of at most nine digits.");
      return Number(value);
    });
  }
  command.addOption(option);
  const negatable = spec.kind === "boolean" && spec.defaultHelp === "yes";
  if (negatable) command.addOption(new Option(spec.flags.replace("--", "--no-"), `do not ${spec.help}`));
}

/** Where a script's variable is empty, the next flag would be taken for the value, and not be heeded. */
function notAFlag(value: string): string {
  if (/^--[a-z]/.test(value)) throw new InvalidArgumentError("It is a flag: the value before it is missing.");
  return value;
}
