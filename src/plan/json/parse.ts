import { type Node, parseTree } from "jsonc-parser";
import { CliError, EXIT } from "../../errors.js";
import { duplicateKeys } from "./duplicates.js";
import { findFaults } from "./faults.js";
import { lineIndex } from "./lines.js";

/** Deeper than any file of OpenBB's, and far from what would exhaust the stack of what walks the value. */
const MOST_LEVELS = 200;

const BOM = "\ufeff";

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
  const [twice] = duplicateKeys(root);
  if (twice) throw wrong(name, `${position(text, twice.offset)}: the key ${JSON.stringify(twice.key)} stands twice`);
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
  const [first] = findFaults(text).faults;
  if (!first) return "there is something that JSON does not allow";
  return text.trim() === "" ? first.what : `${position(text, first.offset)}: ${first.what}`;
}

function position(text: string, offset: number): string {
  const { line, column } = lineIndex(text).placeOf(offset);
  return `line ${line}, column ${column}`;
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

function wrong(name: string, what: string, cause?: unknown): CliError {
  return new CliError(EXIT.refused, `${name} cannot be read: ${what}.`, "Mend the file; nothing was changed.", {
    cause,
  });
}
