import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { XMLValidator } from "fast-xml-parser";
import { describe, expect, it } from "vitest";
import { atEnd, binScript, files, temporaryFolder, tool, until, userEnv } from "./helpers.js";

const cwd = temporaryFolder();
const PRICES = { name: "Prices", description: "Last closes.", endpoint: "prices" };

/** A folder with these files. */
function backend(name: string, content: Record<string, unknown>): string {
  mkdirSync(join(cwd, name), { recursive: true });
  for (const [file, value] of Object.entries(content)) {
    writeFileSync(join(cwd, name, file), typeof value === "string" ? value : JSON.stringify(value, null, 2));
  }
  return name;
}
const validate = (...args: string[]) => tool(["validate", ...args], { cwd });
const SOUND = backend("sound", { "widgets.json": { prices: PRICES } });
const WRONG = backend("wrong", { "widgets.json": { prices: { ...PRICES, type: "table_ssrm", endpoint: 7 } } });
const WARNED = backend("warned", { "widgets.json": { prices: { ...PRICES, imgUrl: "x" } } });

describe("exit codes", () => {
  it.each([
    [[SOUND], 0],
    [[`${SOUND}/widgets.json`], 0],
    [[WRONG], 4],
    [[WRONG, "--quiet"], 4],
    [[WRONG, "--ignore", "unknown-widget-type"], 4],
    [[WRONG, "--ignore", "unknown-widget-type", "--ignore", "bad-value"], 0],
    [[WARNED], 0],
    [[WARNED, "--max-warnings", "1"], 0],
    [[WARNED, "--max-warnings", "0"], 4],
    [[WARNED, "--max-warnings", "0", "--quiet"], 4],
    [[WARNED, "--max-warnings", "0", "--ignore", "unrecognised-key"], 0],
  ])("%j ends with %i", (args, code) => {
    const result = validate(...args);
    expect(result.code, result.stdout + result.stderr).toBe(code);
    expect(result.stderr).toBe("");
  });

  it.each([
    [["none"], 2, "http://localhost:7779"],
    [["."], 3, "give one of these folders"],
    [[SOUND, "--ignore", "bad-valeu"], 2, "Did you mean bad-value?"],
    [[SOUND, "--format", "xml"], 2, "sarif"],
    [[SOUND, "--max-warnings", "few"], 2, "whole number"],
    [[SOUND, "--header", "A: b"], 2, "--live"],
    [[SOUND, "--watch", "--fix"], 2, "--watch"],
    [[SOUND, "--fix", "--format", "github"], 2, "json"],
    [["http://localhost:1", "--fix"], 2, "folder"],
    [["http://localhost:1", "--header", "secret-value"], 2, 'Write --header "Name: value"'],
    [["http://localhost:1", "--query", "secret-value"], 2, "--query name=value"],
    [["https://"], 2, "full URL"],
    [["http://localhost:1", "--concurrency", "0"], 2, "at least 1"],
  ])("%j is refused with %i", (args, code, remedy) => {
    const result = validate(...args);
    expect(result).toMatchObject({ code, stdout: "" });
    expect(result.stderr).toContain(remedy);
    expect(result.stderr).not.toContain("secret-value");
    expect(result.stderr).not.toMatch(/\n\s+at /);
  });

  it("says as JSON what is wrong, also with the command line", () => {
    for (const args of [
      ["none", "--json"],
      ["none", "--format", "json"],
      ["none", "--format=json"],
      [SOUND, "--json", "--format", "sarif"],
      ["--json", "--nmae"],
    ]) {
      expect(JSON.parse(validate(...args).stdout)).toMatchObject({ status: "failed", exitCode: 2 });
    }
  });
});

describe("what it prints", () => {
  it("text: places that editors find, no colours in a pipe, and what to do next", () => {
    const { stdout } = validate(WRONG);
    expect(stdout).toContain(`${join(WRONG, "widgets.json")}:5:17 `);
    expect(stdout).toContain('"endpoint": 7');
    expect(stdout).toContain("Workspace would not connect this backend");
    expect(stdout).toContain("explain bad-value");
    expect(stdout).toContain(`validate ${WRONG} --fix`);
    expect(stdout).not.toContain("\u001b");
    expect(validate(SOUND).stdout).toBe("✔ sound: no findings. Checked 1 widget.\n  Workspace would accept it.\n");
  });

  it("JSON, whatever the flag", () => {
    const { stdout, code } = validate(WRONG, "--json");
    const report = JSON.parse(stdout);
    expect(report).toMatchObject({ status: "invalid", exitCode: code, counts: { errors: 2, warnings: 0 } });
    expect(validate(WRONG, "--format", "json").stdout).toBe(stdout);
    expect(tool(["validate", "--json"], { cwd: join(cwd, WRONG) }).stdout).toBe(
      stdout.replaceAll(JSON.stringify(join(WRONG, "widgets.json")), '"widgets.json"').replace('"wrong"', '"."'),
    );
  });

  it("JUnit, SARIF and GitHub's commands, with paths from the root of the repository", () => {
    mkdirSync(join(cwd, ".git"), { recursive: true });
    expect(XMLValidator.validate(validate(WRONG, "--format", "junit").stdout)).toBe(true);
    const sarif = JSON.parse(validate(WRONG, "--format", "sarif").stdout);
    const [location] = sarif.runs[0].results[0].locations;
    expect(location.physicalLocation.artifactLocation.uri).toBe("wrong/widgets.json");
    const github = tool(["validate", "--format", "github"], { cwd: join(cwd, WRONG) });
    expect(github.code).toBe(4);
    expect(github.stdout).toMatch(/^::error file=wrong\/widgets\.json,line=\d+,/);
  });

  it("explains a code", () => {
    expect(tool(["explain", "unknown-widget-type"], { cwd }).stdout).toContain("ssrm_table");
    expect(tool(["explain"], { cwd })).toMatchObject({ code: 0, stdout: expect.stringContaining("invalid-json") });
    expect(tool(["explain", "nothing"], { cwd }).code).toBe(2);
  });

  it("ends quietly when nobody reads on", async () => {
    const many = Object.fromEntries(Array.from({ length: 3000 }, (_, n) => [`w${n}`, { name: "A" }]));
    const name = backend("many", { "widgets.json": many });
    const child = spawn(process.execPath, [binScript(), "validate", name, "--json"], { cwd, env: userEnv() });
    let stderr = "";
    child.stderr.on("data", (chunk) => {
      stderr += chunk;
    });
    child.stdout.once("data", () => child.stdout.destroy());
    const code = await new Promise((resolve) => child.once("exit", resolve));
    expect(stderr).toBe("");
    expect(code).toBe(4);
  });
});

describe("--fix", () => {
  const TEXT =
    '{\r\n\t"prices": {"name": "Prices", "description": "d", "endpoint": "prices",  "type": "table_ssrm"}\r\n}';

  it("shows first, mends then, and leaves every other byte", () => {
    const name = backend("mend", { "widgets.json": TEXT, "notes.txt": "mine" });
    const path = join(cwd, name, "widgets.json");
    for (const flag of ["--dry-run", "--diff"]) {
      const shown = validate(name, flag);
      expect(shown.code).toBe(0);
      expect(shown.stdout).toContain("ssrm_table");
      expect(readFileSync(path, "utf8")).toBe(TEXT);
    }
    const mended = validate(name, "--fix");
    expect(mended.code).toBe(0);
    expect(readFileSync(path, "utf8")).toBe(TEXT.replace("table_ssrm", "ssrm_table"));
    expect(Object.keys(files(join(cwd, name))).sort()).toEqual(["notes.txt", "widgets.json"]);
    const again = validate(name, "--fix", "--json");
    expect(JSON.parse(again.stdout)).toMatchObject({ status: "valid", written: true, fixed: [], changes: [] });
  });

  it("ends with 4 where errors are left", () => {
    const name = backend("half", { "widgets.json": { a: { ...PRICES, type: "table_ssrm", endpoint: [] } } });
    const result = validate(name, "--fix", "--json");
    expect(result.code).toBe(4);
    expect(JSON.parse(result.stdout)).toMatchObject({
      fixed: [{ code: "unknown-widget-type" }],
      counts: { errors: 1 },
    });
  });

  it("does not touch a file that is no UTF-8", () => {
    const name = backend("wide", { "widgets.json": "" });
    const bytes = Buffer.from(`\ufeff${TEXT}`, "utf16le");
    writeFileSync(join(cwd, name, "widgets.json"), bytes);
    expect(validate(name, "--fix").code).toBe(4);
    expect(readFileSync(join(cwd, name, "widgets.json")).equals(bytes)).toBe(true);
  });
});

describe("a URL", () => {
  const SERVER = `
    import { createServer } from "node:http";
    const bodies = { "/widgets.json": process.argv[2], "/prices": '[{"close": 1}]', "/apps.json": "[]", "/agents.json": "[]" };
    const server = createServer((request, response) => {
      const body = bodies[new URL(request.url, "http://h").pathname];
      response.writeHead(request.method === "OPTIONS" ? 204 : body ? 200 : 404, {
        "Access-Control-Allow-Origin": "*",
        "Access-Control-Allow-Methods": "GET, POST, PUT, OPTIONS",
        "Access-Control-Allow-Headers": "*, Authorization, Content-Type, X-Key",
        "Access-Control-Allow-Private-Network": "true",
        "Content-Type": "application/json",
      });
      response.end(request.method === "OPTIONS" ? "" : (body ?? '{"detail": "nothing here"}'));
    });
    server.listen(0, "127.0.0.1", () => console.log(server.address().port));`;

  /** Serves a widgets.json, as a process of its own: the tool is waited for. */
  async function serve(widgets: string): Promise<string> {
    writeFileSync(join(cwd, "server.mjs"), SERVER);
    const child = spawn(process.execPath, ["server.mjs", widgets], { cwd, env: userEnv() });
    atEnd(() => child.kill("SIGKILL"));
    let port = "";
    child.stdout.on("data", (chunk) => {
      port += chunk;
    });
    await until(() => port.endsWith("\n"), "the server");
    return `http://127.0.0.1:${port.trim()}`;
  }

  it("is called as Workspace would", async () => {
    const result = validate(await serve(JSON.stringify({ prices: PRICES })), "--json");
    expect(JSON.parse(result.stdout)).toMatchObject({
      status: "valid",
      workspace: { connects: true, canAdd: true },
      counts: { errors: 0 },
    });
    expect(result).toMatchObject({ code: 0, stderr: "" });
  });

  it("shows places in what was fetched, and credentials nowhere", async () => {
    const url = await serve(`{\n  "prices": { "name": "Prices", "description": "d", "endpoint": "gone" }, // one\n}`);
    const secrets = ["--header", "X-Key: secret-header", "--query", "k=secret-query"];
    const { stdout, stderr, code } = validate(url, ...secrets);
    expect(code).toBe(4);
    expect(stdout).toContain("/widgets.json?k=***:2:");
    expect(stdout).toContain("invalid-json");
    expect(stdout + stderr).not.toContain("secret-");
    expect(validate(url, ...secrets, "--format", "github").stdout).toMatch(/^::error title=/);
  });
});

it("--watch checks again after each change, and ends with the last result's code", async () => {
  const name = backend("watched", { "widgets.json": { prices: PRICES } });
  const child = spawn(process.execPath, [binScript(), "validate", name, "--watch"], { cwd, env: userEnv() });
  atEnd(() => child.kill("SIGKILL"));
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      text += chunk;
    });
  }
  const ended = new Promise((resolve) => child.once("exit", resolve));
  await until(() => text.includes("Watching"), "the first check");
  expect(text).toContain("no findings");
  writeFileSync(join(cwd, name, "widgets.json"), "{");
  await until(() => text.includes("invalid-json"), "the second check");
  await until(() => text.split("Watching").length === 3, "the second wait");
  if (process.platform === "win32") {
    child.kill();
    return;
  }
  child.kill("SIGINT");
  expect(await ended).toBe(4);
});

it("finds nothing to say about the showcase", () => {
  expect(tool(["shown", "--preset", "showcase", "--yes", "--no-install", "--no-git"], { cwd }).code).toBe(0);
  const result = validate("shown", "--json");
  expect(JSON.parse(result.stdout)).toMatchObject({ status: "valid", findings: [], checked: { apps: 1 } });
  expect(result.code).toBe(0);
});
