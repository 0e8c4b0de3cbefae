import { isUtf8 } from "node:buffer";
import { existsSync, readdirSync, statSync } from "node:fs";
import { lstat, readdir, readFile, realpath, stat } from "node:fs/promises";
import { basename, dirname, join, relative, resolve } from "node:path";
import { CliError, EXIT } from "../errors.js";
import { type KnownHandlers, knownHandlers } from "../plan/edit/handler-files.js";
import type { ProjectState } from "../plan/state.js";
import { hasCode, isDiskError, readText } from "./disk.js";
import type { Watched } from "./watch.js";

/** A file of a backend that Workspace reads, as it is on the disk. */
export interface ManifestFile {
  /** What it is; undefined for one that was given by its path. */
  file: "widgets.json" | "apps.json" | "agents.json" | undefined;
  /** As the user would write its path. */
  name: string;
  /** Absolute. */
  path: string;
  text: string;
  /** How it is written, where that is not UTF-8; `broken`: some bytes of it are no UTF-8. */
  encoding?: "utf-16" | "broken";
}

/** The files of a backend on the disk. */
export interface Manifests {
  /** The folder that they stand in, absolute. */
  root: string;
  files: ManifestFile[];
  /** Only in a project of this tool. */
  handlers?: KnownHandlers;
}

/** The most that is read of one file. */
const MOST_BYTES = 10 * 1024 * 1024;
/** In the order in which Workspace asks for them; of two in a row, the first that is there. */
const NAMES = [
  ["widgets.json", ["widgets.json"]],
  ["apps.json", ["apps.json", "templates.json"]],
  ["agents.json", ["agents.json", "copilots.json"]],
] as const;
/** How deep widgets.json is looked for, and in how many folders at the most. */
const STEPS = 3;
const MOST_LOOKS = 500;
const RECORD = "openbb-backend.json";
const HANDLERS = "src/widgets";

/**
 * Reads the files of a backend that Workspace reads. Changes nothing.
 *
 * @param given a folder or a file, as the user wrote it
 * @throws CliError with exit code 2 when nothing is there, 3 when it cannot be read or is no backend
 */
export async function readManifests(given: string): Promise<Manifests> {
  const path = resolve(given);
  const found = await stat(path).catch((error: unknown) => {
    if (!hasCode(error, "ENOENT", "ENOTDIR")) throw unreadable(given, error);
    throw new CliError(
      EXIT.usage,
      `There is no file or folder ${given}.`,
      "Give the folder of a backend, one of its files, or the address of a running one: http://localhost:7779",
    );
  });
  if (!found.isDirectory()) {
    const file = await readManifest(path, given, undefined);
    if (isNoManifest(basename(path), file.text)) throw noManifest(given);
    return { root: dirname(path), files: [file] };
  }

  const files: ManifestFile[] = [];
  for (const [file, names] of NAMES) {
    const name = names.find((one) => existsSync(join(path, one)));
    if (name !== undefined) files.push(await readManifest(join(path, name), nameIn(given, name), file));
    else if (file === "widgets.json") throw await noWidgets(path, given);
  }
  if (!existsSync(join(path, RECORD))) return { root: path, files };
  return { root: path, files, handlers: await readHandlers(path) };
}

/**
 * Nothing is written through symbolic links: they may lead anywhere. And what nobody may write is not replaced either,
 * though its folder would allow that.
 *
 * @param files those that are to be changed
 * @throws CliError with exit code 3 for a link or a write-protected file
 */
export async function refuseUnwritable(files: readonly ManifestFile[]): Promise<void> {
  for (const { path, name } of files) {
    const found = await lstat(path);
    if (!found.isSymbolicLink() && (found.mode & 0o222) === 0) {
      const hint = "Make it writable first, if it is yours to change.";
      throw new CliError(EXIT.refused, `${name} is write-protected. Nothing was changed.`, hint);
    }
    const real = found.isSymbolicLink() ? await realpath(path) : path;
    if (real === path) continue;
    throw new CliError(
      EXIT.refused,
      `${name} is a symbolic link, and nothing is written through links. Nothing was changed.`,
      `Give the file itself: ${relative(process.cwd(), real)}`,
    );
  }
}

/** What the check of a folder or file depends on. */
export function watchedBy(given: string): Watched {
  const path = resolve(given);
  const names = [...NAMES.flatMap(([, each]) => each), RECORD];
  return { files: [path, ...names.map((name) => join(path, name))], folders: [join(path, HANDLERS)] };
}

/** The root of the git repository that a folder lies in; undefined when it lies in none. */
export function repositoryOf(folder: string): string | undefined {
  for (let at = resolve(folder); ; at = dirname(at)) {
    if (existsSync(join(at, ".git"))) return at;
    if (dirname(at) === at) return undefined;
  }
}

function nameIn(given: string, name: string): string {
  return given === "." || given === "" ? name : join(given, name);
}

async function readManifest(path: string, name: string, file: ManifestFile["file"]): Promise<ManifestFile> {
  let bytes: Buffer;
  try {
    const found = await stat(path);
    if (!found.isFile()) throw new CliError(EXIT.refused, `${name} is no file.`, "Give a file, or a folder.");
    if (found.size > MOST_BYTES) {
      const most = `${MOST_BYTES / 1024 / 1024} MB`;
      throw new CliError(EXIT.refused, `${name} is larger than ${most}.`, "Workspace would take too long to load it.");
    }
    bytes = await readFile(path);
  } catch (error) {
    throw unreadable(name, error);
  }
  const wide = utf16Of(bytes);
  if (wide) return { file, name, path, text: new TextDecoder(wide).decode(bytes), encoding: "utf-16" };
  if (isUtf8(bytes)) return { file, name, path, text: bytes.toString("utf8") };
  return { file, name, path, text: bytes.toString("utf8"), encoding: "broken" };
}

/** Windows' PowerShell and Notepad write UTF-16: JSON begins with ASCII, so that every other byte is zero. */
function utf16Of(bytes: Buffer): "utf-16le" | "utf-16be" | undefined {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0)) return "utf-16le";
  return (first === 0xfe && second === 0xff) || (first === 0 && second !== 0) ? "utf-16be" : undefined;
}

async function readHandlers(root: string): Promise<KnownHandlers> {
  const state: ProjectState = { files: {} };
  const names = await readdir(join(root, HANDLERS)).catch(() => []);
  for (const name of names.filter((one) => one.endsWith(".ts"))) {
    const path = `${HANDLERS}/${name}`;
    const text = await readText(join(root, path)).catch((error: unknown) => {
      if (isDiskError(error)) return null;
      throw error;
    });
    state.files[path] = { text };
  }
  return knownHandlers(state);
}

/** JSON files of projects that Workspace never reads. */
const OTHERS = /^(package|package-lock|openbb-backend|[jt]sconfig(\..+)?)\.json$/i;
/** What may stand before a value, though not in JSON: comments. */
const BEFORE = /^(\s+|\/\/.*|\/\*[\s\S]*?\*\/)*/;
/** As an object or a list of objects begins, with faults too; not TOML, nor a template. */
const BEGINNING = /^(\{(?![{%])|\[\s*[{\]/])/;

/** Whether a file is certainly none that Workspace reads: source code, a picture, the settings of something else. */
function isNoManifest(name: string, text: string): boolean {
  if (OTHERS.test(name)) return true;
  if (/\.json/i.test(name)) return false;
  const begin = text.slice(0, 10_000).replace(/^\ufeff/, "");
  return !BEGINNING.test(begin.replace(BEFORE, ""));
}

function noManifest(given: string): CliError {
  return new CliError(
    EXIT.refused,
    `${given} is no widgets.json, apps.json or agents.json.`,
    `Give one of these, whatever its name, or the folder of the backend: ${dirname(given)}`,
  );
}

async function noWidgets(path: string, given: string): Promise<CliError> {
  const entries = await readdir(path, { withFileTypes: true }).catch((error: unknown) => {
    throw unreadable(given, error);
  });
  const below = foldersBelow(path).map((folder) => nameIn(given, relative(path, folder)));
  const other = entries.find(({ name }) => /(apps|templates|agents|copilots|widgets).*\.json$/i.test(name));
  const [first] = below;
  const hint = first
    ? below.length === 1
      ? `There is one in ${first}: give that folder.`
      : `There are some in ${below.slice(0, 5).join(", ")}${below.length > 5 ? ", …" : ""}: give one of these folders.`
    : other
      ? `To check one file, give it: ${nameIn(given, other.name)}`
      : "Give the folder that has it, or the address of a running backend: http://localhost:7779";
  const where = given === "." ? "here" : `in ${given}`;
  return new CliError(EXIT.refused, `There is no widgets.json ${where}.`, hint);
}

/**
 * The folders with a widgets.json below one, the nearest first, as in a repository of several backends. Only so many are
 * looked at: it may be a home folder, or the root of the disk.
 */
function foldersBelow(folder: string): string[] {
  const found: string[] = [];
  let level = [folder];
  let looks = MOST_LOOKS;
  for (let step = 0; step < STEPS; step++) {
    const next: string[] = [];
    for (const path of level.flatMap(foldersIn).slice(0, looks)) {
      looks--;
      const file = join(path, "widgets.json");
      (existsSync(file) && statSync(file).isFile() ? found : next).push(path);
    }
    level = next;
  }
  return found;
}

function foldersIn(folder: string): string[] {
  try {
    const below = readdirSync(folder, { withFileTypes: true }).filter(
      (entry) => entry.isDirectory() && !/^(\.|node_modules$)/.test(entry.name),
    );
    return below.map(({ name }) => join(folder, name));
  } catch {
    return [];
  }
}

function unreadable(name: string, error: unknown): unknown {
  if (error instanceof CliError || !isDiskError(error)) return error;
  const why = hasCode(error, "EACCES", "EPERM") ? "permission denied" : `error ${error.code}`;
  const hint = "Check that it is there, and who may read it.";
  return new CliError(EXIT.refused, `${name} cannot be read: ${why}.`, hint);
}
