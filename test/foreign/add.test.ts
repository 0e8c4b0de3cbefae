import { describe, expect, it } from "vitest";
import { CATALOG_TYPES, variantsOf } from "../../src/catalog/index.js";
import type { CliError } from "../../src/errors.js";
import { adoptSources, planForeignAdd } from "../../src/plan/foreign/add.js";
import type { WidgetSpec } from "../../src/plan/spec.js";
import { PROJECTS, stateOf } from "./projects.js";
import { EXAMPLES } from "./shapes.js";

const FOUR: Record<string, string> = PROJECTS["Express 4, CommonJS"];
const TABLE: WidgetSpec[] = [{ type: "table", id: "prices" }];

function add(files: Record<string, string>, specs: WidgetSpec[] = TABLE, options = {}) {
  return planForeignAdd(stateOf(files), specs, options);
}

function refusal(run: () => unknown): { exitCode: number; message: string; hint?: string } {
  try {
    run();
  } catch (error) {
    const { exitCode, message, hint } = error as CliError;
    return { exitCode, message, ...(hint === undefined ? {} : { hint }) };
  }
  throw new Error("Nothing was refused.");
}

describe("adding to a project that this tool did not make", () => {
  it("splices the entry in, and leaves every other byte", () => {
    for (const files of Object.values(PROJECTS) as Record<string, string>[]) {
      const { plan } = add(files);
      const [entry] = plan.changes;
      const before = files["widgets.json"] as string;
      expect(entry).toMatchObject({ path: "widgets.json", action: "edit", before });
      const after = entry?.after as string;
      const lastBrace = before.lastIndexOf("}", before.length - 2) + 1;
      expect(after.startsWith(before.slice(0, lastBrace))).toBe(true);
      expect(after.endsWith(before.slice(lastBrace))).toBe(true);
      expect(Object.keys(JSON.parse(after))).toEqual(["bond_yields", "prices"]);
      expect(/[^\r]\n/.test(after)).toBe(!before.includes("\r\n"));
    }
  });

  it("prints the lines that mount the router, in the words of the project", () => {
    expect(add(FOUR).mount).toEqual(['const openbbPrices = require("./openbb-prices");', "app.use(openbbPrices);"]);
    expect(add(PROJECTS["Express 5, ESM, TypeScript"]).mount).toEqual([
      'import openbbPrices from "./openbb-prices.js";',
      "server.use(openbbPrices);",
    ]);
    expect(add(FOUR).where).toMatch(/^Put these lines into server\.js, /);
    const two = add(FOUR, [...TABLE, { type: "chart", id: "pri-ces" }, { type: "metric", id: "priCes2" }]);
    expect(two.mount).toEqual([
      'const openbbPrices = require("./openbb-prices");',
      'const openbbPriCes = require("./openbb-pri-ces");',
      'const openbbPriCes2 = require("./openbb-priCes2");',
      "app.use(openbbPrices);",
      "app.use(openbbPriCes);",
      "app.use(openbbPriCes2);",
    ]);
  });

  it("writes the router where the entry is, in its line endings", () => {
    const changes = add(PROJECTS["Express 5, ESM, JavaScript"]).plan.changes;
    expect(changes.map(({ path, action }) => [path, action])).toEqual([
      ["widgets.json", "edit"],
      ["openbb-prices.js", "create"],
    ]);
    expect(changes[1]?.after).not.toMatch(/[^\r]\n/);
    const typed = add(PROJECTS["Express 5, ESM, TypeScript"]).plan.changes;
    expect(typed[1]?.path).toBe("src/openbb-prices.ts");
    expect(typed[1]?.after).not.toContain("\r");
  });

  it("says what to do where CORS is missing, headers are, or a route may be there", () => {
    expect(add(FOUR).plan.warnings).toEqual([]);
    const { warnings } = add(PROJECTS["Express 5, ESM, JavaScript"], [{ type: "pdf", id: "report" }]).plan;
    expect(warnings.join("\n")).toMatch(/No sign of CORS[\s\S]*no headers to "report"/);
    const seen = add({ ...FOUR, "routes.js": "router.get('/prices', list)" }).plan.warnings;
    expect(seen).toEqual(['routes.js mentions "/prices": see that it is not another route.']);
  });

  it("says what all rules say of the new widgets, and nothing of those that were there", () => {
    const options = [{ label: "Y", value: "y" }];
    const params: WidgetSpec["params"] = [{ paramName: "a", type: "text", value: "x", options }];
    const { warnings } = add(FOUR, [{ type: "table", id: "prices", params }]).plan;
    expect(warnings).toEqual([expect.stringMatching(/^\/prices\/params\/0\/value: .* none of the options/)]);
  });

  it("sends you from the root of a monorepo to the package", () => {
    const below = Object.fromEntries(Object.entries(FOUR).map(([path, text]) => [`packages/api/${path}`, text]));
    expect(refusal(() => add({ ...below, "package.json": "{}" }))).toMatchObject({
      exitCode: 3,
      message: "packages/api/widgets.json belongs to the Express project in packages/api.",
    });
  });

  it("describes own columns by their names, not by the sample's", () => {
    const columnsDefs = ["Day", "Price"].map((headerName) => ({ field: headerName.toLowerCase(), headerName }));
    const made = add(FOUR, [{ type: "table", id: "orders", data: { table: { columnsDefs } } }]).widgets[0];
    expect(made?.definition.description).toBe("Orders: Day, Price.");
  });

  it("finds free ids by itself", () => {
    const first = add(FOUR, [{ type: "table" }, { type: "table" }]).widgets;
    expect(first.map(({ id }) => id)).toEqual(["price_history", "price_history_2"]);
    const widgets = JSON.stringify({
      Price_History: { name: "A", description: "A", endpoint: "a" },
      other: { name: "B", description: "B", endpoint: "/price_history_2?x=1" },
    });
    const again = add({ ...FOUR, "widgets.json": widgets }, [{ type: "table" }, { type: "table" }]).widgets;
    expect(again.map(({ id, definition }) => [id, definition.name])).toEqual([
      ["price_history_3", "Price History 3"],
      ["price_history_4", "Price History 4"],
    ]);
  });

  it("takes fifty widgets at once", () => {
    const specs = Array.from({ length: 50 }, (_, index): WidgetSpec => ({ type: "table", id: `t${index}` }));
    expect(add(FOUR, specs).plan.changes).toHaveLength(51);
  });
});

describe("a dashboard", () => {
  const tab = { id: "", name: "", layout: [{ i: "bond_yields", x: 0, y: 0, w: 20, h: 10, groups: [] }] };
  const apps = `[{"name": "Rates", "tabs": {"": ${JSON.stringify(tab)}}, "groups": []}]\n`;

  it("shows the new widget in a free place", () => {
    const change = add({ ...FOUR, "apps.json": apps }).plan.changes.find(({ path }) => path === "apps.json");
    const item = { i: "prices", x: 20, y: 0, w: 20, h: 14, groups: [] };
    expect(JSON.parse(change?.after as string)).toEqual([
      { name: "Rates", tabs: { "": { ...tab, layout: [...tab.layout, item] } }, groups: [] },
    ]);
    expect(change?.after?.startsWith('[{"name": "Rates"')).toBe(true);
  });

  it("is found by its name", () => {
    const files = { ...FOUR, "apps.json": apps };
    expect(add(files, TABLE, { app: "rates" }).plan.changes).toHaveLength(3);
    expect(refusal(() => add(files, TABLE, { app: "Rate" }))).toEqual({
      exitCode: 2,
      message: 'There is no dashboard "Rate" in apps.json.',
      hint: 'Did you mean "Rates"?',
    });
    expect(refusal(() => add(files, TABLE, { tab: "Two" })).message).toContain('There is no tab "Two"');
    expect(refusal(() => add(FOUR, TABLE, { app: "Rates" })).message).toContain("there is no apps.json");
  });

  it.each([
    ["is asked to be left", apps, { noApp: true }, []],
    ["cannot be read", "{", {}, [/apps\.json is left as it is: apps\.json cannot be read/]],
    ["is one that Workspace rejects", '[{"name": "A"}]', {}, [/apps\.json is left as it is: Workspace rejects it/]],
    ["is not there", "[]", {}, [/apps\.json is left as it is: it has no dashboard/]],
  ])("is left alone where it %s", (_, text, options, warnings) => {
    const { plan } = add({ ...FOUR, "apps.json": text }, TABLE, options);
    expect(plan.changes.map(({ path }) => path)).toEqual(["widgets.json", "openbb-prices.js"]);
    expect(plan.warnings).toEqual(warnings.map((warning) => expect.stringMatching(warning)));
  });
});

describe("is refused", () => {
  it.each([
    ["an id that exists", TABLE.map((spec) => ({ ...spec, id: "Bond_Yields" })), 3, /id "Bond_Yields" is in use/],
    [
      "an endpoint that exists",
      [{ type: "table", id: "x", endpoint: "/Yields/" }],
      3,
      /endpoint "\/Yields\/" is in use/,
    ],
    ["a path of choices that exists", [{ type: "table", id: "x", endpoint: "lists/countries" }], 3, /is in use/],
    ["a live grid", [{ type: "live_grid", id: "x" }], 3, /type live_grid \("x"\) needs more than a router/],
    ["an id twice", [...TABLE, ...TABLE], 2, /Two widgets have the id "prices"/],
    ["an id that cannot be", [{ type: "table", id: "../x" }], 2, /must start with a letter/],
    ["choices at a pattern", [choicesAt("/x/:id")], 2, /"x" cannot be served/],
    [
      "a definition that Workspace rejects",
      [{ type: "table", id: "x", gridData: { w: "wide" } }],
      2,
      /would reject these/,
    ],
  ])("%s", (_, specs, exitCode, message) => {
    const found = refusal(() => add(FOUR, specs as WidgetSpec[]));
    expect(found).toMatchObject({ exitCode, message: expect.stringMatching(message) });
  });

  it.each([
    ["no widgets.json", { "widgets.json": undefined }, /There is no widgets\.json/],
    [
      "one that does not parse",
      { "widgets.json": '{\n  "a": 1,\n}' },
      /widgets\.json cannot be read: line 2, column 9/,
    ],
    [
      "one that Workspace rejects",
      { "widgets.json": '{"a": {"name": "A"}}' },
      /rejects widgets\.json as it is[\s\S]*\/a/,
    ],
    ["a list", { "widgets.json": "[]" }, /rejects widgets\.json/],
    ["a file in the way", { "OpenBB-Prices.js": "" }, /openbb-prices\.js is in the way/],
  ])("%s", (_, files, message) => {
    const all = Object.entries({ ...FOUR, ...files }).flatMap(([path, text]) =>
      text === undefined ? [] : [[path, text]],
    );
    expect(refusal(() => add(Object.fromEntries(all)))).toMatchObject({
      exitCode: 3,
      message: expect.stringMatching(message),
    });
  });

  it("a free id and endpoint are named", () => {
    expect(refusal(() => add(FOUR, [{ type: "table", id: "bond_yields" }])).hint).toContain('"bond_yields_2"');
  });
});

describe("elsewhere", () => {
  it("writes nothing but the entry, and says what the endpoint must answer", () => {
    const { plan, mount, where, contract } = add(PROJECTS.Python);
    expect(plan.changes.map(({ path }) => path)).toEqual(["widgets.json"]);
    expect([mount, where]).toEqual([[], ""]);
    expect(contract.slice(0, 6)).toEqual([
      "Prices (table)",
      "",
      "GET /prices?symbol=AAPL&start_date=2026-01-31",
      expect.stringContaining("  Parameters."),
      "    symbol      text; one of AAPL, MSFT, NVDA, AMZN, JPM, XOM, JNJ, CAT; by default AAPL",
      "    start_date  date, YYYY-MM-DD; by default $currentDate-6M",
    ]);
    expect(contract.at(-1)).toContain('{"detail": ');
  });

  it.each(CATALOG_TYPES.flatMap((type) => [{ type }, ...variantsOf(type).map((variant) => ({ type, variant }))]))(
    "gives an example of $type $variant that Workspace takes",
    (spec) => {
      const { contract } = add(PROJECTS.Python, [spec]);
      const start = contract.findIndex((line) => line.startsWith("  Answer, ")) + 1;
      const rest = contract.slice(start);
      const text = rest
        .slice(
          0,
          rest.findIndex((line) => !line.startsWith("    ")),
        )
        .join("\n");
      const shape = EXAMPLES[spec.type];
      const isText = ["html", "iframe", "youtube"].includes(spec.type);
      expect(shape?.body.safeParse(isText ? text.trim() : JSON.parse(text)).error?.message).toBeUndefined();
    },
  );
});

describe("the files to adopt", () => {
  const found = (...paths: string[]) => adoptSources(stateOf(Object.fromEntries(paths.map((path) => [path, "{}"]))));

  it("are those of the root, of a usual folder, or of any", () => {
    expect(found("public/widgets.json", "widgets.json", "src/apps.json")).toEqual({
      ...{ widgets: "widgets.json", apps: "src/apps.json" },
    });
    expect(found("src/deep/widgets.json", "public/widgets.json", "public/apps.json", "apps.json")).toEqual({
      ...{ widgets: "public/widgets.json", apps: "public/apps.json" },
    });
    expect(found("test/widgets.json", "src/b/c/widgets.json", "src/z/widgets.json")).toEqual({
      widgets: "src/z/widgets.json",
    });
    expect(() => found("src/widgets.json.bak")).toThrow(/There is no widgets\.json/);
  });
});

function choicesAt(optionsEndpoint: string) {
  return { type: "table", id: "x", params: [{ paramName: "a", type: "endpoint", optionsEndpoint }] };
}
