import fc from "fast-check";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { validateWidgets } from "../../src/contract/index.js";
import { projectFiles } from "../../src/plan/files.js";
import { importApps } from "../../src/plan/from/apps.js";
import { handlerNames } from "../../src/plan/from/names.js";
import { importWidgets } from "../../src/plan/from.js";
import { answers } from "../plan/helpers.js";
import { oddFile } from "./odd.js";

const base = { ...answers(), widgets: [] };
const plain = { name: "Prices", description: "Last prices", endpoint: "prices" };

function project(file: unknown, fix = false): Record<string, string> {
  const { widgets } = importWidgets(file, { fix });
  return Object.fromEntries(projectFiles(base, "0.0.0-test", { widgets }).map(({ path, text }) => [path, text]));
}

/** The paths of files whose text is not code that TypeScript can parse. */
function broken(files: Record<string, string>): string[] {
  const code = Object.entries(files).filter(([path]) => /^src\/(widgets\/|openbb\/params\.gen)/.test(path));
  return code.flatMap(([fileName, text]) => {
    const { diagnostics = [] } = ts.transpileModule(text, { fileName, reportDiagnostics: true });
    return diagnostics.map(({ messageText }) => `${fileName}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`);
  });
}

describe("every entry", () => {
  it("stands in widgets.json as it was, and has a handler", () => {
    const file = oddFile();
    const { widgets, left } = importWidgets(file, { fix: false });
    expect(left).toEqual([]);
    const files = project(file);
    expect(JSON.parse(files["widgets.json"] as string)).toEqual(file);
    const handlers = widgets.flatMap((widget) => (widget.file === null ? [] : [`src/widgets/${widget.file}.ts`]));
    expect(handlers.filter((path) => !(path in files))).toEqual([]);
    expect(broken(files)).toEqual([]);
  });

  it("stays inside the project, under a name that every system allows", () => {
    for (const path of Object.keys(project(oddFile()))) {
      expect(path).toMatch(/^[\w.@-]+(\/[\w.-]+)*$/);
      expect(path.split("/")).not.toContain("..");
      expect(path.split("/").at(-1)).not.toMatch(/^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i);
    }
  });

  it("that Workspace would reject is left out with the reason, and takes no other with it", () => {
    const { widgets, left } = importWidgets(
      { good: plain, bad: { name: "No endpoint" }, nothing: null, charting: { name: "x", description: "y" } },
      { fix: false },
    );
    expect(widgets.map(({ id }) => id)).toEqual(["good"]);
    expect(left.map(({ id }) => id)).toEqual(["bad", "nothing", "charting"]);
    expect(left[2]?.reason).toContain("a widget of Workspace itself");
  });

  it("that would take a route of the backend is left out", () => {
    const endpoints = ["widgets.json", "/apps.json/", "//apps.json", "x/../widgets.json", "t/x", "healthz"];
    const file = Object.fromEntries(endpoints.map((endpoint, index) => [`w${index}`, { ...plain, endpoint }]));
    const options = { ...plain, params: [{ paramName: "a", type: "endpoint", optionsEndpoint: "/widgets.json" }] };
    const form = { ...plain, endpoint: "f", params: [{ type: "form", endpoint: "apps.json" }] };
    const { widgets, left } = importWidgets({ ...file, options, form, good: plain }, { fix: false });
    expect(widgets.map(({ id }) => id)).toEqual(["good"]);
    expect(left).toHaveLength(8);
  });

  it("of another server has no handler", () => {
    const { widgets, notes } = importWidgets({ far: { ...plain, endpoint: "https://example.com/x" } }, { fix: false });
    expect(widgets).toMatchObject([{ id: "far", file: null }]);
    expect(notes).toEqual([expect.stringContaining("another server")]);
  });

  it("may be anything: what Workspace accepts makes a project whose code can be parsed", () => {
    const value = fc.jsonValue({ maxDepth: 3 });
    const key = fc.constantFrom("type", "params", "data", "staleTime", "gridData", "wsEndpoint", "category", "storage");
    const entry = fc
      .tuple(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), fc.dictionary(key, value))
      .map(([endpoint, description, more]) => ({ ...plain, ...more, endpoint, description }));
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: "binary" }), entry, { minKeys: 1, maxKeys: 4 }), (file) => {
        const { left } = importWidgets({ ...file, good: plain }, { fix: true });
        if (left.length === Object.keys(file).length) return;
        const files = project({ ...file, good: plain }, true);
        expect(broken(files)).toEqual([]);
        const errors = validateWidgets(JSON.parse(files["widgets.json"] as string));
        expect(errors.filter(({ severity }) => severity === "error")).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});

describe("a file", () => {
  it("that is none of widgets.json is refused", () => {
    for (const file of [null, [], "x", plain, [plain], 5, { name: "x" }]) {
      expect(() => importWidgets(file, { fix: false })).toThrow(expect.objectContaining({ exitCode: 2 }));
    }
  });

  it("with nothing that can be used is refused with the reasons", () => {
    expect(() => importWidgets({ a: {}, b: {} }, { fix: false })).toThrow(/"a": `name` is missing/);
  });

  it("may be nested deeply, and large", () => {
    const deep = JSON.parse(`{"a": ${'{"x":'.repeat(10_000)}1${"}".repeat(10_000)}}`);
    const { left } = importWidgets({ ...deep, deep: { ...plain, data: deep }, good: plain }, { fix: true });
    expect(left.map(({ id }) => id)).toEqual(["a", "deep"]);
    const long = project({ good: { ...plain, description: "x ".repeat(2_000_000) } });
    expect((long["src/widgets/good.ts"] as string).length).toBeLessThan(10_000);
    const many = Object.fromEntries(Array.from({ length: 2_001 }, (_, index) => [`w${index}`, plain]));
    expect(() => importWidgets(many, { fix: false })).toThrow("at most 2000");
    const crowd = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`w${index}`, plain]));
    expect(importWidgets(crowd, { fix: false })).toMatchObject({ widgets: { length: 50 }, left: { length: 10 } });
  });
});

describe("--fix", () => {
  const mended = (entry: object) => {
    const { widgets, mends } = importWidgets({ w: { ...plain, ...entry }, good: plain }, { fix: true });
    return { definition: widgets.find(({ id }) => id === "w")?.definition, mends };
  };

  it.each([
    [{ type: "table_ssrm", endpoint: "x" }, { type: "ssrm_table" }],
    [{ type: "advanced-chart" }, { type: "advanced_charting" }],
    [{ type: "Chart" }, { type: "chart" }],
    [{ description: undefined }, { description: "Prices" }],
    [{ category: null, refetchInterval: 0 }, { refetchInterval: false }],
    [{ gridData: { w: "20", h: 9 } }, { gridData: { w: 20, h: 9 } }],
    [
      { params: [{ paramName: "a", options: ["x"] }] },
      { params: [{ paramName: "a", options: [{ label: "x", value: "x" }] }] },
    ],
    [{ params: [{ paramName: "a", type: "string" }] }, { params: [{ paramName: "a", type: "text" }] }],
  ])("mends %j", (entry, expected) => {
    const { definition, mends } = mended({ ...entry, endpoint: "other" });
    expect(definition).toMatchObject(expected);
    expect(mends.length).toBeGreaterThan(0);
  });

  it("mends columns", () => {
    const column = {
      field: "a",
      headerName: "A",
      cellDataType: "Number",
      formatterFn: "",
      sparkline: { type: "line", options: {} },
      renderFnParams: { colorRules: [{ condition: "gt", value: 1, color: "Yellow" }] },
    };
    const { definition } = mended({ endpoint: "other", data: { table: { columnsDefs: [column] } } });
    expect(definition?.data?.table?.columnsDefs).toEqual([
      {
        field: "a",
        headerName: "A",
        cellDataType: "number",
        sparkline: { type: "line", options: { customFormatter: "" } },
        renderFnParams: { colorRules: [{ condition: "gt", value: 1, color: "#ffff00" }] },
      },
    ]);
  });

  it("leaves alone what is not certain, and what is right", () => {
    expect(mended({ endpoint: "other", type: "spreadsheet" }).definition).toBeUndefined();
    expect(mended({ endpoint: "other" }).mends).toEqual([]);
  });

  it("takes a single widget, and a list", () => {
    expect(importWidgets(plain, { fix: true }).widgets.map(({ id }) => id)).toEqual(["prices"]);
    const list = importWidgets([plain, { ...plain, endpoint: "b", widgetId: "mine" }], { fix: true });
    expect(list.widgets.map(({ id }) => id)).toEqual(["prices", "mine"]);
  });

  it("gives another endpoint to what cannot be told apart", () => {
    const file = { a: { ...plain, type: "table" }, b: { ...plain, type: "metric" } };
    expect(importWidgets(file, { fix: false }).left).toMatchObject([
      { id: "b", reason: expect.stringContaining("prices") },
    ]);
    const { widgets, mends } = importWidgets(file, { fix: true });
    expect(widgets[1]?.definition.endpoint).toBe("prices_2");
    expect(mends).toEqual(['"b": `endpoint` is now "prices_2".']);
  });
});

describe("dashboards", () => {
  const item = { x: 0, y: 0, w: 20, h: 10 };
  const { widgets } = importWidgets({ prices: plain }, { fix: false });
  const app = (more: object = {}) => ({
    name: "Desk",
    tabs: {
      "": {
        id: "",
        name: "",
        layout: [
          { i: "prices", ...item },
          { i: "elsewhere", ...item },
        ],
      },
    },
    ...more,
  });

  const host = { ids: new Set(["prices"]) };

  it("are kept as they are; what they show of others is told", () => {
    const { apps, elsewhere, notes } = importApps(app({ img: "logo.png" }), host);
    expect(apps).toEqual([app({ img: "logo.png" })]);
    expect(elsewhere).toEqual({ widgets: ["elsewhere"], pictures: ["logo.png"] });
    expect(notes).toEqual([
      'The dashboards show what is none of these widgets: "elsewhere".',
      'Pictures to be put into the folder public: "logo.png".',
    ]);
    const many = Array.from({ length: 12 }, (_, index) => app({ name: `D${index}`, img: `${index}.png` }));
    expect(importApps(many, host).notes[1]).toMatch(/"9\.png" and 2 more\.$/);
    const files = projectFiles(base, "0.0.0-test", { widgets, apps, elsewhere });
    expect(JSON.parse(files.find(({ path }) => path === "apps.json")?.text ?? "")).toEqual(apps);
  });

  it("that are invalid are left out; without any, the usual one is made", () => {
    const mixed = importApps([{ name: "No tabs" }, 5, app()], host);
    expect(mixed.left.map(({ id }) => id)).toEqual(["No tabs", "app 2"]);
    expect(mixed.apps).toHaveLength(1);
    const odd = importApps(app({ tabs: JSON.parse('{"__proto__": 5}') }), host);
    expect(odd).toMatchObject({ left: [{ id: "Desk", reason: expect.stringContaining("never looks at") }] });
    expect(importApps([{ name: "No tabs" }], host).apps).toBeUndefined();
    expect(importApps({}, host).apps).toBeUndefined();
  });
});

it("stands beside widgets of this tool, unless an id or an endpoint is there twice", () => {
  const { widgets } = importWidgets({ mine: plain }, { fix: false });
  const made = (id: string, endpoint: string) =>
    projectFiles({ ...base, widgets: [{ type: "table", id, endpoint }] }, "0.0.0-test", { widgets });
  expect(made("other", "other").some(({ path }) => path === "src/widgets/other.ts")).toBe(true);
  expect(() => made("Mine", "other")).toThrow('has the widget "Mine" too');
  expect(() => made("other", "prices")).toThrow("already that of");
});

it("names handler files by any ids", () => {
  const ids = ["Prices", "prices", "../x", "x", "价格", "__proto__", "COM1", "index", "a".repeat(300)];
  const names = handlerNames(ids);
  expect(ids.map((id) => names.get(id))).toEqual([
    "Prices",
    "prices_2",
    "x_2",
    "x",
    "widget",
    "__proto__",
    "widget_com1",
    "widget_index",
    "a".repeat(60),
  ]);
});
