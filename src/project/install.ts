import { createInterface } from "node:readline";
import type { PackageManager } from "../plan/options.js";
import { pathFrom, shellQuote } from "../plan/shell.js";

export interface InstallOptions {
  /** Aborted on Ctrl-C: the installation is stopped; the project stays. */
  signal?: AbortSignal;
  /** Told each line of the package manager's output while it runs. */
  onLine?: (line: string) => void;
  /** Environment variables added to our own. */
  env?: NodeJS.ProcessEnv;
}

export type InstallResult =
  | { ok: true }
  | {
      ok: false;
      /** One sentence. */
      reason: string;
      /** What the package manager wrote, both streams in order. */
      output: string;
      /** The command with which the user can do it again: `cd my-backend && npm install`. */
      recover: string;
    };

/**
 * Installs a project's dependencies with the package manager's own `install`.
 * @param target absolute path of the project
 * @returns never throws: what went wrong is in the result
 */
export async function installDependencies(
  target: string,
  packageManager: PackageManager,
  { signal, onLine, env }: InstallOptions = {},
): Promise<InstallResult> {
  const { execa } = await import("execa");
  const running = execa(packageManager, ["install"], {
    cwd: target,
    all: true,
    reject: false,
    stdin: "ignore",
    cancelSignal: signal,
    forceKillAfterDelay: 5000,
    // A NODE_ENV of production would leave out what `dev` and `test` need.
    env: { NODE_ENV: "development", ...env },
  });
  if (onLine) createInterface({ input: running.all }).on("line", onLine);
  const result = await running;
  if (!result.failed) return { ok: true };
  return {
    ok: false,
    reason: reasonOf(result, packageManager),
    output: result.all ?? "",
    recover: recovery(target, packageManager),
  };
}

interface Failure {
  code?: string;
  exitCode?: number;
  signal?: string;
  isCanceled: boolean;
  shortMessage?: string;
}

function reasonOf({ code, exitCode, signal, isCanceled, shortMessage }: Failure, packageManager: string): string {
  if (isCanceled) return "The installation was cancelled.";
  if (code === "ENOENT") return `${packageManager} is not installed.`;
  if (signal) return `${packageManager} install was stopped by ${signal}.`;
  if (exitCode !== undefined) return `${packageManager} install failed with exit code ${exitCode}.`;
  return shortMessage ?? `${packageManager} install could not be started.`;
}

/**
 * The command that installs by hand.
 * @param from the folder that the user is in
 */
export function recovery(target: string, packageManager: PackageManager, from = process.cwd()): string {
  const path = pathFrom(from, target);
  return `${path === "" ? "" : `cd ${shellQuote(path)} && `}${packageManager} install`;
}
