import { CliError, EXIT, type ExitCode } from "../errors.js";
import type { Import } from "../import.js";
import { checkSize, readWidgets } from "../plan/config.js";
import { type AddRequest, planAdd } from "../plan/edit/add.js";
import { knownType, specOfFlags, type WidgetFlags } from "../plan/edit/flags.js";
import { PLACE_OPTIONS, WIDGET_OPTIONS } from "../plan/edit/options.js";
import { manifestsOf } from "../plan/edit/where.js";
import { type ForeignAdd, planForeignAdd } from "../plan/foreign/add.js";
import { flagName } from "../plan/options.js";
import type { ProjectState } from "../plan/state.js";
import type { Plan } from "../plan/types.js";
import { readProject } from "../project/read.js";
import { VERSION } from "../version.js";
import { readDocument } from "./document.js";
import { type EditFlags, type EditTexts, projectRoot, runEdit, tidy } from "./edit.js";
import { camel, type Flags } from "./gather.js";
import type { CommandContext } from "./program.js";
import { isTerminal } from "./terminal.js";

/**
 * `add-widget`: one widget from flags or from answers, or many from a file.
 *
 * @returns the exit code; failures are thrown as CliError
 */
export async function addWidget(flags: Flags, context: CommandContext): Promise<ExitCode> {
  const { output, signal } = context;
  const edit = flags as EditFlags;
  const given = await gatherRequest(flags, signal);
  if (given.found) {
    const { importLines } = await import("../import.js");
    for (const line of importLines(given.found)) output.say(line);
  }
  if (given.specs.length > 0 || given.imported)
    return runEdit(
      edit,
      (state) => planFor(state, given),
      (plan) => texts(plan, given.found),
      context,
    );
  if (flags.yes === true || output.json || !isTerminal()) throw missing(flags.yes === true || output.json);

  const { request, command } = await ask(given, edit, context);
  const withCommand = (plan: Planned) => {
    const { lines = [], ...rest } = texts(plan);
    return { ...rest, lines: [...lines, `\nThe same without questions:\n  ${command}`] };
  };
  return runEdit(edit, (state) => planFor(state, request), withCommand, context);
}

/** What is planned, and in a project that this tool did not make what is left for the user to do. */
interface Planned extends Plan {
  widgets: { id: string; type: string; name: string; endpoint: string; file?: string | undefined }[];
  foreign?: Pick<ForeignAdd, "mount" | "where" | "contract">;
}

function planFor(state: ProjectState, request: AddRequest): Planned {
  if (manifestsOf(state).ours) return planAdd(state, request, VERSION);
  const { specs, imported, app, tab, noApp } = request;
  if (imported) {
    throw new CliError(
      EXIT.refused,
      "Only a project of this tool can take over the widgets of another backend.",
      "Make one from that file: npx create-openbb-backend <directory> --from <widgets.json>",
    );
  }
  const place = { app, tab, noApp };
  const { plan, widgets, mount, where, contract } = planForeignAdd(state, specs, place);
  const rows = widgets.map(({ id, definition: { type, name, endpoint } }) => ({ id, type, name, endpoint }));
  return { ...plan, widgets: rows, foreign: { mount, where, contract } };
}

/** What to add, and what was found in the backend that it is from. */
type Gathered = AddRequest & { found?: Import };

async function gatherRequest(flags: Flags, signal: AbortSignal): Promise<Gathered> {
  const fromFile = typeof flags.config === "string" ? await readSpecs(flags.config, signal) : { specs: [] };
  for (const { type } of fromFile.specs) knownType(type);
  const spec = specOfFlags(pick(flags, WIDGET_OPTIONS));
  const imported = await importOf(flags, signal);
  const dashboards = await dashboardsOf(flags, signal);
  const place = pick(flags, PLACE_OPTIONS) as { app?: string; tab?: string };
  return {
    ...fromFile,
    ...Object.fromEntries(Object.entries(place).filter(([, value]) => value !== undefined)),
    specs: [...fromFile.specs, ...(spec ? [spec] : [])],
    ...(imported ? { imported: imported.imported.widgets, found: imported } : {}),
    ...(dashboards === undefined ? {} : { dashboards }),
    // `--no-app` makes commander give false.
    ...((flags.app as unknown) === false ? { app: undefined, noApp: true } : {}),
  };
}

/** The widgets of the backend that `--from` names. */
async function importOf({ from, fix }: Flags, signal: AbortSignal): Promise<Import | undefined> {
  if (typeof from !== "string") {
    if (fix) throw new CliError(EXIT.usage, "--fix goes with --from.", "Give --from <widgets.json>.");
    return undefined;
  }
  const { readImport } = await import("../import.js");
  return readImport({ from, fix: fix === true }, signal);
}

/** The dashboards that `--apps` names; what is in them is looked at when it is known what else the project has. */
async function dashboardsOf({ from, apps, app }: Flags, signal: AbortSignal): Promise<unknown> {
  if (typeof apps !== "string") return undefined;
  if (typeof from !== "string")
    throw new CliError(EXIT.usage, "--apps goes with --from.", "Give --from <widgets.json>.");
  if ((app as unknown) === false)
    throw new CliError(EXIT.usage, "--apps and --no-app contradict each other.", "Leave one of them out.");
  const { readSource } = await import("../project/source.js");
  return readSource(apps, signal);
}

/** The values of some options, by their keys. */
function pick(flags: Flags, options: typeof WIDGET_OPTIONS): WidgetFlags {
  return Object.fromEntries(options.map((option) => [option.key, flags[camel(flagName(option))]]));
}

/** A file of one widget, a list of them, or `{ widgets, app, tab }`. */
async function readSpecs(path: string, signal: AbortSignal): Promise<AddRequest> {
  const { value, source } = await readDocument(path, signal);
  if (typeof value !== "object" || value === null) {
    throw new CliError(EXIT.usage, `${source} holds no widget.`, 'For example [{"type": "table", "id": "prices"}].');
  }
  checkSize(value, source);
  if (Array.isArray(value)) return { specs: readWidgets(value, source) };
  const { $schema: _, widgets, app, tab, ...rest } = value as Record<string, unknown>;
  if (widgets === undefined) return { specs: readWidgets([value], source) };
  const unknown = Object.keys(rest)[0];
  if (unknown !== undefined) {
    throw new CliError(
      EXIT.usage,
      `${source} has a key that is not known: ${JSON.stringify(unknown)}.`,
      "The keys are widgets, app and tab.",
    );
  }
  for (const [key, text] of Object.entries({ app, tab })) {
    if (text !== undefined && typeof text !== "string")
      throw new CliError(EXIT.usage, `${key} in ${source} must be a text.`);
  }
  return {
    specs: readWidgets(widgets, source),
    ...(app === undefined ? {} : { app: app as string }),
    ...(tab === undefined ? {} : { tab: tab as string }),
  };
}

async function ask(given: AddRequest, flags: EditFlags, context: CommandContext) {
  const { addCommand, askAdd } = await import("../prompts/add.js");
  const root = projectRoot(flags);
  if (!flags.dryRun && !flags.diff) await tidy(root, context);
  const { specs: _, ...place } = given;
  const state = await readProject(root);
  const adding = { state, place, preview: (request: AddRequest) => planFor(state, request) };
  const request = await askAdd(adding, { input: process.stdin, output: process.stdout, signal: context.signal });
  return { request, command: addCommand(request, flags.project, flags.install) };
}

function texts(plan: Planned, found?: Import): EditTexts {
  const names = plan.widgets.map(({ id }) => `"${id}"`).join(", ");
  const first = plan.widgets[0];
  return {
    done: "added",
    sentence: `Added ${plan.widgets.length === 1 ? "the widget" : `${plan.widgets.length} widgets:`} ${names}.`,
    facts: {
      widgets: plan.widgets,
      ...(found ? { imported: { left: found.left, mends: found.mends, notes: found.notes } } : {}),
      ...plan.foreign,
    },
    lines: plan.foreign
      ? foreignLines(plan.foreign)
      : first
        ? [
            `\nPut your own source into ${plan.widgets.length === 1 ? first.file : "the handlers of src/widgets"}.`,
            "In Workspace, refresh the backend to see it.",
          ]
        : [],
  };
}

function foreignLines({ mount, where, contract }: NonNullable<Planned["foreign"]>): string[] {
  const lines = mount.length > 0 ? [`\n${where}`, "", ...mount.map((line) => `  ${line}`)] : ["", ...contract];
  return [...lines, "\nThen, in Workspace, refresh the backend to see it."];
}

function missing(mayNotAsk: boolean): CliError {
  const why = mayNotAsk ? "Nothing may be asked" : "There is no terminal to ask in";
  return new CliError(
    EXIT.usage,
    `${why}, and these answers are missing:\n  --type <type>      or --config <file> with widgets`,
    "For example: npx create-openbb-backend add-widget --type chart --id volumes",
  );
}
