import type { Rule } from "../rule.js";
import { AGENT_RULES } from "./agents.js";
import { APP_RULES } from "./apps.js";
import { COLUMN_RULES } from "./columns.js";
import { FILE_RULES } from "./files.js";
import { LIVE_ANSWER_RULES } from "./live-answers.js";
import { LIVE_CONNECTION_RULES } from "./live-connection.js";
import { PARAM_RULES } from "./params.js";
import { PROJECT_RULES } from "./project.js";
import { WIDGET_RULES } from "./widgets.js";

/** Every kind of finding there is, in the order of the page of codes. */
export const RULES: readonly Rule[] = [
  ...WIDGET_RULES,
  ...PARAM_RULES,
  ...COLUMN_RULES,
  ...FILE_RULES,
  ...APP_RULES,
  ...PROJECT_RULES,
  ...AGENT_RULES,
  ...LIVE_CONNECTION_RULES,
  ...LIVE_ANSWER_RULES,
];

const BY_CODE = new Map(RULES.map((rule) => [rule.code, rule]));

/** The rule of a code. */
export function ruleOf(code: string): Rule | undefined {
  return BY_CODE.get(code);
}
