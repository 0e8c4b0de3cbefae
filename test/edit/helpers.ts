import fc from "fast-check";
import { expect } from "vitest";
import { CATALOG_TYPES, variantsOf } from "../../src/catalog/index.js";
import { CliError } from "../../src/errors.js";
import type { PartialAnswers } from "../../src/plan/answers.js";
import type { WidgetSpec } from "../../src/plan/spec.js";
import type { ProjectState } from "../../src/plan/state.js";
import type { Plan } from "../../src/plan/types.js";
import { tree } from "../plan/helpers.js";

/** The version of `tree`. */
export const VERSION = "0.0.0-test";

/** Files by their paths. */
export type Tree = Record<string, string>;

export function stateOf(files: Tree): ProjectState {
  return { files: Object.fromEntries(Object.entries(files).map(([path, text]) => [path, { text }])) };
}

/** A new project. */
export function project(given: PartialAnswers = { widgets: [{ type: "table" }] }): Tree {
  return tree(given);
}

/** The files after a plan, which must tell truly what was there before. */
export function applied(files: Tree, plan: Plan): Tree {
  const next = { ...files };
  for (const { path, action, before, after, backup } of plan.changes) {
    expect(before, path).toBe(files[path] ?? null);
    expect(action, path).toBe(after === null ? "delete" : before === null ? "create" : "edit");
    expect(backup).toBeUndefined();
    if (after === null) delete next[path];
    else next[path] = after;
  }
  return next;
}

/** The refusal that something ends with: its exit code, message and hint. */
export function refusal(act: () => unknown): { exitCode: number; message: string; hint: string } {
  try {
    act();
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    return { exitCode: error.exitCode, message: error.message, hint: error.hint ?? "" };
  }
  throw new Error("Nothing was thrown.");
}

/** A spec of every type and every variant. */
export function allKinds(): WidgetSpec[] {
  return CATALOG_TYPES.flatMap((type) => [{ type }, ...variantsOf(type).map((variant) => ({ type, variant }))]);
}

// biome-ignore lint/suspicious/noExplicitAny: tests look into manifests of any shape
export function json(text: string | undefined): any {
  return JSON.parse((text ?? "").replace(/^\ufeff/, ""));
}

/** How somebody's editor keeps the JSON files, and Git all of them. */
export interface Style {
  unit: string;
  crlf: boolean;
  end: boolean;
  bom: boolean;
}

export const style: fc.Arbitrary<Style> = fc.record({
  unit: fc.constantFrom("  ", "    ", "\t"),
  crlf: fc.boolean(),
  end: fc.boolean(),
  bom: fc.boolean(),
});

export const MANIFESTS = ["widgets.json", "apps.json", "package.json", "openbb-backend.json"];

export function inStyle(files: Tree, { unit, crlf, end, bom }: Style): Tree {
  return Object.fromEntries(
    Object.entries(files).map(([path, text]) => {
      const spaced = MANIFESTS.includes(path)
        ? (bom ? "\ufeff" : "") + JSON.stringify(JSON.parse(text), null, unit) + (end ? "\n" : "")
        : text;
      return [path, crlf ? spaced.replaceAll("\n", "\r\n") : spaced];
    }),
  );
}
