import { judgeAnswer } from "../../contract/answers/index.js";
import { judgeSocket } from "../../contract/answers/live.js";
import { parse, typeOf } from "../../contract/answers/reply.js";
import { judgeTable } from "../../contract/answers/rows.js";
import { pointer } from "../../contract/explain.js";
import type { Finding } from "../../contract/findings.js";
import type { Answer } from "../types.js";
import type { WidgetCheck } from "./check.js";
import { trialsOf, type Values, withValues } from "./params.js";

/** Types that are told the theme (contract 3.0). */
const THEMED = ["chart", "chart-highcharts", "chart-vegalite", "markdown", "html"];
const RAW = ["chart", "chart-highcharts", "chart-vegalite", "html", "youtube"];
/** So many options of a widget are tried; the README says so. */
const MOST_TRIALS = 100;

const failed = (findings: readonly Finding[]): boolean => findings.some(({ severity }) => severity === "error");

const atMostWarning = (finding: Finding): Finding =>
  finding.severity === "error" ? { ...finding, severity: "warning" } : finding;

/**
 * Calls an endpoint with the options of its parameters, one at a time.
 *
 * @param ask makes the call
 * @param judge what its card would show
 */
export async function tryOptions(
  check: WidgetCheck,
  ask: (values: Values) => Promise<Answer | undefined>,
  judge: (answer: Answer) => Finding[],
): Promise<void> {
  const first = withValues(check.endpoint, check.values);
  for (const trial of trialsOf(check.widget.definition, check.values, check.offered, MOST_TRIALS)) {
    // Where the endpoint has a query already, parameters are not sent.
    if (withValues(check.endpoint, trial.values) === first) continue;
    const answer = await ask(trial.values);
    if (answer === undefined) return;
    check.tellOption(judge(answer), trial, answer);
  }
}

/** A type that is asked with one GET. Gives the first answer, where there is one. */
export async function plain(check: WidgetCheck): Promise<Answer | undefined> {
  const { widget, unsent } = check;
  const type = typeOf(widget);
  const ask = (values: Values) => check.ask({ endpoint: withValues(check.endpoint, values), credentials: true });
  const themed = (values: Values, theme: string) =>
    THEMED.includes(type) ? new Map(values).set("theme", theme) : values;
  const answer = await ask(themed(check.values, "dark"));
  if (answer === undefined) return undefined;
  const findings = judgeAnswer(widget, answer, { unsent });
  check.tell(findings, answer);
  if (failed(findings)) return answer;
  if (THEMED.includes(type)) {
    const light = await ask(themed(check.values, "light"));
    if (light) check.tell(judgeAnswer(widget, light, { unsent }), light);
  }
  if (widget.definition.raw === true && RAW.includes(type)) {
    const raw = await ask(new Map(themed(check.values, "dark")).set("raw", true));
    // The card itself is well without its raw view.
    if (raw) check.tell(judgeAnswer(widget, raw, { raw: true, unsent }).map(atMostWarning), raw);
  }
  await tryOptions(
    check,
    (values) => ask(themed(values, "dark")),
    (one) => judgeAnswer(widget, one, { unsent }),
  );
  return answer;
}

/** A live grid: its rows, and then what its socket says first (contract 3.14). */
export async function liveGrid(check: WidgetCheck): Promise<void> {
  const answer = await plain(check);
  const { type, wsEndpoint } = check.widget.definition;
  if (answer === undefined || typeof wsEndpoint !== "string" || wsEndpoint === "") return;
  // Through `defaultViz` the address is not resolved, so that a path leads nowhere; else nothing but http is an address.
  if (/^wss?:/i.test(wsEndpoint) || (type !== "live_grid" && !/^https?:/.test(wsEndpoint))) return;
  const ok = answer.status >= 200 && answer.status < 300;
  const { rows } = judgeTable(check.widget, ok ? parse(answer.text) : []);
  const hello = { type: "params", params: Object.fromEntries(check.values) };
  const path = pointer([check.widget.id, "wsEndpoint"]);
  const enough = (message: string) =>
    judgeSocket(check.widget, { opened: true, messages: [message] }, rows).length === 0;
  const said = await check.caller.socket({ widget: check.widget.id, path, endpoint: wsEndpoint, hello, enough });
  check.tell(judgeSocket(check.widget, said, rows), said);
}
