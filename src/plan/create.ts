import { CliError, EXIT } from "../errors.js";
import type { CreateAnswers } from "./answers.js";
import { type ProjectFile, projectFiles } from "./files.js";
import type { Imported } from "./from/imported.js";
import type { OnConflict } from "./options.js";
import type { FileChange, Plan, SkippedFile, TargetState } from "./types.js";

/** The file with the API key: the only content that is in no plan. */
export const SECRETS_FILE = ".env";

/** A file that a plan may write; a secret one has no text yet. */
export type PlannedFile = ProjectFile & { secret?: true };

/**
 * Every file of the project that the answers describe, the one with secrets included.
 *
 * @param version the version of this tool, for the project's record
 * @param imported what it takes over from an existing backend
 */
export function plannedFiles(answers: CreateAnswers, version: string, imported?: Imported): PlannedFile[] {
  const files: PlannedFile[] = projectFiles(answers, version, imported);
  if (answers.auth === "api-key") {
    files.push({ path: SECRETS_FILE, text: "", why: "the API key, random, readable by you only", secret: true });
  }
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/**
 * What creating a project would do.
 *
 * @param directory how the user calls the target, for messages
 * @param files what the project is made of
 * @param state what stands at the target now
 * @param inTheWay entries of the target that are not harmless
 * @throws CliError with exit code 3 when files are in the way and `onConflict` is "refuse"
 */
export function planCreate(
  directory: string,
  files: PlannedFile[],
  state: TargetState,
  inTheWay: string[],
  onConflict: OnConflict,
): Plan {
  const present = files.filter(({ path }) => path in state.files).map(({ path }) => path);
  // A folder in the way is named once, not with all that is in it.
  const blocking = [...inTheWay, ...present.filter((path) => !inTheWay.includes(path.split("/")[0] as string))].sort();
  if (onConflict === "refuse" && blocking.length > 0) throw refused(directory, blocking);

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
