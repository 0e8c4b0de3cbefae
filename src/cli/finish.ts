import { EXIT, type ExitCode } from "../errors.js";
import type { CreateAnswers } from "../plan/answers.js";
import { MANAGERS } from "../plan/managers.js";
import { initGit } from "../project/git.js";
import type { CommandContext } from "./program.js";

/** What came of the steps after the files were in place. */
export interface Finished {
  exitCode: ExitCode;
  installed: boolean;
  commands: { command: string; ok: boolean }[];
  warnings: string[];
}

/** Starts the repository and installs the dependencies. The project stays, whatever comes of them. */
export async function finish(answers: CreateAnswers, target: string, context: CommandContext): Promise<Finished> {
  const { output, signal } = context;
  const done: Finished = { exitCode: EXIT.done, installed: false, commands: [], warnings: [] };
  if (answers.git && !signal.aborted) {
    const git = await initGit(target);
    if (git.done || git.warning) done.commands.push({ command: "git init", ok: git.done });
    if (git.warning) done.warnings.push(git.warning);
  }
  if (answers.install) {
    const command = MANAGERS[answers.packageManager].install;
    const end = output.progress(`Installing the dependencies with ${command} …`);
    const { installDependencies } = await import("../project/install.js");
    const result = await installDependencies(target, answers.packageManager, { signal }).finally(end);
    done.commands.push({ command, ok: result.ok });
    done.installed = result.ok;
    if (!result.ok) {
      done.exitCode = EXIT.incomplete;
      if (result.output.trim()) output.say(result.output.trimEnd());
      done.warnings.push(
        `The files are in place, but the dependencies are not: ${result.reason} To finish: ${result.recover}`,
      );
    }
  }
  for (const warning of done.warnings) output.warn(warning);
  return done;
}
