import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { answer, made } from "./edit-helpers.js";
import { files, temporaryFolder, tool } from "./helpers.js";

const folder = temporaryFolder();
const ADD = ["add-widget", "--type", "live_grid", "--id", "prices"];

describe("a type that brings a dependency", () => {
  it("has it installed; when it goes, so does the dependency", () => {
    const project = made(folder, "live", "--widget", "table");
    const added = answer(project, ADD);
    expect(added, added.stderr).toMatchObject({
      code: 0,
      status: "added",
      commands: [{ command: "npm install", ok: true }],
      nextSteps: [],
      warnings: [],
    });
    const installed = () => existsSync(join(project, "node_modules", "ws", "package.json"));
    const wanted = () => JSON.parse(readFileSync(join(project, "package.json"), "utf8")).dependencies.ws;
    expect([installed(), typeof wanted()]).toEqual([true, "string"]);

    // Nothing new is needed, so nothing is installed.
    expect(answer(project, ["add-widget", "--type", "live_grid", "--id", "more"]).commands).toEqual([]);
    expect(answer(project, ["remove-widget", "more"]).commands).toEqual([]);
    expect(answer(project, ["remove-widget", "prices"])).toMatchObject({ code: 0, commands: [{ ok: true }] });
    expect([installed(), wanted()]).toEqual([false, undefined]);
  });

  it("ends with 5 when the installation fails: the files are there, and what to run is said", () => {
    const project = made(folder, "offline", "--widget", "table");
    const env = {
      npm_config_registry: "http://127.0.0.1:9",
      npm_config_fetch_retries: "0",
      npm_config_cache: join(folder, "cache"),
    };
    const failed = answer(project, ADD, env);
    expect(failed).toMatchObject({
      code: 5,
      status: "incomplete",
      exitCode: 5,
      commands: [{ command: "npm install", ok: false }],
      nextSteps: ["npm install"],
    });
    expect(failed.warnings.join()).toContain("To finish: npm install");
    expect(failed.stderr).toContain("ECONNREFUSED");
    expect(files(project)).toHaveProperty(["src/widgets/prices.ts"]);

    const none = made(folder, "none", "--widget", "table");
    const human = tool([...ADD, "--project", none], { cwd: folder, env: { PATH: "/nowhere" } });
    expect(human.code).toBe(5);
    expect(human.stderr).toContain("npm is not installed");
    expect(human.stdout).toContain("Next:\n  cd none");
  });

  it("is not installed with --no-install: the command is the next step", () => {
    const project = made(folder, "later", "--widget", "table");
    const { stdout, code } = tool([...ADD, "--no-install"], { cwd: project });
    expect(code).toBe(0);
    expect(stdout).toContain("Next:\n  npm install");
    expect(existsSync(join(project, "node_modules"))).toBe(false);
    expect(answer(folder, [...ADD.slice(0, -1), "more", "--project", project])).toMatchObject({ commands: [] });
  });
});
