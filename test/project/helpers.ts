import { execFileSync, spawn } from "node:child_process";
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "tsdown";
import { afterAll } from "vitest";
import { CliError } from "../../src/errors.js";
import type { FileChange, Plan, Secrets } from "../../src/plan/types.js";

const made: string[] = [];
afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});

/** A fresh empty folder, removed after the test file. */
export function scratch(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "openbb-project-")));
  made.push(folder);
  return folder;
}

/** Writes files: `{ "src/app.ts": "text" }`. */
export function fill(folder: string, files: Record<string, string>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

export const windows = process.platform === "win32";

/** Everything below a folder, hidden files, empty folders, links and (not on Windows) permissions included. */
export function tree(folder: string): Record<string, string> {
  const all: Record<string, string> = {};
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" }).sort()) {
    const path = join(folder, name);
    const key = windows ? name.replaceAll("\\", "/") : name;
    const stats = lstatSync(path);
    const mode = windows ? "" : (stats.mode & 0o777).toString(8);
    if (stats.isSymbolicLink()) all[key] = `link ${readlinkSync(path)}`;
    else all[key] = stats.isDirectory() ? `folder ${mode}` : `${mode} ${readFileSync(path, "latin1")}`;
  }
  return all;
}

/** What `tree` should say: on Windows without the permissions. */
function expected(all: Record<string, string>): Record<string, string> {
  if (!windows) return all;
  return Object.fromEntries(Object.entries(all).map(([name, text]) => [name, text.replace(/^(folder )?\d{3}/, "$1")]));
}

export function planOf(...changes: FileChange[]): Plan {
  return { changes, skipped: [], warnings: [] };
}

export const create = (path: string, after = `text of ${path}\n`): FileChange => ({
  path,
  action: "create",
  before: null,
  after,
  why: "",
});

export const edit = (path: string, before: string | null, after: string, backup?: string): FileChange => ({
  path,
  action: "edit",
  before,
  after,
  why: "",
  ...(backup && { backup }),
});

export const remove = (path: string, before: string | null, backup?: string): FileChange => ({
  path,
  action: "delete",
  before,
  after: null,
  why: "",
  ...(backup && { backup }),
});

export const secret = (path: string, action: "create" | "edit" = "create"): FileChange => ({
  path,
  action,
  before: null,
  after: null,
  why: "",
  secret: true,
});

/** A plan that does everything at once, and the project that it is for. */
export const project = {
  files: {
    "package.json": "{}\n",
    "widgets.json": '{"a":1}\r\n',
    "src/old.ts": "old\n",
    "src/kept.ts": "kept\n",
    "notes/my notes.md": "mine\n",
  },
  plan: planOf(
    create("src/widgets/new one.ts"),
    edit("widgets.json", '{"a":1}\r\n', '{"a":1,"b":2}\r\n', "backup/widgets.json.bak"),
    edit("package.json", "{}\n", '{"x":1}\n'),
    remove("src/old.ts", "old\n"),
    secret(".env"),
  ),
  secrets: { ".env": { content: "KEY=top-secret\n", mode: 0o600 } } satisfies Secrets,
  after: expected({
    ".env": "600 KEY=top-secret\n",
    backup: "folder 755",
    "backup/widgets.json.bak": '644 {"a":1}\r\n',
    notes: "folder 755",
    "notes/my notes.md": "644 mine\n",
    "package.json": '644 {"x":1}\n',
    src: "folder 755",
    "src/kept.ts": "644 kept\n",
    "src/widgets": "folder 755",
    "src/widgets/new one.ts": "644 text of src/widgets/new one.ts\n",
    "widgets.json": '644 {"a":1,"b":2}\r\n',
  }),
};

/** A plan for a folder that does not exist. */
export const fresh = {
  plan: planOf(create("package.json"), create("src/widgets/a.ts"), create("src/日本 🦀.ts"), secret(".env")),
  secrets: project.secrets,
  after: expected({
    ".env": "600 KEY=top-secret\n",
    "package.json": "644 text of package.json\n",
    src: "folder 755",
    "src/widgets": "folder 755",
    "src/widgets/a.ts": "644 text of src/widgets/a.ts\n",
    "src/日本 🦀.ts": Buffer.from("644 text of src/日本 🦀.ts\n").toString("latin1"),
  }),
};

/** The error that a promise rejects with. */
export async function errorOf(promise: Promise<unknown>): Promise<CliError> {
  const error = await promise.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof CliError)) throw new Error(`expected a CliError, got ${String(error)}`, { cause: error });
  return error;
}

/** True when the child was killed: it says "done" at its end, however that came. */
export const wasKilled = (run: ChildResult) => !run.stdout.endsWith("done\n");

/** What the child script is told to do. */
export interface ChildTask {
  run: "apply" | "recover";
  target: string;
  plan?: Plan;
  secrets?: Secrets;
  /** Kill the process (SIGKILL) before the n-th step, counted from 0. */
  killAt?: number;
  /** Fail the step of this name. */
  failAt?: string;
  /** Count for `killAt` only after the step that failed. */
  killAfterFailure?: boolean;
  /** Wait so long, in milliseconds, before each step. */
  pause?: number;
}

export interface ChildResult {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

let script = "";

/**
 * Makes the child script ready, once per test file. It is bundled, as the published program is: started through tsx,
 * a hundred processes would take a minute.
 */
export async function buildChild(): Promise<void> {
  const outDir = scratch();
  const entry = fileURLToPath(new URL("./child.ts", import.meta.url));
  const deps = { alwaysBundle: [/.*/] };
  await build({ config: false, entry: [entry], outDir, platform: "node", dts: false, deps, logLevel: "silent" });
  script = join(outDir, "child.mjs");
}

/** Runs `applyPlan` or `recover` in a process of its own. It exits with the CliError's code. */
export function child(task: ChildTask, onStep?: (step: string) => void): Promise<ChildResult> & { pid: number } {
  const running = spawn(process.execPath, [script, JSON.stringify(task)], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  running.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
    for (const line of text.split("\n")) if (line.startsWith("step ")) onStep?.(line.slice(5));
  });
  running.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const done = new Promise<ChildResult>((resolve) => {
    running.on("close", (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
  return Object.assign(done, { pid: running.pid! });
}

/** Calls `work` for 0, 1, 2, … until it returns false, three at a time. */
export async function upward(work: (n: number) => Promise<boolean>): Promise<number> {
  let next = 0;
  let end = Number.POSITIVE_INFINITY;
  const lane = async () => {
    while (next < end) {
      const n = next++;
      if (!(await work(n))) end = Math.min(end, n);
    }
  };
  await Promise.all([lane(), lane(), lane()]);
  return end;
}

/** Mounts a small file system of its own, or tells why not. Linux as root only. */
export function mountable(): boolean {
  if (process.platform !== "linux" || process.getuid?.() !== 0) return false;
  const folder = mkdtempSync(join(tmpdir(), "openbb-mount-"));
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=64k", "tmpfs", folder], { stdio: "ignore" });
    execFileSync("umount", [folder], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
