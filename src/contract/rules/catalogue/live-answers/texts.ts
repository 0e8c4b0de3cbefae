import type { Rule } from "../../rule.js";
import { answering, rule } from "./shape.js";

const ARTICLE = {
  title: "Prices rise",
  date: "2026-01-31T09:30:00Z",
  author: "A. Writer",
  excerpt: "Prices rose again.",
  body: "Prices **rose** again.",
};
const NEWS = { type: "newsfeed" };
const HTML = { headers: { "content-type": "text/html" } };
const VIDEO = "https://www.youtube.com/watch?v=dQw4w9WgXcQ";

/** Faults of texts: Markdown, HTML, YouTube and news. */
export const TEXT_RULES: readonly Rule[] = [
  rule("markdown-not-text", "error", "3.8", {
    title: "The answer of a markdown widget is JSON, but no string.",
    why: "The body is tried as JSON first: an object, or a text that is only a number, gives a blank card.",
    remedy: 'Send the text as a JSON string, such as "# Title", or set `dataKey`.',
    bad: answering({ type: "markdown" }, { content: "# Prices" }),
    good: answering({ type: "markdown", data: { dataKey: "content" } }, { content: "# Prices" }),
  }),
  rule("page-as-markdown", "warning", "3.8", {
    title: "The answer of a markdown widget is a whole page.",
    why: "The card shows what is left of the page without its scripts and styles. Often it is a login or an error.",
    remedy: "Send Markdown. Where the page is a login, let calls with the connection's headers through.",
    bad: answering({ type: "markdown" }, "<!doctype html><html><body>Please log in.</body></html>", HTML),
    good: answering({ type: "markdown" }, "# Prices\n\n<b>All</b> of today."),
  }),
  rule("html-as-json", "warning", "3.16", {
    title: "The answer of an html widget is JSON.",
    why: "The body is shown as it is, with its quotes and \\n.",
    remedy: "Send the HTML itself, with Content-Type text/html.",
    bad: answering({ type: "html" }, '"<h1>Prices</h1>\\n"', { headers: { "content-type": "application/json" } }),
    good: answering({ type: "html" }, "<h1>Prices</h1>", HTML),
  }),
  rule("no-video-url", "error", "3.19", {
    title: "The answer of a youtube widget is no address of a video.",
    why: "The card shows no video. An address in quotes, as JSON, is not found either.",
    remedy: "Send the bare address as plain text.",
    bad: answering({ type: "youtube" }, `"${VIDEO}"`, { headers: { "content-type": "application/json" } }),
    good: answering({ type: "youtube" }, VIDEO),
  }),
  rule("news-not-a-list", "error", "3.10", {
    title: "The answer of a newsfeed is no list.",
    why: "The widget crashes.",
    remedy: "Send a list of articles, or set `dataKey`.",
    bad: answering(NEWS, { articles: [ARTICLE] }),
    good: answering({ ...NEWS, data: { dataKey: "articles" } }, { articles: [ARTICLE] }),
  }),
  rule("news-bad-date", "error", "3.10", {
    title: "An article's date is no date.",
    why: "One such article crashes the whole widget.",
    remedy: "Send dates such as 2026-01-31T09:30:00Z, or milliseconds since 1970.",
    bad: answering(NEWS, [{ ...ARTICLE, date: "31.01.2026, 9h30" }]),
    good: answering(NEWS, [ARTICLE]),
  }),
  rule("news-date-in-seconds", "warning", "3.10", {
    title: "An article's date is in seconds.",
    why: "A number is read as milliseconds, so that all news are of January 1970.",
    remedy: "Multiply it by 1000, or send a text such as 2026-01-31T09:30:00Z.",
    bad: answering(NEWS, [{ ...ARTICLE, date: 1769851800 }]),
    good: answering(NEWS, [{ ...ARTICLE, date: 1769851800000 }]),
  }),
  rule("news-field-not-text", "warning", "3.10", {
    title: "An article lacks a text.",
    why: "All five fields are read as strings. Searching crashes the widget where `title` or `excerpt` is none.",
    remedy: 'Send title, date, author, excerpt and body as strings, "" where there is none.',
    bad: answering(NEWS, [{ ...ARTICLE, excerpt: null }]),
    good: answering(NEWS, [{ ...ARTICLE, excerpt: "" }]),
  }),
  rule("bad-omni", "error", "3.15", {
    title: "The answer of an omni widget cannot be shown.",
    why: "The card shows which fields are wrong, or nothing at all.",
    remedy:
      'Send {"content": ..., "data_format": {"data_type": "object", "parse_as": "text"}}; or "table" with rows, "chart" with a figure.',
    bad: asked({ content: "Prices rose." }),
    good: asked({ content: "Prices rose.", data_format: { data_type: "object", parse_as: "text" } }),
  }),
  rule("frame-refused", "error", "3.17", {
    title: "The page of an iframe must not be framed.",
    why: "The browser refuses to show it within Workspace.",
    remedy: "Send Content-Security-Policy: frame-ancestors with https://pro.openbb.co in it, and no X-Frame-Options.",
    bad: answering({ type: "iframe" }, "<!doctype html><p>Prices</p>", {
      headers: { "content-type": "text/html", "x-frame-options": "DENY" },
    }),
    good: answering({ type: "iframe" }, "<!doctype html><p>Prices</p>", {
      headers: { "content-type": "text/html", "content-security-policy": "frame-ancestors https://pro.openbb.co" },
    }),
  }),
];

function asked(body: object) {
  const params = [{ paramName: "prompt", type: "text", value: "How are prices?" }];
  const { widgets } = answering({ type: "omni", params }, undefined);
  return { widgets, live: { answers: { "POST /prices": { body } } } };
}
