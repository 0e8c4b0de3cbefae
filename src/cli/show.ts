import { resolve } from "node:path";
import type { AnyWidget } from "../catalog/index.js";
import type { Prepared } from "../create.js";
import { type CreateAnswers, widgetsOf } from "../plan/answers.js";
import { SECRETS_FILE } from "../plan/create.js";
import { nextSteps } from "../plan/next.js";
import { pathFrom } from "../plan/shell.js";
import type { FileChange, Plan } from "../plan/types.js";
import type { ApplyResult } from "../project/apply.js";
import type { Finished } from "./finish.js";
import type { CommandContext } from "./program.js";

/** Prints what a run would do: the files, and with `diff` what would be in them. `command` would do it again. */
export async function showPlan(
  answers: CreateAnswers,
  plan: Prepared,
  diff: boolean,
  command: string,
  { output }: CommandContext,
): Promise<void> {
  if (output.json) {
    output.document({ status: "planned", ...describe(answers, plan, diff), command });
    return;
  }
  for (const line of await changeLines(plan, diff, output)) output.result(line);
  for (const { path, why } of plan.skipped) output.result(`keep ${path}  ${output.paint("dim", why)}`);
  output.say(`${plan.changes.length} files in ${resolve(answers.directory)}. Nothing was written: this was a dry run.`);
}

/** A line for each change, and with `diff` what it changes. */
export async function changeLines(plan: Plan, diff: boolean, output: CommandContext["output"]): Promise<string[]> {
  const patch = diff ? (await import("diff")).createTwoFilesPatch : undefined;
  return plan.changes.flatMap((change) => {
    const { path, action, before, after, secret } = change;
    const backup = change.backup ? `, the present one kept as ${change.backup}` : "";
    const line = `${output.paint("green", action)} ${path}  ${output.paint("dim", change.why + backup)}`;
    if (!patch || secret) return [line];
    const [from, to] = [before === null ? "/dev/null" : `a/${path}`, after === null ? "/dev/null" : `b/${path}`];
    return [line, patch(from, to, before ?? "", after ?? "", "", "").replace(/^=+\n/, "")];
  });
}

/** Prints what was done, what to do next, and the command that would do it again. */
export function showResult(
  answers: CreateAnswers,
  plan: Prepared,
  applied: ApplyResult,
  finished: Finished,
  command: string,
  { output }: CommandContext,
): void {
  const steps = nextSteps(answers, pathFrom(process.cwd(), answers.directory), finished.installed);
  if (output.json) {
    const status = finished.exitCode === 0 ? "created" : "incomplete";
    const { warnings, ...rest } = describe(answers, plan, false);
    output.document({
      status,
      exitCode: finished.exitCode,
      ...rest,
      backups: applied.backups,
      warnings: [...warnings, ...finished.warnings],
      commands: finished.commands,
      nextSteps: steps,
      command,
    });
    return;
  }
  for (const { path, backup } of applied.backups) output.say(`${path} was replaced; the old one is ${backup}`);
  const count = allWidgets(answers, plan).length;
  output.result(
    `${output.paint("green", "✔")} ${answers.name} with ${count === 1 ? "one widget" : `${count} widgets`} is in ${resolve(answers.directory)}`,
  );
  output.result("\nNext:");
  for (const step of steps) output.result(`  ${step}`);
  if (plan.changes.some((change) => change.path === SECRETS_FILE)) {
    output.result(
      `\nThe API key is in ${pathFrom(process.cwd(), resolve(answers.directory, SECRETS_FILE))}, and nowhere else.`,
    );
  }
  output.result(`\nThe same without questions:\n  ${command}`);
}

/** The widgets of the project: those that were taken over, then those that were asked for. */
function allWidgets(answers: CreateAnswers, { imported }: Prepared): AnyWidget[] {
  return [...(imported?.imported.widgets ?? []), ...widgetsOf(answers)];
}

/** A plan as data for `--json`. */
function describe(answers: CreateAnswers, plan: Prepared, contents: boolean) {
  const { imported } = plan;
  return {
    name: answers.name,
    directory: answers.directory,
    path: resolve(answers.directory),
    url: `http://localhost:${answers.port}`,
    widgets: allWidgets(answers, plan).map(({ id, definition, file = id }) => ({
      id,
      type: definition.type,
      name: definition.name,
      endpoint: definition.endpoint,
      ...(file === null ? {} : { file: `src/widgets/${file}.ts` }),
    })),
    ...(imported ? { imported: { left: imported.left, mends: imported.mends, notes: imported.notes } } : {}),
    changes: plan.changes.map((change) => describeChange(change, contents)),
    skipped: plan.skipped,
    warnings: plan.warnings,
  };
}

/** A change as data for `--json`. */
export function describeChange({ before, after, ...change }: FileChange, contents: boolean) {
  return contents && !change.secret ? { ...change, before, after } : change;
}
