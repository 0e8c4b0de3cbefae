import { randomBytes } from "node:crypto";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import fs from "fs-extra";
import { CancelledError, CliError, EXIT } from "../errors.js";
import type { PackageManager } from "../plan/options.js";
import { RECORD_FILE } from "../plan/record.js";
import { hasCode } from "./disk.js";
import { recovery } from "./install.js";

/** A backend that was started for a check. */
export interface StartedProject {
  /** Where it listens, on this machine only. */
  url: string;
  /** What it asks callers for. */
  headers: Record<string, string>;
  /** The last lines of its log so far, without its key. */
  log(): string[];
  /** Whether it has ended, by itself or because it was stopped. */
  ended(): boolean;
  /** Stops it, and returns when it is gone. */
  stop(): Promise<void>;
}

export interface StartOptions {
  /** Aborted on Ctrl-C: the backend is stopped. */
  signal?: AbortSignal;
  /** How long it may take to answer: 60 seconds when it is not given. */
  timeoutMs?: number;
  /** Called when nothing speaks against starting it. */
  onStart?: () => void;
}

const TIMEOUT_MS = 60_000;
const KILL_AFTER_MS = 5000;
const LOG_LINES = 200;
/** Of them, the last so many are shown of a backend that has ended. */
const SHOWN_LINES = 20;

/** Ends the backend when we are gone without a word: our end of its standard input is closed then. */
const WATCH = `data:text/javascript,${encodeURIComponent('process.stdin.on("close", () => process.kill(process.pid, "SIGKILL")).resume();')}`;

/**
 * Starts a project of this tool from its sources, on a free port of this machine, with a key of its own: the secrets of
 * the user are not asked for. Nothing is written.
 *
 * @param root absolute path of the project
 * @throws CliError with exit code 3 when it is no project of ours or its dependencies are not installed, 1 when it does
 * not start; CancelledError after `signal` was aborted. Then nothing is left running
 */
export async function startProject(root: string, options: StartOptions = {}): Promise<StartedProject> {
  const { signal, timeoutMs = TIMEOUT_MS } = options;
  const answers = await answersOf(root);
  needInstalled(root, answers.packageManager);
  if (signal?.aborted) throw new CancelledError();
  const port = await freePort();
  const key =
    answers.auth === "api-key" || process.env.API_KEY || process.env.API_KEYS ? randomBytes(24).toString("hex") : "";
  const { execa } = await import("execa");
  options.onStart?.();
  const running = execa(process.execPath, ["--import", WATCH, "--import", "tsx", join("src", "server.ts")], {
    cwd: root,
    all: true,
    buffer: false,
    reject: false,
    // Killed with us, and after this time when it does not stop by itself.
    cleanup: true,
    forceKillAfterDelay: KILL_AFTER_MS,
    // An empty variable counts as not set, and keeps what .env says from being used.
    env: {
      PORT: String(port),
      HOST: "127.0.0.1",
      API_KEY: key,
      API_KEYS: "",
      TLS_CERT: "",
      TLS_KEY: "",
      PUBLIC_URL: "",
      RATE_LIMIT_PER_MINUTE: "0",
      // What went wrong, and not each call.
      LOG_LEVEL: "warn",
    },
  });
  const lines: string[] = [];
  createInterface({ input: running.all }).on("line", (line) => {
    lines.push(key === "" ? line : line.replaceAll(key, "***"));
    if (lines.length > LOG_LINES) lines.shift();
  });
  let ended = false;
  const end = running.then(
    (result) => {
      ended = true;
      return result;
    },
    () => {
      ended = true;
    },
  );
  const stop = async () => {
    signal?.removeEventListener("abort", onAbort);
    if (!ended) running.kill("SIGTERM");
    await end;
  };
  const onAbort = () => void stop();
  signal?.addEventListener("abort", onAbort);
  const url = `http://127.0.0.1:${port}`;
  try {
    await untilHealthy(url, { signal, timeoutMs, ended: () => ended });
  } catch (error) {
    await stop();
    if (error instanceof CancelledError || signal?.aborted) throw new CancelledError();
    const log = lastLines(lines);
    throw new CliError(
      EXIT.failed,
      error instanceof Error ? error.message : String(error),
      log === "" ? "It has written nothing. Try npm run dev." : `It has written:\n${log}`,
    );
  }
  return { url, headers: key === "" ? {} : { "X-API-KEY": key }, log: () => [...lines], ended: () => ended, stop };
}

/** The end of a log, for people. */
export function lastLines(log: readonly string[]): string {
  return log.slice(-SHOWN_LINES).join("\n");
}

interface Answers {
  auth: unknown;
  packageManager: PackageManager;
}

async function answersOf(root: string): Promise<Answers> {
  const refuse = (message: string) =>
    new CliError(
      EXIT.refused,
      message,
      "Start it yourself, and give its address: npx create-openbb-backend validate http://localhost:7779",
    );
  const text = await fs.readFile(join(root, RECORD_FILE), "utf8").catch((error: unknown) => {
    if (hasCode(error, "ENOENT", "ENOTDIR")) return undefined;
    throw error;
  });
  if (text === undefined)
    throw refuse(`${root} is no project of this tool (it has no ${RECORD_FILE}), so it cannot be started.`);
  if (!(await fs.pathExists(join(root, "src", "server.ts"))))
    throw refuse(`${root} has no src/server.ts, so it cannot be started.`);
  try {
    const { answers } = JSON.parse(text) as { answers?: Partial<Answers> };
    return { auth: answers?.auth, packageManager: answers?.packageManager ?? "npm" };
  } catch {
    return { auth: undefined, packageManager: "npm" };
  }
}

function needInstalled(root: string, packageManager: PackageManager): void {
  const { resolve } = createRequire(join(root, "package.json"));
  try {
    for (const name of ["tsx", "express"]) resolve(`${name}/package.json`);
  } catch {
    throw new CliError(
      EXIT.refused,
      "The backend cannot be started: its dependencies are not installed.",
      `Run: ${recovery(root, packageManager)}`,
    );
  }
}

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

async function untilHealthy(
  url: string,
  { signal, timeoutMs, ended }: { signal?: AbortSignal; timeoutMs: number; ended: () => boolean },
): Promise<void> {
  const last = performance.now() + timeoutMs;
  while (performance.now() < last) {
    if (signal?.aborted) throw new CancelledError();
    if (ended()) throw new Error("The backend does not start: it ends right away.");
    const healthy = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(2000) }).then(
      async (response) => {
        await response.body?.cancel();
        return response.ok;
      },
      () => false,
    );
    if (healthy) return;
    await pause(100);
  }
  throw new Error(`The backend does not start: it does not answer within ${Math.round(timeoutMs / 1000)} seconds.`);
}
