import fc from "fast-check";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { CATALOG_TYPES } from "../../src/catalog/index.js";
import type { WidgetSpec } from "../../src/plan/spec.js";
import { textProblem } from "../../src/plan/widgets.js";
import { tree } from "./helpers.js";

/** Texts that break out of what they are put into, if they are put in carelessly. */
const NASTY = [
  '"',
  "'",
  "`",
  "\\",
  "${process.exit()}",
  "{{name}}",
  "{{{x}}}",
  "{{#if",
  "*/",
  "/*",
  "//",
  "<!--",
  "</script>",
  "\u2028",
  "\u202e",
  "😀",
  "עברית",
  "日本",
  "|",
  "---",
  "$&",
  "\t",
];

const text = fc
  .array(fc.oneof(fc.constantFrom(...NASTY), fc.string({ unit: "grapheme", maxLength: 8 })), {
    minLength: 1,
    maxLength: 20,
  })
  .map((parts) => parts.join("").slice(0, 200))
  .filter((made) => textProblem(made) === undefined);

const widget: fc.Arbitrary<WidgetSpec> = fc.record(
  { type: fc.constantFrom(...CATALOG_TYPES), name: text, description: text, category: text, subCategory: text },
  { requiredKeys: ["type"] },
);

/** Why TypeScript cannot parse a file; empty when it can. */
function syntaxErrors(path: string, code: string): string[] {
  const { diagnostics = [] } = ts.transpileModule(code, {
    fileName: path,
    reportDiagnostics: true,
    compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2023 },
  });
  return diagnostics.map(({ messageText }) => `${path}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`);
}

/** The paths of files whose text depends on the widgets. */
const DEPENDS = /^src\/(widgets\/.*|openbb\/params\.gen)\.ts$|^src\/config\.ts$/;

describe("whatever the user types", () => {
  it("the code parses, and the JSON says just that", () => {
    fc.assert(
      fc.property(fc.array(widget, { minLength: 1, maxLength: 4 }), (widgets) => {
        const files = tree({ widgets });
        for (const [path, code] of Object.entries(files)) {
          if (DEPENDS.test(path)) expect(syntaxErrors(path, code)).toEqual([]);
        }
        const written = Object.values(JSON.parse(files["widgets.json"] as string)) as WidgetSpec[];
        for (const [index, { name, description, category, subCategory }] of widgets.entries()) {
          const entry = written[index] as WidgetSpec;
          if (name !== undefined) expect(entry.name).toBe(name);
          if (description !== undefined) expect(entry.description).toBe(description);
          expect(entry.category).toBe(category);
          expect(entry.subCategory).toBe(subCategory);
        }
        JSON.parse(files["apps.json"] as string);
        JSON.parse(files["openbb-backend.json"] as string);
        expect(tree({ widgets })).toEqual(files);
      }),
      { numRuns: 60 },
    );
  });

  it("no description ends its comment, or turns the code around", () => {
    const code = tree({ widgets: [{ type: "metric", id: "m", description: "a */ process.exit() /* \u202e b" }] })[
      "src/widgets/m.ts"
    ] as string;
    expect(code).toContain("a * / process.exit() /* b");
    expect(code).not.toContain("\u202e");
  });

  it("columns of any name give rows that have them", () => {
    const field = fc.oneof(
      fc.constantFrom("__proto__", "constructor", "a b", "1", ...NASTY),
      fc.string({ minLength: 1 }),
    );
    fc.assert(
      fc.property(fc.uniqueArray(field, { minLength: 1, maxLength: 5 }), text, (fields, headerName) => {
        const columnsDefs = fields.map((name) => ({ field: name, headerName }));
        const code = tree({ widgets: [{ type: "table", id: "t", data: { table: { columnsDefs } } }] })[
          "src/widgets/t.ts"
        ];
        expect(syntaxErrors("t.ts", code as string)).toEqual([]);
        // The handler alone, run: every field is there, as an own key.
        const body = /async \(\) => \{([\s\S]*)\}, \{ cache: 300 \}\);\n$/.exec(code as string)?.[1] as string;
        const { outputText } = ts.transpileModule(`(() => {${body}})()`, {
          compilerOptions: { target: ts.ScriptTarget.ES2023 },
        });
        const rows = new Function("random", outputText.replace(/^("use strict";)?\s*/, "return "))(
          () => Math.random,
        ) as object[];
        for (const name of fields) expect(Object.hasOwn(rows[0] as object, name)).toBe(true);
      }),
      { numRuns: 40 },
    );
  });
});
