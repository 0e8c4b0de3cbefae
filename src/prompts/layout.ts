import type { Writable } from "node:stream";
import { styleText } from "node:util";
import { wrapTextWithPrefix } from "@clack/core";

/** One answer on the last screen. */
export interface SummaryRow {
  label: string;
  value: string;
}

/** Columns that clack's bar takes at the left of every line. */
export const GUIDE_WIDTH = 3;

/** Columns that a list loses: its marks, and the colour codes of the bar, which clack counts as columns. */
export const LIST_INDENT = 11;

/** A hint of fewer columns says too little. */
const SHORTEST_HINT = 12;

/** Below this many columns for the values, they stand under their labels instead of beside them. */
const NARROWEST_VALUE = 16;

/** Breaks a text at spaces, and inside words that are longer than `width` columns. Knows about wide characters. */
export function wrap(text: string, width: number): string[] {
  // clack's wrapping looks only at the number of columns of the stream it is given.
  const page = { columns: Math.max(width, 1) } as unknown as Writable;
  return wrapTextWithPrefix(page, text, "")
    .split("\n")
    .map((line, index) => (index === 0 ? line.trimEnd() : line.trim()));
}

/** The first line of a text that is wrapped at `width` columns, with `...` when there is more. */
export function oneLine(text: string, width: number): string {
  const [whole = "", ...rest] = wrap(text, width);
  return rest.length === 0 ? whole : `${wrap(text, Math.max(width - 3, 1))[0]}...`;
}

/**
 * A choice of a list with its hint cut to what is left of its line: a list whose lines break jumps up and down.
 *
 * @param columns how wide the lines may be
 */
export function fitHint<One extends { label: string; hint?: string }>({ hint, ...choice }: One, columns: number) {
  const room = columns - LIST_INDENT - choice.label.length - " ()".length;
  return hint === undefined || room < SHORTEST_HINT ? choice : { ...choice, hint: oneLine(hint, room) };
}

/**
 * The answers as lines: labels in one column, values in the next, long values wrapped under themselves.
 *
 * @param columns how wide the lines may be
 */
export function summaryLines(rows: SummaryRow[], columns: number): string[] {
  const labels = Math.max(...rows.map(({ label }) => label.length)) + 2;
  const beside = columns - labels >= NARROWEST_VALUE;
  return rows.flatMap(({ label, value }) => {
    const [first = "", ...rest] = wrap(value, beside ? columns - labels : columns - 2);
    if (!beside) return [styleText("dim", label), ...[first, ...rest].map((line) => `  ${line}`)];
    return [styleText("dim", label.padEnd(labels)) + first, ...rest.map((line) => " ".repeat(labels) + line)];
  });
}

interface Folder {
  folders: Map<string, Folder>;
  files: string[];
}

/**
 * The files of a project as an indented list, folders first.
 *
 * @param files relative paths with `/`
 * @param most lines that the list may have: folders are shown as a count, the innermost and fullest first, until it fits;
 *   what stands at the top is never left out
 * @param columns how wide the lines may be
 */
export function treeLines(files: string[], most: number, columns: number): string[] {
  const root = foldersOf(files);
  const closed = new Set<Folder>();
  let lines = draw(root, closed, "");
  while (lines.length > most) {
    const next = fullest(root, closed, root);
    if (!next) break;
    closed.add(next);
    lines = draw(root, closed, "");
  }
  return lines.map((line) => oneLine(line, columns));
}

function foldersOf(files: string[]): Folder {
  const root: Folder = { folders: new Map(), files: [] };
  for (const path of files) {
    const parts = path.split("/");
    const file = parts.pop() as string;
    let folder = root;
    for (const part of parts) {
      const inner = folder.folders.get(part) ?? { folders: new Map(), files: [] };
      folder.folders.set(part, inner);
      folder = inner;
    }
    folder.files.push(file);
  }
  return root;
}

function draw(folder: Folder, closed: Set<Folder>, indent: string): string[] {
  const folders = [...folder.folders].sort(byName).flatMap(([first, found]) => {
    let [name, inner] = [first, found];
    // A folder that holds nothing but one entry is one line with it: .github/workflows/ci.yml
    while (inner.files.length === 0 && inner.folders.size === 1) {
      const [[next, deeper]] = [...inner.folders] as [[string, Folder]];
      [name, inner] = [`${name}/${next}`, deeper];
    }
    if (inner.folders.size === 0 && inner.files.length === 1) return [`${indent}${name}/${inner.files[0]}`];
    if (closed.has(inner)) return [`${indent}${name}/  (${count(inner)} files)`];
    return [`${indent}${name}/`, ...draw(inner, closed, `${indent}  `)];
  });
  return [...folders, ...[...folder.files].sort().map((file) => indent + file)];
}

/** The open folder with the most entries among those that have no open folder with more than one file inside. */
function fullest(folder: Folder, closed: Set<Folder>, root: Folder): Folder | undefined {
  const inner = [...folder.folders.values()]
    .map((each) => fullest(each, closed, root))
    .filter((each) => each !== undefined);
  if (inner.length > 0) return inner.reduce((best, each) => (entries(each) > entries(best) ? each : best));
  return folder === root || closed.has(folder) || count(folder) < 2 ? undefined : folder;
}

function entries({ folders, files }: Folder): number {
  return folders.size + files.length;
}

function count({ folders, files }: Folder): number {
  return [...folders.values()].reduce((sum, folder) => sum + count(folder), files.length);
}

function byName([a]: [string, Folder], [b]: [string, Folder]): number {
  return a < b ? -1 : 1;
}
