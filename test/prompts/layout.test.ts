import { stripVTControlCharacters } from "node:util";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { oneLine, summaryLines, treeLines, wrap } from "../../src/prompts/layout.ts";

describe("treeLines", () => {
  const files = [
    "b.json",
    "a.json",
    "src/app.ts",
    "src/openbb/x.ts",
    "src/openbb/y.ts",
    "src/widgets/only.ts",
    ".github/workflows/ci.yml",
  ];

  it("draws folders first, and folders with one entry on one line", () => {
    expect(treeLines(files, 99, 80)).toEqual([
      ".github/workflows/ci.yml",
      "src/",
      "  openbb/",
      "    x.ts",
      "    y.ts",
      "  widgets/only.ts",
      "  app.ts",
      "a.json",
      "b.json",
    ]);
  });

  it("counts the innermost folders when there is no room, then those around them", () => {
    expect(treeLines(files, 8, 80)).toEqual([
      ".github/workflows/ci.yml",
      "src/",
      "  openbb/  (2 files)",
      "  widgets/only.ts",
      "  app.ts",
      "a.json",
      "b.json",
    ]);
    expect(treeLines(files, 4, 80)).toEqual([".github/workflows/ci.yml", "src/  (4 files)", "a.json", "b.json"]);
  });

  it("never leaves out what stands at the top", () => {
    expect(treeLines(["a", "b", "c"], 1, 80)).toEqual(["a", "b", "c"]);
    expect(treeLines([], 1, 80)).toEqual([]);
  });

  it("holds every file once, at any size", () => {
    const part = fc.stringMatching(/^[a-d]{1,2}$/);
    const paths = fc.uniqueArray(
      fc.tuple(fc.array(part, { maxLength: 3 }), fc.nat(9)).map(([folders, n]) => [...folders, `${n}.ts`].join("/")),
    );
    fc.assert(
      fc.property(paths, fc.integer({ min: 1, max: 40 }), (list, most) => {
        const lines = treeLines(list, most, 200);
        const counted = lines.map((line) =>
          Number(/\((\d+) files\)$/.exec(line)?.[1] ?? (line.endsWith(".ts") ? 1 : 0)),
        );
        expect(counted.reduce((sum, n) => sum + n, 0)).toBe(list.length);
      }),
    );
  });
});

describe("summaryLines", () => {
  it("aligns the values and wraps them under themselves", () => {
    const rows = [
      { label: "Name", value: "desk" },
      { label: "Widget types", value: "table, chart, metric, newsfeed" },
    ];
    expect(summaryLines(rows, 40).map((line) => stripVTControlCharacters(line))).toEqual([
      "Name          desk",
      "Widget types  table, chart, metric,",
      "              newsfeed",
    ]);
  });

  it("puts values under their labels where columns are few", () => {
    expect(
      summaryLines([{ label: "Package manager", value: "npm" }], 20).map((line) => stripVTControlCharacters(line)),
    ).toEqual(["Package manager", "  npm"]);
  });
});

describe("wrap and oneLine", () => {
  it("keep to the width, wide characters included", () => {
    expect(wrap("one two three", 7)).toEqual(["one two", "three"]);
    expect(wrap("价格历史", 4)).toEqual(["价格", "历史"]);
    expect(oneLine("short", 10)).toBe("short");
    expect(oneLine("abcdefghijkl", 10)).toBe("abcdefg...");
  });
});
