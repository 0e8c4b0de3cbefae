import { CliError, EXIT } from "../errors.js";
import { type CreateAnswers, widgetsOf } from "./answers.js";
import { type ProjectFile, projectFiles } from "./files.js";
import type { OnConflict } from "./options.js";
import type { FileChange, Plan, SkippedFile, TargetState } from "./types.js";

/** The file with the API key: the only content that is in no plan. */
export const SECRETS_FILE = ".env";

/** The paths that a project of these answers has, the one with secrets included. */
export function plannedPaths(answers: CreateAnswers, version: string): string[] {
  const paths = projectFiles(answers, version).map(({ path }) => path);
  return answers.auth === "api-key" ? [...paths, SECRETS_FILE].sort() : paths;
}

/**
 * What creating a project would do.
 *
 * @param state what stands at the target now
 * @param inTheWay entries of the target that are not harmless
 * @throws CliError with exit code 3 when files are in the way and `onConflict` is "refuse"
 */
export function planCreate(
  answers: CreateAnswers,
  state: TargetState,
  inTheWay: string[],
  onConflict: OnConflict,
  version: string,
): Plan {
  const files: (ProjectFile & { secret?: true })[] = projectFiles(answers, version);
  if (answers.auth === "api-key") {
    files.push({ path: SECRETS_FILE, text: "", why: "the API key, random, readable by you only", secret: true });
  }
  const present = files.filter(({ path }) => path in state.files).map(({ path }) => path);
  // A folder in the way is named once, not with all that is in it.
  const blocking = [...inTheWay, ...present.filter((path) => !inTheWay.includes(path.split("/")[0] as string))].sort();
  if (onConflict === "refuse" && blocking.length > 0) throw refused(answers.directory, blocking);

  const changes: FileChange[] = [];
  const skipped: SkippedFile[] = [];
  const taken = new Set([...Object.keys(state.files), ...state.entries, ...files.map(({ path }) => path)]);
  for (const { path, text, why, secret } of files) {
    const after = secret ? null : text;
    const there = state.files[path];
    const flags = secret ? { secret } : {};
    if (!there) changes.push({ path, action: "create", before: null, after, why, ...flags });
    else if (!secret && there.text === text) skipped.push({ path, why: "it is already as it should be" });
    else if (onConflict === "skip") skipped.push({ path, why: "it was there before, and is kept as it is" });
    else {
      const backup = backupPath(path, taken);
      taken.add(backup);
      changes.push({ path, action: "edit", before: secret ? null : there.text, after, why, backup, ...flags });
    }
  }
  return { changes, skipped, warnings: warnings(skipped) };
}

/** A free name beside the file: `README.md.bak`, `README.md.bak2`, … */
function backupPath(path: string, taken: Set<string>): string {
  let backup = `${path}.bak`;
  for (let count = 2; taken.has(backup); count++) backup = `${path}.bak${count}`;
  return backup;
}

function refused(directory: string, blocking: string[]): CliError {
  const shown = blocking.slice(0, 10).map((path) => `  ${path}`);
  if (blocking.length > shown.length) shown.push(`  … and ${blocking.length - shown.length} more`);
  return new CliError(
    EXIT.refused,
    `"${directory}" is not empty. In the way:\n${shown.join("\n")}`,
    "Choose another directory, or give --on-conflict skip (keep these files) or overwrite (replace them, with a backup of each).",
  );
}

function warnings(skipped: SkippedFile[]): string[] {
  const kept = skipped.filter(({ why }) => why.includes("kept"));
  if (kept.length === 0) return [];
  const list = kept.map(({ path }) => path).join(", ");
  const secret = kept.some(({ path }) => path === SECRETS_FILE)
    ? ` In ${SECRETS_FILE}, set API_KEY yourself (.env.example says how).`
    : "";
  return [`Kept as they were, so the project may not work without your changes: ${list}.${secret}`];
}

/** The widgets.json that a plan leads to, for the checks before anything is written. */
export function plannedManifest(answers: CreateAnswers): Record<string, unknown> {
  return Object.fromEntries(widgetsOf(answers).map(({ id, definition }) => [id, definition]));
}
