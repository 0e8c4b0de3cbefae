import { describe, expect, it } from "vitest";
import { validateApps } from "../../src/contract/index.js";
import { type AddRequest, planAdd } from "../../src/plan/edit/add.js";
import { planRemove } from "../../src/plan/edit/remove.js";
import { planRename } from "../../src/plan/edit/rename.js";
import { applied, json, project, stateOf, type Tree, VERSION } from "./helpers.js";

const base = project({ widgets: [{ type: "table" }, { type: "metric" }] });
const SIZES = [{ gridData: { w: 3, h: 2 } }, { gridData: { w: 20, h: 10 } }, { gridData: { w: 60, h: 5 } }];

function withApps(apps: unknown): Tree {
  return { ...base, "apps.json": `${JSON.stringify(apps, null, 2)}\n` };
}

function add(files: Tree, request: Partial<AddRequest> = {}) {
  const plan = planAdd(stateOf(files), { specs: [{ type: "chart", id: "new" }], ...request }, VERSION);
  const after = applied(files, plan);
  const apps = json(after["apps.json"]);
  expect(validateApps(apps).filter(({ severity }) => severity === "error")).toEqual([]);
  const ids = plan.widgets.map((widget) => widget.id);
  expect(applied(after, planRemove(stateOf(after), ids, { force: false }, VERSION))).toEqual(files);
  return { plan, after, apps };
}

const item = (i: string, place = {}) => ({ i, x: 0, y: 0, w: 20, h: 10, ...place });
const board = (layout: unknown[], more = {}) => ({ name: "Mine", tabs: { "": { id: "", name: "", layout } }, ...more });

describe("the place of a new widget", () => {
  it("is the first that is free, from the top, and covers nothing", () => {
    const layout = [item("price_history", { w: 30 }), item("metric", { y: 10, x: 30, w: 10, groups: [] })];
    const specs = SIZES.map((size, index) => ({ type: "chart" as const, id: `new${index}`, ...size }));
    const { apps } = add(withApps([board(layout)]), { specs });
    expect(apps[0].tabs[""].layout.slice(2)).toMatchObject([
      { x: 30, y: 0, w: 8, h: 4 },
      { x: 0, y: 10, w: 20, h: 10 },
      { x: 0, y: 20, w: 40, h: 5 },
    ]);
  });

  it("is found at once, however far down things are", () => {
    const { apps } = add(withApps([board([item("metric", { w: 40, h: 1e12 })])]));
    expect(apps[0].tabs[""].layout[1].y).toBe(1e12);
  });

  it("is on the app and the tab asked for", () => {
    const tab = (name: string) => ({ id: name.toLowerCase(), name, layout: [] });
    const files = withApps([board([]), { name: "Other", tabs: { one: tab("One"), two: tab("Two") } }]);
    const { plan, apps } = add(files, { app: "other", tab: "Two" });
    expect(plan.widgets[0]?.dashboard).toBe("Other / Two");
    expect(apps[1].tabs.two.layout).toHaveLength(1);
    expect(apps[0].tabs[""].layout).toHaveLength(0);
  });

  it("is nowhere when nobody wants it", () => {
    expect(add(base, { noApp: true }).after["apps.json"]).toBe(base["apps.json"]);
  });

  it("is a dashboard of its own where there is none", () => {
    const { "apps.json": _, ...without } = base;
    for (const files of [
      without as Tree,
      withApps([]),
      withApps({}),
      withApps(null),
      { ...base, "apps.json": " \n" },
    ]) {
      expect(add(files).apps).toMatchObject([{ name: "Desk", tabs: { "": { layout: [{ i: "new" }] } } }]);
      expect(add(files, { app: "Own" }).apps[0].name).toBe("Own");
    }
  });

  it("may be on a single app that is no list, which stays none", () => {
    expect(add(withApps(board([]))).apps).toMatchObject({ name: "Mine" });
  });
});

describe("the groups of a new widget", () => {
  it("are those of the parameters that it shares", () => {
    const { apps } = add(base);
    const symbol = apps[0].groups.find((group: { paramName: string }) => group.paramName === "symbol");
    if (symbol) expect(symbol.widgetIds).toContain("new");
    expect(apps[0].tabs[""].layout.at(-1).groups.length).toBeGreaterThan(0);
  });

  it("are joined also where only items name them, as in an exported app", () => {
    const layout = [item("price_history", { groups: ["Symbols"] })];
    const groups = [{ name: "Symbols", type: "param", paramName: "symbol", defaultValue: "AAPL" }];
    const { apps } = add(withApps([board(layout, { groups })]));
    expect(apps[0].groups[0].widgetIds).toBeUndefined();
    expect(apps[0].tabs[""].layout[1].groups).toContain("Symbols");
  });

  it("are made where there is none yet, of all that have such a parameter", () => {
    const { apps } = add(withApps([board([item("price_history")])]));
    const names = apps[0].groups.map(({ name }: { name: string }) => name);
    expect(apps[0].groups[0]).toMatchObject({
      type: "param",
      paramName: "symbol",
      widgetIds: ["price_history", "new"],
    });
    expect(apps[0].tabs[""].layout[1].groups).toEqual(names);
  });

  it("are none where the parameter is another one of the same name", () => {
    const specs = [
      { type: "chart" as const, id: "new", params: [{ paramName: "symbol", type: "text" as const, value: "X" }] },
    ];
    const { apps } = add(base, { specs });
    expect(apps[0].tabs[""].layout.at(-1).groups).toEqual([]);
  });

  it("outlive the one for whom they were made while others follow", () => {
    const start = withApps([board([item("price_history")])]);
    const plan = planAdd(stateOf(start), { specs: [{ type: "chart", id: "a" }] }, VERSION);
    const one = applied(start, plan);
    const two = applied(one, planAdd(stateOf(one), { specs: [{ type: "chart", id: "b" }] }, VERSION));
    const left = applied(two, planRemove(stateOf(two), ["a"], { force: false }, VERSION));
    expect(json(left["apps.json"])[0].groups[0].widgetIds).toEqual(["price_history", "b"]);
    expect(applied(left, planRemove(stateOf(left), ["b"], { force: false }, VERSION))).toEqual(start);
  });
});

describe("another id", () => {
  it("is in every place, and what the user has written stays", () => {
    const handler = "src/widgets/price_history.ts";
    const files: Tree = {
      ...base,
      [handler]: `${base[handler]}\n// "price_history" is mine\n`,
      "test/mine.test.ts": 'expect("price_history");\n',
    };
    const plan = planRename(stateOf(files), "price_history", "Prices", VERSION);
    const after = applied(files, plan);
    expect(Object.keys(json(after["widgets.json"]))[0]).toBe("Prices");
    expect(after[handler]).toBeUndefined();
    expect(after["src/widgets/Prices.ts"]).toContain('// "price_history" is mine');
    expect(after["src/widgets/Prices.ts"]).toContain('table("Prices"');
    expect(after["apps.json"]).not.toContain("price_history");
    expect(after["apps.json"]).toContain("@[id:Prices]");
    expect(plan.warnings.join("\n")).toMatch(/endpoint is still \/price_history[\s\S]*test\/mine\.test\.ts still says/);
    // Edited before, edited after.
    expect(() => planRemove(stateOf(after), ["Prices"], { force: false }, VERSION)).toThrow("You have edited");
  });

  it("keeps the file where only the case differs, for both names may be one file", () => {
    const after = applied(base, planRename(stateOf(base), "price_history", "Price_History", VERSION));
    expect(after["src/widgets/price_history.ts"]).toContain('"Price_History"');
  });
});

describe("removing", () => {
  it("leaves what other code imports, edited files of a type, and packages in use, and says so", () => {
    const start = applied(base, planAdd(stateOf(base), { specs: [{ type: "live_grid", id: "live" }] }, VERSION));
    const files: Tree = {
      ...start,
      "src/mine.ts": 'import { WebSocketServer } from "ws";\nimport { liveGrid } from "./openbb/live_grid.js";\n',
    };
    const plan = planRemove(stateOf(files), ["live"], { force: false }, VERSION);
    const after = applied(files, plan);
    expect(after["src/openbb/live_grid.ts"]).toBe(files["src/openbb/live_grid.ts"]);
    expect(json(after["package.json"]).dependencies.ws).toBeDefined();
    expect(plan.warnings.join("\n")).toContain("src/openbb/live_grid.ts stays, for src/mine.ts imports it.");
    expect(applied(start, planRemove(stateOf(start), ["live"], { force: false }, VERSION))).toEqual(base);

    const mine = { ...start, "src/openbb/live_grid.ts": "// mine\n" };
    const kept = planRemove(stateOf(mine), ["live"], { force: false }, VERSION);
    expect(applied(mine, kept)["src/openbb/live_grid.ts"]).toBe("// mine\n");
    expect(kept.warnings.join("\n")).toContain("src/openbb/live_grid.ts is not as this tool wrote it");
  });

  it("hands a handler that answers for two on to the one that stays", () => {
    const widgets = json(base["widgets.json"]);
    widgets.twin = { ...widgets.price_history, name: "Twin" };
    const files = { ...base, "widgets.json": JSON.stringify(widgets, null, 2) };
    const after = applied(files, planRemove(stateOf(files), ["price_history"], { force: false }, VERSION));
    expect(after["src/widgets/price_history.ts"]).toContain('table("twin"');
  });

  it("says whose choices nobody answers any longer", () => {
    const params = [{ paramName: "fund", type: "endpoint" as const, optionsEndpoint: "funds" }];
    const specs = ["one", "two", "three"].map((id) => ({ type: "markdown" as const, id, params }));
    const { after } = add(base, { specs });
    const warned = (...ids: string[]) => planRemove(stateOf(after), ids, { force: false }, VERSION).warnings;
    expect(warned("one")).toEqual([
      'The choices at /funds are used by "two" too: see that src/widgets/two.ts gives them.',
      'The choices at /funds are used by "three" too: see that src/widgets/three.ts gives them.',
    ]);
    expect(warned("two")).toEqual([]);
    expect(warned("one", "two", "three")).toEqual([]);
  });
});

describe("package.json", () => {
  it("gets what is missing, in its place, and nothing that is there", () => {
    const manifest = json(base["package.json"]);
    manifest.devDependencies.ws = "^8.0.0";
    const { "@types/ws": types, ...devDependencies } = manifest.devDependencies;
    expect(types).toBeUndefined();
    const files = { ...base, "package.json": JSON.stringify({ ...manifest, devDependencies }, null, 2) };
    const { plan, after } = add(files, { specs: [{ type: "live_grid" }] });
    expect(plan.packages).toEqual(["@types/ws"]);
    expect(plan.warnings.join()).toContain("ws stands in devDependencies");
    const lines = (after["package.json"] as string).split("\n").map((line) => line.trim().split(":")[0]);
    expect(lines[lines.indexOf('"@types/ws"') - 1]).toBe('"@types/supertest"');
  });
});
