import { resolve } from "node:path";
import type { Import } from "./import.js";
import { type CreateAnswers, completeAnswers, type PartialAnswers } from "./plan/answers.js";
import { checkManifest } from "./plan/check.js";
import { planCreate, plannedFiles } from "./plan/create.js";
import type { OnConflict } from "./plan/options.js";
import { makeSecrets } from "./plan/secrets.js";
import type { Plan } from "./plan/types.js";
import { type ApplyResult, applyPlan } from "./project/apply.js";
import { recover } from "./project/recover.js";
import { filesInTheWay, readTarget } from "./project/target.js";
import { VERSION } from "./version.js";

/** Endings of backups: the first that is free is taken. */
const BACKUPS = [".bak", ...Array.from({ length: 19 }, (_, index) => `.bak${index + 2}`)];

/**
 * Works out what creating a project would do to the disk. Changes nothing.
 *
 * @throws CliError: exit code 2, Workspace would reject a widget; 3, files are in the way; 1, the disk cannot be read
 */
export async function prepare(answers: CreateAnswers, onConflict: OnConflict, signal?: AbortSignal): Promise<Prepared> {
  const imported = await importOf(answers, signal);
  const files = plannedFiles(answers, VERSION, imported?.imported);
  const warnings = await checkManifest(files, answers, imported !== undefined);
  const paths = files.map(({ path }) => path);
  const backups = onConflict === "overwrite" ? paths.flatMap((path) => BACKUPS.map((ending) => path + ending)) : [];
  const state = await readTarget(resolve(answers.directory), [...paths, ...backups]);
  const plan = planCreate(answers.directory, files, state, filesInTheWay({ ...state, files: {} }), onConflict);
  return { ...plan, imported, warnings: [...warnings, ...plan.warnings] };
}

/** A plan, and what was taken over from an existing backend for it. */
export type Prepared = Plan & { imported: Import | undefined };

async function importOf({ from, ...rest }: CreateAnswers, signal?: AbortSignal): Promise<Import | undefined> {
  if (from === undefined) return undefined;
  const { readImport } = await import("./import.js");
  return readImport({ ...rest, from }, signal);
}

/**
 * Makes a plan of `prepare` real, or leaves everything as it was.
 *
 * @throws CliError with exit code 1 or 3; CancelledError when `signal` is aborted in time
 */
export function carryOut(answers: CreateAnswers, plan: Plan, signal?: AbortSignal): Promise<ApplyResult> {
  return applyPlan({ target: resolve(answers.directory), plan, secrets: makeSecrets(answers), signal });
}

/** What `createBackend` takes: the answers, of which only the directory is required, and how to run. */
export interface CreateBackendOptions extends PartialAnswers {
  directory: string;
  onConflict?: OnConflict;
  /** Only work out the plan. */
  dryRun?: boolean;
  signal?: AbortSignal;
}

export interface CreateBackendResult {
  /** Absolute path of the project. */
  path: string;
  answers: CreateAnswers;
  plan: Prepared;
  /** Files that were replaced, and where the old ones are. */
  backups: { path: string; backup: string }[];
}

/**
 * Creates a backend, as the command line does, except that it runs no other program: `git init` and the installation
 * of the dependencies are left to the caller. Answers that are missing take their defaults.
 *
 * @throws CliError, whose `exitCode` tells the kind and whose `message` and `hint` are for people
 */
export async function createBackend(options: CreateBackendOptions): Promise<CreateBackendResult> {
  const { onConflict = "refuse", dryRun = false, signal, ...given } = options;
  const path = resolve(given.directory);
  const answers = completeAnswers(given, { packageManager: "npm", cwdName: "" }, true);
  if (!dryRun) await recover(path);
  const plan = await prepare(answers, onConflict, signal);
  const applied = dryRun ? undefined : await carryOut(answers, plan, signal);
  return { path, answers, plan, backups: applied?.backups ?? [] };
}
