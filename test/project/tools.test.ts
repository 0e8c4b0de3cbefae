import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readdirSync } from "node:fs";
import { delimiter, join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { initGit } from "../../src/project/git.js";
import { installDependencies, recovery } from "../../src/project/install.js";
import { installedManagers } from "../../src/project/managers.js";
import { fill, scratch } from "./helpers.js";

const posix = process.platform !== "win32";
afterEach(() => vi.unstubAllEnvs());

/** A folder with programs that are shell scripts. */
function programs(scripts: Record<string, string>): string {
  const folder = scratch();
  for (const [name, script] of Object.entries(scripts)) {
    fill(folder, { [name]: `#!/bin/sh\n${script}\n` });
    chmodSync(join(folder, name), 0o755);
  }
  return folder;
}

describe("initGit", () => {
  it("makes a repository, once", async () => {
    const folder = scratch();
    expect(await initGit(folder)).toEqual({ done: true });
    expect(existsSync(join(folder, ".git/HEAD"))).toBe(true);
    expect(await initGit(folder)).toEqual({ done: false });
  });

  it("leaves a project inside a work tree alone", async () => {
    const folder = scratch();
    execFileSync("git", ["init", "--quiet"], { cwd: folder });
    mkdirSync(join(folder, "sub dir"));
    expect(await initGit(join(folder, "sub dir"))).toEqual({ done: false });
    expect(readdirSync(join(folder, "sub dir"))).toEqual([]);
  });

  it("is not led astray by a git hook's environment", async () => {
    const other = scratch();
    execFileSync("git", ["init", "--quiet"], { cwd: other });
    vi.stubEnv("GIT_DIR", join(other, ".git"));
    vi.stubEnv("GIT_WORK_TREE", other);
    const folder = scratch();
    expect(await initGit(folder)).toEqual({ done: true });
    expect(existsSync(join(folder, ".git"))).toBe(true);
  });

  it("no git is a warning", async () => {
    vi.stubEnv("PATH", scratch());
    const { done, warning } = await initGit(scratch());
    expect(done).toBe(false);
    expect(warning).toMatch(/git is not installed/);
  });

  it.runIf(posix)("a git that refuses is a warning", async () => {
    vi.stubEnv("PATH", programs({ git: "echo 'fatal: detected dubious ownership in repository' >&2; exit 128" }));
    expect(await initGit(scratch())).toEqual({
      done: false,
      warning: "No git repository was made: fatal: detected dubious ownership in repository",
    });
  });
});

describe("installDependencies", () => {
  it("installs with the real npm", async () => {
    const folder = scratch();
    fill(folder, { "package.json": '{"name":"x","version":"1.0.0"}' });
    const lines: string[] = [];
    expect(await installDependencies(folder, "npm", { onLine: (line) => lines.push(line) })).toEqual({ ok: true });
    expect(existsSync(join(folder, "package-lock.json"))).toBe(true);
    expect(lines.join("\n")).toContain("up to date");
  });

  it("tells of a failure with the output and the command to repeat", async () => {
    const folder = scratch();
    fill(folder, { "package.json": '{"name":"x","version":' });
    const result = await installDependencies(folder, "npm");
    expect(result).toMatchObject({
      ok: false,
      reason: expect.stringMatching(/^npm install failed with exit code \d+\.$/),
    });
    expect(!result.ok && result.output).toContain("EJSONPARSE");
    expect(!result.ok && result.recover).toMatch(/^cd .* && npm install$/);
  });

  it("knows a package manager that is not installed", async () => {
    const result = await installDependencies(scratch(), "bun", { env: { PATH: scratch() } });
    expect(result).toMatchObject({ ok: false, reason: "bun is not installed.", output: "" });
  });

  it.runIf(posix)("knows a killed one, keeps both streams in order, and wants development dependencies", async () => {
    const path = programs({ pnpm: "echo $NODE_ENV; echo two >&2; kill -9 $$" });
    vi.stubEnv("NODE_ENV", "production");
    const result = await installDependencies(scratch(), "pnpm", { env: { PATH: path } });
    expect(result).toMatchObject({
      ok: false,
      reason: "pnpm install was stopped by SIGKILL.",
      output: "development\ntwo",
    });
  });

  it.runIf(posix)("stops when cancelled", async () => {
    const path = programs({ npm: "echo started; exec sleep 30" });
    const controller = new AbortController();
    const result = await installDependencies(scratch(), "npm", {
      env: { PATH: `${path}${delimiter}${process.env.PATH}` },
      signal: controller.signal,
      onLine: () => controller.abort(),
    });
    expect(result).toMatchObject({ ok: false, reason: "The installation was cancelled.", output: "started" });
    const before = await installDependencies(scratch(), "npm", { signal: AbortSignal.abort() });
    expect(before).toMatchObject({ ok: false, reason: "The installation was cancelled." });
  });

  it.runIf(posix)("gives a command that the shell takes", () => {
    expect(recovery("/w/my-app", "npm", "/w")).toBe("cd my-app && npm install");
    expect(recovery("/w/my-app", "yarn", "/w/my-app")).toBe("yarn install");
    expect(recovery("/w/it's $HOME", "pnpm", "/w")).toBe("cd 'it'\\''s $HOME' && pnpm install");
    expect(recovery("/w/-x", "npm", "/w")).toBe("cd ./-x && npm install");
    expect(recovery("/w/~", "npm", "/w")).toBe("cd '~' && npm install");
    expect(recovery("/other/x", "npm", "/w")).toBe("cd /other/x && npm install");
  });
});

describe("installedManagers", () => {
  it.runIf(posix)("looks at PATH only", async () => {
    const one = programs({ bun: "exit 1", npm: "exit 1" });
    const two = programs({ yarn: "" });
    fill(one, { pnpm: "not a program" });
    mkdirSync(join(two, "pnpm"));
    expect(await installedManagers({ PATH: `${one}:/not/there::${two}` }, "linux")).toEqual(["npm", "yarn", "bun"]);
    expect(await installedManagers({ PATH: "" }, "linux")).toEqual([]);
    expect(await installedManagers({}, "linux")).toEqual([]);
    expect(await installedManagers()).toContain("npm");
  });

  it.skipIf(posix)("Windows: PATHEXT counts", async () => {
    const folder = scratch();
    fill(folder, { "npm.cmd": "", npm: "", yarn: "", "pnpm.exe": "", "bun.txt": "" });
    expect(await installedManagers({ Path: `"${folder}"`, pathext: ".EXE;.CMD" })).toEqual(["npm", "pnpm"]);
  });
});
