import type { Key, Problem } from "./problems.js";
import { nearest } from "./suggest.js";

/** What to add where a key is missing, by the key's name; a key that is not listed gets a general text. */
const MISSING: Record<string, string> = {
  name: 'Add `"name": "…"`.',
  description: 'Add `"description": "…"`: Workspace rejects the whole backend without it.',
  endpoint: 'Add `"endpoint": "…"`, the path of the widget\'s data on your backend.',
  paramName: 'Add `"paramName": "…"`, the name under which the value is sent.',
  field: 'Add `"field": "…"`, the key of the value in each row.',
  headerName: 'Add `"headerName": "…"`, the title of the column.',
  label: 'Add `"label": "…"`: options are objects with a label and a value, not bare texts.',
  customFormatter: 'Add `"customFormatter": ""` (it may be empty), or leave `options` out.',
  color: 'Add `"color"`: "green", "red", "blue", or a hex colour such as "#22c55e".',
  type: 'Add `"type"`: "param", "endpointParam" or "ticker".',
  range: 'Add `"range": { "min": 0, "max": 10 }`.',
  value: 'Add `"value"`, the text or number that is compared with.',
  w: 'Add `"w"`, the width in columns (of 40).',
  h: 'Add `"h"`, the height in rows.',
  layout: 'Add `"layout": [ … ]`, the widgets of the tab.',
  min: 'Add `"min"`, the lowest value.',
  max: 'Add `"max"`, the highest value.',
  tabs: 'Add `"tabs": { "": { "id": "", "name": "", "layout": [ … ] } }`.',
};

/** How to fix a value of the wrong kind or size, by the key's name. */
const VALUE: Record<string, string> = {
  staleTime: "Write milliseconds, 1000 or more.",
  refetchInterval: "Write milliseconds (1000 or more), a cron expression in quotes, or false for never.",
  dataUpdateDisplay: "Write a cron expression, or leave the key out.",
  decimalPlaces: "Write a number from 0 to 6.",
  popupWidth: "Write a width in pixels from 100 to 1000.",
};

/** How to follow a rule that is more than a kind or a size, by the key's name. */
const RULE: Record<string, string> = {
  color: 'Write "green", "red", "blue", or a hex colour such as "#22c55e".',
  multiple: "Use `multiSelect` to choose several options, or make it a text parameter.",
  id: 'Leave `id` out, or let it start with "custom-".',
  markdown: 'Add `"markdown": "…"`, the text for the agent.',
  paramName: "Write the name of a parameter.",
  period: "Write true or false, or a list of texts.",
  params: 'Add { "paramName": "file", "type": "endpoint", "optionsEndpoint": "…", "roles": ["fileSelector"] }.',
  pinned: 'Write "left" or "right", or true or false without quotes.',
  roles: 'Remove "fileSelector" from one of them.',
  sendToAgent: 'Write { "markdown": "…" }: the text for the agent.',
  source: "Write a text, or a list of texts.",
  type: 'Add `"type"`, or rename the parameter.',
  url: 'Write a full URL, such as "https://example.com/mcp".',
  value: "Write a text, a number, true or false.",
  wsRowIdColumn: "Write the field that tells rows apart, or a list of such fields.",
  defaultSymbol: 'Add `"defaultSymbol": "AAPL"`, or another symbol your backend knows.',
};

/** What people mean by values that do not exist (contract §5 and §12). */
const MEANT: Record<string, string> = {
  "formatterFn:currency": 'For a currency sign use `"prefix": "$"`.',
  "formatterFn:": "Leave it out, or use null.",
  "renderFn:": "Take out the comma that nothing follows, or the whole key.",
  "actionType:openUrl": "A text that starts with http is shown as a link by itself.",
  "type:select":
    "A drop-down list is a text parameter with `options`, or an endpoint parameter with `optionsEndpoint`.",
};

const KINDS: Record<string, string> = {
  string: "Write a text in quotes.",
  number: "Write a number, without quotes.",
  boolean: "Write true or false, without quotes.",
  array: "Write a list: [ … ].",
  object: "Write an object: { … }.",
  record: "Write an object: { … }.",
};

/** What to do about a missing key. */
export function missingHint(path: readonly Key[], found: Problem): string {
  const key = String(path.at(-1));
  const values = (found.values ?? found.options)?.map(String);
  if (values) return `Add \`"${key}"\`, one of: ${values.join(", ")}.`;
  return Object.hasOwn(MISSING, key) ? MISSING[key]! : `Add \`"${key}"\`.`;
}

/** What to do about a value that is there and wrong. */
export function valueHint(
  path: readonly Key[],
  value: unknown,
  found: Problem,
  allowed: readonly string[] | undefined,
): string | undefined {
  if (found.hint !== undefined) return found.hint;
  const last = path.at(-1);
  const key = String(last);
  if (allowed !== undefined) {
    const named = String(path.findLast((step) => typeof step === "string") ?? "");
    return enumHint(named, found.code === "invalid_key" ? key : value, allowed);
  }
  if (value === null && typeof last === "number") return "Take the null out.";
  if (typeof value === "number" && !Number.isFinite(value)) return "Write a smaller number.";
  const unquoted = unquote(found, value);
  if (unquoted !== undefined) return unquoted;
  if (typeof last === "string" && Object.hasOwn(VALUE, key)) return VALUE[key];
  // Most who write false for a text mean that there is none.
  const isNothing = value === null || value === false;
  const isSpare = isNothing && typeof last === "string" && !Object.hasOwn(MISSING, key);
  if (isSpare && (found.code === "invalid_union" || found.code === "invalid_type")) {
    return `Give it a value, or leave \`${key}\` out.`;
  }
  if (path.includes("colorRules") && key === "value") return "Write a text or a number.";
  if (found.code !== "invalid_type") return Object.hasOwn(RULE, key) ? RULE[key] : undefined;
  if (typeof value === "string" && path.at(-2) === "options") {
    return `Write { "label": ${JSON.stringify(value)}, "value": ${JSON.stringify(value)} }.`;
  }
  return KINDS[found.expected ?? ""];
}

function enumHint(key: string, value: unknown, allowed: readonly string[]): string {
  const list = `Allowed: ${allowed.join(", ")}.`;
  if (typeof value !== "string") return list;
  const meant = `${key}:${value}`;
  if (Object.hasOwn(MEANT, meant)) return `${MEANT[meant]} ${list}`;
  const guess = nearest(value, allowed);
  return guess === undefined ? list : `Did you mean \`${guess}\`? ${list}`;
}

/** `"20"` where a number is wanted, `"true"` where a boolean is, `5` where a string is: only the quotes are wrong. */
function unquote(found: Problem, value: unknown): string | undefined {
  if (found.code !== "invalid_type") return undefined;
  if (typeof value === "string") {
    const isNumber = found.expected === "number" && value.trim() !== "" && Number.isFinite(Number(value));
    const isBoolean = found.expected === "boolean" && (value === "true" || value === "false");
    return isNumber || isBoolean ? `Remove the quotes: ${value.trim()}.` : undefined;
  }
  if (found.expected === "string" && typeof value === "number") return `Put it in quotes: "${value}".`;
  return undefined;
}
