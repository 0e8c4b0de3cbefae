import type { Rule } from "../rule.js";
import { CALL_RULES } from "./live-answers/calls.js";
import { CHART_RULES } from "./live-answers/charts.js";
import { FILE_ANSWER_RULES } from "./live-answers/files.js";
import { CHOICE_RULES } from "./live-answers/params.js";
import { SOCKET_RULES } from "./live-answers/sockets.js";
import { SERVER_SIDE_RULES, TABLE_RULES } from "./live-answers/tables.js";
import { TEXT_RULES } from "./live-answers/texts.js";

/** What the answers of a running backend show (contract 3, 4, 5 and 10). */
export const LIVE_ANSWER_RULES: readonly Rule[] = [
  ...CALL_RULES,
  ...TABLE_RULES,
  ...SERVER_SIDE_RULES,
  ...CHART_RULES,
  ...TEXT_RULES,
  ...FILE_ANSWER_RULES,
  ...SOCKET_RULES,
  ...CHOICE_RULES,
];
