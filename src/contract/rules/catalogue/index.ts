import type { Rule } from "../rule.js";

/** Every kind of finding there is, in the order of the page of codes. */
export const RULES: readonly Rule[] = [];

/** The rule of a code. */
export function ruleOf(code: string): Rule | undefined {
  return RULES.find((rule) => rule.code === code);
}
