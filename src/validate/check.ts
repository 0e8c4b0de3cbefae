import type { Backend, BackendFinding, FileName } from "../contract/rules/index.js";
import { ruleOf, validateBackend } from "../contract/rules/index.js";
import { stepsOf } from "./places.js";
import { type ReadFile, readFile } from "./read.js";
import type { CheckedFile, Report, ReportedFinding } from "./report.js";

const KEYS = { "widgets.json": "widgets", "apps.json": "apps", "agents.json": "agents" } as const;
const ORDER: FileName[] = ["widgets.json", "apps.json", "agents.json"];

/**
 * Checks the files of a backend, as texts: what is wrong with each text, and all that the rules say of their values.
 *
 * @param subject how the whole is called: the folder or file
 * @param about what else is known of the backend
 */
export function checkFiles(subject: string, files: CheckedFile[], about: Omit<Backend, keyof Values> = {}): Report {
  const read = files.map(readFile);
  const values: Values = {};
  for (const { file, readable, value } of read) if (readable) values[KEYS[file.file]] = value;
  const found = validateBackend({ ...values, ...about });
  // Its keys are no widgets.
  const isOne = found.some(({ code }) => code === "single-widget");
  return {
    subject,
    files,
    findings: located(subject, read, found),
    ...(about.handlers && { leavesOut: true }),
    checked: { widgets: isOne ? 1 : count(values.widgets), apps: countApps(values.apps), agents: count(values.agents) },
  };
}

/**
 * Gives findings their places in the texts of their files, and adds what is wrong with the texts themselves.
 *
 * @param subject the source of what is about none of the files
 * @returns in the order of the files, and within each of the text
 */
export function locate(subject: string, files: CheckedFile[], findings: BackendFinding[]): ReportedFinding[] {
  return located(subject, files.map(readFile), findings);
}

type Values = Pick<Backend, "widgets" | "apps" | "agents">;

function located(subject: string, files: ReadFile[], found: BackendFinding[]): ReportedFinding[] {
  // Not pushed as arguments: a call takes a hundred thousand or so, and a file may have more mistakes.
  return ORDER.flatMap((name): ReportedFinding[] => {
    const own = found.filter((finding) => finding.file === name);
    const read = files.find(({ file }) => file.file === name);
    if (read) return inFile(read, own);
    return own.map((finding) => ({ ...finding, source: subject, ...ownerOf(finding, undefined) }));
  });
}

function inFile(read: ReadFile, all: BackendFinding[]): ReportedFinding[] {
  const { file, name: source } = { file: read.file.file, name: read.file.name };
  const own = read.findings.map((finding): ReportedFinding => {
    const reported = { ...finding, file, why: ruleOf(finding.code)?.why ?? "", source, textual: true as const };
    return { ...reported, ...ownerOf(reported, read.value) };
  });
  // Who has not read the text itself says of a faulty one only that it is.
  const isNoJson = own.some(({ code }) => code === "invalid-json");
  const about = isNoJson ? all.filter(({ code }) => code !== "invalid-json") : all;
  if (about.length === 0) return own;
  const spans = read.spans(about.map(({ path }) => path));
  const lines = read.lines();
  const placed = about.flatMap((finding): ReportedFinding[] => {
    const reported = { ...finding, source, ...ownerOf(finding, read.value) };
    const span = spans.get(finding.path);
    // What a call has shown of the whole backend is no fault of the first character.
    if (!span || (finding.path === "" && finding.call !== undefined)) return [reported];
    if (read.isFaulty(span)) return [];
    const { offset, length } = isAboutKey(finding) && span.key ? span.key : span;
    const [place, end] = [lines.placeOf(offset), lines.placeOf(offset + length)];
    return [{ ...reported, place, end }];
  });
  const found: ReportedFinding[] = [...own, ...placed];
  const before = ({ place: a }: ReportedFinding, { place: b }: ReportedFinding) =>
    (a?.line ?? 0) - (b?.line ?? 0) || (a?.column ?? 0) - (b?.column ?? 0);
  return found.sort(before);
}

const KEY_CODES: ReadonlySet<string> = new Set([
  "unrecognised-key",
  "misspelt-key",
  "ignored-key",
  "legacy-key",
  "deprecated-agent-key",
  "misspelt-feature",
  "unknown-state-param",
]);

/** Whether a finding is about a key, or about a whole widget, which is found by its id: not about the value itself. */
function isAboutKey({ code, file, path }: BackendFinding): boolean {
  const keys = stepsOf(path);
  if (keys.length === 1 && file === "widgets.json") return code !== "not-a-widget";
  // Of `cellRangeCols` the keys are the only ones that are checked: they are chart types.
  return KEY_CODES.has(code) || (code === "unknown-value" && keys.at(-2) === "cellRangeCols");
}

/** The widget, app or agent that a finding is about, as its author calls it. */
function ownerOf({ file, path }: BackendFinding, value: unknown): { owner?: string } {
  const [step] = stepsOf(path);
  if (file === "widgets.json") return step === undefined || Array.isArray(value) ? {} : { owner: step };
  const list = Array.isArray(value);
  const one = list ? value[Number(step)] : file === "apps.json" ? value : undefined;
  const { id, name } = (typeof one === "object" && one !== null ? one : {}) as Record<string, unknown>;
  const said = file === "apps.json" ? name : id;
  if (typeof said === "string" && said !== "") return { owner: said };
  if (step === undefined || (file === "apps.json" && !list)) return {};
  return { owner: list ? `${file === "apps.json" ? "app" : "agent"} ${Number(step) + 1}` : step };
}

function count(value: unknown): number {
  return typeof value === "object" && value !== null ? Object.keys(value).length : 0;
}

function countApps(value: unknown): number {
  return Array.isArray(value) ? value.length : typeof value === "object" && value !== null ? 1 : 0;
}
