import type { Finding } from "../findings.js";
import { isObject } from "../problems.js";
import { fault, kindOf, parse, quoted, type Reply, type Widget } from "./reply.js";

/** Seconds beyond this are surely milliseconds: it is the year 5138. */
const TOO_MANY_SECONDS = 1e11;

const ok = ({ status }: Reply): boolean => status >= 200 && status < 300;

/** One part of TradingView's protocol that fails (contract 3.18). */
function bad(code: string, widget: Widget, message: string, hint: string, severity: Finding["severity"] = "error") {
  return [fault(severity, code, widget, ["endpoint"], message, hint)];
}

function objectOf(widget: Widget, code: string, reply: Reply, name: string): Record<string, unknown> | Finding[] {
  if (!ok(reply))
    return bad(code, widget, `${name} is answered with status ${reply.status}.`, `Let your backend answer ${name}.`);
  const body = parse(reply.text);
  if (isObject(body)) return body;
  const what = body === undefined ? "no JSON" : kindOf(body);
  return bad(code, widget, `${name} must be an object in JSON, and is ${what}.`, `Let your backend answer ${name}.`);
}

/** `/config`: without it the chart does not start. */
export function judgeConfig(widget: Widget, reply: Reply): { config?: Record<string, unknown>; findings: Finding[] } {
  const config = objectOf(widget, "bad-udf-config", reply, "/config");
  if (Array.isArray(config)) return { findings: config };
  const say = (message: string, hint: string) => ({ config, findings: bad("bad-udf-config", widget, message, hint) });
  const hint = "Set supports_search to true and supports_group_request to false.";
  if (config.supports_search !== true && config.supports_group_request !== true) {
    return say("/config must say that symbols can be looked up.", hint);
  }
  if (config.supports_search !== true) {
    const message = "/config says that symbols cannot be searched for, so that users cannot choose another symbol.";
    return { config, findings: bad("bad-udf-config", widget, message, hint, "warning") };
  }
  const { supported_resolutions: resolutions } = config;
  if (!Array.isArray(resolutions) || resolutions.length === 0) {
    return say("/config lists no `supported_resolutions`.", 'Add "supported_resolutions": ["1D"].');
  }
  return { config, findings: [] };
}

/** `/symbols`: what is known of the symbol that is shown at first. */
export function judgeSymbol(widget: Widget, reply: Reply, symbol: string): Finding[] {
  const info = objectOf(widget, "bad-udf-symbol", reply, `/symbols?symbol=${symbol}`);
  if (Array.isArray(info)) return info;
  const hint = "Answer with name, description, type, session, timezone, exchange, minmov and pricescale.";
  if (info.s === "error" || typeof info.name !== "string") {
    const why = typeof info.errmsg === "string" ? `: ${quoted(info.errmsg)}` : "";
    return bad(
      "bad-udf-symbol",
      widget,
      `/symbols does not know ${quoted(symbol)}${why}, so the chart has nothing to show.`,
      hint,
    );
  }
  const missing = ["session", "timezone"].filter((key) => typeof info[key] !== "string");
  if (missing.length === 0) return [];
  return bad("bad-udf-symbol", widget, `/symbols says nothing of ${missing.join(" and ")}.`, hint, "warning");
}

/** `/search`: the user looks for the symbol that is shown. */
export function judgeSearch(widget: Widget, reply: Reply, symbol: string): Finding[] {
  const found = ok(reply) ? parse(reply.text) : undefined;
  if (Array.isArray(found) && found.some((item) => isObject(item) && typeof item.symbol === "string")) return [];
  const what = !ok(reply) ? `status ${reply.status}` : Array.isArray(found) ? "no symbol" : kindOf(found);
  const message = `/search?query=${symbol} finds ${what}, so that users cannot choose another symbol.`;
  const hint = "Answer with a list of {symbol, full_name, description, exchange, ticker, type}.";
  return bad("bad-udf-search", widget, message, hint, "warning");
}

/** `/history`: the bars themselves. */
export function judgeHistory(widget: Widget, reply: Reply, resolution: string): Finding[] {
  const history = objectOf(widget, "bad-udf-history", reply, "/history");
  if (Array.isArray(history)) return history;
  const say = (message: string, hint: string) =>
    bad("bad-udf-history", widget, `/history (${resolution}) ${message}`, hint);
  if (history.s === "no_data") {
    const message = `/history (${resolution}) has no bars for the symbol that is shown at first.`;
    return [
      fault("info", "empty-answer", widget, ["endpoint"], message, "Choose a `data.defaultSymbol` that has prices."),
    ];
  }
  const shape = 'Send {"s": "ok", "t": [...], "o": [...], "h": [...], "l": [...], "c": [...], "v": [...]}.';
  if (history.s !== "ok") {
    const why = typeof history.errmsg === "string" ? `: ${quoted(history.errmsg)}` : ".";
    return say(`does not say "ok"${why}`, shape);
  }
  const { t, c } = history;
  if (!Array.isArray(t) || !Array.isArray(c)) return say("has no lists `t` and `c`.", shape);
  const odd = ["o", "h", "l", "c", "v"].find(
    (key) => Array.isArray(history[key]) && (history[key] as unknown[]).length !== t.length,
  );
  if (odd !== undefined) return say(`has another number of values in \`${odd}\` than in \`t\`.`, shape);
  const times = t as unknown[];
  if (times.some((time) => typeof time !== "number"))
    return say("has times that are not numbers.", "Send UNIX seconds.");
  if (times.some((time) => Number(time) > TOO_MANY_SECONDS))
    return say("has times in milliseconds.", "Send UNIX seconds.");
  if (times.some((time, index) => index > 0 && Number(time) <= Number(times[index - 1]))) {
    return say("has times that do not rise.", "Send the oldest bar first, and each time once.");
  }
  return [];
}

/** `/time`: only where the configuration names it. */
export function judgeTime(widget: Widget, reply: Reply): Finding[] {
  if (ok(reply) && /^\d{9,11}$/.test(reply.text.trim())) return [];
  const message = `/time must be the UNIX time in seconds, and is ${ok(reply) ? quoted(reply.text) : `status ${reply.status}`}.`;
  return bad(
    "bad-udf-time",
    widget,
    message,
    "Send the seconds as a bare number, or set supports_time to false.",
    "warning",
  );
}
