import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    /** The tarball, as `npm publish` would upload it. */
    tarball: string;
    /** An empty folder in which nothing but the tarball was installed. */
    home: string;
    /** A project with all six types, created from there and installed with npm. */
    six: string;
    /** The showcase, with whatever any type or variant needs, installed. */
    all: string;
  }
}

/** Packs the tool, installs it in an empty folder, and creates and installs one project, once for all tests. */
export default function setup(project: TestProject) {
  const folder = mkdtempSync(join(tmpdir(), "openbb-e2e-"));
  const home = join(folder, "home");
  mkdirSync(home);
  run("npm", ["pack", "--silent", "--pack-destination", folder], process.cwd());
  const tarball = join(folder, readdirSync(folder).find((name) => name.endsWith(".tgz")) as string);
  run("npm", ["install", "--no-audit", "--no-fund", tarball], home);
  const bin = join(home, "node_modules", ".bin", "create-openbb-backend");
  run(bin, ["six", "--yes", "--no-git", "--package-manager", "npm"], home);
  const needs = ["--widget", "type=live_grid,variant=redis,id=shared_prices"];
  run(bin, ["all", "--preset", "showcase", ...needs, "--no-git", "--package-manager", "npm"], home);
  project.provide("all", join(home, "all"));
  project.provide("tarball", tarball);
  project.provide("home", home);
  project.provide("six", join(home, "six"));
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

function run(command: string, args: string[], cwd: string) {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd,
    encoding: "utf8",
    shell: process.platform === "win32",
  });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")} ended with ${status}:\n${stdout}${stderr}`);
}
