import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { answer, changesBetween, made, pathsOf, rewriteAll } from "./edit-helpers.js";
import { binScript, command, files, linkModules, temporaryFolder, tool, work } from "./helpers.js";

const folder = temporaryFolder();

const TEN = `# ten widgets of ten types
widgets:
  - { type: ssrm_table, id: trades, name: Trades }
  - { type: chart-highcharts, id: candles }
  - { type: advanced_charting, id: terminal }
  - { type: live_grid, id: live_prices, refetchInterval: false }
  - type: note
    id: house_view
    description: What we think, in a note.
  - { type: iframe, id: board }
  - { type: pdf, id: paper, category: Research }
  - { type: multi_file_viewer, id: filings }
  - { type: omni, id: ask }
  - { type: youtube, id: talk }
`;
const IDS = ["trades", "candles", "terminal", "live_prices", "house_view", "board", "paper", "filings", "ask", "talk"];

describe("in CI", () => {
  const CI = { CI: "true" };

  it("creates, adds ten widgets from YAML, checks, tests, builds, lists and removes, all read from --json", async () => {
    const project = made(folder, "ci", "--widget", "table", "--widget", "chart");
    writeFileSync(join(folder, "ten.yaml"), TEN);
    const before = files(project);

    const added = answer(project, ["add-widget", "--config", "../ten.yaml", "--no-install"], CI);
    expect(added).toMatchObject({ code: 0, status: "added", exitCode: 0, path: project, warnings: [], commands: [] });
    expect(added.widgets.map(({ id }) => id)).toEqual(IDS);
    const after = files(project);
    expect(pathsOf(added)).toEqual(changesBetween(before, after));
    for (const { file } of added.widgets) expect(pathsOf(added)).toContainEqual({ path: file, action: "create" });
    expect(added.nextSteps).toEqual(["npm install"]);

    linkModules(project);
    for (const script of ["check", "test", "build"]) await work(project, script);
    rmSync(join(project, "node_modules"));
    rmSync(join(project, "dist"), { recursive: true });
    expect(files(project)).toEqual(after);

    const listed = answer(project, ["list"], CI);
    expect(listed.code).toBe(0);
    expect(listed.widgets.map(({ id }) => id)).toEqual(["price_history", "price_chart", ...IDS]);
    for (const { id, handler, endpoint, dashboards, ...rest } of listed.widgets) {
      expect({ handler, endpoint, dashboards }).toEqual({
        handler: `src/widgets/${id}.ts`,
        endpoint: id,
        dashboards: ["Ci"],
      });
      expect(rest).not.toHaveProperty("problem");
    }
    expect(listed.widgets.find(({ id }) => id === "paper")).toMatchObject({ type: "pdf", category: "Research" });

    const removed = answer(project, ["remove-widget", ...IDS, "--no-install"], CI);
    expect(removed).toMatchObject({ code: 0, status: "removed", widgets: IDS, edited: [], warnings: [] });
    expect(pathsOf(removed)).toEqual(changesBetween(after, before));
    expect(files(project)).toEqual(before);
  });

  it("takes widgets from standard input, one or many, with or without flags", () => {
    const project = made(folder, "stdin", "--widget", "table");
    const input = JSON.stringify({ type: "chart", id: "one" });
    const one = tool(["add-widget", "--config", "-", "--type", "metric", "--id", "two", "--project", project], {
      cwd: folder,
      input,
    });
    expect(one).toMatchObject({ code: 0, stderr: "" });
    expect(one.stdout).toContain('Added 2 widgets: "one", "two".');
    expect(one.stdout).not.toContain("\u001b");
    // The program that is installed with a project has the same commands.
    const list = command(process.execPath, [binScript("openbb-backend"), "list"], { cwd: project });
    expect(list.stdout).toMatch(/^ID +TYPE .*\n(.*\n)*one +chart +one .* Stdin +src\/widgets\/one\.ts\n/);
  });
});

describe("what is shown beforehand is what is then done", () => {
  const steps = [
    ["add-widget", "--type", "live_grid", "--id", "prices", "--no-install"],
    ["add-widget", "--type", "table", "--id", "own", "--param", "side:text=buy", "--option", "side=buy,sell"],
    ["rename-widget", "own", "mine"],
    ["remove-widget", "prices", "price_history", "--no-install"],
  ];

  it("with --dry-run, with --diff, for people and with --json", () => {
    const project = made(folder, "dry", "--widget", "table", "--widget", "note");
    for (const args of steps) {
      const before = files(project);
      const dry = answer(project, [...args, "--dry-run"]);
      const diff = answer(project, [...args, "--diff"]);
      const people = tool([...args, "--diff"], { cwd: project });
      const short = tool([...args, "--dry-run"], { cwd: project });
      expect(files(project), "nothing is written").toEqual(before);

      const done = answer(project, args);
      expect([dry.code, diff.code, people.code, short.code, done.code]).toEqual([0, 0, 0, 0, 0]);
      expect([dry.status, diff.status]).toEqual(["planned", "planned"]);
      const after = files(project);
      expect(done.changes).toEqual(dry.changes);
      expect(done.widgets).toEqual(dry.widgets);
      expect(done.warnings).toEqual(dry.warnings);
      expect(pathsOf(done)).toEqual(changesBetween(before, after));
      for (const { path, before: was, after: is } of diff.changes) {
        expect([was, is]).toEqual([before[path] ?? null, after[path] ?? null]);
      }
      for (const { path, action } of done.changes) {
        expect(people.stdout).toContain(`${action} ${path}`);
        expect(short.stdout).toContain(`${action} ${path}`);
        if (action !== "create") expect(people.stdout).toContain(`--- a/${path}`);
        if (action !== "delete") expect(people.stdout).toContain(`+++ b/${path}`);
      }
      expect(short.stderr).toContain("Nothing was written");
    }
  });

  it("shows only new lines where a widget is added", () => {
    const project = made(folder, "lines", "--widget", "table");
    const { stdout } = tool(["add-widget", "--type", "chart", "--diff"], { cwd: project });
    const patch = stdout.slice(stdout.indexOf("+++ b/widgets.json"));
    expect(patch).toMatch(/^\+ {4}"name": "Price Chart"/m);
    expect(patch.split("\n").filter((line) => line.startsWith("-"))).toEqual([]);
  });
});

describe("a project's own style", () => {
  it("is kept: CRLF, tabs, no newline at the end", () => {
    const project = made(folder, "style", "--widget", "table", "--widget", "chart");
    rewriteAll(project, (path, text) =>
      (path.endsWith(".json")
        ? text.replace(/^( {2})+/gm, (indent) => "\t".repeat(indent.length / 2)).trimEnd()
        : text
      ).replaceAll("\n", "\r\n"),
    );
    const before = files(project);
    const added = answer(project, ["add-widget", "--type", "live_grid", "--id", "prices", "--no-install"]);
    expect(added).toMatchObject({ code: 0, warnings: [] });
    expect(added.changes.map(({ path }) => path)).toContain("package.json");
    const after = files(project);
    for (const { path } of added.changes.filter(({ action }) => action === "edit")) {
      expect(after[path]?.replaceAll("\r\n", ""), path).not.toContain("\n");
      if (!path.endsWith(".json")) continue;
      expect(after[path], path).not.toMatch(/^ /m);
      expect(after[path], path).toMatch(/[}\]]$/);
    }
    expect(answer(project, ["rename-widget", "prices", "quotes"]).code).toBe(0);
    expect(answer(project, ["rename-widget", "quotes", "prices"]).code).toBe(0);
    // The record now says in so many words what it left to the id before.
    const { "openbb-backend.json": _, ...renamed } = files(project);
    expect({ ...renamed, "openbb-backend.json": after["openbb-backend.json"] }).toEqual(after);
    expect(answer(project, ["remove-widget", "prices", "--no-install"])).toMatchObject({ code: 0, warnings: [] });
    expect(files(project)).toEqual(before);
  });
});
