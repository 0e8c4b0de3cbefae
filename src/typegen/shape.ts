/**
 * What a handler receives for each parameter of a widget, read off the widget's definition in widgets.json.
 * Both the types (`npm run types`) and the parser of requests rest on this one description, so they cannot differ.
 */

import { endpointQuery, placeholderName } from "./paths.js";

export type Scalar = string | number | boolean;

export interface ParamShape {
  name: string;
  /** `date` arrives as text, `YYYY-MM-DD`. */
  kind: "string" | "number" | "boolean" | "date";
  /** Multi-select and free-entry parameters: one text with commas on the wire, an array for the handler. */
  many: boolean;
  /** The only values that are accepted, where the definition lists `options`. */
  choices?: Scalar[];
  /**
   * What the handler gets when the parameter is missing; undefined when the definition gives no `value`.
   * For a date it may be an expression such as `$currentDate-1M`.
   */
  fallback?: Scalar | Scalar[];
}

/** The widget types to which Workspace adds `theme=dark` or `theme=light`. */
const THEMED = new Set(["chart", "chart-highcharts", "chart-vegalite", "markdown", "html", "iframe"]);
/** The widget types that ask for `raw=true` when their definition says `raw`. */
const RAW = new Set(["chart", "chart-highcharts", "chart-vegalite", "html", "youtube"]);

/** What a ticker parameter holds where the dashboard has no symbol of its own. */
const TICKER = "AAPL";

/** The type of a widget: Workspace reads `type`, then the older `defaultViz`, then takes a table. */
export function widgetType(definition: unknown): string {
  const { type, defaultViz } = asRecord(definition);
  const found = typeof type === "string" ? type : defaultViz;
  // Workspace's own name for a note is taken too.
  if (found === "rich_note") return "note";
  return typeof found === "string" ? found : "table";
}

/**
 * The parameters that a widget's endpoint receives, in the order of the definition.
 * `theme` and `raw`, which Workspace adds by itself, are among them for the widget types that get them.
 */
export function paramShapes(definition: unknown): ParamShape[] {
  const { params, raw, endpoint } = asRecord(definition);
  const type = widgetType(definition);
  const shapes = new Map<string, ParamShape>();
  if (THEMED.has(type)) {
    shapes.set("theme", { name: "theme", kind: "string", many: false, choices: ["dark", "light"], fallback: "dark" });
  }
  if (raw === true && RAW.has(type)) {
    shapes.set("raw", { name: "raw", kind: "boolean", many: false, fallback: false });
  }
  for (const param of Array.isArray(params) ? params.flat() : []) {
    const shape = paramShape(asRecord(param));
    if (shape) shapes.set(shape.name, shape.name === "theme" && THEMED.has(type) ? themed(shape) : shape);
  }
  // What the endpoint says after `?` is sent as it is written there, whatever the parameter of that name allows.
  for (const [name, value] of typeof endpoint === "string" ? endpointQuery(endpoint) : []) {
    const constant = placeholderName(value) === undefined;
    if (constant && shapes.has(name)) shapes.set(name, { name, kind: "string", many: false, fallback: value });
  }
  return [...shapes.values()];
}

/** A parameter of the name that Workspace uses too: both what it allows and what Workspace sends may come. */
function themed(shape: ParamShape): ParamShape {
  if (shape.kind !== "string") return { name: "theme", kind: "string", many: false, fallback: "dark" };
  return shape.choices ? { ...shape, choices: [...new Set([...shape.choices, "dark", "light"])] } : shape;
}

/** What a handler receives for one parameter; undefined for a form, which is sent elsewhere, and for one without a name. */
export function paramShape(param: Record<string, unknown>): ParamShape | undefined {
  const { paramName: name, type, value } = param;
  // A form posts to an endpoint of its own: nothing of it reaches the widget's.
  if (typeof name !== "string" || name === "" || type === "form") return undefined;

  const choices = optionValues(param.options);
  const many = param.multiSelect === true || param.multiple === true;
  const kind = kindOf(name, type, choices);
  const shape: ParamShape = { name, kind, many };
  if (choices.length > 0) shape.choices = choices;
  const fallback = many ? manyValues(value) : oneValue(kind, type === "ticker" ? (value ?? TICKER) : value, choices);
  if (fallback !== undefined) shape.fallback = fallback;
  return shape;
}

function kindOf(name: string, type: unknown, choices: Scalar[]): ParamShape["kind"] {
  if (type === "number") return "number";
  if (type === "date" || (type === undefined && name === "date")) return "date";
  if (type === "boolean" && choices.every((choice) => typeof choice === "boolean")) return "boolean";
  return "string";
}

function optionValues(options: unknown): Scalar[] {
  if (!Array.isArray(options)) return [];
  const values = options.map((option) => asRecord(option).value).filter(isScalar);
  return [...new Set(values)];
}

function manyValues(value: unknown): Scalar[] {
  if (Array.isArray(value)) return value.filter(isScalar);
  if (!isScalar(value)) return [];
  return String(value)
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

function oneValue(kind: ParamShape["kind"], value: unknown, choices: Scalar[]): Scalar | undefined {
  const chosen = choices.find((choice) => isScalar(value) && String(choice) === String(value));
  if (chosen !== undefined) return chosen;
  if (Array.isArray(value)) return value.join(",");
  if (!isScalar(value)) return undefined;
  if (kind === "boolean") return value === true;
  if (kind !== "number") return String(value);
  const parsed = Number.parseFloat(String(value));
  return Number.isNaN(parsed) ? undefined : parsed;
}

function isScalar(value: unknown): value is Scalar {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}

export function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}
