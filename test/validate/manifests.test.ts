import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import type { CliError } from "../../src/errors.js";
import { readManifests, repositoryOf, watchedBy } from "../../src/project/manifests.js";
import { signatureOf, waitForChange } from "../../src/project/watch.js";

const home = mkdtempSync(join(tmpdir(), "openbb-manifests-"));
afterAll(() => rmSync(home, { recursive: true, force: true }));
let folder = "";
let count = 0;
beforeEach(() => {
  folder = join(home, String(count++));
  mkdirSync(folder);
});
const put = (name: string, content: string | Buffer = "{}") => {
  mkdirSync(join(folder, name, ".."), { recursive: true });
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};
const refusal = async (path: string) => {
  const error = await readManifests(path).then(
    () => undefined,
    (thrown: CliError) => thrown,
  );
  return { exitCode: error?.exitCode, message: error?.message ?? "", hint: error?.hint ?? "" };
};

describe("a folder without widgets.json", () => {
  it("names those below it that have one, and no folder of that name", async () => {
    put("node_modules/x/widgets.json");
    put("odd/widgets.json/x");
    put("packages/desk/widgets.json");
    expect((await refusal(folder)).hint).toBe(`There is one in ${join(folder, "packages", "desk")}: give that folder.`);
    put("api/static/public/widgets.json");
    const hint = (await refusal(folder)).hint;
    expect(hint).toContain(join(folder, "packages", "desk"));
    expect(hint).toContain(join(folder, "api", "static", "public"));
    expect(hint).toContain("give one of these folders");
  });

  it("names the nearest first, and does not look everywhere", async () => {
    put("a/b/c/widgets.json");
    put("z/widgets.json");
    expect((await refusal(folder)).hint).toContain(`in ${join(folder, "z")}, ${join(folder, "a", "b", "c")}:`);
    // As in a home folder: more folders than anyone wants to wait for.
    for (let a = 0; a < 100; a++)
      for (let b = 0; b < 100; b++) mkdirSync(join(folder, `z${a}/${b}`), { recursive: true });
    put("z39/39/widgets.json");
    const hint = (await refusal(folder)).hint;
    expect(hint).toContain(join(folder, "z"));
    expect(hint).not.toContain("z39");
  });
});

describe("reading the files of a backend", () => {
  it("takes what Workspace would ask for", async () => {
    put("widgets.json", '{"a": 1}');
    put("templates.json", "[]");
    put("agents.json");
    const { root, files, handlers } = await readManifests(folder);
    expect(root).toBe(folder);
    expect(files.map(({ file, name }) => [file, name])).toEqual([
      ["widgets.json", join(folder, "widgets.json")],
      ["apps.json", join(folder, "templates.json")],
      ["agents.json", join(folder, "agents.json")],
    ]);
    rmSync(join(folder, "agents.json"));
    put("copilots.json", "[]");
    expect((await readManifests(folder)).files[2]).toMatchObject({
      file: "agents.json",
      name: join(folder, "copilots.json"),
    });
    expect(files[0]?.text).toBe('{"a": 1}');
    expect(handlers).toBeUndefined();
    put("apps.json", "[]");
    expect((await readManifests(folder)).files[1]?.name).toBe(join(folder, "apps.json"));
  });

  it("knows the handlers of a project of this tool", async () => {
    put("widgets.json");
    put("openbb-backend.json");
    put("src/widgets/prices.ts", 'export default table("prices_2", () => []);');
    put("src/widgets/volumes.ts", "export const x = 1;");
    put("src/widgets/index.gen.ts", "");
    expect((await readManifests(folder)).handlers).toEqual(["prices_2", "volumes"]);
  });

  it("takes one file, whatever its name", async () => {
    const path = put("x.json", "[]");
    const { root, files } = await readManifests(path);
    expect(root).toBe(folder);
    expect(files).toMatchObject([{ file: undefined, name: path, text: "[]" }]);
  });

  it.each([
    ["main.py", "import json\n"],
    ["widgets.ts", '// {"a": 1}\nexport default {};\n'],
    ["desk.yaml", "directory: desk\n"],
    ["pyproject.toml", "[project]\n"],
    ["page.hbs", "{{#if x}}{{/if}}"],
    ["logo.png", Buffer.from("89504e470d0a1a0a0000000d49484452", "hex")],
    ["empty", ""],
    ["package.json", '{"name": "desk"}'],
    ["tsconfig.base.json", "{}"],
    ["openbb-backend.json", "{}"],
  ])("refuses %s, and names its folder", async (name, content) => {
    const { exitCode, hint } = await refusal(put(name, content));
    expect(exitCode).toBe(3);
    expect(hint).toContain(folder);
  });

  it.each([
    ["desk.txt", ' {"a": {}}'],
    ["desk", "[ { } ]"],
    ["desk.js", "// Widgets\n/* of ours */ { a: 1, }"],
    ["desk.json", "<html>"],
    ["my-package.json", "{}"],
    ["wide.txt", Buffer.from("\ufeff{}", "utf16le")],
  ])("takes %s", async (name, content) => {
    expect((await readManifests(put(name, content))).files).toHaveLength(1);
  });

  it("reads UTF-16, and says what is no UTF-8", async () => {
    const read = async (content: Buffer) => (await readManifests(put("w.json", content))).files[0];
    const be = Buffer.from("\ufeff{}", "utf16le").swap16();
    expect(await read(Buffer.from("\ufeff{}", "utf16le"))).toMatchObject({ text: "{}", encoding: "utf-16" });
    expect(await read(be)).toMatchObject({ text: "{}", encoding: "utf-16" });
    expect(await read(Buffer.from('{"a": 1}', "utf16le"))).toMatchObject({ text: '{"a": 1}', encoding: "utf-16" });
    expect(await read(Buffer.from('{"a": "é"}', "latin1"))).toMatchObject({
      text: '{"a": "\ufffd"}',
      encoding: "broken",
    });
    expect(await read(Buffer.from("\ufeff{}"))).toMatchObject({ text: "\ufeff{}" });
    expect((await read(Buffer.from("\ufeff{}")))?.encoding).toBeUndefined();
    expect(await read(Buffer.alloc(0))).toMatchObject({ text: "" });
  });

  it("refuses what is not there or cannot be checked, with a remedy", async () => {
    expect(await refusal(join(folder, "none"))).toMatchObject({
      exitCode: 2,
      hint: expect.stringContaining("http://"),
    });
    expect(await refusal(folder)).toMatchObject({ exitCode: 3, message: expect.stringContaining("no widgets.json") });
    put("apps.json");
    expect((await refusal(folder)).hint).toContain(join(folder, "apps.json"));
    put("backend/widgets.json");
    expect((await refusal(folder)).hint).toContain(`in ${join(folder, "backend")}:`);
    put("big/widgets.json");
    truncateSync(join(folder, "big/widgets.json"), 11 * 1024 * 1024);
    expect(await refusal(join(folder, "big"))).toMatchObject({
      exitCode: 3,
      message: expect.stringContaining("10 MB"),
    });
    mkdirSync(join(folder, "odd/widgets.json"), { recursive: true });
    expect(await refusal(join(folder, "odd"))).toMatchObject({
      exitCode: 3,
      message: expect.stringContaining("no file"),
    });
    if (process.platform === "win32") return;
    symlinkSync("loop", join(folder, "loop"));
    expect(await refusal(join(folder, "loop"))).toMatchObject({
      exitCode: 3,
      message: expect.stringContaining("ELOOP"),
    });
  });

  it("finds the repository", () => {
    mkdirSync(join(folder, ".git"));
    mkdirSync(join(folder, "a/b"), { recursive: true });
    expect(repositoryOf(join(folder, "a/b"))).toBe(folder);
  });
});

describe("watching", () => {
  it.each([
    ["a file is written", () => put("widgets.json", '{"a": 1}')],
    [
      "a file is replaced by another of the same size",
      () => {
        rmSync(join(folder, "widgets.json"));
        put("widgets.json", "[]");
      },
    ],
    ["a file goes", () => rmSync(join(folder, "widgets.json"))],
    ["a file comes", () => put("apps.json")],
    ["a handler comes", () => put("src/widgets/prices.ts")],
  ])("notices that %s", async (_, change) => {
    put("widgets.json");
    const watched = watchedBy(folder);
    const before = await signatureOf(watched);
    const changed = waitForChange(watched, before, AbortSignal.timeout(20_000));
    setTimeout(change, 50);
    expect(await changed).toBe(true);
  });

  it("passes over what is no part of the check, and ends when it is told to", async () => {
    put("widgets.json");
    const watched = watchedBy(folder);
    const before = await signatureOf(watched);
    setTimeout(() => put("other.json"), 20);
    expect(await waitForChange(watched, before, AbortSignal.timeout(1200))).toBe(false);
  });

  it("waits until a file that is being written comes to rest", async () => {
    put("widgets.json");
    const watched = watchedBy(folder);
    const before = await signatureOf(watched);
    let writes = 0;
    const timer = setInterval(() => {
      put("widgets.json", "x".repeat(100 + writes++));
      if (writes === 10) clearInterval(timer);
    }, 100);
    expect(await waitForChange(watched, before, AbortSignal.timeout(20_000))).toBe(true);
    expect(writes).toBe(10);
  });
});
