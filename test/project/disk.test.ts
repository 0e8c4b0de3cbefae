import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { applyPlan } from "../../src/project/apply.js";
import { recover } from "../../src/project/recover.js";
import { readTarget } from "../../src/project/target.js";
import { create, edit, errorOf, fill, mountable, planOf, scratch, tree } from "./helpers.js";

const noMount = !mountable();
const asRoot = process.getuid?.() === 0;
const mounted: string[] = [];

function mount(): string {
  const folder = scratch();
  execFileSync("mount", ["-t", "tmpfs", "-o", "size=64k", "tmpfs", folder]);
  mounted.push(folder);
  return folder;
}

afterEach(() => {
  for (const folder of mounted.splice(0)) execFileSync("umount", ["-l", folder]);
});

const big = create("src/big.ts", "x".repeat(200_000));

describe.skipIf(noMount)(`disk full${noMount ? " (skipped: mounting a tmpfs needs root on Linux)" : ""}`, () => {
  it("for a new target: nothing left", async () => {
    const disk = mount();
    const error = await errorOf(applyPlan({ target: join(disk, "a/b"), plan: planOf(create("a"), big, create("b")) }));
    expect(error.message).toBe(`Could not write to ${join(disk, "a/b")}: the disk is full. Nothing was changed.`);
    expect(error).toMatchObject({ exitCode: 1, hint: expect.stringMatching(/Free some space/) });
    expect(readdirSync(disk)).toEqual([]);
  });

  it("for an existing one: nothing changed", async () => {
    const disk = mount();
    fill(disk, { "widgets.json": "{}" });
    const before = tree(disk);
    const plan = planOf(edit("widgets.json", "{}", "{1}", "widgets.json.bak"), create("a/b/c"), big);
    const error = await errorOf(applyPlan({ target: disk, plan }));
    expect(error.message).toBe(`Could not write to ${disk}: the disk is full. Nothing was changed.`);
    expect(tree(disk)).toEqual(before);
  });

  it("with every amount of space that is left: all or nothing", async () => {
    // Each page less makes another step fail: the lock, staging, the journal, a folder.
    const outcomes = new Set<number>();
    for (let free = 0; free <= 14; free++) {
      const disk = mount();
      fill(disk, { "widgets.json": "{}" });
      fill(disk, { ballast: "x".repeat((15 - free) * 4096) });
      const before = tree(disk);
      const plan = planOf(edit("widgets.json", "{}", "{1}", "widgets.json.bak"), create("a/b/c"), create("d/e"));
      const code = await applyPlan({ target: disk, plan }).then(
        () => 0,
        (error) => error.exitCode,
      );
      outcomes.add(code);
      if (code === 0) expect(tree(disk)["widgets.json"]).toBe("644 {1}");
      else expect(tree(disk)).toEqual(before);
      expect(await recover(disk)).toEqual({ action: "none", details: [] });
    }
    expect([...outcomes].sort()).toEqual([0, 1]);
  });
});

describe.skipIf(noMount)(`read-only disk${noMount ? " (skipped: mounting a tmpfs needs root on Linux)" : ""}`, () => {
  it.each([
    ["a new target", "new"],
    ["an existing target", "."],
  ])("%s: one sentence", async (_what, name) => {
    const disk = mount();
    fill(disk, { "widgets.json": "{}" });
    execFileSync("mount", ["-o", "remount,ro", disk]);
    const target = join(disk, name);
    const before = tree(disk);
    expect(await recover(target)).toEqual({ action: "none", details: [] });
    expect((await readTarget(target, ["widgets.json"])).exists).toBe(name === ".");
    const error = await errorOf(applyPlan({ target, plan: planOf(create("x")) }));
    expect(error.message).toBe(`Could not write to ${target}: the file system is read-only. Nothing was changed.`);
    expect(error).toMatchObject({ exitCode: 1, hint: "Choose a directory that can be written to." });
    expect(tree(disk)).toEqual(before);
  });
});

describe.skipIf(noMount)(
  `another file system inside${noMount ? " (skipped: mounting needs root on Linux)" : ""}`,
  () => {
    it("is a clear refusal, and nothing is changed", async () => {
      const target = scratch();
      mkdirSync(join(target, "src"));
      execFileSync("mount", ["-t", "tmpfs", "-o", "size=64k", "tmpfs", join(target, "src")]);
      mounted.push(join(target, "src"));
      const error = await errorOf(applyPlan({ target, plan: planOf(create("a"), create("src/b")) }));
      expect(error).toMatchObject({
        exitCode: 1,
        message: expect.stringMatching(/another file system.*Nothing was changed/),
      });
      expect(readdirSync(target)).toEqual(["src"]);
    });

    it("a target that is a mount point works", async () => {
      const disk = mount();
      await applyPlan({ target: disk, plan: planOf(create("a/b")) });
      expect(Object.keys(tree(disk))).toEqual(["a", "a/b"]);
    });
  },
);

describe.skipIf(asRoot || process.platform === "win32")(
  `no permission${asRoot ? " (skipped: root may do anything)" : ""}`,
  () => {
    it("to write, or to read: one sentence", async () => {
      const folder = scratch();
      chmodSync(folder, 0o555);
      for (const target of [folder, join(folder, "new")]) {
        const error = await errorOf(applyPlan({ target, plan: planOf(create("x")) }));
        expect(error).toMatchObject({
          exitCode: 1,
          message: expect.stringMatching(/permission denied.*Nothing was changed/),
        });
      }
      chmodSync(folder, 0o000);
      expect(await errorOf(readTarget(folder, ["x"]))).toMatchObject({ exitCode: 1 });
      chmodSync(folder, 0o755);
      expect(readdirSync(folder)).toEqual([]);
    });
  },
);
