import type { ReportedFinding } from "../report.js";
import { clipped, safe } from "../safe.js";
import { checkedOf, countsOf, subjectOf, type Verdict } from "../verdict.js";

const COMMANDS = { error: "error", warning: "warning", info: "notice" } as const;
const ORDER = ["error", "warning", "info"];

/**
 * A report as GitHub's workflow commands: annotations on the lines of a pull request. Errors come first, for GitHub
 * shows only the first ten of a step.
 *
 * @param pathOf gives a file's path from the root of the repository, with `/`; undefined for what is no file
 * @returns lines without their ends
 */
export function githubLines(verdict: Verdict, pathOf: (source: string) => string | undefined): string[] {
  const findings = [...verdict.shown].sort((a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity));
  return [
    ...findings.map((finding) => annotation(finding, pathOf(finding.source))),
    // Not first: a line that begins with "::" is a command, whatever a folder is called.
    `Checked ${subjectOf(verdict.report)}: ${countsOf(verdict)} in ${checkedOf(verdict.report)}.`,
  ];
}

function annotation({ severity, code, message, hint, owner, call, place, end, path }: ReportedFinding, file?: string) {
  const properties: [string, string | number | undefined][] = [
    ["file", file],
    ["line", file === undefined ? undefined : place?.line],
    ["endLine", file === undefined ? undefined : end?.line],
    // GitHub takes columns only within one line.
    ["col", file !== undefined && place?.line === end?.line ? place?.column : undefined],
    ["endColumn", file !== undefined && place?.line === end?.line ? end?.column : undefined],
    ["title", owner === undefined ? code : `${code} (${clipped(safe(owner), 60)})`],
  ];
  const given = properties
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key}=${property(value)}`);
  const where = place || path === "" ? "" : ` (${path})`;
  const text = [message + where, hint, call].filter((part) => part !== undefined).map(safe);
  return `::${COMMANDS[severity]} ${given.join(",")}::${data(clipped(text.join("\n"), 4000))}`;
}

/** The runner's own escapes (actions/toolkit, command.ts). */
function data(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(value: string | number | undefined): string {
  return data(safe(String(value)))
    .replaceAll(":", "%3A")
    .replaceAll(",", "%2C");
}
