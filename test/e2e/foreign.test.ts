import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { CATALOG_TYPES, variantsOf, type Widget } from "../../src/catalog/index.js";
import { type ForeignAdd, planForeignAdd } from "../../src/plan/foreign/add.js";
import { NEEDS_A_PROJECT } from "../../src/plan/foreign/router.js";
import type { WidgetSpec } from "../../src/plan/spec.js";
import { endpointPath } from "../../src/typegen/paths.js";
import { formRoute, optionsRoutes } from "../../src/typegen/routes.js";
import { PROJECTS, type ProjectName, stateOf } from "../foreign/projects.js";
import { SHAPES } from "../foreign/shapes.js";
import { atEnd, command, freePort, itWith, linkModules, temporaryFolder, until, userEnv } from "./helpers.js";

/** Every type that a router can serve, and every sample of it. */
const SPECS: WidgetSpec[] = CATALOG_TYPES.filter((type) => !NEEDS_A_PROJECT.includes(type)).flatMap((type) => [
  { type },
  ...variantsOf(type).map((variant) => ({ type, variant })),
]);

/** How each project is started, and where its modules come from. */
const EXPRESS: Partial<Record<ProjectName, { start: string[]; install?: string; compile?: true }>> = {
  "Express 4, CommonJS": { start: ["server.js"], install: "express@4" },
  "Express 5, ESM, TypeScript": { start: ["--import", "tsx", "src/index.ts"], compile: true },
  "Express 5, ESM, JavaScript": { start: ["app.js"] },
};

for (const [name, { start, install, compile }] of Object.entries(EXPRESS)) {
  describe(name, () => {
    let folder: string;
    let added: ForeignAdd;
    let url: string;
    const serverError: string[] = [];

    beforeAll(async () => {
      folder = temporaryFolder();
      const files: Record<string, string> = PROJECTS[name as ProjectName];
      added = planForeignAdd(stateOf(files), SPECS);
      const after = added.plan.changes.map(({ path, after }) => [path, after as string]);
      const all: Record<string, string> = { ...files, ...Object.fromEntries(after) };
      const entry = added.host.kind === "express" ? (added.host.entry as string) : "";
      all[entry] = mounted(all[entry] as string, added.mount);
      write(folder, all);
      if (install) installIn(folder, install);
      else linkModules(folder);
      const server = await run(folder, start);
      url = server.url;
      server.process.stderr?.on("data", (chunk) => serverError.push(String(chunk)));
    });

    it("touches widgets.json and adds a file for each widget, and nothing else", () => {
      expect(added.plan.changes.map(({ action }) => action)).toEqual(["edit", ...SPECS.map(() => "create")]);
      expect(added.contract).toEqual([]);
    });

    it.runIf(compile)("compiles as strictly as TypeScript can", () => {
      const { code, stdout } = command(process.execPath, ["node_modules/typescript/bin/tsc", "--noEmit"], {
        cwd: folder,
      });
      expect(stdout).toBe("");
      expect(code).toBe(0);
    });

    it("serves the entries, and what it served before", async () => {
      const widgets = (await (await fetch(`${url}/widgets.json`)).json()) as Record<string, unknown>;
      expect(Object.keys(widgets)).toEqual(["bond_yields", ...added.widgets.map(({ id }) => id)]);
      expect(await (await fetch(`${url}/yields`)).json()).toEqual([{ maturity: "10Y", yield: 4.1 }]);
      expect((await fetch(`${url}/nothing`)).status).toBe(404);
    });

    it("answers for every widget as Workspace wants it, with its default parameters and with none", async () => {
      for (const widget of added.widgets) {
        const values = initialValues(widget.definition);
        for (const sent of [values, { ...values, theme: "light" }, {}]) await checkAnswer(url, widget, sent);
      }
    });

    it("answers with rows or a transcript where raw data is asked for", async () => {
      for (const { id, definition } of added.widgets.filter(({ definition }) => definition.raw)) {
        const response = await fetch(`${url}/${definition.endpoint}?raw=true`);
        const text = await response.text();
        if (definition.type === "youtube") expect(text, id).toContain("transcript");
        else expect(Object.keys(JSON.parse(text)[0]), id).toContain("close");
      }
    });

    it("answers with choices, files and for forms", async () => {
      for (const { id, definition } of added.widgets) {
        for (const { path } of optionsRoutes(definition)) {
          const choices = (await (await fetch(url + path)).json()) as { label: string; value: string }[];
          expect(choices.length, id).toBeGreaterThan(2);
          for (const choice of choices) expect(choice).toEqual({ label: choice.label, value: choice.label });
        }
        const form = formRoute(definition);
        if (form) {
          const response = await fetch(url + form.path, { method: form.method, ...jsonBody({ symbol: "AAPL" }) });
          expect(await response.json(), id).toEqual({ message: "Received." });
        }
        if (definition.fileEndpoint) {
          const file = url + endpointPath(definition.fileEndpoint);
          expect(await (await fetch(`${file}?path=first.md`)).json()).toMatch(/^# First note/);
          expect((await fetch(`${file}?path=../package.json`)).status).toBe(404);
        }
      }
    });

    it("says what is wrong as { detail }", async () => {
      const wrong = [
        ["price_history?symbol=NONE", 'Parameter "symbol" must be one of'],
        ["price_history?start_date=soon", 'Parameter "start_date" must be a date'],
        ["market_news?limit=many", 'Parameter "limit" must be a number'],
        ["price_chart?show_average=perhaps", 'Parameter "show_average" must be true or false'],
      ] as const;
      for (const [path, detail] of wrong) {
        const response = await fetch(`${url}/${path}`);
        expect(response.status, path).toBe(400);
        expect(((await response.json()) as { detail: string }).detail).toContain(detail);
      }
      const broken = await fetch(`${url}/ask_the_market`, { method: "POST", ...jsonBody({}), body: "{" });
      expect(broken.status).toBe(400);
      // A project that reads bodies before its routes answers by itself.
      if (!name.includes("CommonJS")) expect(((await broken.json()) as { detail: string }).detail).toContain("JSON");
      expect(serverError.join("")).not.toContain("openbb-");
    });
  });
}

describe("TypeScript as others set it up", () => {
  const IMPORT = 'import express from "express";';
  it.each([
    ["CommonJS", { module: "CommonJS" }, undefined, IMPORT],
    ["a bundler", { module: "ESNext", moduleResolution: "bundler" }, "module", IMPORT],
    [
      "CommonJS, word for word",
      { module: "NodeNext", verbatimModuleSyntax: true },
      "commonjs",
      'import express = require("express");',
    ],
    ["imports of .ts", { module: "NodeNext", allowImportingTsExtensions: true, noEmit: true }, "module", IMPORT],
  ])("compiles: %s", (_, options, type, load) => {
    const folder = temporaryFolder();
    const compilerOptions = { target: "ES2022", strict: true, skipLibCheck: true, types: ["node"], ...options };
    const files = {
      "widgets.json": "{}",
      "package.json": JSON.stringify({ ...(type ? { type } : {}), dependencies: { express: "^5.1.0" } }),
      "tsconfig.json": JSON.stringify({ compilerOptions, include: ["*.ts"] }),
      "app.ts": `${load}\n\nconst app = express();\n// MOUNT\napp.listen(0);\n`,
    };
    const { plan, mount } = planForeignAdd(stateOf(files), SPECS);
    const added = Object.fromEntries(plan.changes.map(({ path, after }) => [path, after as string]));
    write(folder, { ...files, ...added, "app.ts": mounted(files["app.ts"], mount) });
    linkModules(folder);
    const result = command(process.execPath, ["node_modules/typescript/bin/tsc", "--noEmit"], { cwd: folder });
    expect(result.stdout).toBe("");
    expect(result.code).toBe(0);
  });
});

describe("Python", () => {
  itWith("python3")("a server that answers as the printed lines say is what Workspace wants", async () => {
    const folder = temporaryFolder();
    const specs: WidgetSpec[] = ["table", "chart", "metric", "markdown", "newsfeed", "html", "youtube", "omni"].map(
      (type) => ({ type }) as WidgetSpec,
    );
    const added = specs.map((spec) => planForeignAdd(stateOf(PROJECTS.Python), [spec]));
    const answers = added.map(({ contract }) => exampleOf(contract));
    write(folder, { "answers.json": JSON.stringify(answers), "main.py": SERVER });
    const { url } = await run(folder, ["main.py"], "python3");
    for (const { widgets } of added) await checkAnswer(url, widgets[0] as Widget, {});
  });
});

/** Puts the printed lines where the user would: those that load a file at the top, the others where routes are. */
function mounted(entry: string, lines: string[]): string {
  const eol = entry.includes("\r\n") ? "\r\n" : "\n";
  const isUse = (line: string) => /^\w+\.use\(\w+\);$/.test(line);
  const loads = lines.filter((line) => !isUse(line)).join(eol);
  const uses = lines.filter(isUse).join(eol);
  return loads + eol + entry.replace("// MOUNT", uses);
}

function write(folder: string, files: Record<string, string>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

function installIn(folder: string, library: string): void {
  const args = ["install", "--no-save", "--no-audit", "--no-fund", library];
  const { code, stderr } = command("npm", args, { cwd: folder });
  if (code !== 0) throw new Error(`npm ${args.join(" ")} ended with ${code}:\n${stderr}`);
}

async function run(folder: string, args: string[], program = process.execPath) {
  const port = await freePort();
  const child: ChildProcess = spawn(program, args, { cwd: folder, env: userEnv({ PORT: String(port) }) });
  atEnd(() => child.kill("SIGKILL"));
  let log = "";
  child.stderr?.on("data", (chunk) => {
    log += chunk;
  });
  const url = `http://127.0.0.1:${port}`;
  await until(async () => {
    if (child.exitCode !== null) throw new Error(`The server ended with ${child.exitCode}:\n${log}`);
    return fetch(`${url}/widgets.json`).then(
      () => true,
      () => false,
    );
  }, `the server at ${url}`);
  return { url, process: child };
}

/** Calls a widget as Workspace does, and holds the answer against what it takes. */
async function checkAnswer(url: string, { id, definition }: Widget, values: Record<string, unknown>): Promise<void> {
  const post = definition.type === "omni" || definition.type === "multi_file_viewer";
  const path = `${url}/${definition.endpoint}`;
  const query = new URLSearchParams(
    Object.entries(values).map(([name, value]): [string, string] => [name, `${value}`]),
  );
  const response = post ? await fetch(path, { method: "POST", ...jsonBody(values) }) : await fetch(`${path}?${query}`);
  const text = await response.text();
  expect(response.status, `${id}: ${text}`).toBe(200);
  const { contentType, body } = SHAPES[definition.type] as (typeof SHAPES)[string];
  const type = response.headers.get("content-type") ?? "";
  expect(type, id).toMatch(contentType);
  const result = body.safeParse(type.startsWith("application/json") ? JSON.parse(text) : text);
  expect(result.error?.message, id).toBeUndefined();
}

/** What Workspace sends at first: no defaults that are empty, 0 or false; dates as days; lists as they are. */
function initialValues({ params = [] }: Widget["definition"]): Record<string, unknown> {
  const sent = params.flat().flatMap(({ paramName, type, value }): [string, unknown][] => {
    const current = type === "ticker" ? "AAPL" : value;
    if (!current || paramName === undefined || type === "form") return [];
    return [[paramName, String(current).startsWith("$currentDate") ? "2026-01-30" : current]];
  });
  return Object.fromEntries(sent);
}

function jsonBody(value: unknown) {
  return { headers: { "Content-Type": "application/json" }, body: JSON.stringify(value) };
}

/** The first request and answer of the printed lines. */
function exampleOf(lines: string[]) {
  const [method, path = ""] = (lines.find((line) => /^(GET|POST) /.test(line)) as string).split(" ");
  const says = lines.findIndex((line) => line.startsWith("  Answer, as "));
  const rest = lines.slice(says + 1);
  const end = rest.findIndex((line) => !line.startsWith("    "));
  const body = rest.slice(0, end < 0 ? undefined : end).map((line) => line.slice(4));
  const type = /as ([a-z]+\/[a-z]+)/.exec(lines[says] as string)?.[1];
  return { method, path: path.replace(/\?.*$/, ""), type, body: body.join("\n") };
}

const SERVER = `import json, os
from http.server import BaseHTTPRequestHandler, HTTPServer

ANSWERS = json.load(open("answers.json"))

class Handler(BaseHTTPRequestHandler):
    def answer(self):
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        path = self.path.split("?")[0]
        found = [a for a in ANSWERS if a["method"] == self.command and a["path"] == path]
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", found[0]["type"] if found else "application/json")
        self.end_headers()
        self.wfile.write((found[0]["body"] if found else "{}").encode())
    do_GET = do_POST = answer
    def log_message(self, *args):
        pass

HTTPServer(("127.0.0.1", int(os.environ["PORT"])), Handler).serve_forever()
`;
