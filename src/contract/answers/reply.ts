import { pointer } from "../explain.js";
import type { Finding } from "../findings.js";
import { isObject, type Key } from "../problems.js";

/** What came back of a call, as far as the card depends on it. */
export interface Reply {
  status: number;
  /** Names in lower case. */
  headers: Record<string, string>;
  /** The body as text, as UTF-8. */
  text: string;
  bytes: Uint8Array;
}

/** A widget of widgets.json; its definition may be anything. */
export interface Widget {
  id: string;
  definition: Record<string, unknown>;
}

/**
 * A finding about a widget.
 *
 * @param path the place within the widget's definition: `["endpoint"]`
 */
export function fault(
  severity: Finding["severity"],
  code: string,
  widget: Widget,
  path: readonly Key[],
  message: string,
  hint: string,
): Finding {
  return { code, severity, path: pointer([widget.id, ...path]), message, hint };
}

/** The type that a widget has in Workspace (contract 2): `defaultViz` counts where there is no `type`. */
export function typeOf({ definition }: Widget): string {
  const type = definition.type ?? definition.defaultViz;
  return typeof type === "string" ? type : "table";
}

export function dataOf({ definition }: Widget): Record<string, unknown> {
  return isObject(definition.data) ? definition.data : {};
}

/** The media type with all its parameters, as the client compares it for files. */
export function contentType(reply: Reply): string {
  return reply.headers["content-type"] ?? "";
}

const LONGEST = 160;

/** A text of the backend's, as it may stand in a sentence: short, in quotes, on one line. */
export function quoted(text: string): string {
  const line = text.trim().replace(/\s+/g, " ");
  return JSON.stringify(line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line);
}

/** Names, as they may stand in a sentence: the first few of them. */
export function listed(names: readonly string[], most = 6): string {
  const shown = names.slice(0, most).map((name) => `"${name.length > 40 ? `${name.slice(0, 40)}…` : name}"`);
  return `${shown.join(", ")}${names.length > most ? ", …" : ""}`;
}

/** A value's kind, in words. */
export function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (value === undefined) return "nothing";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "an object";
  return typeof value === "boolean" ? String(value) : `a ${typeof value}`;
}

/** A value as text. Unlike `String`, it bears an object with a `toString` of its own, and any depth. */
export function textOf(value: unknown): string {
  if (typeof value !== "object" || value === null) return String(value);
  try {
    return JSON.stringify(value);
  } catch {
    return kindOf(value);
  }
}

/** A body read as JSON: `undefined` where it is none (JSON itself has no such value). */
export function parse(text: string): unknown {
  try {
    return JSON.parse(text.startsWith("\uFEFF") ? text.slice(1) : text);
  } catch {
    return undefined;
  }
}

/** A body read as JSON, or what to say where it is none: then the card shows an error. */
export function readJson(
  widget: Widget,
  reply: Reply,
  path: readonly Key[] = ["endpoint"],
): { value: unknown; findings?: undefined } | { value?: undefined; findings: Finding[] } {
  const value = parse(reply.text);
  if (value !== undefined) return { value };
  const { what, hint } = notJson(reply.text);
  return { findings: [fault("error", "answer-not-json", widget, path, `The answer is ${what}, not JSON.`, hint)] };
}

/** What a text is that should be JSON, and what to do about it. */
export function notJson(text: string): { what: string; hint: string } {
  const start = text.trimStart();
  if (start === "") return { what: "empty", hint: "Send JSON, for example [] when there is nothing to show." };
  if (start.startsWith("<")) {
    return {
      what: "a web page",
      hint: "Open the address in a browser: is it the right path, or is a login or a tunnel's notice in between?",
    };
  }
  if (/[[:,\s](NaN|-?Infinity)\s*[,\]}]/.test(start)) {
    return { what: "text with NaN or Infinity", hint: "Write null instead of NaN and Infinity: JSON has neither." };
  }
  if (text.startsWith("\u001f\ufffd")) {
    return { what: "compressed", hint: "Say so in the header (Content-Encoding: gzip), or send the text as it is." };
  }
  const hint = /^[[{]/.test(start) ? `A parser says: ${faultOf(text)}. Let a library write the JSON.` : "Send JSON.";
  return { what: `the text ${quoted(start.slice(0, 200))}`, hint };
}

/** What is wrong may stand far behind the part that is shown. */
function faultOf(text: string): string {
  try {
    JSON.parse(text);
    return "";
  } catch (error) {
    return (error as Error).message.replace(/\s+/g, " ").replace(/\.$/, "");
  }
}

/**
 * What a path such as `data.items[0]` leads to: the same as lodash's `get`, with which the client reads `dataKey`.
 * A key that is there with all its dots comes first.
 */
export function at(value: unknown, path: string): unknown {
  if (typeof value === "object" && value !== null && Object.hasOwn(value, path)) return Reflect.get(value, path);
  let found: unknown = value;
  for (const key of path.match(/[^.[\]]+/g) ?? []) {
    if (typeof found !== "object" || found === null || !Object.hasOwn(found, key)) return undefined;
    found = Reflect.get(found, key);
  }
  return found;
}

/** The paths in an answer that lead to what `wanted` says, in its first two levels: for hints about `dataKey`. */
export function pathsTo(value: unknown, wanted: (found: unknown) => boolean): string[] {
  if (!isObject(value)) return [];
  const keys = Object.keys(value).slice(0, 50);
  const direct = keys.filter((key) => wanted(value[key]));
  if (direct.length > 0) return direct;
  return keys.flatMap((key) => {
    const inner = value[key];
    if (!isObject(inner)) return [];
    return Object.keys(inner)
      .slice(0, 50)
      .filter((name) => wanted(inner[name]))
      .map((name) => `${key}.${name}`);
  });
}
