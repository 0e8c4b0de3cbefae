import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterAll, inject, it } from "vitest";

export interface Result {
  code: number | null;
  stdout: string;
  stderr: string;
}

const cleanups: (() => void)[] = [];

// Hooks cannot be added while a test runs: this one, added when a test file imports this one, does all of them.
afterAll(() => {
  for (const clean of cleanups.reverse()) clean();
});

/** Has something done after the last test of the file, also from within a test. */
export function atEnd(clean: () => void): void {
  cleanups.push(clean);
}

/** A new folder that is gone after the tests of the file. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "openbb-test-"));
  atEnd(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

/** The environment of a user: nothing of the test runner's, no terminal, no CI. */
export function userEnv(changes: Record<string, string> = {}): NodeJS.ProcessEnv {
  const { CI: _, NODE_ENV: _n, VITEST: _v, FORCE_COLOR: _f, npm_config_user_agent: _u, ...env } = process.env;
  return { ...env, ...changes };
}

/** The path of a program of the installed package. */
export function binPath(name = "create-openbb-backend"): string {
  return join(inject("home"), "node_modules", ".bin", name);
}

/** Runs the installed tool without a terminal, and waits for it. */
export function tool(args: string[], options: { cwd: string; input?: string; env?: Record<string, string> }): Result {
  return command(process.execPath, [binScript(), ...args], options);
}

/** The script behind `binPath`, for `node`. */
export function binScript(name = "create-openbb-backend"): string {
  return join(inject("home"), "node_modules", "create-openbb-backend", "bin", `${name}.js`);
}

export function command(
  program: string,
  args: string[],
  { cwd, input = "", env = {} }: { cwd: string; input?: string; env?: Record<string, string> },
): Result {
  const shell = process.platform === "win32" && program !== process.execPath;
  const result = spawnSync(program, args, { cwd, input, encoding: "utf8", env: userEnv(env), shell, maxBuffer: 1e8 });
  return { code: result.status, stdout: result.stdout, stderr: result.stderr };
}

/** Runs a script of a generated project; throws with its output when it fails. */
export function script(project: string, name: string): string {
  const { code, stdout, stderr } = command("npm", ["run", name, "--silent"], { cwd: project });
  if (code !== 0) throw new Error(`npm run ${name} in ${project} ended with ${code}:\n${stdout}\n${stderr}`);
  return stdout + stderr;
}

/** Runs a script of a generated project without blocking others; throws with its output when it fails. */
export async function work(project: string, name: string): Promise<void> {
  const child = spawn("npm", ["run", name, "--silent"], {
    cwd: project,
    env: userEnv(),
    shell: process.platform === "win32",
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      output += chunk;
    });
  }
  const code = await new Promise((resolve) => child.once("exit", resolve));
  if (code !== 0) throw new Error(`npm run ${name} in ${project} ended with ${code}:\n${output}`);
}

/** Gives a project the dependencies of one that was really installed, and has those of every type. */
export function linkModules(project: string): void {
  symlinkSync(join(inject("all"), "node_modules"), join(project, "node_modules"), "junction");
}

/** Every file below a folder, with its content, `node_modules` left out. */
export function files(folder: string, root = folder): Record<string, string> {
  if (!existsSync(folder)) return {};
  return Object.assign(
    {},
    ...readdirSync(folder).map((name) => {
      const path = join(folder, name);
      if (name === "node_modules" || name === ".git") return {};
      return statSync(path).isDirectory()
        ? files(path, root)
        : { [relative(root, path).replaceAll("\\", "/")]: readFileSync(path, "utf8") };
    }),
  );
}

export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}

export interface Running {
  url: string;
  process: ChildProcess;
  /** All that it has written so far. */
  log: () => string;
  /** Resolves with the exit code, when all of its log is there. */
  ended: Promise<number | null>;
}

/** Starts the built project on a free port, and waits until it answers. The test file's end stops it. */
export async function start(project: string, env: Record<string, string> = {}): Promise<Running> {
  const port = await freePort();
  const child = spawn(process.execPath, ["--enable-source-maps", "dist/server.js"], {
    cwd: project,
    env: userEnv({ PORT: String(port), ...env }),
    stdio: ["ignore", "pipe", "pipe"],
  });
  let log = "";
  child.stdout.on("data", (chunk) => {
    log += chunk;
  });
  child.stderr.on("data", (chunk) => {
    log += chunk;
  });
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  atEnd(() => child.kill("SIGKILL"));
  const url = `http://127.0.0.1:${port}`;
  await until(async () => {
    if (child.exitCode !== null) throw new Error(`The server ended with ${child.exitCode}:\n${log}`);
    return fetch(`${url}/health`).then(
      (response) => response.ok,
      () => false,
    );
  }, `the server at ${url}`);
  return { url, process: child, log: () => log, ended };
}

/** Waits until something is true, at most for 30 seconds. */
export async function until(test: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const end = Date.now() + 30_000;
  while (Date.now() < end) {
    if (await test()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`Waited 30 seconds for ${what}.`);
}

/** `it`, or a skipped one whose name says what the machine lacks. In CI, where all is installed, that is a failure. */
export function itWith(program: string, there = has(program)) {
  if (!there && process.env.OPENBB_REQUIRE_TOOLS) throw new Error(`${program} must be on this machine.`);
  return there
    ? it
    : (name: string, _test: unknown) => it.skip(`${name} [skipped: there is no ${program} here]`, () => {});
}

export function has(program: string): boolean {
  return spawnSync(program, ["--version"], { shell: process.platform === "win32" }).status === 0;
}

/** The browser of this machine, if it has one. */
export const CHROMIUM = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync);
