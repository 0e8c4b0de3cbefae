import type { CannedAnswer, Rule } from "../../rule.js";
import { answering, rule, running } from "./shape.js";

const PDF = "%PDF-1.4\n%%EOF\n";
const BASE64 = "JVBERi0xLjQKJSVFT0YK";
const OTHER = "JVBERi0xLjUKJSVFT0YK";
const file = (content: string) => ({ data_format: { data_type: "pdf", filename: "a.pdf" }, content });
const WITH_CHARSET = { headers: { "content-type": "application/json; charset=utf-8" } };

const SELECTOR = {
  paramName: "files",
  label: "Files",
  type: "endpoint",
  optionsEndpoint: "list",
  roles: ["fileSelector"],
  multiSelect: true,
  show: false,
  value: ["a.pdf"],
};
const LIST = {
  body: [
    { label: "A", value: "a.pdf" },
    { label: "B", value: "b.pdf" },
  ],
};
/** Two files together, and then the first one alone. */
const viewer = (...answers: CannedAnswer[]) =>
  running({ type: "multi_file_viewer", params: [SELECTOR] }, { "GET /list": LIST, "POST /prices": answers });
const BOTH = [{ body: [file(BASE64), file(OTHER)] }, { body: [file(BASE64)] }];

const READER = { type: "file_viewer", fileEndpoint: "text" };
const TITLES = { body: [{ title: "Report", link: "report" }] };

/** Faults of files: PDF, and the two viewers. */
export const FILE_ANSWER_RULES: readonly Rule[] = [
  rule("file-content-type", "error", "3.11", {
    title: "The Content-Type of a file is not exact.",
    why: 'Workspace compares it letter by letter: with "; charset=utf-8" the card says "No results found".',
    remedy: 'Set "application/json" or "application/pdf" yourself, and end the response with the text or the bytes.',
    bad: answering({ type: "pdf" }, file(BASE64), WITH_CHARSET),
    good: answering({ type: "pdf" }, file(BASE64)),
  }),
  rule("not-a-pdf", "error", "3.11", {
    title: "A file is no PDF.",
    why: "The viewer stays empty. `content` must be plain base64, without data: in front.",
    remedy: "Send the bytes of a PDF, or these in base64 and nothing else.",
    bad: answering({ type: "pdf" }, file(`data:application/pdf;base64,${BASE64}`)),
    good: answering({ type: "pdf" }, PDF, { headers: { "content-type": "application/pdf" } }),
  }),
  rule("bad-file", "error", "3.11", {
    title: "A file's JSON is not as Workspace reads it.",
    why: "The viewer stays empty.",
    remedy:
      'Send {"data_format": {"data_type": "pdf", "filename": "a.pdf"}, "content": "<base64>"}, or `url` instead of `content`.',
    bad: answering({ type: "pdf" }, { filename: "a.pdf", content: BASE64 }),
    good: answering({ type: "pdf" }, file(BASE64)),
  }),
  rule("bad-file-link", "error", "3.11", {
    title: "A linked file cannot be loaded.",
    why: "The browser loads it by itself, without headers, from the page of Workspace.",
    remedy: "Send an absolute https address that needs no header, from a host that allows CORS.",
    bad: answering({ type: "pdf" }, { data_format: { data_type: "pdf", filename: "a.pdf" }, url: "/files/a.pdf" }),
    good: answering({ type: "pdf" }, file(BASE64)),
  }),
  rule("files-out-of-step", "error", "3.12", {
    title: "The answer has not one item for each file.",
    why: "The card shows an error instead of all files.",
    remedy:
      'Send a list as long as the request; {"error_type": "not_found", "content": "why"} for a file that is missing.',
    bad: viewer({ body: [file(BASE64)] }),
    good: viewer(...BOTH),
  }),
  rule("files-in-wrong-order", "warning", "3.12", {
    title: "Files come in another order than they were asked for.",
    why: "Each is shown under the name of another.",
    remedy: "Keep the order of the request.",
    bad: viewer({ body: [file(OTHER), file(BASE64)] }, { body: [file(BASE64)] }),
    good: viewer(...BOTH),
  }),
  rule("file-not-found", "warning", "3.12", {
    title: "A file that is offered cannot be shown.",
    why: "The user chooses it, and reads an error.",
    remedy: "Offer only files that are there.",
    bad: viewer({ body: [file(BASE64), { error_type: "not_found", content: "It is gone." }] }),
    good: viewer(...BOTH),
  }),
  rule("files-one-by-one", "warning", "3.12", {
    title: "A multi_file_viewer's endpoint takes no POST.",
    why: 'Workspace then asks for each file with a GET of its own, and warns "Deprecated".',
    remedy: 'Take a POST with {"<name of the parameter>": ["a.pdf", "b.pdf"]}.',
    bad: viewer({ status: 405, body: { detail: "Method Not Allowed" } }),
    good: viewer(...BOTH),
  }),
  rule("bad-file-list", "error", "3.13", {
    title: "The list of a file_viewer is not as Workspace reads it.",
    why: "The card has nothing to list.",
    remedy: 'Send [{"title": "Report", "link": "report.md"}].',
    bad: running(READER, { "GET /prices": { body: ["report.md"] }, "GET /text": { body: '"# Report"' } }),
    good: running(READER, { "GET /prices": TITLES, "GET /text": { body: '"# Report"' } }),
  }),
  rule("bad-file-text", "warning", "3.13", {
    title: "A file of a file_viewer cannot be read.",
    why: "The user opens it, and sees nothing or an error.",
    remedy: "Answer the path `fileEndpoint` with `?path=` and the link of a file: its text as a JSON string.",
    bad: running(READER, { "GET /prices": TITLES, "GET /text": { body: "# Report" } }),
    good: running(READER, { "GET /prices": TITLES, "GET /text": { body: '"# Report"' } }),
  }),
];
