import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/**
 * Reads a JSON file.
 *
 * @throws Error with one sentence that names the file
 */
export function readJson(url: URL): unknown {
  let text = "";
  try {
    // Some editors on Windows begin a file with a byte order mark.
    text = readFileSync(url, "utf8").replace(/^\uFEFF/, "");
    return JSON.parse(text);
  } catch (error) {
    const { message } = error as Error;
    throw new Error(`${fileURLToPath(url)} cannot be read: ${message}${lineOf(message, text)}`);
  }
}

/** Where a fault of JSON is, for people. Newer versions of Node say it themselves, after the position. */
function lineOf(message: string, text: string): string {
  const position = /at position (\d+)$/.exec(message)?.[1];
  if (position === undefined) return "";
  const lines = text.slice(0, Number(position)).split("\n");
  return ` (line ${lines.length} column ${(lines.at(-1) ?? "").length + 1})`;
}
