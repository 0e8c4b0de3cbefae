import { describe, expect, it } from "vitest";
import { gridRequest } from "../../templates/parts/ssrm/src/openbb/ssrm/request.js";

const text = { filterType: "text", type: "contains", filter: "a" };
const nested = (depth: number): object =>
  depth === 0 ? text : { filterType: "text", operator: "AND", conditions: [nested(depth - 1)] };

describe("a grid's request", () => {
  const first = { offset: 0, limit: 500, groupBy: [], groupKeys: [], aggregates: [], filters: [], sort: [] };

  for (const body of [
    undefined,
    {},
    { startRow: 0, endRow: 500 },
    { startRow: null, endRow: null, filterModel: null },
  ]) {
    it(`has bounds although ${JSON.stringify(body)} has none`, () => expect(gridRequest(body)).toEqual(first));
  }

  it("starts where it says, and ends a page later", () => {
    expect(gridRequest({ startRow: 1000 })).toMatchObject({ offset: 1000, limit: 500 });
    expect(gridRequest({ endRow: 5000 })).toMatchObject({ offset: 0, limit: 5000 });
    // What OpenBB's AI asks for.
    expect(gridRequest({ startRow: 0, endRow: 10_000 })).toMatchObject({ limit: 10_000 });
  });

  it("may hold what Workspace and the grid send beside", () => {
    const sent = { query: "SELECT 1", disableCache: true, symbol: "AAPL", pivotCols: [], pivotMode: false };
    expect(gridRequest(sent)).toEqual(first);
    const column = { id: "price", displayName: "Price", field: "price", aggFunc: "avg", extra: 1 };
    expect(gridRequest({ rowGroupCols: [{ id: "sector" }], valueCols: [column] })).toMatchObject({
      groupBy: ["sector"],
      aggregates: [{ column: "price", by: "avg" }],
    });
  });

  it("reads both forms of combined conditions, and several filters of one column", () => {
    const parts = { join: "OR", parts: [text, text] };
    const read = (model: object) => gridRequest({ filterModel: { name: model } }).filters[0]?.filter;
    expect(read({ filterType: "text", operator: "OR", conditions: [text, text] })).toEqual(parts);
    expect(read({ filterType: "text", operator: "OR", condition1: text, condition2: text })).toEqual(parts);
    expect(read({ filterType: "multi", filterModels: [null, text] })).toEqual({ join: "AND", parts: [text] });
    expect(read({ filterType: "date", type: "equals", dateFrom: "2024-02-29 00:00:00", dateTo: null })).toMatchObject({
      dateFrom: "2024-02-29",
    });
  });

  for (const [body, says] of [
    ["text", "expected object"],
    [[], "expected object"],
    [{ startRow: -1 }, "startRow"],
    [{ startRow: 1.5 }, "startRow"],
    [{ startRow: "0" }, "startRow"],
    [{ startRow: 5, endRow: 4 }, "endRow"],
    [{ startRow: 0, endRow: 10_001 }, "only 10000 rows"],
    [{ startRow: 1e300 }, "startRow"],
    [{ pivotMode: true }, "cannot pivot"],
    [{ filterModel: [] }, "filterModel: must be an object"],
    [{ filterModel: "a" }, "filterModel"],
    [{ filterModel: { name: null } }, "filterModel.name"],
    [{ filterModel: { name: { type: "contains" } } }, "filterModel.name.filterType"],
    [{ filterModel: { name: { ...text, type: "matches" } } }, "filterModel.name.type"],
    [{ filterModel: { name: { ...text, filter: undefined } } }, "filterModel.name.filter: is missing"],
    [{ filterModel: { name: { ...text, filter: "a".repeat(1001) } } }, "filterModel.name.filter"],
    [{ filterModel: { name: { ...text, filter: "\0" } } }, "NUL"],
    [{ filterModel: { name: { filterType: "number", type: "inRange", filter: 1 } } }, "filterTo: is missing"],
    [{ filterModel: { name: { filterType: "date", type: "inRange", dateFrom: "2024-01-01" } } }, "dateTo: is missing"],
    [{ filterModel: { name: { filterType: "date", type: "equals", dateFrom: "2024-02-30" } } }, "a day that exists"],
    [{ filterModel: { name: { filterType: "date", type: "equals", dateFrom: "0000-01-01" } } }, "must be a date"],
    [{ filterModel: { name: { filterType: "date", type: "equals", dateFrom: "yesterday" } } }, "must be a date"],
    [{ filterModel: { name: { filterType: "set" } } }, "filterModel.name.values"],
    [{ filterModel: { name: { filterType: "set", values: [{}] } } }, "filterModel.name.values.0"],
    [{ filterModel: { name: { filterType: "set", values: Array(5001).fill(1) } } }, "more than 5000 values"],
    [{ filterModel: { name: { ...text, operator: "XOR", conditions: [text] } } }, "operator"],
    [{ filterModel: { name: { operator: "AND", conditions: [] } } }, "conditions"],
    [{ filterModel: { name: { operator: "AND", conditions: Array(201).fill(text) } } }, "more than 200 conditions"],
    [{ filterModel: { name: nested(9) } }, "nested too deeply"],
    [{ filterModel: { filterType: "join", type: "AND", conditions: [] } }, "filterModel.filterType"],
    [{ sortModel: [{ colId: "a", sort: "up" }] }, "sortModel.0.sort"],
    [{ sortModel: [{ colId: "a", sort: "asc", type: "absolute" }] }, "sortModel.0.type"],
    [{ sortModel: {} }, "sortModel"],
    [{ rowGroupCols: [5] }, "rowGroupCols.0"],
    [{ valueCols: [{ field: "a", aggFunc: "median" }] }, "valueCols.0.aggFunc"],
    [{ groupKeys: [{}] }, "groupKeys.0"],
  ] as [unknown, string][]) {
    it(`is refused in words: ${JSON.stringify(body).slice(0, 90)}`, () => {
      let error: unknown;
      try {
        gridRequest(body);
      } catch (thrown) {
        error = thrown;
      }
      expect(error).toMatchObject({ status: 400, detail: expect.stringContaining(says) });
      expect((error as { detail: string }).detail).toMatch(/^The grid's request is wrong.*\.$/s);
    });
  }
});
