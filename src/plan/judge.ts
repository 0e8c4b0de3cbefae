import { validateApps, validateWidgets } from "../contract/index.js";
import { CliError, EXIT } from "../errors.js";
import type { CreateAnswers } from "./answers.js";
import { worthTelling } from "./findings.js";
import { type Judged, manifestOf } from "./manifests.js";
import { isPlain } from "./spec.js";

/**
 * Holds the manifests of a project against what Workspace accepts.
 *
 * @returns warnings: what connects, and then fails or misleads; only a user's own definitions can lead to any
 * @throws CliError with exit code 2 when a definition of the user's would be rejected. A rejected definition of ours
 * is a bug: exit code 1
 */
export function judgeManifest(files: Judged, answers: Pick<CreateAnswers, "widgets">): string[] {
  const findings = validateWidgets(manifestOf(files, "widgets.json"));
  const wrong = findings.filter((finding) => finding.severity === "error");
  const lines = wrong.map(({ path, message, hint }) => `  ${path}: ${message}${hint ? ` ${hint}` : ""}`);
  if (wrong.length > 0) {
    if (answers.widgets.every(isPlain)) throw bug(lines);
    throw new CliError(
      EXIT.usage,
      `OpenBB Workspace would reject these widgets, and with them the whole backend:\n${lines.join("\n")}`,
      "Mend them in the config file.",
    );
  }
  const apps = validateApps(manifestOf(files, "apps.json"));
  const wrongApps = apps.filter((finding) => finding.severity === "error");
  if (wrongApps.length > 0) throw bug(wrongApps.map(({ path, message }) => `  ${path}: ${message}`));
  return [...findings, ...apps]
    .filter(worthTelling)
    .map(({ path, message, hint }) => `${path}: ${message}${hint ? ` ${hint}` : ""}`);
}

function bug(lines: string[]): CliError {
  return new CliError(
    EXIT.failed,
    `The plan is not what Workspace accepts, so nothing was written:\n${lines.join("\n")}`,
    "This is a bug of create-openbb-backend: please report it with the command that you ran.",
  );
}
