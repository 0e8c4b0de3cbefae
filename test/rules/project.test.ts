import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { appsAgainstRest, widgetsAgainstRest } from "../../src/contract/rules/project/index.js";
import type { Backend } from "../../src/contract/rules/rule.js";
import { hasShared, readShared, whySkipped } from "../contract/shared.js";
import { stopwatch } from "../timing.js";
import { hostileApps, hostileJson, hostileWidgets } from "./hostile.js";

const widget = (params: unknown[] = [], more: object = {}) => ({
  name: "N",
  description: "D",
  endpoint: "e",
  params,
  ...more,
});
const text = (paramName: string, more: object = {}) => ({ paramName, type: "text", ...more });
const choice = (paramName: string, optionsEndpoint: string) => ({ paramName, type: "endpoint", optionsEndpoint });
const ticker = { paramName: "symbol", type: "ticker" };

const item = (i: string, groups?: string[], state?: object) => ({ i, x: 0, y: 0, w: 20, h: 9, groups, state });
const app = (layout: unknown[], more: object = {}) => [
  { name: "Desk", tabs: { "": { id: "", name: "", layout } }, ...more },
];
/** All widgets in one group. */
const grouped = (group: object, ...ids: string[]) =>
  app(
    ids.map((id) => item(id, ["G"])),
    { groups: [{ name: "G", ...group }] },
  );

const all = (backend: Backend) => [...appsAgainstRest(backend), ...widgetsAgainstRest(backend)];
const codes = (backend: Backend) => all(backend).map(({ code, path }) => `${code} ${path}`);
const at = "/0/tabs//layout";

describe("widgets on dashboards", () => {
  it("are those of widgets.json, or Workspace's own", () => {
    const widgets = { prices: widget(), clock: widget() };
    const ids = ["prices", "watchlist", "yield_curve", "etf_holdings", "navigation_bar"].map((id) => item(id));
    expect(codes({ widgets, apps: app(ids) })).toEqual([]);
    expect(all({ widgets, apps: app([item("price_s")]) })).toMatchObject([
      { code: "unknown-widget", severity: "warning", path: `${at}/0/i`, hint: "Did you mean `prices`?" },
    ]);
    expect(all({ widgets, apps: app([item("my-desk-clock")]) })).toMatchObject([
      { code: "exported-widget-id", hint: 'Write "clock".' },
    ]);
    // Without widgets.json, or with one that has no widgets by id, nothing can be said.
    for (const file of [undefined, [], null, { name: "one widget" }]) {
      expect(codes({ widgets: file, apps: app([item("x")]) })).toEqual([]);
    }
  });

  it("that cannot be placed keep the app from opening", () => {
    const apps = app([item("a"), item("b")]);
    const stale = widget([], { staleTime: false });
    expect(codes({ widgets: { a: widget(), b: stale }, apps })).toEqual([`cannot-open-app ${at}/1/i`]);
    const chart = widget([], { type: "advanced_charting" });
    expect(codes({ widgets: { a: chart, b: { ...chart, data: { defaultSymbol: "AAPL" } } }, apps })).toEqual([
      `cannot-open-app ${at}/0/i`,
    ]);
    // What is rejected at connecting is said there.
    expect(codes({ widgets: { a: widget(), b: { ...stale, description: 5 } }, apps })).toEqual([]);
  });

  it("are given parameters that they have", () => {
    const widgets = { a: widget([[text("symbol")], text("limit")]), sql: widget([], { type: "ssrm_advanced" }) };
    const state = { params: { symbol: "A", Limit: 5 }, paramOrder: ["limit", "symbl"] };
    const found = appsAgainstRest({ widgets, apps: app([item("a", [], state), item("sql", [], state)]) });
    expect(found.map(({ path, hint }) => `${path} ${hint}`)).toEqual([
      `${at}/0/state/params/Limit Did you mean \`limit\`?`,
      `${at}/0/state/paramOrder/1 Did you mean \`symbol\`?`,
    ]);
  });
});

describe("groups", () => {
  const param = { type: "param", paramName: "symbol" };
  const endpointParam = { type: "endpointParam", paramName: "symbol" };

  it("reach members that have the parameter, lead with a click, or get every value", () => {
    const apps = grouped(param, "a", "b");
    const b = (other: object) => codes({ widgets: { a: widget([text("symbol")]), b: other }, apps });
    expect(b(widget([text("symbol")]))).toEqual([]);
    expect(b(widget([text("sym")]))).toEqual([`group-param-missing ${at}/1/groups/0`]);
    for (const type of ["iframe", "ssrm_advanced"]) expect(b(widget([], { type }))).toEqual([]);
    const click = {
      renderFn: "titleCase, cellOnClick",
      renderFnParams: { actionType: "groupBy", groupBy: { paramName: "symbol" } },
    };
    const columnsDefs = [{ field: "s", headerName: "S", ...click }];
    expect(b(widget([], { data: { table: { columnsDefs } } }))).toEqual([]);
    const old = [{ ...columnsDefs[0], renderFnParams: { actionType: "groupBy", groupByParamName: "symbol" } }];
    expect(b(widget([], { data: { table: { columnsDefs: old } } }))).toEqual([]);
    // Of an advanced chart, a group reaches `symbol` and nothing else.
    const chart = { type: "advanced_charting", data: { defaultSymbol: "AAPL" } };
    expect(b(widget([text("symbol")], chart))).toEqual([]);
    const other = grouped({ type: "param", paramName: "period" }, "b");
    expect(codes({ widgets: { b: widget([text("period")], chart) }, apps: other })).toEqual([
      `group-param-missing ${at}/0/groups/0`,
    ]);
  });

  it("say the type of their parameter", () => {
    const one = (group: object, ...params: object[]) =>
      all({
        widgets: Object.fromEntries(params.map((p, i) => [`w${i}`, widget([p])])),
        apps: grouped(group, ...params.map((_, i) => `w${i}`)),
      }).map(({ code, path, hint }) => `${code} ${path} ${hint}`);
    const c = choice("symbol", "symbols");
    expect(one(param, text("symbol"), text("symbol"))).toEqual([]);
    expect(one(param, c, c)).toEqual(['group-type-mismatch /0/groups/0/type Write "type": "endpointParam".']);
    expect(one(endpointParam, text("symbol"))).toEqual(['group-type-mismatch /0/groups/0/type Write "type": "param".']);
    expect(one(param, ticker)).toEqual(['group-type-mismatch /0/groups/0/type Write "type": "ticker".']);
    // This parameter should be of type endpoint, which another finding says.
    expect(one(endpointParam, text("symbol", { optionsEndpoint: "symbols" }))).toEqual([]);
    // Where members differ, it is the odd ones.
    expect(one(param, text("symbol"), c)).toEqual([expect.stringContaining(`group-type-mismatch ${at}/1/groups/0`)]);
  });

  it("link endpoint parameters by where their choices come from", () => {
    const two = (a: unknown[], b: unknown[]) =>
      codes({ widgets: { a: widget(a), b: widget(b) }, apps: grouped(endpointParam, "a", "b") });
    const c = choice("symbol", "/v1/symbols");
    expect(two([c], [choice("symbol", "https://x.example/other/symbols/?market=us")])).toEqual([]);
    expect(two([c], [choice("symbol", "companies")])).toEqual([`group-options-differ ${at}/1/groups/0`]);
    // A parameter of another name counts where the source is the same...
    expect(two([c], [choice("peer", "symbols")])).toEqual([]);
    // ... unless the widget has two of that source: then the name is part of it.
    expect(two([c], [choice("peer", "symbols"), choice("other", "symbols")])).toEqual([
      `group-param-missing ${at}/1/groups/0`,
    ]);
    expect(two([c], [c, choice("other", "symbols")])).toEqual([`group-options-differ ${at}/1/groups/0`]);
  });

  it("of tickers reach ticker parameters, and advanced charts without a symbol", () => {
    const one = (other: object) => codes({ widgets: { a: other }, apps: grouped({ type: "ticker" }, "a") });
    const chart = { type: "advanced_charting", data: { defaultSymbol: "AAPL" } };
    for (const good of [widget([ticker]), widget([], chart), widget([], { type: "iframe" })])
      expect(one(good)).toEqual([]);
    for (const bad of [widget([text("symbol")]), widget([text("symbol")], chart)]) {
      expect(one(bad)).toEqual([`ticker-group-without-ticker ${at}/0/groups/0`]);
    }
  });

  it("start with an option of their members", () => {
    const options = ["AAPL", 5].map((value) => ({ label: "L", value }));
    const start = (defaultValue: unknown, more: object = {}) =>
      codes({
        widgets: { a: widget([text("symbol", { options, ...more })]) },
        apps: grouped({ ...param, defaultValue }, "a"),
      });
    for (const good of ["AAPL", "5", 5, "", null, undefined, "$currentDate"]) expect(start(good)).toEqual([]);
    expect(start("MSFT")).toEqual(["group-default-not-an-option /0/groups/0/defaultValue"]);
    expect(start("AAPL,5")).toEqual(["group-default-not-an-option /0/groups/0/defaultValue"]);
    expect(start("AAPL, 5", { multiSelect: true })).toEqual([]);
    expect(start(["AAPL"], { multiSelect: true })).toEqual([]);
    expect(start("MSFT", { multiple: true })).toEqual([]);
    expect(start("MSFT", { options: [] })).toEqual([]);
  });

  it("may name their members themselves: then the finding is there", () => {
    const apps = app([item("a")], { groups: [{ name: "G", ...param, widgetIds: ["x", "a"] }] });
    expect(codes({ widgets: { a: widget(), x: widget() }, apps })).toEqual([
      "group-param-missing /0/groups/0/widgetIds/1",
    ]);
  });
});

describe("clicks", () => {
  const renderFnParams = { actionType: "groupBy", groupBy: { paramName: "symbol" } };
  const columnsDefs = [{ field: "s", headerName: "Stock", renderFn: ["cellOnClick"], renderFnParams }];
  const table = (...params: object[]) => ({
    a: widget(params, { data: { table: { columnsDefs } } }),
    b: widget([text("symbol")]),
  });
  const path = "/a/data/table/columnsDefs/0/renderFnParams/groupBy/paramName";
  const group = { type: "param", paramName: "symbol" };

  it("set a parameter of the widget or of its groups, in every app that holds it", () => {
    expect(codes({ widgets: table(text("symbol")), apps: app([item("a")]) })).toEqual([]);
    expect(codes({ widgets: table(), apps: grouped(group, "a", "b") })).toEqual([]);
    expect(codes({ widgets: table(), apps: app([item("a"), item("b")]) })).toEqual([`click-without-effect ${path}`]);
    // In apps that Workspace rejects, the group may be what is wrong.
    expect(codes({ widgets: table(), apps: grouped({ ...group, type: 5 }, "a", "b") })).toEqual([]);
    // On no app, the widget may still be in a group that people make.
    expect(codes({ widgets: table(), apps: grouped(group, "b") })).toEqual([`click-needs-group ${path}`]);
    const [found] = widgetsAgainstRest({
      widgets: table(),
      apps: [...grouped(group, "a", "b"), { ...app([item("a")])[0], name: "Second" }],
    });
    expect(found?.message).toContain('A click on "Stock" sets "symbol"');
    expect(found?.message).toContain('in "Second"');
  });

  it("are another rule's where the apps are not known", () => {
    expect(codes({ widgets: table() })).toEqual([]);
  });
});

describe("prompts and agents", () => {
  it("mention widgets that are there", () => {
    const prompts = ["Why @[id:a] and @[id:watchlist]?", "And @[id:aa], @[id:aa]?", "@[id:a"];
    const found = appsAgainstRest({ widgets: { a: widget(), ab: widget() }, apps: app([item("a")], { prompts }) });
    expect(found.map(({ code, path: where }) => `${code} ${where}`)).toEqual(["unknown-mention /0/prompts/1"]);
  });

  it("are selected by id or name", () => {
    const agents = [{ id: "desk", name: "Desk Agent" }];
    const selects = (selected_agent: unknown, file: unknown = agents) =>
      codes({ apps: app([item("a")], { selected_agent }), agents: file });
    for (const good of ["desk", "Desk Agent", "desk agent", "", 5]) expect(selects(good)).toEqual([]);
    expect(selects("desc")).toEqual(["unknown-agent /0/selected_agent"]);
    expect(selects("desk", { desk: { name: "X" } })).toEqual([]);
    expect(selects("desk", "nonsense")).toEqual([]);
    expect(codes({ apps: app([], { selected_agent: "desk" }) })).toEqual([]);
  });
});

describe("handlers", () => {
  const found = (widgets: object, ...handlers: string[]) =>
    widgetsAgainstRest({ widgets, handlers }).map(
      ({ code, severity, path, hint }) => `${severity} ${code} ${path} ${hint}`,
    );

  it("answer for every widget of this backend", () => {
    expect(found({ a: widget([], { endpoint: "a" }) }, "a")).toEqual([]);
    expect(
      found({ a: widget([], { endpoint: "a" }), away: widget([], { endpoint: "https://other.example/x" }) }, "a"),
    ).toEqual([]);
    expect(found({ alpha: widget() })).toEqual(["warning no-handler /alpha Write its handler, or remove the entry."]);
    // One handler may answer for several widgets of one type at one endpoint.
    const twins = { a: widget([], { endpoint: "x/{s}" }), b: widget([], { endpoint: "/x/{symbol}/" }) };
    expect(found(twins, "b")).toEqual([]);
    expect(found({ ...twins, c: widget([], { endpoint: "x/{s}", type: "metric" }) }, "b")).toHaveLength(1);
  });

  it("are for a widget of their type", () => {
    const found = (widgets: object, id: string, type: string) =>
      widgetsAgainstRest({ widgets, handlers: [{ id, type }] }).map(
        ({ code, path, hint }) => `${code} ${path} ${hint}`,
      );
    expect(found({ a: widget([], { type: "table" }) }, "a", "table")).toEqual([]);
    expect(found({ a: widget([], { type: undefined }) }, "a", "table")).toEqual([]);
    expect(found({ a: widget([], { type: "rich_note" }) }, "a", "note")).toEqual([]);
    expect(found({ a: widget([], { type: "table", endpoint: "https://other.example/x" }) }, "a", "chart")).toEqual([]);
    expect(found({ a: widget([], { type: "chart" }) }, "a", "table")).toEqual([
      'no-handler /a/type Write `"type": "table"`, or have the handler answer as a "chart".',
    ]);
  });

  it("belong to a widget", () => {
    expect(found({ price_history: widget() }, "price-history")).toEqual([
      'warning no-handler /price_history There is a handler of "price-history": let one have the other\'s id.',
      "warning no-entry  Did you mean `price_history`?",
    ]);
    expect(found({ a: widget() }, "a", "zzzzzz")).toEqual([
      "warning no-entry  Add the widget to widgets.json, or delete the handler.",
    ]);
  });
});

describe("whatever the files hold", () => {
  it("nothing throws, and nothing is changed", () => {
    const apps = fc.oneof(hostileJson, hostileApps);
    const widgets = fc.oneof(hostileJson, hostileWidgets);
    fc.assert(
      fc.property(apps, widgets, hostileJson, fc.array(fc.string()), (a, w, agents, handlers) => {
        const backend = { apps: a, widgets: w, agents, handlers };
        const before = JSON.stringify(backend);
        for (const { message, hint } of all(backend)) {
          expect(message).toMatch(/\.$/);
          expect(hint).toMatch(/[.?]$/);
        }
        expect(JSON.stringify(backend)).toBe(before);
      }),
      { numRuns: 500 },
    );
  });

  it("huge files take no more than moments", () => {
    const many = <T>(count: number, make: (index: number) => T) =>
      Array.from({ length: count }, (_, index) => make(index));
    const params = many(5000, (i) => choice(`p${i}`, `/x/${i % 3}`));
    const widgets = Object.fromEntries(many(2000, (i) => [`w${i}`, widget(i === 0 ? params : [])]));
    const layout = many(10_000, (i) => item(i % 2 ? `w${i}` : "w0", ["G"], { params: { zero: 1 } }));
    const groups = many(50, (i) => ({ name: "G", type: i % 2 ? "endpointParam" : "param", paramName: `q${i}` }));
    const spent = stopwatch();
    all({
      widgets,
      apps: app(layout, { groups, prompts: ["@[id:".repeat(100_000)] }),
      handlers: many(20_000, (i) => `h${i}`),
    });
    const took = spent();
    console.log(`huge project: ${took.toFixed(0)} ms`);
    expect(took).toBeLessThan(5000);
  });
});

it.skipIf(!hasShared)(`on public apps.json files beside their widgets.json${whySkipped}`, () => {
  const verdicts = JSON.parse(readShared("corpus/verdicts.json")) as {
    file: string;
    kind: string;
    accepted?: boolean;
    connects?: boolean;
  }[];
  const connecting = new Set(
    verdicts.flatMap(({ file, kind, connects }) => (kind === "widgets" && connects ? file : [])),
  );
  const pairs = verdicts.flatMap(({ file, kind, accepted }) => {
    const beside = `${file.slice(0, file.lastIndexOf("__"))}__widgets.json`;
    return kind === "apps" && accepted && connecting.has(beside) ? [[file, beside] as const] : [];
  });
  const found = pairs.flatMap(([apps, widgets]) =>
    all({ apps: JSON.parse(readShared(`corpus/${apps}`)), widgets: JSON.parse(readShared(`corpus/${widgets}`)) }),
  );
  console.log(`${pairs.length} pairs of public files`);
  // Each was looked at: parameters that the widget lacks, and a click that only a group can make use of.
  expect(found.map(({ code }) => code).sort()).toEqual([
    "click-needs-group",
    "unknown-state-param",
    "unknown-state-param",
  ]);
});
