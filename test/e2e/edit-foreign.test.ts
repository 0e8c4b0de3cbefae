import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { PROJECTS, type ProjectName } from "../foreign/projects.js";
import { answer, changesBetween, pathsOf } from "./edit-helpers.js";
import { atEnd, files, freePort, linkModules, temporaryFolder, tool, until, userEnv } from "./helpers.js";

const folder = temporaryFolder();

function foreign(name: ProjectName): string {
  const project = join(folder, name.replace(/\W+/g, "-"));
  for (const [path, text] of Object.entries(PROJECTS[name])) {
    mkdirSync(dirname(join(project, path)), { recursive: true });
    writeFileSync(join(project, path), text);
  }
  return project;
}

describe("a project that this tool did not make", () => {
  it("Express: what is printed mounts it, and it answers", async () => {
    const project = foreign("Express 5, ESM, JavaScript");
    const before = files(project);
    const dry = answer(project, ["add-widget", "--type", "table", "--id", "prices", "--dry-run"]);
    expect(files(project)).toEqual(before);
    const { code, stdout, stderr } = tool(["add-widget", "--type", "table", "--id", "prices"], { cwd: project });
    expect(code, stderr).toBe(0);
    const after = files(project);
    expect(pathsOf(dry)).toEqual(expect.arrayContaining(changesBetween(before, after)));
    expect(Object.keys(after).filter((path) => !(path in before))).toEqual(["openbb-prices.js"]);
    expect(after["widgets.json"]?.replaceAll("\r\n", "")).not.toContain("\n");
    expect(after["app.js"]).toBe(before["app.js"]);

    const printed = stdout.split("\n").map((line) => line.trim());
    const load = printed.find((line) => line.startsWith("import ")) as string;
    const use = printed.find((line) => line.startsWith("app.use(")) as string;
    expect(dry.mount).toEqual([load, use]);
    expect(stdout).toContain("Put these lines into app.js");
    writeFileSync(join(project, "app.js"), `${load}\r\n${before["app.js"]?.replace("// MOUNT", use)}`);

    linkModules(project);
    const port = await freePort();
    const child = spawn(process.execPath, ["app.js"], { cwd: project, env: userEnv({ PORT: String(port) }) });
    atEnd(() => child.kill("SIGKILL"));
    const get = (path: string) => fetch(`http://127.0.0.1:${port}${path}`);
    await until(() => get("/widgets.json").then(Boolean, () => false), "the server");
    const served = (await (await get("/widgets.json")).json()) as object;
    expect(Object.keys(served)).toEqual(["bond_yields", "prices"]);
    const rows = (await (await get("/prices?symbol=MSFT")).json()) as { close: number }[];
    expect(rows[0]?.close).toBeGreaterThan(0);
    expect((await get("/prices?symbol=NONE")).status).toBe(400);

    expect(answer(project, ["list"]).widgets).toMatchObject([
      { id: "bond_yields", type: "table", endpoint: "yields", handler: null },
      { id: "prices", type: "table", endpoint: "prices", handler: null },
    ]);
  });

  it("Python: only widgets.json changes, and what the endpoint must answer is printed", () => {
    const project = foreign("Python");
    const before = files(project);
    const added = answer(project, ["add-widget", "--type", "table", "--id", "prices"]);
    expect(added).toMatchObject({ code: 0, status: "added", mount: [] });
    const after = files(project);
    expect(pathsOf(added)).toEqual([{ path: "widgets.json", action: "edit" }]);
    expect(changesBetween(before, after)).toEqual(pathsOf(added));
    // The author's own style: four spaces, no newline at the end, and every line that was there.
    expect(after["widgets.json"]).toMatch(/\n {4}"prices": \{\n {8}"name": "Prices",[\s\S]*\}$/);
    expect(after["widgets.json"]?.startsWith(before["widgets.json"]?.slice(0, -4) as string)).toBe(true);

    expect(added.contract.join("\n")).toMatch(/GET \/prices\?[\s\S]*application\/json/);
    const human = tool(["add-widget", "--type", "omni", "--id", "ask"], { cwd: project });
    expect(human.code).toBe(0);
    expect(human.stdout).toContain("POST /ask");
    expect(human.stdout).toContain("refresh the backend");
    const list = tool(["list"], { cwd: project });
    expect(list).toMatchObject({ code: 0, stderr: "" });
    expect(list.stdout).toMatch(/bond_yields +table +yields[\s\S]*prices +table[\s\S]*ask +omni/);
    expect(list.stdout).not.toContain("handler in src");
  });

  it("is refused what only a project of ours can have, and nothing is changed", () => {
    const project = foreign("Express 4, CommonJS");
    const before = files(project);
    const refused = (args: string[], code: number, ...said: string[]) => {
      const result = tool(args, { cwd: project });
      expect(result).toMatchObject({ code, stdout: "" });
      for (const part of said) expect(result.stderr).toContain(part);
      expect(files(project)).toEqual(before);
    };
    refused(["add-widget", "--type", "ssrm_table"], 3, "needs more than a router", "adopt");
    refused(["add-widget", "--type", "table", "--id", "bond_yields"], 3, '"bond_yields_2"');
    refused(["add-widget", "--type", "table", "--id", "yields"], 3, "in use");
    refused(["remove-widget", "bond_yields"], 3, "not a project of create-openbb-backend", "change by hand");
    refused(["rename-widget", "bond_yields", "x"], 3, "not a project of create-openbb-backend");
    writeFileSync(join(project, "openbb-prices.js"), "// mine\n");
    before["openbb-prices.js"] = "// mine\n";
    refused(["add-widget", "--type", "table", "--id", "prices"], 3, "openbb-prices.js is in the way");
    expect(readFileSync(join(project, "openbb-prices.js"), "utf8")).toBe("// mine\n");
  });
});
