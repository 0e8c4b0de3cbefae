import type { CannedAnswer, Rule } from "../../rule.js";
import { rule, running } from "./shape.js";

const ROWS = { body: [{ symbol: "AAPL", price: 190.1 }] };
const CHOICES = [{ label: "Apple", value: "AAPL" }];

function choosing(symbols: CannedAnswer, value: unknown = "AAPL") {
  const param = { paramName: "symbol", type: "endpoint", label: "Symbol", optionsEndpoint: "symbols", value };
  return running({ params: [param] }, { "GET /prices": ROWS, "GET /symbols": symbols });
}

function sending(answer: CannedAnswer) {
  const inputParams = [
    { paramName: "name", type: "text", label: "Name" },
    { paramName: "save", type: "button", label: "Save", value: "save" },
  ];
  const form = { paramName: "order", type: "form", label: "Order", endpoint: "orders", method: "POST", inputParams };
  return running({ params: [form] }, { "GET /prices": ROWS, "POST /orders": answer }, { forms: true });
}

/** Faults of the lists that parameters offer, and of forms. */
export const CHOICE_RULES: readonly Rule[] = [
  rule("options-failed", "error", "4.5", {
    title: "A parameter's options cannot be fetched.",
    why: 'The user reads "Failed to fetch options" and has nothing to choose from.',
    remedy:
      "Answer what Workspace sends: only `optionsParams`, with the headers of the connection and no query credentials.",
    bad: choosing({ status: 500, body: { detail: "The database is down" } }),
    good: choosing({ body: CHOICES }),
  }),
  rule("options-not-a-list", "error", "4.5", {
    title: "A parameter's options are no list.",
    why: 'The only choice is "Invalid endpoint options".',
    remedy: 'Send [{"label": "Apple", "value": "AAPL"}].',
    bad: choosing({ body: { results: CHOICES } }),
    good: choosing({ body: CHOICES }),
  }),
  rule("option-dropped", "error", "4.5", {
    title: "Some options are left out.",
    why: 'An option without a label or a value, or whose value is 0, false or "", is not offered.',
    remedy: 'Send objects with `label` and `value`, such as {"label": "None", "value": "none"}.',
    bad: choosing({ body: [...CHOICES, { label: "All", value: "" }] }),
    good: choosing({ body: [...CHOICES, { label: "All", value: "all" }] }),
  }),
  rule("empty-options", "info", "4.5", {
    title: "A parameter's list of options is empty.",
    why: "There is nothing to choose from.",
    remedy: "Offer something, or make it a text parameter.",
    bad: choosing({ body: [] }),
    good: choosing({ body: CHOICES }),
  }),
  rule("default-not-offered", "warning", "4.2", {
    title: "The value at first is not among the options.",
    why: 'It is sent, but no option is ticked. Values are compared strictly: 5 is not "5".',
    remedy: "Write one of the values that are offered, in the same kind.",
    bad: choosing({ body: CHOICES }, "aapl"),
    good: choosing({ body: CHOICES }, "AAPL"),
  }),
  rule("form-not-json", "warning", "4.7", {
    title: "A form's answer is not JSON.",
    why: "The user reads a parse error, even where all went well.",
    remedy: 'Answer with JSON, such as {"message": "Saved"}.',
    bad: sending({ body: "OK" }),
    good: sending({ body: { message: "Saved" } }),
  }),
  rule("form-error-hidden", "warning", "4.7", {
    title: "A form's error is not shown.",
    why: 'A form shows `message` and `error`, but not `detail`: the user reads only "Error submitting form data".',
    remedy: 'Send {"message": "what went wrong"}.',
    bad: sending({ status: 400, body: { detail: "The name is missing" } }),
    good: sending({ status: 400, body: { message: "The name is missing" } }),
  }),
];
