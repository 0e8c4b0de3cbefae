import { helpers } from "./helpers.js";

/*
 * A template as build/programs.ts leaves it: parsed by Handlebars when this program was built, and nothing but data.
 * It runs as Handlebars would in strict mode, escaping nothing: what helpers do not quote lands as it is.
 */

/** A template: texts, and what stands between them. */
export type Program = Part[];

export type Part =
  | string
  | [kind: "value", path: Path]
  | [helper: keyof typeof helpers, ...of: Argument[]]
  | [block: "if" | "unless" | "each", of: Path, body: Program, otherwise?: Program];

/** Names from the data at hand inwards; none is that data itself (`this`). */
export type Path = string[];

/** What a helper gets: a text of the template, or something of the data. */
export type Argument = Path | { text: string };

/**
 * Fills a template.
 *
 * @param data what its names stand for; inside `{{#each}}` it is the item at hand
 * @throws Error when it prints something that the data lacks: a bug of ours
 */
export function fill(program: Program, data: unknown): string {
  let text = "";
  for (const part of program) text += typeof part === "string" ? part : fillPart(part, data);
  return text;
}

function fillPart(part: Exclude<Part, string>, data: unknown): string {
  switch (part[0]) {
    case "value": {
      const value = at(part[1], data, true);
      return value === undefined || value === null ? "" : String(value);
    }
    case "if":
      return branch(part, !isEmpty(at(part[1], data)), data);
    case "unless":
      return branch(part, isEmpty(at(part[1], data)), data);
    case "each": {
      const items = at(part[1], data);
      if (isEmpty(items)) return branch(part, false, data);
      if (!Array.isArray(items)) throw new Error(`A template goes through ${part[1].join(".")}, which is no list.`);
      return items.map((item) => fill(part[2], item)).join("");
    }
    default: {
      const [name, ...of] = part;
      const helper: (...values: unknown[]) => string = helpers[name];
      return helper(...of.map((one) => ("text" in one ? one.text : at(one, data))));
    }
  }
}

function branch([, , body, otherwise = []]: [string, Path, Program, Program?], yes: boolean, data: unknown): string {
  return fill(yes ? body : otherwise, data);
}

/** Follows a path through what the data owns: a name of the user's never finds what every object inherits. */
function at(path: Path, data: unknown, strict = false): unknown {
  let value = data;
  for (const name of path) {
    const has = value !== undefined && value !== null && Object.hasOwn(value as object, name);
    if (!has && strict) throw new Error(`A template asks for ${path.join(".")}, which its data lacks.`);
    value = has ? (value as Record<string, unknown>)[name] : undefined;
  }
  return value;
}

/** What `{{#if}}` takes for no: as in Handlebars, an empty list too. */
function isEmpty(value: unknown): boolean {
  return !value || (Array.isArray(value) && value.length === 0);
}
