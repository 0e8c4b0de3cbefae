import type { ReportedFinding } from "../report.js";
import type { Verdict } from "../verdict.js";

/** What `--format json` prints. Keys may be added; none will change or go. */
export interface JsonReport {
  status: "valid" | "invalid";
  exitCode: number;
  /** The folder, file or URL that was checked. */
  subject: string;
  files: { file: string; name: string }[];
  checked: { widgets: number; apps: number; agents: number; calls?: number };
  counts: { errors: number; warnings: number; infos: number; ignored: number };
  /** What Workspace makes of it; only where the backend was called. */
  workspace?: { connects: boolean; canAdd: boolean; summary: string[]; advice: string[] };
  findings: JsonFinding[];
}

/** A finding; line and column count from 1, and are absent where there is no text of the file. */
export type JsonFinding = Pick<ReportedFinding, "code" | "severity" | "file" | "source" | "owner" | "path"> & {
  line?: number;
  column?: number;
  endLine?: number;
  endColumn?: number;
} & Pick<ReportedFinding, "message" | "hint" | "why" | "call" | "fix">;

/** A report as data. */
export function jsonReport(verdict: Verdict, exitCode: number): JsonReport {
  const { report, errors, warnings, infos, ignored, passed } = verdict;
  return {
    status: passed ? "valid" : "invalid",
    exitCode,
    subject: report.subject,
    files: report.files.map(({ file, name }) => ({ file, name })),
    checked: report.checked,
    ...(report.workspace ? { workspace: report.workspace } : {}),
    counts: { errors, warnings, infos, ignored },
    findings: verdict.shown.map(jsonFinding),
  };
}

/** A finding as data: its keys are named, so that nothing else gets out. */
export function jsonFinding(finding: ReportedFinding): JsonFinding {
  const { code, severity, file, source, owner, path, place, end, message, hint, why, call, fix } = finding;
  return {
    code,
    severity,
    file,
    source,
    ...(owner === undefined ? {} : { owner }),
    path,
    ...(place ? { line: place.line, column: place.column } : {}),
    ...(end ? { endLine: end.line, endColumn: end.column } : {}),
    message,
    ...(hint === undefined ? {} : { hint }),
    why,
    ...(call === undefined ? {} : { call }),
    ...(fix ? { fix } : {}),
  };
}
