import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { appRules } from "../../src/contract/rules/apps/index.js";
import { hasShared, readShared, whySkipped } from "../contract/shared.js";
import { stopwatch } from "../timing.js";
import { hostileApps, hostileJson } from "./hostile.js";

const item = (i: string, x: number, y: number, more: object = {}) => ({ i, x, y, w: 20, h: 9, ...more });
const app = (layout: unknown[], groups?: unknown[]) => [
  { name: "Desk", tabs: { "": { id: "", name: "", layout } }, groups },
];
const codes = (apps: unknown, widgets?: unknown) =>
  appRules({ apps, widgets }).map(({ code, path }) => `${code} ${path}`);
const at = "/0/tabs//layout";

describe("the places of widgets", () => {
  it("may touch, and may not overlap", () => {
    expect(codes(app([item("a", 0, 0), item("b", 20, 0), item("c", 0, 9), item("d", 20, 9)]))).toEqual([]);
    expect(codes(app([item("a", 0, 0), item("b", 19, 8)]))).toEqual([`overlapping-items ${at}/1`]);
    // One finding for each widget that is in the way, whatever the order of the file.
    expect(codes(app([item("low", 0, 5), item("high", 0, 0), item("beside", 20, 0)]))).toEqual([
      `overlapping-items ${at}/0`,
    ]);
    // The one that reaches furthest down counts, not the one that starts last.
    const long = [item("long", 0, 0, { h: 30 }), item("short", 0, 0, { h: 4 }), item("late", 0, 20)];
    expect(codes(app(long))).toEqual([`overlapping-items ${at}/1`, `overlapping-items ${at}/2`]);
  });

  it("a minimised widget takes one row", () => {
    expect(codes(app([item("a", 0, 0, { minimized: true }), item("b", 0, 1)]))).toEqual([]);
    expect(codes(app([item("a", 0, 0, { h: 1 }), item("b", 0, 1)]))).toEqual([]);
    expect(codes(app([item("a", 0, 0, { minimized: true }), item("b", 0, 0)]))).toEqual([`overlapping-items ${at}/1`]);
  });

  it("the navigation bar is ignored, as Workspace ignores it", () => {
    expect(codes(app([item("navigation_bar", 0, 0, { w: 40, h: 2 }), item("a", 0, 0)]))).toEqual([]);
  });

  it("are whole cells of 40 columns", () => {
    const one = (more: object) => codes(app([item("a", 0, 0, more)]));
    expect(one({ x: 21 })).toEqual([`off-grid-item ${at}/0/x`]);
    expect(one({ w: 45 })).toEqual([`off-grid-item ${at}/0/w`]);
    expect(one({ y: -1 })).toEqual([`off-grid-item ${at}/0/y`]);
    expect(one({ w: 12.5 })).toEqual([`off-grid-item ${at}/0/w`]);
    expect(one({ h: 0 })).toEqual([`off-grid-item ${at}/0/h`]);
    expect(one({ w: 40 })).toEqual([]);
  });

  it("are at least 8 by 4, unless the widget says otherwise", () => {
    const small = app([item("a", 0, 0, { w: 6, h: 3 })]);
    expect(codes(small)).toEqual([`too-small-item ${at}/0/w`, `too-small-item ${at}/0/h`]);
    expect(codes(small, { a: { gridData: { w: 6, h: 3, minW: 4, minH: 2 } } })).toEqual([]);
    expect(codes(app([item("a", 0, 0, { w: 6, minW: 6 })]))).toEqual([]);
  });

  it("are named as a person would", () => {
    const tab = (name: string, layout: object[]) => ({ id: name, name, layout });
    const tabs = {
      Overview: tab("Overview", [item("a", 0, 0), item("b", 0, 0)]),
      News: tab("News", [item("c", 0, 0)]),
    };
    expect(appRules({ apps: [{ name: "Desk", tabs }] })[0]?.message).toBe(
      '"b" and "a" overlap on the tab "Overview" of "Desk": they cannot both stand there.',
    );
    expect(appRules({ apps: { tabs: { "": tab("", [item("a", 30, 0)]) } } })[0]?.message).toBe(
      '"a" reaches to column 50 of 40 in the app.',
    );
  });
});

describe("tabs", () => {
  const tabs = (...list: [key: string, id: string, name: string, layout?: unknown[]][]) =>
    codes([
      {
        name: "Desk",
        tabs: Object.fromEntries(
          list.map(([key, id, name, layout = [item("a", 0, 0)]]) => [key, { id, name, layout }]),
        ),
      },
    ]);

  it("have an id, which is their key, and a name", () => {
    expect(tabs(["a", "a", "A"], ["b", "b", "B"])).toEqual([]);
    expect(tabs(["overview", "tab1", "A"])).toEqual(["tab-key-not-id /0/tabs/overview/id"]);
    expect(tabs(["a", "a", "A"], ["b", "b", "A"])).toEqual(["duplicate-tab /0/tabs/b/name"]);
    expect(tabs(["a", "a", "A"], ["b", "a", "B"])).toEqual([
      "tab-key-not-id /0/tabs/b/id",
      "duplicate-tab /0/tabs/b/id",
    ]);
    expect(tabs(["a", "a", "A"], ["b", "b", " "])).toEqual(["unnamed-tab /0/tabs/b/name"]);
  });

  it("a single one needs no name, and may have one", () => {
    expect(tabs(["", "", ""])).toEqual([]);
    expect(tabs(["overview", "overview", "Overview"])).toEqual([]);
  });

  it("hold widgets", () => {
    expect(tabs(["a", "a", "A", []], ["b", "b", "B"])).toEqual(["empty-tab /0/tabs/a/layout"]);
    expect(tabs(["a", "a", "A", [item("navigation_bar", 0, 0)]])).toEqual(["empty-tab /0/tabs/a/layout"]);
    // The gate says what is wrong with these.
    expect(tabs(["a", "a", "A", [{ ...item("a", 0, 0), i: 5 }]])).toEqual([]);
  });
});

describe("groups", () => {
  const group = (name: string, more: object = {}) => ({ name, type: "param", paramName: "p", ...more });

  it("have members by the places' groups, or else by their widgetIds", () => {
    expect(codes(app([item("a", 0, 0, { groups: ["G"] })], [group("G")]))).toEqual([]);
    expect(codes(app([item("a", 0, 0)], [group("G", { widgetIds: ["a"] })]))).toEqual([]);
    expect(codes(app([item("a", 0, 0, { groups: [] })], [group("G")]))).toEqual(["empty-group /0/groups/0"]);
    expect(codes(app([item("a", 0, 0)], [group("G", { widgetIds: [] })]))).toEqual(["empty-group /0/groups/0"]);
  });

  it("disagree with places that have groups of their own", () => {
    const places = [item("a", 0, 0, { groups: ["G"] }), item("b", 20, 0, { groups: [] })];
    const found = appRules({ apps: app(places, [group("G", { widgetIds: ["a", "b"] })]) });
    expect(found.map(({ code, path }) => `${code} ${path}`)).toEqual(["group-places-disagree /0/groups/0/widgetIds/1"]);
    expect(found[0]?.message).toContain('the widget "b"');
    // One place of the widget is enough.
    const twice = [item("a", 0, 0, { groups: [] }), item("a", 20, 0, { groups: ["G"] })];
    expect(codes(app(twice, [group("G", { widgetIds: ["a"] })]))).toEqual([]);
  });

  it("list widgets of the app, and are those that it has", () => {
    const [lost] = appRules({ apps: app([item("prices", 0, 0)], [group("G", { widgetIds: ["prices", "Prices"] })]) });
    expect(lost).toMatchObject({ code: "group-widget-not-placed", hint: "Did you mean `prices`?" });
    const [unknown] = appRules({
      apps: app([item("a", 0, 0, { groups: ["group-1", "Group 1"] })], [group("Group 1")]),
    });
    expect(unknown).toMatchObject({ code: "unknown-group", path: `${at}/0/groups/0`, hint: "Did you mean `Group 1`?" });
  });

  it("whose members cannot be read are not said to have none", () => {
    expect(codes(app([item("a", 0, 0)], [group("G", { widgetIds: "a" })]))).toEqual([]);
    expect(codes(app([item("a", 0, 0, { groups: "G" })], [group("G")]))).toEqual([]);
    expect(codes(app([item("a", 0, 0, { groups: ["g"] })], [group("G")]))).toEqual([`unknown-group ${at}/0/groups/0`]);
  });

  it("of a file that cannot be read in full are not said to lack what may be there", () => {
    expect(codes(app([{ ...item("a", 0, 0), i: 5 }], [group("G", { widgetIds: ["a"] })]))).toEqual([]);
    expect(codes(app([item("a", 0, 0, { groups: ["G"] })], [null, group("H")]))).toEqual(["empty-group /0/groups/1"]);
    expect(codes(app([item("a", 0, 0, { groups: ["G"] })], [group("G", { paramName: 5 })]))).toEqual([]);
  });

  it("that name a widget rightly are not at fault where its place misspells it", () => {
    const misplaced = app([item("Prices", 0, 0)], [group("G", { widgetIds: ["prices"] })]);
    expect(codes(misplaced)).toEqual(["group-widget-not-placed /0/groups/0/widgetIds/0"]);
    expect(codes(misplaced, { prices: {} })).toEqual([]);
    // No place of it is near.
    const [lost] = appRules({
      apps: app([item("news", 0, 0)], [group("G", { widgetIds: ["prices"] })]),
      widgets: { prices: {}, news: {} },
    });
    expect(lost?.hint).toBe("Remove it, or place the widget on a tab.");
  });

  it("are told apart by name, and bound to a parameter", () => {
    const places = [item("a", 0, 0, { groups: ["G"] })];
    expect(codes(app(places, [group("G"), group("G")]))).toEqual(["duplicate-group /0/groups/1/name"]);
    expect(codes(app(places, [{ name: "G", type: "endpointParam", paramName: "" }]))).toEqual([
      "group-without-param /0/groups/0",
    ]);
    expect(codes(app(places, [{ name: "G", type: "ticker" }]))).toEqual([]);
  });

  it("start with dates that Workspace understands", () => {
    const places = [item("a", 0, 0, { groups: ["G"] })];
    const start = (defaultValue: string) => codes(app(places, [group("G", { defaultValue })]));
    expect(start("$currentDate-1W")).toEqual(["bad-date /0/groups/0/defaultValue"]);
    for (const good of ["$currentDate", "$currentDate-1M", "$currentDate+2b", "AAPL"]) expect(start(good)).toEqual([]);
  });
});

it("MCP servers are called over https, or on this machine", () => {
  const servers = (url: string) => codes([{ ...app([item("a", 0, 0)])[0], mcp_servers: [{ name: "s", url }] }]);
  expect(servers("http://mcp.example.com/mcp")).toEqual(["insecure-url /0/mcp_servers/0/url"]);
  for (const good of ["https://mcp.example.com", "http://localhost:7769/mcp", "http://127.0.0.1/mcp"])
    expect(servers(good)).toEqual([]);
});

describe("whatever the file holds", () => {
  it("nothing throws, and nothing is changed", () => {
    fc.assert(
      fc.property(
        fc.oneof(hostileJson, hostileApps),
        fc.oneof(fc.constant(undefined), hostileJson),
        (apps, widgets) => {
          const before = JSON.stringify([apps, widgets]);
          for (const { message, hint, path } of appRules({ apps, widgets })) {
            expect(message).toMatch(/\.$/);
            expect(hint).toMatch(/[.?]$/);
            expect(path).toMatch(/^(\/([^~/]|~[01])*)*$/su);
          }
          expect(JSON.stringify([apps, widgets])).toBe(before);
        },
      ),
      { numRuns: 500 },
    );
  });

  it("huge files take no more than moments", () => {
    const many = <T>(count: number, make: (index: number) => T) =>
      Array.from({ length: count }, (_, index) => make(index));
    const spent = stopwatch();
    // All in one place; all in one group; groups of one name; names that nobody has.
    appRules({
      apps: app(
        many(20_000, (i) => item(`w${i}`, 0, 0, { groups: ["G", `no${i}`] })),
        many(5000, () => group0),
      ),
    });
    appRules({
      apps: app(
        many(20_000, (i) => item("w", 0, i * 9)),
        many(5000, () => ({ ...group0, widgetIds: ["w", "x"] })),
      ),
    });
    const took = spent();
    console.log(`huge apps: ${took.toFixed(0)} ms`);
    expect(took).toBeLessThan(5000);
  });
  const group0 = { name: "G", type: "param", paramName: "p" };
});

it.skipIf(!hasShared)(`on public apps.json files, few and certain findings${whySkipped}`, () => {
  const verdicts = JSON.parse(readShared("corpus/verdicts.json")) as {
    file: string;
    kind: string;
    accepted?: boolean;
  }[];
  const counts: Record<string, number> = {};
  const files = verdicts.filter(({ kind, accepted }) => kind === "apps" && accepted);
  for (const { file } of files) {
    for (const { code } of appRules({ apps: JSON.parse(readShared(`corpus/${file}`)) }))
      counts[code] = (counts[code] ?? 0) + 1;
  }
  expect(files).toHaveLength(42);
  // Each was looked at, and is a fault of the file.
  expect(counts).toEqual({
    "duplicate-group": 2,
    "group-widget-not-placed": 2,
    "overlapping-items": 5,
    "tab-key-not-id": 2,
    "too-small-item": 2,
    "unnamed-tab": 1,
  });
});
