import { createHash } from "node:crypto";
import { versions } from "virtual:templates";
import { CATALOG, kindOf, sampleOf, type Widget } from "../catalog/index.js";
import { generateTypes, PARAMS_FILE, REGISTRY_FILE } from "../typegen/generate.js";
import type { CreateAnswers } from "./answers.js";
import { widgetsOf } from "./answers.js";
import { answeredElsewhere, handlerText } from "./handler.js";
import { dashboard } from "./layout.js";
import { MANAGERS } from "./managers.js";
import { titleOf } from "./names.js";
import { render, templatesIn } from "./render.js";

/** A file of a new project: its path with `/`, its text, and why it is there. */
export interface ProjectFile {
  path: string;
  text: string;
  why: string;
}

/** The record of what made a project, beside its package.json. */
export const RECORD_FILE = "openbb-backend.json";

/**
 * Every file of the project that the answers describe, sorted by path, secrets left out.
 * Pure: the same answers give the same bytes.
 *
 * @param version the version of this tool, for the project's record
 */
export function projectFiles(answers: CreateAnswers, version: string): ProjectFile[] {
  const widgets = widgetsOf(answers);
  const title = titleOf(answers.name);
  const data = { ...templateData(answers, title), types: typesInUse(widgets) };
  const files = [
    json("package.json", packageJson(answers, widgets), "scripts and dependencies"),
    json("widgets.json", Object.fromEntries(widgets.map(({ id, definition }) => [id, definition])), "the widgets"),
    json("apps.json", [dashboard(title, widgets)], "a dashboard over the widgets"),
    ...folder("project", data),
    ...(answers.docker ? folder("options/docker", data) : []),
    ...(answers.ci === "github" ? folder("options/github", data) : []),
    ...(answers.packageManager === "pnpm" || answers.packageManager === "yarn"
      ? folder(`options/${answers.packageManager}`, data)
      : []),
    ...widgetFiles(widgets, data),
  ];
  files.push(json(RECORD_FILE, record(answers, files, version), "what made this project, and from which answers"));
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** The handlers, what their types and samples need, and the generated registry and types. */
function widgetFiles(widgets: Widget[], data: Record<string, unknown>): ProjectFile[] {
  const answered = answeredElsewhere(widgets);
  const handlers = widgets.map((widget) => ({
    path: `src/widgets/${widget.id}.ts`,
    text: handlerText(widget, answered.get(widget.id) ?? new Set()),
    why: `where the data of "${widget.definition.name}" comes from`,
  }));
  const definitions = Object.fromEntries(widgets.map(({ id, definition }) => [id, definition]));
  const generated = generateTypes(
    definitions,
    widgets.map(({ id }) => `${id}.ts`),
  );
  return [
    ...handlers,
    ...layersOf(widgets).flatMap((layer) => folder(layer, data)),
    { path: PARAMS_FILE, text: generated[PARAMS_FILE] as string, why: "the types of the parameters, generated" },
    { path: REGISTRY_FILE, text: generated[REGISTRY_FILE] as string, why: "the list of handlers, generated" },
  ];
}

/** The folders of `templates/` that the types in use, and their samples, lay over the project; each once, sorted. */
function layersOf(widgets: Widget[]): string[] {
  const parts = widgets.flatMap((widget) => sampleOf(kindOf(widget)).parts ?? []);
  const layers = [
    ...widgets.map(({ definition }) => `widgets/${definition.type}`),
    ...parts.map((part) => `parts/${part}`),
  ];
  return [...new Set(layers)].sort();
}

function templateData(answers: CreateAnswers, title: string): Record<string, unknown> {
  const manager = MANAGERS[answers.packageManager];
  const commands = ["dev", "build", "start", "check", "types", "cert"].map((script) => [script, manager.run(script)]);
  return {
    name: answers.name,
    title,
    port: answers.port,
    nextPort: answers.port === 65_535 ? 65_534 : answers.port + 1,
    originList: answers.origins.join(","),
    requireKey: answers.auth === "api-key",
    docker: answers.docker,
    manager: answers.packageManager,
    [answers.packageManager]: true,
    install: manager.install,
    ci: manager.ci,
    lockfile: manager.lockfile,
    test: manager.test,
    run: Object.fromEntries(commands),
  };
}

/** For the README: each type in use, with its widgets. */
function typesInUse(widgets: Widget[]) {
  return [...new Set(widgets.map(({ definition }) => definition.type))].map((type) => {
    const ids = widgets.filter(({ definition }) => definition.type === type).map(({ id }) => id);
    const { summary, experimental = "" } = CATALOG[type];
    return { type, ids, summary, experimental };
  });
}

/** Every template of a folder, as the file that it becomes: a leading `_` stands for a dot that npm would act on. */
function folder(name: string, data: Record<string, unknown>): ProjectFile[] {
  // What stands directly in a type's folder are the handlers: they become files by the ids of widgets.
  const paths = templatesIn(name).filter((path) => !/^handler[^/]*$/.test(path));
  return paths.map((path) => ({
    path: path.replace(/(^|\/)_/g, "$1."),
    text: render(`${name}/${path}`, data),
    why: WHY.find(([pattern]) => pattern.test(path))?.[1] ?? "the backend",
  }));
}

const WHY: [RegExp, string][] = [
  [/^src\/openbb\/contract\//, "what Workspace accepts"],
  [/^src\/openbb\//, "the runtime"],
  [/^src\//, "the server"],
  [/^test\//, "tests of every widget"],
  [/^scripts\//, "development and generated files"],
  [/^public\//, "files for the browser"],
  [/^(README|AGENTS|DEPLOY)/, "how to work on it"],
  [/^\.env/, "the environment variables"],
  [/^(Dockerfile|_dockerignore|\.dockerignore)/, "to run it in a container"],
  [/^\.github\//, "tests on every push"],
  [/^(tsconfig|vitest|_git|\.editorconfig|pnpm|\.yarnrc)/, "settings of the tools"],
];

function packageJson({ name }: CreateAnswers, widgets: Widget[]): Record<string, unknown> {
  const samples = widgets.map((widget) => sampleOf(kindOf(widget)));
  const range = (own: string[], more: (string[] | undefined)[]) =>
    Object.fromEntries([...new Set([...own, ...more.flatMap((names) => names ?? [])])].sort().map(pinned));
  const watch = ["./widgets.json", "./apps.json", "./src/widgets/*.ts", "./public/*"]
    .map((path) => `--include "${path}"`)
    .join(" ");
  return {
    name,
    version: "0.1.0",
    private: true,
    description: `A backend for OpenBB Workspace: ${titleOf(name)}.`,
    type: "module",
    engines: { node: ">=20.19" },
    scripts: {
      dev: `tsx watch --clear-screen=false ${watch} scripts/dev.ts`,
      build: "tsx scripts/types.ts && tsc -p tsconfig.build.json",
      start: "node --enable-source-maps dist/server.js",
      test: "vitest run",
      check: "tsx scripts/types.ts --check && tsc",
      types: "tsx scripts/types.ts",
      cert: "tsx scripts/cert.ts",
    },
    dependencies: range(
      [
        "compression",
        "cors",
        "express",
        "express-rate-limit",
        "helmet",
        "lru-cache",
        "pino",
        "pino-http",
        "prom-client",
        "zod",
      ],
      samples.map((sample) => sample.dependencies),
    ),
    devDependencies: range(
      [
        "@types/compression",
        "@types/cors",
        "@types/express",
        "@types/node",
        "@types/supertest",
        "supertest",
        "tsx",
        "typescript",
        "vitest",
      ],
      samples.map((sample) => sample.devDependencies),
    ),
  };
}

/** The range with which this repository's own tests ran. */
function pinned(library: string): [string, string] {
  const range = versions[library];
  if (range === undefined) throw new Error(`${library} is not among the devDependencies of this repository.`);
  return [library, range];
}

/** No times, no secrets: the same answers give the same record. Hashes cover only code that this tool may update. */
function record(answers: CreateAnswers, files: ProjectFile[], version: string): Record<string, unknown> {
  const { directory: _, install: _i, git: _g, ...kept } = answers;
  const owned = files.filter(({ path }) => /^(src|scripts|test)\//.test(path) && !path.endsWith(".gen.ts"));
  return {
    generator: "create-openbb-backend",
    version,
    answers: kept,
    files: Object.fromEntries(
      owned.sort((a, b) => (a.path < b.path ? -1 : 1)).map(({ path, text }) => [path, sha256(text)]),
    ),
  };
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function json(path: string, value: unknown, why: string): ProjectFile {
  return { path, text: `${JSON.stringify(value, null, 2)}\n`, why };
}
