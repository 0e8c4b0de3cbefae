import { readFile } from "node:fs/promises";
import { extname } from "node:path";
import { text } from "node:stream/consumers";
import { CancelledError, CliError, EXIT } from "../errors.js";

/**
 * Reads what `--config` names: a JSON or YAML file, or standard input.
 *
 * @param path the file, or `-`
 * @returns the parsed content, and how to call it in messages
 * @throws CliError with exit code 2
 */
export async function readDocument(path: string, signal: AbortSignal): Promise<{ value: unknown; source: string }> {
  const source = path === "-" ? "standard input" : path;
  // Some editors on Windows begin a file with a byte order mark.
  const content = (path === "-" ? await readStdin(signal) : await read(path)).replace(/^\uFEFF/, "");
  // YAML holds JSON too, but JSON.parse tells better what is wrong with JSON.
  const isJson = extname(path) === ".json" || (path === "-" && /^\s*[{[]/.test(content));
  try {
    return { value: isJson ? JSON.parse(content) : await parseYaml(content), source };
  } catch (error) {
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
