import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { RULES, validateBackend } from "../../src/contract/rules/index.js";

const WORDS = [
  ..."name description endpoint type defaultViz params data table columnsDefs field headerName renderFn".split(" "),
  ..."renderFnParams colorRules value roles options label optionsEndpoint optionsParams inputParams show".split(" "),
  ..."gridData w h wsEndpoint chartView cellRangeCols sparkline pointsOfInterest paramName multiSelect".split(" "),
  ..."tabs layout groups i widgetIds prompts agents id endpoints __proto__ constructor toString".split(" "),
];
const { json } = fc.letrec((tie) => ({
  json: fc.oneof(
    { maxDepth: 7 },
    fc.constantFrom<unknown>(null, true, false, 0, 1, "", "text", "endpoint", "form", "boolean", "number", "date"),
    fc.constantFrom("live_grid", "omni", "multi_file_viewer", "cellOnClick, hoverCard", "columnColor", "groupBy"),
    fc.constantFrom("a", "$a", "{a}{b}", "http://x.y/{z}", "fileSelector", "$currentDate-1D", "line", "percent"),
    fc.double(),
    fc.string(),
    fc.array(tie("json"), { maxLength: 4 }),
    fc.dictionary(fc.oneof(fc.constantFrom(...WORDS), fc.string()), tie("json"), { maxKeys: 8 }),
  ),
}));

/** JSON as it comes from a file: `__proto__` is a key like any other. */
const parsed = json.map((value): unknown => JSON.parse(JSON.stringify(value)));

/** A value for one key of an otherwise sound widget, so that the rules get far. */
const widget = fc
  .tuple(fc.dictionary(fc.constantFrom(...WORDS), parsed, { maxKeys: 6 }), parsed, parsed, parsed)
  .map(([more, param, column, data]) => ({
    name: "n",
    description: "d",
    endpoint: "e/{a}",
    params: [{ paramName: "a", type: "endpoint", optionsEndpoint: "o" }, param, [param]],
    data: { table: { columnsDefs: [{ field: "f", headerName: "F" }, column], chartView: data } },
    ...more,
  }));

const CODES = new Set(RULES.map(({ code }) => code));

function check(backend: Parameters<typeof validateBackend>[0]): void {
  const before = JSON.stringify(backend);
  const findings = validateBackend(backend);
  expect(validateBackend(backend)).toEqual(findings);
  expect(JSON.stringify(backend)).toBe(before);
  for (const { code, message, hint, path, why } of findings) {
    expect(CODES).toContain(code);
    expect(why).not.toBe("");
    expect(message).toMatch(/\S.*\.$/su);
    expect(hint ?? "x").not.toBe("");
    expect(`${message} ${hint}`).not.toMatch(/\bundefined\b.*\bundefined\b|\[object Object\](?!")/);
    expect(path).toMatch(/^(\/([^~/]|~[01])*)*$/su);
  }
}

describe("whatever the files hold", () => {
  it("nothing throws, the result is the same every time, and the input untouched", () => {
    fc.assert(
      fc.property(parsed, parsed, parsed, (widgets, apps, agents) => check({ widgets, apps, agents, handlers: ["a"] })),
      { numRuns: 500 },
    );
  });

  it("nor of widgets that are sound but for a few values", () => {
    fc.assert(
      fc.property(widget, widget, (a, b) => check({ widgets: { a, b } })),
      { numRuns: 1000 },
    );
  });

  it("values that are no JSON do not throw either", () => {
    const anything = fc.anything({ withDate: true, withNullPrototype: true, withMap: true });
    fc.assert(fc.property(anything, (value) => void validateBackend({ widgets: value, apps: value, agents: value })));
    fc.assert(
      fc.property(
        anything,
        (value) => void validateBackend({ widgets: { w: { name: "n", params: value, data: value } } }),
      ),
    );
  });

  it("deep nesting does not throw", () => {
    let deep: unknown = [];
    for (let i = 0; i < 20_000; i++) deep = [deep];
    const w = { name: "n", description: "d", endpoint: "e", type: "multi_file_viewer" };
    const param = {
      paramName: "a",
      type: "endpoint",
      roles: ["fileSelector"],
      value: deep,
      optionsParams: { a: deep },
    };
    for (const params of [deep, [param], [{ ...param, options: deep, type: "text" }]]) {
      const column = { field: "a", headerName: "A", renderFn: deep, renderFnParams: { colorRules: deep } };
      const widgets = { w: { ...w, params, data: { wsRowIdColumn: deep, table: { columnsDefs: [column] } } } };
      expect(() => validateBackend({ widgets })).not.toThrow();
    }
    expect(() => validateBackend({ widgets: deep, apps: deep, agents: deep })).not.toThrow();
  });
});
