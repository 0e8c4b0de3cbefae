// Servers under load: starting and stopping them, and requests per second.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { BENCH, cleanEnv, has, PYTHON, pinned, spawnPinned } from "./machine.js";

const CONNECTIONS = 50;

/** The path of an endpoint, with the parameters that Workspace would send. */
export function pathOf(endpoint, cached = false) {
  if (endpoint === "widgets-json") return "/widgets.json";
  return `/${endpoint.replace("-", "_")}${cached ? "_cached" : ""}?symbol=AAPL&start_date=2026-01-02`;
}

/**
 * Starts one of the servers on core 0 and waits until it answers.
 *
 * @param {"ours" | "bare" | "fastapi"} which
 * @param {{project: string, data: string}} made what `makeProject` made
 * @param {string} log the file that its output goes to
 * @returns {Promise<{url: string, stop: () => Promise<void>}>}
 */
export async function startServer(which, { project, data }, log) {
  const port = await freePort();
  const commands = {
    ours: [process.execPath, ["dist/server.js"], project],
    bare: [process.execPath, [join(BENCH, "servers", "bare.js"), data, String(port)], BENCH],
    fastapi: [PYTHON, ["-m", "uvicorn", "fastapi_backend:app", "--port", String(port)], join(BENCH, "servers")],
  };
  const [command, args, cwd] = commands[which];
  // A file, as a service manager would give it one: a pipe would have to be read on the load's core.
  const output = openSync(log, "w");
  const server = spawnPinned(0, command, args, {
    cwd,
    stdio: ["ignore", output, output],
    env: cleanEnv({ PORT: String(port), HOST: "127.0.0.1", BENCH_DATA: data, PYTHONDONTWRITEBYTECODE: "1" }),
  });
  closeSync(output);
  const ended = once(server, "exit");
  const url = `http://127.0.0.1:${port}`;
  const stop = async () => {
    server.kill("SIGKILL");
    await ended;
  };
  try {
    await untilIdle(url);
  } catch {
    await stop();
    throw new Error(`The server ${which} does not answer. Its output is in ${log}.`);
  }
  return { url, stop };
}

/** Waits until a server answers: that it has started, or has worked off what the last load left. */
export async function untilIdle(url) {
  for (const deadline = Date.now() + 20_000; ; ) {
    try {
      if ((await fetch(`${url}/health`, { signal: AbortSignal.timeout(20_000) })).ok) return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/**
 * Puts a server under load from core 1: 50 connections, no Accept-Encoding, one request after the other on each.
 *
 * @param {number} seconds for how long
 * @returns {Promise<number>} requests per second
 * @throws Error when an answer is not a 200, or a connection breaks
 */
export async function load(url, seconds) {
  // With `seconds` short of what the slowest server takes for all connections, wrk must not count waiting as an error.
  const wrk = ["wrk", ["-t1", `-c${CONNECTIONS}`, `-d${seconds}s`, "--timeout", "60s", url]];
  const autocannon = join(BENCH, "node_modules", "autocannon", "autocannon.js");
  const other = [process.execPath, [autocannon, "-j", "-c", CONNECTIONS, "-d", seconds, "-t", 60, url].map(String)];
  const [program, args] = has("wrk") ? wrk : other;
  const [file, list] = pinned(1, program, args);
  const child = spawn(file, list, { stdio: ["ignore", "pipe", "ignore"], env: cleanEnv() });
  const output = await text(child.stdout);
  if (program !== "wrk") {
    const { requests, non2xx, errors } = JSON.parse(output);
    if (non2xx + errors > 0) throw new Error(`${url} answered wrongly ${non2xx + errors} times.`);
    return requests.average;
  }
  const rate = /Requests\/sec:\s+([\d.]+)/.exec(output)?.[1];
  if (rate === undefined || /Non-2xx|Socket errors/.test(output)) throw new Error(`wrk on ${url} says:\n${output}`);
  return Number(rate);
}

async function freePort() {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address();
  probe.close();
  return port;
}
