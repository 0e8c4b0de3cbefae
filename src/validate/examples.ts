import type { Example } from "../contract/rules/index.js";

/** A part of an example, to be shown. */
export interface Shown {
  /** "widgets.json", "What the backend answers". */
  title: string;
  text: string;
  /** For a fence of Markdown. */
  language: "json" | "http" | "text";
}

/** An example as texts, each with its title. */
export function shownExample(example: Example): Shown[] {
  const { text, live, handlers, widgets, apps, agents } = example;
  const shown: Shown[] = [];
  const add = (title: string, value: unknown) => {
    if (value !== undefined) shown.push({ title, text: compactJson(value), language: "json" });
  };
  if (text !== undefined) shown.push({ title: "widgets.json", text: visible(text), language: "json" });
  add("widgets.json", widgets);
  add("apps.json", apps);
  add("agents.json", agents);
  if (handlers) {
    const ids = handlers.map((one) => (typeof one === "string" ? one : one.id));
    const list = ids.length === 0 ? "none" : ids.map((id) => `src/widgets/${id}.ts`).join("\n");
    shown.push({ title: "The handlers", text: list, language: "text" });
  }
  for (const [call, answers] of Object.entries(live?.answers ?? {})) {
    for (const answer of [answers].flat()) shown.push({ title: call, text: answerText(answer), language: "http" });
  }
  if (live?.url !== undefined) shown.push({ title: "The URL in the dialog", text: live.url, language: "text" });
  if (live?.note !== undefined) shown.push({ title: "The backend", text: live.note, language: "text" });
  return shown;
}

type Answer = Exclude<NonNullable<NonNullable<Example["live"]>["answers"]>[string], unknown[]>;

function answerText({ status = 200, headers = {}, body, delayMs, cut }: Answer): string {
  if (cut) return "(the connection is cut)";
  const lines = [`HTTP ${status}${delayMs === undefined ? "" : ` (after ${delayMs} ms)`}`];
  for (const [name, value] of Object.entries(headers))
    lines.push(value === null ? `(no ${name})` : `${name}: ${value}`);
  if (body !== undefined) lines.push("", typeof body === "string" ? body : compactJson(body));
  return lines.join("\n");
}

/** JSON as people write it: what fits on a line stands on one. */
export function compactJson(value: unknown, indent = "", room = 88): string {
  const line = oneLine(value);
  if (line.length + indent.length <= room || typeof value !== "object" || value === null) return line;
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    const items = value.map((item) => inner + compactJson(item, inner, room));
    return `[\n${items.join(",\n")}\n${indent}]`;
  }
  const entries = Object.entries(value)
    .filter(([, one]) => one !== undefined)
    .map(([key, one]) => `${inner}${JSON.stringify(key)}: ${compactJson(one, inner, room)}`);
  return `{\n${entries.join(",\n")}\n${indent}}`;
}

function oneLine(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(oneLine).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const entries = Object.entries(value).filter(([, one]) => one !== undefined);
  if (entries.length === 0) return "{}";
  return `{ ${entries.map(([key, one]) => `${JSON.stringify(key)}: ${oneLine(one)}`).join(", ")} }`;
}

/** What cannot be seen, written out. */
function visible(text: string): string {
  return text.replaceAll("\ufeff", "\\ufeff");
}
