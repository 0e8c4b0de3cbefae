import type { Finding } from "../findings.js";
import { isObject } from "../problems.js";
import { at, dataOf, fault, kindOf, parse, quoted, type Reply, type Widget } from "./reply.js";
import { judgeRaw, nothing } from "./rows.js";

/** What YouTube addresses the client finds a video in (contract 3.19). */
const VIDEO = /^(?!["'])\S*(youtu\.be\/[\w-]+|youtube\.com\/(watch\?(\S*&)?v=|embed\/)[\w-]+)/;

/** Markdown (contract 3.8): tried as JSON first, and as text where it is none. */
export function judgeMarkdown(widget: Widget, reply: Reply): Finding[] {
  if (reply.text.trim() === "") return [nothing(widget)];
  const { endpoint } = widget.definition;
  if (typeof endpoint === "string" && /\.(md|docx)$/.test(endpoint)) return [];
  const value = parse(reply.text);
  if (value === undefined) return wholePage(widget, reply.text);
  const { dataKey } = dataOf(widget);
  const found = typeof dataKey === "string" && dataKey !== "" ? (at(value, dataKey) ?? value) : value;
  if (typeof found === "string") return found.trim() === "" ? [nothing(widget)] : [];
  const keys = isObject(found) ? Object.keys(found).filter((key) => typeof found[key] === "string") : [];
  return [
    fault(
      "error",
      "markdown-not-text",
      widget,
      ["endpoint"],
      `The answer is ${kindOf(found)} in JSON, not a string: the card stays blank.`,
      keys.length === 1
        ? `Add "data": {"dataKey": "${keys[0]}"}, or send the text itself.`
        : 'Send the text as a JSON string, such as "# Title".',
    ),
  ];
}

function wholePage(widget: Widget, text: string): Finding[] {
  if (!/^\s*<(!doctype html|html)\b/i.test(text)) return [];
  const hint = "Send Markdown; where the page is a login or an error, answer with its status and JSON.";
  return [fault("warning", "page-as-markdown", widget, ["endpoint"], "The answer is a whole page of HTML.", hint)];
}

/** HTML (contract 3.16): the body is shown as it is. */
export function judgeHtml(widget: Widget, reply: Reply): Finding[] {
  if (reply.text.trim() === "") return [nothing(widget)];
  const value = parse(reply.text);
  if (typeof value !== "object" && typeof value !== "string") return [];
  const what =
    typeof value === "string" ? "a JSON string, so its quotes and \\n are shown too" : "JSON, which is shown as it is";
  const hint = "Send the HTML itself, with Content-Type text/html.";
  return [fault("warning", "html-as-json", widget, ["endpoint"], `The answer is ${what}.`, hint)];
}

/** The raw view of HTML: rows. */
export function judgeHtmlRaw(widget: Widget, reply: Reply): Finding[] {
  return judgeRaw(widget, parse(reply.text));
}

/** YouTube (contract 3.19): the bare address of a video. */
export function judgeYoutube(widget: Widget, reply: Reply): Finding[] {
  const text = reply.text.trim();
  if (VIDEO.test(text)) return [];
  const value = parse(text);
  const inner = typeof value === "string" && VIDEO.test(value);
  return [
    fault(
      "error",
      "no-video-url",
      widget,
      ["endpoint"],
      text === ""
        ? "The answer is empty: it must be the address of a video."
        : inner
          ? "The address of the video is in quotes, as JSON: Workspace does not find it."
          : `The answer is ${quoted(text)}, and no address of a YouTube video.`,
      "Send the address as plain text: https://www.youtube.com/watch?v=...",
    ),
  ];
}
