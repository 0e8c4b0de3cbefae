import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { patched } from "../../src/contract/fixes/index.js";
import type { Operation } from "../../src/contract/rules/index.js";
import { patchJson } from "../../src/plan/json/patch.js";
import { json, valuesOf, written } from "./helpers.js";

describe("patching a text", () => {
  const key = fc.oneof(fc.string({ maxLength: 3 }), fc.constantFrom("__proto__", "a", "b", "~/", "12"));
  const any = fc.letrec((tie) => ({
    any: fc.oneof(
      { depthSize: "small" },
      fc.oneof(fc.string({ maxLength: 5 }), fc.integer(), fc.boolean(), fc.constant(null)),
      fc.array(tie("any"), { maxLength: 4 }),
      fc.dictionary(key, tie("any"), { maxKeys: 4, noNullPrototype: true }),
    ),
  })).any;
  const root = fc.dictionary(key, any, { minKeys: 2, maxKeys: 4, noNullPrototype: true });
  const pick = fc.nat();

  /** One operation on a place of the file. */
  function operation(value: unknown, [kind, one, other]: number[], fresh: unknown): Operation {
    const paths = [...valuesOf(JSON.stringify(value)).keys()].filter((path) => path !== "");
    const path = paths[(one as number) % paths.length] as string;
    const target = paths[(other as number) % paths.length] as string;
    const kinds: Operation[] = [
      { op: "replace", path, value: fresh },
      { op: "remove", path },
      { op: "add", path: `${target}/new`, value: fresh },
      { op: "move", from: path, path: `${target}/moved` },
      { op: "move", from: path, path: `${path.slice(0, path.lastIndexOf("/"))}/named` },
    ];
    return kinds[(kind as number) % kinds.length] as Operation;
  }

  it("gives the value that the operations make, in any style; what cannot be stays as it is", () => {
    fc.assert(
      fc.property(
        root,
        fc.array(fc.tuple(pick, pick, pick), { minLength: 1, maxLength: 3 }),
        any,
        written,
        (value, picks, fresh, write) => {
          const text = write(value);
          for (const one of picks) {
            const operations = [operation(json(text), one, fresh)];
            const result = patchJson(text, [operations]);
            const expected = patched(json(text), operations);
            if (result.made[0]) expect(json(result.text)).toEqual(expected?.value);
            else expect(result.text).toBe(text);
          }
          // All at once: what is made is as if each had been made alone, and leaves the rest alone.
          const all = picks.map((one) => [operation(json(text), one, fresh)]);
          const together = patchJson(text, all);
          const [at] = together.made.flatMap((made, index) => (made ? [index] : []));
          if (together.made.filter(Boolean).length === 1 && at !== undefined) {
            expect(json(together.text)).toEqual(patched(json(text), all[at] ?? [])?.value);
          }
          expect(() => json(together.text)).not.toThrow();
        },
      ),
      { numRuns: 1_500 },
    );
  });

  it("makes a container and moves something into it in one go, with the text that it had", () => {
    const text = '{\n  "a": {\n    "b" : [1.0,\n      2e1]\n  }\n}';
    const operations: Operation[] = [
      { op: "add", path: "/c", value: {} },
      { op: "add", path: "/c/d", value: {} },
      { op: "move", from: "/a/b", path: "/c/d/e" },
    ];
    expect(patchJson(text, [operations])).toEqual({
      text: '{\n  "a": {},\n  "c": {\n    "d": {\n      "e": [1.0,\n        2e1]\n    }\n  }\n}',
      made: [true],
    });
  });

  it("makes nothing of what lies within what another one changes", () => {
    const patches: Operation[][] = [
      [{ op: "remove", path: "/a" }],
      [{ op: "replace", path: "/a/b", value: 2 }],
      [{ op: "add", path: "/c", value: 3 }],
      [{ op: "add", path: "/c", value: 4 }],
    ];
    expect(patchJson('{"a":{"b":1}}', patches)).toEqual({ text: '{"c":3}', made: [true, false, true, false] });
  });

  it("never throws, however deep", () => {
    const deep = `${'{"a":'.repeat(20_000)}1${"}".repeat(20_000)}`;
    expect(patchJson(deep, [[{ op: "remove", path: "/a" }]])).toEqual({ text: deep, made: [false] });
  });
});
