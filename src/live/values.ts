/** The fetched files as values. */
import { type Backend, type BackendFinding, ruleOf } from "../contract/rules/index.js";
import type { LiveFile } from "./metadata.js";

const KEYS = { "widgets.json": "widgets", "apps.json": "apps", "agents.json": "agents" } as const;

/** A widget's definition, of which nothing is known but that it is an object. */
export type Definition = Record<string, unknown>;

export interface Values {
  backend: Backend;
  /** Files that are no JSON. */
  findings: BackendFinding[];
  counts: { widgets: number; apps: number; agents: number };
}

/** Parses the files. */
export function readValues(files: readonly LiveFile[]): Values {
  const backend: Backend = {};
  const findings: BackendFinding[] = [];
  for (const { file, text, encoding } of files) {
    if (encoding === "utf-16") {
      findings.push(invalid(file, "it is written in UTF-16, and Workspace reads UTF-8 only"));
      continue;
    }
    try {
      backend[KEYS[file]] = JSON.parse(text);
    } catch (error) {
      findings.push(invalid(file, (error as Error).message));
    }
  }
  const { widgets, apps, agents } = backend;
  const counts = {
    widgets: count(widgets),
    apps: Array.isArray(apps) ? apps.length : count(apps) && 1,
    agents: count(agents),
  };
  return { backend, findings, counts };
}

function invalid(file: LiveFile["file"], reason: string): BackendFinding {
  const code = "invalid-json";
  return {
    code,
    // What Workspace makes of it: no backend, no apps, no agents (contract 1.2, 7).
    severity: file === "widgets.json" ? "error" : "warning",
    path: "",
    file,
    message: `The file is no JSON: ${reason.replace(/\.$/, "")}.`,
    hint: "Look at it with an editor that checks JSON.",
    why: ruleOf(code)?.why ?? "",
  };
}

function count(value: unknown): number {
  return typeof value === "object" && value !== null ? Object.keys(value).length : 0;
}

/** The widgets that Workspace does not reject: only of those is it clear what they mean. */
export function soundWidgets(widgets: unknown, findings: readonly BackendFinding[]): [string, Definition][] {
  if (typeof widgets !== "object" || widgets === null || Array.isArray(widgets)) return [];
  const rejected = new Set<string>();
  for (const { file, severity, path } of findings) {
    if (file === "widgets.json" && severity === "error") rejected.add(path.split("/", 2)[1] ?? "");
  }
  if (rejected.has("")) return [];
  return Object.entries(widgets as Record<string, Definition>).filter(
    ([id]) => !rejected.has(id.replaceAll("~", "~0").replaceAll("/", "~1")),
  );
}

/** The parameters of a widget, rows flattened (contract 4.3). */
export function paramsOf({ params }: Definition): Definition[] {
  return Array.isArray(params) ? params.flat().filter((param) => typeof param === "object" && param !== null) : [];
}
