import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { answer, made } from "./edit-helpers.js";
import { files, temporaryFolder, tool } from "./helpers.js";

const folder = temporaryFolder();
const project = made(folder, "desk", "--widget", "table", "--widget", "chart");
const fresh = files(project);

beforeEach(() => {
  for (const [path, text] of Object.entries(fresh)) writeFileSync(join(project, path), text);
});

/** Runs a command that must be refused with one readable sentence, and change nothing. */
function refused(args: string[], code: number, ...said: string[]): void {
  const before = files(folder);
  const result = tool([...args], { cwd: project });
  expect(result, args.join(" ")).toMatchObject({ code, stdout: "" });
  for (const part of said) expect(result.stderr).toContain(part);
  expect(result.stderr).not.toMatch(/\n\s+at |unexpected/);
  expect(files(folder)).toEqual(before);
}

function put(path: string, text: string): void {
  mkdirSync(join(project, path, ".."), { recursive: true });
  writeFileSync(join(project, path), text);
}

const NEW = ["add-widget", "--type", "table", "--id", "fresh"];

describe("answers that cannot be end with 2, and the remedy", () => {
  it.each<[string[], ...string[]]>([
    [["add-widget"], "--type", "--config"],
    [["add-widget", "--id", "fresh"], "--type is missing", "ssrm_table"],
    [["add-widget", "--type", "chrt"], 'no widget type "chrt"', "Did you mean chart?"],
    [["add-widget", "--config", "widgets.json"], "widgets[0] in widgets.json has no type"],
    [["add-widget", "--type", "table", "--id", "../x"], "must start with a letter"],
    [[...NEW, "--endpoint", "../x"], "must be a path on this backend"],
    [[...NEW, "--param", "side:enum"], "--param side:enum", "text, number, boolean"],
    [[...NEW, "--param", "side", "--option", "sdie=buy,sell"], "there is no --param sdie"],
    [[...NEW, "--column", "price:money"], "--column price:money", "number"],
    [[...NEW, "--refetch", "* * *"], "cron"],
    [[...NEW, "--cache", "-1"], "whole number", "Try create-openbb-backend add-widget --help."],
    [[...NEW, "--name", "--dry-run"], "It is a flag"],
    [[...NEW, "--app", "Dask"], 'no dashboard "Dask"', 'Did you mean "Desk"?'],
    [[...NEW, "--tab", "News"], 'no tab "News"'],
    [["remove-widget", "price_histroy"], 'no widget "price_histroy"', 'Did you mean "price_history"?'],
    [["remove-widget", "price_chart", "zzz"], 'no widget "zzz"', "list shows"],
    [["rename-widget", "price_chart", "a b"], "letters, digits"],
    [["rename-widget", "price_chart", "price_chart"], "its id already"],
  ])("%j", (args, ...said) => refused(args, 2, ...said));

  it.each([
    ['[{"type": "chrt"}]', "Did you mean chart?"],
    ['[{"type": "__proto__"}]', 'no widget type "__proto__"'],
    ['[{"type": "table", "cache": "long"}]', "whole number of seconds"],
    ['{"widgets": [{"type": "table"}], "apps": "x"}', "widgets, app and tab"],
    ["- type: table\n  type: chart", "standard input is not YAML"],
  ])("the config %j", (input, said) => {
    const result = tool(["add-widget", "--config", "-"], { cwd: project, input });
    expect(result).toMatchObject({ code: 2, stdout: "", stderr: expect.stringContaining(said) });
    expect(files(project)).toEqual(fresh);
  });
});

describe("a state that forbids it ends with 3, and the remedy", () => {
  it.each<[string[], ...string[]]>([
    [["add-widget", "--type", "chart", "--id", "Price_Chart"], '"Price_Chart" is in use', '"Price_Chart_2"'],
    [[...NEW, "--endpoint", "/price_chart"], 'endpoint "/price_chart" is in use', '"price_chart_2"'],
    [["rename-widget", "price_chart", "PRICE_HISTORY"], 'id "PRICE_HISTORY" is in use', '"PRICE_HISTORY_2"'],
    [["list", "--project", "nowhere"], "There is no folder", "--project"],
    [[...NEW, "--project", "nowhere"], "There is no folder", "--project"],
    [[...NEW, "--project", "widgets.json"], "widgets.json", "director"],
    [[...NEW, "--project", "src"], "There is no widgets.json", "--project"],
    [["list", "--project", "src"], "There is no widgets.json", "--project"],
    [["remove-widget", "x", "--project", "src"], "not a project of create-openbb-backend"],
    // The folder above has no widgets.json, and the one below is not to be taken for its own.
    [[...NEW, "--project", ".."], "There is no widgets.json", "backend in desk"],
    [["list", "--project", ".."], "There is no widgets.json", "backend in desk"],
  ])("%j", (args, ...said) => refused(args, 3, ...said));

  it("a widgets.json that does not parse, with line and column, for every command", () => {
    const text = (fresh["widgets.json"] as string).replace(/\n {2}\}\n\}\n$/, "\n  },\n}\n");
    put("widgets.json", text);
    const line = text.split("\n").length - 2;
    for (const args of [NEW, ["list"], ["remove-widget", "price_chart"], ["rename-widget", "price_chart", "x"]]) {
      refused(args, 3, `widgets.json cannot be read: line ${line}, column 4`);
    }
    expect(answer(project, NEW)).toMatchObject({ code: 3, status: "failed", exitCode: 3 });
  });

  it("a widgets.json or apps.json that Workspace would reject, with the place; list shows it", () => {
    put("widgets.json", (fresh["widgets.json"] as string).replace('"type": "chart"', '"type": "chrat"'));
    refused(NEW, 3, "rejects widgets.json", "/price_chart/type", "validate widgets.json shows the lines");
    expect(tool(["list"], { cwd: project }).stdout).toMatch(/price_chart +chrat .*Workspace rejects it/);
    put("widgets.json", fresh["widgets.json"] as string);
    put("apps.json", (fresh["apps.json"] as string).replace('"x": 0', '"x": "0"'));
    refused(NEW, 3, "rejects apps.json", "/0/tabs//layout/0/x");
  });

  it("files in the way, whatever their case", () => {
    put("src/widgets/Fresh.ts", "// mine\n");
    refused(NEW, 3, "src/widgets/Fresh.ts is in the way", "another id");
    refused(["rename-widget", "price_chart", "fresh"], 3, "src/widgets/Fresh.ts is in the way");
    put("src/openbb/note.ts", "// mine\n");
    refused(["add-widget", "--type", "note"], 3, "src/openbb/note.ts is in the way");
  });

  it("ten widgets of which the last cannot be: none is added", () => {
    const many = [...Array(9).keys()].map((n) => ({ type: "table", id: `many_${n}` }));
    writeFileSync(join(folder, "many.json"), JSON.stringify([...many, { type: "chart", id: "price_chart" }]));
    refused(["add-widget", "--config", "../many.json"], 3, '"price_chart" is in use');
    writeFileSync(join(folder, "many.json"), JSON.stringify([...many, { type: "hologram" }]));
    refused(["add-widget", "--config", "../many.json"], 2, "hologram");
    writeFileSync(join(folder, "many.json"), "[{]");
    refused(["add-widget", "--config", "../many.json"], 2, "many.json is not JSON");
  });

  it("a handler that was edited: kept without --force, deleted with it", () => {
    const path = "src/widgets/price_chart.ts";
    put(path, `${fresh[path]}// my own work\n`);
    refused(["remove-widget", "price_chart"], 3, `You have edited ${path}`, "--force");
    refused(["remove-widget", "price_chart", "--yes"], 3, "--force");
    refused(["remove-widget", "price_chart", "--dry-run"], 3, "--force");
    const forced = answer(project, ["remove-widget", "price_chart", "--force"]);
    expect(forced).toMatchObject({ code: 0, status: "removed", widgets: ["price_chart"], edited: [path] });
    expect(files(project)).not.toHaveProperty([path]);
    expect(readFileSync(join(project, "widgets.json"), "utf8")).not.toContain("price_chart");
  });
});
