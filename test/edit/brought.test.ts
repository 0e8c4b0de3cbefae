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
    expect(plan.warnings.join("\n")).toContain('none of these widgets: "not_ours".');
    expect(plan.widgets.map(({ dashboard }) => dashboard)).toEqual(["Curves", "Curves"]);

    const less = remove(after, "two");
    expect(json(less["apps.json"])[1]).toEqual(board("Curves", ["one"]));
    // The other one shows a widget that was there before.
    const last = remove(less, "one");
    expect(json(last["apps.json"]).map(({ name }: { name: string }) => name)).toEqual([own, "Mixed"]);

    const alone = add(base, [board("Curves", ["one", "two", "not_ours"], { img_dark: "dark.png" })]);
    const { changes } = planRemove(stateOf(alone.after), ["one", "two"], { force: false }, VERSION);
    expect(changes.find(({ path }) => path === "apps.json")?.why).toContain('"Curves"');
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
        // What a dashboard of the project itself shows stays listed.
        const apps = [{ ...json(base["apps.json"])[0], img_dark: ELSEWHERE in start ? "far.png" : "" }];
        if (ELSEWHERE in start) apps[0].tabs[""].layout.push({ i: "far", x: 0, y: 40, w: 20, h: 10, groups: [] });
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

  it("may name pictures that the project serves", () => {
    const before = { ...base, "public/mine.png": "" };
    const { plan, after } = add(before, [board("Curves", ["one"], { img: "/mine.png", img_dark: "thumbnail.svg" })]);
    expect(plan.warnings).toEqual([]);
    expect(after[ELSEWHERE]).toBeUndefined();
    expect(remove(after, "one", "two")).toEqual(before);
  });

  it("show a widget of another backend as before when one of its id comes and goes", () => {
    const { after } = add(base, [board("Curves", ["one", "two", "not_ours"])]);
    const specs = [{ type: "table" as const, id: "not_ours" }];
    const plan = planAdd(stateOf(after), { specs }, VERSION);
    expect(plan.widgets).toMatchObject([{ id: "not_ours", dashboard: "Curves" }]);
    expect(plan.changes.map(({ path }) => path)).not.toContain("apps.json");
    const more = applied(after, plan);
    expect(remove(more, "not_ours")).toEqual(after);
    expect(remove(remove(more, "one", "two"), "not_ours")).toEqual(base);
  });

  it("are refused when they would make a file that cannot be read again", () => {
    const many = Array.from({ length: 40_000 }, (_, index) => board(`D${index}`, ["one"]));
    expect(refusal(() => planAdd(stateOf(base), { specs: [], imported, dashboards: many }, VERSION))).toMatchObject({
      exitCode: 3,
      message: "apps.json would become larger than 10 MB.",
    });
  });

  it("take nothing along that the user put beside them", () => {
    const { "apps.json": _apps, ...rest } = base;
    const { after } = add(rest, [board("Curves", ["one", "two"])]);
    const apps = [...json(after["apps.json"]), { name: "Not ready" }];
    const left = remove({ ...after, "apps.json": JSON.stringify(apps) }, "one", "two");
    expect(json(left["apps.json"])).toEqual([{ name: "Not ready" }]);

    const noted = { ...base, [ELSEWHERE]: '{"why": "mine", "widgets": [], "pictures": []}' };
    expect(remove(add(noted, [board("Curves", ["one", "far"])]).after, "one", "two")).toEqual(noted);
  });

  it("are the user's under another name, and so is another one under theirs", () => {
    const { after } = add(base, [board("Curves", ["one"])]);
    const [first, brought] = json(after["apps.json"]);
    const renamed = { ...after, "apps.json": JSON.stringify([first, { ...brought, name: "Mine" }]) };
    const less = remove(renamed, "one");
    expect(json(less["apps.json"])).toEqual([first, board("Mine", [])]);
    const again = { ...less, "apps.json": JSON.stringify([first, board("Curves", ["two"])]) };
    expect(json(remove(again, "two")["apps.json"])[1]).toEqual(board("Curves", []));
  });

  it("leave known what a dashboard of the user's shows by now", () => {
    const file = ["X", "Y"].map((name, index) =>
      board(name, [["one", "two"][index] as string, "far"], { img: "far.png" }),
    );
    const { after } = add(base, file);
    const [first, x, y] = json(after["apps.json"]);
    const renamed = { ...after, "apps.json": JSON.stringify([first, x, { ...y, name: "Mine" }]) };
    for (const left of [remove(renamed, "one"), remove(renamed, "two", "one")])
      expect(json(left[ELSEWHERE])).toEqual({ widgets: ["far"], pictures: ["far.png"] });
  });

  it("leave no trace either when the user has taken them away first", () => {
    const { after } = add(base, [board("Curves", ["one", "two", "far"])]);
    expect(remove({ ...after, "apps.json": base["apps.json"] as string }, "one", "two")).toEqual(base);
    const { "apps.json": _apps, ...without } = after;
    expect(remove(without, "one", "two")[ELSEWHERE]).toBeUndefined();
  });

  it("show a widget once, also when they are named", () => {
    const { apps } = add(base, [board("Curves", ["one"])], { app: "Curves" });
    expect(apps[1].tabs[""].layout.map(({ i }: { i: string }) => i)).toEqual(["one", "two"]);
  });

  it.each(["{}", "null"])("replace an apps.json that holds %s", (text) => {
    const before = { ...base, "apps.json": text };
    const { after, names } = add(before, [board("Curves", ["one"])]);
    expect(names).toEqual(["Curves"]);
    expect(remove(after, "one", "two")).toEqual(before);
  });

  it("join what is known of others", () => {
    const text = '{"widgets": ["far"], "pictures": []}';
    const before = { ...base, [ELSEWHERE]: text };
    const { after } = add(before, [board("Curves", ["one", "two", "not_ours", "far"])]);
    expect(json(after[ELSEWHERE]).widgets).toEqual(["far", "not_ours"]);
  });
});
