import { describe, expect, it } from "vitest";
import { judgeFrame } from "../../src/contract/answers/frame.js";
import { judgeAnswer, type Reply } from "../../src/contract/answers/index.js";
import { judgeOptions } from "../../src/contract/answers/options.js";
import { judgeTable } from "../../src/contract/answers/rows.js";
import { judgeFirstPage } from "../../src/contract/answers/server-side.js";

const reply = (body: unknown, changes: Partial<Reply> = {}): Reply => {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return { status: 200, headers: {}, text, bytes: new TextEncoder().encode(text), ...changes };
};
const codes = (type: string, body: unknown, data: object = {}, changes: Partial<Reply> = {}) =>
  judgeAnswer({ id: "w", definition: { type, endpoint: "w", data } }, reply(body, changes)).map(
    ({ code, severity }) => `${severity} ${code}`,
  );
const columns = (...columnsDefs: object[]) => ({ table: { columnsDefs } });
const FRACTIONS = [0.25, 0.5, 0.1, 0.05, 0.1].map((weight) => ({ weight }));

describe("what works is not complained about", () => {
  it.each<[string, string, unknown, object?]>([
    ["a bare list beside a dataKey", "table", [{ a: 1 }], { dataKey: "results" }],
    ["a key with dots, and a path", "table", { "a.b": [{ c: 1 }] }, { dataKey: "a.b" }],
    ["a path with an index", "table", { a: [{ b: [{ c: 1 }] }] }, { dataKey: "a[0].b" }],
    ["a single object as a row", "table", { symbol: "AAPL", price: 1 }],
    ["a row that holds lists", "table", { symbol: "AAPL", bars: [{ o: 1 }] }, columns({ field: "symbol" })],
    ["a field that only some rows have", "table", [{ a: 1 }, { b: 2 }], columns({ field: "a" }, { field: "b" })],
    ["other columns with showAll", "table", [{ a: 1 }], { table: { showAll: true, columnsDefs: [{ field: "a" }] } }],
    [
      "a transposed table",
      "table",
      [{ date: "2026-01-01", a: 1 }],
      { table: { transpose: true, columnsDefs: [{ field: "Index" }] } },
    ],
    [
      "a sparkline with data elsewhere",
      "table",
      [{ bars: [1, 2] }],
      columns({ field: "trend", sparkline: { type: "line", dataField: "bars" } }),
    ],
    [
      "small and large percentages",
      "table",
      [0.2, 0.5, -0.1, 1.4, 0.3].map((p) => ({ p })),
      columns({ field: "p", formatterFn: "percent" }),
    ],
    ["two small percentages", "table", [{ p: 0.2 }, { p: 0.5 }], columns({ field: "p", formatterFn: "percent" })],
    ["dates in seconds", "table", [{ date: 1769644800 }]],
    ["a figure under results", "chart", { results: { data: [{}] } }],
    ["a figure under dataKey", "chart", { a: { data: [{}] } }, { dataKey: "a" }],
    ["layers of Vega-Lite", "chart-vegalite", { layer: [{}] }],
    [
      "several metrics",
      "metric",
      [
        { label: "A", value: "0" },
        { label: "B", value: 5, delta: 0 },
      ],
    ],
    ["Markdown as text", "markdown", "# Title"],
    ["Markdown in JSON", "markdown", '"# Title"'],
    ["a short video address", "youtube", "https://youtu.be/dQw4w9WgXcQ\n"],
    ["an embedded video", "youtube", "https://www.youtube.com/embed/dQw4w9WgXcQ"],
    [
      "news with a number for a date",
      "newsfeed",
      [{ title: "", date: 1769644800000, author: "", excerpt: "", body: "" }],
    ],
    ["HTML", "html", "<p>1</p>"],
  ])("%s", (_name, type, body, data) => {
    expect(codes(type, body, data)).toEqual([]);
  });

  it("what may be meant so is no warning", () => {
    expect(codes("table", FRACTIONS, columns({ field: "weight", formatterFn: "percent" }))).toEqual([
      "info percent-of-fraction",
    ]);
    expect(codes("newsfeed", "null")).toEqual(["info empty-answer"]);
    expect(codes("metric", [])).toEqual(["info empty-answer"]);
  });

  it("a table of fewer rows than a page needs no count", () => {
    const widget = { id: "w", definition: { type: "ssrm_table" } };
    expect(judgeFirstPage(widget, reply({ rowData: [{ a: 1 }] })).findings).toEqual([]);
  });

  it("options in any letter case, as texts or as numbers", () => {
    const asked = { path: ["params", 0], name: "x", value: "b,a" };
    for (const list of [
      ["a", "b"],
      [
        { Label: "A", VALUE: "a" },
        { label: "B", value: "b", extraInfo: {} },
      ],
    ]) {
      expect(judgeOptions({ id: "w", definition: {} }, reply(list), asked).findings).toEqual([]);
    }
  });

  it.each<[string, Record<string, string>, boolean]>([
    ["no policy", {}, true],
    ["a policy of something else", { "content-security-policy": "default-src 'self'" }, true],
    [
      "the origin",
      { "content-security-policy": "default-src 'self'; frame-ancestors 'self' https://pro.openbb.co" },
      true,
    ],
    ["all hosts below", { "content-security-policy": "frame-ancestors *.openbb.co" }, true],
    ["every host with https", { "content-security-policy": "frame-ancestors https://*" }, true],
    ["plain http too", { "content-security-policy": "frame-ancestors http:" }, true],
    [
      "a policy that overrules the old header",
      { "content-security-policy": "frame-ancestors *", "x-frame-options": "DENY" },
      true,
    ],
    ["another host", { "content-security-policy": "frame-ancestors https://openbb.co" }, false],
    ["none", { "content-security-policy": "frame-ancestors 'none'" }, false],
    ["itself", { "content-security-policy": "frame-ancestors 'self'" }, false],
    [
      "two policies, of which one refuses",
      { "content-security-policy": "frame-ancestors *, frame-ancestors 'none'" },
      false,
    ],
    ["the old header", { "x-frame-options": "sameorigin" }, false],
    ["an old header that browsers ignore", { "x-frame-options": "ALLOW-FROM https://pro.openbb.co" }, true],
  ])("frames: %s", (_name, headers, shown) => {
    const findings = judgeFrame(
      { id: "w", definition: {} },
      reply("", { headers }),
      "https://backend.example.com/page",
    );
    expect(findings.length === 0).toBe(shown);
  });
});

describe("what is said helps", () => {
  const first = (type: string, body: unknown, data: object = {}, changes: Partial<Reply> = {}) =>
    judgeAnswer({ id: "w", definition: { type, endpoint: "w", data } }, reply(body, changes))[0];

  it("names the key that was meant", () => {
    expect(first("table", { data: { items: [{ a: 1 }] } })?.hint).toContain('"dataKey": "data.items"');
    expect(first("table", { items: [{ a: 1 }] }, { dataKey: "rows" })?.hint).toContain('"items"');
    const finding = first("table", [{ symbol: "A", price: 1 }], columns({ field: "symbol" }, { field: "pricee" }));
    expect(finding).toMatchObject({ path: "/w/data/table/columnsDefs/1/field", severity: "warning" });
    expect(finding?.hint).toContain('"price"');
  });

  it("shows an error as the card does", () => {
    const say = (body: unknown) => first("table", body, {}, { status: 500 })?.message;
    expect(say({ detail: "", message: "No data", error: "x" })).toContain('"No data"');
    expect(say({ detail: [{ loc: ["query", "a"] }] })).toContain("loc");
    expect(say("Internal Server Error")).toContain('"No results found"');
  });

  it("says where JSON breaks off, and what is compressed", () => {
    const rows = Array.from({ length: 50 }, (_, index) => ({ index }));
    expect(first("table", `${JSON.stringify(rows).slice(0, -1)}, undefined]`)?.hint).toMatch(/^A parser says: .*u/);
    expect(first("table", JSON.stringify(rows).slice(0, 300))?.hint).toMatch(
      /^A parser says: (Unexpected end|Expected)/,
    );
    expect(first("table", "\u001f\ufffd\b\u0000")?.message).toBe("The answer is compressed, not JSON.");
  });

  it("takes no body at all for no rows, as a live grid does after its own complaint", () => {
    expect(judgeTable({ id: "w", definition: { type: "live_grid" } }, undefined)).toMatchObject({
      rows: [],
      findings: [{ code: "rows-not-objects" }],
    });
  });

  it("knows a table written column by column, as pandas does", () => {
    const split = { columns: ["a"], index: [0], data: [[1]] };
    for (const body of [split, { a: { 0: 1 }, b: { 0: 2 } }, { a: [1, 2], b: [3, 4] }]) {
      expect(first("table", body)).toMatchObject({ code: "rows-not-unwrapped", severity: "warning" });
    }
    expect(first("table", { a: [1, 2] }, columns({ field: "a", sparkline: { type: "line" } }))).toBeUndefined();
  });

  it("says of what is not there that it is missing", () => {
    expect(first("metric", { label: "A" })?.message).toContain("it is missing");
    expect(first("metric", [{ label: "A", value: { amount: 1 } }])?.message).toContain("it is an object");
    expect(first("newsfeed", [{ title: "A" }])?.message).toBe(
      "The `date` of article 1 is missing: the widget crashes.",
    );
    expect(first("newsfeed", [null])?.message).toBe("Article 1 is null, not an object: the widget crashes.");
  });

  it("keeps what a backend says on one line, and short", () => {
    const message = first("table", `<html>\n\u001b[31m${"x".repeat(5000)}`, {}, { status: 500 })?.message ?? "";
    expect(message.length).toBeLessThan(400);
    expect(message).not.toContain("\n");
  });
});

it("credentials are not asked for where Workspace sends none", () => {
  const hint = (type: string) =>
    judgeAnswer({ id: "w", definition: { type, endpoint: "w" } }, reply({ detail: "No" }, { status: 401 }))[0]?.hint;
  expect(hint("pdf")).toContain("by its address alone");
  expect(hint("ssrm_table")).toContain("no query credentials");
  expect(hint("table")).toBe("Check the credentials of the connection.");
});
