import { basename } from "node:path";
import { getUserAgent } from "package-manager-detector/detect";
import { CliError, EXIT } from "../errors.js";
import type { PartialAnswers, Surroundings } from "../plan/answers.js";
import { readConfig } from "../plan/config.js";
import { flagName, type PackageManager, PROJECT_OPTIONS } from "../plan/options.js";
import { parseWidgetSpec } from "../plan/spec.js";

/** The flags as commander gives them, keyed by the flag's own name in camel case. */
export type Flags = Record<string, unknown>;

/**
 * The answers that were given: the config file's, and over them the flags'.
 *
 * @throws CliError with exit code 2
 */
export async function gatherAnswers(
  directory: string | undefined,
  flags: Flags,
  signal: AbortSignal,
): Promise<PartialAnswers> {
  const file = typeof flags.config === "string" ? await readConfigFile(flags.config, signal) : {};
  const given: Record<string, unknown> = { ...file, ...(directory === undefined ? {} : { directory }) };
  for (const option of PROJECT_OPTIONS) {
    const value = flags[camel(flagName(option))];
    if (value === undefined) continue;
    given[option.key] = option.key === "widgets" ? (value as string[]).map(parseWidgetSpec) : value;
  }
  return given as PartialAnswers;
}

/** What the machine says, for defaults. */
export function lookAround(): Surroundings {
  const agent = getUserAgent();
  return {
    packageManager: agent === "pnpm" || agent === "yarn" || agent === "bun" ? (agent as PackageManager) : "npm",
    cwdName: basename(currentFolder()),
  };
}

function currentFolder(): string {
  try {
    return process.cwd();
  } catch {
    throw new CliError(
      EXIT.failed,
      "The current folder no longer exists.",
      "Change to another one, and run the command again.",
    );
  }
}

/** `--sub-category` as commander names its value. */
export function camel(flag: string): string {
  return flag.replace(/^--/, "").replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

async function readConfigFile(path: string, signal: AbortSignal): Promise<PartialAnswers> {
  const { readDocument } = await import("./document.js");
  const { value, source } = await readDocument(path, signal);
  return readConfig(value, source);
}
