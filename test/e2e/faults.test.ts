import { appendFileSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { connect } from "node:net";
import { join } from "node:path";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { linkModules, type Running, script, start, temporaryFolder, tool, until } from "./helpers.js";

const folder = temporaryFolder();
const project = join(folder, "faulty");
const KEY = "a-key-that-is-only-for-tests";

/** What a handler may do wrong, by the id of its widget: the code of its body. */
const FAULTS: Record<string, string> = {
  never: "return new Promise(() => {});",
  throws_text: 'throw "a text";',
  gives_undefined: "return undefined;",
  gives_null: "return null;",
  gives_bigint: "return [{ big: 1n }];",
  gives_circle: "const a: any = {}; a.a = a; return [a];",
  gives_nan: "return NaN;",
  gives_date: "return new Date();",
  gives_function: "return () => 1;",
};

let server: Running;

beforeAll(async () => {
  const ids = [...Object.keys(FAULTS), "fine", "large", "counted"];
  const widgets = ids.flatMap((id) => ["--widget", `table:${id}`]);
  expect(
    tool(["faulty", ...widgets, "--no-install", "--no-git", "--package-manager", "npm"], { cwd: folder }).code,
  ).toBe(0);
  linkModules(project);
  const write = (id: string, code: string) =>
    writeFileSync(
      join(project, "src", "widgets", `${id}.ts`),
      `import { table } from "../openbb/table.js";\n\nexport default table("${id}", async (): Promise<any> => {\n  ${code}\n});\n`,
    );
  for (const [id, code] of Object.entries(FAULTS)) write(id, code);
  write("fine", "return [{ fine: true }];");
  write("large", 'return Array.from({ length: 500_000 }, (_, i) => ({ i, text: "x".repeat(90) }));');
  write(
    "counted",
    "const call = ++calls;\n  return Array.from({ length: 3000 }, (_, i) => ({ i, call, price: call / 4 }));",
  );
  appendFileSync(join(project, "src", "widgets", "counted.ts"), "\nlet calls = 0;\n");
  script(project, "build");
  server = await start(project, { REQUEST_TIMEOUT_SECONDS: "2" });
});

afterEach(async () => {
  // Whatever happened: the server still serves.
  expect(await (await fetch(`${server.url}/fine`)).json()).toEqual([{ fine: true }]);
});

describe("a handler that goes wrong", () => {
  for (const id of Object.keys(FAULTS)) {
    it(`${id}: a clear JSON answer, and a log line`, async () => {
      const response = await fetch(`${server.url}/${id}`);
      expect(response.status).toBe(id === "never" ? 504 : 500);
      expect(response.headers.get("content-type")).toContain("application/json");
      expect(typeof ((await response.json()) as { detail: unknown }).detail).toBe("string");
      const logged = new RegExp(`"widget":"${id}".*"status":50[04]`);
      await until(() => logged.test(server.log()), `the log line of ${id}`);
    });
  }

  it("an answer of 50 MB arrives whole", async () => {
    const text = await (await fetch(`${server.url}/large`)).text();
    expect(text.length).toBeGreaterThan(50_000_000);
    expect(JSON.parse(text)).toHaveLength(500_000);
  });

  it("a caller that goes in the middle of it", async () => {
    await new Promise<void>((resolve) => {
      const call = request(`${server.url}/large`, (response) => response.once("data", () => call.destroy()));
      call.once("close", () => resolve());
      call.on("error", () => {});
      call.end();
    });
  });
});

describe("large answers at once", () => {
  it("share no memory, compressed or not, whoever leaves meanwhile", async () => {
    const ask = async (index: number): Promise<number | undefined> => {
      const leaving = new AbortController();
      const headers = { "Accept-Encoding": index % 2 ? "gzip" : "identity" };
      try {
        const response = await fetch(`${server.url}/counted`, { headers, signal: leaving.signal });
        if (index % 5 === 0) leaving.abort();
        const rows = (await response.json()) as { i: number; call: number; price: number }[];
        const call = rows[0]?.call ?? 0;
        expect(rows).toEqual(Array.from({ length: 3000 }, (_, i) => ({ i, call, price: call / 4 })));
        return call;
      } catch (error) {
        if (!leaving.signal.aborted) throw error;
        return undefined;
      }
    };
    const calls = await Promise.all(Array.from({ length: 80 }, (_, index) => ask(index)));
    const answered = calls.filter((call) => call !== undefined);
    expect(answered.length).toBeGreaterThanOrEqual(64);
    expect(new Set(answered).size).toBe(answered.length);
  });
});

describe("a caller that goes wrong", () => {
  const post = (body: string) =>
    fetch(`${server.url}/fine`, { method: "POST", headers: { "Content-Type": "application/json" }, body });

  it.each([
    ["a body of 10 MB", () => post(JSON.stringify("x".repeat(10_000_000))), 413],
    ["malformed JSON", () => post('{"a": '), 400],
    ["a parameter that is no URL encoding", () => fetch(`${server.url}/fine?x=%zz`), 200],
    ["a path that is no URL encoding", () => fetch(`${server.url}/%zz`), 404],
  ])("%s", async (_, call, status) => {
    const response = await call();
    expect(response.status).toBe(status);
    expect(response.headers.get("content-type")).toContain("application/json");
    await response.json();
  });

  it.each([
    ["headers of 100 kB", `GET /fine HTTP/1.1\r\nHost: localhost\r\nX-Bomb: ${"x".repeat(100_000)}\r\n\r\n`, 431],
    ["3,000 headers", `GET /fine HTTP/1.1\r\nHost: localhost\r\n${"X-Y: zzzzzzzzzz\r\n".repeat(3000)}\r\n`, 431],
    ["no HTTP at all", "\u0016\u0003\u0001 this is TLS\r\n\r\n", 400],
    ["no Host", "GET /fine HTTP/1.1\r\n\r\n", 400],
  ])("%s", async (_, bytes, status) => {
    const answer = await raw(bytes);
    expect(answer).toContain(`HTTP/1.1 ${status}`);
  });

  it("answers what is no request in JSON too", async () => {
    expect(await raw("nonsense\r\n\r\n")).toContain('{"detail":"Bad Request."}');
    await until(() => server.log().includes("a request could not be read"), "the log line");
  });

  /** Sends bytes as they are, and gives what comes back. */
  function raw(bytes: string): Promise<string> {
    return new Promise((resolve) => {
      let answer = "";
      const socket = connect(Number(new URL(server.url).port), "127.0.0.1", () => socket.write(bytes));
      socket.setTimeout(5000, () => socket.destroy());
      socket.on("data", (chunk) => {
        answer += chunk;
      });
      socket.on("error", () => {});
      socket.on("close", () => resolve(answer));
    });
  }
});

describe("keys", () => {
  it("wrong, missing, several, and too many wrong ones", async () => {
    const { url, log } = await start(project, { API_KEYS: `desk:${KEY},laptop:${KEY}-2`, METRICS: "true" });
    const call = async (headers: Record<string, string>, path = "/fine") =>
      (await fetch(url + path, { headers })).status;
    expect(await call({})).toBe(401);
    expect(await call({ "X-API-KEY": "wrong" })).toBe(401);
    expect(await call({ "X-API-KEY": KEY })).toBe(200);
    expect(await call({ Authorization: `Bearer ${KEY}-2` })).toBe(200);
    expect(await call({ "X-API-KEY": `${KEY}, ${KEY}` })).toBe(401);
    expect(await call({}, "/metrics")).toBe(401);
    expect(await call({ "X-API-KEY": KEY }, "/metrics")).toBe(200);
    expect(await call({}, "/health")).toBe(200);
    await until(() => log().includes('"keyOwner":"laptop"'), "the name of the key's owner in the log");
    expect(log()).not.toContain(KEY);
    // The landing page tells good keys from wrong ones too: its failures count as well.
    for (let attempt = 0; attempt < 30; attempt++)
      await call({ "X-API-KEY": `guess ${attempt}`, Accept: "text/html" }, "/");
    expect(await call({ "X-API-KEY": "one more" })).toBe(429);
    const refused = await fetch(`${url}/fine`, { headers: { "X-API-KEY": KEY } });
    expect(refused.status).toBe(429);
    expect(refused.headers.get("retry-after")).toBe("60");
    expect(await call({}, "/health")).toBe(200);
  });

  it("right ones shut nobody out, though many come at once and are given up", async () => {
    const { url } = await start(project, { API_KEY: KEY });
    const headers = { "X-API-KEY": KEY };
    const calls = Array.from({ length: 40 }, () =>
      fetch(`${url}/never`, { headers, signal: AbortSignal.timeout(500) }).then(
        ({ status }) => status,
        () => "given up",
      ),
    );
    expect(new Set(await Promise.all(calls))).toEqual(new Set(["given up"]));
    expect((await fetch(`${url}/fine`, { headers })).status).toBe(200);
  });

  it("an optional limit for all", async () => {
    const { url } = await start(project, { RATE_LIMIT_PER_MINUTE: "5" });
    const statuses: number[] = [];
    for (let call = 0; call < 8; call++) statuses.push((await fetch(`${url}/fine`)).status);
    expect(statuses.at(0)).toBe(200);
    expect(statuses.at(-1)).toBe(429);
  });
});
