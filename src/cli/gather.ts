import { readFile } from "node:fs/promises";
import { basename, extname } from "node:path";
import { text } from "node:stream/consumers";
import { CancelledError, CliError, EXIT } from "../errors.js";
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
export async function lookAround(): Promise<Surroundings> {
  const { getUserAgent } = await import("package-manager-detector/detect");
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

function camel(flag: string): string {
  return flag.replace(/^--/, "").replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

async function readConfigFile(path: string, signal: AbortSignal): Promise<PartialAnswers> {
  const source = path === "-" ? "standard input" : path;
  // Some editors on Windows begin a file with a byte order mark.
  const content = (path === "-" ? await readStdin(signal) : await read(path)).replace(/^\uFEFF/, "");
  // YAML holds JSON too, but JSON.parse tells better what is wrong with JSON.
  const isJson = extname(path) === ".json" || (path === "-" && /^\s*[{[]/.test(content));
  try {
    return readConfig(isJson ? JSON.parse(content) : await parseYaml(content), source);
  } catch (error) {
    if (error instanceof CliError) throw error;
    const why = (error as Error).message.split("\n", 1)[0];
    throw new CliError(
      EXIT.usage,
      `${source} is not ${isJson ? "JSON" : "YAML"}: ${why}`,
      "Mend the file, or give flags instead.",
    );
  }
}

async function parseYaml(content: string): Promise<unknown> {
  const { CORE_SCHEMA, load, mergeTag } = await import("js-yaml");
  return load(content, { schema: CORE_SCHEMA.withTags([mergeTag]) });
}

async function read(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === "ENOENT";
    const why = missing ? "there is no such file" : (error as Error).message;
    throw new CliError(
      EXIT.usage,
      `The config file ${path} cannot be read: ${why}.`,
      "Check the path given to --config.",
    );
  }
}

async function readStdin(signal: AbortSignal): Promise<string> {
  if (process.stdin.isTTY) {
    throw new CliError(
      EXIT.usage,
      "--config - reads standard input, and that is a terminal.",
      "Pipe a file in: … --config - < desk.yaml",
    );
  }
  const stop = () => process.stdin.destroy(new CancelledError());
  signal.addEventListener("abort", stop, { once: true });
  const content = await text(process.stdin);
  signal.removeEventListener("abort", stop);
  return content;
}
