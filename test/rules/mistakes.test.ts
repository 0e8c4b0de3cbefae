import { describe, expect, it } from "vitest";
import { validateBackend } from "../../src/contract/rules/index.js";
import type { Backend } from "../../src/contract/rules/rule.js";

/** Mistakes that newcomers make; each was once missed, or told in a misleading way. */
const ok = { name: "Prices", description: "Last close", endpoint: "prices" };
const place = (i: string, more: object = {}) => ({ i, x: 0, y: 0, w: 20, h: 9, ...more });
const desk = (layout: unknown[], more: object = {}) => ({
  name: "Desk",
  tabs: { "": { id: "", name: "", layout } },
  ...more,
});
const agent = { id: "desk", name: "Desk", description: "Answers", endpoints: { query: "/query" } };

const said = (backend: Backend) =>
  validateBackend(backend).map(({ severity, code, path }) => `${severity} ${code} ${path}`);
/** The same of one widget, without its id. */
const widget = (more: object) => said({ widgets: { w: { ...ok, ...more } } }).map((one) => one.replace("/w/", "/"));
const hints = (backend: Backend) => validateBackend(backend).map(({ hint }) => hint);

describe("a file whose content is wrapped", () => {
  it("is one finding, not one for each key of a widget, an app or an agent", () => {
    expect(said({ widgets: { widgets: { a: ok, b: { ...ok, name: "B" } } } })).toEqual(["error wrapped-file /widgets"]);
    expect(said({ widgets: { data: [ok] } })).toEqual(["error wrapped-file /data"]);
    expect(said({ apps: { apps: [desk([place("a")])] } })).toEqual(["error wrapped-file "]);
    expect(said({ apps: { desk: desk([place("a")]) } })).toEqual(["error wrapped-file "]);
    expect(said({ agents: { agents: [agent] } })).toEqual(["error wrapped-file "]);
  });

  it("is not what holds something else", () => {
    expect(said({ widgets: { w: { widgets: {} } } })).toContain("error missing-field /w/name");
    expect(said({ widgets: { w: [] } })).toEqual(["error not-a-widget /w"]);
    expect(said({ apps: { name: "Desk" } })).toEqual(["error missing-field /tabs"]);
    expect(said({ agents: { agents: [] } })).toContain("error not-an-agent /agents");
  });
});

describe("addresses", () => {
  it.each([
    "localhost:8000/prices",
    "127.0.0.1:8000/prices",
    "api.example.com:8000/prices",
    "//api.example.com/prices",
    "ftp://example.com/prices",
  ])("%s is called as a path on the backend", (endpoint) => {
    expect(widget({ endpoint })).toEqual(["warning bad-endpoint /endpoint"]);
  });

  it.each(["//prices", "prices:10/x", "v1.2/prices", "localhost_prices", 'data:application/json,[{"a":1}]'])(
    "%s may be a path",
    (endpoint) => expect(widget({ endpoint })).toEqual([]),
  );

  it("of sockets are http as well, unless the type stands as `defaultViz`", () => {
    expect(widget({ type: "live_grid", wsEndpoint: "wss://example.com/live" })).toEqual([
      "warning bad-endpoint /wsEndpoint",
    ]);
    expect(widget({ defaultViz: "live_grid", wsEndpoint: "wss://example.com/live" })).toEqual([]);
    expect(widget({ type: "live_grid", wsEndpoint: "https://example.com/live" })).toEqual([]);
  });

  it("fill {symbol}, not :symbol as routes do, nor as templates do", () => {
    const params = [{ paramName: "symbol", type: "text", value: "A" }];
    const asked = ["prices/:symbol", "/a/:symbol/b", "prices/{my-symbol}"];
    for (const endpoint of asked) {
      expect(widget({ endpoint, params })).toEqual(["warning unknown-placeholder /endpoint"]);
    }
    const mended = [
      "prices/:symbol",
      `prices/$${"{symbol}"}`,
      "prices/{{symbol}}",
      "prices/{ symbol }",
      "prices/<symbol>",
    ];
    for (const endpoint of mended) {
      const [finding, ...more] = validateBackend({ widgets: { w: { ...ok, endpoint, params } } });
      expect(more).toEqual([]);
      expect(finding?.fix?.operations).toEqual([{ op: "replace", path: "/w/endpoint", value: "prices/{symbol}" }]);
    }
    for (const endpoint of [
      "prices/:other",
      "prices/a:symbol",
      "prices/:symbols",
      "prices/<other>",
      "prices/{symbol}",
    ]) {
      expect(widget({ endpoint, params })).toEqual([]);
    }
  });
});

describe("an error", () => {
  it("says what to do", () => {
    const column = (more: object) => ({ data: { table: { columnsDefs: [{ field: "a", headerName: "A", ...more }] } } });
    const click = { renderFn: "cellOnClick", renderFnParams: { actionType: "sendToAgent", sendToAgent: 5 } };
    const wrong = [{ source: null }, { source: 5 }, column({ pinned: "top" }), column(click)];
    for (const more of wrong) {
      expect(hints({ widgets: { w: { ...ok, ...more } } })).toEqual([expect.stringMatching(/^(Write|Give) /)]);
    }
  });
});

it("a renderer that does not exist is one fault", () => {
  const column = { field: "a", headerName: "A", renderFn: "hover_card", renderFnParams: { hoverCard: {} } };
  expect(widget({ data: { table: { columnsDefs: [column] } } })).toEqual([
    "error unknown-value /data/table/columnsDefs/0/renderFn",
  ]);
});

describe("refetchInterval", () => {
  it.each(["99 * * * *", "0 25 * * *", "every day at 5 pm", "@every 5m", "5m", "* * * *"])(
    "%s is no cron expression",
    (refetchInterval) => expect(widget({ refetchInterval })).toEqual(["warning bad-cron /refetchInterval"]),
  );

  it("in quotes is not to lose them where Workspace would then reject it", () => {
    expect(hints({ widgets: { w: { ...ok, refetchInterval: "60" } } })).toEqual([
      "Remove the quotes to mean milliseconds, 1000 or more.",
    ]);
  });

  it.each(["*/5 * * * *", "0 9-17/2 * * MON-FRI", "0 0 L * *", "0 0 * * FRI#2", "@daily", "30 */10 8 * jan 1"])(
    "%s is one",
    (refetchInterval) => expect(widget({ refetchInterval })).toEqual([]),
  );
});

it("an endpoint with a ? gets no parameters, of a file_viewer neither", () => {
  const params = [{ paramName: "a", type: "text", value: "x" }];
  expect(widget({ type: "file_viewer", endpoint: "files?kind=1", fileEndpoint: "file", params })).toEqual([
    "warning params-not-sent /endpoint",
  ]);
});

describe("parameters", () => {
  const param = (more: object) => widget({ params: [{ paramName: "a", ...more }] });

  it("that are 0 in quotes are not sent either", () => {
    for (const value of ["0", "0.0", "0 days"]) {
      expect(param({ type: "number", value })).toEqual(["warning default-not-sent /params/0/value"]);
    }
  });

  it("with options whose values are not given may have any default", () => {
    expect(param({ type: "number", value: 5, options: [{ label: "5" }, { label: "10" }] })).toEqual([]);
  });

  it("have keys inside options, styles and forms, too", () => {
    expect(param({ type: "text", options: [{ label: "A", Value: "a" }] })).toEqual([
      "warning misspelt-key /params/0/options/0/Value",
    ]);
    expect(param({ type: "text", style: { popup_width: 300 } })).toEqual([
      "warning misspelt-key /params/0/style/popup_width",
    ]);
    const button = { paramName: "go", type: "button" };
    const inputParams = [{ paramName: "b", type: "text", default: "x" }, button];
    expect(param({ type: "form", endpoint: "orders", inputParams })).toEqual([
      "warning misspelt-key /params/0/inputParams/0/default",
    ]);
  });

  it("with a name of the wrong kind have one fault, and keep apps from being judged by them", () => {
    const w = { ...ok, params: [{ paramName: 5 }] };
    const groups = [{ name: "G", type: "param", paramName: "p" }];
    const apps = [desk([place("w", { groups: ["G"], state: { params: { p: 1 } } })], { groups })];
    expect(said({ widgets: { w }, apps })).toEqual(["error bad-value /w/params/0/paramName"]);
  });

  it("of a type that does not exist are said to be so, and nothing more", () => {
    expect(param({ type: "select", optionsEndpoint: "symbols" })).toEqual(["error unknown-param-type /params/0/type"]);
  });

  it("that are tickers change what an advanced chart opens with", () => {
    const chart = { type: "advanced_charting", data: { defaultSymbol: "A" } };
    expect(widget({ ...chart, params: [{ paramName: "symbol", type: "ticker" }] })).toEqual([
      "warning ticker-on-advanced-chart /params/0/type",
    ]);
  });
});

describe("keys of tables", () => {
  it("stand in data.table, and others in data", () => {
    expect(widget({ data: { showAll: true } })).toEqual(["warning ignored-key /data/showAll"]);
    expect(widget({ data: { table: { dataKey: "rows" } } })).toEqual(["warning ignored-key /data/table/dataKey"]);
    expect(widget({ data: { columns: [{ field: "a" }] } })).toEqual(["warning ignored-key /data/columns"]);
    expect(widget({ data: { columns: ["a"] } })).toEqual([]);
    expect(widget({ type: "chart", data: { showAll: true } })).toEqual([]);
  });

  it("are not renamed into what Workspace rejects", () => {
    const column = (more: object) => ({
      widgets: { w: { ...ok, data: { table: { columnsDefs: [{ field: "a", headerName: "A", ...more }] } } } },
    });
    expect(hints(column({ formatFn: "percent" }))).toEqual(["Rename it to `formatterFn`."]);
    expect(hints(column({ formatFn: "currency" }))).toEqual([
      expect.stringContaining("or Workspace rejects the backend"),
    ]);
    const columns = { widgets: { w: { ...ok, data: { table: { columns: [{ field: "a" }] } } } } };
    expect(hints(columns)).toEqual([expect.stringContaining("or Workspace rejects the backend")]);
  });
});

describe("apps", () => {
  it("without tabs hold nothing", () => {
    expect(said({ apps: [{ name: "Desk", tabs: {} }] })).toEqual(["info empty-tab /0/tabs"]);
  });

  it("may have names of any alphabet", () => {
    const named = (...names: string[]) => said({ apps: names.map((name) => ({ ...desk([place("a")]), name })) });
    expect(named("财务", "股票")).toEqual([]);
    expect(named("Märkte", "Märkte!")).toEqual(["warning duplicate-app /1/name"]);
  });

  it("have keys in groups, places and states", () => {
    const groups = [{ name: "G", type: "param", paramName: "s", widgetids: ["a"] }];
    expect(said({ apps: [desk([place("a")], { groups })] })).toContain("warning misspelt-key /0/groups/0/widgetids");
    const group = place("a", { group: ["G"], state: { param: {}, style: {} } });
    expect(said({ apps: [desk([group])] })).toEqual([
      "warning misspelt-key /0/tabs//layout/0/group",
      "warning misspelt-key /0/tabs//layout/0/state/param",
    ]);
  });

  it("may name widgets of Workspace, but not by a slip of the pen", () => {
    const widgets = { etf_prices: ok };
    const of = (id: string) => said({ widgets, apps: [desk([place(id)])] }).filter((one) => !one.startsWith("info"));
    expect(of("etf_price")).toEqual(["warning unknown-widget /0/tabs//layout/0/i"]);
    expect(of("etf_holdings")).toEqual([]);
  });

  it("get no guess for a name of one letter", () => {
    const apps = [desk([place("b")])];
    expect(hints({ widgets: { a: ok }, apps })).toEqual([expect.stringContaining("Add the widget")]);
    const groups = [{ name: "G", type: "endpoint", paramName: "s" }];
    expect(hints({ apps: [desk([place("b", { groups: ["G"] })], { groups })] })).toEqual([
      expect.stringContaining("Did you mean `endpointParam`?"),
    ]);
  });
});

describe("agents", () => {
  it("are told what to write", () => {
    expect(hints({ agents: [{ ...agent, link: "/home", features: { tone: "short" } }] })).toEqual([
      expect.stringContaining("full URL"),
      expect.stringContaining("true or false"),
    ]);
    expect(hints({ agents: [{ ...agent, features: ["mcp-tools"] }] })).toEqual([
      expect.stringContaining("Write an object"),
    ]);
  });

  it("have features with names a letter off", () => {
    expect(said({ agents: [{ ...agent, features: { "widget-dashboard-selct": true, mine: true } }] })).toEqual([
      "warning misspelt-feature /0/features/widget-dashboard-selct",
    ]);
  });
});

describe("remedies of widgets", () => {
  const column = (more: object) => ({ data: { table: { columnsDefs: [{ field: "a", headerName: "A", ...more }] } } });
  const rule = (value: unknown) =>
    column({ renderFnParams: { colorRules: [{ condition: "eq", value, color: "red" }] } });
  const param = (more: object) => ({ params: [{ paramName: "a", ...more }] });

  it.each<[object, string]>([
    // Not a list where a list was refused.
    [param({ type: "text", options: [{ label: "A", value: ["a"] }] }), "Write a text, a number, true or false."],
    [param({ type: "button", value: {} }), "Write a text, a number, true or false."],
    [param({ type: "text", value: { toString: 1 } }), "Write a text."],
    [rule(true), "Write a text or a number."],
    // Not to leave out what is required, or the number of an entry.
    [rule(null), "Write a text or a number."],
    [{ params: [null] }, "Take the null out."],
    [{ data: { table: { columnsDefs: [null] } } }, "Take the null out."],
    // Never none at all.
    [{ data: { wsRowIdColumn: 5 } }, "Write the field that tells rows apart, or a list of such fields."],
    [{ data: { table: { period: "y" } } }, "Write true or false, or a list of texts."],
    [{ imgUrl: "a.png" }, expect.stringContaining("Remove it")],
    [column({ renderFn: Array(200_000).fill("nope").join() }), "Look for something that is repeated by mistake."],
    // Of this very value.
    [{ gridData: { w: Number.POSITIVE_INFINITY, h: 9 } }, "Write a smaller number."],
    [column({ renderFn: "greenRed," }), expect.stringContaining("Take out the comma")],
    [
      { defaultViz: "live_grid", wsEndpoint: "ws://a.example/live" },
      "Serve it over wss, or give a path on your backend.",
    ],
    [{ type: "live_grid", wsEndpoint: "ws://a.example/live" }, expect.stringContaining('the full URL with "https://"')],
  ])("%#: %s", (more, expected) => {
    expect(hints({ widgets: { w: { ...ok, ...more } } })).toContainEqual(expected);
  });
});
