import type { Rule } from "../../rule.js";
import { answering, rule, running } from "./shape.js";

const ROWS = [{ symbol: "AAPL", price: 190.1 }];
const SYMBOL = { paramName: "symbol", type: "text", label: "Symbol" };

/** Faults of any call, whatever the widget's type. */
export const CALL_RULES: readonly Rule[] = [
  rule("request-failed", "error", "10", {
    title: "The widget's endpoint answers with an error.",
    why: "The card shows the error in place of the data.",
    remedy:
      "Let the endpoint answer what Workspace sends: the parameters with their defaults, and each of their options.",
    bad: answering({}, { detail: "No such table" }, { status: 404 }),
    good: answering({}, ROWS),
  }),
  rule("error-not-json", "error", "10", {
    title: "An error's answer is not JSON.",
    why: 'Workspace reads errors as JSON. Any other text is lost, and the card says only "No results found".',
    remedy: 'Answer errors with JSON such as {"detail": "what went wrong"}, unknown paths included.',
    bad: answering({}, "<!doctype html><title>Error</title>", {
      status: 404,
      headers: { "content-type": "text/html" },
    }),
    good: answering({}, ROWS),
  }),
  rule("needs-input", "warning", "4.2", {
    title: "The widget shows an error until the user fills something in.",
    why: "A parameter without a default is not sent, and the endpoint refuses to answer without it: the card opens with an error.",
    remedy: "Give the parameter a default value, or let the endpoint answer without it.",
    bad: running({ params: [SYMBOL] }, { "GET /prices": { status: 400, body: { detail: "symbol is missing" } } }),
    good: running({ params: [{ ...SYMBOL, value: "AAPL" }] }, { "GET /prices": { body: ROWS } }),
  }),
  rule("no-content", "error", "10", {
    title: "The answer has status 204.",
    why: "Workspace takes 204 for an error, although there is nothing wrong.",
    remedy: "Send status 200 with an empty list.",
    bad: running({}, { "GET /prices": { status: 204 } }),
    good: answering({}, ROWS),
  }),
  rule("answer-not-json", "error", "3.0", {
    title: "The answer is not JSON.",
    why: "The widget's type reads JSON, so the card shows an error.",
    remedy: "Send JSON. A web page means that the path is wrong, or that a login or a tunnel's notice is in between.",
    bad: answering({}, "symbol,price\nAAPL,190.1"),
    good: answering({}, ROWS),
  }),
  rule("error-as-success", "error", "10", {
    title: "An error is sent with a status of success.",
    why: "Workspace takes it for data: a table shows it as a row, a chart nothing at all.",
    remedy: 'Send errors with a status of 400 or more, and {"detail": "what went wrong"}.',
    bad: answering({}, { error: "The database is down" }),
    good: answering({}, ROWS),
  }),
  rule("empty-answer", "info", "3.1", {
    title: "The answer is empty.",
    why: 'The card says "No results found", or stays blank.',
    remedy: "That is fine where there is no data. Otherwise choose defaults that show something at first.",
    bad: answering({}, []),
    good: answering({}, ROWS),
  }),
  rule("slow-answer", "info", "1.1", {
    title: "An answer took long: more than five seconds, or a twelfth of a shorter time limit.",
    why: "The card is empty for so long, each time it is opened. After a minute Workspace gives up.",
    remedy: "Keep what is slow to get in a cache, or send less.",
    bad: running({}, { "GET /prices": { body: ROWS, delayMs: 6000 } }),
    good: running({}, { "GET /prices": { body: ROWS } }),
  }),
  rule("big-answer", "info", "3.2", {
    title: "An answer has more than 5 MB.",
    why: "The browser reads and keeps it as a whole, for each widget that asks.",
    remedy: "Send fewer rows or columns, or make it an ssrm_table, which is read page by page.",
    bad: running({ type: "markdown" }, { "GET /prices": { body: "A long report.\n", repeat: 400_000 } }),
    good: running({ type: "markdown" }, { "GET /prices": { body: "A long report.\n" } }),
  }),
];
