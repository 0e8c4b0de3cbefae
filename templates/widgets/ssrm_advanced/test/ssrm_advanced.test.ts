import supertest from "supertest";
import { describe, expect, it } from "vitest";
import type { Page } from "../src/openbb/ssrm/source.js";
import { paramShapes } from "../src/openbb/typegen/shape.js";
import { app, KEY, manifest, WORKSPACE } from "./setup.js";

const http = supertest(await app());

for (const widget of manifest.widgets.filter(({ type }) => type === "ssrm_advanced")) {
  const shapes = paramShapes(widget.definition);
  const given = new Map(shapes.map(({ name, fallback }) => [name, fallback]));
  const query = String(given.get("query") ?? "SELECT 1 AS one");
  // Workspace sends the query in the body, everything else in the URL.
  const defaults: Record<string, string> = Object.fromEntries(
    [...given].flatMap(([name, value]) => (value === undefined || name === "query" ? [] : [[name, String(value)]])),
  );
  const path = widget.path.replace(/\{([^{}/]+)\}/g, (_, name: string) => encodeURIComponent(defaults[name] ?? ""));
  const post = (body: unknown) => {
    const request = http.post(path).query(defaults).set("Origin", WORKSPACE).set("X-API-KEY", KEY);
    return request.set("Content-Type", "application/json").send(typeof body === "string" ? body : JSON.stringify(body));
  };

  /** Asks as the grid does. */
  async function ask(body: object): Promise<Page & { error?: string }> {
    const response = await post({ query, disableCache: false, ...body });
    expect(response.status, response.text.slice(0, 500)).toBe(200);
    const { error } = widget.module.answer.safeParse(response.body);
    expect(error?.issues ?? [], "the shape of an ssrm_advanced").toEqual([]);
    return response.body;
  }

  const all = {
    startRow: 0,
    endRow: 500,
    rowGroupCols: [],
    valueCols: [],
    groupKeys: [],
    filterModel: {},
    sortModel: [],
  };

  describe(`${widget.id} (ssrm_advanced)`, () => {
    it("answers the three ways in which Workspace asks for the first page alike", async () => {
      const first = await ask({});
      expect(first.error).toBeUndefined();
      expect(await ask({ startRow: 0, endRow: 500 })).toEqual(first);
      expect(await ask({ ...all, disableCache: true })).toEqual(first);
      expect(first.rowData.length).toBe(Math.min(500, first.rowCount));
    });

    it("sorts, filters and pages what the query gives", async () => {
      const { rowData, rowCount } = await ask({});
      const field = Object.keys(rowData[0] ?? {})[0];
      if (field === undefined) return;
      const sorted = await ask({ ...all, sortModel: [{ colId: field, sort: "desc" }] });
      expect(sorted.rowCount).toBe(rowCount);
      const none = await ask({ ...all, filterModel: { [field]: { filterType: "set", values: [] } } });
      expect(none).toMatchObject({ rowData: [], rowCount: 0 });
      const page = await ask({ ...all, startRow: 1, endRow: 3 });
      expect(page.rowData).toEqual(rowData.slice(1, 3));
    });

    it("says what is wrong with a query in the way that Workspace shows", async () => {
      for (const wrong of ["this is no query !!", "DROP TABLE trades", "SELECT 1; SELECT 2", ""]) {
        const { error, rowData } = await ask({ query: wrong });
        expect(error, wrong).toMatch(/^[^:]+: ./s);
        expect(rowData).toEqual([]);
      }
      const stale = await ask({ ...all, sortModel: [{ colId: "no_such_column", sort: "asc" }] });
      expect(stale.error).toMatch(/^[^:]+: .*no_such_column/s);
    });

    it("refuses what is no request of a grid", async () => {
      for (const body of ["[]", "{", { query: 5 }, { query, startRow: -1 }, { query, pivotMode: true }]) {
        expect((await post(body)).status).toBe(400);
      }
    });

    it("is not for callers without the key", async () => {
      const fresh = supertest(await app());
      expect((await fresh.post(path).query(defaults).send({ query })).status).toBe(401);
    });
  });
}
