import { resolveDate, resolveDefaultDate } from "./dates.js";
import { HttpError } from "./errors.js";
import type { ParamShape, Scalar } from "./typegen/shape.js";

export type Params = Record<string, Scalar | Scalar[] | undefined>;

/**
 * Makes the parser of a widget's parameters, or of those of a route beside it. Workspace sends each parameter once,
 * arrays joined with commas (in a JSON body as arrays), and leaves out what is empty and every default that is 0,
 * false or "": missing values are filled from widgets.json.
 *
 * @returns a function from the query or the body to typed values, as in params.gen.ts; it throws a 400 that names a
 * wrong parameter, and passes over parameters that are not known
 */
export function paramsParser(shapes: ParamShape[]): (sent: URLSearchParams | Record<string, unknown>) => Params {
  return (sent) => {
    // Without a prototype: `__proto__` is a name like any other.
    const params: Params = Object.create(null);
    for (const shape of shapes) {
      const value = sent instanceof URLSearchParams ? fromQuery(shape, sent) : fromBody(shape, sent);
      params[shape.name] = value === undefined ? missing(shape) : read(shape, value);
    }
    return params;
  };
}

function fromQuery({ name, many }: ParamShape, query: URLSearchParams): string | undefined {
  return (many ? query.getAll(name).join(",") : query.get(name)) || undefined;
}

function fromBody(shape: ParamShape, body: Record<string, unknown>): string | string[] | undefined {
  const value = Object.hasOwn(body, shape.name) ? body[shape.name] : undefined;
  if (value === undefined || value === null) return undefined;
  // An emptied text stands in a body; a query leaves it out.
  if (value === "" && (shape.kind !== "string" || shape.many || shape.choices)) return undefined;
  const parts = [value].flat();
  if (parts.some((part) => typeof part === "object")) {
    throw bad(shape, "must be a text, a number or a list of them", "an object");
  }
  return Array.isArray(value) ? parts.map(String) : String(value);
}

function missing(shape: ParamShape): Scalar | Scalar[] | undefined {
  const { fallback, kind } = shape;
  if (kind !== "date" || typeof fallback !== "string" || shape.many) return fallback;
  return resolveDefaultDate(fallback);
}

function read(shape: ParamShape, sent: string | string[]): Scalar | Scalar[] {
  if (!shape.many) return readOne(shape, String(sent));
  return (typeof sent === "string" ? sent.split(",") : sent)
    .map((part) => part.trim())
    .filter((part) => part !== "")
    .map((part) => readOne(shape, part));
}

function readOne(shape: ParamShape, text: string): Scalar {
  if (shape.choices) {
    const allowed = [...shape.choices, ...[shape.fallback ?? []].flat()];
    const choice = allowed.find((value) => String(value) === text);
    if (choice === undefined) throw bad(shape, `must be one of ${shape.choices.join(", ")}`, text);
    return choice;
  }
  if (shape.kind === "number") {
    const number = Number(text);
    if (!Number.isFinite(number) || text.trim() === "") throw bad(shape, "must be a number", text);
    return number;
  }
  if (shape.kind === "boolean") {
    const lower = text.toLowerCase();
    if (lower !== "true" && lower !== "false") throw bad(shape, "must be true or false", text);
    return lower === "true";
  }
  if (shape.kind === "date") {
    const day = text === shape.fallback ? resolveDefaultDate(text) : resolveDate(text);
    if (day === undefined) throw bad(shape, "must be a date, such as 2026-01-31", text);
    return day;
  }
  return text;
}

function bad(shape: ParamShape, rule: string, text: string): HttpError {
  const shown = text.length > 60 ? `${text.slice(0, 60)}…` : text;
  return new HttpError(400, `Parameter "${shape.name}" ${rule}, not "${shown}".`);
}
