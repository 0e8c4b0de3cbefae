// The rows on the tool itself: start-up, creating a project, and the package. What is measured is the packed tarball,
// installed: what a user gets, and out of the way of anybody who builds this repository meanwhile.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { BENCH, cleanEnv, ROOT } from "./machine.js";
import { compare } from "./stats.js";

/**
 * Packs this repository and installs the tarball.
 *
 * @param {string} folder an empty one, for the tarball and the installation
 * @returns {{bin: string, bytes: number, packages: number}} the program to run, the size of the tarball in bytes, how
 * many packages npm installed
 */
export function installPackage(folder) {
  const npm = (args) =>
    execFileSync("npm", args, {
      cwd: folder,
      encoding: "utf8",
      env: cleanEnv(),
      stdio: ["ignore", "pipe", "pipe"],
      shell: process.platform === "win32",
    });
  // The scripts would build again: dist/ is up to date already.
  const [{ filename }] = JSON.parse(npm(["pack", ROOT, "--json", "--ignore-scripts"]));
  const bytes = statSync(join(folder, filename)).size;
  npm(["install", "--prefix", folder, "--no-audit", "--no-fund", "--silent", join(folder, filename)]);
  const lock = JSON.parse(readFileSync(join(folder, "node_modules", ".package-lock.json"), "utf8"));
  const bin = join(folder, "node_modules", "create-openbb-backend", "bin", "create-openbb-backend.js");
  return { bin, bytes, packages: Object.keys(lock.packages).length };
}

const VITE = join(BENCH, "node_modules", "create-vite", "index.js");

/** The time of `--help` against create-vite's. */
export function measureHelp(bin, repeats) {
  return alternate(
    repeats * 5,
    () => time([bin, "--help"], BENCH),
    () => time([VITE, "--help"], BENCH),
  );
}

/**
 * The time of creating a project against create-vite's, each time in a folder that never was. Nothing is removed in
 * between, for users do not either: ext4 does not use the inodes of removed files again for some minutes, and seeks its
 * way past them for every new file, which made up a third of the time.
 */
export function measureCreate(bin, repeats, folder) {
  let count = 0;
  const inFreshFolder = (args) => {
    const cwd = join(folder, "create", String(count++));
    mkdirSync(cwd, { recursive: true });
    return time(args, cwd);
  };
  return alternate(
    repeats * 5,
    () => inFreshFolder([bin, "app", "--yes", "--no-install", "--no-git"]),
    () => inFreshFolder([VITE, "app", "--template", "vanilla-ts", "--no-interactive", "--no-immediate"]),
  );
}

/** Times two things in turn; the first pair warms the disk cache and does not count. */
function alternate(count, ours, theirs) {
  ours();
  theirs();
  const pairs = Array.from({ length: count }, (_, index) => {
    // In turn also who goes first.
    if (index % 2 === 0) return [ours(), theirs()];
    const second = theirs();
    return [ours(), second];
  });
  return { ...compare(pairs.map(first), pairs.map(second)), unit: "ms" };
}

const first = (pair) => pair[0];
const second = (pair) => pair[1];

/** Runs a Node program to its end. @returns milliseconds */
function time(args, cwd) {
  const start = process.hrtime.bigint();
  const { status, stderr } = spawnSync(process.execPath, args, { cwd, env: cleanEnv(), encoding: "utf8" });
  const end = process.hrtime.bigint();
  if (status !== 0) throw new Error(`${args.join(" ")} ended with ${status}: ${stderr}`);
  return Number(end - start) / 1e6;
}
