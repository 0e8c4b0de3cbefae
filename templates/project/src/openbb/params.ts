import { resolveDate, resolveDefaultDate } from "./dates.js";
import { HttpError } from "./errors.js";
import { type ParamShape, paramShapes, type Scalar } from "./typegen/shape.js";

export type Params = Record<string, Scalar | Scalar[] | undefined>;

/**
 * Makes the parser of one widget's query. Workspace sends each parameter once, arrays joined with commas, and leaves
 * out what is empty and every default that is 0, false or "": missing values are filled from widgets.json.
 *
 * @param definition the widget's entry in widgets.json
 * @returns a function from the query to typed values, as in params.gen.ts; it throws a 400 that names a wrong
 * parameter, and passes over parameters that the widget does not have
 */
export function paramsParser(definition: unknown): (query: URLSearchParams) => Params {
  const shapes = paramShapes(definition);
  return (query) => {
    // Without a prototype: `__proto__` is a name like any other.
    const params: Params = Object.create(null);
    for (const shape of shapes) {
      const sent = shape.many ? query.getAll(shape.name).join(",") : query.get(shape.name);
      params[shape.name] = sent ? read(shape, sent) : missing(shape);
    }
    return params;
  };
}

function missing(shape: ParamShape): Scalar | Scalar[] | undefined {
  const { fallback, kind } = shape;
  if (kind !== "date" || typeof fallback !== "string" || shape.many) return fallback;
  return resolveDefaultDate(fallback);
}

function read(shape: ParamShape, sent: string): Scalar | Scalar[] {
  if (!shape.many) return readOne(shape, sent);
  return sent
    .split(",")
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
