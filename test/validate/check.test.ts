import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FILE_RULES } from "../../src/contract/rules/catalogue/files.js";
import { checkFiles, locate } from "../../src/validate/check.js";
import { kindOf } from "../../src/validate/kind.js";
import { spansOf } from "../../src/validate/places.js";
import type { CheckedFile, ReportedFinding } from "../../src/validate/report.js";
import { stopwatch } from "../timing.js";

const check = (text: string, file: CheckedFile["file"] = "widgets.json", more: Partial<CheckedFile> = {}) =>
  checkFiles(".", [{ file, name: file, text, ...more }]).findings;
const at = ({ code, place, end }: ReportedFinding) =>
  `${code} ${place?.line}:${place?.column}-${end?.line}:${end?.column}`;
const PRICES = { name: "Prices", description: "Last closes.", endpoint: "prices" };

describe("where findings are", () => {
  it.each([
    ["lines", '{\n  "a": {\n    "name": "A",\n    "description": "d",\n    "endpoint": 7\n  }\n}', "5:17-5:18"],
    ["CRLF", '{\r\n  "a": {\r\n    "name": "A", "description": "d",\r\n    "endpoint": 7 } }', "4:17-4:18"],
    ["lone CR", '{\r"a": {"name": "A", "description": "d",\r"endpoint": 7 } }', "3:13-3:14"],
    ["tabs, each one column", '{\n\t"a": {"name": "A", "description": "d",\n\t\t"endpoint": 7 } }', "3:15-3:16"],
    [
      "a byte order mark, which is no column",
      '\ufeff{"a": {"name": "A", "description": "d", "endpoint": 7}}',
      "1:53-1:54",
    ],
    ["wide letters, in UTF-16 units", '{"a": {"name": "日本😀", "description": "d", "endpoint": 7}}', "1:56-1:57"],
    ["what is missing: at the object", '{"a": {"name": "A",\n"description": "d"}}', "1:7-2:20"],
    [
      "the last of a key that stands twice",
      '{"a": 1, "a": {"name": "A", "description": "d", "endpoint": 7}}',
      "1:61-1:62",
    ],
    ["keys with / and ~", '{"a/b~c": {"name": "A", "description": "d", "endpoint": 7}}', "1:57-1:58"],
  ])("%s", (_, text, place) => {
    const errors = check(text).filter(({ severity }) => severity === "error");
    expect(errors.map(at)).toEqual([expect.stringContaining(` ${place}`)]);
  });

  it("the whole file, where it is the whole", () => {
    expect(check("[]").map(at)).toEqual(["wrong-root 1:1-1:3"]);
  });

  it("names the widget, app or agent", () => {
    expect(check('{"a": {}}')[0]).toMatchObject({ owner: "a", source: "widgets.json" });
    expect(check('[{"name": "Desk"}]', "apps.json")[0]).toMatchObject({ owner: "Desk" });
    expect(check('{"name": "Desk"}', "apps.json")[0]).toMatchObject({ owner: "Desk" });
    expect(check("[{}]", "apps.json")[0]).toMatchObject({ owner: "app 1" });
    expect(check('[{"id": "a"}, 7]', "agents.json").at(-1)).toMatchObject({ owner: "agent 2" });
  });

  it("counts one widget that is a whole file as one", () => {
    const text = '{"name": "Prices", "description": "d", "endpoint": "prices", "type": "table"}';
    const { checked } = checkFiles("x", [{ file: "widgets.json", name: "widgets.json", text }]);
    expect(checked.widgets).toBe(1);
  });

  it("however many there are, also where a key that stands twice takes all of their places along", () => {
    const keys = Array.from({ length: 130_000 }, (_, index) => `w${index}`);
    const many = `{${keys.map((key) => `"${key}":0`).join()}}`;
    expect(check(many)).toHaveLength(keys.length);
    const pointers = keys.map((key) => `/a/${key}`);
    expect(spansOf(`{"a":${many},"a":5}`, pointers).get("/a/w0")).toMatchObject({ length: 1 });
  });

  it("are in the order of the files, whatever the order in which they are given", () => {
    const files: CheckedFile[] = [
      { file: "apps.json", name: "apps.json", text: "[{}]" },
      { file: "widgets.json", name: "w.json", text: '{"b": {}, "a": {}}' },
    ];
    const found = checkFiles(".", files).findings;
    expect(new Set(found.map(({ source, owner }) => `${source} ${owner}`))).toEqual(
      new Set(["w.json b", "w.json a", "apps.json app 1"]),
    );
    expect(found[0]?.source).toBe("w.json");
  });

  it("of a backend that was called: in its files where there are any, else at its URL", () => {
    const about = { severity: "error", message: "m", why: "", code: "x" } as const;
    const files: CheckedFile[] = [{ file: "widgets.json", name: "http://h/widgets.json", text: '{"a": 1}' }];
    const found = locate("http://h", files, [
      { ...about, file: "widgets.json", path: "/a/endpoint" },
      { ...about, file: "apps.json", path: "" },
    ]);
    expect(found).toMatchObject([
      { source: "http://h/widgets.json", place: { line: 1, column: 7 }, owner: "a" },
      { source: "http://h" },
    ]);
  });
});

describe("faults of the text", () => {
  it("do not hide the rest", () => {
    const text = `{\n  "a": {\n    "name": "A", // the first\n    "description": "d",\n    "endpoint": 7,\n  },\n}\n`;
    expect(check(text).map(at)).toEqual([
      "invalid-json 3:18-3:30",
      "bad-value 5:17-5:18",
      "invalid-json 5:18-5:19",
      "invalid-json 6:4-6:5",
    ]);
  });

  it("are not reported a second time as a wrong value", () => {
    const text = '{"a": {"name": NaN, "description": "d", "endpoint": "e"}}';
    expect(check(text).map(({ code }) => code)).toEqual(["invalid-json"]);
  });

  it("that leave open what was meant are reported alone", () => {
    expect(check('{"a": {"name": "A", "endpo').map(({ code }) => code)).toEqual(["invalid-json"]);
    expect(check("").map(({ message }) => message)).toEqual(["It is empty."]);
  });

  it("of one file do not stop the others", () => {
    const found = checkFiles(".", [
      { file: "widgets.json", name: "widgets.json", text: "{" },
      { file: "apps.json", name: "apps.json", text: '[{"tabs": {}}]' },
    ]).findings;
    expect(found.map(({ file, code }) => `${file} ${code}`)).toContain("apps.json missing-field");
  });

  it("a key twice: both lines are named", () => {
    const [found] = check(`{\n  "a": ${JSON.stringify(PRICES)},\n  "a": ${JSON.stringify(PRICES)}\n}`);
    expect(found).toMatchObject({
      code: "duplicate-key",
      severity: "warning",
      place: { line: 3, column: 3 },
      path: "/a",
    });
    expect(found?.message).toContain("line 2");
  });

  it("keys that only look alike, or stand in texts, are not twice", () => {
    const text = JSON.stringify({ a: { ...PRICES, name: '"x": {"x": 1}', description: '\\"name":' } });
    expect(check(text)).toEqual([]);
    expect(check('{"__proto__": {"a": 1, "a": 2}}').map(({ code }) => code)).toContain("duplicate-key");
  });

  it("UTF-16, and bytes that are no UTF-8", () => {
    const text = JSON.stringify({ a: PRICES });
    expect(check(text, "widgets.json", { encoding: "utf-16" })).toMatchObject([
      { code: "invalid-json", severity: "error", hint: expect.stringContaining("UTF-8") },
    ]);
    const broken = JSON.stringify({ a: { ...PRICES, name: "Caf\ufffd" } });
    expect(check(broken, "widgets.json", { encoding: "broken" }).map(at)).toEqual([
      `not-utf-8 1:${broken.indexOf("\ufffd") + 1}-1:${broken.indexOf("\ufffd") + 1}`,
    ]);
  });

  it.each(FILE_RULES.map((rule) => [rule.code, rule] as const))("the examples of %s", (code, { bad, good }) => {
    const encoding = bad.text?.includes("\ufffd") ? { encoding: "broken" as const } : {};
    const found = check(bad.text ?? "", "widgets.json", encoding);
    expect(new Set(found.map((one) => one.code))).toEqual(
      new Set([code, ...(code === "invalid-json" ? ["missing-field"] : [])]),
    );
    expect(found.filter((one) => one.code === code).every(({ why }) => why.length > 20)).toBe(true);
    expect(check(JSON.stringify(good.widgets))).toEqual([]);
  });
});

it("never throws, and every place lies inside the text", () => {
  const sound = JSON.stringify(
    { a: { ...PRICES, params: [{ paramName: "x", type: "text", value: 1 }], type: "tabel" } },
    null,
    1,
  );
  // Texts of files with something cut out and something put in.
  const spoilt = fc
    .tuple(
      fc.nat(sound.length),
      fc.nat(6),
      fc.string({ unit: fc.constantFrom(..."{}[],:\"' \n\r\t/*a1é\ufeff"), maxLength: 5 }),
    )
    .map(([from, count, put]) => sound.slice(0, from) + put + sound.slice(from + count));
  fc.assert(
    fc.property(fc.oneof(spoilt, fc.json(), fc.string({ unit: "binary" })), (text) => {
      const lines = text.split(/\r\n|\n|\r/);
      for (const file of ["widgets.json", "apps.json", "agents.json"] as const) {
        for (const { place, end } of check(text, file)) {
          for (const one of [place, end]) {
            if (!one) continue;
            expect(one.line).toBeLessThanOrEqual(lines.length);
            expect(one.column).toBeLessThanOrEqual((lines[one.line - 1]?.length ?? 0) + 1);
          }
        }
      }
    }),
    { numRuns: 500 },
  );
});

it("takes texts that are nested far too deeply", () => {
  for (const text of [
    `${"[".repeat(50_000)}${"]".repeat(50_000)}`,
    `${'{"a":'.repeat(50_000)}1${"}".repeat(50_000)}`,
  ]) {
    expect(Array.isArray(check(text))).toBe(true);
  }
});

it("places ten thousand findings in one go", () => {
  const columnsDefs = Array.from({ length: 10 }, (_, n) => ({ field: `f${n}`, headerName: `F${n}` }));
  const widgets = Object.fromEntries(
    Array.from({ length: 1000 }, (_, n) => [`w${n}`, { ...PRICES, data: { table: { columnsDefs } } }]),
  );
  const text = JSON.stringify(widgets, null, 2);
  const pointers = Object.keys(widgets).flatMap((id) =>
    columnsDefs.map((_, n) => `/${id}/data/table/columnsDefs/${n}/field`),
  );
  const took = stopwatch();
  const spans = spansOf(text, pointers);
  const spent = took();
  expect(spans.size).toBe(10_000);
  const last = spans.get("/w999/data/table/columnsDefs/9/field");
  expect(last && text.slice(last.offset, last.offset + last.length)).toBe('"f9"');
  // 60 ms on a quiet machine; a walk for each pointer would take minutes.
  expect(spent).toBeLessThan(5_000);
});

it.each([
  ["widgets.json", "[]", "widgets.json"],
  ["my_Widgets.json", "[]", "widgets.json"],
  ["templates.json", "{}", "apps.json"],
  ["desk-apps.json", "{}", "apps.json"],
  ["openbb-widgets-apps.json", "{}", "apps.json"],
  ["copilots.json", "{}", "agents.json"],
  ["x.json", '[{"name": "A", "tabs": {}}]', "apps.json"],
  ["x.json", '{"name": "A", "tabs": {}}', "apps.json"],
  ["x.json", '{"tabs": {"name": "Tabs", "description": "d", "endpoint": "tabs"}}', "widgets.json"],
  ["x.json", '[{"id": "a", "name": "A", "endpoints": {"query": "q"}}]', "agents.json"],
  ["x.json", '{"a": {"name": "A", "endpoints": {"query": "q"}}}', "agents.json"],
  ["x.json", '{"a": {"name": "A", "endpoint": "a"}}', "widgets.json"],
  ["x.json", "{", "widgets.json"],
  ["x.json", "null", "widgets.json"],
])("%s with %s is a %s", (name, text, kind) => {
  expect(kindOf(name, text)).toBe(kind);
});
