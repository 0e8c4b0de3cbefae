import { describe, expect, it } from "vitest";
import { detectHost } from "../../src/plan/foreign/detect.js";
import { PROJECTS, stateOf } from "./projects.js";

const APP = 'import express from "express";\nconst app = express();\n';
const REQUIRED = 'const express = require("express");\nconst app = express();\n';
const pkg = (value: object = {}) => JSON.stringify({ dependencies: { express: "^5.1.0" }, ...value });

function host(files: Record<string, string>) {
  return detectHost(stateOf({ "widgets.json": "{}", ...files }));
}

describe("what kind of project a folder is", () => {
  it("knows the Express projects by language, modules and version", () => {
    expect(detectHost(stateOf(PROJECTS["Express 4, CommonJS"]))).toEqual({
      ...{ kind: "express", major: 4, language: "javascript", modules: "require", entry: "server.js", folder: "" },
      ...{ extension: "js", importEnding: "", app: "app", cors: true },
    });
    expect(detectHost(stateOf(PROJECTS["Express 5, ESM, TypeScript"]))).toEqual({
      ...{
        kind: "express",
        major: 5,
        language: "typescript",
        modules: "import",
        entry: "src/index.ts",
        folder: "src/",
      },
      ...{ extension: "ts", importEnding: ".js", app: "server", cors: false },
    });
    expect(detectHost(stateOf(PROJECTS["Express 5, ESM, JavaScript"]))).toEqual({
      ...{ kind: "express", major: 5, language: "javascript", modules: "import", entry: "app.js", folder: "" },
      ...{ extension: "js", importEnding: ".js", app: "app", cors: false },
    });
  });

  it("takes anything else for a backend of which it knows nothing", () => {
    expect(detectHost(stateOf(PROJECTS.Python))).toEqual({ kind: "elsewhere", what: "Python" });
    expect(detectHost(stateOf(PROJECTS["only a widgets.json"]))).toEqual({
      ...{ kind: "elsewhere", what: "a project without Express" },
    });
    expect(host({ "package.json": '{"dependencies":{"fastify":"5"}}', "server.js": "" }).kind).toBe("elsewhere");
    expect(host({ "package.json": '{"dependencies":{"express":"3.21.2"}}', "server.js": REQUIRED }).kind).toBe(
      "elsewhere",
    );
    expect(host({ "package.json": "[]" }).kind).toBe("elsewhere");
  });

  it.each([
    [
      "a name that package.json starts",
      { "package.json": pkg({ scripts: { start: "node ./web.js" } }), "app.js": REQUIRED, "web.js": REQUIRED },
      "web.js",
    ],
    [
      "the one that makes the app, whatever its name",
      { "package.json": pkg(), "index.js": "require('./web')", "web.js": REQUIRED },
      "web.js",
    ],
    [
      "a usual name before another",
      { "package.json": pkg(), "alpha.js": REQUIRED, "src/server.js": REQUIRED },
      "src/server.js",
    ],
    [
      "no tests, settings and declarations",
      { "package.json": pkg(), "app.test.js": REQUIRED, "x.config.js": REQUIRED, "test/app.js": REQUIRED },
      undefined,
    ],
    [
      "one that nothing but its name tells",
      { "package.json": pkg(), "server.js": "module.exports = start" },
      "server.js",
    ],
  ])("finds the entry: %s", (_, files, entry) => {
    expect(host(files as Record<string, string>)).toMatchObject({ kind: "express", entry });
  });

  it.each([
    [
      "mjs",
      { "package.json": pkg(), "server.mjs": APP },
      { modules: "import", extension: "mjs", importEnding: ".mjs" },
    ],
    [
      "cjs",
      { "package.json": pkg({ type: "module" }), "server.cjs": REQUIRED },
      { modules: "require", extension: "cjs", importEnding: ".cjs" },
    ],
    ["import without a type", { "package.json": pkg(), "server.js": APP }, { modules: "import", importEnding: ".js" }],
    [
      "require(…)() in one",
      { "package.json": pkg(), "server.js": "const web = require('express')();" },
      { modules: "require", app: "web" },
    ],
    [
      "TypeScript as CommonJS",
      { "package.json": pkg(), "tsconfig.json": "{}", "src/app.ts": APP },
      { modules: "import", importEnding: "" },
    ],
    [
      "TypeScript as CommonJS with endings",
      { "package.json": pkg(), "app.ts": `${APP}import "./routes.js";` },
      { importEnding: ".js" },
    ],
    [
      "TypeScript that Node runs",
      { "package.json": pkg({ type: "module" }), "app.ts": `${APP}import { x } from "./x.ts";` },
      { importEnding: ".ts" },
    ],
    [
      "TypeScript with imports of .ts, by its settings",
      {
        "package.json": pkg({ type: "module" }),
        "tsconfig.json": '{ // new\n "compilerOptions": { "allowImportingTsExtensions": true, } }',
        "app.ts": APP,
      },
      { importEnding: ".ts" },
    ],
    [
      "import = require()",
      {
        "package.json": pkg({ type: "commonjs" }),
        "app.ts": 'import express = require("express");\nconst app = express();',
      },
      { modules: "import-require", importEnding: "" },
    ],
    [
      "no entry at all",
      { "package.json": pkg({ type: "module" }), "src/lib.js": "", "tsconfig.json": "{}" },
      { entry: undefined, folder: "src/", extension: "ts", importEnding: ".js" },
    ],
    [
      "CORS by hand",
      { "package.json": pkg(), "app.js": `${REQUIRED}res.set("Access-Control-Allow-Origin", "*")` },
      { cors: true },
    ],
    [
      "the package cors that the root of a monorepo lists",
      { "package.json": pkg(), "app.js": `${REQUIRED}app.use(require("cors")());` },
      { cors: true },
    ],
    [
      "no telling version",
      { "package.json": '{"dependencies":{"express":"latest"}}', "app.js": REQUIRED },
      { major: undefined },
    ],
  ])("fits in: %s", (_, files, expected) => {
    expect(host(files as Record<string, string>)).toMatchObject(expected);
  });

  it("puts new files beside an entry that lies deeper", () => {
    const files = { "package.json": pkg(), "src/lib/app.js": "", "src/server/web.js": REQUIRED };
    expect(host(files)).toMatchObject({ entry: "src/server/web.js", folder: "src/server/" });
  });

  it("says so when package.json cannot be read", () => {
    expect(() => host({ "package.json": "{" })).toThrow(/package\.json cannot be read/);
  });
});
