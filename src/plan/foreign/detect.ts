import { parse } from "jsonc-parser";
import { CliError, EXIT } from "../../errors.js";
import { asRecord } from "../../typegen/shape.js";
import { type ProjectState, textOf } from "../state.js";

/** An Express project, as far as a file that is added to it has to fit in. */
export interface ExpressHost {
  kind: "express";
  /** The major version, where package.json tells. */
  major: 4 | 5 | undefined;
  language: "typescript" | "javascript";
  /** How files of it load each other: `import`, `require`, or TypeScript's `import x = require()`. */
  modules: "import" | "require" | "import-require";
  /** The file that makes the Express app; undefined when it was not found. */
  entry: string | undefined;
  /** Where new files go, ending in a slash: beside the entry, else `src/` if there is one, else the root (empty). */
  folder: string;
  /** The ending of new files: that of the entry. */
  extension: string;
  /** What an import of such a file ends with; empty where imports have no ending. */
  importEnding: string;
  /** The name of the Express app in the entry. */
  app: string;
  /** Whether the project seems to answer to CORS. */
  cors: boolean;
}

/** Any other project: nothing but its widgets.json is touched. */
export interface OtherHost {
  kind: "elsewhere";
  /** What it seems to be, for messages: "Python", or "a project without Express". */
  what: string;
}

export type Host = ExpressHost | OtherHost;

const SOURCE = /^(src\/.+|[^/]+)\.[cm]?[jt]s$/;
const NOT_ENTRY = /(\.d\.[cm]?ts|\.(test|spec|config)\.[cm]?[jt]s)$/;
/** The header, or the package loaded: in a monorepo, its root may list it. */
const SIGN_OF_CORS = /access-control-allow-origin|(?:from|import|require\()\s*["']cors["']/i;
const USUAL = ["server", "app", "index", "main"];
/** Where an Express app is made, and its name. */
const MAKES_APP =
  /(?:const|let|var)\s+([A-Za-z_$][\w$]*)(?:\s*:[^=\n]+)?\s*=\s*(?:express|\w+\.default|require\(["']express["']\))\(\s*\)/;

/**
 * What kind of project a folder is, by its files alone.
 *
 * @throws CliError with exit code 3 when its package.json cannot be read
 */
export function detectHost(state: ProjectState): Host {
  const manifest = readPackage(state);
  if (!manifest) return { kind: "elsewhere", what: otherKind(state) };
  const { dependencies, devDependencies, type } = manifest;
  const libraries = { ...asRecord(devDependencies), ...asRecord(dependencies) };
  const range = libraries.express;
  const major = typeof range === "string" ? Number(/^[^\d]*(\d+)(\.|$)/.exec(range)?.[1]) : Number.NaN;
  if (range === undefined || major < 4) return { kind: "elsewhere", what: otherKind(state) };

  const entry = findEntry(state, manifest);
  const text = entry === undefined ? "" : (textOf(state, entry) ?? "");
  const typed =
    entry === undefined ? textOf(state, "tsconfig.json") !== undefined || "typescript" in libraries : /ts$/.test(entry);
  const extension = entry === undefined ? (typed ? "ts" : "js") : (/[^.]+$/.exec(entry) as RegExpExecArray)[0];
  const beside = entry?.slice(0, entry.lastIndexOf("/") + 1);
  const folder = beside ?? (hasSources(state) ? "src/" : "");
  const modules = modulesOf(text, extension, type);
  return {
    kind: "express",
    major: major === 4 || major === 5 ? major : undefined,
    language: typed ? "typescript" : "javascript",
    modules,
    entry,
    folder,
    extension,
    importEnding: importEnding(state, { text, extension, esm: type === "module" }),
    app: MAKES_APP.exec(text)?.[1] ?? "app",
    cors: "cors" in libraries || Object.keys(state.files).some((path) => SIGN_OF_CORS.test(textOf(state, path) ?? "")),
  };
}

/** The part of a project that lies in one of its folders. */
export function within({ files }: ProjectState, folder: string): ProjectState {
  const start = `${folder}/`;
  const below = Object.entries(files).filter(([path]) => path.startsWith(start));
  return { files: Object.fromEntries(below.map(([path, file]) => [path.slice(start.length), file])) };
}

function readPackage(state: ProjectState): Record<string, unknown> | undefined {
  const text = textOf(state, "package.json");
  if (text === undefined) return undefined;
  try {
    return asRecord(JSON.parse(text.replace(/^\uFEFF/, "")));
  } catch (cause) {
    throw new CliError(
      EXIT.refused,
      `The project's package.json cannot be read: ${(cause as Error).message}.`,
      "Mend it first: it tells what kind of project this is.",
    );
  }
}

function otherKind({ files }: ProjectState): string {
  const python = Object.keys(files).some((path) =>
    /(^|\/)(requirements.*\.txt|pyproject\.toml|Pipfile|[^/]+\.py)$/.test(path),
  );
  return python ? "Python" : "a project without Express";
}

function hasSources({ files }: ProjectState): boolean {
  return Object.keys(files).some((path) => /^src\/.+\.[cm]?[jt]s$/.test(path));
}

/**
 * The file that makes the app: one that package.json starts before others, one of a usual name before others, and those
 * nearer to the root before others. A file that makes no app is the entry only if it is started, or called so.
 */
function findEntry(state: ProjectState, { main, scripts }: Record<string, unknown>): string | undefined {
  const words = [main, ...Object.values(asRecord(scripts))].filter((one) => typeof one === "string").join(" ");
  const started = new Set(words.split(/[\s"'=]+/).map((word) => word.replace(/^\.\//, "")));
  const candidates = Object.keys(state.files)
    .filter((path) => SOURCE.test(path) && !NOT_ENTRY.test(path))
    .map((path) => {
      const usual = USUAL.indexOf((path.split("/").at(-1) as string).replace(/\..*$/, ""));
      const depth = path.replace(/^src\//, "").split("/").length - 1;
      const makesApp = MAKES_APP.test(textOf(state, path) ?? "");
      const isEntry = makesApp || started.has(path) || (usual >= 0 && depth === 0);
      const rank = (makesApp ? 0 : 1000) + (started.has(path) ? 0 : 100) + depth * 10 + (usual < 0 ? 9 : usual);
      return { path, isEntry, rank };
    })
    .filter(({ isEntry }) => isEntry);
  candidates.sort((a, b) => a.rank - b.rank || (a.path < b.path ? -1 : 1));
  return candidates[0]?.path;
}

function modulesOf(entry: string, extension: string, type: unknown): ExpressHost["modules"] {
  const imports = /^\s*import\s[^=(]*from\s*["']|^\s*import\s*["']/m.test(entry);
  if (extension.endsWith("ts")) {
    return /^\s*import\s+\w+\s*=\s*require\(/m.test(entry) && !imports ? "import-require" : "import";
  }
  if (extension === "mjs") return "import";
  if (extension === "cjs") return "require";
  // Bundlers, and Node since version 22, take `import` in a package that does not say what it is.
  return type === "module" || (type === undefined && imports && !/\brequire\(/.test(entry)) ? "import" : "require";
}

/** JavaScript names the file; TypeScript names the one that it becomes, none, or the source, as the project does. */
function importEnding(
  state: ProjectState,
  { text, extension, esm }: { text: string; extension: string; esm: boolean },
): string {
  const modules = modulesOf(text, extension, esm ? "module" : undefined);
  if (extension === "js") return modules === "require" ? "" : ".js";
  if (!extension.endsWith("ts")) return `.${extension}`;
  const own = [...text.matchAll(/(?:from|import|require\()\s*["']\.{1,2}\/[^"']*?(\.[cm]?[jt]s)?["']/g)].map(
    ([, end]) => end,
  );
  const options = asRecord(
    asRecord(parse(textOf(state, "tsconfig.json") ?? "{}", [], { allowTrailingComma: true })).compilerOptions,
  );
  const bySource = options.allowImportingTsExtensions === true || options.rewriteRelativeImportExtensions === true;
  if (own.some((end) => end?.endsWith("ts")) || (own.length === 0 && bySource)) return `.${extension}`;
  const compiled = `.${extension.replace("ts", "js")}`;
  return esm || extension !== "ts" || own.some((end) => end !== undefined) ? compiled : "";
}
