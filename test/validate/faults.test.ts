import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findFaults } from "../../src/plan/json/faults.js";
import { stopwatch } from "../timing.js";

/** Each with where its faults stand, what they are called, and what the text was meant to be (or that nobody knows). */
const FAULTS: [text: string, faults: [offset: number, what: string][], meant?: unknown][] = [
  ["", [[0, "it is empty"]]],
  [" \r\n\t", [[0, "it is empty"]]],
  ["<!DOCTYPE html><p>Sign in</p>", [[0, "it is a page of HTML, not JSON"]]],
  ['{"a": 1,}', [[7, "there is a comma before the }, which JSON does not allow"]], { a: 1 }],
  ["[1, 2, ]", [[5, "there is a comma before the ], which JSON does not allow"]], [1, 2]],
  ['{"a": 1,, "b": 2}', [[8, "there is a comma with nothing before it"]], { a: 1, b: 2 }],
  ['{"a": 1 // one\n}', [[8, "there is a comment, which JSON does not allow"]], { a: 1 }],
  ['{/* one\ntwo */"a": 1}', [[1, "there is a comment, which JSON does not allow"]], { a: 1 }],
  ['{"a": 1}\n# end', [[9, "there is a comment, which JSON does not allow"]], { a: 1 }],
  [
    "{'a': 'it\\'s \"x\"'}",
    [
      [1, "single quotes"],
      [6, "single quotes"],
    ],
    { a: 'it\'s "x"' },
  ],
  [
    "{“a”: `b`}",
    [
      [1, "curly quotes"],
      [6, "backticks"],
    ],
    { a: "b" },
  ],
  [
    "{a: 1, $b_2: 2}",
    [
      [1, "a key stands without double quotes"],
      [7, "a key stands"],
    ],
    { a: 1, $b_2: 2 },
  ],
  ['{"a": table}', [[6, "a text stands without double quotes"]], { a: "table" }],
  [
    '{"a": NaN, "b": -Infinity}',
    [
      [6, "NaN is no value of JSON"],
      [16, "-Infinity is no value"],
    ],
    { a: null, b: null },
  ],
  ['{"a": undefined}', [[6, "undefined is no value of JSON"]], { a: null }],
  [
    '{"a": True, "b": None}',
    [
      [6, "True is no value of JSON"],
      [17, "None is no value"],
    ],
    { a: true, b: null },
  ],
  [
    "[.5, +1, 0x10, 01, 1_000, 5.]",
    [1, 5, 9, 15, 19, 26].map((at) => [at, "a number is not written"]),
    [0.5, 1, 16, 1, 1000, 5],
  ],
  ['{"a": 1 "b": 2}', [[8, "a comma is missing"]], { a: 1, b: 2 }],
  ['{"a" 1}', [[5, "a colon is missing"]], { a: 1 }],
  ['{"a": "x\ty"}', [[6, "a text has a tab"]], { a: "x\ty" }],
  ['{"p": "C:\\data\\new"}', [[6, "a backslash stands before"]], { p: "C:\\data\new" }],
  ['{"p": "\\u12"}', [[6, "a backslash stands before"]], { p: "\\u12" }],
  ["\u00a0{}", [[0, "there is a special space"]], {}],
  ["{} {}", [[3, "there is more after the end"]], {}],
  ['{"a": {"b": 1', [[13, "a } is missing at the end"]]],
  ['{"a": [1}', [[8, "a ] is missing"]]],
  ["{}}", [[2, "there is more after the end"]], {}],
  ['{"a": }', [[6, "a value is missing"]]],
  ['{"a", "b": 1}', [[4, "a value is missing"]]],
  ['{"a": "x\ny"}', [[6, "a text is not closed"]]],
  ["{{}}", [[1, "a key in double quotes is missing"]]],
  ["]", [[0, "there is a ] that closes nothing"]]],
  ["[".repeat(100_000), [[2000, "it is nested too deeply"]]],
];

describe("faults of a text that is no JSON", () => {
  it.each(FAULTS.map(([text, ...rest]) => [text.slice(0, 40), text, ...rest] as const))(
    "%j",
    (_, text, faults, meant) => {
      const found = findFaults(text);
      const said = found.faults.slice(0, faults.length);
      expect(said.map(({ offset, what }) => [offset, what])).toEqual(
        faults.map(([offset, what]) => [offset, expect.stringContaining(what)]),
      );
      for (const { hint } of found.faults) expect(hint).toMatch(/^[A-Z].*[^.]\.?$/);
      if (meant === undefined) expect(found.mended).toBeUndefined();
      else expect(JSON.parse(found.mended as string)).toEqual(meant);
    },
  );

  it("finds several at once, in the order of the text", () => {
    const { faults, mended } = findFaults("{\n  a: 'x', // one\n  b: [1, 2,],\n}\n");
    expect(faults.map(({ offset }) => offset)).toEqual([4, 7, 12, 21, 29, 31]);
    expect(JSON.parse(mended as string)).toEqual({ a: "x", b: [1, 2] });
  });

  it("knows where each place of the mended text came from", () => {
    const text = "{a: 1, /* two */ bee: {'c': NaN, d: 2}}";
    const { mended = "", origin } = findFaults(text);
    const at = mended.indexOf("2}");
    expect(text[origin(at)]).toBe("2");
    expect(origin(mended.indexOf('"bee"'))).toBe(text.indexOf("bee"));
  });

  it("takes time in proportion to the length of the text", () => {
    for (const part of ["[", "'", '"', "/*", "a ", ",", "{'a':1,", "\\", '"\\', "“", "1 "]) {
      const took = stopwatch();
      findFaults(part.repeat(300_000 / part.length));
      expect(took(), JSON.stringify(part)).toBeLessThan(3000);
    }
  });

  it("never throws; what it mends is JSON, and there is a fault for every text that is none", () => {
    const piece = fc.constantFrom(
      ..."{}[]:,\"'`/*\\#\n\t 01.-eE“”ax_",
      "null",
      '"a"',
      "//",
      "/*",
      "*/",
      "NaN",
      "\ufeff",
      "\ud800",
    );
    const text = fc.oneof(
      fc.array(piece, { maxLength: 40 }).map((parts) => parts.join("")),
      fc.string({ unit: "binary" }),
    );
    fc.assert(
      fc.property(text, (given) => {
        const { faults, mended, origin } = findFaults(given);
        for (const { offset, length } of faults) {
          expect(offset).toBeGreaterThanOrEqual(0);
          expect(length).toBeGreaterThanOrEqual(0);
          expect(offset + length).toBeLessThanOrEqual(given.length);
        }
        if (mended !== undefined) {
          JSON.parse(mended);
          for (const at of [0, mended.length >> 1, mended.length]) expect(origin(at)).toBeLessThanOrEqual(given.length);
        }
        if (!isJson(given)) expect(faults.length).toBeGreaterThan(0);
      }),
      { numRuns: 1000 },
    );
  });

  it("finds none in JSON", () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(findFaults(text).faults).toEqual([]);
      }),
    );
  });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
