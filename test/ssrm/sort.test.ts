import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareValues, sortable, sortRows } from "../../templates/parts/ssrm/src/openbb/ssrm/sort.js";
import type { Value } from "../../templates/parts/ssrm/src/openbb/ssrm/source.js";

const text = fc.oneof(
  fc.string({ unit: fc.constantFrom("a", "b", "\0", "\u0001", "\ud7ff", "\ue000", "\uffff", "😀", "🂡"), maxLength: 5 }),
  fc.nat(400).map((number) => `https://example.com/orders/${number}`),
  fc.nat(60).map((length) => "x".repeat(length)),
);
const number = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer({ min: -3, max: 3 }));
const plainZero = number.map((value) => value + 0);

function keyOf(count: number): fc.Arbitrary<{ values: Value[]; descending: boolean }> {
  const column = (values: fc.Arbitrary<Value>) =>
    fc.array(fc.option(values, { nil: null, freq: 10 }), { minLength: count, maxLength: count });
  return fc.record({
    values: fc.oneof(column(text), column(plainZero), column(fc.boolean()), column(fc.constantFrom("Buy", "Sell"))),
    descending: fc.boolean(),
  });
}

const tables = fc
  .oneof(fc.nat(40), fc.integer({ min: 500, max: 3000 }))
  .chain((count) => fc.tuple(fc.constant(count), fc.array(keyOf(count), { maxLength: 3 })));

describe("sorting rows", () => {
  it("gives the order that comparing them one by one gives, whatever the values", () => {
    fc.assert(
      fc.property(tables, ([count, keys]) => {
        const rows = Uint32Array.from({ length: count }, (_, index) => index);
        const expected = Array.from(rows).sort((a, b) => {
          for (const { values, descending } of keys) {
            const order = compareValues(values[a]!, values[b]!);
            if (order !== 0) return descending ? -order : order;
          }
          return a - b;
        });
        sortRows(rows, keys);
        expect(Array.from(rows)).toEqual(expected);
        const places = keys.map(({ values, descending }) => ({ values: sortable(values), descending }));
        sortRows(rows.reverse(), places);
        expect(Array.from(rows)).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });

  it("goes by code point, blanks first", () => {
    const values = ["b", "a", null, "😀", "\uffff", "", "Z", "ab"];
    const rows = Uint32Array.from(values, (_, index) => index);
    sortRows(rows, [{ values, descending: false }]);
    expect(Array.from(rows, (row) => values[row])).toEqual([null, "", "Z", "a", "ab", "b", "\uffff", "😀"]);
  });
});
