import { constants, type Dirent } from "node:fs";
import { open, readdir, realpath, stat } from "node:fs/promises";
import { extname, join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import * as z from "zod";
import { HttpError } from "./errors.js";
import type { Body } from "./send.js";

/** The largest document that is sent, unless a folder is given another limit. */
const MAX_BYTES = 20_000_000;

/** One folder whose files may be read. */
export interface DocumentFolder {
  /** The names of its files, sorted. Hidden files and folders within it are left out. */
  list: () => Promise<string[]>;
  /** The bytes of one of the files that `list` names; a 404 for any other name, whatever it looks like. */
  read: (name: string) => Promise<Buffer>;
}

/**
 * Gives access to the files of one folder, and to nothing else: a name is only ever compared with what the folder
 * holds, so that no spelling of a path leads out of it. Links count when they lead to a file within the folder.
 *
 * @param folder `new URL("../../documents/", import.meta.url)`; a folder that does not exist is an empty one
 * @param extensions those of the files that count, such as `.pdf`
 */
export function documentFolder(folder: URL, extensions: string[], maxBytes = MAX_BYTES): DocumentFolder {
  const path = fileURLToPath(folder);

  async function list() {
    const entries = await readdir(path, { withFileTypes: true }).catch(nothingWhenMissing<Dirent[]>([]));
    const candidates = entries.filter(
      ({ name }) => !name.startsWith(".") && extensions.includes(extname(name).toLowerCase()),
    );
    const files = await Promise.all(candidates.map((entry) => entry.isFile() || leadsToFile(entry)));
    return candidates.flatMap(({ name }, index) => (files[index] ? [name] : [])).sort();
  }

  async function leadsToFile(entry: Dirent): Promise<boolean> {
    const target = entry.isSymbolicLink() ? await inside(entry.name) : undefined;
    return target !== undefined && (await stat(target)).isFile();
  }

  /** Where a name leads in the end; undefined when that is outside of the folder, or nowhere. */
  async function inside(name: string): Promise<string | undefined> {
    const target = await realpath(join(path, name)).catch(nothingWhenMissing(undefined));
    return target?.startsWith(`${await realpath(path)}${sep}`) ? target : undefined;
  }

  async function read(name: string) {
    const target = (await list()).includes(name) ? await inside(name) : undefined;
    // The file may be replaced by a link or a pipe at any moment: neither is followed, nor waited for.
    const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
    const file = target && (await open(target, flags).catch(nothingWhenMissing(undefined)));
    if (!file) throw new HttpError(404, `There is no document "${name.slice(0, 100)}".`);
    try {
      const { size } = await file.stat();
      if (size > maxBytes) throw new HttpError(404, `"${name}" is larger than ${maxBytes / 1e6} MB.`);
      return await file.readFile();
    } finally {
      await file.close();
    }
  }

  return { list, read };
}

/** Takes a file or folder that is not there for `value`; other errors go on. */
function nothingWhenMissing<T>(value: T): (error: NodeJS.ErrnoException) => T {
  return (error) => {
    if (error.code === "ENOENT" || error.code === "ENOTDIR" || error.code === "ELOOP") return value;
    throw error;
  };
}

/** One PDF of an answer: its bytes, its bytes as base64, or a URL that the browser fetches by itself. */
export type FileAnswer = Uint8Array | { filename: string; content: string } | { filename: string; url: string };

const format = z.object({ data_type: z.literal("pdf"), filename: z.string().min(1) });

/** The same as Workspace reads it in JSON. */
export const FileItem = z.union([
  z.object({ data_format: format, content: z.base64().min(1) }),
  z.object({ data_format: format, url: z.url({ protocol: /^https?$/ }) }),
]);
export type FileItem = z.infer<typeof FileItem>;

/** A PDF as JSON; `name` is for bytes, which have none of their own. */
export function fileItem(answer: FileAnswer, name = "document.pdf"): FileItem {
  if (answer instanceof Uint8Array) {
    return { data_format: { data_type: "pdf", filename: name }, content: Buffer.from(answer).toString("base64") };
  }
  const { filename, ...rest } = answer;
  return { data_format: { data_type: "pdf", filename }, ...rest };
}

/** The body of one PDF: bytes as they are, else JSON. */
export function fileBody(answer: unknown): Body {
  if (answer instanceof Uint8Array) return { contentType: "application/pdf", text: answer };
  if (typeof answer !== "object" || answer === null) throw new TypeError("The handler must return a PDF.");
  return bareJson(fileItem(answer as FileAnswer));
}

/** JSON for the file viewers: Workspace compares their content type to the letter, so that a charset would fail. */
export function bareJson(answer: unknown): Body {
  return { contentType: "application/json", text: JSON.stringify(answer) };
}
