import fc from "fast-check";
import { parseTree } from "jsonc-parser";
import { describe, expect, it } from "vitest";
import { RULES } from "../../src/contract/rules/index.js";
import { checkFiles } from "../../src/validate/check.js";
import { pointerOf, spansOf } from "../../src/validate/places.js";

const key = fc.constantFrom("a", "b", 'q"{', "\\", "a/b", "m~n", "__proto__", "é😀", "", "0", "x\ny");
const space = fc.constantFrom("", " ", "\n", "\t ", "\r\n");
const text = fc.letrec<{ any: string }>((tie) => ({
  any: fc.oneof(
    { depthSize: "small" },
    fc.constantFrom("null", "-1.5e2", "true", '"{[\\\\\\""', '""', "[]", "{}"),
    fc.tuple(fc.array(tie("any"), { maxLength: 3 }), space).map(([all, gap]) => `[${gap}${all.join(`${gap},`)}${gap}]`),
    fc
      .tuple(fc.array(fc.tuple(key, tie("any")), { maxLength: 4 }), space)
      .map(([all, gap]) => `{${gap}${all.map(([k, v]) => `${JSON.stringify(k)}${gap}:${gap}${v}`).join(`${gap},`)}}`),
  ),
})).any;

describe("the places of values", () => {
  it("are those of a syntax tree, with their keys; of a key that stands twice, the last", () => {
    fc.assert(
      fc.property(text, space, (json, gap) => {
        const whole = `${gap}${json}${gap}`;
        const wanted = new Map<string, { offset: number; length: number; key?: { offset: number; length: number } }>();
        const walk = (node: ReturnType<typeof parseTree>, path: (string | number)[], name?: typeof node) => {
          if (!node) return;
          for (const known of [...wanted.keys()]) if (known.startsWith(`${pointerOf(path)}/`)) wanted.delete(known);
          const at = (one: NonNullable<typeof node>) => ({ offset: one.offset, length: one.length });
          wanted.set(pointerOf(path), { ...at(node), ...(name && { key: at(name) }) });
          wanted.set(pointerOf([...path, "nothing", 1]), at(node));
          for (const [index, child] of (node.children ?? []).entries()) {
            if (node.type === "array") walk(child, [...path, index]);
            else walk(child.children?.[1], [...path, child.children?.[0]?.value], child.children?.[0]);
          }
        };
        walk(parseTree(whole), []);
        expect(spansOf(whole, wanted.keys())).toEqual(wanted);
      }),
      { numRuns: 1000 },
    );
  });

  it("are found in texts of any depth and length", () => {
    const deep = "[".repeat(100_000) + "]".repeat(100_000);
    expect(spansOf(deep, ["/0"]).get("/0")).toEqual({ offset: 1, length: 199_998 });
    const long = JSON.stringify({ a: "\\".repeat(1e6), b: 1 });
    expect(spansOf(long, ["/b"]).get("/b")).toMatchObject({ length: 1, offset: long.length - 2 });
  });
});

describe("what is about a key", () => {
  const ABOUT_KEYS = [
    ["unrecognised-key", "subcategory"],
    ["misspelt-key", "columnDefs"],
    ["ignored-key", "columnsDefs"],
    ["legacy-key", "groupByParamName"],
    ["blocked-id", "yield_curve"],
    ["lost-widget", "__proto__"],
    ["no-handler", "news"],
    ["unknown-state-param", "Symbol"],
    ["deprecated-agent-key", "hasFunctionCalling"],
    ["misspelt-feature", "widget_dashboard_select"],
  ] as const;

  it.each(ABOUT_KEYS)("%s stands at the key", (code, name) => {
    const { handlers, ...bad } = RULES.find((rule) => rule.code === code)?.bad ?? {};
    const files = (["widgets", "apps", "agents"] as const).flatMap((one) => {
      if (bad[one] === undefined) return [];
      return [{ file: `${one}.json` as const, name: one, text: JSON.stringify(bad[one], null, 2) }];
    });
    const found = checkFiles(".", files, handlers ? { handlers } : {}).findings.find((one) => one.code === code);
    const line = files.find((one) => one.name === found?.source)?.text.split("\n")[(found?.place?.line ?? 0) - 1];
    expect(line?.slice((found?.place?.column ?? 0) - 1, (found?.end?.column ?? 0) - 1)).toBe(JSON.stringify(name));
  });

  it("chart types, which are keys", () => {
    const table = { columnsDefs: [{ field: "a", headerName: "A" }], chartView: { cellRangeCols: { lines: ["a"] } } };
    const widget = { name: "A", description: "d", endpoint: "a", data: { table } };
    const json = JSON.stringify({ a: widget });
    const [found] = checkFiles(".", [{ file: "widgets.json", name: "w", text: json }]).findings;
    expect(found).toMatchObject({ code: "unknown-value", place: { column: json.indexOf('"lines"') + 1 } });
  });

  it("but what is missing, or no widget, stands at the value", () => {
    const findings = (json: string) => checkFiles(".", [{ file: "widgets.json", name: "w", text: json }]).findings;
    expect(findings('{"a": {"name": "A", "endpoint": "a"}}')[0]).toMatchObject({ place: { column: 7 } });
    expect(findings('{"a": 5}')[0]).toMatchObject({ code: "not-a-widget", place: { column: 7 } });
  });
});
