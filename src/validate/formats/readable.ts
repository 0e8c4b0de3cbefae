import { type LineIndex, lineIndex } from "../../plan/json/lines.js";
import { codeFrame } from "../frame.js";
import type { ReportedFinding } from "../report.js";
import { clipped, safe } from "../safe.js";
import { checkedOf, countsOf, subjectOf, type Verdict } from "../verdict.js";

/** Colours a text, where colours are wanted. */
export type Paint = (style: "red" | "yellow" | "cyan" | "green" | "bold" | "dim", text: string) => string;

const MARKS = { error: ["red", "✖"], warning: ["yellow", "▲"], info: ["cyan", "●"] } as const;
/** Of each code in a file, so many are shown with their lines, so many more in one line each; the rest is counted. */
const MOST_WHOLE = 3;
const MOST_SHORT = 10;
const INDENT = "      ";
/** A message may quote a value of any size. */
const LONGEST_TEXT = 600;

/**
 * A report for people: by file and by widget, each finding with its line, the reason and the remedy.
 *
 * @param columns how wide the terminal is; undefined for a pipe
 * @returns lines without their ends
 */
export function readable(verdict: Verdict, paint: Paint, columns?: number): string[] {
  const lines: string[] = [];
  const told = new Set<string>();
  for (const source of new Set(verdict.shown.map((finding) => finding.source))) {
    const findings = verdict.shown.filter((finding) => finding.source === source);
    lines.push(paint("bold", safe(source)), ...ofSource(verdict, source, findings, { told, paint, columns }), "");
  }
  return lines;
}

interface Manner {
  /** The codes whose reason was given already. */
  told: Set<string>;
  paint: Paint;
  columns: number | undefined;
}

function ofSource(verdict: Verdict, source: string, all: ReportedFinding[], manner: Manner): string[] {
  const { paint } = manner;
  const file = verdict.report.files.find(({ name }) => name === source);
  const index = file && lineIndex(file.text);
  const gutter = String(Math.max(1, ...all.map(({ place }) => place?.line ?? 1))).length;
  const lines: string[] = [];
  const counts = new Map<string, number>();
  let owner: string | undefined;
  for (const finding of all) {
    const nth = (counts.get(finding.code) ?? 0) + 1;
    counts.set(finding.code, nth);
    if (nth > MOST_WHOLE + MOST_SHORT) continue;
    if (finding.owner !== owner && finding.owner !== undefined) {
      // A line that begins with "::" would be a command to GitHub's runner.
      const name = safe(clipped(finding.owner, 80)).replace(/^\s*::.*/, (text) => `"${text}"`);
      lines.push(`  ${paint("bold", name)}`);
    }
    owner = finding.owner;
    lines.push(headline(finding, paint));
    if (nth > MOST_WHOLE) continue;
    lines.push(...details(finding, index, gutter, manner));
  }
  for (const [code, count] of counts) {
    const left = count - MOST_WHOLE - MOST_SHORT;
    if (left > 0) lines.push(`  ${paint("dim", `… and ${left} more of ${code}`)}`);
  }
  return lines;
}

/** `✖ widgets.json:4:13 The message. unknown-widget-type`: editors and terminals make a link of the place. */
function headline({ severity, source, place, message, code }: ReportedFinding, paint: Paint): string {
  const [style, mark] = MARKS[severity];
  const where = place ? `${paint("cyan", `${safe(source)}:${place.line}:${place.column}`)} ` : "";
  return `    ${paint(style, mark)} ${where}${text(message)}  ${paint("dim", code)}`;
}

function details(
  { place, end, hint, why, code, call }: ReportedFinding,
  index: LineIndex | undefined,
  gutter: number,
  { told, paint, columns = Number.POSITIVE_INFINITY }: Manner,
): string[] {
  const lines: string[] = [];
  if (call !== undefined) lines.push(`      ${paint("dim", text(call))}`);
  if (place && index && index.lineText(place.line).trim() !== "") {
    const [line, marks] = codeFrame(index, place, end, gutter, columns - INDENT.length);
    lines.push(INDENT + line, `${INDENT}${marks.replace(/\^+/, (carets) => paint("red", carets))}`);
  }
  if (hint) lines.push(`      ${text(hint)}`);
  // Once for each code: after that the reader knows.
  if (why !== "" && !told.has(code)) lines.push(`      ${paint("dim", text(why))}`);
  told.add(code);
  return lines;
}

function text(said: string): string {
  return safe(clipped(said, LONGEST_TEXT));
}

/** What came out, and what to do next. */
export interface Advice {
  /** The command that was run, as it would be typed, without options that change the outcome. */
  command: string;
  /** How many findings `--fix` would mend. */
  fixable: number;
  /** What Workspace does, in a sentence. */
  outcome: string;
}

/** The last lines: counts, what Workspace would do, what to do next. */
export function summary(verdict: Verdict, { command, fixable, outcome }: Advice, paint: Paint): string[] {
  const { errors, warnings, ignored, report, shown } = verdict;
  const [style, mark] =
    errors > 0 || verdict.tooManyWarnings
      ? (["red", "✖"] as const)
      : warnings > 0
        ? (["yellow", "▲"] as const)
        : (["green", "✔"] as const);
  const hidden = [
    ignored > 0 ? `${ignored} ignored` : "",
    shown.length < errors + warnings + verdict.infos ? "only errors are shown" : "",
    verdict.tooManyWarnings ? "more warnings than allowed" : "",
  ].filter((part) => part !== "");
  const also = hidden.length > 0 ? ` (${hidden.join(", ")})` : "";
  const lines = [
    `${paint(style, mark)} ${subjectOf(report)}: ${countsOf(verdict)}${also}. Checked ${checkedOf(report)}.`,
    ...outcome.split("\n").map((line) => `  ${text(line)}`),
  ];
  const next: [string, string][] = [];
  if (fixable > 0) {
    const what = fixable === 1 ? "mends one of these" : `mends ${fixable} of these`;
    next.push([`${command} --fix`, `${what}; --diff shows it first`]);
  }
  const isError = ({ severity }: ReportedFinding) => severity === "error";
  const first = shown.find(isError) ?? shown.find(({ severity }) => severity !== "info");
  if (first) next.push([`npx create-openbb-backend explain ${first.code}`, "says more, with an example"]);
  if (next.length > 0) {
    const wide = Math.max(...next.map(([line]) => line.length));
    lines.push("", "Next:", ...next.map(([line, what]) => `  ${line.padEnd(wide)}  ${paint("dim", what)}`));
  }
  return lines;
}

/** What Workspace does with the backend, in sentences, a line each. */
export function outcomeOf({ report }: Verdict): string {
  if (report.workspace) return [...report.workspace.summary, ...report.workspace.advice].join("\n");
  const errors = report.findings.filter(({ severity }) => severity === "error");
  const has = (file: string) => errors.some((finding) => finding.file === file);
  // A project of ours starts with files that can be read.
  const served = has("widgets.json") || has("apps.json");
  if (report.leavesOut && served && !errors.some(({ code }) => code === "invalid-json")) {
    return "Workspace would reject these files as they are: this project leaves out what has errors, and serves the rest.";
  }
  if (has("widgets.json")) return "Workspace would not connect this backend: one error costs all of its widgets.";
  const unread = errors.filter(({ file }) => file === "apps.json").every(({ code }) => code === "invalid-json");
  if (has("apps.json") && unread) return "Workspace would connect, and show no apps: it cannot read apps.json.";
  if (has("apps.json"))
    return "Workspace would not let this backend be added: one error in apps.json costs all of its apps.";
  if (has("agents.json")) return "Workspace would take none of the agents: one error costs all of them.";
  const warned = report.findings.some(({ severity }) => severity === "warning");
  return warned
    ? "Workspace would accept it, and then fail or ignore what is said above."
    : "Workspace would accept it.";
}
