import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { files, type Result, tool } from "./helpers.js";

/** Makes a project without its dependencies, and gives its path. */
export function made(folder: string, name: string, ...args: string[]): string {
  const result = tool([name, "--no-install", "--no-git", "--package-manager", "npm", ...args], { cwd: folder });
  expect(result.code, result.stderr).toBe(0);
  return join(folder, name);
}

/** The answer of a command with `--json`. */
export interface Answer {
  status: string;
  exitCode: number;
  error: string;
  widgets: { id: string; type: string; endpoint: string; file: string; handler: string; dashboards: string[] }[];
  changes: { path: string; action: string; before?: string | null; after?: string | null }[];
  warnings: string[];
  commands: { command: string; ok: boolean }[];
  nextSteps: string[];
  mount: string[];
  contract: string[];
}

/** Runs a command with `--json` in a project, and reads its answer. */
export function answer(project: string, args: string[], env = {}): Answer & Pick<Result, "code" | "stderr"> {
  const { code, stdout, stderr } = tool([...args, "--json"], { cwd: project, env });
  return { ...JSON.parse(stdout), code, stderr };
}

/** What happened to a tree of files, as `changes` of `--json` says it. */
export function changesBetween(before: Record<string, string>, after: Record<string, string>) {
  const paths = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (path) => before[path] !== after[path],
  );
  return paths
    .sort()
    .map((path) => ({ path, action: !(path in before) ? "create" : !(path in after) ? "delete" : "edit" }));
}

/** The paths and actions of an answer's changes, without the reasons. */
export function pathsOf({ changes }: Pick<Answer, "changes">) {
  return changes.map(({ path, action }) => ({ path, action }));
}

/** Rewrites every text file of a project as `change` gives it. */
export function rewriteAll(project: string, change: (path: string, text: string) => string): void {
  for (const [path, text] of Object.entries(files(project))) writeFileSync(join(project, path), change(path, text));
}
