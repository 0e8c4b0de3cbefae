import { describe, expect, it } from "vitest";
import { lineIndex } from "../../src/plan/json/lines.js";
import { codeFrame } from "../../src/validate/frame.js";
import { stopwatch } from "../timing.js";

const frame = (text: string, line: number, column: number, end?: [number, number]) =>
  codeFrame(lineIndex(text), { line, column }, end && { line: end[0], column: end[1] }, 2);

describe("the line and the caret", () => {
  it.each([
    ["a value", '{\n  "a": 12\n}', 2, 8, [2, 10], [' 2 |   "a": 12', "   |        ^^"]],
    ["CRLF", '{\r\n  "a": 12\r\n}', 2, 8, [2, 10], [' 2 |   "a": 12', "   |        ^^"]],
    ["tabs", '{\n\t"a":\t12\n}', 2, 7, [2, 9], [' 2 |     "a":    12', "   |             ^^"]],
    ["wide letters", '"日本": "東"', 1, 7, [1, 10], [' 1 | "日本": "東"', "   |         ^^^^"]],
    ["emoji", '"😀": 1', 1, 7, [1, 8], [' 1 | "😀": 1', "   |       ^"]],
    ["combining letters", '"e\u0301": 1', 1, 7, [1, 8], [' 1 | "e\u0301": 1', "   |      ^"]],
    ["an escape sequence", '"\u001b[31m": 1', 1, 10, [1, 11], [' 1 | "\\u001b[31m": 1', "   |               ^"]],
    ["an object: its beginning", '{"a": {\n"b": 1}}', 1, 7, [2, 8], [' 1 | {"a": {', "   |       ^"]],
    ["the end of a line", "{", 1, 2, [1, 2], [" 1 | {", "   |  ^"]],
    ["a place that is not there", "{", 7, 9, undefined, [" 7 | ", "   | ^"]],
    ["a byte order mark", '\ufeff"a"', 1, 1, [1, 4], [' 1 | "a"', "   | ^^^"]],
  ] as const)("%s", (_, text, line, column, end, lines) => {
    expect(frame(text, line, column, end as [number, number] | undefined)).toEqual(lines);
  });

  it("shows of a long line what is around the place", () => {
    const text = `{${'"key": "value", '.repeat(50_000)}"x": 1}`;
    const took = stopwatch();
    const [line, marks] = frame(text, 1, text.length - 1, [1, text.length]);
    expect(took()).toBeLessThan(1000);
    expect(line.length).toBeLessThan(120);
    expect(line[marks.indexOf("^")]).toBe("1");
    expect(line).toContain("…");
    const [narrow, mark] = codeFrame(lineIndex(text), { line: 1, column: text.length - 1 }, undefined, 2, 50);
    expect(narrow.length).toBeLessThanOrEqual(50);
    expect(narrow[mark.indexOf("^")]).toBe("1");
    const [first] = frame(text, 1, 2, [1, 7]);
    expect(first).toMatch(/^ 1 \| \{"key": .*…$/);
    expect(first.length).toBeLessThan(120);
  });
});
