import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/**
 * Reads a JSON file.
 *
 * @throws Error with one sentence that names the file
 */
export function readJson(url: URL): unknown {
  try {
    // Some editors on Windows begin a file with a byte order mark.
    return JSON.parse(readFileSync(url, "utf8").replace(/^\uFEFF/, ""));
  } catch (error) {
    throw new Error(`${fileURLToPath(url)} cannot be read: ${(error as Error).message}`);
  }
}
