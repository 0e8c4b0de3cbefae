import type { Finding } from "../contract/findings.js";
import { duplicateKeys, hasDuplicateKeys } from "../plan/json/duplicates.js";
import { type FaultyJson, findFaults } from "../plan/json/faults.js";
import { type LineIndex, lineIndex, type Place } from "../plan/json/lines.js";
import { pointerOf, type Span, spansOf, treeOf, type ValueSpan } from "./places.js";
import type { CheckedFile } from "./report.js";

/** What is wrong with a text itself; its place is known from the start. */
export type TextFinding = Finding & { place: Place; end: Place };

/** A file's text, read as far as it can be. */
export interface ReadFile {
  file: CheckedFile;
  /** Whether there is a value to check: also of a text with faults, where it is certain what was meant. */
  readable: boolean;
  value?: unknown;
  findings: TextFinding[];
  /** Where the values of pointers stand in the text. */
  spans(pointers: Iterable<string>): Map<string, ValueSpan>;
  /** Whether a value stands where a fault was reported already. */
  isFaulty(span: Span): boolean;
  lines(): LineIndex;
}

/** Spans of a text without its byte order mark, or of a mended one, as those of the file. */
type Shift = (spans: Map<string, ValueSpan>, origin?: (offset: number) => number) => Map<string, ValueSpan>;

const BOM = "\ufeff";

/** Reads a text strictly, and where that fails, finds all that is wrong with it. Never throws. */
export function readFile(file: CheckedFile): ReadFile {
  const bom = file.text.startsWith(BOM) ? BOM.length : 0;
  const text = file.text.slice(bom);
  let index: LineIndex | undefined;
  const lines = () => {
    index ??= lineIndex(file.text);
    return index;
  };
  const findings: TextFinding[] = [];
  const add = (finding: Finding, offset: number, length: number) => {
    const place = lines().placeOf(bom + offset);
    findings.push({ ...finding, place, end: lines().placeOf(bom + offset + length) });
  };
  for (const finding of encodingFindings(file, bom > 0)) add(finding, brokenAt(file, text), 0);

  const read: ReadFile = { file, readable: true, findings, spans: () => new Map(), isFaulty: () => false, lines };
  const shift: Shift = (spans, origin = (offset) => offset) => {
    const moved = ({ offset, length }: Span): Span => {
      const from = origin(offset);
      return { offset: bom + from, length: origin(offset + length) - from };
    };
    for (const [pointer, span] of spans) {
      spans.set(pointer, { ...moved(span), ...(span.key && { key: moved(span.key) }) });
    }
    return spans;
  };
  try {
    read.value = JSON.parse(text);
    read.spans = (pointers) => shift(spansOf(text, pointers));
    if (hasDuplicateKeys(text, read.value)) addDuplicates(text, add);
    return read;
  } catch {
    const faulty = findFaults(text);
    for (const { offset, length, what, hint } of faultsOf(faulty)) {
      const message = `${what[0]?.toUpperCase()}${what.slice(1)}.`;
      add({ code: "invalid-json", severity: "error", path: "", message, hint }, offset, length);
    }
    read.readable = false;
    if (faulty.mended === undefined) return read;
    return readMended(read, faulty, faulty.mended, shift, add);
  }
}

function readMended(
  read: ReadFile,
  faulty: FaultyJson,
  mended: string,
  shift: Shift,
  add: (finding: Finding, offset: number, length: number) => void,
): ReadFile {
  try {
    read.value = JSON.parse(mended);
  } catch {
    return read;
  }
  read.readable = true;
  read.spans = (pointers) => shift(spansOf(mended, pointers), faulty.origin);
  const bom = read.file.text.startsWith(BOM) ? BOM.length : 0;
  const places = new Set(faulty.faults.map(({ offset }) => offset + bom));
  read.isFaulty = ({ offset }) => places.has(offset);
  if (hasDuplicateKeys(mended, read.value)) {
    addDuplicates(mended, (finding, offset, length) => {
      const from = faulty.origin(offset);
      add(finding, from, faulty.origin(offset + length) - from);
    });
  }
  return read;
}

/** What JSON.parse refuses is a fault, even if none was found. */
function faultsOf({ faults }: FaultyJson): FaultyJson["faults"] {
  if (faults.length > 0) return faults;
  const hint = "Look at it with an editor that checks JSON.";
  return [{ offset: 0, length: 0, what: "there is something that JSON does not allow", hint }];
}

function addDuplicates(text: string, add: (finding: Finding, offset: number, length: number) => void): void {
  const root = treeOf(text);
  if (!root) return;
  const lines = lineIndex(text);
  for (const { key, offset, length, first, path } of duplicateKeys(root)) {
    const line = lines.placeOf(first).line;
    const message = `The key ${JSON.stringify(key)} stands here a second time; the one of line ${line} is lost.`;
    const hint = "Take one of the two out, or give it another name.";
    add({ code: "duplicate-key", severity: "warning", path: pointerOf(path), message, hint }, offset, length);
  }
}

function encodingFindings({ encoding }: CheckedFile, hasMark: boolean): Finding[] {
  if (encoding === "utf-16") {
    const message = "The file is written in UTF-16, and Workspace reads UTF-8 only.";
    return [{ code: "invalid-json", severity: "error", path: "", message, hint: "Save it with the encoding UTF-8." }];
  }
  if (encoding === "broken") {
    const message = "There are bytes here that are no UTF-8: Workspace shows � in their place.";
    return [{ code: "not-utf-8", severity: "warning", path: "", message, hint: "Save it with the encoding UTF-8." }];
  }
  if (!hasMark) return [];
  const message = "The file begins with a byte order mark: Workspace passes over it, many servers and tools do not.";
  const hint = 'Save it as "UTF-8", not as "UTF-8 with BOM".';
  return [{ code: "byte-order-mark", severity: "info", path: "", message, hint }];
}

/** The first replacement character of a text that was decoded with some. */
function brokenAt({ encoding }: CheckedFile, text: string): number {
  return encoding === "broken" ? Math.max(0, text.indexOf("\ufffd")) : 0;
}
