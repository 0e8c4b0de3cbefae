import { findFaults } from "../plan/json/faults.js";
import { patchJson } from "../plan/json/patch.js";
import { checkFiles } from "./check.js";
import type { CheckedFile, ReportedFinding } from "./report.js";

/** What certain mends have made of the files of a backend. */
export interface FixedFiles {
  /** All files, in the same order; those that needed nothing are the very same objects. */
  files: CheckedFile[];
  /** What was mended, in the order in which it was. */
  applied: { finding: ReportedFinding; title: string }[];
  /** What a check of the mended files still finds. */
  left: ReportedFinding[];
}

/** Mends bring faults to light that were hidden before, and those others; more rounds than a file has layers. */
const ROUNDS = 12;

/**
 * Makes every certain mend, by cutting and putting in text: all other bytes stay. Mended files need nothing further, so
 * that a second run changes nothing.
 *
 * @param findings what `check` says of the files as they are; only what is among these, or what it says later, is mended
 * @param check what is wrong with files; it may pass over what the user does not want to hear of
 */
export function applyFixes(
  files: CheckedFile[],
  findings: ReportedFinding[],
  check: (files: CheckedFile[]) => ReportedFinding[] = (all) => checkFiles("", all).findings,
): FixedFiles {
  const applied: FixedFiles["applied"] = [];
  let [now, left] = [files, findings];
  for (let round = 0; round < ROUNDS; round++) {
    const before = applied.length;
    now = now.map((file) => {
      const text = fixedText(
        file,
        left.filter((one) => one.file === file.file),
        applied,
      );
      return text === file.text ? file : { ...file, text };
    });
    if (applied.length === before) break;
    left = check(now);
  }
  return { files: now, applied, left };
}

/** The text of a file after the mends that can be made at once. */
function fixedText({ text }: CheckedFile, findings: ReportedFinding[], applied: FixedFiles["applied"]): string {
  const mark = text.startsWith("\ufeff") ? 1 : 0;
  if (!isJson(text.slice(mark))) {
    const faults = findings.filter(({ code }) => code === "invalid-json");
    const without = faults.length > 0 ? withoutCommas(text.slice(mark)) : undefined;
    if (without === undefined) return text;
    for (const finding of faults) applied.push({ finding, title: "Take the comma out." });
    return text.slice(0, mark) + without;
  }
  const fixable = findings.filter(({ fix }) => fix !== undefined);
  if (fixable.length === 0) return text;
  const patched = patchJson(
    text,
    fixable.map(({ fix }) => fix?.operations ?? []),
  );
  for (const [index, finding] of fixable.entries()) {
    if (patched.made[index]) applied.push({ finding, title: finding.fix?.title ?? "" });
  }
  return patched.text;
}

/**
 * A text without the commas that are too many, if that makes JSON of it. Comments and other faults are left to people:
 * what is in them would be lost, or is not certain.
 */
function withoutCommas(text: string): string | undefined {
  const commas = findFaults(text).faults.filter(({ offset, length }) => length === 1 && text[offset] === ",");
  const keep = [0, ...commas.map(({ offset }) => offset + 1)];
  const result = keep.map((from, index) => text.slice(from, commas[index]?.offset)).join("");
  return commas.length > 0 && isJson(result) ? result : undefined;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
