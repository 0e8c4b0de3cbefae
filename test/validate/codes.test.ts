import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { codesPage } from "../../build/codes.js";
import { explain, wantedCode } from "../../src/cli/explain.js";
import { Output } from "../../src/cli/output.js";
import { RULES } from "../../src/contract/rules/index.js";
import { compactJson, shownExample } from "../../src/validate/examples.js";

function said(code: string | undefined, json = false): string {
  let text = "";
  const output = new Output({ write: (part) => (text += part) }, { write: () => true }, json);
  expect(explain(code, { output, signal: new AbortController().signal })).toBe(0);
  return text;
}

describe("the page of codes", () => {
  it("is what the rules say: npm run docs writes it", () => {
    const page = readFileSync("docs/codes.md", "utf8").replace(/\r\n/g, "\n");
    expect(page === codesPage(), "docs/codes.md is stale: run npm run docs").toBe(true);
  });

  it("has a section with a bad and a good example for every code", () => {
    const page = codesPage();
    for (const { code, bad, good } of RULES) {
      expect(page).toContain(`\n### ${code}\n`);
      expect(shownExample(bad), code).not.toHaveLength(0);
      expect(shownExample(good), code).not.toHaveLength(0);
    }
  });
});

describe("explain", () => {
  it("says everything of every code", () => {
    for (const { code, title, why, remedy } of RULES) {
      const text = said(code);
      for (const part of [code, title, why, remedy, "Bad:", "Good:"]) expect(text).toContain(part);
      expect(text).not.toMatch(/^\s*(undefined|\[object Object\])$/m);
    }
  });

  it("gives JSON, and the list of all", () => {
    expect(JSON.parse(said("invalid-json", true))).toMatchObject({ code: "invalid-json", severity: "error" });
    expect(JSON.parse(said(undefined, true)).codes).toHaveLength(RULES.length);
    for (const { code } of RULES) expect(said(undefined)).toContain(`  ${code} `);
  });

  it("knows the nearest code", () => {
    expect(() => wantedCode("invalid_json")).toThrow(
      expect.objectContaining({ exitCode: 2, hint: expect.stringContaining("Did you mean invalid-json?") }),
    );
    expect(() => wantedCode("\u001b[2J")).toThrow(
      expect.objectContaining({ message: 'There is no code "\\u001b[2J".' }),
    );
  });
});

it("writes JSON as people do", () => {
  const value = { a: [1, "x", null], b: { c: "y".repeat(90), d: undefined } };
  const text = compactJson(value);
  expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
  expect(text.split("\n")[1]).toBe('  "a": [1, "x", null],');
});
