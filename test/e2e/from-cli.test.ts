import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { atEnd, binScript, files, linkModules, start, temporaryFolder, tool, work } from "./helpers.js";

const folder = temporaryFolder();
const QUIET = ["--no-install", "--no-git", "--package-manager", "npm"];
const run = (...args: string[]) => tool(args, { cwd: folder });

/** A Python backend's files: two widgets that work, one elsewhere, and one that Workspace would reject. */
const WIDGETS = {
  "fx rates": {
    name: "FX",
    description: "Rates of a pair.",
    endpoint: "fx/{pair}/rates",
    params: [{ paramName: "pair", type: "text", value: "EURUSD" }],
    data: { table: { columnsDefs: [{ field: "rate", headerName: "Rate", cellDataType: "number" }] } },
  },
  curve: { name: "Curve", description: "A curve.", type: "chart", endpoint: "/v1/curve" },
  far: { name: "Far", description: "On another server.", endpoint: "https://example.com/far" },
  wrong: { name: "Wrong", description: "Of a type with another name.", type: "table_ssrm", endpoint: "wrong" },
};
const APPS = [
  {
    name: "Desk",
    tabs: { "": { id: "", name: "", layout: [{ i: "curve", x: 0, y: 0, w: 20, h: 10, groups: [] }] } },
    groups: [],
  },
];

mkdirSync(join(folder, "py"));
writeFileSync(join(folder, "py", "widgets.json"), JSON.stringify(WIDGETS, null, "\t"));
writeFileSync(join(folder, "py", "apps.json"), JSON.stringify(APPS));
writeFileSync(join(folder, "py", "main.py"), "print('hello')\n");

const readWidgets = (project: string) => JSON.parse(readFileSync(join(folder, project, "widgets.json"), "utf8"));

describe("an existing backend", () => {
  it("is taken over: what is kept is as it was, works, and what is not is told", async () => {
    const result = run("taken", "--from", "py/widgets.json", "--apps", "py/apps.json", "--json", ...QUIET);
    expect(result.code, result.stderr).toBe(0);
    const { imported, widgets, command: again } = JSON.parse(result.stdout);
    expect(imported.left.map(({ id }: { id: string }) => id)).toEqual(["wrong"]);
    expect(imported.notes.join("\n")).toContain('"far" is answered by another server');
    expect(imported.notes[0]).toBe("Of what was left out, --fix would mend and keep one.");
    expect(widgets.map(({ id }: { id: string }) => id)).toEqual(["fx rates", "curve", "far"]);
    expect(again).toContain("--from py/widgets.json --apps py/apps.json");
    const { wrong: _, ...kept } = WIDGETS;
    expect(readWidgets("taken")).toEqual(kept);
    expect(JSON.parse(readFileSync(join(folder, "taken", "apps.json"), "utf8"))).toEqual(APPS);

    const project = join(folder, "taken");
    linkModules(project);
    for (const script of ["check", "test", "build"]) await work(project, script);
    const { url } = await start(project);
    const json = async (path: string) => JSON.parse(await (await fetch(`${url}/${path}`)).text());
    expect((await json("fx/EURUSD/rates"))[0]).toHaveProperty("rate");
    expect((await json("v1/curve")).data.length).toBeGreaterThan(0);
  });

  it("goes on as any project: widgets are added, removed and renamed", async () => {
    const before = files(join(folder, "taken"));
    expect(run("add-widget", "--project", "taken", "--type", "metric", "--no-install").code).toBe(0);
    await work(join(folder, "taken"), "check");
    expect(run("remove-widget", "key_figures", "--project", "taken", "--no-install").code).toBe(0);
    expect(files(join(folder, "taken"))).toEqual(before);
    expect(run("rename-widget", "curve", "yields", "--project", "taken").code).toBe(0);
    await work(join(folder, "taken"), "check");
    expect(Object.keys(readWidgets("taken"))).toEqual(["fx rates", "yields", "far"]);
  });

  it("is mended with --fix where it is certain how, and says what was mended", () => {
    const result = run("fixed", "--from", "py/widgets.json", "--fix", ...QUIET);
    expect(result.code, result.stderr).toBe(0);
    expect(result.stderr).toMatch(/"wrong": .*ssrm_table/);
    expect(readWidgets("fixed").wrong.type).toBe("ssrm_table");
  });

  it("is adopted beside its folder, which is not changed", async () => {
    const before = files(join(folder, "py"));
    const result = run("adopt", "py", ...QUIET);
    expect(result.code, result.stderr).toBe(0);
    expect(files(join(folder, "py"))).toEqual(before);
    expect(Object.keys(readWidgets("py-openbb"))).toEqual(["fx rates", "curve", "far"]);
    linkModules(join(folder, "py-openbb"));
    await work(join(folder, "py-openbb"), "build");
    const { url } = await start(join(folder, "py-openbb"));
    expect((await fetch(`${url}/widgets.json`)).status).toBe(200);
    expect(run("adopt", "py-openbb", "again", ...QUIET)).toMatchObject({ code: 3 });
  });

  it("gives its widgets to a project that is there, which then gives them up without a trace", async () => {
    expect(run("desk", "--preset", "minimal", ...QUIET).code).toBe(0);
    const before = files(join(folder, "desk"));
    const boards = APPS.map((app) => ({ ...app, name: "Rates" }));
    writeFileSync(join(folder, "py", "boards.json"), JSON.stringify([...boards, { ...boards[0], name: "DESK" }]));
    const sources = ["--from", "py/widgets.json", "--apps", "py/boards.json"];
    const added = run("add-widget", ...sources, "--project", "desk", "--no-install", "--json");
    expect(added.code, added.stderr).toBe(0);
    const { widgets, imported, warnings } = JSON.parse(added.stdout);
    expect(imported.left).toHaveLength(1);
    expect(warnings.join()).toContain('Left out the dashboard "DESK": There is a dashboard of this name.');
    expect(widgets.map(({ dashboard }: { dashboard?: string }) => dashboard)).toEqual(["Desk", "Rates", "Desk"]);
    expect(JSON.parse(files(join(folder, "desk"))["apps.json"] ?? "").slice(1)).toEqual(boards);
    linkModules(join(folder, "desk"));
    for (const script of ["check", "test", "build"]) await work(join(folder, "desk"), script);
    const { url, process } = await start(join(folder, "desk"));
    const only = async (path: string) => (await fetch(`${url}/${path}`)).status;
    expect([await only("fx/EURUSD/rates"), await only("v1/curve"), await only("price_history")]).toEqual([
      200, 200, 200,
    ]);
    process.kill();
    expect(run("add-widget", "--from", "py/widgets.json", "--project", "desk").code).toBe(3);
    const ids = widgets.map(({ id }: { id: string }) => id);
    expect(run("remove-widget", ...ids, "--project", "desk", "--no-install").code).toBe(0);
    const after = files(join(folder, "desk"));
    for (const path of Object.keys(after).filter((path) => path.startsWith("dist/"))) delete after[path];
    expect(after).toEqual(before);
  });

  it("can be read from a URL; what answers with a page of HTML is told apart", async () => {
    const server = createServer((request, response) => {
      if (request.url === "/widgets.json") response.end(JSON.stringify({ curve: WIDGETS.curve }));
      else response.end("<!doctype html><title>Log in</title>");
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    atEnd(() => server.close());
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    // Not `tool`, which would keep this process, and so the server, from answering.
    const create = (from: string, name: string) =>
      new Promise<{ code: number; stderr: string }>((resolve) => {
        execFile(process.execPath, [binScript(), name, "--from", from, ...QUIET], { cwd: folder }, (error, _, stderr) =>
          resolve({ code: error ? Number(error.code) : 0, stderr }),
        );
      });
    expect((await create(`${url}/widgets.json`, "web")).code).toBe(0);
    const page = await create(url, "page");
    expect(page.code).toBe(2);
    expect(page.stderr).toContain("it is a page of HTML");
    expect(existsSync(join(folder, "page"))).toBe(false);
  });

  it("is asked for properly", () => {
    for (const [args, text] of [
      [["x", "--apps", "py/apps.json", "--yes"], "--apps goes with --from"],
      [["x", "--from", "nowhere.json"], "there is no such file"],
      [["add-widget", "--fix", "--type", "table", "--project", "desk"], "--fix goes with --from"],
      [["add-widget", "--from", "py/widgets.json", "--project", "py"], "Only a project of this tool"],
      [["add-widget", "--apps", "py/apps.json", "--project", "desk"], "--apps goes with --from"],
      [["add-widget", "--from", "py/widgets.json", "--apps", "py/apps.json", "--no-app"], "contradict each other"],
      [["adopt", "nowhere"], "There is no folder"],
    ] as const) {
      const { code, stderr } = run(...args);
      expect(stderr).toContain(text);
      expect([2, 3]).toContain(code);
    }
  });
});
