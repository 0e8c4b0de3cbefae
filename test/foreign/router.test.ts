import { createRequire } from "node:module";
import express, { type Router } from "express";
import supertest from "supertest";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { CATALOG_TYPES, variantsOf, type Widget } from "../../src/catalog/index.js";
import type { ParamDefinition } from "../../src/contract/types.js";
import type { ExpressHost } from "../../src/plan/foreign/detect.js";
import { NEEDS_A_PROJECT, routerText } from "../../src/plan/foreign/router.js";
import { resolveWidgets } from "../../src/plan/widgets.js";

const HOST: ExpressHost = {
  kind: "express",
  major: 5,
  language: "javascript",
  modules: "require",
  entry: "app.js",
  folder: "",
  extension: "js",
  importEnding: "",
  app: "app",
  cors: true,
};

const HOSTS: [string, ExpressHost][] = [
  ["CommonJS", HOST],
  ["ESM", { ...HOST, modules: "import" }],
  ["TypeScript", { ...HOST, modules: "import", language: "typescript", extension: "ts" }],
  ["TypeScript with import = require", { ...HOST, modules: "import-require", language: "typescript", extension: "ts" }],
];

const WIDGETS = resolveWidgets(
  CATALOG_TYPES.filter((type) => !NEEDS_A_PROJECT.includes(type)).flatMap((type) => [
    { type },
    ...variantsOf(type).map((variant) => ({ type, variant })),
  ]),
);

/** Nobody's text may become code: each of these would set it. */
const EVIL = "globalThis.hacked = true";
const HOSTILE = [
  `*/ ${EVIL} /*`,
  `"; ${EVIL}; "`,
  `\${${EVIL}}`,
  `\`+(${EVIL})+\``,
  `\n${EVIL}\u2028${EVIL}`,
  "\\",
  "__proto__",
];

/** Runs the text of a router, which exports its router and how it reads parameters. */
function load(widget: Widget): { router: Router; readParams: (query: URLSearchParams) => Record<string, unknown> } {
  const module = { exports: {} };
  const text = `${routerText(widget, HOST, new Set())}\nmodule.exports = { router, readParams: typeof readParams === "function" ? readParams : undefined };`;
  new Function("require", "module", text)(createRequire(import.meta.url), module);
  return module.exports as ReturnType<typeof load>;
}

function table(params: ParamDefinition[], more: object = {}): Widget {
  const definition = { name: "T", description: "T", type: "table", endpoint: "t", params, ...more };
  return { id: "t", definition } as Widget;
}

function read(params: ParamDefinition[], query: string | Record<string, string> = "") {
  return load(table(params)).readParams(new URLSearchParams(query));
}

describe("a router for somebody else's project", () => {
  it.each(HOSTS)("is well-formed for every type: %s", (_, host) => {
    for (const widget of WIDGETS) {
      const { diagnostics } = ts.transpileModule(routerText(widget, host, new Set()), {
        reportDiagnostics: true,
        fileName: `openbb-${widget.id}.${host.extension}`,
        compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, allowJs: true },
      });
      expect(diagnostics?.map(({ messageText }) => messageText)).toEqual([]);
    }
  });

  it("needs no library but Express, and has no types in JavaScript", () => {
    for (const [name, host] of HOSTS) {
      for (const widget of WIDGETS) {
        const text = routerText(widget, host, new Set());
        const loaded = [...text.matchAll(/(?:from |require\()"([^"]+)"/g)].map(([, library]) => library);
        expect(new Set(loaded), name).toEqual(new Set(["express"]));
        expect(text.includes(": string"), name).toBe(
          host.language === "typescript" && /(name|message|seed|symbol|line): string/.test(text),
        );
        expect(text, name).not.toMatch(/\n{3}|[ \t]\n|undefined\./);
      }
    }
  });

  it("lets no text become code", async () => {
    for (const evil of HOSTILE) {
      const params: ParamDefinition[] = [
        { paramName: evil, type: "text", value: evil, label: evil },
        { paramName: `${evil}2`, type: "text", options: [{ label: evil, value: evil }] },
        { paramName: `${evil}3`, type: "text", multiSelect: true, value: [evil] as never },
        { paramName: `${evil}4`, type: "date", value: evil },
        { paramName: `${evil}5`, type: "endpoint", optionsEndpoint: "/t/t_x", value: evil },
      ];
      const columnsDefs = [
        { field: evil, headerName: evil },
        { field: `${evil}2`, headerName: evil, cellDataType: "object" },
      ];
      const more = { name: evil, description: evil, storage: { html: evil }, data: { table: { columnsDefs } } };
      const types = ["table", "markdown", "note", "pdf", "chart", "omni", "html"];
      for (const type of types) {
        const { router } = load(table(params, { ...more, type }));
        const app = express().use(router);
        const call = type === "omni" ? supertest(app).post("/t").send({}) : supertest(app).get("/t");
        const response = await call.expect(200);
        if (type === "table") expect(Object.keys(response.body[0])).toEqual([evil, `${evil}2`]);
        if (type === "note") expect(response.body).toBe(evil);
        if (type === "markdown") expect(response.body.startsWith(`## ${evil}`)).toBe(true);
        const choices = await supertest(app).get("/t/t_x").expect(200);
        expect(choices.body[0]).toEqual({ label: evil, value: evil });
      }
    }
    expect(globalThis).not.toHaveProperty("hacked");
  });

  it("is mounted beside other routes without a word about them", async () => {
    const app = express();
    app.use(load(table([])).router);
    app.get("/mine", () => {
      throw Object.assign(new Error("Mine"), { status: 418 });
    });
    const response = await supertest(app).get("/mine").expect(418);
    expect(response.text).toContain("Mine");
    await supertest(app).get("/other").expect(404);
  });
});

describe("the parameters that it reads", () => {
  const today = "2026-05-31";
  // Midnight may come between the call and the look at it.
  beforeAll(() => void vi.useFakeTimers({ toFake: ["Date"], now: new Date(`${today}T23:59:59Z`) }));
  afterAll(() => void vi.useRealTimers());

  it("have their defaults when Workspace leaves them out", () => {
    const params: ParamDefinition[] = [
      { paramName: "zero", type: "number", value: 0 },
      { paramName: "off", type: "boolean", value: false },
      { paramName: "empty", type: "text", value: "" },
      { paramName: "none", type: "text" },
      { paramName: "list", type: "text", multiSelect: true, value: "a, b" },
      { paramName: "ticker", type: "ticker" },
      {
        paramName: "one",
        type: "number",
        value: 2,
        options: [
          { label: "2", value: 2 },
          { label: "3", value: 3 },
        ],
      },
    ];
    expect(read(params)).toEqual({
      ...{ zero: 0, off: false, empty: "", none: undefined, list: ["a", "b"], ticker: "AAPL", one: 2 },
    });
    expect(read(params, "zero=&off=&list=&one=")).toEqual(read(params));
    expect(read(params, "zero=1.5&off=True&empty=x&none=y&list=x%2Cy,z&ticker=T&one=3")).toEqual({
      ...{ zero: 1.5, off: true, empty: "x", none: "y", list: ["x", "y", "z"], ticker: "T", one: 3 },
    });
  });

  it.each([
    [{ type: "number" }, "many", /must be a number/],
    [{ type: "boolean" }, "yes", /must be true or false/],
    [{ type: "date" }, "soon", /must be a date/],
    [{ type: "text", options: [{ label: "A", value: "a" }] }, "b", /must be one of a/],
  ] as const)("are refused when they are wrong: %o %s", (param, value, message) => {
    expect(() => read([{ paramName: "p", ...param } as ParamDefinition], { p: value })).toThrow(message);
  });

  it.each([
    ["$currentDate", today],
    ["2024-01-05", "2024-01-05"],
    ["Jan 5, 2024", "2024-01-05"],
    ["no date", today],
    ["$currentDate-99999y", today],
    ["$currentDate-9999999999d", today],
    ["$currentDate-1d", "2026-05-30"],
    ["$currentDate+2w", "2026-06-14"],
  ])("date %s", (value, expected) => {
    const params: ParamDefinition[] = [{ paramName: "p", type: "date", value }];
    expect(read(params)).toEqual({ p: expected });
    expect(read(params, { p: "Mar 1, 2025" })).toEqual({ p: "2025-03-01" });
    expect(read(params, { p: "2025-03-01T10:00:00Z" })).toEqual({ p: "2025-03-01" });
  });

  it("dates of months ago are days of that month", () => {
    const params: ParamDefinition[] = [{ paramName: "p", type: "date", value: "$currentDate-1M" }];
    expect(read(params)).toEqual({ p: "2026-04-30" });
  });
});
