import { describe, expect, it } from "vitest";
import { validateApps, validateWidgets } from "../../src/contract/index.js";

const ok = { name: "Prices", description: "Last close", endpoint: "prices" };
const tab = (...layout: object[]) => ({ "": { id: "", name: "", layout } });
const item = { i: "prices", x: 0, y: 0, w: 20, h: 9 };

/** The finding at a place of a one-widget file, as "code path message | hint". */
function said(widget: object): string[] {
  return validateWidgets({ prices: { ...ok, ...widget } }).map(
    ({ code, path, message, hint }) => `${code} ${path} ${message} | ${hint}`,
  );
}

describe("a valid file", () => {
  it("has no findings", () => {
    expect(validateWidgets({})).toEqual([]);
    expect(validateWidgets({ prices: ok })).toEqual([]);
    expect(validateApps([])).toEqual([]);
    expect(validateApps([{ name: "Desk", tabs: tab(item) }])).toEqual([]);
    expect(validateApps({ name: "Desk", tabs: tab(item) })).toEqual([]);
  });
});

describe("findings on widgets", () => {
  it("say what is wrong, where, and what to do", () => {
    expect(said({ gridData: { w: "20", h: 9 } })).toEqual([
      "bad-value /prices/gridData/w `gridData.w` must be a number, not a string. | Remove the quotes: 20.",
    ]);
    expect(said({ description: undefined })).toEqual([
      'missing-field /prices/description `description` is missing. | Add `"description": "…"`: Workspace rejects the whole backend without it.',
    ]);
    expect(said({ category: null })).toEqual([
      "bad-value /prices/category `category` must be a string, not null. | Give it a value, or leave `category` out.",
    ]);
    expect(said({ category: false })).toEqual([
      "bad-value /prices/category `category` must be a string, not false. | Give it a value, or leave `category` out.",
    ]);
    expect(said({ staleTime: 10 })).toEqual([
      "bad-value /prices/staleTime `staleTime` must be 1000 or more, not 10. | Write milliseconds, 1000 or more.",
    ]);
  });

  it("list what is allowed, and the nearest of it", () => {
    expect(said({ type: "table_ssrm" })[0]).toMatch(
      /^unknown-widget-type \/prices\/type `type` cannot be "table_ssrm"\. \| Did you mean `ssrm_table`\? Allowed: table, /,
    );
    expect(said({ type: "advanced-chart" })[0]).toContain("Did you mean `advanced_charting`?");
    expect(said({ params: [{ paramName: "a", type: "integer" }] })[0]).toMatch(/^unknown-param-type .*`number`/);
    expect(said({ data: { table: { chartView: { cellRangeCols: { lin: [] } } } } })[0]).toMatch(
      /^unknown-value \/prices\/data\/table\/chartView\/cellRangeCols\/lin .* is not a chart type\. \| Did you mean `line`/,
    );
  });

  it("do not name a key that is there already", () => {
    expect(said({ subcategory: "A" })[0]).toContain("| Did you mean `subCategory`?");
    expect(said({ subcategory: "A", subCategory: "B" })[0]).toContain("| Remove it.");
    const [both] = validateApps([{ name: "Desk", tabs: tab(item), mcpServers: [], mcp_servers: [] }]);
    expect(both).toMatchObject({ path: "/0/mcp_servers", hint: "Remove it." });
  });

  it("go down to the deepest place in unions and lists", () => {
    const column = (more: object) =>
      said({ data: { table: { columnsDefs: [{ field: "a", headerName: "A", ...more }] } } });
    const at = "/prices/data/table/columnsDefs/0";
    expect(column({ renderFnParams: { colorRules: [{ condition: "eq", value: 1, color: "yellow" }] } })[0]).toContain(
      `bad-value ${at}/renderFnParams/colorRules/0/color`,
    );
    expect(column({ renderFnParams: { colorRules: [{ condition: "between", color: "red" }] } })[0]).toContain(
      `missing-field ${at}/renderFnParams/colorRules/0/range`,
    );
    expect(column({ renderFnParams: { actionType: "groupBy" } })[0]).toContain(
      `missing-field ${at}/renderFnParams/groupBy/paramName`,
    );
    expect(column({ sparkline: { type: "line", options: {} } })[0]).toContain(
      `missing-field ${at}/sparkline/options/customFormatter`,
    );
    expect(column({ renderFn: "greenRed, green" })[0]).toContain(`unknown-value ${at}/renderFn `);
    expect(column({ renderFn: ["green"] })[0]).toContain(`unknown-value ${at}/renderFn/0`);
    expect(said({ source: ["Desk", 5] })[0]).toContain("bad-value /prices/source/1");
  });

  it("point into rows of parameters, and escape keys", () => {
    expect(said({ params: [[{ paramName: "a" }, { paramName: "b", type: "number", value: "x" }]] })[0]).toContain(
      "bad-value /prices/params/0/1/value",
    );
    expect(validateWidgets({ "a/b~c": { ...ok, name: 1 } })[0]?.path).toBe("/a~1b~0c/name");
  });

  it("follow the client where it is odd", () => {
    const rejects = (widget: object) =>
      validateWidgets({ w: { ...ok, ...widget } }).some((f) => f.severity === "error");
    // Without a type, a number becomes text in a row of parameters only (two passes of the client).
    expect(rejects({ params: [{ paramName: "a", value: 5 }] })).toBe(true);
    expect(rejects({ params: [[{ paramName: "a", value: 5 }]] })).toBe(false);
    // A parameter's name is looked up in a plain object.
    expect(rejects({ params: [{ paramName: "constructor" }] })).toBe(true);
    expect(rejects({ params: [{ paramName: "constructor", type: "text" }] })).toBe(false);
    // Timers are not looked at where the client switches them off.
    expect(rejects({ staleTime: "x", refetchInterval: false })).toBe(false);
    expect(rejects({ refetchInterval: "", runButton: true })).toBe(false);
    expect(rejects({ refetchInterval: "", runButton: false })).toBe(true);
    expect(rejects({ data: { table: { columnsDefs: [{ field: "a", headerName: "A", renderFn: [null] }] } } })).toBe(
      false,
    );
  });

  it("tell odd files apart", () => {
    const first = (json: unknown) => [validateWidgets(json)[0]?.severity, validateWidgets(json)[0]?.code];
    for (const root of [null, [], [{ w: ok }], "x"]) expect(first(root)).toEqual(["error", "wrong-root"]);
    expect(first(5)).toEqual(["warning", "wrong-root"]);
    expect(first(ok)).toEqual(["error", "single-widget"]);
    expect(first({ w: null })).toEqual(["error", "not-a-widget"]);
    expect(first({ constructor: ok, toString: ok })).toEqual([undefined, undefined]);
    expect(first(JSON.parse('{"__proto__": {}}'))).toEqual(["warning", "lost-widget"]);
  });
});

describe("warnings on widgets", () => {
  const warned = (widget: object) =>
    validateWidgets({ prices: { ...ok, ...widget } }).map(({ severity, code, path }) => `${severity} ${code} ${path}`);

  it.each([
    [{ staleTime: false }, "cannot-place /prices/staleTime"],
    [{ data: { table: { transpose: null } } }, "cannot-place /prices/data/table/transpose"],
    [{ data: { table: { enableFormulas: "yes" } } }, "cannot-place /prices/data/table/enableFormulas"],
    [{ data: { mainTicker: { id: "a", symbol: "A" } } }, "cannot-place /prices/data/mainTicker/category"],
    [{ type: "advanced_charting" }, "cannot-place /prices/data/defaultSymbol"],
    [{ endpoint: "prices?a=1", params: [{ paramName: "b" }] }, "params-not-sent /prices/endpoint"],
    [{ endpoint: "p?a=1", type: "ssrm_table", params: [{ paramName: "b" }] }, "params-not-sent /prices/endpoint"],
    [{ endpoint: "p?a=1", type: "ssrm_advanced", params: [{ paramName: "b" }] }, "params-not-sent /prices/endpoint"],
    [{ params: [{ paramName: "a", type: "number", value: 0 }] }, "default-not-sent /prices/params/0/value"],
    [{ params: [{ paramName: "a", type: "ticker", value: "TSLA" }] }, "ignored-key /prices/params/0/value"],
    [{ params: [{ paramName: "a", type: "endpoint" }] }, "no-options-endpoint /prices/params/0/optionsEndpoint"],
    [{ params: [{ paramName: "a", type: "date", value: "$currentDate-1W" }] }, "bad-date /prices/params/0/value"],
    [{ params: [{ paramName: "a", type: "date", value: "$currentDate-1y+2d" }] }, "bad-date /prices/params/0/value"],
    [{ params: [{ paramName: "a", type: "date", value: "$currentDate-2weeks" }] }, "bad-date /prices/params/0/value"],
    [{ params: [{ paramName: "a" }, [{ paramName: "a" }]] }, "duplicate-param /prices/params/1/0/paramName"],
    [{ refetchInterval: "60000" }, "bad-cron /prices/refetchInterval"],
    [{ imgUrl: "a.png" }, "unrecognised-key /prices/imgUrl"],
    [{ data: { columnsDefs: [] } }, "ignored-key /prices/data/columnsDefs"],
    [{ type: "live_grid" }, "no-live-updates /prices/wsEndpoint"],
  ])("%j", (widget, expected) => {
    expect(warned(widget)).toEqual([`warning ${expected}`]);
  });

  it.each([
    { endpoint: "prices?sym={a}", params: [{ paramName: "a" }] },
    { endpoint: "ask?x=1", type: "omni", params: [{ paramName: "prompt" }] },
    { endpoint: "sql?x=1", type: "ssrm_advanced", params: [{ paramName: "query" }] },
    { params: [{ paramName: "a", value: "" }] },
    { params: [{ paramName: "a", type: "date", value: "$currentDate-1M" }] },
    { params: [{ paramName: "a", type: "date", value: "2024-01-31" }] },
    { refetchInterval: "*/5 9-17 * * MON-FRI" },
    { type: "advanced_charting", data: { defaultSymbol: "AAPL" } },
    { mcp_tool: {}, searchCategory: 1 },
  ])("none on %j", (widget) => {
    expect(warned(widget)).toEqual([]);
  });

  it("on ids that Workspace uses itself", () => {
    const of = (id: string) => validateWidgets({ [id]: ok }).map(({ severity, code }) => `${severity} ${code}`);
    expect(of("yield_curve")).toEqual(["warning blocked-id"]);
    expect(of("etf_holdings")).toEqual(["info builtin-id"]);
  });
});

describe("findings on apps", () => {
  const found = (json: unknown) => validateApps(json).map(({ severity, code, path }) => `${severity} ${code} ${path}`);

  it("point into the list, or into a single app", () => {
    expect(found([{ name: "A", tabs: tab({ ...item, w: "20" }) }])).toEqual(["error bad-value /0/tabs//layout/0/w"]);
    expect(found({ name: "A", tabs: tab({ ...item, w: "20" }) })).toEqual(["error bad-value /tabs//layout/0/w"]);
    const server = { name: "A", url: "nope" };
    expect(found([{ name: "A", tabs: {}, mcp_servers: [server] }])).toEqual(["error bad-value /0/mcp_servers/0/url"]);
  });

  it("find the mix of groups that crashes Workspace", () => {
    const groups = [
      { name: "a", type: "param", widgetIds: ["prices"] },
      { name: "b", type: "param" },
    ];
    expect(found([{ name: "A", tabs: tab(item), groups }])).toEqual(["error mixed-group-members /0/groups"]);
    expect(found([{ name: "A", tabs: tab({ ...item, groups: [] }), groups }])).toEqual([]);
    // A tab of this name is in the file, but the schema never looks at it.
    expect(found([{ name: "A", tabs: JSON.parse('{"__proto__": "a"}'), groups }])).toEqual([]);
  });

  it("warn of what is ignored", () => {
    expect(found([{ name: "A", tabs: {}, groups: [{ name: "a", type: "Param" }] }])).toEqual([
      "warning unknown-group-type /0/groups/0/type",
    ]);
    expect(
      found([
        { name: "My App", tabs: {} },
        { name: "my app!", tabs: {} },
      ]),
    ).toEqual(["warning duplicate-app /1/name"]);
    expect(found([{ name: "A", tabs: {}, theme: "dark" }])).toEqual(["warning unrecognised-key /0/theme"]);
    expect(found([5])).toEqual(["warning not-an-app /0"]);
    expect(found({})).toEqual(["info no-apps "]);
    expect(found("x")).toEqual(["warning no-apps "]);
  });
});
