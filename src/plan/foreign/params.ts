import type { Widget } from "../../catalog/index.js";
import { type ParamShape, paramShapes } from "../../typegen/shape.js";

/** How a router of ours reads one parameter: a property of what its `readParams` returns. */
export interface ReadParam {
  name: string;
  /** `number(query, "limit", 100)`. */
  code: string;
  /** The functions of the router that the code calls. */
  uses: string[];
}

const EXPRESSION = /^\$currentDate(?:([+-])(\d{1,5})([hdwMmybQ]))?$/;
/** Months and days of each unit, and what an amount of it is divided by. */
const UNITS: Record<string, { months: number; days: number }> = {
  h: { months: 0, days: 1 / 24 },
  d: { months: 0, days: 1 },
  b: { months: 0, days: 7 / 5 },
  w: { months: 0, days: 7 },
  m: { months: 1, days: 0 },
  M: { months: 1, days: 0 },
  Q: { months: 3, days: 0 },
  y: { months: 12, days: 0 },
};

const TODAY = "day(0, 0)";

/** The parameters that the endpoint of a widget receives; the one that chooses the files of a viewer is a list. */
export function foreignShapes({ definition }: Widget): ParamShape[] {
  const selector = selectorOf({ definition });
  return paramShapes(definition).map((shape) =>
    shape.name === selector ? { ...shape, many: true, fallback: [shape.fallback ?? []].flat() } : shape,
  );
}

/** The name of the parameter with which a multi-file viewer asks for files; undefined for other types. */
export function selectorOf({ definition }: Pick<Widget, "definition">): string | undefined {
  if (definition.type !== "multi_file_viewer") return undefined;
  return (definition.params ?? []).flat().find(({ roles }) => roles?.includes("fileSelector"))?.paramName;
}

/** The code that reads a parameter, its default filled in: Workspace sends none that is 0, false or empty. */
export function readParam({ name, kind, many, choices, fallback }: ParamShape): ReadParam {
  const call = (reader: string, ...rest: string[]) =>
    `${reader}(${["query", JSON.stringify(name), ...rest].join(", ")})`;
  if (many) {
    const values = [fallback ?? []].flat().map(String);
    return { name, code: call("list", code(values)), uses: ["list"] };
  }
  if (choices) return { name, code: call("choice", code(choices), code(fallback)), uses: ["choice", "wrong"] };
  if (kind === "string") return { name, code: call("text", code(fallback)), uses: ["text"] };
  if (kind !== "date") return { name, code: call(kind, code(fallback)), uses: [kind, "wrong"] };
  const day = dayCode(fallback);
  return { name, code: call("date", day), uses: ["date", "wrong", ...(day.startsWith("day(") ? ["day"] : [])] };
}

/** The code of a date's default: `day(-6, 0)` is six months ago. */
function dayCode(fallback: unknown): string {
  if (typeof fallback !== "string") return "undefined";
  const [whole, sign, amount, unit = "d"] = EXPRESSION.exec(fallback.trim()) ?? [];
  if (whole !== undefined) {
    const count = Number(amount ?? 0) * (sign === "-" ? -1 : 1);
    const { months, days } = UNITS[unit] as { months: number; days: number };
    // 1500 years either way are years of four digits for long enough.
    return Math.abs(count * (months * 30 + days)) > 1500 * 365
      ? TODAY
      : `day(${Math.trunc(count * months) || 0}, ${Math.trunc(count * days) || 0})`;
  }
  const date = new Date(/^\d{4}-\d{2}-\d{2}/.test(fallback) ? fallback.slice(0, 10) : `${fallback} UTC`);
  const year = date.getUTCFullYear();
  // Workspace takes a date that cannot be read for today.
  return year >= 0 && year <= 9999 ? code(date.toISOString().slice(0, 10)) : TODAY;
}

function code(value: unknown): string {
  if (value === undefined) return "undefined";
  return Array.isArray(value) ? `[${value.map((one) => JSON.stringify(one)).join(", ")}]` : JSON.stringify(value);
}
