import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Finding } from "../../src/contract/index.js";

/** The project's reference data, which stands beside the repository and is no part of it. */
const shared = fileURLToPath(new URL("../../../shared/", import.meta.url));

export const hasShared = existsSync(`${shared}cases/workspace-verdicts.json`) && existsSync(`${shared}corpus`);

/** Put into the names of tests that need the reference data. */
export const whySkipped = hasShared ? "" : " (skipped: the reference data is not at ../shared)";

export function readShared(path: string): string {
  return readFileSync(shared + path, "utf8");
}

export const errors = (findings: Finding[]): Finding[] => findings.filter(({ severity }) => severity === "error");

export interface Case {
  kind: "widgets" | "apps";
  base?: string;
  op?: "set" | "delete";
  path?: (string | number)[];
  value?: unknown;
  file?: unknown;
  connects?: boolean;
  placeable?: boolean;
  accepted?: boolean;
}

/** The file a case is about (shared/cases/README.md). */
export function caseFile(one: Case, bases: Record<string, unknown>): unknown {
  if (one.base === undefined) return one.file;
  const file = structuredClone(bases[one.base]);
  if (one.op === undefined) return file;
  const path = [one.kind === "apps" ? 0 : one.base, ...(one.path ?? [])];
  const last = path.pop()!;
  // biome-ignore lint/suspicious/noExplicitAny: walks arbitrary JSON
  const parent = path.reduce((node: any, key) => node[key], file);
  if (one.op === "set") parent[last] = one.value;
  else if (Array.isArray(parent)) parent.splice(Number(last), 1);
  else delete parent[last];
  return file;
}
