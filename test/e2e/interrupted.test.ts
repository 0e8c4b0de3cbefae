import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { binScript, files, itWith, temporaryFolder, tool, userEnv } from "./helpers.js";

const cwd = temporaryFolder();
const QUICK = ["--yes", "--no-install", "--no-git"];
const posix = process.platform !== "win32";

/** Starts the tool, sends a signal after so many milliseconds, and waits for its end. */
function interrupted(args: string[], signal: NodeJS.Signals, after: number): Promise<number | null> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [binScript(), ...args], { cwd, env: userEnv(), stdio: "ignore" });
    const timer = setTimeout(() => child.kill(signal), after);
    child.once("exit", (code) => {
      clearTimeout(timer);
      resolve(code);
    });
  });
}

/** How long a whole run takes here and now. */
function duration(): number {
  const began = Date.now();
  expect(tool(["timed", ...QUICK], { cwd }).code).toBe(0);
  rmSync(join(cwd, "timed"), { recursive: true });
  return Date.now() - began;
}

/** What a finished run leaves in an empty folder. */
function whole(name: string): Record<string, string> {
  tool([`${name}-whole`, "--name", name, ...QUICK], { cwd });
  const made = files(join(cwd, `${name}-whole`));
  rmSync(join(cwd, `${name}-whole`), { recursive: true });
  return made;
}

describe.runIf(posix)("killed at ten moments", () => {
  for (const signal of ["SIGINT", "SIGTERM", "SIGKILL"] as const) {
    it(`${signal}, where there was nothing: nothing is left, or the whole project`, async () => {
      const time = duration();
      const complete = whole("new");
      for (let moment = 1; moment <= 10; moment++) {
        const code = await interrupted(["new", ...QUICK], signal, (time * (moment + 2)) / 13);
        const left = files(join(cwd, "new"));
        if (Object.keys(left).length > 0) expect(left).toEqual(complete);
        if (signal !== "SIGKILL") {
          expect(readdirSync(cwd).filter((name) => name !== "new")).toEqual([]);
          expect([0, 130, null]).toContain(code);
          if (code === 130) expect(left).toEqual({});
        }
        // The next command finds its way.
        const again = tool(["new", ...QUICK], { cwd });
        expect(again.code, again.stderr).toBe(Object.keys(left).length > 0 ? 3 : 0);
        expect(files(join(cwd, "new"))).toEqual(complete);
        expect(readdirSync(cwd)).toEqual(["new"]);
        rmSync(join(cwd, "new"), { recursive: true });
      }
    });

    it(`${signal}, in a folder with files: the old state or the new one, after the next command`, async () => {
      const time = duration();
      for (let moment = 1; moment <= 10; moment++) {
        const target = join(cwd, "old");
        mkdirSync(join(target, "src"), { recursive: true });
        writeFileSync(join(target, "README.md"), "mine");
        writeFileSync(join(target, "src", "mine.ts"), "mine");
        const before = files(target);
        await interrupted(["old", ...QUICK, "--on-conflict", "overwrite"], signal, (time * (moment + 2)) / 13);
        // Any command on this folder first puts it in order; this one then refuses, for there are files.
        expect(tool(["old", ...QUICK], { cwd }).code).toBe(3);
        const after = files(target);
        expect(after["src/mine.ts"]).toBe("mine");
        if (after["README.md"] === "mine") expect(after).toEqual(before);
        else expect(after).toMatchObject({ ...whole("old"), "README.md.bak": "mine" });
        expect(readdirSync(target).filter((name) => name.includes("create-openbb"))).toEqual([]);
        rmSync(target, { recursive: true });
      }
    });
  }
});

describe("a disk that will not", () => {
  const mounts = process.platform === "linux" && process.getuid?.() === 0 && canMount();
  const itMount = itWith("mount", mounts);

  itMount("is full: one sentence, and nothing is left", () => {
    withTmpfs("size=40k", (folder) => {
      const result = tool(["full", ...QUICK], { cwd: folder });
      expect(result.code).toBe(1);
      expect(result.stderr).toMatch(/full|space/i);
      expect(result.stderr).not.toMatch(/\n\s+at /);
      expect(readdirSync(folder)).toEqual([]);
    });
  });

  itMount("is full, in a folder with files: they are as they were", () => {
    withTmpfs("size=60k", (folder) => {
      writeFileSync(join(folder, "README.md"), "mine");
      const result = tool([".", "--name", "x", ...QUICK, "--on-conflict", "overwrite"], { cwd: folder });
      expect(result.code).toBe(1);
      expect(files(folder)).toEqual({ "README.md": "mine" });
      expect(readdirSync(folder)).toEqual(["README.md"]);
    });
  });

  itMount("is read-only: one sentence", () => {
    withTmpfs("size=1m,ro", (folder) => {
      const result = tool(["app", ...QUICK], { cwd: folder });
      expect(result.code).toBe(1);
      expect(result.stderr).toMatch(/read-only|write/i);
      expect(result.stderr).not.toMatch(/\n\s+at /);
    });
  });

  function canMount(): boolean {
    try {
      withTmpfs("size=40k", () => {});
      return true;
    } catch {
      return false;
    }
  }

  function withTmpfs(options: string, use: (folder: string) => void): void {
    const folder = join(cwd, "mounted");
    mkdirSync(folder, { recursive: true });
    const { status } = spawnSync("mount", ["-t", "tmpfs", "-o", options, "tmpfs", folder]);
    try {
      if (status !== 0) throw new Error("mount failed");
      use(folder);
    } finally {
      if (status === 0) spawnSync("umount", [folder]);
      rmSync(folder, { recursive: true, force: true });
    }
  }
});

describe("two at once", () => {
  it("one makes the project, the other is refused", async () => {
    const runs = await Promise.all([1, 2, 3].map(() => interrupted(["both", ...QUICK], "SIGKILL", 60_000)));
    expect(runs.sort()).toEqual([0, 3, 3]);
    expect(files(join(cwd, "both"))).toEqual(whole("both"));
  });
});
