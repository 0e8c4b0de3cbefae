import { relative, resolve, sep } from "node:path";
import { shellQuote } from "../plan/shell.js";
import type { Format } from "../plan/validate-options.js";
import { repositoryOf } from "../project/manifests.js";
import { githubLines } from "../validate/formats/github.js";
import { jsonReport } from "../validate/formats/json.js";
import { outcomeOf, type Paint, readable, summary } from "../validate/formats/readable.js";
import { safeJson } from "../validate/safe.js";
import { exitCodeOf, type Verdict } from "../validate/verdict.js";
import type { CommandContext } from "./program.js";

export interface PrintOptions {
  format: Format;
  /** What was checked, as the user wrote it. */
  given: string;
  root?: string;
}

/** Prints a verdict in the format that was asked for: one document, or lines for people. */
export async function printVerdict(
  verdict: Verdict,
  { format, given, root }: PrintOptions,
  { output }: CommandContext,
): Promise<void> {
  const paint: Paint = (style, text) => output.paint(style, text);
  if (format === "json") {
    output.result(safeJson(jsonReport(verdict, exitCodeOf(verdict))));
  } else if (format === "github") {
    for (const line of githubLines(verdict, pathsFrom(root))) output.result(line);
  } else if (format === "sarif") {
    const { sarif } = await import("../validate/formats/sarif.js");
    output.result(safeJson(sarif(verdict, pathsFrom(root))));
  } else if (format === "junit") {
    const { junit } = await import("../validate/formats/junit.js");
    output.result(junit(verdict));
  } else {
    const advice = { command: commandOf(given), fixable: root === undefined ? 0 : await fixable(verdict) };
    const lines = readable(verdict, paint, output.columns);
    for (const line of [...lines, ...summary(verdict, { ...advice, outcome: outcomeOf(verdict) }, paint)]) {
      output.result(line);
    }
  }
}

/** How many mends `--fix` would make. */
async function fixable({ report, shown }: Verdict): Promise<number> {
  const counts = report.files.map(async (file) => {
    if (file.encoding !== undefined) return 0;
    const own = shown.filter((finding) => finding.file === file.file);
    const mendable = own.filter(({ fix, code }) => fix !== undefined || code === "invalid-json");
    if (mendable.length === 0) return 0;
    const isPlain = !report.findings.some(({ textual, file: name }) => textual && name === file.file);
    if (isPlain) return mendable.length;
    // Not all can be mended in a text that has faults itself.
    const { applyFixes } = await import("../validate/fix.js");
    return applyFixes([file], own, () => []).applied.length;
  });
  return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
}

/** The command as it would be typed again. */
function commandOf(given: string): string {
  return `npx create-openbb-backend validate${given === "." ? "" : ` ${shellQuote(given)}`}`;
}

/**
 * Paths from the root of the repository, as GitHub wants them; without one, from the folder where we run. Absolute
 * where a file lies outside of it; undefined for URLs.
 */
function pathsFrom(root: string | undefined): (source: string) => string | undefined {
  const base = process.env.GITHUB_WORKSPACE ?? repositoryOf(root ?? ".") ?? process.cwd();
  return (source) => {
    if (root === undefined || /^https?:/i.test(source)) return undefined;
    const absolute = resolve(source);
    const path = relative(base, absolute);
    return path.startsWith("..") || resolve(path) === path ? absolute : path.split(sep).join("/");
  };
}
