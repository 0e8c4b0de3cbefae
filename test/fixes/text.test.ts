import { describe, expect, it } from "vitest";
import { validateBackend } from "../../src/contract/rules/index.js";
import { apps, fixed, json, run, widgets } from "./helpers.js";

/** As a person wrote it: spaces, order, numbers and escapes of their own. */
const FILE = `{
    "prices" : {
        "name": "Prices", "description": "Last \\u00e4 close",
        "endpoint": "prices",   "type": "table_ssrm",
        "gridData": {"w": "20", "h": 9.0},
        "subcategory":   "Equity  prices",
        "params": [
            {"paramName":"symbol","type":"String", "value": "AAPL"},

            {"paramName": "side", "options": ["buy",
                "sell"]}
        ],
        "columns": [
            {"field": "close", "headerName": "Close",
              "decimalPlaces": 2.0 }
        ],
        "staleTime": false
    }
}
`;

const MENDED = `{
    "prices" : {
        "name": "Prices", "description": "Last \\u00e4 close",
        "endpoint": "prices",   "type": "ssrm_table",
        "gridData": {"w": 20, "h": 9.0},
        "subCategory":   "Equity  prices",
        "params": [
            {"paramName":"symbol","type":"text", "value": "AAPL"},

            {"paramName": "side", "options": [{ "label" : "buy", "value" : "buy" },
                { "label" : "sell", "value" : "sell" }]}
        ],
        "data" : {
            "table": {
                "columnsDefs": [
                    {"field": "close", "headerName": "Close",
                      "decimalPlaces": 2.0 }
                ]
            }
        }
    }
}
`;

describe("mends in a text", () => {
  it("change what they are about, and no other byte", () => {
    expect(fixed(FILE)).toBe(MENDED);
  });

  it("are made once: a second run changes nothing", () => {
    const first = run(widgets(FILE));
    expect(first.applied.map(({ finding, title }) => [finding.code, title])).toContainEqual([
      "unrecognised-key",
      "Move `columns` to `data.table.columnsDefs`.",
    ]);
    expect(first.left).toEqual([]);
    const second = run(...first.files);
    expect(second.applied).toEqual([]);
    expect(second.files[0]).toBe(first.files[0]);
  });

  it.each<[string, (text: string) => string]>([
    ["line ends of Windows", (text) => text.replaceAll("\n", "\r\n")],
    ["tabs", (text) => text.replaceAll("    ", "\t")],
    ["a byte order mark", (text) => `\ufeff${text}`],
    ["no end of line", (text) => text.trimEnd()],
  ])("keep %s", (_, written) => {
    expect(fixed(written(FILE))).toBe(written(MENDED));
  });

  it("stay on the one line of a file that has one", () => {
    const text = '{"w":{"name":"A","description":"B","endpoint":"c","columns":[{"field":"a","headerName":"A"}],"x":1}}';
    expect(fixed(text)).toBe(
      '{"w":{"name":"A","description":"B","endpoint":"c","x":1,"data":{"table":{"columnsDefs":[{"field":"a","headerName":"A"}]}}}}',
    );
  });

  it("are made in several files, and of one place once", () => {
    const layout = [{ i: "W", x: 0, y: 0, w: 20, h: 9 }];
    const result = run(
      widgets(JSON.stringify({ w: { name: "A", description: "B", endpoint: "c", type: "Table", renderFn: "" } })),
      apps(JSON.stringify([{ name: "D", id: "d", tabs: { "": { id: "", name: "", layout } } }])),
    );
    expect(json(result.files[0]?.text ?? "").w.type).toBe("table");
    expect(json(result.files[1]?.text ?? "")).toMatchObject([
      { id: "custom-d", tabs: { "": { layout: [{ i: "w" }] } } },
    ]);
    const twice = column('"renderFn": "GREENRED, TITLECASE"');
    expect(run(widgets(twice)).applied).toHaveLength(1);
    expect(fixed(twice)).toBe(column('"renderFn": "greenRed, titleCase"'));
  });
});

const entry = (inside: string) => `{ "w": { "name": "A", "description": "B", "endpoint": "c", ${inside} } }`;
const column = (inside: string) =>
  entry(`"data": { "table": { "columnsDefs": [{ "field": "a", "headerName": "A", ${inside} }] } }`);

describe("texts that are no JSON", () => {
  it("lose the commas that are too many, and are mended then", () => {
    const text = `{\n  "w": {\n    "name": "A",, "description": "B",\n    "endpoint": "c",\n    "type": "Table",\n  },\n}\n`;
    const result = run(widgets(text));
    expect(result.files[0]?.text).toBe(
      `{\n  "w": {\n    "name": "A", "description": "B",\n    "endpoint": "c",\n    "type": "table"\n  }\n}\n`,
    );
    expect(result.left).toEqual([]);
    expect(result.applied.map(({ title }) => title)).toEqual([
      ...Array.from({ length: 3 }, () => "Take the comma out."),
      'Write `"table"`.',
    ]);
  });

  it.each([
    ["a comment", '{\n  // mine\n  "w": { "name": "A", "type": "Table", }\n}'],
    ["a missing bracket", '{ "w": { "name": "A", "type": "Table", }'],
    ["other quotes", "{ 'w': { 'name': 'A', } }"],
    ["nothing", ""],
  ])("stay as they are with %s", (_, text) => {
    const result = run(widgets(text));
    expect(result.files[0]?.text).toBe(text);
    expect(result.applied).toEqual([]);
    expect(result.left.length).toBeGreaterThan(0);
  });

  it("are not touched where a key stands twice; the rest is", () => {
    const text = `{"w": ${column('"pinned": "Left"').slice(7, -2)}, "v": {"name": "V", "description": "V", "endpoint": "v", "type": "Chart", "type": "Table", "raw": null}}`;
    expect(json(text).v.type).toBe("Table");
    expect(fixed(text)).toBe(text.replace('"Left"', '"left"').replace(', "raw": null', ""));
  });
});

it("a mended backend is what the rules say of it", () => {
  const { files } = run(widgets(FILE));
  expect(validateBackend({ widgets: json(files[0]?.text ?? "") })).toEqual([]);
});
