import { validateApps, validateWidgets } from "../contract/index.js";
import { CliError, EXIT } from "../errors.js";
import type { CreateAnswers } from "./answers.js";
import type { ProjectFile } from "./files.js";
import { isPlain } from "./spec.js";

/**
 * Holds what would be written against what Workspace accepts, before anything is written.
 *
 * @param files the files of the project, widgets.json and apps.json among them
 * @returns warnings: what connects, and then fails or misleads; only a user's own definitions can lead to any
 * @throws CliError with exit code 2 when a definition of the user's would be rejected. A rejected definition of ours
 * is a bug: exit code 1
 */
export function checkManifest(
  files: Pick<ProjectFile, "path" | "text">[],
  answers: Pick<CreateAnswers, "widgets">,
): string[] {
  const read = (name: string) => JSON.parse(files.find(({ path }) => path === name)?.text ?? "null");
  const findings = validateWidgets(read("widgets.json"));
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
  const apps = validateApps(read("apps.json"));
  const wrongApps = apps.filter((finding) => finding.severity === "error");
  if (wrongApps.length > 0) throw bug(wrongApps.map(({ path, message }) => `  ${path}: ${message}`));
  return (
    [...findings, ...apps]
      // Defaults that Workspace does not send are filled in by the generated backend.
      .filter(({ severity, code }) => severity === "warning" && code !== "default-not-sent")
      .map(({ path, message, hint }) => `${path}: ${message}${hint ? ` ${hint}` : ""}`)
  );
}

function bug(lines: string[]): CliError {
  return new CliError(
    EXIT.failed,
    `The plan is not what Workspace accepts, so nothing was written:\n${lines.join("\n")}`,
    "This is a bug of create-openbb-backend: please report it with the command that you ran.",
  );
}
