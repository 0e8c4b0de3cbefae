import { resolve } from "node:path";
import { EXIT, type ExitCode } from "../errors.js";
import { type CreateAnswers, completeAnswers, type PartialAnswers, type Surroundings } from "../plan/answers.js";
import { checkManifest } from "../plan/check.js";
import { planCreate, plannedManifest, plannedPaths } from "../plan/create.js";
import type { OnConflict } from "../plan/options.js";
import { makeSecrets } from "../plan/secrets.js";
import type { Plan } from "../plan/types.js";
import { applyPlan } from "../project/apply.js";
import { recover } from "../project/recover.js";
import { filesInTheWay, readTarget } from "../project/target.js";
import { VERSION } from "../version.js";
import { finish } from "./finish.js";
import { type Flags, gatherAnswers, lookAround } from "./gather.js";
import type { CommandContext } from "./program.js";
import { showPlan, showResult } from "./show.js";

/**
 * `create`: gather the answers, plan, apply, then git and the installation.
 *
 * @returns the exit code; failures are thrown as CliError
 */
export async function create(directory: string | undefined, flags: Flags, context: CommandContext): Promise<ExitCode> {
  const { output, signal } = context;
  const given = await gatherAnswers(directory, flags, signal);
  const surroundings = await lookAround();
  const interactive = flags.yes !== true && !output.json && isTerminal();
  const answers = interactive
    ? await ask(given, surroundings, signal)
    : completeAnswers(given, surroundings, flags.yes === true);

  const dryRun = flags.dryRun === true || flags.diff === true;
  const target = resolve(answers.directory);
  if (!dryRun) for (const detail of (await recover(target)).details) output.say(detail);

  const onConflict = (flags.onConflict ?? "refuse") as OnConflict;
  const plan = await makePlan(answers, target, onConflict);
  for (const warning of plan.warnings) output.say(`${output.paint("yellow", "▲", "stderr")} ${warning}`);
  if (dryRun) {
    await showPlan(answers, plan, flags.diff === true, context);
    return EXIT.done;
  }

  const applied = await applyPlan({ target, plan, secrets: makeSecrets(answers), signal });
  const finished = await finish(answers, target, context);
  showResult(answers, plan, applied, finished, context);
  return finished.exitCode;
}

async function makePlan(answers: CreateAnswers, target: string, onConflict: OnConflict): Promise<Plan> {
  const warnings = checkManifest(plannedManifest(answers), answers);
  const paths = plannedPaths(answers, VERSION);
  // Backups get names that are free: look at those too.
  const backups = onConflict === "overwrite" ? paths.flatMap((path) => BACKUPS.map((ending) => path + ending)) : [];
  const state = await readTarget(target, [...paths, ...backups]);
  const plan = planCreate(answers, state, filesInTheWay({ ...state, files: {} }), onConflict, VERSION);
  return { ...plan, warnings: [...warnings, ...plan.warnings] };
}

const BACKUPS = [".bak", ...Array.from({ length: 19 }, (_, index) => `.bak${index + 2}`)];

async function ask(given: PartialAnswers, surroundings: Surroundings, signal: AbortSignal): Promise<CreateAnswers> {
  const { askCreate } = await import("../prompts/create.js");
  const { installedManagers } = await import("../project/managers.js");
  return askCreate(
    {
      given,
      surroundings,
      installed: await installedManagers(process.env),
      preview: (answers) => ({ files: plannedPaths(answers, VERSION) }),
      checkDirectory: async (directory) => {
        const inTheWay = filesInTheWay(await readTarget(resolve(directory), []));
        if (inTheWay.length === 0) return undefined;
        return `"${directory}" is not empty (${inTheWay.slice(0, 3).join(", ")}${inTheWay.length > 3 ? ", …" : ""}).`;
      },
    },
    { input: process.stdin, output: process.stdout, signal },
  );
}

/** Questions need a terminal on both sides, and nobody answers them in CI. */
function isTerminal(): boolean {
  const ci = process.env.CI;
  return process.stdin.isTTY === true && process.stdout.isTTY === true && (!ci || ci === "false" || ci === "0");
}
