import { label } from "../../contract/explain.js";
import type { Finding } from "../../contract/findings.js";
import { patched } from "../../contract/fixes/index.js";
import { validateBackend } from "../../contract/rules/index.js";
import type { Operation } from "../../contract/rules/rule.js";

/** More rounds than an entry has layers of faults: one mend may bring the next fault to light. */
const ROUNDS = 12;

/** An entry of widgets.json as it can be taken over. */
export interface MendedEntry {
  /** A changed copy; the entry itself where there was nothing to mend. */
  entry: unknown;
  /** What was changed, "`type` is now \"ssrm_table\"": sentences without their end. */
  mends: string[];
  /** The errors that are left. */
  errors: Finding[];
}

/**
 * Mends a widget where there is no doubt about what was meant, as `validate --fix` does.
 *
 * @param id its key in widgets.json
 * @param entry the entry; it is not changed
 */
export function mendWidget(id: string, entry: unknown): MendedEntry {
  let file: unknown = Object.fromEntries([[id, entry]]);
  const mends: string[] = [];
  let findings = validateBackend({ widgets: file });
  for (let round = 0; round < ROUNDS; round++) {
    const before = mends.length;
    const paths = new Set<string>();
    for (const { path, fix } of findings) {
      // What is said twice of one place is mended once; what else the mends of a round get wrong, the next one finds.
      const result = fix && !paths.has(path) ? patched(file, fix.operations) : undefined;
      if (!fix || !result) continue;
      paths.add(path);
      file = result.value;
      mends.push(...fix.operations.flatMap(told));
    }
    if (mends.length === before) break;
    findings = validateBackend({ widgets: file });
  }
  const errors = findings.filter(({ severity }) => severity === "error");
  return { entry: Object.getOwnPropertyDescriptor(file, id)?.value, mends, errors };
}

function told(operation: Operation): string[] {
  const { op, path } = operation;
  if (op === "remove") return [`${named(path)} is left out`];
  if (op === "move") return [`${named(operation.from)} is now ${named(path)}`];
  // A new object is there for what moves into it.
  const { value } = operation;
  return JSON.stringify(value) === "{}" ? [] : [`${named(path)} is now ${shown(value)}`];
}

/** A place within the entry. */
function named(path: string): string {
  const keys = path.split("/").slice(2);
  return label(keys.map((key) => (/^\d+$/.test(key) ? Number(key) : key.replaceAll("~1", "/").replaceAll("~0", "~"))));
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
