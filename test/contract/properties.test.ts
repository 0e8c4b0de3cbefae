import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Finding, validateApps, validateWidgets } from "../../src/contract/index.js";
import { stopwatch } from "../timing.js";

const KEYS =
  "name description endpoint type params data table columnsDefs renderFn renderFnParams colorRules value roles".split(
    " ",
  );
const key = fc.oneof(
  fc.constantFrom(...KEYS, "tabs", "layout", "groups", "__proto__", "constructor", "toString"),
  fc.string(),
);
const { json } = fc.letrec((tie) => ({
  json: fc.oneof(
    { maxDepth: 6 },
    fc.constantFrom(null, true, false, 0, "", "text", "form", "groupBy", "line", "fileSelector"),
    fc.double(),
    fc.string(),
    fc.array(tie("json"), { maxLength: 4 }),
    fc.dictionary(key, tie("json"), { maxKeys: 6 }),
  ),
}));

/** JSON as it comes from a file: `__proto__` is a key like any other. */
const parsed = json.map((value): unknown => JSON.parse(JSON.stringify(value)));
const both = (value: unknown): Finding[] => [...validateWidgets(value), ...validateApps(value)];

describe("whatever the file holds", () => {
  it("the result is readable, the same every time, and the input untouched", () => {
    fc.assert(
      fc.property(parsed, (value) => {
        const before = JSON.stringify(value);
        const findings = both(value);
        expect(both(value)).toEqual(findings);
        expect(JSON.stringify(value)).toBe(before);
        for (const { code, message, path } of findings) {
          expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/);
          expect(message).toMatch(/\S.*\.$/su);
          expect(message).not.toMatch(/Invalid (input|option)|Unrecognized key:/);
          expect(path).toMatch(/^(\/([^~/]|~[01])*)*$/su);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it("values that are no JSON do not throw either", () => {
    fc.assert(
      fc.property(
        fc.anything({ withBigInt: true, withDate: true, withNullPrototype: true }),
        (value) => void both(value),
      ),
    );
    expect(() => both(undefined)).not.toThrow();
  });

  it("deep nesting and huge lists do not throw", () => {
    let deep: unknown = [];
    for (let i = 0; i < 20_000; i++) deep = [deep];
    const w = { name: "n", description: "d", endpoint: "e" };
    for (const value of [deep, { a: deep }]) {
      expect(() => both({ w: { ...w, params: value, data: value, storage: value } })).not.toThrow();
      expect(() => both({ w: { ...w, params: [{ paramName: "a", type: "text", value }] } })).not.toThrow();
      expect(() => both([{ name: "a", tabs: value }])).not.toThrow();
    }
    // More mistakes than fit into one JavaScript call, which is how zod collects them.
    const many = new Array(150_000).fill(5);
    const findings = both({ w: { ...w, params: many.slice(0, 10_000), data: { table: { columnsDefs: many } } } });
    expect(findings.some(({ severity }) => severity === "error")).toBe(true);
    expect(() => both(many)).not.toThrow();
  });
});

it("1,000 widgets with 10 columns take well under 250 ms", () => {
  const columnsDefs = Array.from({ length: 10 }, (_, i) => ({
    field: `f${i}`,
    headerName: `F${i}`,
    cellDataType: "number",
    formatterFn: "int",
    renderFn: "greenRed",
    renderFnParams: { colorRules: [{ condition: "gt", value: 0, color: "#22c55e" }] },
  }));
  const widget = {
    name: "n",
    description: "d",
    endpoint: "e",
    params: [{ paramName: "a" }],
    data: { table: { columnsDefs } },
  };
  const file = Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`w${i}`, widget]));
  // The best of three: other tests run at the same time.
  const took = [1, 2, 3].map(() => {
    const spent = stopwatch();
    expect(validateWidgets(file)).toEqual([]);
    return spent();
  });
  console.log(`1,000 widgets: ${took.map((ms) => ms.toFixed(0)).join(", ")} ms`);
  expect(Math.min(...took)).toBeLessThan(250);
});
