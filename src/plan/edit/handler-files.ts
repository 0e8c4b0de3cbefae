import { isHandlerFile } from "../../typegen/generate.js";
import { type ProjectState, textOf } from "../state.js";

const FOLDER = "src/widgets/";

/** Where the id of a handler file's widget stands, quotes included. */
export interface IdLiteral {
  start: number;
  end: number;
  id: string;
}

/** Comments, and literals of text, wherever they do not hide each other. */
const OPAQUE = /\/\*[\s\S]*?\*\/|\/\/[^\r\n]*|"(?:\\.|[^"\\\r\n])*"|'(?:\\.|[^'\\\r\n])*'|`(?:\\[\s\S]|[^`\\])*`/g;
/** `export default table("`, with what is in the quotes blanked. */
const DEFINER = /\bexport\s+default\s+[\w$.]+\s*(?:<[^()]*?>\s*)?\(\s*("_*"|'_*'|`_*`)/g;

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
  const start = end - (found[1] as string).length;
  return { start, end, id: unquoted(text.slice(start, end)) };
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
