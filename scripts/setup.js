// What `npm start` and `npm test` need before anything else. Node's built-ins only: on a fresh clone there is nothing more.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** Installs the dependencies unless they are there and as new as the lockfile. */
export function ensureInstalled() {
  const installed = join(ROOT, "node_modules", ".package-lock.json");
  if (existsSync(installed) && newest(installed) >= newest(join(ROOT, "package-lock.json"))) return;
  console.log("Installing the dependencies of this repository …");
  npm(["ci", "--no-audit", "--no-fund"], ROOT);
}

/** Builds dist/ unless it is newer than all that it is made of. */
export function ensureBuilt() {
  const built = join(ROOT, "dist", "cli.cjs");
  const sources = ["src", "templates", "build", "package.json", "package-lock.json", "tsdown.config.ts"];
  const changed = Math.max(...sources.map((path) => newest(join(ROOT, path))));
  if (existsSync(built) && newest(built) >= changed) return;
  console.log("Building …");
  npm(["run", "build", "--silent"], ROOT);
}

/**
 * Runs npm and waits for it. Its output is shown only when it fails.
 *
 * @throws Error with a sentence
 */
export function npm(args, cwd) {
  // On Windows npm is a script that only a shell can start; no argument here needs quoting.
  const result = spawnSync("npm", args, { cwd, encoding: "utf8", shell: process.platform === "win32" });
  if (result.status === 0) return;
  console.error(`${result.stdout ?? ""}${result.stderr ?? ""}`);
  throw new Error(`npm ${args.join(" ")} failed in ${cwd}${result.error ? `: ${result.error.message}` : "."}`);
}

function newest(path) {
  const stats = statSync(path);
  if (!stats.isDirectory()) return stats.mtimeMs;
  return Math.max(0, ...readdirSync(path).map((entry) => newest(join(path, entry))));
}
