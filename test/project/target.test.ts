import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { filesInTheWay, harmless, readTarget } from "../../src/project/target.js";
import { errorOf, fill, scratch, tree, windows } from "./helpers.js";

describe("readTarget", () => {
  it("reads what stands at the wanted paths, byte for byte", async () => {
    const folder = scratch();
    fill(folder, { "widgets.json": '\uFEFF{"a": "é🦀"}\r\n', "src/app.ts": "", "日本/a b.md": "x", "other.txt": "no" });
    writeFileSync(join(folder, "logo.png"), Buffer.from([0x89, 0x50, 0xff]));
    const wanted = ["widgets.json", "src/app.ts", "src/gone.ts", "日本/a b.md", "logo.png", "not/there.ts"];
    const before = tree(folder);
    expect(await readTarget(folder, wanted)).toEqual({
      path: folder,
      exists: true,
      entries: ["logo.png", "other.txt", "src", "widgets.json", "日本"],
      files: {
        "widgets.json": { text: '\uFEFF{"a": "é🦀"}\r\n' },
        "src/app.ts": { text: "" },
        "日本/a b.md": { text: "x" },
        "logo.png": { text: null },
      },
    });
    expect(tree(folder)).toEqual(before);
  });

  it.skipIf(windows)("knows a target that does not exist, with links on the way resolved", async () => {
    const folder = scratch();
    mkdirSync(join(folder, "real"));
    symlinkSync("real", join(folder, "link"));
    const missing = { exists: false, entries: [], files: {} };
    expect(await readTarget(join(folder, "a/b/c"), ["x"])).toEqual({ path: join(folder, "a/b/c"), ...missing });
    expect(await readTarget(join(folder, "link/new"), ["x"])).toEqual({ path: join(folder, "real/new"), ...missing });
    expect((await readTarget(join(folder, "link"), [])).path).toBe(join(folder, "real"));
  });

  it.skipIf(windows).each([
    ["a file", "file", /file is a file\.$/],
    ["a place below a file", "file/x/y", /file is a file: nothing can be created below it/],
    ["a link to a file", "to-file", /to-file is a file\.$/],
    ["a dangling link", "dangling", /dangling is a symbolic link to nowhere, which does not exist/],
    ["a place below a dangling link", "dangling/x", /dangling is a symbolic link/],
    ["a link in a circle", "circle", /circle is a symbolic link to circle/],
  ])("refuses %s", async (_what, name, message) => {
    const folder = scratch();
    fill(folder, { file: "x" });
    symlinkSync("file", join(folder, "to-file"));
    symlinkSync("nowhere", join(folder, "dangling"));
    symlinkSync("circle", join(folder, "circle"));
    expect(await errorOf(readTarget(join(folder, name), ["x"]))).toMatchObject({
      exitCode: 3,
      message: expect.stringMatching(message),
      hint: expect.stringMatching(/choose another directory|Choose another directory/),
    });
  });

  it.skipIf(windows).each([
    ["a link as parent", "linked/a.ts", /"linked" in .* is a symbolic link/],
    ["a link deeper", "src/linked/a.ts", /"src\/linked" in .* is a symbolic link/],
    ["a link at the path", "link.json", /"link.json" in .* is a symbolic link/],
    ["a dangling link at the path", "dangling", /"dangling" in .* is a symbolic link/],
    ["a file where a folder should be", "file/a.ts", /a file where a folder should be: "file" in/],
    ["the same, deeper", "src/file/b/a.ts", /a file where a folder should be: "src\/file" in/],
    ["a folder where a file should be", "src", /a folder where a file should be: "src" in/],
  ])("refuses %s", async (_what, wanted, message) => {
    const folder = scratch();
    fill(folder, { file: "x", "src/file": "x" });
    for (const [name, to] of [
      ["linked", "src"],
      ["src/linked", "."],
      ["link.json", "file"],
      ["dangling", "nowhere"],
    ] as const) {
      symlinkSync(to, join(folder, name));
    }
    const error = await errorOf(readTarget(folder, ["ok.ts", wanted]));
    expect(error).toMatchObject({ exitCode: 3, message: expect.stringMatching(message) });
    expect(error.hint).toMatch(/^(Move|Remove) the (file|folder|link)( away)?, or choose another directory\.$/);
    // What is not wanted may stand there.
    expect((await readTarget(folder, ["ok.ts"])).files).toEqual({});
  });

  it.skipIf(windows)("refuses what is neither file nor folder", async () => {
    const error = await errorOf(readTarget("/dev", ["null"]));
    expect(error).toMatchObject({ exitCode: 3, message: expect.stringContaining("not a regular file") });
  });
});

describe("files in the way", () => {
  it.each([
    ".git",
    ".gitattributes",
    ".hg",
    ".idea",
    ".vscode",
    ".devcontainer",
    ".DS_Store",
    "Thumbs.db",
    "desktop.ini",
  ])("%s is harmless", (name) => expect(harmless(name)).toBe(true));

  it.each([
    "LICENSE",
    "license.md",
    "LICENCE.txt",
    "LICENSE-MIT",
    "UNLICENSE",
    "COPYING",
    "COPYING.LESSER",
    "NOTICE",
    "NOTICE.md",
  ])("%s is harmless", (name) => expect(harmless(name)).toBe(true));

  it.each([".create-openbb-backend", ".create-openbb-backend.12-0a1b2c3d", ".x y.create-openbb-backend-12-0a1b2c3d"])(
    "%s is ours",
    (name) => expect(harmless(name)).toBe(true),
  );

  it.each([
    "package.json",
    "src",
    ".env",
    ".github",
    "README.md",
    "licenseserver.ts",
    "notices",
    "git",
    "node_modules",
    "",
  ])("%j is in the way", (name) => expect(harmless(name)).toBe(false));

  it("lists entries, and wanted files in harmless folders", () => {
    const files = { ".vscode/settings.json": { text: "{}" }, "src/a.ts": { text: "" }, LICENSE: { text: "" } };
    const state = { path: "/x", exists: true, entries: [".git", ".vscode", "LICENSE", "b.txt", "src"], files };
    expect(filesInTheWay(state)).toEqual([".vscode/settings.json", "LICENSE", "b.txt", "src"]);
    expect(filesInTheWay({ ...state, entries: [".git", "LICENSE"], files: {} })).toEqual([]);
  });
});
