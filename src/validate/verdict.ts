import { EXIT, type ExitCode } from "../errors.js";
import type { Report, ReportedFinding } from "./report.js";
import { safe } from "./safe.js";

/** What the user wants to hear of, and from when on it is a failure. */
export interface Wishes {
  /** Codes that are left out. */
  ignore?: readonly string[];
  /** Errors only. */
  quiet?: boolean;
  /** More warnings than this are a failure. */
  maxWarnings?: number;
}

/** A report, judged. */
export interface Verdict {
  report: Report;
  /** What is shown, in the order of the files. */
  shown: ReportedFinding[];
  errors: number;
  warnings: number;
  infos: number;
  /** How many were left out by `ignore`. */
  ignored: number;
  tooManyWarnings: boolean;
  /** Whether there is no error, and not too many warnings. */
  passed: boolean;
}

/** Counts what was found, and says whether it passes. What `quiet` hides still counts. */
export function judge(report: Report, { ignore = [], quiet = false, maxWarnings }: Wishes = {}): Verdict {
  const wanted = report.findings.filter(({ code }) => !ignore.includes(code));
  const count = (severity: string) => wanted.filter((finding) => finding.severity === severity).length;
  const [errors, warnings, infos] = [count("error"), count("warning"), count("info")];
  const tooManyWarnings = maxWarnings !== undefined && warnings > maxWarnings;
  return {
    report,
    shown: quiet ? wanted.filter(({ severity }) => severity === "error") : wanted,
    errors,
    warnings,
    infos,
    ignored: report.findings.length - wanted.length,
    tooManyWarnings,
    passed: errors === 0 && !tooManyWarnings,
  };
}

/** What `validate` ends with. */
export function exitCodeOf({ passed }: Verdict): ExitCode {
  return passed ? EXIT.done : EXIT.invalid;
}

/** "1 error, 2 warnings"; what there is none of is left out. */
export function countsOf({ errors, warnings, infos }: Pick<Verdict, "errors" | "warnings" | "infos">): string {
  const parts = [many(errors, "error"), many(warnings, "warning"), infos > 0 ? `${infos} for your information` : ""];
  return parts.filter((part) => part !== "").join(", ") || "no findings";
}

function many(count: number, noun: string): string {
  return count === 0 ? "" : `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** What was checked, in a sentence. */
export function subjectOf({ subject }: Report): string {
  return /^(\.[\\/]*)?$/.test(subject) ? "this folder" : safe(subject);
}

/** "12 widgets, 1 app, 40 calls". */
export function checkedOf({ checked: { widgets, apps, agents, calls = 0 } }: Report): string {
  const parts = [
    widgets === 0 ? "no widgets" : many(widgets, "widget"),
    many(apps, "app"),
    many(agents, "agent"),
    many(calls, "call"),
  ];
  return parts.filter((part) => part !== "").join(", ");
}
