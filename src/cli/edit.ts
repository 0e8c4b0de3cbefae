import { resolve } from "node:path";
import { EXIT, type ExitCode } from "../errors.js";
import { MANAGERS } from "../plan/managers.js";
import { PACKAGE_MANAGERS, type PackageManager } from "../plan/options.js";
import { pathFrom } from "../plan/shell.js";
import { type ProjectState, textOf } from "../plan/state.js";
import type { Plan } from "../plan/types.js";
import { editProject } from "../project/edit.js";
import { readProject } from "../project/read.js";
import { recover } from "../project/recover.js";
import type { CommandContext } from "./program.js";
import { changeLines, describeChange } from "./show.js";

/** The flags that every command has which changes a project. */
export interface EditFlags {
  project?: string;
  yes?: boolean;
  dryRun?: boolean;
  diff?: boolean;
  install?: boolean;
}

/** What a command says about its own work. */
export interface EditTexts {
  /** "added": the status in JSON is this word. */
  done: string;
  /** What was done, as a sentence for people. */
  sentence: string;
  /** More for the JSON document. */
  facts?: Record<string, unknown>;
  /** Lines for people, after the sentence. */
  lines?: string[];
}

/** Puts in order what a run that was cut off has left. Every command does so first, save for a dry run. */
export async function tidy(root: string, { output }: Pick<CommandContext, "output">): Promise<void> {
  for (const detail of (await recover(root)).details) output.say(detail);
}

/** The folder of the project, absolute. */
export function projectRoot({ project = "." }: EditFlags): string {
  return resolve(project);
}

/**
 * Runs a command that changes a project: shows what it would do, or does it; then installs what is new.
 *
 * @param planner works out the plan from the project as it stands; may be called again when others change it meanwhile
 * @param texts what to say once it is planned
 * @returns the exit code
 */
export async function runEdit<P extends Plan>(
  flags: EditFlags,
  planner: (state: ProjectState) => P | Promise<P>,
  texts: (plan: P) => EditTexts,
  context: CommandContext,
): Promise<ExitCode> {
  const { output, signal } = context;
  const root = projectRoot(flags);
  if (flags.dryRun || flags.diff) {
    const plan = await planner(await readProject(root));
    for (const warning of plan.warnings) output.warn(warning);
    await showEditPlan(plan, root, flags.diff === true, texts(plan), context);
    return EXIT.done;
  }
  await tidy(root, context);
  const { plan } = await editProject(root, planner, { signal });
  for (const warning of plan.warnings) output.warn(warning);
  const installed = await installNew(plan, root, flags.install !== false, context);
  showEdit(plan, root, texts(plan), installed, context);
  return installed.exitCode;
}

async function showEditPlan(
  plan: Plan,
  root: string,
  diff: boolean,
  texts: EditTexts,
  { output }: CommandContext,
): Promise<void> {
  if (output.json) {
    output.document({ status: "planned", path: root, ...texts.facts, ...describe(plan, diff) });
    return;
  }
  for (const line of await changeLines(plan, diff, output)) output.result(line);
  output.say(`${plan.changes.length} files in ${root}. Nothing was written: this was a dry run.`);
}

interface Installed {
  exitCode: ExitCode;
  commands: { command: string; ok: boolean }[];
  warnings: string[];
  /** What is left for the user to run. */
  left: string[];
}

/** Installs the dependencies when package.json has changed. */
async function installNew(plan: Plan, root: string, wanted: boolean, context: CommandContext): Promise<Installed> {
  const none: Installed = { exitCode: EXIT.done, commands: [], warnings: [], left: [] };
  if (!plan.changes.some(({ path }) => path === "package.json")) return none;
  const manager = managerOf(await readProject(root));
  const command = MANAGERS[manager].install;
  if (!wanted) return { ...none, left: [command] };
  const { installDependencies } = await import("../project/install.js");
  const end = context.output.progress(`Installing the dependencies with ${command} …`);
  const result = await installDependencies(root, manager, { signal: context.signal }).finally(end);
  const commands = [{ command, ok: result.ok }];
  if (result.ok) return { ...none, commands };
  if (result.output.trim()) context.output.say(result.output.trimEnd());
  const warning = `The files are in place, but the dependencies are not: ${result.reason} To finish: ${result.recover}`;
  context.output.warn(warning);
  return { exitCode: EXIT.incomplete, commands, warnings: [warning], left: [result.recover] };
}

/** The package manager of a project: by its lockfile, else as its record says. */
function managerOf(state: ProjectState): PackageManager {
  const locked = PACKAGE_MANAGERS.find((manager) => Object.hasOwn(state.files, MANAGERS[manager].lockfile));
  if (locked) return locked;
  try {
    const { answers } = JSON.parse(textOf(state, "openbb-backend.json") ?? "{}");
    return PACKAGE_MANAGERS.find((manager) => manager === answers?.packageManager) ?? "npm";
  } catch {
    return "npm";
  }
}

function showEdit(plan: Plan, root: string, texts: EditTexts, installed: Installed, { output }: CommandContext): void {
  const folder = pathFrom(process.cwd(), root);
  const next = [...(folder === "" || installed.left.length === 0 ? [] : [`cd ${folder}`]), ...installed.left];
  if (output.json) {
    const { warnings, ...rest } = describe(plan, false);
    output.document({
      status: installed.exitCode === 0 ? texts.done : "incomplete",
      exitCode: installed.exitCode,
      path: root,
      ...texts.facts,
      ...rest,
      warnings: [...warnings, ...installed.warnings],
      commands: installed.commands,
      nextSteps: next,
    });
    return;
  }
  output.result(`${output.paint("green", "✔")} ${texts.sentence}`);
  for (const { path, action, why } of plan.changes) {
    output.result(`  ${action.padEnd(6)} ${path}  ${output.paint("dim", why)}`);
  }
  for (const line of texts.lines ?? []) output.result(line);
  if (next.length > 0) output.result(`\nNext:\n${next.map((step) => `  ${step}`).join("\n")}`);
}

function describe(plan: Plan, contents: boolean) {
  return {
    changes: plan.changes.map((change) => describeChange(change, contents)),
    skipped: plan.skipped,
    warnings: plan.warnings,
  };
}
