import type { CannedAnswer, Example, Rule } from "../../rule.js";

/** A running backend with one widget, `prices`, and what it answers. */
export function running(
  widget: Record<string, unknown>,
  answers: Record<string, CannedAnswer | CannedAnswer[]>,
  more: { forms?: boolean; budgetMs?: number } = {},
): Example {
  const prices = { name: "Prices", description: "The last close of each symbol.", endpoint: "prices", ...widget };
  return { widgets: { prices }, live: { answers, ...more } };
}

/** The same, with one answer to every call of the widget's endpoint. */
export function answering(widget: Record<string, unknown>, body: unknown, answer: CannedAnswer = {}): Example {
  return running(widget, { "GET /prices": { body, ...answer } });
}

export type Told = Omit<Rule, "about" | "code" | "section" | "severity">;

/** A rule that shows only by calling. */
export function rule(code: string, severity: Rule["severity"], section: string, told: Told): Rule {
  return { code, severity, about: "live", section, ...told };
}
