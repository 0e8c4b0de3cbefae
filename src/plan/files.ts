import { names as schemas, textOf as schemaText } from "virtual:schemas";
import { versions } from "virtual:templates";
import { type AnyWidget, CATALOG, handlerFile, kindOf, sampleOf, typeOf } from "../catalog/index.js";
import { generateTypes, PARAMS_FILE, REGISTRY_FILE } from "../typegen/generate.js";
import type { CreateAnswers } from "./answers.js";
import { widgetsOf } from "./answers.js";
import { combined, type Imported, NOTHING, plainText } from "./from/imported.js";
import { answeredElsewhere, handlerText } from "./handler.js";
import { dashboard } from "./layout.js";
import { MANAGERS } from "./managers.js";
import { titleOf } from "./names.js";
import { RECORD_FILE, record } from "./record.js";
import { render, templatesIn } from "./render.js";

/** A file of a new project: its path with `/`, its text, and why it is there. */
export interface ProjectFile {
  path: string;
  text: string;
  why: string;
}

export { RECORD_FILE } from "./record.js";

/**
 * Every file of the project that the answers describe, sorted by path, secrets left out.
 * Pure: the same answers give the same bytes.
 *
 * @param version the version of this tool, for the project's record
 * @param imported what comes from an existing backend, beside the widgets of the answers (src/plan/from.ts)
 */
export function projectFiles(answers: CreateAnswers, version: string, imported: Imported = NOTHING): ProjectFile[] {
  const widgets = combined(imported.widgets, widgetsOf(answers));
  const title = titleOf(answers.name);
  const data = { ...templateData(answers, title), types: typesInUse(widgets) };
  const files = [
    json("package.json", packageJson(answers, widgets), "scripts and dependencies"),
    json("widgets.json", Object.fromEntries(widgets.map(({ id, definition }) => [id, definition])), "the widgets"),
    json(
      "apps.json",
      imported.apps ?? [
        dashboard(
          title,
          widgets.filter(({ unplaceable }) => !unplaceable),
        ),
      ],
      "a dashboard over the widgets",
    ),
    ...(imported.elsewhere ? [json("test/elsewhere.json", imported.elsewhere, "what dashboards show of others")] : []),
    ...folder("project", data),
    ...(answers.docker ? folder("options/docker", data) : []),
    ...(answers.ci === "github" ? folder("options/github", data) : []),
    ...(answers.packageManager === "pnpm" || answers.packageManager === "yarn"
      ? folder(`options/${answers.packageManager}`, data)
      : []),
    ...schemas.map((name) => ({ path: `.vscode/${name}`, text: schemaText(name), why: EDITORS })),
    ...widgetFiles(widgets, data),
  ];
  files.push(json(RECORD_FILE, record(answers, files, version), "what made this project, and from which answers"));
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** The handlers, what their types and samples need, and the generated registry and types. */
function widgetFiles(widgets: AnyWidget[], data: Record<string, unknown>): ProjectFile[] {
  const answered = answeredElsewhere(widgets);
  const answering = widgets.flatMap((widget) => {
    const file = handlerFile(widget);
    return file === undefined ? [] : [{ widget, file }];
  });
  const handlers = answering.map(({ widget, file }) => ({
    path: `src/widgets/${file}.ts`,
    text: handlerText(widget, answered.get(widget.id) ?? new Set()),
    why: `where the data of "${plainText(widget.definition.name)}" comes from`,
  }));
  const definitions = Object.fromEntries(widgets.map(({ id, definition }) => [id, definition]));
  const generated = generateTypes(
    definitions,
    answering.map(({ file }) => `${file}.ts`),
  );
  return [
    ...handlers,
    ...layersOf(widgets).flatMap((layer) => folder(layer, data)),
    { path: PARAMS_FILE, text: generated[PARAMS_FILE] as string, why: "the types of the parameters, generated" },
    { path: REGISTRY_FILE, text: generated[REGISTRY_FILE] as string, why: "the list of handlers, generated" },
  ];
}

/** The folders of `templates/` that the types in use, and their samples, lay over the project; each once, sorted. */
export function layersOf(widgets: AnyWidget[]): string[] {
  const answering = widgets.filter((widget) => handlerFile(widget) !== undefined);
  const parts = answering.flatMap((widget) => sampleOf(kindOf(widget)).parts ?? []);
  const layers = [...answering.map((widget) => `widgets/${typeOf(widget)}`), ...parts.map((part) => `parts/${part}`)];
  return [...new Set(layers)].sort();
}

export function templateData(answers: CreateAnswers, title: string): Record<string, unknown> {
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

/** For the README: each type in use. */
function typesInUse(widgets: AnyWidget[]) {
  const answering = widgets.filter((widget) => handlerFile(widget) !== undefined);
  return [...new Set(answering.map(typeOf))].map((type) => {
    const { summary, advice = "", experimental = "" } = CATALOG[type];
    return { type, summary, advice, experimental };
  });
}

/** Every template of a folder, as the file that it becomes: a leading `_` stands for a dot that npm would act on. */
export function folder(name: string, data: Record<string, unknown>): ProjectFile[] {
  // What stands directly in a type's folder are the handlers: they become files by the ids of widgets.
  const paths = templatesIn(name).filter((path) => !/^handler[^/]*$/.test(path));
  return paths.map((path) => ({
    path: path.replace(/(^|\/)_/g, "$1."),
    text: render(`${name}/${path}`, data),
    why: WHY.find(([pattern]) => pattern.test(path))?.[1] ?? "the backend",
  }));
}

const EDITORS = "help for editors with the three JSON files";

const WHY: [RegExp, string][] = [
  [/^src\/openbb\/contract\//, "what Workspace accepts"],
  [/^src\/openbb\//, "the runtime"],
  [/^src\/samples\//, "sample data"],
  [/^src\//, "the server"],
  [/^test\//, "tests of every widget"],
  [/^scripts\//, "development and generated files"],
  [/^public\//, "files for the browser"],
  [/^(README|AGENTS|DEPLOY)/, "how to work on it"],
  [/^\.env/, "the environment variables"],
  [/^(Dockerfile|_dockerignore|\.dockerignore)/, "to run it in a container"],
  [/^\.github\//, "tests on pushes and pull requests"],
  [/^\.vscode\//, EDITORS],
  [/^(tsconfig|vitest|_git|\.editorconfig|pnpm|\.yarnrc)/, "settings of the tools"],
];

export function packageJson({ name }: CreateAnswers, widgets: AnyWidget[]): Record<string, unknown> {
  const answering = widgets.filter((widget) => handlerFile(widget) !== undefined);
  const samples = answering.map((widget) => sampleOf(kindOf(widget)));
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
export function pinned(library: string): [string, string] {
  const range = versions[library];
  if (range === undefined) throw new Error(`${library} is not among the devDependencies of this repository.`);
  return [library, range];
}

function json(path: string, value: unknown, why: string): ProjectFile {
  return { path, text: `${JSON.stringify(value, null, 2)}\n`, why };
}
