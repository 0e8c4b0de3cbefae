import { judgeFrame } from "../../contract/answers/frame.js";
import { dataOf, fault } from "../../contract/answers/reply.js";
import { judgeConfig, judgeHistory, judgeSearch, judgeSymbol, judgeTime } from "../../contract/answers/udf.js";
import type { WidgetCheck } from "./check.js";
import { withValues } from "./params.js";

/** A page in an iframe: the browser itself loads it, with the parameters and the theme in its URL (contract 3.17). */
export async function iframe(check: WidgetCheck): Promise<void> {
  for (const theme of ["dark", "light"]) {
    const endpoint = withValues(check.endpoint, new Map(check.values).set("theme", theme));
    const answer = await check.ask({ endpoint, bare: true, navigation: true });
    if (answer === undefined) return;
    check.tell(judgeFrame(check.widget, answer, answer.url), answer);
    if (answer.status < 400) continue;
    const message = `The page is answered with status ${answer.status}, and the card shows what the server says.`;
    const hint = "Open the address in a browser without logging in: Workspace sends no headers for it.";
    check.tell([fault("error", "request-failed", check.widget, ["endpoint"], message, hint)], answer);
  }
}

const DAY_SECONDS = 86_400;
const MOST_RESOLUTIONS = 8;
/** As much as the chart shows at first: about 300 bars, and no more minutes than a server can send at once. */
const DAYS = 400;
const INTRADAY_DAYS = 7;

/** TradingView's protocol, in the order in which the chart uses it (contract 3.18). */
export async function udf(check: WidgetCheck): Promise<void> {
  const { widget } = check;
  const base = check.endpoint.replace(/\/+$/, "");
  const ask = (path: string) => check.ask({ endpoint: `${base}${path}` });
  const first = await ask("/config");
  if (first === undefined) return;
  const { config, findings } = judgeConfig(widget, first);
  check.tell(findings, first);
  // Then the symbols come all at once, from /symbol_info.
  if (config === undefined || config.supports_group_request === true) return;
  const symbol = String(check.values.get("symbol") ?? dataOf(widget).defaultSymbol ?? "AAPL");
  const name = encodeURIComponent(symbol);
  const info = await ask(`/symbols?symbol=${name}`);
  if (info === undefined) return;
  const unknown = judgeSymbol(widget, info, symbol);
  check.tell(unknown, info);
  const search = await ask(`/search?query=${name}&type=&exchange=&limit=30`);
  if (search) check.tell(judgeSearch(widget, search, symbol), search);
  if (config.supports_time === true) {
    const time = await ask("/time");
    if (time) check.tell(judgeTime(widget, time), time);
  }
  if (unknown.length > 0) return;
  const listed = Array.isArray(config.supported_resolutions) ? config.supported_resolutions : [];
  const to = Math.floor(Date.now() / 1000);
  for (const resolution of listed.slice(0, MOST_RESOLUTIONS)) {
    if (typeof resolution !== "string") continue;
    const days = /^\d+[HS]?$/i.test(resolution) ? INTRADAY_DAYS : DAYS;
    const span = `from=${to - days * DAY_SECONDS}&to=${to}&countback=300`;
    const bars = await ask(`/history?symbol=${name}&resolution=${encodeURIComponent(resolution)}&${span}`);
    if (bars === undefined) return;
    check.tell(judgeHistory(widget, bars, resolution), bars);
  }
}
