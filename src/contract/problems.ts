import type * as z from "zod/mini";

/** One step of a path: a key, or an index in a list. */
export type Key = string | number;

/** What a schema, or a rule written by hand, found wrong. The fields after `message` depend on `code`. */
export interface Problem {
  /** zod's issue code; "custom" for a rule written by hand. */
  code: string;
  path: Key[];
  /** Our own texts go on after the name of the place: "must be ...". */
  message: string;
  expected?: string;
  values?: readonly unknown[];
  options?: readonly unknown[];
  origin?: string;
  minimum?: number | bigint;
  maximum?: number | bigint;
  input?: unknown;
  /** Of a union: what each branch says. */
  errors?: readonly (readonly Problem[])[];
  /** What to do about it, where the place does not tell. */
  hint?: string;
  /** Keys that are not allowed. */
  keys?: readonly string[];
}

/**
 * Checks `value`, which stands at `where`. Never throws: what makes a schema give up (a list with more problems than
 * a JavaScript call can carry) makes Workspace give up too, so it is one problem.
 */
export function run(schema: z.ZodMiniType, value: unknown, where: readonly Key[] = []): Problem[] {
  try {
    const issues = (schema.safeParse(value, { reportInput: true }).error?.issues ?? []) as unknown as Problem[];
    return issues.filter(isNews).flatMap((issue) => {
      const path = [...where, ...issue.path];
      // One problem per key, so that each has a place of its own.
      return (
        issue.keys?.map((key) => ({ ...issue, code: "invalid_key", path: [...path, key] })) ?? [{ ...issue, path }]
      );
    });
  } catch {
    const found = problem(where, "has too many mistakes, or is nested too deeply, to be checked");
    return [{ ...found, hint: "Look for something that is repeated by mistake." }];
  }
}

/** Of a value of the wrong kind the schema also tells that it is too short. */
function isNews({ path }: Problem, index: number, issues: readonly Problem[]): boolean {
  const before = issues[index - 1];
  if (before?.code !== "invalid_type" || before.path.length !== path.length) return true;
  return path.some((key, at) => key !== before.path[at]);
}

/** A problem found by a rule written by hand; `message` goes on after the name of the place. */
export function problem(path: readonly Key[], message: string): Problem {
  return { code: "custom", path: [...path], message };
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
