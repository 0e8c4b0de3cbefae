import type { Finding } from "../findings.js";
import { isObject, type Key } from "../problems.js";
import { contentType, fault, kindOf, parse, quoted, type Reply, textOf, type Widget } from "./reply.js";
import { nothing } from "./rows.js";

const PDF_MARK = "%PDF-";
/** A PDF may have so much before its mark. */
const HEAD = 1024;
const LOCAL = /^(localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\]|.*\.localhost)$/;

/** What is found in a file's answer, and the linked files that the browser would fetch next. */
export interface Files {
  findings: Finding[];
  links: string[];
}

/** One PDF (contract 3.11). */
export function judgePdf(widget: Widget, reply: Reply): Files {
  const type = contentType(reply);
  if (type === "application/pdf") return { findings: judgePdfBytes(widget, reply.bytes), links: [] };
  const wrong = judgeType(widget, type, "application/pdf or application/json");
  if (wrong) return { findings: [wrong], links: [] };
  return judgeItem(widget, parse(reply.text), "The answer");
}

/**
 * Several files (contract 3.12).
 *
 * @param wanted the values that were asked for, in that order
 */
export function judgeFiles(widget: Widget, reply: Reply, wanted: readonly string[]): Files {
  const wrong = judgeType(widget, contentType(reply), "application/json");
  if (wrong) return { findings: [wrong], links: [] };
  const items = parse(reply.text);
  if (!Array.isArray(items) || items.length !== wanted.length) {
    const what = Array.isArray(items) ? `a list of ${items.length}` : items === undefined ? "no JSON" : kindOf(items);
    const message = `${wanted.length} files were asked for, and the answer is ${what}: the card shows an error.`;
    const hint =
      'Send a list with one item for each file, in that order; {"error_type": "not_found", "content": "why"} for one that is missing.';
    return { findings: [fault("error", "files-out-of-step", widget, ["endpoint"], message, hint)], links: [] };
  }
  const judged = items.map((item: unknown, index) =>
    judgeItem(widget, item, `The file ${quoted(wanted[index] ?? "")}`),
  );
  return { findings: judged.flatMap(({ findings }) => findings), links: judged.flatMap(({ links }) => links) };
}

/** Whether files come in the order they were asked for: the first one alone, and in company. */
export function judgeOrder(widget: Widget, together: Reply, alone: Reply): Finding[] {
  const all = parse(together.text);
  const [one] = [parse(alone.text)].flat() as unknown[];
  if (!Array.isArray(all) || all.length < 2 || one === undefined) return [];
  const texts = all.map(textOf);
  const only = textOf(one);
  if (texts[0] === only || !texts.includes(only)) return [];
  const message = "The files come in another order than they were asked for, so each is shown under a wrong name.";
  return [fault("warning", "files-in-wrong-order", widget, ["endpoint"], message, "Keep the order of the request.")];
}

/** The Content-Type must be exact. */
function judgeType(widget: Widget, type: string, allowed: string): Finding | undefined {
  if (allowed.split(" or ").includes(type)) return undefined;
  const hint = /^application\/json\s*;/i.test(type)
    ? 'Set the header to "application/json" and end the response with the text: what sends JSON for you adds the charset.'
    : `Send Content-Type ${allowed}, and nothing after it.`;
  const message = `The Content-Type must be exactly ${allowed}, and is ${type === "" ? "missing" : quoted(type)}: the card says "No results found".`;
  return fault("error", "file-content-type", widget, ["endpoint"], message, hint);
}

/** A file object: its content in base64, or its address. */
function judgeItem(widget: Widget, item: unknown, name: string): Files {
  const bad = (code: string, message: string, hint: string): Files => ({
    findings: [fault("error", code, widget, ["endpoint"], `${name} ${message}`, hint)],
    links: [],
  });
  if (isObject(item) && typeof item.error_type === "string") {
    const message = `${name} cannot be shown: ${typeof item.content === "string" ? quoted(item.content) : quoted(item.error_type)}.`;
    const hint = "Offer only files that are there.";
    return { findings: [fault("warning", "file-not-found", widget, ["endpoint"], message, hint)], links: [] };
  }
  const example = '{"data_format": {"data_type": "pdf", "filename": "a.pdf"}, "content": "<base64>"}';
  if (!isObject(item))
    return bad("bad-file", `is ${item === undefined ? "no JSON" : kindOf(item)}, not a file.`, `Send ${example}.`);
  const type = isObject(item.data_format) ? item.data_format.data_type : undefined;
  if (type !== "pdf") {
    const what = typeof type === "string" ? quoted(type) : kindOf(type);
    return bad("bad-file", `must have the \`data_format.data_type\` "pdf", not ${what}.`, `Send ${example}.`);
  }
  if (item.content) {
    if (typeof item.content !== "string")
      return bad("bad-file", `has ${kindOf(item.content)} for \`content\`.`, `Send ${example}.`);
    if (item.content.startsWith("data:")) {
      return bad(
        "not-a-pdf",
        'begins with "data:": `content` must be plain base64.',
        "Leave out everything up to the comma.",
      );
    }
    return isPdfBase64(item.content)
      ? { findings: [], links: [] }
      : bad("not-a-pdf", "is no PDF in base64.", "Encode the bytes of a PDF in base64, and nothing else.");
  }
  const url = item.url ?? item.file_reference;
  if (typeof url !== "string" || url === "")
    return bad("bad-file", "has neither `content` nor `url`.", `Send ${example}.`);
  const trouble = linkTrouble(url);
  if (trouble) return bad("bad-file-link", trouble.message, trouble.hint);
  return { findings: [], links: /^https?:/i.test(url) ? [url] : [] };
}

/** The browser fetches a linked file by itself, from the page of Workspace. */
function linkTrouble(link: string): { message: string; hint: string } | undefined {
  if (/^(data|blob):/i.test(link)) return undefined;
  let url: URL;
  try {
    url = new URL(link);
  } catch {
    return { message: `has the \`url\` ${quoted(link)}, which is not absolute.`, hint: "Write https:// and the host." };
  }
  if (url.protocol === "https:" || (url.protocol === "http:" && LOCAL.test(url.hostname))) return undefined;
  return {
    message: `has the \`url\` ${quoted(link)}, which the browser blocks.`,
    hint: "Serve the file through https.",
  };
}

/** What came of a linked file (contract 3.11). */
export function judgeLinked(widget: Widget, reply: Reply, link: string): Finding[] {
  if (reply.status >= 200 && reply.status < 300) return judgePdfBytes(widget, reply.bytes);
  const message = `The linked file ${quoted(link)} is answered with status ${reply.status}. Workspace fetches it without any headers.`;
  return [fault("error", "bad-file-link", widget, ["endpoint"], message, "Let the file be read by its address alone.")];
}

function judgePdfBytes(widget: Widget, bytes: Uint8Array): Finding[] {
  if (bytes.length === 0) return [nothing(widget)];
  const head = String.fromCharCode(...bytes.subarray(0, HEAD));
  if (head.includes(PDF_MARK)) return [];
  const message = `The file is no PDF: it begins with ${quoted(head.slice(0, 20))}.`;
  return [fault("error", "not-a-pdf", widget, ["endpoint"], message, "Send the bytes of a PDF, as they are.")];
}

function isPdfBase64(text: string): boolean {
  if (!/^[A-Za-z0-9+/\s]*={0,2}\s*$/.test(text)) return false;
  try {
    // Four characters hold three bytes.
    const head = text.slice(0, HEAD * 2).replace(/[\s=]/g, "");
    return atob(head.slice(0, head.length - (head.length % 4))).includes(PDF_MARK);
  } catch {
    return false;
  }
}

/**
 * The list of a file viewer (contract 3.13).
 *
 * @returns the link that is opened first, where there is one
 */
export function judgeFileList(widget: Widget, body: unknown): { link?: string; findings: Finding[] } {
  if (Array.isArray(body) && body.length === 0) return { findings: [nothing(widget)] };
  const items: unknown[] = Array.isArray(body) ? body : [];
  const bad = items.findIndex((item) => !isObject(item) || !isText(item.title) || !isText(item.link));
  if (items.length > 0 && bad < 0) return { link: String((items[0] as { link: unknown }).link), findings: [] };
  const what = items.length === 0 ? `is ${kindOf(body)}` : `lacks them in item ${bad + 1}`;
  const message = `The answer must be a list of objects with \`title\` and \`link\`, and ${what}.`;
  return {
    findings: [
      fault(
        "error",
        "bad-file-list",
        widget,
        ["endpoint"],
        message,
        'Send [{"title": "Report", "link": "report.md"}].',
      ),
    ],
  };
}

const isText = (value: unknown): boolean => typeof value === "string" && value !== "";

/**
 * The file that a file viewer opens: a text in JSON (contract 3.13).
 *
 * @param link its link in the list
 */
export function judgeFileText(widget: Widget, reply: Reply, link: string): Finding[] {
  const path: Key[] = ["fileEndpoint"];
  if (reply.status < 200 || reply.status >= 300) {
    const message = `The first file of the list is answered with status ${reply.status}.`;
    const hint =
      "Answer `?path=` with the link of a file. `fileEndpoint` stands right after the host: the base URL's own path is left out.";
    return [fault("warning", "bad-file-text", widget, path, message, hint)];
  }
  // What these hold is known by their names (contract 3.13).
  if (/\.(md|docx)$/i.test(link)) return [];
  const text = parse(reply.text);
  if (typeof text === "string") return [];
  const message = `A file must be a string in JSON, and the first one is ${text === undefined ? "no JSON" : kindOf(text)}.`;
  return [fault("warning", "bad-file-text", widget, path, message, 'Send the text as a JSON string: "# Title".')];
}
