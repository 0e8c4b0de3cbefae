import { createTwoFilesPatch } from "diff";
import type { AnyWidget } from "../../catalog/index.js";
import { CliError, EXIT } from "../../errors.js";
import { folder, layersOf, type ProjectFile, templateData } from "../files.js";
import { titleOf } from "../names.js";
import { hashOf, isOwned } from "../record.js";
import { textOf } from "../state.js";
import { likePresent, type Project, type Writes } from "./project.js";

/** Lines of differences that a message shows. */
const MOST_LINES = 40;

/** The files of some layers (`layersOf`) of this project. */
export function filesOf({ record: { answers } }: Project, layers: string[]): ProjectFile[] {
  const data = { ...templateData(answers, titleOf(answers.name)), types: [] };
  return layers.flatMap((layer) => folder(layer, data));
}

/**
 * Brings the runtime to where new widgets can work: the files that their types need, and of an older release's files
 * those that the user has not changed.
 *
 * @param present the widgets that are there
 * @param added those to come
 * @param writes gets the files
 * @returns the hashes for the record, and whether files of an older release were replaced
 * @throws CliError with exit code 3 when a file is in the way, or the user has changed one that must be replaced
 */
export function bringRuntime(
  project: Project,
  version: string,
  present: AnyWidget[],
  added: AnyWidget[],
  writes: Writes,
): { files: Record<string, string>; updated: boolean } {
  const { state, record } = project;
  const files = { ...record.files };
  const older = record.version !== version;
  const [known, wanted] = [layersOf(present), layersOf(added)];
  const core = filesOf(project, ["project"]).filter(({ path }) => isOwned(path));
  const pathsOf = (layers: string[]) => new Set(filesOf(project, layers).map(({ path }) => path));
  const fresh = pathsOf(wanted.filter((layer) => !known.includes(layer)));
  // What the user has deleted of a type in use comes back when it is code: new widgets would not work without.
  const code = new Set([...pathsOf(wanted)].filter(isOwned));
  const changed: ProjectFile[] = [];
  let updated = false;
  for (const file of [...core, ...filesOf(project, layersOf([...present, ...added]))]) {
    const { path, text, why } = file;
    const recorded = Object.hasOwn(record.files, path) ? record.files[path] : undefined;
    const needed = fresh.has(path) || (older && recorded === undefined && isOwned(path));
    if (!isThere(project, path)) {
      if (!needed && !code.has(path)) continue;
      checkFree(project, path);
      writes.set(path, { text, why });
      if (isOwned(path)) files[path] = hashOf(text);
      updated ||= older;
      continue;
    }
    const there = textOf(state, path);
    const [is, now] = [there === undefined ? "" : hashOf(there), hashOf(text)];
    if (is === now) {
      if (recorded !== undefined) files[path] = now;
    } else if (recorded === undefined) {
      if (needed) throw inTheWay(path);
    } else if (is === recorded) {
      writes.set(path, { text: likePresent(state, path, text), why: `${why}, of this release` });
      files[path] = now;
      updated = true;
    } else if (recorded !== now) changed.push(file);
  }
  if (changed.length > 0) throw wasChanged(project, changed);
  return { files, updated };
}

function isThere({ state }: Project, path: string): boolean {
  return Object.hasOwn(state.files, path);
}

/**
 * Makes sure that a file can be made.
 *
 * @throws CliError with exit code 3 when something stands there, or differs from it only in case
 */
export function checkFree({ state }: Project, path: string): void {
  const lower = path.toLowerCase();
  const blocking = Object.keys(state.files).find((other) => {
    const there = other.toLowerCase();
    return there === lower || there.startsWith(`${lower}/`) || lower.startsWith(`${there}/`);
  });
  if (blocking !== undefined) throw inTheWay(blocking);
}

function inTheWay(path: string): CliError {
  return new CliError(
    EXIT.refused,
    `${path} is in the way.`,
    "Move or delete it, or give the widget another id if it is a handler.",
  );
}

function wasChanged({ state }: Project, files: ProjectFile[]): CliError {
  const paths = files.map(({ path }) => path).join(", ");
  const patches = files.map(({ path, text }) => {
    const there = (textOf(state, path) ?? "").replaceAll("\r\n", "\n");
    return createTwoFilesPatch(`${path} (yours)`, `${path} (this release)`, there, text, "", "", { context: 1 });
  });
  const lines = patches.flatMap((patch) => patch.replace(/^=+\n/, "").trimEnd().split("\n"));
  const shown = lines.slice(0, MOST_LINES).map((line) => `  ${line}`);
  if (lines.length > shown.length) shown.push(`  … and ${lines.length - shown.length} more lines`);
  return new CliError(
    EXIT.refused,
    `This release of the tool has other versions of files that you have changed: ${paths}.\n${shown.join("\n")}`,
    "Put the new text into the file and your own changes into a file of yours; or keep yours, and give the file the " +
      `hash of this release in openbb-backend.json: ${files.map(({ path, text }) => `${path} ${hashOf(text)}`).join(", ")}.`,
  );
}
