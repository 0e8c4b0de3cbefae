// What the benchmark runs on and with: pinning, the environment of all children, programs that may be missing.
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { availableParallelism, cpus, totalmem } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const BENCH = dirname(fileURLToPath(import.meta.url));
export const ROOT = dirname(BENCH);

/** Debian's own: what is first in PATH may be another Python, without Debian's packages. */
export const PYTHON = "/usr/bin/python3";

/** The environment of every child. `NODE_EXTRA_CA_CERTS` alone adds 37 ms to each start of Node 20. */
export function cleanEnv(extra = {}) {
  const env = { ...process.env, NODE_ENV: "production", ...extra };
  for (const name of ["NODE_EXTRA_CA_CERTS", "NODE_OPTIONS", "FORCE_COLOR"]) delete env[name];
  // The generated backend's own settings: it is measured as generated.
  for (const name of Object.keys(env)) if (/^(API_KEY|TLS_|LOG_|ALLOWED_)/.test(name)) delete env[name];
  return env;
}

const CAN_PIN = availableParallelism() > 1 && has("taskset");

/** A command line that runs on one core only, where that can be had: 0 for servers, 1 for the load. */
export function pinned(core, command, args) {
  return CAN_PIN ? ["taskset", ["-c", String(core), command, ...args]] : [command, args];
}

/** Starts a program on one core. */
export function spawnPinned(core, command, args, options) {
  const [file, list] = pinned(core, command, args);
  return spawn(file, list, options);
}

/** Whether a program is in PATH. */
export function has(program) {
  return spawnSync(process.platform === "win32" ? "where" : "which", [program], { stdio: "ignore" }).status === 0;
}

/** Whether FastAPI can be run here; else why it cannot. */
export function fastapiProblem() {
  const { status } = spawnSync(PYTHON, ["-c", "import fastapi, uvicorn"], { stdio: "ignore" });
  return status === 0 ? undefined : "python3-fastapi and python3-uvicorn are not installed";
}

/** The machine and the tools, for the record. */
export function describeMachine() {
  return {
    date: new Date().toISOString(),
    cpu: cpus()[0]?.model.trim() ?? "unknown",
    cores: availableParallelism(),
    memoryGB: Math.round(totalmem() / 1e9),
    os: `${process.platform} ${process.arch}`,
    node: process.version,
    npm: version("npm", ["--version"]),
    pinned: CAN_PIN,
    load: has("wrk") ? `wrk ${version("wrk", ["-v"]).match(/\d+\.\d+\.\d+/)?.[0] ?? ""}`.trim() : autocannonVersion(),
    createVite: packageVersion("create-vite"),
    fastapi: version(PYTHON, [
      "-c",
      // Which event loop and parser uvicorn finds decides much of its speed.
      "import fastapi, uvicorn, importlib.util as u; print('fastapi', fastapi.__version__, 'uvicorn', uvicorn.__version__, *[m for m in ('uvloop', 'httptools') if u.find_spec(m)])",
    ]),
    commit: version("git", ["-C", ROOT, "rev-parse", "--short", "HEAD"]),
  };
}

function version(program, args) {
  const { stdout, stderr } = spawnSync(program, args, { encoding: "utf8", shell: process.platform === "win32" });
  // `wrk -v` writes its version and its usage, and ends with 1.
  return (stdout || stderr || "").split("\n")[0].trim() || "not installed";
}

function autocannonVersion() {
  return `autocannon ${packageVersion("autocannon")}`;
}

function packageVersion(name) {
  try {
    return createRequire(join(BENCH, "package.json"))(`${name}/package.json`).version;
  } catch {
    return "not installed";
  }
}

/** Installs what the benchmark compares with, unless it is there. */
export function ensureBenchInstalled() {
  const wanted = has("wrk") ? ["create-vite"] : ["create-vite", "autocannon"];
  if (wanted.every((name) => packageVersion(name) !== "not installed")) return;
  console.error(`Installing ${wanted.join(" and ")} in bench/ …`);
  const omit = wanted.includes("autocannon") ? [] : ["--omit=optional"];
  execFileSync("npm", ["install", "--no-audit", "--no-fund", "--silent", ...omit], {
    cwd: BENCH,
    stdio: ["ignore", "ignore", "inherit"],
    shell: process.platform === "win32",
  });
}
