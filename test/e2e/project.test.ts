import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, inject, it } from "vitest";
import { playWorkspace } from "../../scripts/workspace/index.js";
import { validateApps, validateWidgets } from "../../src/contract/index.js";
import { command, linkModules, script, start, temporaryFolder, tool } from "./helpers.js";

const folder = temporaryFolder();
const QUIET = ["--no-install", "--no-git", "--package-manager", "npm"];

/** Creates a project, checks, tests, builds and starts it, and calls everything as Workspace does. */
async function provesGood(project: string, env: Record<string, string> = {}) {
  script(project, "check");
  script(project, "test");
  script(project, "build");
  const { url } = await start(project, env);
  const headers: Record<string, string> = env.API_KEY ? { "X-API-KEY": env.API_KEY } : {};
  return playWorkspace({ url, project, headers, validateWidgets, validateApps });
}

function created(name: string, args: string[], input?: string): string {
  const result = tool([...args, ...QUIET], { cwd: folder, ...(input === undefined ? {} : { input }) });
  expect(result.code, result.stderr).toBe(0);
  linkModules(join(folder, name));
  return join(folder, name);
}

describe("a new project works", () => {
  it("with all six types, installed with npm", async () => {
    const project = inject("six");
    expect(existsSync(join(project, "package-lock.json"))).toBe(true);
    const calls = await provesGood(project);
    expect(calls).toHaveLength(13);
  });

  it("from flags, with two of a type, hostile names, categories and extra origins", async () => {
    const args = [
      "flags",
      ...["--widget", 'type=table,id=prices,name="Prices, \\"daily\\" */ ${x} {{y}}",category=Equity'],
      ...["--widget", "type=table,name=ราคา 😀", "--widget", "chart:volumes", "--category", "`My` <b>Data</b>"],
      ...["--origin", "https://desk.example.com", "--port", "8123", "--no-docker", "--ci", "none"],
    ];
    const project = created("flags", args);
    await provesGood(project);
    const widgets = JSON.parse(readFileSync(join(project, "widgets.json"), "utf8"));
    expect(widgets.prices.name).toBe('Prices, "daily" */ ${x} {{y}}');
    expect(widgets.volumes.category).toBe("`My` <b>Data</b>");
    expect(existsSync(join(project, "Dockerfile"))).toBe(false);
    const { url } = await start(project);
    for (const [origin, status] of Object.entries({
      "https://desk.example.com": 200,
      "https://desk.example.org": 403,
    })) {
      expect((await fetch(`${url}/prices`, { headers: { origin } })).status).toBe(status);
    }
  });

  it("from YAML on standard input, with definitions of the user's own", async () => {
    const yaml = `
directory: yaml
category: Desk
docker: false
widgets:
  - type: table
    id: orders
    name: Orders
    endpoint: v1/orders
    description: "Every order: */ and \`more\`"
    params:
      - - { paramName: client, type: text, multiSelect: true, options: [{ label: A, value: a }, { label: B, value: b }] }
        - { paramName: limit, type: number, value: 0 }
      - - { paramName: open, type: boolean, value: false }
        - { paramName: since, type: date, value: $currentDate-1w }
    data:
      table:
        columnsDefs:
          - { field: order, headerName: Order, cellDataType: text }
          - { field: filled, headerName: Filled, cellDataType: number, formatterFn: normalizedPercent }
  - type: chart
    id: bars
    endpoint: bars/{symbol}/daily
  - type: chart
    id: plain
    params: []
    raw: false
`;
    const project = created("yaml", ["--config", "-"], yaml);
    const calls = await provesGood(project);
    expect(calls).toContain("GET /widgets.json");
    expect(calls.some((call) => call.startsWith("GET /v1/orders"))).toBe(true);
    expect(calls).toContain("GET /bars/AAPL/daily");
    const types = readFileSync(join(project, "src/openbb/params.gen.ts"), "utf8");
    expect(types).toContain('client: ("a" | "b")[];\n      limit: number;\n      open: boolean;\n      since: string;');
  });

  it("with an API key, which is in .env and nowhere else", async () => {
    const result = tool(["keyed", "--yes", "--auth", "api-key", "--json", ...QUIET], { cwd: folder });
    const project = join(folder, "keyed");
    linkModules(project);
    const env = readFileSync(join(project, ".env"), "utf8");
    const key = /^API_KEY=([\w-]{43})$/m.exec(env)?.[1] as string;
    expect(key).toBeDefined();
    if (process.platform !== "win32") expect(statSync(join(project, ".env")).mode & 0o777).toBe(0o600);
    expect(result.stdout + result.stderr).not.toContain(key);
    expect(command("grep", ["-rl", "--exclude-dir=node_modules", key, project], { cwd: folder }).stdout.trim()).toBe(
      join(project, ".env"),
    );
    for (const file of [".gitignore", ".dockerignore"]) {
      expect(readFileSync(join(project, file), "utf8").split("\n")).toContain(".env");
    }
    await provesGood(project, { API_KEY: key });
    // The server reads .env by itself, and refuses to start without a key.
    const { url } = await start(project);
    expect((await fetch(`${url}/widgets.json`)).status).toBe(401);
    expect((await fetch(`${url}/widgets.json`, { headers: { "X-API-KEY": key } })).status).toBe(200);
    writeFileSync(join(project, ".env"), "");
    const bare = command(process.execPath, ["dist/server.js"], { cwd: project });
    expect(bare.code).toBe(1);
    expect(bare.stderr).toContain("API_KEY is missing");
  });
});

describe("the project's own tests", () => {
  const project = () => join(folder, "guard");
  const widgetsFile = () => join(project(), "widgets.json");

  it("notice a stale file, an entry without a handler, a wrong shape and a missing dashboard item", () => {
    created("guard", ["guard", "--widget", "table:prices", "--widget", "metric:figures"]);
    const original = readFileSync(widgetsFile(), "utf8");
    const fails = (what: RegExp) => {
      const result = command("npm", ["test", "--silent"], { cwd: project() });
      expect(result.code).not.toBe(0);
      expect(result.stdout + result.stderr).toMatch(what);
    };
    const widgets = JSON.parse(original);
    writeFileSync(widgetsFile(), JSON.stringify({ ...widgets, extra: { ...widgets.prices, endpoint: "extra" } }));
    fails(/npm run types/);
    expect(command("npm", ["run", "check", "--silent"], { cwd: project() }).code).not.toBe(0);
    script(project(), "types");
    fails(/no file in src\/widgets answers for it/);
    writeFileSync(widgetsFile(), original);
    script(project(), "types");

    const handler = join(project(), "src/widgets/figures.ts");
    const code = readFileSync(handler, "utf8");
    writeFileSync(handler, code.replace("return [\n", "return [{ lable: 1 } as never,\n"));
    fails(/the shape of a metric/);
    writeFileSync(handler, code);
    const apps = join(project(), "apps.json");
    writeFileSync(apps, readFileSync(apps, "utf8").replace('"i": "figures"', '"i": "figure"'));
    fails(/show only widgets that exist/);
  });

  it("the compiler notices a handler that does not fit its widget", () => {
    const handler = join(project(), "src/widgets/prices.ts");
    const code = readFileSync(handler, "utf8");
    const wrong: [string, string][] = [
      ["a number", code.replace(/=> \{\n[\s\S]*/, "=> 5);\n")],
      ["another id", code.replace('table("prices"', 'table("figures"')],
      ["an unknown parameter", code.replace("{ symbol, start_date }", "{ symbol, start_date, limit }")],
    ];
    for (const [what, text] of wrong) {
      expect(text, what).not.toBe(code);
      writeFileSync(handler, text);
      expect(command("npm", ["run", "check", "--silent"], { cwd: project() }).code, what).not.toBe(0);
    }
    writeFileSync(handler, code);
  });
});
