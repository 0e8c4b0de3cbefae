// npm start: a demo backend with one widget of each type, generated, installed and running at http://localhost:7779.
// npm start -- --check: the same in a temporary folder; calls everything as Workspace would, and exits with 0 or 1.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ensureBuilt, ensureInstalled, npm, ROOT } from "./setup.js";

const PORT = 7779;
const DEMO = join(ROOT, "demo-backend");
/** What the demo's files were when they were generated: tells an edited demo from one that is only old. */
const GENERATED = join(ROOT, "node_modules", ".cache", "demo-backend.json");

async function main() {
  ensureInstalled();
  ensureBuilt();
  await (process.argv.includes("--check") ? check() : demo());
}

async function demo() {
  // Before the slow steps: nobody wants to wait for an installation to learn this.
  if (!(await isFree(PORT))) throw new Error(`Port ${PORT} is in use: stop what uses it, then run npm start again.`);
  refreshDemo();
  const url = `http://localhost:${PORT}`;
  const server = spawn("npm", ["run", "dev", "--silent"], {
    cwd: DEMO,
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, PORT: String(PORT) },
    shell: process.platform === "win32",
    detached: process.platform !== "win32",
  });
  // npm, a shell, the watcher and the server: a group of their own, so that all of them hear the signal, once.
  const stop = (signal) => (process.platform === "win32" ? server.kill(signal) : process.kill(-server.pid, signal));
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => stop(signal));
  server.on("exit", (code) => process.exit(code ?? 0));
  await untilHealthy(url);
  console.log(
    `\nGive OpenBB Workspace this URL: ${url}\nOpen it in a browser for the steps. Edit demo-backend/ and see it change. Ctrl-C stops it.\n`,
  );
}

/** Generates the demo, or brings it up to date; one that was edited is left alone. */
function refreshDemo() {
  const plan = planOf(DEMO);
  const stale = plan.some(({ path, after }) => readDemo(path) !== after);
  if (existsSync(DEMO) && stale) {
    const made = existsSync(GENERATED) ? JSON.parse(readFileSync(GENERATED, "utf8")) : undefined;
    if (made === undefined || Object.entries(made).some(([path, sha]) => hash(readDemo(path)) !== sha)) {
      console.log("demo-backend/ was edited, so it is used as it is. Delete it to get a new one.");
    } else {
      console.log("Bringing demo-backend/ up to date …");
      for (const path of Object.keys(made)) rmSync(join(DEMO, path));
      create(DEMO, ["--on-conflict", "skip"]);
      remember(plan);
    }
  } else if (stale) {
    console.log("Generating demo-backend/ …");
    create(DEMO);
    remember(plan);
  }
  const installed = join(DEMO, "node_modules", ".package-json.sha");
  const wanted = hash(readDemo("package.json"));
  if (existsSync(installed) && readFileSync(installed, "utf8") === wanted) return;
  console.log("Installing its dependencies …");
  npm(["install", "--no-audit", "--no-fund"], DEMO);
  writeFileSync(installed, wanted);
}

async function check() {
  const folder = mkdtempSync(join(tmpdir(), "openbb-check-"));
  const project = join(folder, "check-backend");
  let server;
  try {
    create(project);
    npm(["install", "--no-audit", "--no-fund"], project);
    npm(["run", "build", "--silent"], project);
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    server = spawn(process.execPath, ["dist/server.js"], {
      cwd: project,
      stdio: ["ignore", "ignore", "inherit"],
      env: { ...process.env, PORT: String(port), HOST: "127.0.0.1", API_KEY: "" },
    });
    await untilHealthy(url);
    const { playWorkspace } = await import("./workspace/index.js");
    const contract = await import(pathToFileURL(join(ROOT, "dist", "contract.js")).href);
    const calls = await playWorkspace({ url, project, ...contract });
    for (const call of calls) console.log(`ok ${call}`);
    console.log(`Workspace would take it: ${calls.length} calls, all as they should be.`);
  } finally {
    server?.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

function run(directory, flags) {
  const args = [
    join(ROOT, "bin", "create-openbb-backend.js"),
    directory,
    "--yes",
    "--no-install",
    "--no-git",
    "--package-manager",
    "npm",
    ...flags,
  ];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: "utf8" });
  if (status !== 0) throw new Error(stderr.trim() || `create-openbb-backend ended with ${status}.`);
  return stdout;
}

function create(directory, flags = []) {
  run(directory, flags);
}

/** The files that the demo would have now: planned for a folder that does not exist, so that all are listed. */
function planOf(directory) {
  const elsewhere = join(tmpdir(), `openbb-plan-${process.pid}`, "demo-backend");
  const { changes } = JSON.parse(run(elsewhere, ["--diff", "--json"]));
  if (changes.length === 0) throw new Error(`No plan for ${directory}.`);
  return changes;
}

function remember(plan) {
  mkdirSync(join(GENERATED, ".."), { recursive: true });
  writeFileSync(GENERATED, JSON.stringify(Object.fromEntries(plan.map(({ path, after }) => [path, hash(after)]))));
}

function readDemo(path) {
  const file = join(DEMO, path);
  return existsSync(file) ? readFileSync(file, "utf8") : "";
}

function hash(text) {
  return createHash("sha256").update(text).digest("hex");
}

function isFree(port) {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(true)));
  });
}

function freePort() {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

async function untilHealthy(url) {
  for (let tries = 0; tries < 300; tries++) {
    try {
      if ((await fetch(`${url}/health`)).ok) return;
    } catch {
      // Not listening yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`The backend did not answer at ${url} within 30 seconds.`);
}

main().catch((error) => {
  console.error(error.message);
  process.exit(1);
});
