import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, expect, it } from "vitest";
import { CancelledError, CliError, EXIT } from "../../src/errors.js";
import { startProject } from "../../src/project/start.js";

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "openbb-start-"));
});

afterEach(() => rmSync(root, { recursive: true, force: true, maxRetries: 5 }));

const SERVER = `
import { createServer } from "node:http";
const settings: Record<string, string | undefined> = process.env;
const { PORT, HOST, API_KEY, API_KEYS, TLS_CERT, PUBLIC_URL } = settings;
console.log("pid", process.pid);
createServer((req, res) => {
  if (req.url === "/end") process.exit(3);
  res.end(JSON.stringify({ key: API_KEY, given: req.headers["x-api-key"], API_KEYS, TLS_CERT, PUBLIC_URL }));
}).listen(Number(PORT), HOST);
`;

/** A project whose server is small; the dependencies are this repository's. */
function project(server: string, { auth = "none", installed = true } = {}): void {
  mkdirSync(join(root, "src"));
  writeFileSync(join(root, "package.json"), '{ "type": "module" }');
  writeFileSync(join(root, "openbb-backend.json"), JSON.stringify({ answers: { auth, packageManager: "pnpm" } }));
  writeFileSync(join(root, "src", "server.ts"), server);
  if (installed) symlinkSync(resolve("node_modules"), join(root, "node_modules"), "junction");
}

/** Whether a process is there. */
function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Whether something comes true within 20 seconds. */
async function soon(test: () => boolean): Promise<boolean> {
  for (let tries = 0; tries < 200 && !test(); tries++) await new Promise((next) => setTimeout(next, 100));
  return test();
}

const gone = (pid: number) => soon(() => !runs(pid));

async function failureOf(promise: Promise<unknown>): Promise<CliError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(CliError);
  return error as CliError;
}

it("starts on this machine, with a key of its own when the project asks for one, and stops", async () => {
  project(SERVER, { auth: "api-key" });
  const started = await startProject(root);
  expect(started.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  const response = await fetch(started.url, { headers: started.headers });
  const { key, given, ...others } = (await response.json()) as Record<string, string>;
  expect(key).toMatch(/^[0-9a-f]{48}$/);
  expect(given).toBe(key);
  expect(others).toEqual({ API_KEYS: "", TLS_CERT: "", PUBLIC_URL: "" });
  const pid = Number(started.log()[0]?.split(" ")[1]);
  expect(runs(pid)).toBe(true);
  await started.stop();
  expect(runs(pid)).toBe(false);
  await started.stop();
});

it("has no key where the project has none", async () => {
  project(SERVER);
  const started = await startProject(root);
  expect(started.headers).toEqual({});
  await started.stop();
});

it("knows when it has ended, and what it wrote, without its key", async () => {
  project(`${SERVER}console.log("key", process.env.API_KEY);`, { auth: "api-key" });
  const started = await startProject(root);
  expect(started.ended()).toBe(false);
  await fetch(`${started.url}/end`).catch(() => undefined);
  expect(await soon(started.ended)).toBe(true);
  expect(started.log().slice(1)).toEqual(["key ***"]);
  await started.stop();
});

it("says what it wrote when it does not start", async () => {
  project('console.error("DATABASE_URL is missing."); process.exit(1);');
  const error = await failureOf(startProject(root));
  expect(error.exitCode).toBe(EXIT.failed);
  expect(error.message).toBe("The backend does not start: it ends right away.");
  expect(error.hint).toBe("It has written:\nDATABASE_URL is missing.");
});

it("gives up on one that never answers, and leaves nothing behind, even if it does not want to stop", async () => {
  project('console.log("pid", process.pid); process.on("SIGTERM", () => {}); setInterval(() => {}, 1000);');
  // It must have begun by then: on a busy machine that takes longer.
  for (const seconds of [2, 8, 20]) {
    const error = await failureOf(startProject(root, { timeoutMs: seconds * 1000 }));
    expect(error.message).toBe(`The backend does not start: it does not answer within ${seconds} seconds.`);
    const pid = Number(/pid (\d+)/.exec(error.hint ?? "")?.[1]);
    if (Number.isNaN(pid) && seconds < 20) continue;
    expect(pid).toBeGreaterThan(0);
    expect(runs(pid)).toBe(false);
    break;
  }
});

it("refuses what is no project of ours", async () => {
  let started = false;
  const onStart = () => {
    started = true;
  };
  const error = await failureOf(startProject(root, { onStart }));
  expect(error.exitCode).toBe(EXIT.refused);
  expect(error.message).toContain("is no project of this tool");
  expect(started).toBe(false);
});

it("names the command when dependencies are not installed", async () => {
  project(SERVER, { installed: false });
  const error = await failureOf(startProject(root));
  expect(error.exitCode).toBe(EXIT.refused);
  expect(error.hint).toMatch(/^Run: cd .+ && pnpm install$/);
});

it("stops on Ctrl-C, while it starts and afterwards", async () => {
  project("setInterval(() => {}, 1000);");
  const early = new AbortController();
  setTimeout(() => early.abort(), 500);
  await expect(startProject(root, { signal: early.signal })).rejects.toBeInstanceOf(CancelledError);

  writeFileSync(join(root, "src", "server.ts"), SERVER);
  const late = new AbortController();
  const started = await startProject(root, { signal: late.signal });
  const pid = Number(started.log()[0]?.split(" ")[1]);
  late.abort();
  expect(await gone(pid)).toBe(true);
});

it("is gone when we are killed", async () => {
  project(SERVER);
  const module = pathToFileURL(resolve("src/project/start.ts")).href;
  const code = `import { startProject } from ${JSON.stringify(module)};
    const { log } = await startProject(${JSON.stringify(root)});
    console.log(log()[0]);
    setInterval(() => {}, 1000);`;
  const script = join(root, "parent.ts");
  writeFileSync(script, code);
  const parent = spawn(process.execPath, ["--import", "tsx", script], {
    cwd: root,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const line = await new Promise<string>((next) => parent.stdout.once("data", (data) => next(String(data))));
  const pid = Number(line.split(" ")[1]);
  expect(runs(pid)).toBe(true);
  parent.kill("SIGKILL");
  expect(await gone(pid)).toBe(true);
});
