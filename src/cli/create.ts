import { resolve } from "node:path";
import { carryOut, prepare } from "../create.js";
import { EXIT, type ExitCode } from "../errors.js";
import { type CreateAnswers, completeAnswers, type PartialAnswers, type Surroundings } from "../plan/answers.js";
import { plannedFiles } from "../plan/create.js";
import { headlessCommand } from "../plan/next.js";
import type { OnConflict } from "../plan/options.js";
import { recover } from "../project/recover.js";
import { filesInTheWay, readTarget } from "../project/target.js";
import { VERSION } from "../version.js";
import { finish } from "./finish.js";
import { type Flags, gatherAnswers, lookAround } from "./gather.js";
import type { CommandContext } from "./program.js";
import { showPlan, showResult } from "./show.js";
import { isTerminal } from "./terminal.js";

/**
 * `create`: gather the answers, plan, apply, then git and the installation.
 *
 * @returns the exit code; failures are thrown as CliError
 */
export async function create(directory: string | undefined, flags: Flags, context: CommandContext): Promise<ExitCode> {
  const { output, signal } = context;
  const given = await gatherAnswers(directory, flags, signal);
  const surroundings = lookAround();
  const onConflict = (flags.onConflict ?? "refuse") as OnConflict;
  // An existing backend leaves nothing to ask but where it goes.
  const interactive = flags.yes !== true && !output.json && given.from === undefined && isTerminal();
  const answers = interactive
    ? await ask(given, surroundings, onConflict, signal)
    : completeAnswers(given, surroundings, flags.yes === true);

  const dryRun = flags.dryRun === true || flags.diff === true;
  if (!dryRun) for (const detail of (await recover(resolve(answers.directory))).details) output.say(detail);
  const plan = await prepare(answers, onConflict, signal);
  if (plan.imported) {
    const { importLines } = await import("../import.js");
    for (const line of importLines(plan.imported)) output.say(line);
  }
  for (const warning of plan.warnings) output.warn(warning);
  // What was answered in a conversation, or read from standard input, stands in the project's own record only.
  const config = typeof flags.config === "string" && flags.config !== "-" && !interactive ? flags.config : undefined;
  const command = headlessCommand(answers, config);
  if (dryRun) {
    await showPlan(answers, plan, flags.diff === true, command, context);
    return EXIT.done;
  }

  const applied = await carryOut(answers, plan, signal);
  const finished = await finish(answers, resolve(answers.directory), context);
  showResult(answers, plan, applied, finished, command, context);
  return finished.exitCode;
}

async function ask(
  given: PartialAnswers,
  surroundings: Surroundings,
  onConflict: OnConflict,
  signal: AbortSignal,
): Promise<CreateAnswers> {
  const { askCreate } = await import("../prompts/create.js");
  const { installedManagers } = await import("../project/managers.js");
  return askCreate(
    {
      given,
      surroundings,
      installed: await installedManagers(process.env),
      preview: (answers) => ({ files: plannedFiles(answers, VERSION).map(({ path }) => path) }),
      checkDirectory: async (directory) => {
        if (onConflict !== "refuse") return undefined;
        const inTheWay = filesInTheWay(await readTarget(resolve(directory), []));
        const shown = inTheWay.slice(0, 3).join(", ") + (inTheWay.length > 3 ? ", …" : "");
        return shown === "" ? undefined : `"${directory}" is not empty (${shown}).`;
      },
    },
    { input: process.stdin, output: process.stdout, signal },
  );
}
