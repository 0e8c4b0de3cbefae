import width from "fast-string-width";
import type { LineIndex } from "../plan/json/lines.js";
import type { Place } from "./report.js";
import { safe } from "./safe.js";

const TAB = "    ";
/** A line that is wider is cut around its place: files of one line are common. */
const WIDEST = 96;
const NARROWEST = 32;

/**
 * The line of a place, with a caret below the place: the marks fit whatever a terminal makes of tabs, wide letters and
 * control characters.
 *
 * @param gutter how wide line numbers are
 * @param columns how wide the two lines may be, or a little more: a terminal that breaks them tears the mark away
 * @returns two lines
 */
export function codeFrame(
  lines: LineIndex,
  place: Place,
  end: Place | undefined,
  gutter: number,
  columns = Number.POSITIVE_INFINITY,
): [string, string] {
  const widest = Math.min(WIDEST, Math.max(NARROWEST, columns - gutter - " | ".length - 2 * "…".length));
  const most = Math.floor(widest / 3);
  const text = lines.lineText(place.line);
  const from = Math.min(place.column - 1, text.length);
  // Of an object or a list, where it begins is enough.
  const opens = /[{[]/.test(text[from] ?? "");
  const to = opens ? from + 1 : end && end.line === place.line ? Math.max(end.column - 1, from) : text.trimEnd().length;
  // Only what can be seen is made safe and measured: a line may have megabytes.
  const start = from > most && text.length > widest ? from - most : 0;
  const cut = start > 0 ? "…" : "";
  const before = cut + printable(text.slice(start, from));
  const rest = printable(text.slice(from, from + widest));
  const room = Math.max(widest - width(before), 16);
  const [shown, isCut] = fitting(rest, room);
  const marked = printable(text.slice(from, Math.min(to, from + widest)));
  const marks = Math.max(1, Math.min(width(marked), width(shown)));
  const more = isCut || text.length > from + widest ? "…" : "";
  return [
    `${String(place.line).padStart(gutter)} | ${before}${shown}${more}`,
    `${" ".repeat(gutter)} | ${" ".repeat(width(before))}${"^".repeat(marks)}`,
  ];
}

/** Tabs as spaces; what else could move the cursor is written out. */
function printable(text: string): string {
  return safe(text.replaceAll("\t", TAB));
}

/** As much of a text as fits, whole letters only. */
function fitting(text: string, room: number): [string, boolean] {
  if (width(text) <= room) return [text, false];
  let shown = "";
  let used = 0;
  for (const char of text) {
    used += width(char);
    if (used > room) break;
    shown += char;
  }
  return [shown, true];
}
