import type { Finding } from "../findings.js";
import { isObject } from "../problems.js";
import { fault, kindOf, parse, quoted, type Widget } from "./reply.js";

/** The answer of an omni widget (contract 3.15). */
export function judgeOmni(widget: Widget, body: unknown): Finding[] {
  const bad = (message: string, hint: string) => [fault("error", "bad-omni", widget, ["endpoint"], message, hint)];
  const example = '{"content": "...", "data_format": {"data_type": "object", "parse_as": "text"}}';
  if (!isObject(body)) return bad(`The answer must be an object, not ${kindOf(body)}.`, `Send ${example}.`);
  if (typeof body.error_type === "string") {
    return bad(
      "An answer with `error_type` is shown as nothing at all.",
      'Send errors with a status of 400 or more, and {"detail": "what went wrong"}.',
    );
  }
  if (body.content === undefined) return bad("`content` is missing in the answer.", `Send ${example}.`);
  const format = isObject(body.data_format) ? body.data_format : {};
  if (format.data_type !== "object") {
    return bad(`\`data_format.data_type\` must be "object", not ${shown(format.data_type)}.`, `Send ${example}.`);
  }
  // A content in text is read as JSON where it must be data.
  const content = typeof body.content === "string" ? (parse(body.content) ?? body.content) : body.content;
  switch (format.parse_as) {
    case "text":
      return [];
    case "table":
      if (Array.isArray(content) && content.every(isObject)) return [];
      return bad(
        `As a table, \`content\` must be a list of rows, not ${kindOf(content)}.`,
        "Send a list of objects, or text.",
      );
    case "chart":
      if (isObject(content) && Array.isArray(content.data)) return [];
      return bad(
        `As a chart, \`content\` must be a Plotly figure, not ${kindOf(content)}.`,
        'Send {"data": [...], "layout": {...}}.',
      );
    case "html":
      return bad('With `parse_as` "html" the card says "No response available".', 'Write "text" and send Markdown.');
    default:
      return bad(
        `\`data_format.parse_as\` must be text, table or chart, not ${shown(format.parse_as)}.`,
        `Send ${example}.`,
      );
  }
}

function shown(value: unknown): string {
  return typeof value === "string" ? quoted(value) : kindOf(value);
}
