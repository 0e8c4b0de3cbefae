import supertest from "supertest";
import { describe, expect, it } from "vitest";
import type { Page } from "../src/openbb/ssrm/source.js";
import { paramShapes } from "../src/openbb/typegen/shape.js";
import type { Row } from "../src/openbb/widget.js";
import { app, KEY, manifest, WORKSPACE } from "./setup.js";

const http = supertest(await app());

for (const widget of manifest.widgets.filter(({ type }) => type === "ssrm_table")) {
  const shapes = paramShapes(widget.definition);
  const defaults: Record<string, string> = Object.fromEntries(
    shapes.flatMap(({ name, fallback }) => (fallback === undefined ? [] : [[name, String(fallback)]])),
  );
  const path = widget.path.replace(/\{([^{}/]+)\}/g, (_, name: string) => encodeURIComponent(defaults[name] ?? ""));
  const post = (body: unknown, query: Record<string, string> = {}) =>
    http
      .post(path)
      .query({ ...defaults, ...query })
      .set("Origin", WORKSPACE)
      .set("X-API-KEY", KEY)
      .set("Content-Type", "application/json")
      .send(typeof body === "string" ? body : JSON.stringify(body));

  /** Asks as the grid does. */
  async function ask(body: object, query: Record<string, string> = {}): Promise<Page> {
    const response = await post(body, query);
    expect(response.status, response.text.slice(0, 500)).toBe(200);
    expect(widget.module.answer.safeParse(response.body).error?.issues ?? [], "the shape of an ssrm_table").toEqual([]);
    return response.body;
  }

  async function expectRefused(body: unknown, query: Record<string, string> = {}) {
    const response = await post(body, query);
    expect(response.status, response.text.slice(0, 500)).toBe(400);
    expect(response.body.detail).toBeTypeOf("string");
    return response.body.detail as string;
  }

  /** The grid's request with nothing set. */
  const all = {
    startRow: 0,
    endRow: 500,
    rowGroupCols: [],
    valueCols: [],
    pivotCols: [],
    pivotMode: false,
    groupKeys: [],
    filterModel: {},
    sortModel: [],
  };
  const first = await ask({});
  const rows = first.rowData;
  const fields = Object.keys(rows[0] ?? {});
  /** The first column whose values are all of one kind, and one of them. */
  const columnOf = (type: string) => {
    const values = (field: string) => rows.map((row) => row[field]).filter((value) => value !== null);
    const isDate = (value: unknown) => /^\d{4}-\d\d-\d\d/.test(String(value));
    const fits = (value: unknown) => typeof value === type && (type !== "string" || !isDate(value));
    return fields.find((field) => values(field).length > 0 && values(field).every(fits));
  };
  const text = columnOf("string");
  const number = columnOf("number");

  describe(`${widget.id} (ssrm_table)`, () => {
    it("answers the three ways in which Workspace asks for the first page alike", async () => {
      expect(await ask({ startRow: 0, endRow: 500 })).toEqual(first);
      expect(await ask(all)).toEqual(first);
      expect(rows.length).toBe(Math.min(500, first.rowCount));
    });

    it("is not asked in vain when Workspace validates the backend", () =>
      ask({ startRow: 0, endRow: 10, ...defaults }));

    for (const shape of shapes) {
      for (const choice of shape.choices ?? (shape.kind === "boolean" ? [true, false] : [])) {
        it(`answers with ${shape.name}=${choice}`, () => ask({}, { [shape.name]: String(choice) }));
      }
      if (shape.choices || shape.kind !== "string") {
        it(`refuses a wrong ${shape.name}`, async () => {
          expect(await expectRefused({}, { [shape.name]: "no such value" })).toContain(shape.name);
        });
      }
    }

    it("gives pages that neither overlap nor leave anything out", async () => {
      const pages = [];
      for (let startRow = 0; startRow < rows.length + 100; startRow += 100) {
        pages.push(await ask({ ...all, startRow, endRow: Math.min(startRow + 100, Math.max(startRow, rows.length)) }));
      }
      expect(pages.flatMap(({ rowData }) => rowData)).toEqual(rows);
      expect(new Set(pages.map(({ rowCount }) => rowCount))).toEqual(new Set([first.rowCount]));
      expect((await ask({ ...all, startRow: first.rowCount, endRow: first.rowCount + 500 })).rowData).toEqual([]);
    });

    it.skipIf(number === undefined)("sorts", async () => {
      const field = String(number);
      const sorted = async (sort: string) => {
        const { rowData, rowCount } = await ask({ ...all, sortModel: [{ colId: field, sort }] });
        expect(rowCount).toBe(first.rowCount);
        return rowData.map((row) => row[field] as number | null);
      };
      const order = (a: number | null, b: number | null) => (a ?? -Infinity) - (b ?? -Infinity);
      const [up, down] = [await sorted("asc"), await sorted("desc")];
      expect(up).toEqual([...up].sort(order));
      expect(down).toEqual([...down].sort((a, b) => order(b, a)));
    });

    it.skipIf(text === undefined)("filters", async () => {
      const field = String(text);
      const value = String(rows.find((row) => row[field] !== null)?.[field]);
      const filter = (model: object) => ask({ ...all, filterModel: { [field]: model } });
      const has = await filter({ filterType: "text", type: "contains", filter: value.toUpperCase() });
      const not = await filter({ filterType: "text", type: "notContains", filter: value });
      const same = await filter({ filterType: "set", values: [value] });
      const holds = (row: Row) => String(row[field]).toLowerCase().includes(value.toLowerCase());
      expect(has.rowData.filter(holds)).toEqual(has.rowData);
      expect(not.rowData.filter(holds)).toEqual([]);
      expect(has.rowCount + not.rowCount).toBe(first.rowCount);
      expect(new Set(same.rowData.map((row) => row[field]))).toEqual(new Set([value]));
      expect((await filter({ filterType: "set", values: [] })).rowCount).toBe(0);
    });

    it.skipIf(text === undefined)("groups, and gives what is in a group", async () => {
      const field = String(text);
      const rowGroupCols = [{ id: field, displayName: field, field }];
      const valueCols =
        number === undefined ? [] : [{ id: number, displayName: number, field: number, aggFunc: "sum" }];
      const groups = await ask({ ...all, endRow: 10_000, rowGroupCols, valueCols });
      const values = groups.rowData.map((row) => row[field]);
      expect(new Set(values).size).toBe(values.length);
      // A column may have the name of the count.
      const counts = fields.includes("childCount") ? [] : groups.rowData.map((row) => Number(row.childCount));
      if (counts.length > 0 && groups.rowCount <= 10_000) {
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(first.rowCount);
      }

      const members = await ask({ ...all, endRow: 10_000, rowGroupCols, valueCols, groupKeys: [values[0]] });
      expect(members.rowCount).toBe(counts[0] ?? members.rowCount);
      expect(new Set(members.rowData.map((row) => row[field]))).toEqual(new Set([values[0]]));
      if (number === undefined || members.rowCount > 10_000) return;
      const sum = members.rowData.reduce((total, row) => total + Number(row[number]), 0);
      expect(groups.rowData[0]?.[number]).toBeCloseTo(sum, 4);
    });

    it("refuses what it does not know, and says what that is", async () => {
      const filter = { filterType: "text", type: "contains", filter: "a" };
      const column = 'no_such_column"; DROP TABLE trades; --';
      expect(await expectRefused({ ...all, filterModel: { [column]: filter } })).toContain("no_such_column");
      expect(await expectRefused({ ...all, sortModel: [{ colId: column, sort: "asc" }] })).toContain("no_such_column");
      expect(await expectRefused({ ...all, rowGroupCols: [{ field: column }] })).toContain("no_such_column");
      await expectRefused({ ...all, valueCols: [{ field: column, aggFunc: "sum" }] });
      await expectRefused({ ...all, pivotMode: true });
      await expectRefused({ startRow: -1, endRow: 10 });
      await expectRefused({ startRow: 0, endRow: 1_000_000 });
      for (const body of ["[]", '"text"', "{"]) await expectRefused(body);
      if (fields[0] === undefined) return;
      const refused = { ...filter, type: "1 = 1 OR contains" };
      expect(await expectRefused({ ...all, filterModel: { [fields[0]]: refused } })).toContain("type");
      await expectRefused({ ...all, valueCols: [{ field: fields[0], aggFunc: "load_extension" }] });
    });

    it("is not for callers without the key", async () => {
      const fresh = supertest(await app());
      expect((await fresh.post(path).query(defaults).send({})).status).toBe(401);
    });
  });
}
