import { readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, inject, it } from "vitest";
import { binPath, binScript, command } from "./helpers.js";

const tarball = inject("tarball");
const home = inject("home");

describe("the package", () => {
  it("holds the programs, the bundle and the licences, and no more", () => {
    const { stdout } = command("tar", ["-tzf", tarball], { cwd: home });
    const paths = stdout
      .trim()
      .split("\n")
      .map((path) => path.replace(/^package\//, ""));
    const others = paths.filter((path) => !/^(bin|dist)\//.test(path));
    expect(others.sort()).toEqual(["LICENSE", "README.md", "package.json"]);
    expect(paths).toContain("dist/LICENSES.md");
    expect(paths).toContain("dist/create.schema.json");
    for (const name of ["widgets", "apps", "agents"]) expect(paths).toContain(`dist/schemas/${name}.schema.json`);
  });

  // 250 kB was the aim with six widget types; with nineteen, and what changes existing projects, it is more.
  it("is less than 480 kB to download", () => {
    expect(statSync(tarball).size).toBeLessThan(480_000);
  });

  it("installs as one package, with no dependencies", () => {
    const installed = readdirSync(join(home, "node_modules")).filter((name) => !name.startsWith("."));
    expect(installed).toEqual(["create-openbb-backend"]);
  });

  it("is as publint and attw want it", () => {
    const root = process.cwd();
    const publint = command(join(root, "node_modules", ".bin", "publint"), ["run", tarball, "--strict"], { cwd: root });
    expect(publint.stdout + publint.stderr).toContain("All good!");
    const attw = command(join(root, "node_modules", ".bin", "attw"), [tarball, "--profile", "esm-only", "--no-color"], {
      cwd: root,
    });
    expect(attw.code, attw.stdout + attw.stderr).toBe(0);
  });

  it("can be used as a library whose typings need nothing else", () => {
    const code = `import { createBackend, validateWidgets, type CreateBackendOptions, type Plan } from "create-openbb-backend";
import { validateApps, type Finding } from "create-openbb-backend/contract";
import schema from "create-openbb-backend/schema.json" with { type: "json" };
import widgets from "create-openbb-backend/schemas/widgets.schema.json" with { type: "json" };
import apps from "create-openbb-backend/schemas/apps.schema.json" with { type: "json" };
import agents from "create-openbb-backend/schemas/agents.schema.json" with { type: "json" };
const options: CreateBackendOptions = { directory: "library", widgets: [{ type: "table", id: "a" }], dryRun: true };
const plan: Plan = (await createBackend(options)).plan;
const findings: Finding[] = [...validateWidgets({}), ...validateApps([])];
console.log(plan.changes.length > 10, findings.length, schema.type);
console.log(widgets.title, apps.title, agents.title);
`;
    const file = join(home, "library.mts");
    writeFileSync(file, code);
    const tsc = command(
      process.execPath,
      [
        join(process.cwd(), "node_modules/typescript/bin/tsc"),
        "--noEmit",
        "--strict",
        "--module",
        "nodenext",
        "--target",
        "es2023",
        "--resolveJsonModule",
        "--skipLibCheck",
        "false",
        "--lib",
        "es2023,dom",
        file,
      ],
      { cwd: home },
    );
    expect(tsc.stdout).toBe("");
    const tsx = command(process.execPath, [join(process.cwd(), "node_modules/tsx/dist/cli.mjs"), file], { cwd: home });
    expect(tsx.stdout, tsx.stderr).toMatch(/^true 0 object\nwidgets\.json: .* apps\.json: .* agents\.json: .*\n$/);
  });
});

describe("the programs", () => {
  it("tell their version and how they are used", () => {
    for (const name of ["create-openbb-backend", "openbb-backend"]) {
      expect(command(binPath(name), ["--version"], { cwd: home })).toMatchObject({ code: 0, stdout: "0.1.0\n" });
      expect(command(binPath(name), ["--help"], { cwd: home })).toMatchObject({ code: 0, stderr: "" });
    }
    expect(command(binPath(), ["--help"], { cwd: home }).stdout).toContain("--on-conflict");
    const bare = command(binPath("openbb-backend"), [], { cwd: home });
    expect(bare).toMatchObject({ code: 0, stderr: "" });
    expect(bare.stdout).toContain("create");
    expect(command(binPath("openbb-backend"), ["create", "--help"], { cwd: home }).stdout).toContain("--on-conflict");
  });

  /** Runs a program after some code has changed the Node that it sees. */
  const within = (code: string, args: string[], name?: string) => {
    writeFileSync(join(home, "before.cjs"), code);
    return command(process.execPath, ["--require", join(home, "before.cjs"), binScript(name), ...args], { cwd: home });
  };

  it.each(["21.7.3", "21.0.0", "18.20.8", "20.18.0", "12.0.0"])("say what to do on Node %s", (version) => {
    const old = `Object.defineProperty(process, "versions", { value: { ...process.versions, node: "${version}" } });`;
    for (const name of ["create-openbb-backend", "openbb-backend"]) {
      const { code, stdout, stderr } = within(old, ["--version"], name);
      expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
      expect(stderr).toContain(`✖ ${name} needs Node 20.19 or newer, but not 21, and this is ${version}.`);
    }
  });

  it("do without what only later versions of Node 21 have", () => {
    const { code, stderr } = within(`delete require("node:crypto").hash;`, ["early", "--yes", "--dry-run"]);
    expect({ code, stderr }).toMatchObject({ code: 0, stderr: expect.not.stringContaining("✖") });
  });

  it("end with 1 when the result cannot be written", () => {
    const full = `const fs = require("node:fs");
const { writeSync } = fs;
fs.writeSync = (descriptor, ...rest) => {
  if (descriptor === 1) throw Object.assign(new Error("ENOSPC"), { code: "ENOSPC" });
  return writeSync(descriptor, ...rest);
};`;
    const { code, stderr } = within(full, ["--help"]);
    expect(stderr).toBe("✖ Standard output cannot be written: ENOSPC\n");
    expect(code).toBe(1);
  });

  it("end with 1 when they end in the middle", () => {
    const stuck = `require("node:fs").promises.readdir = () => new Promise(() => {});`;
    const { code, stderr } = within(stuck, [".", "--yes", "--dry-run"]);
    expect(stderr).toContain("✖ Something unexpected went wrong: this ended in the middle.");
    expect(code).toBe(1);
  });
});
