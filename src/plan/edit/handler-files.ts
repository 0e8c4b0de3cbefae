import { WIDGET_TYPES } from "../../contract/constants.js";
import type { Handler } from "../../contract/rules/rule.js";
import { isHandlerFile } from "../../typegen/generate.js";
import { type ProjectState, textOf } from "../state.js";

const FOLDER = "src/widgets/";

/** Where the id of a handler file's widget stands, quotes included. */
export interface IdLiteral {
  start: number;
  end: number;
  id: string;
  /** The function that is called with it. */
  definer: string;
}

/** Comments, and literals of text, wherever they do not hide each other. */
const OPAQUE = /\/\*[\s\S]*?\*\/|\/\/[^\r\n]*|"(?:\\.|[^"\\\r\n])*"|'(?:\\.|[^'\\\r\n])*'|`(?:\\[\s\S]|[^`\\])*`/g;
/** `export default table("`, with what is in the quotes blanked. */
const DEFINER = /\bexport\s+default\s+([\w$.]+)\s*(?:<[^()]*?>\s*)?\(\s*("_*"|'_*'|`_*`)/g;

/**
 * The literal in a handler file that says whose handler it is: the first argument of the call that is exported by
 * default. Undefined when there is not just one.
 */
export function idLiteral(text: string): IdLiteral | undefined {
  const code = text.replace(OPAQUE, (part) =>
    part.startsWith("/") ? " ".repeat(part.length) : part[0] + "_".repeat(part.length - 2) + part[0],
  );
  const [found, ...more] = [...code.matchAll(DEFINER)];
  if (!found || more.length > 0) return undefined;
  const end = found.index + found[0].length;
  const [, definer = "", literal = ""] = found;
  const start = end - literal.length;
  return { start, end, id: unquoted(text.slice(start, end)), definer };
}

function unquoted(literal: string): string {
  try {
    return literal.startsWith('"') ? JSON.parse(literal) : literal.slice(1, -1);
  } catch {
    return literal.slice(1, -1);
  }
}

/** The names of the handler files in src/widgets, sorted. */
export function handlerNames(paths: Iterable<string>): string[] {
  return [...paths]
    .filter((path) => path.startsWith(FOLDER))
    .map((path) => path.slice(FOLDER.length))
    .filter((name) => !name.includes("/") && isHandlerFile(name))
    .sort();
}

/** The path of the handler of an id, as this tool would name it. */
export function handlerPath(id: string): string {
  return `${FOLDER}${id}.ts`;
}

/**
 * The handler files of a project, by the ids of their widgets: as each file says itself, else by its name.
 */
export function handlersById(state: ProjectState): Map<string, string> {
  const found = new Map<string, string>();
  for (const name of handlerNames(Object.keys(state.files))) {
    const path = FOLDER + name;
    const stem = name.slice(0, -".ts".length);
    const id = idLiteral(textOf(state, path) ?? "")?.id ?? stem;
    // Where two say the same id, it is that of the file with its name.
    if (!found.has(id) || stem === id) found.set(id, path);
  }
  return found;
}

/** What the rules between files are told of a project's handlers. */
export type KnownHandlers = Handler[];

/** The handlers of a project, each with the type that it is for, where its file shows that. */
export function knownHandlers(state: ProjectState): KnownHandlers {
  return [...handlersById(state)].map(([id, path]) => {
    const type = handlerType(textOf(state, path) ?? "");
    return type === undefined ? id : { id, type };
  });
}

const IMPORT = /\bimport\s*\{([^{}]*)\}\s*from\s*["']\.\.\/openbb\/([\w-]+)\.js["']/g;

/** The type of widget that a handler file is for. Its definer comes from a file named like the type. */
function handlerType(text: string): string | undefined {
  const definer = idLiteral(text)?.definer;
  if (definer === undefined) return undefined;
  const froms = [...text.matchAll(IMPORT)].filter(([, names = ""]) =>
    names.split(",").some((one) => one.trim() === definer),
  );
  const type = froms[0]?.[2];
  return froms.length === 1 && (WIDGET_TYPES as readonly unknown[]).includes(type) ? type : undefined;
}
