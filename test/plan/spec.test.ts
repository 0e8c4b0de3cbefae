import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CATALOG_TYPES } from "../../src/catalog/index.js";
import { CliError } from "../../src/errors.js";
import { formatWidgetSpec, parseWidgetSpec } from "../../src/plan/spec.js";

describe("--widget", () => {
  it.each([
    ["table", { type: "table" }],
    ["chart:volumes", { type: "chart", id: "volumes" }],
    ["type=table,id=prices", { type: "table", id: "prices" }],
    ["type=table, id=prices , name=Daily prices", { type: "table", id: "prices", name: "Daily prices" }],
    ['type=table,name="Prices, daily",subCategory=Desk', { type: "table", name: "Prices, daily", subCategory: "Desk" }],
    ['type=html,name="a \\"b\\" \\\\ c"', { type: "html", name: 'a "b" \\ c' }],
    ["type=metric,name=a=b", { type: "metric", name: "a=b" }],
  ])("%s", (text, spec) => {
    expect(parseWidgetSpec(text)).toEqual(spec);
  });

  it.each([
    "",
    "tables",
    "table:",
    "table:a:b",
    "id=x",
    "type=pie",
    "type=table,colour=red",
    "type=table,id=a,id=b",
    'type=table,name="x',
    'type=table,name=x"y',
  ])("refuses %j with exit code 2", (text) => {
    expect(() => parseWidgetSpec(text)).toThrow(CliError);
  });

  it("gives the same widget when written and read again", () => {
    const text = fc.string({ unit: "grapheme", minLength: 1, maxLength: 40 });
    const spec = fc.record(
      {
        type: fc.constantFrom(...CATALOG_TYPES),
        id: fc.stringMatching(/^[a-z][a-z0-9_]{0,10}$/),
        name: text,
        category: text,
        subCategory: text,
      },
      { requiredKeys: ["type"] },
    );
    fc.assert(
      fc.property(spec, (given) => {
        expect(parseWidgetSpec(formatWidgetSpec(given) as string)).toEqual(given);
      }),
    );
  });

  it("does not pretend that a flag could carry params", () => {
    expect(formatWidgetSpec({ type: "table", params: [] })).toBeUndefined();
  });
});
