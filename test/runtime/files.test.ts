import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, expect, it } from "vitest";
import { readJson } from "../../templates/project/src/openbb/files.js";

const folder = mkdtempSync(join(tmpdir(), "files-"));
afterAll(() => rmSync(folder, { recursive: true }));

function written(text: string): URL {
  const path = join(folder, "widgets.json");
  writeFileSync(path, text);
  return pathToFileURL(path);
}

it("reads JSON, also after a byte order mark", () => {
  expect(readJson(written('\uFEFF{"a":1}'))).toEqual({ a: 1 });
});

it("says in which line a fault is", () => {
  // Newer versions of Node say so themselves: once, and not twice.
  expect(() => readJson(written('{\n  "a": 1,\n  "b" 2\n}'))).toThrow(
    /widgets\.json cannot be read: [^(]+ at position 18 \(line 3 column 7\)$/,
  );
  expect(() => readJson(written(""))).toThrow(/cannot be read: Unexpected end of JSON input$/);
});
