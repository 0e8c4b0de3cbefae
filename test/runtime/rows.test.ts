import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { toJson } from "../../templates/project/src/openbb/rows.js";

/** The JSON of rows, as it is sent. Memory is handed back at once: the next call writes over it. */
function written(rows: unknown[]): string {
  const { text, sent } = toJson(rows);
  const copy = Buffer.from(text).toString();
  sent?.();
  return copy;
}

/** Many rows that repeat what is given: short lists are left to JSON.stringify. */
function many(rows: unknown[]): unknown[] {
  return Array.from({ length: 250 }, (_, index) => rows[index % rows.length]);
}

const decimal = fc
  .tuple(fc.maxSafeInteger(), fc.integer({ min: 0, max: 9 }))
  .map(([digits, places]) => digits / 10 ** places);
const value = fc.oneof(
  { weight: 4, arbitrary: decimal },
  { weight: 4, arbitrary: fc.integer() },
  { weight: 2, arbitrary: fc.double() },
  { weight: 4, arbitrary: fc.string({ unit: "binary", maxLength: 120 }) },
  { weight: 2, arbitrary: fc.string({ maxLength: 120 }) },
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 4 }).map((codes) => String.fromCharCode(...codes)),
  fc.constantFrom(null, undefined, true, false, Symbol("none"), () => 1, new Date(0), new Date(Number.NaN)),
  fc.constantFrom(-0, 0.1 + 0.2, 1e21, 1e15, 999_999_999_999.9999, 0.00005, 2 ** 31, 2 ** 53, -(2 ** 53), 5e-324),
  fc.anything({ withDate: true, withMap: true, withTypedArray: true, withNullPrototype: true }),
);
const row = fc.oneof(
  { weight: 8, arbitrary: fc.dictionary(fc.string({ unit: "binary", maxLength: 8 }), value) },
  { weight: 4, arbitrary: fc.record({ date: fc.string(), price: decimal, volume: fc.nat(), name: value }) },
  value,
);

describe("many rows", () => {
  it("are the JSON of JSON.stringify, byte for byte", () => {
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 5 }), (rows) => {
        expect(written(many(rows))).toBe(JSON.stringify(many(rows)));
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    [
      "the ends of what is written digit by digit",
      [0.0001, 1234.5, 999_999_999, 1e9, 1_000_000_001, 1e15 - 1, 1e15, 99_999_999_999.9999],
    ],
    [
      "values with a way of their own",
      [{ toJSON: () => "own" }, new Number(1), new String("a"), Object.assign([1], { 2: 2 }), new Map([[1, 2]])],
    ],
    ["fields that are left out", [undefined, () => 1, Symbol("a"), { toJSON: () => undefined }]],
  ])("%s", (_, values) => {
    const rows = many([
      ...values,
      ...values.map((one) => ({ a: one, b: one, c: 1 })),
      ...values.map((one) => ({ z: 1, a: one })),
    ]);
    expect(written(rows)).toBe(JSON.stringify(rows));
  });

  it("of classes, with gaps, with inherited fields", () => {
    class Price {
      amount = 1.5;
      get double() {
        return this.amount * 2;
      }
    }
    const inherits = Object.create({ inherited: 1 }, { own: { value: 2, enumerable: true }, hidden: { value: 3 } });
    const bare = Object.assign(Object.create(null), { a: 1 });
    const rows = many([
      new Price(),
      inherits,
      bare,
      { 2: "two", 1: "one", __proto__: null },
      JSON.parse('{"__proto__": 1}'),
    ]);
    delete rows[7];
    expect(written(rows)).toBe(JSON.stringify(rows));
  });

  it("of a list with an iterator of its own, or that changes while it is read", () => {
    const own = Object.assign(many([{ a: 1 }]), { [Symbol.iterator]: function* () {} });
    expect(written(own)).toBe(JSON.stringify(own));
    for (const length of [100, 300]) {
      const rows = many([{ a: 1 }]);
      rows[10] = {
        get a() {
          rows.length = length;
          return 1;
        },
      };
      expect(JSON.parse(written(rows)).slice(0, 100)).toEqual(many([{ a: 1 }]).slice(0, 100));
    }
  });

  it.skipIf(!("rawJSON" in JSON))("that are JSON already", () => {
    const raw = (JSON as unknown as { rawJSON: (text: string) => unknown }).rawJSON;
    const rows = many([raw("1.50"), { amount: raw("1.50") }, Object.assign(Object.create(null), { rawJSON: "1.50" })]);
    expect(written(rows)).toBe(JSON.stringify(rows));
  });

  const { random } = Math;
  it.each<[string, (index: number) => unknown]>([
    ["flags and gaps", (index) => ({ a: index % 2 === 0, b: null, c: true, d: null })],
    ["keys of their own", (index) => ({ [`a${index}`]: 1, [`b${index}`]: 2, [`c${index}`]: 3, [`d${index}`]: 4 })],
    ["fields that come and go", (index) => (index % 2 ? { a: 1, b: 2, c: 3, d: 4 } : { b: 2, c: 3, d: 4, e: 5 })],
    ["long decimals", () => ({ a: random(), b: random(), c: random(), d: random() })],
    ["lists", () => [1, 2, 3, 4]],
    ["no rows at all", (index) => `text ${index}`],
  ])(
    "with %s are written here, or left to JSON.stringify in one piece: one by one would take several times as long",
    (_, make) => {
      const rows = Array.from({ length: 10_000 }, (_, index) => make(index));
      const wanted = JSON.stringify(rows);
      const stringify = vi.spyOn(JSON, "stringify");
      const text = written(rows);
      const calls = stringify.mock.calls.length;
      stringify.mockRestore();
      expect(text).toBe(wanted);
      expect(calls).toBeLessThan(500);
    },
  );

  it("grow over the memory there is", () => {
    const rows = many([{ text: "x".repeat(90) }, { text: "ü".repeat(5000) }, { ["k".repeat(3000)]: 1 }]);
    expect(written([...rows, ...rows, ...rows])).toBe(JSON.stringify([...rows, ...rows, ...rows]));
  });

  it.each([
    ["a BigInt", (): unknown => ({ big: 1n }), /BigInt/],
    ["a circle", (): unknown => Object.assign([] as unknown[], { 0: null }), /./],
  ])("throw like JSON.stringify: %s", (name, make, message) => {
    const rows = many([make()]);
    if (name === "a circle") rows[0] = { rows };
    expect(() => JSON.stringify(rows)).toThrow(message);
    expect(() => toJson(rows)).toThrow(message);
    expect(written(many([{ next: 1 }]))).toBe(JSON.stringify(many([{ next: 1 }])));
  });
});
