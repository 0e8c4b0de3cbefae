import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, inject, it } from "vitest";
import { playWorkspace } from "../../scripts/workspace/index.js";
import { CATALOG_TYPES, type Kind, variantsOf } from "../../src/catalog/index.js";
import { validateApps, validateWidgets } from "../../src/contract/index.js";
import { linkModules, start, temporaryFolder, tool, work } from "./helpers.js";

const folder = temporaryFolder();
const KEY = "a-key-that-is-only-for-tests";
const KINDS: Kind[] = CATALOG_TYPES.flatMap((type) => [
  { type },
  ...variantsOf(type).map((variant): Kind => ({ type, variant })),
]);

/** Texts that would do harm as SQL, or in it. None is one statement that reads. */
const INJECTIONS = [
  ...[
    "'",
    "''",
    '"',
    "`",
    "\\",
    "\\'",
    ";",
    "--",
    "/*",
    "*/",
    "#",
    "%",
    "\0",
    "' OR '1'='1",
    "' OR 1=1 --",
    '" OR ""="',
  ],
  ...["'; DROP TABLE trades; --", '"; DROP TABLE trades; --', "symbol; DELETE FROM trades", "1; ATTACH 'x' AS y"],
  ...[
    "DROP TABLE trades",
    "DELETE FROM companies",
    "UPDATE companies SET name = 'x'",
    "INSERT INTO companies VALUES (1)",
  ],
  ...["PRAGMA writable_schema = 1", "ATTACH DATABASE '/etc/passwd' AS x", "VACUUM INTO '/tmp/x'", "CREATE TABLE x (y)"],
  ...["SELECT 1; DROP TABLE companies", "SELECT 1;;SELECT 2", "/* SELECT */ DELETE FROM companies", "BEGIN; SELECT 1"],
  ...["WITH x AS (SELECT 1) DELETE FROM companies", "EXPLAIN DELETE FROM companies", "SELECT load_extension('x')"],
  ...["REPLACE INTO companies SELECT 1", "ALTER TABLE companies RENAME TO x", "symbol) FROM companies --"],
];

/** Calls everything as Workspace does, with an API key and without one. */
async function playTwice(project: string): Promise<string[]> {
  const open = await start(project);
  const calls = await playWorkspace({ url: open.url, project, validateWidgets, validateApps });
  open.process.kill();
  const keyed = await start(project, { API_KEY: KEY });
  const headers = { "X-API-KEY": KEY };
  expect(await playWorkspace({ url: keyed.url, project, headers, validateWidgets, validateApps })).toEqual(calls);
  keyed.process.kill();
  return calls;
}

describe("a project of one widget checks, passes its tests, builds, starts, and is what Workspace takes", () => {
  for (const { type, variant } of KINDS) {
    const name = variant ? `${type}-${variant}` : type;
    it.concurrent(name, async () => {
      const spec = `type=${type}${variant ? `,variant=${variant}` : ""}`;
      const made = tool([name, "--widget", spec, "--no-install", "--no-git", "--package-manager", "npm"], {
        cwd: folder,
      });
      expect(made.code, made.stderr).toBe(0);
      const project = join(folder, name);
      linkModules(project);
      for (const script of ["check", "test", "build"]) await work(project, script);
      await playTwice(project);
    });
  }
});

describe("the showcase", () => {
  const project = inject("all");

  beforeAll(() => work(project, "build"));

  it("checks, passes its tests, builds, starts, and is what Workspace takes", async () => {
    for (const script of ["check", "test"]) await work(project, script);
    await playTwice(project);
  });

  it("has every type, every kind of parameter and every feature of a column", () => {
    const text = readFileSync(join(project, "widgets.json"), "utf8");
    const widgets = Object.values(JSON.parse(text)) as { type: string }[];
    expect([...new Set(widgets.map(({ type }) => type))].sort()).toEqual([...CATALOG_TYPES].sort());
    const has = (key: string, values: string[]) => {
      for (const value of values) expect(text, `${key} ${value}`).toContain(`"${key}": "${value}"`);
    };
    has("type", ["text", "number", "boolean", "date", "ticker", "endpoint", "tabs", "form", "button"]);
    has("cellDataType", ["text", "number", "boolean", "date", "dateString", "object"]);
    has("formatterFn", ["int", "none", "percent", "normalized", "normalizedPercent", "dateToYear"]);
    for (const renderer of ["greenRed", "titleCase", "hoverCard", "cellOnClick", "columnColor", "showCellChange"]) {
      expect(text).toContain(`"${renderer}"`);
    }
    for (const feature of [
      "sparkline",
      "chartView",
      "colorRules",
      "groupBy",
      "sendToAgent",
      "optionsParams",
      "roles",
    ]) {
      expect(text).toContain(`"${feature}":`);
    }
  });

  it("links the widgets that a click on a symbol drives", () => {
    const widgets = JSON.parse(readFileSync(join(project, "widgets.json"), "utf8"));
    const [app] = JSON.parse(readFileSync(join(project, "apps.json"), "utf8"));
    const group = app.groups.find(({ paramName }: { paramName: string }) => paramName === "symbol");
    expect(group.widgetIds).toContain("stock_screener");
    expect(group.widgetIds.length).toBeGreaterThan(3);
    for (const id of group.widgetIds) {
      const params = widgets[id].params.flat().map(({ paramName }: { paramName: string }) => paramName);
      expect(params, id).toContain("symbol");
    }
  });

  it("lets nothing but a reading statement, and no name but a column, into SQL", async () => {
    const { url, log } = await start(project);
    const ask = async (path: string, body: object) => {
      const response = await fetch(`${url}/${path}`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(body),
      });
      return { status: response.status, answer: JSON.parse(await response.text()) };
    };
    const rows = { startRow: 0, endRow: 10 };
    const { rowCount } = (await ask("trade_blotter", rows)).answer;
    for (const text of INJECTIONS) {
      const filter = { filterType: "text", type: "equals", filter: "x" };
      const wrong = [
        { ...rows, sortModel: [{ colId: text, sort: "asc" }] },
        { ...rows, sortModel: [{ colId: "symbol", sort: text }] },
        { ...rows, filterModel: { [text]: filter } },
        { ...rows, filterModel: { symbol: { ...filter, type: text } } },
        { ...rows, rowGroupCols: [{ id: text, field: text, displayName: text }] },
      ];
      for (const body of wrong) expect((await ask("trade_blotter", body)).status, JSON.stringify(body)).toBe(400);
      // As a value it is a text that no row has, or one that no database takes.
      const asValue = await ask("trade_blotter", { ...rows, filterModel: { symbol: { ...filter, filter: text } } });
      if (text.includes("\0")) expect(asValue.status).toBe(400);
      else expect(asValue.answer).toMatchObject({ rowData: [], rowCount: 0 });
      expect((await ask("sql_editor", { prompt: text })).status, text).toBe(400);
      const shown = await ask("trade_query", { ...rows, query: text });
      expect([shown.status, typeof shown.answer.error], text).toEqual([200, "string"]);
    }
    expect((await ask("trade_blotter", rows)).answer.rowCount).toBe(rowCount);
    expect((await ask("sql_editor", { prompt: "SELECT count(*) AS n FROM companies" })).status).toBe(200);
    expect(log()).not.toMatch(/"status":5\d\d/);
  });

  it("answers for every widget within 200 ms once it is warm", async () => {
    const { url } = await start(project);
    const widgets = JSON.parse(readFileSync(join(project, "widgets.json"), "utf8")) as Record<
      string,
      { endpoint: string; type: string }
    >;
    for (const [id, { endpoint, type }] of Object.entries(widgets)) {
      const post = ["ssrm_table", "ssrm_advanced", "omni", "multi_file_viewer"].includes(type);
      const body = JSON.stringify({ prompt: "a table", query: "SELECT 1 AS one", files: [], startRow: 0, endRow: 100 });
      const ask = () =>
        post
          ? fetch(`${url}/${endpoint}`, { method: "POST", headers: { "Content-Type": "application/json" }, body })
          : fetch(`${url}/${endpoint}`);
      await (await ask()).arrayBuffer();
      // The best of many: others use this machine too.
      let best = Number.POSITIVE_INFINITY;
      for (let count = 0; count < 20 && best >= 200; count++) {
        const began = performance.now();
        const response = await ask();
        await response.arrayBuffer();
        expect(response.status, id).toBeLessThan(500);
        best = Math.min(best, performance.now() - began);
      }
      expect(best, id).toBeLessThan(200);
    }
  });
});
