import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fixesFor, patched } from "../../src/contract/fixes/index.js";
import { RULES, validateBackend } from "../../src/contract/rules/index.js";
import { stopwatch } from "../timing.js";
import { after } from "./helpers.js";

describe("looking for a mend", () => {
  const key = fc.constantFrom(
    "type",
    "params",
    "data",
    "table",
    "columnsDefs",
    "groups",
    "tabs",
    "layout",
    "__proto__",
    "i",
    "0",
    "state",
  );
  const json = fc.letrec((tie) => ({
    any: fc.oneof(
      { depthSize: "small" },
      fc.constantFrom<unknown>(null, "", 0, "5", "Table", true, "$A", "{x}"),
      fc.array(tie("any"), { maxLength: 3 }),
      fc.dictionary(key, tie("any"), { maxKeys: 4 }),
    ),
  })).any;

  it("never throws, and changes nothing, whatever is asked of whatever file", () => {
    const codes = [...RULES.map(({ code }) => code), "constructor", "no-such-code"];
    const file = fc.constantFrom("widgets.json", "apps.json", "agents.json");
    const path = fc.array(fc.oneof(key, fc.constantFrom("1", "~0", "name", "endpoint")), { maxLength: 6 });
    fc.assert(
      fc.property(json, json, fc.constantFrom(...codes), file, path, (widgets, apps, code, about, keys) => {
        const before = JSON.stringify({ widgets, apps });
        const where = keys.map((one) => `/${one}`).join("");
        const [fix] = fixesFor([{ code, severity: "warning", file: about as "widgets.json", path: where }], {
          widgets,
          apps,
        });
        if (fix) expect(fix.operations.length).toBeGreaterThan(0);
        for (const finding of validateBackend({ widgets, apps })) if (finding.fix) after({ widgets, apps }, finding);
        expect(JSON.stringify({ widgets, apps })).toBe(before);
      }),
      { numRuns: 1_000 },
    );
  });

  it("takes no longer for a long list than its length", () => {
    const columns = Array.from({ length: 10_000 }, (_, index) => ({
      field: `f${index}`,
      headerName: "A",
      cellDataType: "Number",
    }));
    const took = stopwatch();
    const found = validateBackend({
      widgets: { w: { name: "A", description: "B", endpoint: "c", data: { table: { columnsDefs: columns } } } },
    });
    expect(found.filter(({ fix }) => fix)).toHaveLength(10_000);
    expect(took()).toBeLessThan(5_000);
  });
});

describe("the operations of a patch (RFC 6902)", () => {
  it.each<[unknown, Parameters<typeof patched>[1], unknown]>([
    [{ a: 1 }, [{ op: "add", path: "/b", value: 2 }], { a: 1, b: 2 }],
    [[1, 2], [{ op: "add", path: "/1", value: 9 }], [1, 9, 2]],
    [[1], [{ op: "add", path: "/-", value: 2 }], [1, 2]],
    [{ a: [1, 2] }, [{ op: "remove", path: "/a/0" }], { a: [2] }],
    [{ "a/b": { "~": 1 } }, [{ op: "replace", path: "/a~1b/~0", value: 2 }], { "a/b": { "~": 2 } }],
    [{ a: 1, b: { c: 2 } }, [{ op: "move", from: "/b/c", path: "/a2" }], { a: 1, b: {}, a2: 2 }],
  ])("%j", (value, operations, expected) => {
    const before = JSON.stringify(value);
    expect(patched(value, operations)?.value).toEqual(expected);
    expect(JSON.stringify(value)).toBe(before);
  });

  it("keeps the place of a key that is renamed", () => {
    const renamed = patched({ a: 1, b: 2, c: 3 }, [{ op: "move", from: "/b", path: "/x" }]);
    expect(JSON.stringify(renamed?.value)).toBe('{"a":1,"x":2,"c":3}');
  });

  it("fail where there is nothing to work on", () => {
    const all: Parameters<typeof patched>[1][] = [
      [{ op: "replace", path: "/x", value: 1 }],
      [{ op: "remove", path: "/toString" }],
      [{ op: "move", from: "/x", path: "/y" }],
      [{ op: "move", from: "/a", path: "/b" }],
      [{ op: "add", path: "/a/b/c", value: 1 }],
      [{ op: "remove", path: "" }],
    ];
    for (const operations of all)
      expect(patched({ a: 1, b: 2 }, operations), JSON.stringify(operations)).toBeUndefined();
  });
});
