import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import { Redis } from "ioredis";
import { describe, expect } from "vitest";
import { freePort, itWith, temporaryFolder } from "../e2e/helpers.js";
import { afterwards, type Client, openClient, sleep, until } from "./helpers.js";

/** A folder with the runtime as it lies in a project, and the process of redis.child.ts. */
function layOut(): string {
  const folder = temporaryFolder();
  for (const layer of ["project", "parts/redis-feed", "widgets/live_grid"]) {
    cpSync(join("templates", layer, "src"), join(folder, "src"), { recursive: true });
  }
  cpSync("src/typegen", join(folder, "src/openbb/typegen"), { recursive: true });
  cpSync("test/sockets/redis.child.ts", join(folder, "src/child.ts"));
  cpSync("templates/project/tsconfig.json", join(folder, "tsconfig.json"));
  symlinkSync(resolve("node_modules"), join(folder, "node_modules"), "junction");
  return folder;
}

interface Backend {
  process: ChildProcess;
  port: number;
  client: Client;
  log: () => string;
  ended: Promise<number | null>;
}

/** Starts one of the processes, and a client of it. */
async function startBackend(folder: string, redisPort: number): Promise<Backend> {
  const child = spawn(process.execPath, ["--import", "tsx", "src/child.ts"], {
    cwd: folder,
    env: { ...process.env, REDIS_URL: `redis://127.0.0.1:${redisPort}` },
    stdio: ["ignore", "pipe", "pipe"],
  });
  afterwards(() => child.kill("SIGKILL"));
  let log = "";
  const note = (chunk: Buffer) => {
    log += chunk;
  };
  child.stdout.on("data", note);
  child.stderr.on("data", note);
  const ended = new Promise<number | null>((done) => child.once("exit", done));
  await until(() => /port \d+/.test(log), "a backend");
  const port = Number(/port (\d+)/.exec(log)?.[1]);
  return { process: child, port, client: await openClient(port, {}), log: () => log, ended };
}

async function startRedis(port: number): Promise<ChildProcess> {
  const options = { port, bind: "127.0.0.1", save: "", appendonly: "no", dir: temporaryFolder() };
  const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const redis = spawn("redis-server", args, { stdio: ["ignore", "pipe", "ignore"] });
  afterwards(() => redis.kill("SIGKILL"));
  let log = "";
  redis.stdout.on("data", (chunk) => {
    log += chunk;
  });
  await until(() => log.includes("Ready to accept connections"), "Redis");
  return redis;
}

/** The processes that ran the source of what these clients get from now on. */
async function sources(backends: Backend[]): Promise<Set<unknown>> {
  for (const { client } of backends) client.messages.length = 0;
  await sleep(400);
  const rows = backends.flatMap(({ client }) => client.messages.flat());
  return new Set(rows.filter((row) => row.symbol === "TICK").map((row) => row.process));
}

/** Waits until all clients get what so many processes make, and says which. */
async function settled(backends: Backend[], count: number): Promise<Set<unknown>> {
  let found = new Set<unknown>();
  const isSo = () => found.size === count && backends.every(({ client }) => client.messages.length > 0);
  for (let tries = 0; tries < 50 && !isSo(); tries++) found = await sources(backends);
  expect(isSo(), `sources: ${[...found]}`).toBe(true);
  return found;
}

async function oneSource(backends: Backend[]): Promise<unknown> {
  return [...(await settled(backends, 1))][0];
}

describe("a feed over Redis with two processes", () => {
  const test = itWith("redis-server");

  test("is one: one source, what either publishes reaches both, and nothing else does", async () => {
    const [folder, port] = [layOut(), await freePort()];
    await startRedis(port);
    const both = await Promise.all([startBackend(folder, port), startBackend(folder, port)]);
    const first = await oneSource(both);

    for (const backend of both) {
      for (const { client } of both) client.rows.clear();
      await fetch(`http://127.0.0.1:${backend.port}/`, { method: "POST" });
      const news = { symbol: "NEWS", process: backend.process.pid };
      await until(() => both.every(({ client }) => client.rows.has("NEWS")), "the news at both");
      for (const { client } of both) expect(client.rows.get("NEWS")).toEqual(news);
    }

    const stranger = new Redis(port, "127.0.0.1");
    for (const text of ["no JSON", "7", "[1]", "[null]", '{"symbol":"NEWS"}'])
      await stranger.publish("live_prices", text);
    await stranger.quit();
    expect(await oneSource(both)).toBe(first);

    // One that goes in peace hands over at once, one that dies is missed.
    const [leader, other] = both[0].process.pid === first ? both : both.toReversed();
    leader?.process.kill("SIGTERM");
    expect(await leader?.ended).toBe(0);
    expect(await oneSource([other as Backend])).toBe(other?.process.pid);
    const third = await startBackend(folder, port);
    expect(await oneSource([third])).toBe(other?.process.pid);
    other?.process.kill("SIGKILL");
    await other?.ended;
    expect(await oneSource([third])).toBe(third.process.pid);
  });

  test("goes on in each process by itself while Redis is away, and together when it is back", async () => {
    const [folder, port] = [layOut(), await freePort()];
    const both = await Promise.all([startBackend(folder, port), startBackend(folder, port)]);
    await until(() => both.every(({ client }) => client.rows.has("TICK")), "rows without Redis");
    expect(await settled(both, 2)).toEqual(new Set(both.map(({ process }) => process.pid)));

    const redis = await startRedis(port);
    await oneSource(both);
    redis.kill("SIGKILL");
    await until(() => both.every(({ log }) => log().split("Redis fails").length === 3), "it to be noticed");
    expect(await settled(both, 2)).toEqual(new Set(both.map(({ process }) => process.pid)));
    await startRedis(port);
    await oneSource(both);
    for (const { log } of both) expect(log().split("Redis fails")).toHaveLength(3);

    for (const { process } of both) process.kill("SIGTERM");
    expect(await Promise.all(both.map(({ ended }) => ended))).toEqual([0, 0]);
  });
});
