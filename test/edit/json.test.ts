import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CliError } from "../../src/errors.js";
import { parseJson, renameKey, rewriteJson } from "../../src/plan/json/edit.js";

/** The message of the CliError that something throws; its exit code must be 3. */
function refusal(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    expect(error).toBeInstanceOf(CliError);
    expect((error as CliError).exitCode).toBe(3);
    return (error as CliError).message;
  }
  throw new Error("Nothing was thrown.");
}

const key = fc.oneof(fc.string({ maxLength: 6 }), fc.constantFrom("__proto__", "constructor", "12", "i", "id", "name"));
const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null), fc.double({ noNaN: true })),
    fc.array(tie("any"), { maxLength: 4 }),
    fc.dictionary(key, tie("any"), { maxKeys: 4, noNullPrototype: true }),
  ),
})).any;
const object = fc.dictionary(key, value, { maxKeys: 5, noNullPrototype: true });

/** A value as different tools and people write it. */
const written = fc
  .record({
    unit: fc.constantFrom("  ", "    ", "\t", ""),
    eol: fc.constantFrom("\n", "\r\n"),
    end: fc.constantFrom("", "\n", "\n\n"),
    bom: fc.constantFrom("", "\ufeff"),
  })
  .map(({ unit, eol, end, bom }) => (json: unknown) => {
    const text = JSON.stringify(json, null, unit) + end;
    return bom + text.replaceAll("\n", eol);
  });
const json = (text: string) => JSON.parse(text.replace(/^\ufeff/, ""));

describe("reading JSON strictly", () => {
  const WRONG: [text: string, message: string][] = [
    ["", "it is empty"],
    [" \n", "it is empty"],
    ['{\n  "a": 1,\n}', "line 2, column 9: there is a comma before the }, which JSON does not allow"],
    ["[1,]", "line 1, column 3: there is a comma before the ], which JSON does not allow"],
    ['{\r\n  // no\r\n  "a": 1\r\n}', "line 2, column 3: there is a comment, which JSON does not allow"],
    ["\ufeff{ /* */ }", "line 1, column 3: there is a comment"],
    ['{"a": 1', "line 1, column 8: a } is missing"],
    ['{"a" 1}', "line 1, column 6: a colon is missing"],
    ['{"a": 1 "b": 2}', "line 1, column 9: a comma is missing"],
    ["{'a': 1}", "line 1, column 2: a text stands in single quotes, where JSON wants double ones"],
    ['{"a": 01}', "line 1, column 7: a number is not written as JSON wants it"],
    ['{"a": "x\n"}', "line 1, column 7: a text is not closed"],
    ["{} {}", "line 1, column 4: there is more after the end"],
    ['{"a": {"x": 1, "x": 2}}', 'line 1, column 16: the key "x" stands twice'],
    ["[".repeat(100_000), "it is nested too deeply"],
    [`${"[".repeat(10_000)}${"]".repeat(10_000)}`, "it is nested more than 200 levels deep"],
  ];
  for (const [text, message] of WRONG) {
    it(`refuses ${JSON.stringify(text.slice(0, 30))}`, () => {
      const said = refusal(() => parseJson(text, "widgets.json"));
      expect(said).toContain("widgets.json cannot be read: ");
      expect(said).toContain(message);
    });
  }

  it("takes a byte order mark, and keys that mean something in JavaScript", () => {
    const parsed = parseJson('\ufeff{"__proto__": {"a": 1}}', "x") as object;
    expect(Object.hasOwn(parsed, "__proto__")).toBe(true);
  });
});

describe("splicing", () => {
  it("gives just the value wanted, whatever the style", () => {
    fc.assert(
      fc.property(object, object, written, (before, after, write) => {
        expect(json(rewriteJson(write(before), after))).toEqual(json(JSON.stringify(after)));
      }),
      { numRuns: 500 },
    );
  });

  it("keeps the style: put in and taken out again, every byte is as before", () => {
    fc.assert(
      fc.property(object, fc.string(), value, written, fc.nat(), (before, name, added, write, somewhere) => {
        fc.pre(!Object.hasOwn(before, name));
        const text = write(before);
        const entries = Object.entries(before);
        const more = Object.fromEntries(entries.toSpliced(somewhere % (entries.length + 1), 0, [name, added]));
        expect(rewriteJson(rewriteJson(text, more), before)).toBe(text);
        const items = Object.values(before);
        const list = write(items);
        expect(rewriteJson(rewriteJson(list, [...items, added]), items)).toBe(list);
      }),
      { numRuns: 500 },
    );
  });

  it("writes what it adds as JSON.stringify would", () => {
    fc.assert(
      fc.property(object, value, fc.constantFrom("  ", "\t"), (before, added, unit) => {
        const wanted = { first: 1, ...before, last: added };
        const { last: _, ...rest } = wanted;
        expect(rewriteJson(JSON.stringify(rest, null, unit), wanted)).toBe(JSON.stringify(wanted, null, unit));
      }),
    );
  });

  it("touches nothing else", () => {
    const odd = '{ "a" : [1,2 , 3],\r\n\t\t"b":{},  "c": {"i": "x",   "n": 1.50, "e": 1e3}\r\n }';
    const { c, ...rest } = JSON.parse(odd);
    expect(rewriteJson(odd, { ...rest, a: [1, 5, 3], c })).toBe(odd.replace("2 ", "5 "));
    expect(renameKey(odd, ["c", "e"], 'f"')).toBe(odd.replace('"e"', '"f\\""'));
    expect(rewriteJson(odd, { ...rest, a: [2, 3], c })).toBe(odd.replace("1,2", "2"));
    expect(rewriteJson(odd, rest)).toBe('{ "a" : [1,2 , 3],\r\n\t\t"b":{}\r\n }');
    expect(rewriteJson(odd, { ...rest, c, d: true })).toContain('"e": 1e3}');
  });

  it("tells items apart by their names, so that the others keep how they are written", () => {
    const text = '[\n  {"i": "a",  "x": 1},\n  {"i": "b",  "x": 1},\n  {"i": "c",  "x": 1}\n]\n';
    const after = [
      { i: "b", x: 1, groups: [] },
      { i: "c", x: 2 },
    ];
    expect(rewriteJson(text, after)).toBe('[\n  {"i": "b",  "x": 1, "groups": []},\n  {"i": "c",  "x": 2}\n]\n');
  });

  it("puts keys where they belong, and minified files stay minified", () => {
    expect(rewriteJson('{"a":1,"c":[{"x":1}]}', { a: 1, b: { y: [1, 2] }, c: [{ x: 1 }] })).toBe(
      '{"a":1,"b":{"y":[1,2]},"c":[{"x":1}]}',
    );
    expect(rewriteJson('{"a": []}', { a: [1] })).toBe('{"a": [1]}');
    expect(rewriteJson("{}\n", { a: [1] })).toBe('{\n  "a": [\n    1\n  ]\n}\n');
  });
});
