import { mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { Output } from "../../src/cli/output.js";
import { fixFiles } from "../../src/cli/validate-fix.js";

const root = realpathSync(mkdtempSync(join(tmpdir(), "fix-command-")));
afterAll(() => rmSync(root, { recursive: true }));
const TEXT = '{"a": {"name": "A", "description": "d", "endpoint": "a", "type": "table_ssrm"}}';

const lines: string[] = [];
const stream = { write: (text: string) => lines.push(text) };
const context = { output: new Output(stream, stream, false), signal: new AbortController().signal };

describe.skipIf(process.platform === "win32")("--fix of a symbolic link", () => {
  writeFileSync(join(root, "real.json"), TEXT);
  symlinkSync("real.json", join(root, "widgets.json"));

  it.each([{ fix: true }, { dryRun: true }, { diff: true }])("is refused, also by a dry run: %j", async (flags) => {
    await expect(fixFiles(root, flags, context)).rejects.toMatchObject({
      exitCode: 3,
      message: expect.stringContaining("symbolic link"),
      hint: expect.stringContaining("real.json"),
    });
    expect(lines).toEqual([]);
    expect(readFileSync(join(root, "real.json"), "utf8")).toBe(TEXT);
  });

  it("is done for the file that it leads to, and for a link where there is nothing to mend", async () => {
    expect(await fixFiles(join(root, "real.json"), { fix: true }, context)).toBe(0);
    expect(readFileSync(join(root, "real.json"), "utf8")).toBe(TEXT.replace("table_ssrm", "ssrm_table"));
    expect(await fixFiles(root, { fix: true }, context)).toBe(0);
  });
});

it.each([{ fix: true }, { dryRun: true }])("a write-protected file is not replaced: %j", async (flags) => {
  const path = join(root, "protected.json");
  rmSync(path, { force: true });
  writeFileSync(path, TEXT, { mode: 0o444 });
  await expect(fixFiles(path, flags, context)).rejects.toMatchObject({
    exitCode: 3,
    message: expect.stringContaining("write-protected"),
  });
  expect(readFileSync(path, "utf8")).toBe(TEXT);
});
