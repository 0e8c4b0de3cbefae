import { spawn } from "node:child_process";
import { cpSync, existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { answer, made } from "./edit-helpers.js";
import { binScript, files, linkModules, type Result, temporaryFolder, tool, userEnv, work } from "./helpers.js";

const folder = temporaryFolder();
const LOCK = ".create-openbb-backend";
const leftovers = (project: string) => readdirSync(project).filter((name) => name.startsWith(LOCK));

/** Starts the tool; `watch` may kill it. */
function started(project: string, args: string[], watch?: (kill: () => void) => void): Promise<Result> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [binScript(), ...args], { cwd: project, env: userEnv() });
    const result: Result = { code: null, stdout: "", stderr: "" };
    child.stdout.on("data", (chunk) => {
      result.stdout += chunk;
    });
    child.stderr.on("data", (chunk) => {
      result.stderr += chunk;
    });
    child.once("close", (code) => resolve({ ...result, code }));
    watch?.(() => child.kill("SIGKILL"));
  });
}

describe("commands at the same moment", () => {
  const add = (type: string) => ["add-widget", "--type", type, "--id", `new_${type}`, "--no-install"];

  /** Runs commands at once, with one that reads again and again: that one sees a whole project each time. */
  async function atOnce(project: string, commands: string[][]): Promise<string[]> {
    let done = false;
    const all = Promise.all(commands.map((args) => started(project, args))).finally(() => {
      done = true;
    });
    const seen: Result[] = [];
    while (!done) seen.push(await started(project, ["list", "--json"]));
    for (const { code, stderr } of [...(await all), ...seen]) {
      expect({ code, stderr: stderr.replace(/^▲.*\n/gm, "") }).toEqual({ code: 0, stderr: "" });
    }
    const { widgets } = answer(project, ["list"]);
    for (const { stdout } of seen) expect(stdout).not.toContain("problem");
    for (const { id, handler, dashboards, ...rest } of widgets) {
      expect({ handler, dashboards: dashboards.length }).toEqual({ handler: `src/widgets/${id}.ts`, dashboards: 1 });
      expect(rest).not.toHaveProperty("problem");
    }
    expect(leftovers(project)).toEqual([]);
    return widgets.map(({ id }) => id).sort();
  }

  it("two, then five, then of all kinds: all do their work, nothing is lost, and the project checks", async () => {
    const project = made(folder, "busy", "--widget", "table", "--widget", "html");
    expect(await atOnce(project, [add("chart"), add("metric")])).toEqual([
      "new_chart",
      "new_metric",
      "price_history",
      "sector_map",
    ]);
    const five = ["note", "newsfeed", "live_grid", "omni", "markdown"];
    expect(await atOnce(project, five.map(add))).toEqual(
      ["new_chart", "new_metric", "price_history", "sector_map", ...five.map((type) => `new_${type}`)].sort(),
    );
    const kinds = [add("youtube"), ["remove-widget", "sector_map"], ["rename-widget", "new_chart", "volumes"]];
    const last = await atOnce(project, kinds);
    expect(last).toEqual(
      ["new_metric", "new_youtube", "price_history", "volumes", ...five.map((type) => `new_${type}`)].sort(),
    );
    linkModules(project);
    await work(project, "check");
  });

  it("of one id: one adds it, the other is told", async () => {
    const project = made(folder, "same", "--widget", "table");
    const run = () => started(project, ["add-widget", "--type", "chart", "--id", "volumes"]);
    const runs = await Promise.all([run(), run()]);
    expect(runs.map(({ code }) => code).sort()).toEqual([0, 3]);
    expect(runs.find(({ code }) => code === 3)?.stderr).toContain('The nearest free one is "volumes_2".');
  });
});

describe.runIf(process.platform !== "win32")("SIGKILL at twenty moments of writing", () => {
  const ADD = ["add-widget", "--type", "live_grid", "--id", "prices", "--no-install"];
  /** What comes next: each puts the project in order, whatever else comes of it. */
  const NEXT: [string[], number][] = [
    [["list"], 0],
    [["remove-widget", "nothing"], 2],
    [["rename-widget", "nothing", "else"], 2],
  ];

  /** Calls back once the run has its lock, or is over. */
  function whenWriting(project: string, then: () => void): () => void {
    const timer = setInterval(() => {
      if (!existsSync(join(project, LOCK))) return;
      clearInterval(timer);
      then();
    }, 1);
    return () => clearInterval(timer);
  }

  it("leaves the old state or the new one after the next command, and no file of its own", async () => {
    const first = made(folder, "first", "--widget", "table", "--widget", "chart");
    const before = files(first);
    const whole = join(folder, "whole");
    cpSync(first, whole, { recursive: true });
    let began = 0;
    const stopTiming = whenWriting(whole, () => {
      began = performance.now();
    });
    expect((await started(whole, ADD)).code).toBe(0);
    stopTiming();
    const span = performance.now() - began;
    const after = files(whole);

    const seen = { old: 0, new: 0, halfway: 0 };
    for (let moment = 0; moment < 20; moment++) {
      const project = join(folder, `killed-${moment}`);
      cpSync(first, project, { recursive: true });
      let stop = () => {};
      await started(project, ADD, (kill) => {
        stop = whenWriting(project, () => setTimeout(kill, (span * moment) / 20));
      });
      stop();
      if (existsSync(join(project, LOCK))) {
        seen.halfway++;
        const left = files(project);
        const dry = tool([...ADD, "--dry-run"], { cwd: project });
        expect(dry).toMatchObject({ code: 3, stderr: expect.stringContaining("half changed") });
        expect(files(project)).toEqual(left);
      }
      const [next, code] = NEXT[moment % NEXT.length] as [string[], number];
      const result = tool(next, { cwd: project });
      expect(result.code, result.stderr).toBe(code);
      const settled = files(project);
      const isNew = "src/widgets/prices.ts" in settled;
      expect(settled).toEqual(isNew ? after : before);
      expect(leftovers(project)).toEqual([]);
      seen[isNew ? "new" : "old"]++;
      if (moment % 5 === 0) {
        expect(tool(ADD, { cwd: project }).code).toBe(isNew ? 3 : 0);
        expect(files(project)).toEqual(after);
      }
      rmSync(project, { recursive: true });
    }
    expect(seen.old + seen.new).toBe(20);
    expect(seen.halfway).toBeGreaterThan(0);
  });
});
