import { createHash } from "node:crypto";
import type { CreateAnswers } from "./answers.js";
import type { ProjectFile } from "./files.js";

/** The record of what made a project, beside its package.json. */
export const RECORD_FILE = "openbb-backend.json";

/** Whether a file is code of ours, which later commands may bring up to date or take away. */
export function isOwned(path: string): boolean {
  return /^(src|scripts|test)\//.test(path) && !path.endsWith(".gen.ts");
}

/** No times, no secrets: the same answers give the same record. Hashes cover only code that this tool may update. */
export function record(answers: CreateAnswers, files: ProjectFile[], version: string): Record<string, unknown> {
  const { directory: _, install: _i, git: _g, ...kept } = answers;
  return {
    generator: "create-openbb-backend",
    version,
    answers: kept,
    files: sortedKeys(
      Object.fromEntries(files.filter(({ path }) => isOwned(path)).map(({ path, text }) => [path, hashOf(text)])),
    ),
  };
}

/** SHA-256 of a text, the same whichever line endings Git has given it. */
export function hashOf(text: string): string {
  return createHash("sha256").update(text.replaceAll("\r\n", "\n")).digest("hex");
}

/** A copy with the keys in the order of their code units, which is the same on every machine. */
export function sortedKeys<Value>(object: Record<string, Value>): Record<string, Value> {
  return Object.fromEntries(Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1)));
}
