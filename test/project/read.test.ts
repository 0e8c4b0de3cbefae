import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, it } from "vitest";
import { adoptSources } from "../../src/plan/foreign/sources.js";
import { readProject } from "../../src/project/read.js";
import { recover } from "../../src/project/recover.js";
import { buildChild, child, errorOf, fill, project, scratch, wasKilled } from "./helpers.js";

beforeAll(buildChild);

const WIDGETS = "widgets.json";

function oldProject(): string {
  const target = join(scratch(), "b");
  fill(target, project.files);
  return target;
}

/** The files of a project as they were read. */
async function read(target: string): Promise<Record<string, string | null>> {
  const { files } = await readProject(target);
  return Object.fromEntries(Object.entries(files).map(([path, { text }]) => [path, text]));
}

it("reads a project as it is before a run or after it, never between", async () => {
  const target = oldProject();
  const before = await read(target);
  let done = false;
  const task = { run: "apply", target, plan: project.plan, secrets: project.secrets, pause: 15 } as const;
  const run = child(task).finally(() => {
    done = true;
  });
  const seen: Record<string, string | null>[] = [];
  while (!done) seen.push(await read(target));
  expect((await run).code).toBe(0);
  const after = await read(target);
  expect(after[WIDGETS]).not.toBe(before[WIDGETS]);
  for (const state of seen) expect([before, after]).toContainEqual(state);
});

it("refuses a project that a killed run has left half changed, until it is put in order", async () => {
  const target = oldProject();
  const before = await read(target);
  const run = await child({ run: "apply", target, plan: project.plan, secrets: project.secrets, killAt: 22 });
  expect(wasKilled(run)).toBe(true);
  const error = await errorOf(readProject(target));
  expect(error).toMatchObject({ exitCode: 3, message: expect.stringContaining("half changed") });
  expect(error.hint).toContain("list");
  await recover(target);
  expect(await read(target)).toEqual(before);
});

it("leaves out what is installed or built, and says when there is no folder", async () => {
  const target = oldProject();
  for (const name of ["node_modules", "dist", ".git"]) {
    mkdirSync(join(target, name));
    writeFileSync(join(target, name, "x"), "");
  }
  expect(Object.keys(await read(target)).sort()).toEqual(Object.keys(project.files).sort());
  for (const path of [join(target, "none"), join(target, WIDGETS)]) {
    expect(await errorOf(readProject(path))).toMatchObject({
      exitCode: 3,
      message: `There is no folder ${path}.`,
    });
  }
});

it("names links, and does not follow them", async () => {
  const target = scratch();
  writeFileSync(join(target, "real.json"), "{}");
  symlinkSync("real.json", join(target, WIDGETS));
  const state = await readProject(target);
  expect(Object.keys(state.files)).toEqual(["real.json"]);
  expect(() => adoptSources(state)).toThrow("is a symbolic link");
});
