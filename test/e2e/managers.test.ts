import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { command, has, itWith, temporaryFolder, tool } from "./helpers.js";

const folder = temporaryFolder();

// npm is tried for every test file, in setup.ts.
const LOCKFILES = { pnpm: "pnpm-lock.yaml" };

for (const [manager, lockfile] of Object.entries(LOCKFILES)) {
  itWith(manager, has(manager))(`a project installed with ${manager} checks, tests and builds`, () => {
    // pnpm takes some options for `CI`, a frozen lockfile among them; a user's machine has none.
    const result = tool([manager, "--yes", "--no-git", "--package-manager", manager], { cwd: folder });
    expect(result.code, result.stderr).toBe(0);
    expect(result.stdout).toContain(`${manager} dev`);
    const project = join(folder, manager);
    expect(existsSync(join(project, lockfile))).toBe(true);
    for (const script of ["check", "test", "build"]) {
      const run = command(manager, ["run", script], { cwd: project });
      expect(run.code, run.stdout + run.stderr).toBe(0);
    }
  });
}
