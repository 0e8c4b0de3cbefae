import type { Finding } from "../findings.js";
import { isObject, type Key } from "../problems.js";
import { fault, kindOf, listed, notJson, parse, quoted, type Reply, textOf, type Widget } from "./reply.js";

/** How an options endpoint is used. */
export interface Asked {
  /** Where the parameter stands in the widget. */
  path: readonly Key[];
  name: string;
  /** Its current value. */
  value?: unknown;
  /** Labels and values are read in lower case only: the inputs of a form (contract 4.7). */
  exactKeys?: boolean;
  /** Plain texts will not do: the list of a multi_file_viewer (contract 3.12). Without it there is nothing to show. */
  selector?: boolean;
  /** The list is under `rowData` (a parameter with `query`). */
  rowData?: boolean;
}

/**
 * What a dropdown makes of its options endpoint (contract 4.5).
 *
 * @returns the values that may be chosen, and what is wrong
 */
export function judgeOptions(widget: Widget, reply: Reply, asked: Asked): { values: unknown[]; findings: Finding[] } {
  const severity = asked.selector ? "error" : "warning";
  const path = [...asked.path, "optionsEndpoint"];
  const none = (code: string, message: string, hint: string) => ({
    values: [],
    findings: [fault(severity, code, widget, path, message, hint)],
  });
  const name = `\`${asked.name}\``;
  if (reply.status < 200 || reply.status >= 300) {
    const message = `The options of ${name} are answered with status ${reply.status}: "Failed to fetch options".`;
    return none(
      "options-failed",
      message,
      "Let the endpoint answer what Workspace sends: only `optionsParams`, and no query credentials.",
    );
  }
  const body = parse(reply.text);
  const list = asked.rowData && isObject(body) ? body.rowData : body;
  if (!Array.isArray(list)) {
    const what = body === undefined ? `${notJson(reply.text).what}, not JSON` : kindOf(list);
    const message = `The options of ${name} must be a list, and the answer is ${what}: "Invalid endpoint options".`;
    return none("options-not-a-list", message, 'Send [{"label": "Apple", "value": "AAPL"}].');
  }
  if (list.length === 0) {
    const message = `The options of ${name} are an empty list: there is nothing to choose from.`;
    return {
      values: [],
      findings: [fault("info", "empty-options", widget, path, message, "Offer something to choose.")],
    };
  }
  const read = list.map((item: unknown) => readOption(item, asked));
  const values = read.flatMap((one) => ("value" in one ? [one.value] : []));
  const dropped = read.find((one): one is { why: string } => "why" in one);
  const findings: Finding[] = [];
  if (dropped) {
    const count = read.length - values.length;
    const message = `${count} of the ${read.length} options of ${name} ${count === 1 ? "is" : "are"} left out: one ${dropped.why}.`;
    const grave = values.length === 0 && asked.selector ? "error" : "warning";
    findings.push(
      fault(
        grave,
        "option-dropped",
        widget,
        path,
        message,
        'Send [{"label": "Apple", "value": "AAPL"}], and neither 0 nor "".',
      ),
    );
  }
  if (!asked.rowData && !asked.exactKeys) findings.push(...judgeDefault(widget, asked, values));
  return { values, findings };
}

function readOption(item: unknown, { exactKeys, selector }: Asked): { value: unknown } | { why: string } {
  if (typeof item === "string" || typeof item === "number") {
    if (selector || exactKeys) return { why: `is ${kindOf(item)}, not an object with \`label\` and \`value\`` };
    return { value: item };
  }
  if (!isObject(item)) return { why: `is ${kindOf(item)}` };
  const key = (name: string) =>
    exactKeys || selector ? name : (Object.keys(item).find((one) => one.toLowerCase() === name) ?? name);
  for (const name of ["label", "value"]) {
    const held = item[key(name)];
    if (held === undefined) return { why: `has no \`${name}\`` };
    if (!held) return { why: `has the \`${name}\` ${held === "" ? '""' : textOf(held)}` };
  }
  return { value: item[key("value")] };
}

/** The value at first is compared strictly with what is offered (contract 4.2). */
function judgeDefault(widget: Widget, { path, name, value, selector }: Asked, values: unknown[]): Finding[] {
  const chosen = [value].flat().filter((one) => one !== undefined && one !== null && one !== "");
  if (values.length === 0) return [];
  const lost = chosen.filter((one) => !values.includes(one));
  // A multi-select may have its values in one text, with commas.
  const parts = lost.flatMap((one) => (typeof one === "string" ? one.split(",").map((part) => part.trim()) : [one]));
  const missing = parts.filter((one) => !values.includes(one));
  const [first] = missing;
  if (first === undefined) return [];
  const twin = values.find((one) => textOf(one) === textOf(first));
  const message =
    twin === undefined
      ? `\`${name}\` is ${quoted(textOf(first))} at first, which is not among its options: ${listed(values.slice(0, 6).map(textOf))}.`
      : `\`${name}\` is ${kindOf(first)} at first, and its options have ${quoted(textOf(first))} as ${kindOf(twin)}: none is ticked.`;
  const hint = "Write one of the values that are offered, in the same kind.";
  const severity = twin !== undefined || selector ? "warning" : "info";
  return [fault(severity, "default-not-offered", widget, [...path, "value"], message, hint)];
}

/** What a form says after it was sent with nothing changed (contract 4.7). */
export function judgeForm(widget: Widget, reply: Reply, path: readonly Key[]): Finding[] {
  const at = [...path, "endpoint"];
  const body = parse(reply.text);
  if (body === undefined) {
    const { what } = notJson(reply.text);
    const message = `The form's answer is ${what}, not JSON: the user reads a parse error.`;
    return [fault("warning", "form-not-json", widget, at, message, 'Answer with JSON, such as {"message": "Saved"}.')];
  }
  if (reply.status >= 200 && reply.status < 300) return [];
  if (typeof body === "string" || (isObject(body) && (body.message || body.error))) return [];
  const message = `The form fails with status ${reply.status} and neither \`message\` nor \`error\`: the user reads only "Error submitting form data."`;
  const hint =
    isObject(body) && body.detail
      ? "Send the text as `message`: `detail` is not shown."
      : 'Add "message": "what went wrong".';
  return [fault("warning", "form-error-hidden", widget, at, message, hint)];
}
