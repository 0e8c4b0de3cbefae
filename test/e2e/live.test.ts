import { spawn } from "node:child_process";
import { readdirSync, readFileSync, readlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, inject, it } from "vitest";
import { checkLive } from "../../src/live/index.js";
import { startProject } from "../../src/project/start.js";
import { binScript, files, linkModules, temporaryFolder, tool, until, userEnv } from "./helpers.js";

const folder = temporaryFolder();

/** A project with the dependencies of another one. */
function project(name: string, ...args: string[]): string {
  const options = ["--yes", "--no-install", "--no-git", "--package-manager", "npm", ...args];
  const made = tool([name, ...options], { cwd: folder });
  expect(made.code, made.stderr).toBe(0);
  const path = join(folder, name);
  linkModules(path);
  return path;
}

/** The processes of this machine that run in a folder; Linux only. */
function processesIn(path: string): string[] {
  return readdirSync("/proc").filter((id) => {
    try {
      return /^\d+$/.test(id) && readlinkSync(join("/proc", id, "cwd")) === path;
    } catch {
      return false;
    }
  });
}

const onLinux = it.skipIf(process.platform !== "linux");

describe("validate --live", () => {
  it("starts a project, finds nothing, and leaves everything as it was", () => {
    const six = inject("six");
    const before = files(six);
    const { code, stdout, stderr } = tool(["validate", "--live", "--format", "json"], { cwd: six });
    expect(code, stderr).toBe(0);
    const { findings, checked } = JSON.parse(stdout);
    expect(findings).toEqual([]);
    expect(checked.calls).toBeGreaterThan(20);
    expect(files(six)).toEqual(before);
  });

  it("uses a key of its own for a project that asks for one", () => {
    const keyed = project("keyed", "--auth", "api-key");
    const { code, stdout, stderr } = tool(["validate", "--live"], { cwd: keyed });
    expect(code, stderr).toBe(0);
    expect(stdout + stderr).toContain("Workspace would connect");
    const key = /^API_KEY=(.+)$/m.exec(readFileSync(join(keyed, ".env"), "utf8"))?.[1];
    expect(key).toMatch(/.{16,}/);
    expect(stdout + stderr).not.toContain(key);
  });

  it("finds a handler that fails", () => {
    const broken = project("broken", "--widget", "type=table,id=prices");
    const handler = `import { table } from "../openbb/table.js";
export default table("prices", async () => { throw new Error("The source is gone."); });
`;
    writeFileSync(join(broken, "src", "widgets", "prices.ts"), handler);
    const { code, stdout } = tool(["validate", "--live", "--format", "json"], { cwd: broken });
    expect(code).toBe(4);
    const errors = JSON.parse(stdout).findings.filter(({ severity }: { severity: string }) => severity === "error");
    expect(errors.map(({ path }: { path: string }) => path)).toEqual(["/prices/endpoint"]);
    // The log is gone with the backend: what it says of the failure must not be.
    expect(errors[0].hint).toBe("Its log: Error: The source is gone. (src/widgets/prices.ts:2:52)");
  });

  it("says why a widget is not served, and nothing that only follows from that", () => {
    const taken = project("taken", "--widget", "type=table,id=prices");
    const file = join(taken, "widgets.json");
    writeFileSync(file, readFileSync(file, "utf8").replace('"endpoint": "prices"', '"endpoint": "healthz"'));
    const { code, stdout } = tool(["validate", "--live", "--format", "json"], { cwd: taken });
    expect(code).toBe(0);
    const found = JSON.parse(stdout).findings.map(({ code, path, hint }: Record<string, string>) => [code, path, hint]);
    expect(found).toEqual([
      ["no-handler", "/prices", "Its log: its endpoint, /healthz, is a route of the backend itself."],
    ]);
  });

  it("says of a handler of another type what the files say, and nothing more", () => {
    const swapped = project("swapped", "--widget", "type=table,id=prices");
    const file = join(swapped, "widgets.json");
    writeFileSync(file, readFileSync(file, "utf8").replace('"type": "table"', '"type": "chart"'));
    for (const live of [[], ["--live"]]) {
      const { code, stdout } = tool(["validate", ...live, "--format", "json"], { cwd: swapped });
      expect(code).toBe(0);
      const found = JSON.parse(stdout).findings.map(({ code, path }: Record<string, string>) => [code, path]);
      expect(found).toEqual([["no-handler", "/prices/type"]]);
    }
  });

  it("says where a file is wrong that keeps the project from starting", () => {
    const comma = project("comma", "--widget", "type=table,id=prices");
    const file = join(comma, "widgets.json");
    writeFileSync(file, readFileSync(file, "utf8").replace('"type": "table",', '"type": "table"'));
    const { code, stdout, stderr } = tool(["validate", "--live"], { cwd: comma });
    expect(code).toBe(4);
    expect(stdout).toMatch(/widgets\.json:\d+:\d+ A comma is missing\./);
    expect(stderr).toContain("The backend does not start");
  });

  it("says so when dependencies are not installed", () => {
    const made = tool(["bare", "--yes", "--no-install", "--no-git", "--package-manager", "npm"], { cwd: folder });
    expect(made.code, made.stderr).toBe(0);
    const { code, stderr } = tool(["validate", "--live"], { cwd: join(folder, "bare") });
    expect(code).toBe(3);
    expect(stderr).toContain("its dependencies are not installed");
    expect(stderr).toContain("npm install");
  });

  onLinux("ends at once on Ctrl-C, and the backend with it", async () => {
    const stopped = project("stopped", "--widget", "type=table,id=prices");
    const handler = `import { table } from "../openbb/table.js";
export default table("prices", () => new Promise((resolve) => setTimeout(() => resolve([]), 20_000)));
`;
    writeFileSync(join(stopped, "src", "widgets", "prices.ts"), handler);
    const child = spawn(process.execPath, [binScript(), "validate", "--live"], { cwd: stopped, env: userEnv() });
    const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
    await until(() => processesIn(stopped).length > 1, "the backend");
    await new Promise((resolve) => setTimeout(resolve, 3000));
    child.kill("SIGINT");
    expect(await ended).toBe(130);
    await until(() => processesIn(stopped).length === 0, "the backend's end");
  });

  it("sees a project as others on the network would: a wrong key is refused, with CORS", async () => {
    const running = await startProject(join(folder, "keyed"));
    try {
      const report = await checkLive({
        url: running.url,
        headers: { "X-API-KEY": "a-wrong-key-of-length" },
        query: {},
      });
      expect(report.findings.map(({ code }) => code)).toEqual(["not-authorised"]);
      expect(report.summary).toEqual([
        'Workspace would not connect. The user reads: "authentication failed, check the Authorization header (Status: 401)".',
      ]);
    } finally {
      await running.stop();
    }
  });
});
