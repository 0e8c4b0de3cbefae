import { existsSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { binScript, command, files, temporaryFolder, tool } from "./helpers.js";

const cwd = temporaryFolder();
const QUICK = ["--yes", "--no-install", "--no-git"];

describe("without a terminal", () => {
  it("says what is missing, and ends with 2", () => {
    const bare = tool([], { cwd });
    expect(bare).toMatchObject({ code: 2, stdout: "" });
    expect(bare.stderr).toContain("[directory]");
    expect(bare.stderr).toContain("--widget");
    expect(bare.stderr).toContain("--yes");
    expect(tool(["desk"], { cwd }).stderr).not.toContain("[directory]");
    expect(files(cwd)).toEqual({});
  });

  it("says in the help of adopt what its arguments are, and nothing of --from, which it has not", () => {
    const { stdout } = tool(["adopt", "--help"], { cwd });
    expect(stdout).toMatch(/\n {2}folder +the backend that is there/);
    expect(stdout).not.toContain("--from");
  });

  it.each([
    [["desk", "--widgte", "table"], "--widget"],
    [["desk", "--widget", "pie"], "table, ssrm_table, chart"],
    [["desk", "--yes", "--auth", "basic"], "api-key"],
    [["desk", "--yes", "--port", "http"], "whole number"],
    [["desk", "--yes", "--port", "0"], "65535"],
    [["desk", "--yes", "--name", "--dry-run"], "It is a flag"],
    [["desk", "--widget", "--dry-run"], "It is a flag"],
    [["desk", "--yes", "--name", "My Desk"], "my-desk"],
    [["nul", "--yes"], "Windows"],
    [["desk", "extra", "--yes"], "too many arguments"],
    [["desk", "--yes", "--config", "none.json"], "no such file"],
    [["desk", "--yes", "--origin", "https://a.example/path"], "https://a.example"],
    [["desk", "--widget", "table:__proto__"], "__proto__"],
    [["desk", "--widget", "table:health"], "health"],
    [["desk", "--widget", "table:a", "--widget", "chart:A"], '"A_2"'],
  ])("refuses %j with 2 and a remedy", (args, remedy) => {
    const result = tool(args, { cwd });
    expect(result.code).toBe(2);
    expect(result.stdout).toBe("");
    expect(result.stderr).toContain(remedy);
    expect(result.stderr).not.toMatch(/\n\s+at /);
    expect(files(cwd)).toEqual({});
  });

  it("refuses a widget that Workspace would reject, naming the place", () => {
    const input = JSON.stringify({
      directory: "x",
      widgets: [{ type: "table", id: "a", params: [{ paramName: "p", type: "boolean", value: "true" }] }],
    });
    const result = tool(["--config", "-"], { cwd, input });
    expect(result.code).toBe(2);
    expect(result.stderr).toContain("/a/params/0/value");
    expect(files(cwd)).toEqual({});
  });

  it.each(["{", "a: [1", "[]", '{"nmae": 1}'])("says what is wrong with the config %j", (input) => {
    const result = tool(["--config", "-"], { cwd, input });
    expect(result.code).toBe(2);
    expect(result.stderr).toContain("standard input");
  });
});

describe("a dry run", () => {
  it("lists what the real run then makes, and writes nothing", () => {
    const dry = tool(["dry", ...QUICK, "--dry-run", "--json"], { cwd });
    expect(dry.code).toBe(0);
    expect(files(cwd)).toEqual({});
    const plan = JSON.parse(dry.stdout);
    expect(plan.status).toBe("planned");
    const real = JSON.parse(tool(["dry", ...QUICK, "--json"], { cwd }).stdout);
    expect(real.status).toBe("created");
    expect(real.changes).toEqual(plan.changes);
    expect(plan.changes.map(({ path }: { path: string }) => path).sort()).toEqual(
      Object.keys(files(join(cwd, "dry"))).sort(),
    );
  });

  it("shows with --diff the very contents", () => {
    const { changes } = JSON.parse(tool(["dry2", ...QUICK, "--diff", "--json"], { cwd }).stdout);
    tool(["dry2", ...QUICK], { cwd });
    const made = files(join(cwd, "dry2"));
    for (const { path, after } of changes) expect(made[path], path).toBe(after);
    const human = tool(["dry3", ...QUICK, "--diff"], { cwd });
    expect(human.stdout).toContain("+++ b/widgets.json");
    expect(human.stdout).not.toContain("\u001b");
  });

  it("ends as the real run would", () => {
    mkdirSync(join(cwd, "full"));
    writeFileSync(join(cwd, "full", "notes.txt"), "mine");
    expect(tool(["full", ...QUICK, "--dry-run"], { cwd }).code).toBe(3);
    expect(tool(["full", ...QUICK], { cwd }).code).toBe(3);
  });
});

describe("files in the way", () => {
  const target = join(cwd, "busy");

  it("are listed, and nothing is touched", () => {
    mkdirSync(join(target, ".git"), { recursive: true });
    writeFileSync(join(target, "LICENSE"), "mine");
    writeFileSync(join(target, "README.md"), "mine");
    writeFileSync(join(target, "notes.txt"), "mine");
    const before = files(target);
    const result = tool(["busy", ...QUICK], { cwd });
    expect(result.code).toBe(3);
    expect(result.stderr).toMatch(/README\.md\n\s+notes\.txt/);
    expect(result.stderr).not.toContain("LICENSE");
    expect(result.stderr).toContain("--on-conflict");
    expect(files(target)).toEqual(before);
  });

  it("are kept with skip", () => {
    const result = tool(["busy", ...QUICK, "--on-conflict", "skip"], { cwd });
    expect(result.code).toBe(0);
    expect(result.stderr).toContain("README.md");
    expect(readFileSync(join(target, "README.md"), "utf8")).toBe("mine");
    expect(files(target)["widgets.json"]).toBeDefined();
  });

  it("are replaced with overwrite, and kept beside", () => {
    for (const backup of ["README.md.bak", "README.md.bak2"]) {
      writeFileSync(join(target, "README.md"), backup);
      const { backups } = JSON.parse(tool(["busy", ...QUICK, "--on-conflict", "overwrite", "--json"], { cwd }).stdout);
      expect(backups).toContainEqual({ path: "README.md", backup });
      expect(readFileSync(join(target, backup), "utf8")).toBe(backup);
    }
    expect(readFileSync(join(target, "notes.txt"), "utf8")).toBe("mine");
    expect(readFileSync(join(target, "README.md"), "utf8")).toContain("# Busy");
  });

  it("do not count when they are harmless", () => {
    mkdirSync(join(cwd, "cloned", ".git"), { recursive: true });
    writeFileSync(join(cwd, "cloned", "LICENSE"), "mine");
    expect(tool(["cloned", ...QUICK], { cwd }).code).toBe(0);
    expect(files(join(cwd, "cloned")).LICENSE).toBe("mine");
  });

  it("include a file where a folder should be, a link, and a file for a target", () => {
    mkdirSync(join(cwd, "odd"));
    writeFileSync(join(cwd, "odd", "src"), "a file");
    const file = tool(["odd", ...QUICK, "--on-conflict", "overwrite"], { cwd });
    expect(file).toMatchObject({ code: 3 });
    expect(file.stderr).toContain("src");
    mkdirSync(join(cwd, "linked"));
    symlinkSync(cwd, join(cwd, "linked", "src"));
    const link = tool(["linked", ...QUICK, "--on-conflict", "overwrite"], { cwd });
    expect(link).toMatchObject({ code: 3 });
    expect(link.stderr).toContain("src");
    writeFileSync(join(cwd, "afile"), "mine");
    expect(tool(["afile", ...QUICK], { cwd })).toMatchObject({ code: 3 });
    expect(tool(["afile/below", ...QUICK], { cwd })).toMatchObject({ code: 3 });
    expect(readFileSync(join(cwd, "afile"), "utf8")).toBe("mine");
  });
});

describe("what is said", () => {
  it("goes to standard output when it is the result, and to standard error when not", () => {
    const { code, stdout } = tool(["said", ...QUICK], { cwd });
    expect(code).toBe(0);
    expect(stdout).toContain("cd said");
    expect(stdout).toContain("http://localhost:7779");
    expect(stdout).toContain("npx create-openbb-backend said --name said");
    expect(stdout).not.toContain("\u001b");
  });

  it("is one JSON document with --json, also on failure", () => {
    const failure = tool(["said", ...QUICK, "--json"], { cwd });
    expect(failure.code).toBe(3);
    expect(JSON.parse(failure.stdout)).toMatchObject({ status: "failed", exitCode: 3 });
    expect(JSON.parse(tool(["x", "--what", "--json"], { cwd }).stdout)).toMatchObject({
      status: "failed",
      exitCode: 2,
    });
  });

  it.skipIf(process.platform === "win32")("arrives whole in a pipe that is full and does not wait", () => {
    const args = ["never", "--yes", "--dry-run", "--diff"];
    const whole = tool(args, { cwd }).stdout;
    expect(whole.length).toBeGreaterThan(300_000);
    // Another Node that has the pipe open makes it one that does not wait, for both of them.
    const other = 'process.stdout.write(""); setTimeout(() => {}, 2000)';
    const both = `{ "$NODE" -e '${other}' & sleep 0.5; "$NODE" "$BIN" ${args.join(" ")}; } | { sleep 1; cat; }`;
    const env = { NODE: process.execPath, BIN: binScript() };
    expect(command("sh", ["-c", both], { cwd, env }).stdout).toBe(whole);
  });

  it.skipIf(process.platform === "win32")(
    "is no failure when nobody reads it, and one when it cannot be written",
    () => {
      const env = { NODE: process.execPath, BIN: binScript() };
      const said = (code: string) => command("sh", ["-c", code], { cwd, env });
      expect(said('{ "$NODE" "$BIN" --help; echo "code $?" >&2; } | true').stderr).toBe("code 0\n");
      const full = said('"$NODE" "$BIN" --help > /dev/full');
      if (existsSync("/dev/full")) expect(full.stderr).toContain("✖ Standard output cannot be written: ENOSPC");
      expect(full.code).not.toBe(0);
    },
  );

  it.skipIf(!existsSync("/dev/full"))("is no reason to break off, when not even that can be said", () => {
    const uncaught = join(cwd, "uncaught.cjs");
    writeFileSync(uncaught, 'process.on("uncaughtException", () => process.kill(process.pid, "SIGKILL"));');
    const env = { NODE: process.execPath, BIN: binScript(), UNCAUGHT: uncaught };
    // Nobody reads standard error any more.
    const code = '{ sleep 0.5; "$NODE" --require "$UNCAUGHT" "$BIN" --help > /dev/full; echo $? > code; } 2>&1 | true';
    command("sh", ["-c", code], { cwd, env });
    expect(readFileSync(join(cwd, "code"), "utf8")).toBe("1\n");
  });

  it("includes the command that makes the same bytes", () => {
    const { command } = JSON.parse(
      tool(["one", ...QUICK, "--widget", "type=table,name=It's", "--json"], { cwd }).stdout,
    );
    expect(command).toContain("--widget 'type=table,name=It'\\''s'");
    const first = files(join(cwd, "one"));
    tool(["again", "--name", "one", "--widget", "type=table,name=It's", ...QUICK], { cwd });
    expect(files(join(cwd, "again"))).toEqual(first);
  });

  it("can come from the record of another project", () => {
    tool(["record", "--config", "one/openbb-backend.json", ...QUICK], { cwd });
    const { "openbb-backend.json": _, ...copy } = files(join(cwd, "record"));
    const { "openbb-backend.json": _o, ...original } = files(join(cwd, "one"));
    expect(copy).toEqual(original);
  });
});

describe("after the files are in place", () => {
  it("no git is a warning", () => {
    const result = tool(["nogit", "--yes", "--no-install"], { cwd, env: { PATH: "/nowhere" } });
    expect(result.code).toBe(0);
    expect(result.stderr).toMatch(/git/i);
  });

  it("no npm ends with 5 and the command to run", () => {
    const result = tool(["nonpm", "--yes", "--no-git", "--package-manager", "npm"], { cwd, env: { PATH: "/nowhere" } });
    expect(result.code).toBe(5);
    expect(result.stderr).toContain("cd nonpm && npm install");
    expect(files(join(cwd, "nonpm"))["package.json"]).toBeDefined();
  });

  it("an installation that fails ends with 5, and its output is shown", () => {
    const env = {
      npm_config_registry: "http://127.0.0.1:9",
      npm_config_fetch_retries: "0",
      npm_config_cache: join(cwd, "cache"),
    };
    const result = tool(["offline", "--yes", "--no-git", "--package-manager", "npm", "--json"], { cwd, env });
    expect(result.code).toBe(5);
    expect(JSON.parse(result.stdout)).toMatchObject({
      status: "incomplete",
      exitCode: 5,
      commands: [{ command: "npm install", ok: false }],
    });
    expect(result.stderr).toContain("ECONNREFUSED");
  });

  it("git init makes a repository on main, and not inside another", () => {
    const { commands } = JSON.parse(tool(["repo", "--yes", "--no-install", "--json"], { cwd }).stdout);
    expect(commands).toEqual([{ command: "git init", ok: true }]);
    expect(statSync(join(cwd, "repo", ".git")).isDirectory()).toBe(true);
    const inner = tool(["inner", "--yes", "--no-install", "--json"], { cwd: join(cwd, "repo") });
    expect(JSON.parse(inner.stdout).commands).toEqual([]);
  });
});
