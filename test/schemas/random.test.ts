import { Ajv } from "ajv";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { validateApps, validateWidgets } from "../../src/contract/index.js";
import { validateAgents } from "../../src/contract/rules/agents/index.js";
import { jsonSchemas } from "../../src/contract/schemas/index.js";
import { errors } from "../contract/shared.js";
import { tree } from "../plan/helpers.js";

const ajv = new Ajv({ strict: false, validateFormats: false });
const schemas = jsonSchemas();

const project = tree({ widgets: [{ type: "multi_file_viewer" }, { type: "live_grid" }] });
const rich = {
  name: "Rich",
  description: "All keys",
  endpoint: "rich",
  type: "table",
  staleTime: 5000,
  refetchInterval: "0 * * * *",
  runButton: true,
  source: ["a"],
  gridData: { w: 10, h: 10 },
  storage: { params: {} },
  params: [
    { paramName: "date", value: "$currentDate" },
    { paramName: "n", type: "number", value: "5", options: [{ label: "5", value: 5 }] },
    [
      { paramName: "t", value: 5, row: 1 },
      { paramName: "b", type: "boolean", value: true, show: false },
      { paramName: "d", type: "button", value: "x", style: { popupWidth: 300 }, label: null },
    ],
    [
      { paramName: "f", type: "endpoint", roles: ["fileSelector"], optionsParams: { a: "$t" }, multiSelect: true },
      { type: "form", inputParams: [{ paramName: "q", type: "number", value: 4, options: [] }], method: "PUT" },
      { paramName: "s", type: "tabs", value: "a", options: [{ label: "a", value: "a" }] },
    ],
  ],
  data: {
    dataKey: "results",
    table: {
      chartView: { enabled: true, chartType: "line", cellRangeCols: { line: ["a", "b"] } },
      columnsDefs: [
        {
          field: "a",
          headerName: "A",
          renderFn: "greenRed, cellOnClick",
          pinned: "left",
          formatterFn: "none",
          decimalPlaces: 2,
          renderFnParams: {
            actionType: "groupBy",
            groupByParamName: "t",
            groupBy: { paramName: "t", valueField: "a" },
            sendToAgent: { markdown: "{a}" },
            colorRules: [
              { condition: "gt", value: 1, color: "green" },
              { condition: "between", range: { min: 1, max: 2 }, color: "#ff0000", fill: true },
            ],
          },
          sparkline: { type: "line", options: { customFormatter: "", markers: { size: 3 } } },
        },
      ],
    },
  },
};
const app = {
  name: "Rich",
  id: "custom-rich",
  tabs: {
    a: { id: "a", name: "A", layout: [{ i: "rich", x: 0, y: 0, w: 10, h: 10, groups: ["g"], state: { params: {} } }] },
  },
  groups: [
    { name: "g", type: "param", paramName: "t", widgetIds: ["rich"] },
    { name: "h", type: "param", widgetIds: [] },
  ],
  mcp_servers: [{ name: "m", url: "https://example.com", authType: "token" }],
};
const agent = {
  id: "a",
  name: "A",
  description: "An agent",
  endpoints: { query: "/query" },
  link: "https://example.com",
  features: { plain: true, text: { label: "Text", type: "select", options: [{ label: "a", value: 1 }] } },
  models: [{ id: "m", name: "M" }],
};

const FILES = [
  { name: "widgets", base: { ...JSON.parse(project["widgets.json"]!), rich }, validate: validateWidgets },
  { name: "apps", base: [...JSON.parse(project["apps.json"]!), app], validate: validateApps },
  { name: "agents", base: [agent, { ...agent, id: "b", name: "B" }], validate: validateAgents },
] as const;

type Path = (string | number)[];
function paths(value: unknown, here: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [here];
  return [here, ...Object.entries(value).flatMap(([key, one]) => paths(one, [...here, key]))];
}

/** What authors write by mistake, and values that JavaScript treats in ways of its own. */
const odd = fc.oneof(
  fc.constantFrom<unknown>(
    ...[null, true, false, 0, 1, -1, 5, 999, 1000, 1e6, 2.5, "", " ", "a", "5", "5abc", "true", "date", "constructor"],
    ...["text", "number", "boolean", "form", "endpoint", "groupBy", "sendToAgent", "between", "line", "#abc", "yellow"],
    ...["greenRed", " greenRed ,titleCase", "multi_file_viewer", "https:", [], {}, [null], [{}], ["a"], [[]], { a: 1 }],
  ),
  fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<unknown>,
);

describe("the JSON Schemas and the validator, on files changed at random", () => {
  for (const { name, base, validate } of FILES) {
    it(`of ${name}.json`, () => {
      const check = ajv.compile(schemas[`${name}.schema.json`]!);
      expect(check(base), JSON.stringify(check.errors)).toBe(true);
      expect(errors(validate(base))).toEqual([]);
      const all = paths(base).filter((path) => path.length > 0);
      const seen = { rejected: 0, caught: 0 };
      fc.assert(
        fc.property(
          fc.array(fc.record({ path: fc.constantFrom(...all), value: odd, remove: fc.boolean() }), {
            minLength: 1,
            maxLength: 3,
          }),
          (changes) => {
            const file = structuredClone(base) as Record<string, unknown>;
            for (const { path, value, remove } of changes) {
              const parent = path.slice(0, -1).reduce<unknown>((node, key) => Object(node)[key], file);
              if (typeof parent !== "object" || parent === null) continue;
              if (remove && !Array.isArray(parent)) Reflect.deleteProperty(parent, path.at(-1)!);
              else Reflect.set(parent, path.at(-1)!, structuredClone(value));
            }
            const plain = JSON.parse(JSON.stringify(file));
            const rejected = errors(validate(plain)).length > 0;
            const red = !check(plain);
            if (red && !rejected) throw new Error(`Red, though accepted: ${ajv.errorsText(check.errors)}`);
            seen.rejected += Number(rejected);
            seen.caught += Number(rejected && red);
          },
        ),
        { numRuns: 1500 },
      );
      console.log(`${name}.json: ${seen.caught} of ${seen.rejected} rejected files are caught by the schema`);
      expect(seen.rejected).toBeGreaterThan(500);
      expect(seen.caught / seen.rejected).toBeGreaterThan(0.9);
    });
  }
});
