import { CancelledError, CliError, EXIT, type ExitCode } from "../errors.js";
import { listWidgets } from "../plan/edit/list.js";
import { planRemove, type RemovePlan } from "../plan/edit/remove.js";
import { planRename } from "../plan/edit/rename.js";
import type { ProjectState } from "../plan/state.js";
import { readProject } from "../project/read.js";
import { VERSION } from "../version.js";
import { type EditFlags, projectRoot, runEdit, tidy } from "./edit.js";
import type { CommandContext } from "./program.js";
import { isTerminal } from "./terminal.js";

/** `list`: the widgets of a project, a line each, or as JSON. */
export async function list(flags: EditFlags, { output }: CommandContext): Promise<ExitCode> {
  const root = projectRoot(flags);
  await tidy(root, { output });
  const widgets = listWidgets(await readProject(root));
  if (output.json) {
    output.document({ path: root, widgets });
    return EXIT.done;
  }
  if (widgets.length === 0) output.say("There are no widgets. Add one: npx create-openbb-backend add-widget");
  const rows = widgets.map(({ id, type, endpoint, category = "", dashboards, handler, problem }) => [
    id,
    type,
    endpoint,
    category,
    dashboards.join(", ") || "-",
    problem ?? handler ?? "-",
  ]);
  for (const line of columns([["ID", "TYPE", "ENDPOINT", "CATEGORY", "DASHBOARDS", "HANDLER"], ...rows])) {
    output.result(line);
  }
  return EXIT.done;
}

/** `remove-widget`: takes widgets out of every place. */
export async function removeWidget(
  given: string[],
  flags: EditFlags & { force?: boolean },
  context: CommandContext,
): Promise<ExitCode> {
  const { output, signal } = context;
  const ids = [...new Set(given)];
  const root = projectRoot(flags);
  const mayAsk = flags.yes !== true && !output.json && !flags.dryRun && !flags.diff && isTerminal();
  let agreed: string[] = [];
  if (mayAsk && flags.force !== true) {
    await tidy(root, context);
    const { edited } = planRemove(await readProject(root), ids, { force: true }, VERSION);
    if (edited.length > 0) {
      const { confirmDeleting } = await import("../prompts/remove.js");
      const terminal = { input: process.stdin, output: process.stdout, signal };
      if (!(await confirmDeleting(edited, terminal))) throw new CancelledError();
      agreed = edited;
    }
  }
  const planner = (state: ProjectState): RemovePlan => {
    const plan = planRemove(state, ids, { force: flags.force === true || agreed.length > 0 }, VERSION);
    // Only what was shown may go, whatever was edited meanwhile.
    const others = plan.edited.filter((path) => !agreed.includes(path));
    if (others.length > 0 && flags.force !== true) throw wasEdited(others);
    return plan;
  };
  return runEdit(
    flags,
    planner,
    (plan) => ({
      done: "removed",
      sentence: `Removed ${ids.map((id) => `"${id}"`).join(", ")}.`,
      facts: { widgets: ids, edited: plan.edited },
    }),
    context,
  );
}

/** `rename-widget`: gives a widget another id, in every place. */
export function renameWidget(from: string, to: string, flags: EditFlags, context: CommandContext): Promise<ExitCode> {
  return runEdit(
    flags,
    (state) => planRename(state, from, to, VERSION),
    () => ({ done: "renamed", sentence: `"${from}" is now "${to}".`, facts: { from, to } }),
    context,
  );
}

function wasEdited(edited: string[]): CliError {
  return new CliError(
    EXIT.refused,
    `You have edited ${edited.join(", ")}, and removing would delete that.`,
    "Give --force to delete it all the same.",
  );
}

/** Rows as lines, each column as wide as its widest cell. */
function columns(rows: string[][]): string[] {
  const widths = rows[0]?.map((_, at) => Math.max(...rows.map((row) => (row[at] ?? "").length))) ?? [];
  return rows.map((row) =>
    row
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}
