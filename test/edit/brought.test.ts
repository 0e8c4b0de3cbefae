import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { validateApps } from "../../src/contract/index.js";
import { planAdd } from "../../src/plan/edit/add.js";
import { planRemove } from "../../src/plan/edit/remove.js";
import { importWidgets } from "../../src/plan/from.js";
import { applied, inStyle, json, project, refusal, stateOf, style, type Tree, VERSION } from "./helpers.js";

const base = project();
const ELSEWHERE = "test/elsewhere.json";

const entry = (endpoint: string) => ({ name: "N", description: "D.", endpoint, type: "table" });
const { widgets: imported } = importWidgets({ one: entry("one"), two: entry("two") }, { fix: false });
const board = (name: string, shown: string[], more = {}) => ({
  name,
  tabs: {
    "": {
      id: "",
      name: "",
      layout: shown.map((i, index) => ({ i, x: 0, y: index * 10, w: 20, h: 10, groups: [] })),
    },
  },
  groups: [],
  ...more,
});

function add(files: Tree, dashboards: unknown, more = {}) {
  const plan = planAdd(stateOf(files), { specs: [], imported, dashboards, ...more }, VERSION);
  const after = applied(files, plan);
  const apps = json(after["apps.json"]);
  expect(validateApps(apps).filter(({ severity }) => severity === "error")).toEqual([]);
  return { plan, after, apps, names: apps.map(({ name }: { name: string }) => name) };
}

function remove(files: Tree, ...ids: string[]): Tree {
  return applied(files, planRemove(stateOf(files), ids, { force: false }, VERSION));
}

const own = json(base["apps.json"])[0].name;

describe("dashboards that come with widgets", () => {
  it("are added as they are, and go again with their widgets, byte for byte", () => {
    const mixed = board("Mixed", ["one", "navigation_bar", "price_history", "not_ours"], { img: "logo.png" });
    const { plan, after, apps, names } = add(base, [board("Curves", ["one", "two"]), mixed]);
    expect(names).toEqual([own, "Curves", "Mixed"]);
    expect(apps.slice(1)).toEqual([board("Curves", ["one", "two"]), mixed]);
    expect(apps[0]).toEqual(json(base["apps.json"])[0]);
    expect(json(after[ELSEWHERE])).toEqual({ widgets: ["not_ours"], pictures: ["logo.png"] });
    expect(plan.warnings.join("\n")).toContain('The dashboards show "not_ours"');
    expect(plan.widgets.map(({ dashboard }) => dashboard)).toEqual(["Curves", "Curves"]);

    const less = remove(after, "two");
    expect(json(less["apps.json"])[1]).toEqual(board("Curves", ["one"]));
    // The other one shows a widget that was there before.
    const last = remove(less, "one");
    expect(json(last["apps.json"]).map(({ name }: { name: string }) => name)).toEqual([own, "Mixed"]);

    const alone = add(base, [board("Curves", ["one", "two", "not_ours"], { img_dark: "dark.png" })]);
    expect(remove(alone.after, "one", "two")).toEqual(base);
    expect(remove(remove(alone.after, "two"), "one")).toEqual(base);
  });

  it("go nowhere while they show what nobody brought", () => {
    const { after } = add(base, [board("Curves", ["one", "two", "not_ours"])]);
    const apps = json(after["apps.json"]);
    apps[1].tabs[""].layout.push({ i: "of_mine", x: 20, y: 0, w: 20, h: 10, groups: [] });
    const left = remove({ ...after, "apps.json": JSON.stringify(apps) }, "one", "two");
    expect(json(left["apps.json"])[1]).toEqual(
      board("Curves", [], { tabs: { "": { ...apps[1].tabs[""], layout: apps[1].tabs[""].layout.slice(2) } } }),
    );
    expect(json(left[ELSEWHERE])).toEqual({ widgets: ["not_ours"], pictures: [] });
  });

  it("show their widgets alone, unless a dashboard is named", () => {
    const { apps } = add(base, [board("Curves", ["one"])]);
    const shown = (app: { tabs: Record<string, { layout: { i: string }[] }> }) =>
      app.tabs[""]?.layout.map(({ i }) => i);
    expect(shown(apps[0])).toEqual(["price_history", "two"]);
    const named = add(base, [board("Curves", ["one"])], { app: own });
    expect(shown(named.apps[0])).toEqual(["price_history", "one", "two"]);
    expect(remove(named.after, "one", "two")).toEqual(base);
  });

  it.each([
    ["no file", undefined],
    ["an empty file", ""],
    ["an empty list", "[]\n"],
  ])("are the first ones where there is %s", (_, text) => {
    const { "apps.json": _apps, ...rest } = base;
    const before: Tree = text === undefined ? rest : { ...rest, "apps.json": text };
    const { after, names } = add(before, board("Curves", ["one"]));
    expect(names).toEqual(["Curves"]);
    expect(remove(after, "two", "one")).toEqual(before);
  });

  it("are left out when they cannot be, with the reason", () => {
    const wrong = { ...board("Wrong", ["one"]), tabs: 5 };
    const { plan, names } = add(base, [
      wrong,
      5,
      board(own.toUpperCase(), ["one"]),
      board("Others", ["x"]),
      board("Curves", ["one"]),
      board("curves", ["two"]),
    ]);
    expect(names).toEqual([own, "Curves"]);
    const told = plan.warnings.join("\n");
    expect(told).toContain('Left out the dashboard "Wrong": ');
    expect(told).toContain('Left out the dashboard "app 2": ');
    expect(told).toContain(`"${own.toUpperCase()}": There is a dashboard of this name.`);
    expect(told).toContain('"Others": It shows none of the project\'s widgets.');
    expect(told).toContain('"curves": There is a dashboard of this name.');
    expect(add(base, []).plan.warnings.join("\n")).toContain("no dashboard that can be used");
    expect(remove(add(base, []).after, "one", "two")).toEqual(base);
  });

  it("leave no trace, in whatever style the files are, and in whatever order the widgets go", () => {
    const name = fc.constantFrom("A", "B", "a!", own);
    const shown = fc.uniqueArray(fc.constantFrom("one", "two", "not_ours", "far", "navigation_bar"));
    const picture = fc.constantFrom({}, { img: "logo.png" }, { img_dark: "far.png" });
    const boards = fc.array(
      fc.tuple(name, shown, picture).map(([of, ids, more]) => board(of, ids, more)),
      { maxLength: 4 },
    );
    const orders = fc.constantFrom([["one", "two"]], [["two"], ["one"]], [["one"], ["two"]]);
    const before = fc.constantFrom(base, { ...base, [ELSEWHERE]: '{"widgets": ["far"], "pictures": ["far.png"]}' });
    fc.assert(
      fc.property(style, before, boards, orders, (how, start, file, order) => {
        // Only what dashboards show stays known: here one of the project itself shows these.
        const apps = [{ ...json(base["apps.json"])[0], img_dark: "far.png", prompts: [] }];
        apps[0].tabs[""].layout.push({ i: "far", x: 0, y: 40, w: 20, h: 10, groups: [] });
        const files = inStyle({ ...start, "apps.json": JSON.stringify(apps) }, how);
        let { after } = add(files, file);
        for (const ids of order) after = remove(after, ...ids);
        expect(after).toEqual(files);
      }),
      { numRuns: 100 },
    );
  });

  it("need a list to be added to", () => {
    const single = { ...base, "apps.json": JSON.stringify(board("Mine", ["price_history"])) };
    const { exitCode, message, hint } = refusal(() => add(single, [board("Curves", ["one"])]));
    expect(exitCode).toBe(3);
    expect(`${message} ${hint}`).toContain("Make it a list");
  });

  it("may name pictures that the project serves, and hold what Workspace never looks at", () => {
    const odd = board("Curves", ["one"], { img: "/mine.png", img_dark: "thumbnail.svg" });
    const tabs = JSON.parse(`{"__proto__": {"layout": [null, 5, {"i": 5}]}, "": ${JSON.stringify(odd.tabs[""])}}`);
    const before = { ...base, "public/mine.png": "" };
    const { plan, after } = add(before, [{ ...odd, tabs }]);
    expect(plan.warnings.join("\n")).not.toContain("picture");
    expect(after[ELSEWHERE]).toBeUndefined();
    expect(remove(after, "one", "two")).toEqual(before);
  });

  it("join what is known of others", () => {
    const text = '{"widgets": ["far"], "pictures": []}';
    const before = { ...base, [ELSEWHERE]: text };
    const { after } = add(before, [board("Curves", ["one", "two", "not_ours", "far"])]);
    expect(json(after[ELSEWHERE]).widgets).toEqual(["far", "not_ours"]);
  });
});
