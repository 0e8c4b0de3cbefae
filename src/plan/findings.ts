import type { Finding } from "../contract/findings.js";
import { CliError, EXIT } from "../errors.js";
import { shellQuote } from "./shell.js";

/** Whether a finding on a new project matters: defaults that Workspace does not send are filled in by its runtime. */
export function worthTelling({ severity, code }: Finding): boolean {
  return severity === "error" || (severity === "warning" && code !== "default-not-sent");
}

const MOST = 8;
const ALL = "npx create-openbb-backend validate";

/** Warnings for a result that is about more than these: the first of them, and where to read the others. */
export function briefly(warnings: string[]): string[] {
  if (warnings.length <= MOST) return warnings;
  return [...warnings.slice(0, MOST), `… and ${warnings.length - MOST} more. All of them: ${ALL}`];
}

/** Warnings about files that the user brought along, in a sentence: they may know, and it is not ours to go on about. */
export function inShort(warnings: string[]): string[] {
  if (warnings.length === 0) return [];
  const places = warnings.length === 1 ? "one place" : `${warnings.length} places`;
  return [`Workspace connects, but what was taken over fails or misleads in ${places}. They are told by: ${ALL}`];
}

/**
 * Refuses to go on with a file that Workspace rejects before anything is added to it.
 *
 * @param path from the root of the project
 * @throws CliError with exit code 3
 */
export function refuseRejected(path: string, findings: readonly Finding[]): void {
  const errors = findings.filter(({ severity }) => severity === "error");
  if (errors.length === 0) return;
  const lines = errors.slice(0, MOST).map((error) => `  ${placed(error)}${error.hint ? ` ${error.hint}` : ""}`);
  if (errors.length > lines.length) lines.push(`  … and ${errors.length - lines.length} more`);
  throw new CliError(
    EXIT.refused,
    `OpenBB Workspace rejects ${path} as it is, and with it whatever is added:\n${lines.join("\n")}`,
    `Nothing was changed. ${ALL} ${shellQuote(path)} shows the lines; with --fix it mends what is certain.`,
  );
}

/** What is wrong, after the place; a fault of the whole has none. */
export function placed({ path, message }: Finding): string {
  return path === "" ? message : `${path}: ${message}`;
}
