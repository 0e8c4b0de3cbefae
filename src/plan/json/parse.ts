import { type Node, type ParseError, parseTree } from "jsonc-parser";
import { CliError, EXIT } from "../../errors.js";

/** Deeper than any file of OpenBB's, and far from what would exhaust the stack of what walks the value. */
const MOST_LEVELS = 200;

const BOM = "\ufeff";

/** What jsonc-parser's error codes (a const enum, which cannot be imported) mean, by number. */
const PROBLEMS: Record<number, string> = {
  1: "there is something that is no JSON value (texts stand in double quotes)",
  2: "a number is not written as JSON wants it",
  3: "a key in double quotes is missing",
  4: "a value is missing",
  5: "a colon is missing",
  6: "a comma is missing",
  7: "a } is missing",
  8: "a ] is missing",
  9: "there is more after the end",
  10: "there is a comment, which JSON does not allow",
  11: "there is a comment, which JSON does not allow",
  12: "a text is not closed",
  13: "a number is not whole",
  14: "a \\u escape is not whole",
  15: "a backslash escapes a character that needs none",
  16: "a text has a line break or another control character",
};

/** The text of a JSON file, and where everything stands in it. */
export interface JsonDocument {
  /** `\ufeff` or nothing. */
  bom: string;
  /** Without the byte order mark: offsets count from here. */
  text: string;
  root: Node;
  value: unknown;
}

/**
 * Reads a JSON file, strictly: no comments, no trailing commas, no key twice. A byte order mark is passed over.
 *
 * @param name how the file is called in messages
 * @throws CliError with exit code 3 that says where the file is wrong, and how
 */
export function parseJson(text: string, name: string): unknown {
  return openJson(text, name).value;
}

/** Like `parseJson`, with the places of all values. */
export function openJson(file: string, name: string): JsonDocument {
  const bom = file.startsWith(BOM) ? BOM : "";
  const text = file.slice(bom.length);
  const value = strictValue(text, name);
  if (levelsExceed(value)) throw wrong(name, `it is nested more than ${MOST_LEVELS} levels deep`);
  const root = parseTree(text) as Node;
  const twice = duplicateKey(root);
  if (twice) throw wrong(name, `${position(text, twice.offset)}: the key ${JSON.stringify(twice.value)} stands twice`);
  return { bom, text, root, value };
}

function strictValue(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw wrong(name, firstProblem(text), cause);
  }
}

function firstProblem(text: string): string {
  if (text.trim() === "") return "it is empty";
  const errors: ParseError[] = [];
  try {
    parseTree(text, errors, { disallowComments: true, allowTrailingComma: false });
  } catch {
    return "it is nested too deeply";
  }
  const [first] = errors;
  if (!first) return "there is something that JSON does not allow";
  const trailing = /[}\]]/.test(text[first.offset] ?? "") && text.slice(0, first.offset).trimEnd().endsWith(",");
  const offset = trailing ? text.slice(0, first.offset).trimEnd().length - 1 : first.offset;
  const what = trailing
    ? `there is a comma before the ${text[first.offset]}, which JSON does not allow`
    : PROBLEMS[first.error];
  return `${position(text, offset)}: ${what ?? "there is something that JSON does not allow"}`;
}

function position(text: string, offset: number): string {
  const lines = text.slice(0, offset).split(/\r\n|\n|\r/);
  return `line ${lines.length}, column ${(lines.at(-1)?.length ?? 0) + 1}`;
}

/** Without recursion, for just the deepest values would break it. */
function levelsExceed(value: unknown): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MOST_LEVELS) return true;
    level = level.flatMap((one) => (typeof one === "object" && one !== null ? Object.values(one) : []));
  }
  return false;
}

function duplicateKey(node: Node): Node | undefined {
  const seen = new Set<string>();
  for (const child of node.children ?? []) {
    const key = child.type === "property" ? child.children?.[0] : undefined;
    if (key && seen.has(key.value)) return key;
    if (key) seen.add(key.value);
    const found = duplicateKey(child);
    if (found) return found;
  }
  return undefined;
}

function wrong(name: string, what: string, cause?: unknown): CliError {
  return new CliError(EXIT.refused, `${name} cannot be read: ${what}.`, "Mend the file; nothing was changed.", {
    cause,
  });
}
