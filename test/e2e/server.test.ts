import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import {
  atEnd,
  command,
  freePort,
  linkModules,
  script,
  start,
  temporaryFolder,
  tool,
  until,
  userEnv,
} from "./helpers.js";

const folder = temporaryFolder();
const project = join(folder, "served");
const handler = (id: string) => join(project, "src", "widgets", `${id}.ts`);
const KEY = "a-key-that-is-only-for-tests";
const posix = process.platform !== "win32";

/** A handler of a table that runs this code. */
function write(id: string, code: string): void {
  writeFileSync(
    handler(id),
    `import { table } from "../openbb/table.js";\n\nexport default table("${id}", async (params, { signal }) => {\n  void params, signal;\n${code}\n});\n`,
  );
}

beforeAll(() => {
  const widgets = ["slow", "broken", "stuck", "text", "refuses"].flatMap((id) => ["--widget", `table:${id}`]);
  expect(
    tool(["served", ...widgets, "--no-install", "--no-git", "--package-manager", "npm"], { cwd: folder }).code,
  ).toBe(0);
  linkModules(project);
  write(
    "slow",
    "  console.log('slow has begun');\n  await new Promise((resolve) => setTimeout(resolve, 1500));\n  return [{ done: true }];",
  );
  write("broken", '  throw new Error("the password is hunter2");');
  write("stuck", "  return new Promise<never>(() => {});");
  write("text", '  throw "a text";');
  writeFileSync(
    handler("refuses"),
    'import { HttpError } from "../openbb/errors.js";\nimport { table } from "../openbb/table.js";\n\nexport default table("refuses", async () => {\n  throw new HttpError(404, "No prices for XYZ.");\n});\n',
  );
  script(project, "check");
  script(project, "build");
});

describe("a handler that fails", () => {
  it("gives a 500 without details, and a log line with the stack", async () => {
    const { url, log } = await start(project);
    for (const id of ["broken", "text"]) {
      const response = await fetch(`${url}/${id}`);
      expect(response.status).toBe(500);
      const { detail } = (await response.json()) as { detail: string };
      expect(detail).not.toContain("hunter2");
      expect(detail).toContain(response.headers.get("x-request-id"));
    }
    await until(() => (log().match(/"level":50/g) ?? []).length === 2, "both in the log");
    expect(log()).toContain("hunter2");
    expect(log()).toMatch(/broken\.ts:\d+/);
  });

  it("may say what the caller should read", async () => {
    const { url } = await start(project);
    const response = await fetch(`${url}/refuses`);
    expect(response.status).toBe(404);
    expect(await response.json()).toEqual({ detail: "No prices for XYZ." });
  });

  it("or never ends, gives a 504 when the time is up, and the server goes on", async () => {
    const { url } = await start(project, { REQUEST_TIMEOUT_SECONDS: "1" });
    const response = await fetch(`${url}/stuck`);
    expect(response.status).toBe(504);
    expect(((await response.json()) as { detail: string }).detail).toContain("1 second");
    expect((await fetch(`${url}/health`)).status).toBe(200);
  });
});

describe("the log", () => {
  it("holds no key, no header and no query", async () => {
    const { url, log } = await start(project, { API_KEY: KEY });
    await fetch(`${url}/refuses?token=sesame`, { headers: { "X-API-KEY": KEY, Cookie: "crumbs" } });
    await fetch(`${url}/refuses`, { headers: { Authorization: `Bearer ${KEY}` } });
    await until(() => log().includes('"path":"/refuses"'), "the log");
    for (const secret of [KEY, "sesame", "crumbs"]) expect(log()).not.toContain(secret);
  });
});

describe("the environment", () => {
  it.each([
    [{ PORT: "http" }, "PORT must be a whole number"],
    [{ API_KEY: "short" }, "API_KEY must have at least 16 characters"],
    [{ ALLOWED_ORIGINS: "desk.example.com" }, "ALLOWED_ORIGINS must be origins"],
    [{ LOG_LEVEL: "loud" }, "LOG_LEVEL"],
  ])("%j stops the start with one message", (env, message) => {
    const result = command(process.execPath, ["dist/server.js"], { cwd: project, env });
    expect(result.code).toBe(1);
    expect(result.stderr).toContain(message);
    expect(result.stderr).not.toMatch(/\n\s+at /);
  });

  it("a port in use is one sentence", async () => {
    const { url } = await start(project);
    const result = command(process.execPath, ["dist/server.js"], { cwd: project, env: { PORT: new URL(url).port } });
    expect(result).toMatchObject({ code: 1 });
    expect(result.stderr).toContain(`Port ${new URL(url).port} is in use`);
  });

  it("open to the network without a key is said loudly", async () => {
    const { log } = await start(project, { HOST: "0.0.0.0" });
    await until(() => log().includes("NO API KEY"), "the warning");
  });
});

describe("safety", () => {
  it("foreign pages and foreign host names get 403, and the handler does not run", async () => {
    const { url, log } = await start(project);
    expect((await fetch(`${url}/broken`, { headers: { Origin: "https://evil.example" } })).status).toBe(403);
    expect((await fetch(`${url}/broken`, { headers: { Origin: "null" } })).status).toBe(403);
    expect(await status(url, { host: "evil.example" })).toBe(403);
    expect(await status(url, { host: `localhost:${new URL(url).port}` })).toBe(200);
    expect(log()).not.toContain("hunter2");
  });

  it("bodies that are no JSON, too large or malformed are 4xx in JSON", async () => {
    const { url } = await start(project);
    const post = (body: string, type = "application/json") =>
      fetch(`${url}/slow`, { method: "POST", headers: { "Content-Type": type }, body });
    for (const [response, code] of [
      [await post("a=1", "application/x-www-form-urlencoded"), 415],
      [await post("{"), 400],
      [await post(JSON.stringify("x".repeat(2_000_000))), 413],
      [await post("{}"), 405],
    ] as const) {
      expect(response.status).toBe(code);
      expect(typeof ((await response.json()) as { detail: string }).detail).toBe("string");
    }
  });

  function status(url: string, headers: Record<string, string>): Promise<number | undefined> {
    return new Promise((resolve) =>
      request(`${url}/widgets.json`, { headers }, (res) => resolve(res.statusCode)).end(),
    );
  }
});

describe.runIf(posix)("stopping", () => {
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    it(`on ${signal} lets requests in flight finish`, async () => {
      const server = await start(project);
      const slow = fetch(`${server.url}/slow`);
      await until(() => server.log().includes("slow has begun"), "the request to arrive");
      server.process.kill(signal);
      expect(await (await slow).json()).toEqual([{ done: true }]);
      expect(await server.ended).toBe(0);
      expect(server.log()).toContain("stopping");
    });
  }
});

describe("one bad widget", () => {
  it("is left out with a loud line, and the others are served", async () => {
    const file = join(project, "widgets.json");
    const original = readFileSync(file, "utf8");
    const widgets = JSON.parse(original);
    writeFileSync(file, JSON.stringify({ ...widgets, slow: { ...widgets.slow, type: "table_ssrm" } }));
    const { url, log } = await start(project);
    const served = (await (await fetch(`${url}/widgets.json`)).json()) as object;
    expect(Object.keys(served)).toEqual(["broken", "stuck", "text", "refuses"]);
    expect(log()).toContain('Widget \\"slow\\" is left out');
    const page = await (await fetch(url, { headers: { Accept: "text/html" } })).text();
    expect(page).toContain("<li>Widget &quot;slow&quot; is left out: `type` cannot be &quot;table_ssrm&quot;.");
    const { problems } = (await (await fetch(url, { headers: { Accept: "application/json" } })).json()) as {
      problems: string[];
    };
    expect(problems).toEqual([expect.stringContaining('Widget "slow" is left out')]);
    writeFileSync(file, original);
  });
});

describe.runIf(posix)("npm run dev", () => {
  it("starts again when widgets.json changes, with the new types and handlers", async () => {
    const port = await freePort();
    const dev = spawn("npm", ["run", "dev", "--silent"], {
      cwd: project,
      env: userEnv({ PORT: String(port) }),
      detached: true,
    });
    atEnd(() => {
      if (dev.pid) process.kill(-dev.pid, "SIGKILL");
    });
    const names = (): Promise<string[]> =>
      fetch(`http://127.0.0.1:${port}/widgets.json`).then(
        async (response) => Object.keys((await response.json()) as object),
        () => [],
      );
    await until(async () => (await names()).length === 5, "npm run dev");
    write("added", "  return [{ new: 1 }];");
    const file = join(project, "widgets.json");
    const widgets = JSON.parse(readFileSync(file, "utf8"));
    writeFileSync(file, JSON.stringify({ ...widgets, added: { ...widgets.slow, endpoint: "added" } }));
    await until(async () => (await names()).includes("added"), "the restart");
    expect(await (await fetch(`http://127.0.0.1:${port}/added`)).json()).toEqual([{ new: 1 }]);
    expect(readFileSync(join(project, "src/openbb/params.gen.ts"), "utf8")).toContain("added: {");
  });
});
