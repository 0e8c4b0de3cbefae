import { describe, expect, it } from "vitest";
import { generateTypes } from "../../src/typegen/generate.js";
import { together } from "../../src/typegen/shared.js";
import { dataPath, unwrapData, wrapData } from "../../templates/project/src/openbb/data-key.js";
import { buildManifest } from "../../templates/project/src/openbb/manifest.js";
import { definer, json, Rows, type WidgetModule } from "../../templates/project/src/openbb/widget.js";

const plain = { name: "Prices", description: "Last prices" };

/** A handler of any type that answers with its own id. */
function handler(type: string, id: string, settings: object = {}): WidgetModule {
  const define = definer<string, unknown>({ type, answer: Rows, encode: json });
  return (define as unknown as (...args: unknown[]) => WidgetModule)(id, () => [{ id }], settings);
}

/** Which widget would answer a GET. */
function asked(manifest: ReturnType<typeof buildManifest>, path: string, query = ""): string | undefined {
  return manifest.routes.find(path)?.choose("GET", new URLSearchParams(query)).widget.id;
}

describe("widgets with one endpoint", () => {
  it("of one type have one handler, which knows the parameters of all", () => {
    const file = {
      a: { ...plain, endpoint: "p", params: [{ paramName: "x", options: [{ label: "1", value: "1" }], value: "1" }] },
      b: {
        ...plain,
        endpoint: "/p/",
        type: "table",
        params: [{ paramName: "x", options: [{ label: "2", value: "2" }] }],
      },
    };
    const manifest = buildManifest(file, [], [handler("table", "a")]);
    expect(manifest.problems).toEqual([]);
    expect(manifest.widgets.map(({ id, module }) => [id, module.id])).toEqual([
      ["a", "a"],
      ["b", "a"],
    ]);
    expect(manifest.widgets[0]?.parse(new URLSearchParams("x=2"))).toEqual({ x: "2" });
    expect(() => manifest.widgets[0]?.parse(new URLSearchParams("x=3"))).toThrow();
    expect(
      Object.values(generateTypes(file, ["a.ts"]))
        .join("")
        .match(/x\??: "[12]" \| "[12]";/g),
    ).toHaveLength(2);
  });

  it("of one type with a handler each are told", () => {
    const file = { a: { ...plain, endpoint: "p" }, b: { ...plain, endpoint: "p" } };
    const manifest = buildManifest(file, [], [handler("table", "a"), handler("table", "b")]);
    expect(manifest.problems).toEqual([expect.stringContaining('already that of "a"')]);
  });

  it("of two types are told apart by what is sent", () => {
    const params = [{ paramName: "symbol" }];
    const file = {
      rows: { ...plain, endpoint: "p", params },
      drawn: { ...plain, endpoint: "p", type: "chart", params },
      other: { ...plain, endpoint: "p", type: "metric", params: [...params, { paramName: "day" }] },
    };
    const modules = [handler("table", "rows"), handler("chart", "drawn"), handler("metric", "other")];
    const manifest = buildManifest(file, [], modules);
    expect(manifest.problems).toEqual([]);
    expect(asked(manifest, "/p", "symbol=A")).toBe("rows");
    expect(asked(manifest, "/p", "symbol=A&theme=dark")).toBe("drawn");
    expect(asked(manifest, "/p", "symbol=A&day=1")).toBe("other");
    expect(asked(manifest, "/p")).toBe("rows");
  });
});

describe("endpoints", () => {
  it("with placeholders in the path and after ? hand on their values", () => {
    const params = [{ paramName: "symbol" }, { paramName: "year" }];
    const file = {
      path: { ...plain, endpoint: "of/{symbol}", params },
      query: { ...plain, endpoint: "q?s={symbol}&fixed=1", params },
    };
    const manifest = buildManifest(file, [], [handler("table", "path"), handler("table", "query")]);
    const sent = (path: string, text = "") => {
      const query = new URLSearchParams(text);
      return manifest.routes.find(path)?.choose("GET", query) && query.get("symbol");
    };
    expect(sent("/of/EUR%2FUSD")).toBe("EUR/USD");
    expect(sent("/of/EUR/USD")).toBe("EUR/USD");
    expect(sent("/of/")).toBeNull();
    expect(sent("/of/{symbol}")).toBeNull();
    expect(sent("/q", "s=A&fixed=1")).toBe("A");
    expect(sent("/q", "s={symbol}&fixed=1")).toBeNull();
  });

  it("that Workspace needs are nobody's", () => {
    const form = [{ type: "form", endpoint: "/apps.json" }];
    const file = { a: { ...plain, endpoint: "x/../widgets.json" }, b: { ...plain, endpoint: "b", params: form } };
    const submit = () => ({ message: "" });
    const manifest = buildManifest(file, [], [handler("table", "a"), handler("table", "b", { submit })]);
    expect(manifest.problems).toHaveLength(2);
    expect(manifest.routes.find("/widgets.json")).toBeUndefined();
    expect(manifest.routes.find("/apps.json")).toBeUndefined();
  });
});

it("puts data where dataKey says, and finds it there", () => {
  for (const [dataKey, path] of [
    ["rows", ["rows"]],
    ["a.b[0].c", ["a", "b", "0", "c"]],
    ["", []],
    ["__proto__", ["__proto__"]],
  ] as const) {
    const at = dataPath("table", { data: { dataKey } });
    expect(at).toEqual(path);
    const sent: unknown = JSON.parse(JSON.stringify(wrapData("table", at, [1])));
    expect(unwrapData(at, sent)).toEqual([1]);
  }
  expect(dataPath("live_grid", { data: { dataKey: "rows" } })).toEqual([]);
  expect(wrapData("chart", ["figure"], [{ raw: 1 }])).toEqual([{ raw: 1 }]);
});

it("a parameter of several widgets allows what any of them allows", () => {
  const one = { params: [{ paramName: "a", type: "number", value: 1 }] };
  const other = { params: [[{ paramName: "a", type: "text", value: "x" }], { paramName: "b" }] };
  expect(together(one, [other]).params).toEqual([{ paramName: "a", type: "text", value: 1 }, { paramName: "b" }]);
});
