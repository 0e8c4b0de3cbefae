import type { Finding } from "../findings.js";
import { isObject } from "../problems.js";
import { at, dataOf, fault, kindOf, pathsTo, quoted, type Widget } from "./reply.js";
import { lostDataKey, nothing } from "./rows.js";
import { judgeQuietError } from "./status.js";

/** Also in sentences that would say "nothing" of what is not there. */
const shownKind = (value: unknown): string => (value === undefined ? "missing" : kindOf(value));

const isMetric = (value: unknown): boolean =>
  [value].flat().some((one) => isObject(one) && Object.hasOwn(one, "value"));

/** Metrics (contract 3.7): one object or a list of them, each with a label and a value. */
export function judgeMetric(widget: Widget, body: unknown): Finding[] {
  const quiet = judgeQuietError(widget, body);
  if (quiet) return [quiet];
  const { dataKey } = dataOf(widget);
  const keyed = typeof dataKey === "string" && dataKey !== "";
  const found = keyed ? at(body, dataKey) : body;
  if (keyed && found === undefined && !isMetric(body)) return [lostDataKey(widget, body, isMetric)];
  const items: unknown[] = [found === undefined ? body : found].flat();
  if (items.every((item) => item === null)) return [nothing(widget)];
  const metrics = items.filter(isObject);
  if (!metrics.some((item) => visible(item.label) || visible(item.value))) {
    const [path] = pathsTo(body, isMetric);
    const message = `The answer has no metric: each is an object with \`label\` and \`value\`, and this is ${kindOf(found === undefined ? body : found)} without.`;
    const hint =
      path === undefined
        ? 'Send [{"label": "Price", "value": "190.1", "delta": "1.2"}].'
        : `Add "data": {"dataKey": "${path}"}, or send the metrics themselves.`;
    return [fault("error", "no-metric", widget, ["endpoint"], message, hint)];
  }
  const warn = (code: string, message: string, hint: string) =>
    fault("warning", code, widget, ["endpoint"], message, hint);
  const blank = metrics.find((item) => !visible(item.value));
  const ignored = metrics.some((item) => Object.hasOwn(item, "subvalue") && !Object.hasOwn(item, "delta"));
  return [
    ...(blank === undefined
      ? []
      : [
          warn(
            "metric-without-value",
            `${typeof blank.label === "string" ? `The metric ${quoted(blank.label)}` : "A metric"} shows no value: it is ${blank.value === 0 ? "the number 0" : shownKind(blank.value)}.`,
            'Send the value as a string: "0" is shown, 0 is not.',
          ),
        ]),
    ...(ignored
      ? [warn("ignored-subvalue", "`subvalue` is not shown on a metric.", "Write `delta` for the small figure.")]
      : []),
  ];
}

/** Neither falsy values are shown, nor what is no text. */
const visible = (value: unknown): boolean => ["string", "number"].includes(typeof value) && Boolean(value);

/** News (contract 3.10): a list of articles, each with five strings. */
export function judgeNews(widget: Widget, body: unknown): Finding[] {
  const quiet = judgeQuietError(widget, body);
  if (quiet) return [quiet];
  const { dataKey } = dataOf(widget);
  const keyed = typeof dataKey === "string" && dataKey !== "";
  const held = keyed ? at(body, dataKey) : body;
  const found = held === undefined ? body : held;
  if (found === null) return [nothing(widget)];
  if (!Array.isArray(found)) {
    if (keyed && held === undefined) return [lostDataKey(widget, body, Array.isArray)];
    const [path] = pathsTo(body, Array.isArray);
    const message = `The answer is ${kindOf(found)}, not a list of articles: the widget crashes.`;
    const hint =
      path === undefined
        ? "Send a list of articles, or an empty list."
        : `Add "data": {"dataKey": "${path}"}, or send the list itself.`;
    return [fault("error", "news-not-a-list", widget, ["endpoint"], message, hint)];
  }
  if (found.length === 0) return [nothing(widget)];
  return judgeArticles(widget, found);
}

function judgeArticles(widget: Widget, articles: unknown[]): Finding[] {
  const found: Finding[] = [];
  const odd = articles.findIndex((article) => !isObject(article));
  if (odd >= 0) {
    const message = `Article ${odd + 1} is ${kindOf(articles[odd])}, not an object: the widget crashes.`;
    const hint = "Send each article as an object with title, date, author, excerpt and body.";
    return [fault("error", "news-bad-date", widget, ["endpoint"], message, hint)];
  }
  const dates = articles.map((article) => (isObject(article) ? article.date : undefined));
  const bad = dates.findIndex((date) => Number.isNaN(dateOf(date)));
  if (bad >= 0) {
    const date = dates[bad];
    const message = `The \`date\` of article ${bad + 1} is ${typeof date === "string" ? `${quoted(date)}, which is no date` : shownKind(date)}: the widget crashes.`;
    const hint = 'Send dates such as "2026-01-31T09:30:00Z".';
    found.push(fault("error", "news-bad-date", widget, ["endpoint"], message, hint));
  }
  // As milliseconds that is in early 1970, as seconds from 1973 on.
  const seconds = dates.find((date) => typeof date === "number" && date > 1e8 && date < 1e10);
  if (seconds !== undefined && bad < 0) {
    const message = `The \`date\` ${seconds} is read as milliseconds: that is in January 1970.`;
    found.push(fault("warning", "news-date-in-seconds", widget, ["endpoint"], message, "Multiply it by 1000."));
  }
  for (const key of ["title", "excerpt", "author", "body"]) {
    const index = articles.findIndex((article) => isObject(article) && typeof article[key] !== "string");
    if (index < 0) continue;
    const value = Reflect.get(articles[index] as object, key);
    const crash = key === "title" || key === "excerpt" ? ": searching the news crashes the widget" : "";
    const message = `The \`${key}\` of article ${index + 1} is ${shownKind(value)}${crash}.`;
    found.push(
      fault(
        "warning",
        "news-field-not-text",
        widget,
        ["endpoint"],
        message,
        `Send \`${key}\` as a string, "" where there is none.`,
      ),
    );
  }
  return found;
}

/** As JavaScript's `new Date` reads it. */
function dateOf(value: unknown): number {
  if (typeof value !== "string" && typeof value !== "number" && value !== null && typeof value !== "boolean") {
    return Number.NaN;
  }
  return new Date(value as string).getTime();
}
