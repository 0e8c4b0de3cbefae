import type { ReportedFinding } from "../report.js";
import { safe } from "../safe.js";
import { checkedOf, countsOf, type Verdict } from "../verdict.js";

/**
 * A report in JUnit's XML: a suite for each file, a test for each widget, app or agent of which there is something to
 * say, and one for each file. Errors are failures, the rest is its output.
 */
export function junit(verdict: Verdict): string {
  const { report } = verdict;
  const sources = new Set([...report.files.map(({ name }) => name), ...verdict.shown.map(({ source }) => source)]);
  const suites = [...sources].map((source) => {
    const owners = new Map<string, ReportedFinding[]>([["", []]]);
    for (const finding of verdict.shown.filter((one) => one.source === source)) {
      const owner = finding.owner ?? "";
      owners.set(owner, [...(owners.get(owner) ?? []), finding]);
    }
    return { source, cases: [...owners].map(([owner, findings]) => ({ name: owner || source, findings })) };
  });
  if (verdict.tooManyWarnings) {
    const message = `There are more warnings than allowed: ${verdict.warnings}.`;
    const finding = { code: "max-warnings", severity: "error", message, why: "" } as ReportedFinding;
    suites.push({ source: report.subject, cases: [{ name: "max-warnings", findings: [finding] }] });
  }
  const all = suites.flatMap(({ cases }) => cases);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="create-openbb-backend validate" ${totals(all)}>`,
    ...suites.flatMap(({ source, cases }) => [
      `  <testsuite name="${attribute(source)}" ${totals(cases)}>`,
      ...cases.flatMap(({ name, findings }) => testCase(source, name, findings)),
      "  </testsuite>",
    ]),
    `  <!-- ${comment(`${countsOf(verdict)}; checked ${checkedOf(report)}`)} -->`,
    "</testsuites>",
  ].join("\n");
}

type Case = { name: string; findings: ReportedFinding[] };

function totals(cases: Case[]): string {
  const failed = cases.filter(({ findings }) => findings.some(isError)).length;
  return `tests="${cases.length}" failures="${failed}" errors="0"`;
}

function testCase(source: string, name: string, findings: ReportedFinding[]): string[] {
  const open = `    <testcase classname="${attribute(source)}" name="${attribute(name)}"`;
  if (findings.length === 0) return [`${open} />`];
  const errors = findings.filter(isError);
  const others = findings.filter((finding) => !isError(finding));
  const [first] = errors;
  return [
    `${open}>`,
    ...(first
      ? [
          `      <failure type="${escaped(first.code)}" message="${attribute(first.message)}">${escaped(errors.map(lines).join("\n"))}</failure>`,
        ]
      : []),
    ...(others.length > 0 ? [`      <system-out>${escaped(others.map(lines).join("\n"))}</system-out>`] : []),
    "    </testcase>",
  ];
}

function isError({ severity }: ReportedFinding): boolean {
  return severity === "error";
}

function lines({ severity, source, place, code, message, hint, call }: ReportedFinding): string {
  const where = place ? `${source}:${place.line}:${place.column}: ` : "";
  const head = `${where}${severity}: ${message} [${code}]`;
  return [head, hint, call]
    .filter((line) => line !== undefined)
    .map((line) => safe(line))
    .join("\n  ");
}

const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;" };

/** Texts come in made safe, so that no character is left that XML forbids; line ends of our own stay. */
function escaped(text: string): string {
  return text
    .split("\n")
    .map(safe)
    .join("\n")
    .replace(/[\ufffe\uffff]/g, "\ufffd")
    .replace(/[&<>"']/g, (char) => ENTITIES[char] as string);
}

/** On one line: XML makes spaces of line ends in attributes. */
function attribute(text: string): string {
  return escaped(safe(text));
}

function comment(text: string): string {
  return escaped(text).replaceAll("--", "- -");
}
