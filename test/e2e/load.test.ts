import { readFileSync, writeFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { linkModules, type Running, script, start, temporaryFolder, tool, until } from "./helpers.js";

const folder = temporaryFolder();
const project = join(folder, "loaded");
const CONNECTIONS = 200;

interface Answer {
  status: number;
  retryAfter: string | undefined;
  body: string;
}

beforeAll(() => {
  const args = ["--widget", "table:slow", "--widget", "table:stuck", "--widget", "table:kept"];
  expect(tool(["loaded", ...args, "--no-install", "--no-git", "--package-manager", "npm"], { cwd: folder }).code).toBe(
    0,
  );
  linkModules(project);
  const widgets = JSON.parse(readFileSync(join(project, "widgets.json"), "utf8"));
  for (const widget of Object.values(widgets) as { params: unknown }[]) {
    widget.params = [{ paramName: "n", type: "number", value: 1 }];
  }
  writeFileSync(join(project, "widgets.json"), JSON.stringify(widgets));
  const write = (id: string, code: string, options = "") =>
    writeFileSync(
      join(project, "src", "widgets", `${id}.ts`),
      `import { table } from "../openbb/table.js";\n\nexport default table("${id}", async ({ n }): Promise<any> => {\n  ${code}\n}${options});\n`,
    );
  write(
    "slow",
    "console.log(`started ${n}`);\n  await new Promise((go) => setTimeout(go, 200));\n  return [{ n, text: 'x'.repeat(20_000) }];",
  );
  write("stuck", "void n;\n  return new Promise(() => {});");
  write(
    "kept",
    "console.log(`ran ${n}`);\n  await new Promise((go) => setTimeout(go, 100));\n  return Array.from({ length: 100 }, (_, i) => ({ n, i }));",
    ", { cache: 60 }",
  );
  // Tells its memory after a collection, on a signal.
  writeFileSync(
    join(project, "gc.mjs"),
    "process.on('SIGUSR2', () => { gc(); console.log(`heap ${process.memoryUsage().heapUsed}`); });\n",
  );
  script(project, "build");
});

function get(url: string, agent?: Agent): Promise<Answer | undefined> {
  return new Promise((resolve) => {
    const call = request(url, { agent: agent ?? false }, (response) => {
      let body = "";
      response.on("data", (chunk) => {
        body += chunk;
      });
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, retryAfter: response.headers["retry-after"], body }),
      );
      response.on("error", () => resolve(undefined));
    });
    call.on("error", () => resolve(undefined));
    call.end();
  });
}

/** Calls from so many connections at once, each as fast as it is answered, for so long. */
async function load(url: () => string, seconds: number, connections: number): Promise<(Answer | undefined)[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const answers: (Answer | undefined)[] = [];
  const end = Date.now() + seconds * 1000;
  const client = async () => {
    while (Date.now() < end) answers.push(await get(url(), agent));
  };
  await Promise.all(Array.from({ length: connections }, client));
  agent.destroy();
  return answers;
}

async function heap(server: Running): Promise<number> {
  const count = () => server.log().match(/^heap \d+$/gm)?.length ?? 0;
  const before = count();
  server.process.kill("SIGUSR2");
  await until(() => count() > before, "the size of the heap");
  return Number(
    server
      .log()
      .match(/^heap (\d+)$/gm)
      ?.at(-1)
      ?.slice(5),
  );
}

describe.runIf(process.platform !== "win32")("under load", () => {
  it("200 connections for 10 seconds on slow handlers: refused ones are proper 503s, and no memory is lost", async () => {
    const env = {
      MAX_CONCURRENT: "50",
      REQUEST_TIMEOUT_SECONDS: "1",
      NODE_OPTIONS: "--expose-gc --import ./gc.mjs",
      LOG_LEVEL: "silent",
    };
    const server = await start(project, env);
    let n = 0;
    const mixed = () => `${server.url}/${++n % 10 === 0 ? "stuck" : "slow"}?n=${n}`;
    await load(mixed, 1, CONNECTIONS);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    const before = await heap(server);

    const answers = await load(mixed, 10, CONNECTIONS);
    const counts: Record<string, number> = {};
    for (const answer of answers) {
      counts[answer?.status ?? "lost"] = (counts[answer?.status ?? "lost"] ?? 0) + 1;
      if (answer?.status === 503) {
        expect(answer.retryAfter).toBe("1");
        expect(JSON.parse(answer.body).detail).toContain("busy");
      }
    }
    expect(Object.keys(counts).sort()).toEqual(["200", "503", "504"]);
    expect(counts["200"]).toBeGreaterThan(500);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    const after = await heap(server);
    console.log(
      `answers ${JSON.stringify(counts)}; heap ${(before / 1e6).toFixed(1)} MB before, ${(after / 1e6).toFixed(1)} MB after`,
    );
    expect(after - before).toBeLessThan(20_000_000);
    expect((await get(`${server.url}/health`))?.status).toBe(200);
    expect(server.process.exitCode).toBeNull();
  });

  it("SIGTERM loses no request that had reached its handler", async () => {
    const server = await start(project, { MAX_CONCURRENT: "500" });
    const answered = new Set<number>();
    let n = 0;
    let stop = false;
    const client = async () => {
      while (!stop) {
        const mine = ++n;
        const answer = await get(`${server.url}/slow?n=${mine}`);
        if (answer?.status === 200) answered.add(mine);
        else if (answer === undefined) await new Promise((resolve) => setTimeout(resolve, 20));
      }
    };
    const clients = Array.from({ length: 50 }, client);
    const begun = () => [...server.log().matchAll(/^started (\d+)$/gm)].map((match) => Number(match[1]));
    await until(() => begun().length > 200, "many requests");
    server.process.kill("SIGTERM");
    expect(await server.ended).toBe(0);
    stop = true;
    await Promise.all(clients);
    expect(begun().filter((id) => !answered.has(id))).toEqual([]);
  });

  it("answers after SIGTERM say that their connection ends, so that no other request is sent on it", async () => {
    const server = await start(project);
    const call = fetch(`${server.url}/slow?n=1`);
    await until(() => /^started 1$/m.test(server.log()), "the request");
    server.process.kill("SIGTERM");
    const answer = await call;
    expect([answer.status, answer.headers.get("connection")]).toEqual([200, "close"]);
    expect(await server.ended).toBe(0);
  });

  it("100 identical calls to a cached widget run it once; 304 follows; /health counts", async () => {
    const server = await start(project);
    const answers = await Promise.all(Array.from({ length: 100 }, () => get(`${server.url}/kept?n=7`)));
    expect(new Set(answers.map((answer) => answer?.body)).size).toBe(1);
    expect(answers.every((answer) => answer?.status === 200)).toBe(true);
    expect(server.log().match(/^ran 7$/gm)).toHaveLength(1);
    const first = await fetch(`${server.url}/kept?n=7`);
    const etag = first.headers.get("etag") as string;
    const again = await fetch(`${server.url}/kept?n=7`, {
      headers: { "If-None-Match": etag, "Cache-Control": "no-cache" },
    });
    expect([again.status, await again.text()]).toEqual([304, ""]);
    const other = await fetch(`${server.url}/kept?n=8`, { headers: { "If-None-Match": etag } });
    expect(other.status).toBe(200);
    const gzipped = await fetch(`${server.url}/kept?n=7`, { headers: { "Accept-Encoding": "gzip" } });
    expect(gzipped.headers.get("content-encoding")).toBe("gzip");
    expect(await gzipped.json()).toEqual(JSON.parse(answers[0]?.body ?? ""));
    const { cache } = (await (await fetch(`${server.url}/health`)).json()) as { cache: Record<string, number> };
    expect(cache).toMatchObject({ entries: 2, misses: 2, hits: 102 });
    expect(cache.bytes).toBeGreaterThan(1000);
  });
});
