import { type BackendFinding, validateBackend } from "../contract/rules/index.js";
import { CliError, EXIT } from "../errors.js";
import type { CreateAnswers } from "./answers.js";
import { worthTelling } from "./findings.js";
import { type Judged, manifestOf } from "./manifests.js";
import { isPlain } from "./spec.js";

/**
 * Holds the manifests of a project against what Workspace accepts, and against each other and the handlers.
 *
 * @param handlers the ids of the widgets that have a handler; without them, nobody's is missed
 * @returns warnings: what connects, and then fails or misleads; only a user's own definitions can lead to any
 * @throws CliError with exit code 2 when a definition of the user's would be rejected. A rejected definition of ours
 * is a bug: exit code 1
 */
export function judgeManifest(
  files: Judged,
  answers: Pick<CreateAnswers, "widgets">,
  handlers?: readonly string[],
): string[] {
  const [widgets, apps] = [manifestOf(files, "widgets.json"), manifestOf(files, "apps.json")];
  const findings = validateBackend({ widgets, apps, ...(handlers ? { handlers } : {}) });
  const wrong = findings.filter(({ severity, code }) => severity === "error" || code === "no-handler");
  const [first] = wrong;
  if (!first) return findings.filter(worthTelling).map(line);
  const lines = wrong.map((finding) => `  ${line(finding)}`);
  if (answers.widgets.every(isPlain) || first.file !== "widgets.json" || first.code === "no-handler") throw bug(lines);
  throw new CliError(
    EXIT.usage,
    `OpenBB Workspace would reject these widgets, and with them the whole backend:\n${lines.join("\n")}`,
    "Mend what describes them: the flags, or the config file.",
  );
}

function line({ file, path, message, hint }: BackendFinding): string {
  return `${file === "widgets.json" ? "" : file}${path}: ${message}${hint ? ` ${hint}` : ""}`;
}

function bug(lines: string[]): CliError {
  return new CliError(
    EXIT.failed,
    `The plan is not what Workspace accepts, so nothing was written:\n${lines.join("\n")}`,
    "This is a bug of create-openbb-backend: please report it with the command that you ran.",
  );
}
