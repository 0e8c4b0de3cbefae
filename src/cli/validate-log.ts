/** What the log of a project that was started for a check adds to what calls have shown. */
import { pointer, shown } from "../contract/explain.js";
import { ruleOf } from "../contract/rules/catalogue/index.js";
import type { BackendFinding } from "../contract/rules/rule.js";
import type { Report } from "../validate/report.js";

/** A line of the project's log, as far as it matters here. */
interface Line {
  msg?: unknown;
  widget?: unknown;
  err?: { type?: unknown; message?: unknown; stack?: unknown };
}

/**
 * Findings of a running project, with what its log says of them; and one for each widget that it does not serve, though
 * its files show no reason, such as a handler of another type.
 *
 * @param report what the files show
 * @param served the text of the widgets.json that the project served; undefined when there was none
 */
export function withLog(
  report: Report,
  found: BackendFinding[],
  served: string | undefined,
  log: string[],
): BackendFinding[] {
  const lines = log.flatMap(parsed);
  return [...found.map((finding) => withReason(finding, lines)), ...leftOut(report, served, lines)];
}

function parsed(line: string): Line[] {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null ? [value] : [];
  } catch {
    return [];
  }
}

/** "Look into the log" helps nobody whose backend was started here: the log is gone with it. */
function withReason(finding: BackendFinding, lines: Line[]): BackendFinding {
  if (finding.code !== "request-failed") return finding;
  const line = lines.find(({ widget, err }) => err && idOf(finding.path) === pointer([String(widget)]).slice(1));
  if (!line?.err) return finding;
  const { type, message, stack } = line.err;
  const place = /\bsrc\/(?!openbb\/)[\w./-]+:\d+:\d+/.exec(String(stack).replaceAll("\\", "/"))?.[0];
  return { ...finding, hint: `Its log: ${type}: ${message}${place ? ` (${place})` : ""}` };
}

function leftOut({ files, findings }: Report, served: string | undefined, lines: Line[]): BackendFinding[] {
  const there = files.find(({ file }) => file === "widgets.json");
  // What Workspace would reject is left out for that, and what has no handler is told already.
  const reasons = findings.filter(({ severity, code }) => severity === "error" || code === "no-handler");
  const told = new Set(reasons.map(({ path }) => idOf(path)));
  const kept = new Set(idsIn(served));
  return idsIn(there?.text)
    .filter((id) => !kept.has(id) && !told.has(pointer([id]).slice(1)))
    .map((id) => {
      const begin = `Widget "${id}" is left out: `;
      const line = lines.find(({ msg }) => typeof msg === "string" && msg.startsWith(begin));
      return {
        code: "no-handler",
        severity: "warning",
        file: "widgets.json",
        path: pointer([id]),
        message: `This project does not serve the widget ${shown(id)}.`,
        hint: line
          ? `Its log: ${String(line.msg).slice(begin.length)}`
          : "Start it with npm run dev: its log says why.",
        why: ruleOf("no-handler")?.why ?? "",
      };
    });
}

function idsIn(text: string | undefined): string[] {
  const [value] = text === undefined ? [] : parsed(text);
  return value && !Array.isArray(value) ? Object.keys(value) : [];
}

/** The first step of a pointer, as it stands there. */
function idOf(path: string): string | undefined {
  return path.split("/")[1];
}
