import { expect, it } from "vitest";
import { validateBackend } from "../../src/contract/rules/index.js";
import { stopwatch } from "../timing.js";

const ok = { name: "n", description: "d", endpoint: "e" };
const range = (count: number) => Array.from({ length: count }, (_, index) => index);
const byIndex = (count: number, prefix: string, value: unknown) =>
  Object.fromEntries(range(count).map((index) => [`${prefix}${index}`, value]));

/** Milliseconds: the best of up to five tries, of which the first one under the limit is good enough. */
function best(limit: number, run: () => void): number {
  let took = Number.POSITIVE_INFINITY;
  for (let tries = 0; tries < 5 && took >= limit; tries++) {
    const spent = stopwatch();
    run();
    took = Math.min(took, spent());
  }
  return took;
}

it("1,000 widgets with 10,000 columns take well under 250 ms", { retry: 2 }, () => {
  const columnsDefs = range(10).map((index) => ({
    field: `f${index}`,
    headerName: `F${index}`,
    cellDataType: "number",
    formatterFn: "int",
    renderFn: "greenRed, columnColor",
    renderFnParams: { colorRules: [{ condition: "gt", value: 0, color: "#22c55e" }] },
  }));
  const params = [
    {
      paramName: "symbol",
      type: "text",
      value: "3a",
      options: range(10).map((i) => ({ label: `${i}`, value: `${i}a` })),
    },
    { paramName: "limit", type: "number", value: 5 },
    { paramName: "contract", type: "endpoint", optionsEndpoint: "contracts", optionsParams: { symbol: "$symbol" } },
  ];
  const widgets = Object.fromEntries(
    range(1000).map((i) => [`w${i}`, { ...ok, name: `Widget ${i}`, params, data: { table: { columnsDefs } } }]),
  );
  const took = best(250, () => expect(validateBackend({ widgets })).toEqual([]));
  console.log(`1,000 widgets: ${took.toFixed(0)} ms`);
  expect(took).toBeLessThan(250);
});

/** Files that a rule which looks at everything for everything would take minutes for. */
it.each<[string, unknown]>([
  ["20,000 widgets of one name", byIndex(20_000, "w", ok)],
  ["20,000 keys that no widget has", { w: { ...ok, ...byIndex(20_000, "some_unknown_key_", 1) } }],
  ["20,000 keys that no column has", { w: { ...ok, data: { table: { columnsDefs: [byIndex(20_000, "colum", 1)] } } } }],
  [
    "20,000 references to no parameter",
    { w: { ...ok, params: [{ paramName: "a", type: "endpoint", optionsParams: byIndex(20_000, "x", "$nothing") }] } },
  ],
  [
    "20,000 placeholders",
    {
      w: {
        ...ok,
        endpoint: range(20_000)
          .map((index) => `{a${index}}`)
          .join("/"),
      },
    },
  ],
  [
    "20,000 options and as many defaults",
    {
      w: {
        ...ok,
        params: [
          {
            paramName: "a",
            type: "text",
            multiSelect: true,
            value: range(20_000).map((index) => `v${index}`),
            options: range(20_000).map((index) => ({ label: "l", value: `o${index}` })),
          },
        ],
      },
    },
  ],
  [
    "20,000 columns and as many ids of rows",
    {
      w: {
        ...ok,
        type: "live_grid",
        wsEndpoint: "live",
        data: {
          wsRowIdColumns: range(20_000).map((index) => `f${index}`),
          table: { columnsDefs: range(20_000).map((index) => ({ field: `f${index}`, headerName: "F" })) },
        },
      },
    },
  ],
])("%s take no more than their share", (what, widgets) => {
  const took = best(3000, () => validateBackend({ widgets }));
  console.log(`${what}: ${took.toFixed(0)} ms`);
  expect(took).toBeLessThan(3000);
});
