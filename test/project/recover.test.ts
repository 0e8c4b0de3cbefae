import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { Plan } from "../../src/plan/types.js";
import { applyPlan } from "../../src/project/apply.js";
import { isAlive, newOwner } from "../../src/project/owner.js";
import { recover } from "../../src/project/recover.js";
import {
  buildChild,
  child,
  create,
  errorOf,
  fill,
  fresh,
  planOf,
  project,
  scratch,
  tree,
  upward,
  wasKilled,
} from "./helpers.js";

beforeAll(buildChild);

const LOCK = ".create-openbb-backend";

function oldProject(): string {
  const target = join(scratch(), "b");
  fill(target, project.files);
  return target;
}

/** A folder of ours as a run leaves it that was killed: pid 4194999 is above Linux' highest. */
async function deadOwner(target: string, change: Record<string, unknown> = {}) {
  return { ...(await newOwner(target)), pid: 4194999, ...change };
}

function putLock(target: string, owner: unknown, files: Record<string, string> = {}): void {
  fill(join(target, LOCK), { "owner.json": JSON.stringify(owner), ...files });
}

describe("killed at every step", () => {
  it("a new target is there as a whole or not at all", async () => {
    const seen = { undone: 0, finished: 0, none: 0 };
    const steps = await upward(async (killAt) => {
      const parent = scratch();
      const target = join(parent, "a/b");
      const run = await child({ run: "apply", target, plan: fresh.plan, secrets: fresh.secrets, killAt });
      const exists = readdirSync(parent).includes("a");
      const { action, details } = await recover(target);
      if (exists) expect(tree(target)).toEqual(fresh.after);
      expect(readdirSync(parent), run.stdout).toEqual(exists ? ["a"] : []);
      expect(await recover(target)).toEqual({ action: "none", details: [] });
      if (!wasKilled(run)) return false;
      seen[action]++;
      expect(details.length).toBe(action === "none" ? 0 : 1);
      if (action !== "none") expect(action).toBe(exists ? "finished" : "undone");
      return true;
    });
    expect(steps).toBe(12);
    expect(seen.undone).toBeGreaterThan(5);
    expect(seen.finished).toBe(3);
  });

  it("an existing target is as before or as planned", async () => {
    const seen = { undone: 0, finished: 0, none: 0 };
    const before = tree(oldProject());
    const steps = await upward(async (killAt) => {
      const target = oldProject();
      const run = await child({ run: "apply", target, plan: project.plan, secrets: project.secrets, killAt });
      const { action } = await recover(target);
      const committed = run.stdout.includes("release:rename");
      expect(tree(target), run.stdout).toEqual(committed ? project.after : before);
      expect(await recover(target)).toEqual({ action: "none", details: [] });
      if (!wasKilled(run)) return false;
      seen[action]++;
      return true;
    });
    expect(steps).toBeGreaterThan(25);
    expect(seen.undone).toBeGreaterThan(15);
    expect(seen.finished).toBeGreaterThan(0);
  });

  it("while undoing a failure", async () => {
    const before = tree(oldProject());
    const steps = await upward(async (killAt) => {
      const target = oldProject();
      const task = { run: "apply", target, plan: project.plan, secrets: project.secrets } as const;
      const run = await child({ ...task, failAt: "commit", killAfterFailure: true, killAt });
      await recover(target);
      expect(tree(target), run.stdout).toEqual(before);
      return wasKilled(run);
    });
    expect(steps).toBeGreaterThan(9);
  });

  it("while recovering", async () => {
    const before = tree(oldProject());
    const steps = await upward(async (killAt) => {
      const target = oldProject();
      const at = 22;
      await child({ run: "apply", target, plan: project.plan, secrets: project.secrets, killAt: at });
      const run = await child({ run: "recover", target, killAt });
      const { details } = await recover(target);
      expect(tree(target), run.stdout).toEqual(before);
      // Nothing is reported as somebody else's.
      expect(details.join()).not.toContain("by another program");
      return wasKilled(run);
    });
    expect(steps).toBeGreaterThan(12);
  });

  it("the next run recovers by itself and does its work", async () => {
    const target = oldProject();
    const run = await child({ run: "apply", target, plan: project.plan, secrets: project.secrets, killAt: 22 });
    expect(wasKilled(run)).toBe(true);
    await applyPlan({ target, plan: project.plan, secrets: project.secrets });
    expect(tree(target)).toEqual(project.after);
  });

  it("files that the user changed after the kill stay, and are told", async () => {
    const target = oldProject();
    const run = await child({ run: "apply", target, plan: project.plan, secrets: project.secrets, killAt: 22 });
    expect(run.stdout.trim().split("\n").at(-1)).toBe("step commit");
    fill(target, { "src/widgets/new one.ts": "mine", ".env": "KEY=mine\n", "package.json": "mine" });
    const { action, details } = await recover(target);
    expect(action).toBe("undone");
    for (const name of ["src/widgets/new one.ts", ".env", "package.json"]) {
      expect(readFileSync(join(target, name), "utf8")).toMatch(/mine/);
      expect(details.join("\n")).toContain(name);
    }
    const rescued = readdirSync(target).find((name) => name.startsWith("package.json.before-"))!;
    expect(readFileSync(join(target, rescued), "utf8")).toBe("{}\n");
    expect(readFileSync(join(target, "widgets.json"), "utf8")).toBe(project.files["widgets.json"]);
  });

  it("a project that was moved before recovering is undone as well", async () => {
    const target = oldProject();
    const before = tree(target);
    await child({ run: "apply", target, plan: project.plan, secrets: project.secrets, killAt: 22 });
    renameSync(target, `${target}-moved`);
    await recover(`${target}-moved`);
    expect(tree(`${target}-moved`)).toEqual(before);
  });
});

describe("two processes at once", () => {
  it("for a new target: one makes it, the other is refused", async () => {
    const parent = scratch();
    const task = { run: "apply", target: join(parent, "b"), secrets: {}, pause: 20 } as const;
    const plan = (text: string) => planOf(create("package.json", text), create(`src/${text}.ts`));
    const runs = await Promise.all([child({ ...task, plan: plan("one") }), child({ ...task, plan: plan("two") })]);
    expect(runs.map((run) => run.code).sort()).toEqual([0, 3]);
    const winner = runs[0].code === 0 ? "one" : "two";
    expect(Object.keys(tree(task.target))).toEqual(["package.json", "src", `src/${winner}.ts`]);
    expect(readdirSync(parent)).toEqual(["b"]);
  });

  it("in an existing one: the second waits, and both do their work", async () => {
    const target = oldProject();
    const run = (name: string) => child({ run: "apply", target, plan: planOf(create(`${name}/x.ts`)), pause: 20 });
    const runs = await Promise.all([run("one"), run("two"), run("three")]);
    expect(runs.map((each) => [each.code, each.stderr])).toEqual([
      [0, ""],
      [0, ""],
      [0, ""],
    ]);
    expect(readdirSync(target).sort()).toEqual(["notes", "one", "package.json", "src", "three", "two", "widgets.json"]);
  });

  it("taking over one dead lock: the journal is undone once, and all do their work", async () => {
    for (let round = 0; round < 2; round++) {
      const target = oldProject();
      await child({ run: "apply", target, plan: project.plan, secrets: project.secrets, killAt: 22 });
      const run = (name: string) =>
        child({ run: "apply", target, plan: planOf(create(`${name}.ts`)), pause: 3 * round });
      const runs = await Promise.all([run("one"), run("two"), run("three")]);
      expect(runs.map((each) => [each.code, each.stderr])).toEqual([
        [0, ""],
        [0, ""],
        [0, ""],
      ]);
      expect(readdirSync(target).sort()).toEqual([
        "notes",
        "one.ts",
        "package.json",
        "src",
        "three.ts",
        "two.ts",
        "widgets.json",
      ]);
    }
  });

  it("a live one is waited for, then named; recover leaves it alone", async () => {
    const target = oldProject();
    let held = () => {};
    const waiting = new Promise<void>((resolve) => {
      held = resolve;
    });
    const other = child({ run: "apply", target, plan: planOf(create("x")), pause: 300 }, (step) => {
      if (step === "stage") held();
    });
    await waiting;
    expect(await recover(target)).toEqual({ action: "none", details: [] });
    const error = await errorOf(applyPlan({ target, plan: planOf(create("y")), lockTimeoutMs: 50 }));
    expect(error).toMatchObject({ exitCode: 3, message: expect.stringContaining(`process ${other.pid} `) });
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 30);
    const cancelled = await errorOf(applyPlan({ target, plan: planOf(create("y")), signal: controller.signal }));
    expect(cancelled.exitCode).toBe(130);
    expect((await other).code).toBe(0);
    expect(readdirSync(target)).toContain("x");
    expect(readdirSync(target)).not.toContain("y");
  });

  it("in the same process, too", async () => {
    const target = oldProject();
    await Promise.all(["a", "b", "c"].map((name) => applyPlan({ target, plan: planOf(create(name)) })));
    expect(readdirSync(target)).toEqual(expect.arrayContaining(["a", "b", "c"]));
    const parent = scratch();
    const plans: Plan[] = [planOf(create("x", "1")), planOf(create("x", "2"))];
    const both = await Promise.allSettled(plans.map((plan) => applyPlan({ target: join(parent, "n"), plan })));
    expect(both.map((one) => one.status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(readdirSync(parent)).toEqual(["n"]);
  });
});

describe("who is dead", () => {
  it("a process that is gone, or whose pid was given away", async () => {
    const me = await newOwner("/x");
    expect(await isAlive({ ...me, pid: process.ppid, started: null })).toBe(true);
    expect(await isAlive({ ...me, pid: 4194999 })).toBe(false);
    // This process did not make it, and it has our pid: it is from before.
    expect(await isAlive(me)).toBe(false);
    expect(await isAlive({ ...me, host: `not-${hostname()}` })).toBe(true);
    expect(await isAlive({ ...me, host: `not-${hostname()}`, at: Date.now() - 7_200_000 })).toBe(false);
  });

  it.runIf(process.platform === "linux")("Linux: start time and pid namespace count", async () => {
    const me = await newOwner("/x");
    expect(await isAlive({ ...me, pid: process.ppid, started: "1" })).toBe(false);
    expect(await isAlive({ ...me, pid: 4194999, space: "pid:[1]" })).toBe(true);
  });

  it("its lock is taken over", async () => {
    const target = oldProject();
    putLock(target, await deadOwner(target));
    await applyPlan({ target, plan: planOf(create("x")), lockTimeoutMs: 0 });
    putLock(
      target,
      await deadOwner(target, { pid: process.ppid, started: process.platform === "linux" ? "1" : null, at: 0 }),
    );
    if (process.platform === "linux") expect((await recover(target)).action).toBe("undone");
    rmSync(join(target, LOCK), { recursive: true, force: true });
    expect(readdirSync(target)).toContain("x");
  });

  it("a lock that a dead process took over from a dead process is taken over", async () => {
    const target = oldProject();
    const maker = await deadOwner(target);
    putLock(target, maker);
    fill(join(target, LOCK, `takeover-${maker.token}-1`), { "owner.json": JSON.stringify(await deadOwner(target)) });
    fill(join(target, LOCK, "takeover-0123-9"), { "owner.json": JSON.stringify(await newOwner(target)) });
    expect((await recover(target)).action).toBe("undone");
    expect(readdirSync(target)).not.toContain(LOCK);
  });
});

describe("only what a run of ours made is removed", () => {
  it.each([
    ["a folder with our lock's name", { "precious.txt": "x" }],
    ["one with somebody else's owner.json", { "owner.json": '{"tool":"another","pid":1}', "precious.txt": "x" }],
    ["one with a broken owner.json", { "owner.json": "{", "precious.txt": "x" }],
  ])("%s stays, and is named", async (_what, files: Record<string, string>) => {
    const target = oldProject();
    fill(join(target, LOCK), files);
    const before = tree(target);
    for (const run of [() => applyPlan({ target, plan: planOf(create("y")) }), () => recover(target)]) {
      expect(await errorOf(run())).toMatchObject({ exitCode: 3, message: expect.stringContaining(join(target, LOCK)) });
    }
    expect(tree(target)).toEqual(before);
  });

  it("siblings: for another target, alive, not provably ours, or young and empty elsewhere stay", async () => {
    const parent = scratch();
    const target = join(parent, "b");
    const name = (pid: number, n: number) => join(parent, `.b.create-openbb-backend-${pid}-0000000${n}`);
    const put = (folder: string, owner?: unknown) => {
      mkdirSync(folder);
      if (owner) fill(folder, { "owner.json": JSON.stringify(owner), "tree/x": "x" });
    };
    const stays = [
      name(4194999, 1),
      name(process.ppid, 2),
      name(4194999, 3),
      name(process.ppid, 4),
      join(parent, ".b.create-openbb-backend-x"),
    ];
    const goes = [name(4194999, 5), name(4194999, 6), name(process.ppid, 7)];
    put(stays[0]!, await deadOwner(join(parent, "c")));
    put(stays[1]!, { ...(await newOwner(target)), pid: process.ppid, started: null });
    put(stays[2]!);
    fill(stays[2]!, { "precious.txt": "x" });
    put(stays[3]!);
    put(stays[4]!);
    put(goes[0]!, await deadOwner(target));
    put(goes[1]!);
    put(goes[2]!);
    utimesSync(goes[2]!, 1, 1);
    const { action, details } = await recover(target);
    expect(action).toBe("undone");
    expect(details).toHaveLength(3);
    expect(readdirSync(parent).sort()).toEqual(stays.map((folder) => folder.slice(parent.length + 1)).sort());
  });

  it("a forged journal cannot reach outside the target", async () => {
    const parent = scratch();
    const target = join(parent, "b");
    fill(target, { x: "x" });
    fill(parent, { "precious.txt": "x" });
    mkdirSync(join(parent, "empty"));
    const sha256 = (await import("node:crypto")).createHash("sha256").update("x").digest("hex");
    for (const path of ["../precious.txt", join(parent, "precious.txt")]) {
      const journal = { format: 1, folders: [], entries: [{ n: 0, action: "create", path, ours: { sha256 } }] };
      putLock(target, await deadOwner(target, { made: [join(parent, "empty")] }), {
        "journal.json": JSON.stringify(journal),
      });
      await expect(recover(target)).rejects.toThrow();
      rmSync(join(target, LOCK), { recursive: true });
    }
    putLock(target, await deadOwner(target, { made: [join(parent, "empty")] }));
    await recover(target);
    expect(readdirSync(parent).sort()).toEqual(["b", "empty", "precious.txt"]);
  });

  it.each(["", "{", "{}", "null", '{"format":2}'])("a journal that says %j: what was put aside stays", async (text) => {
    const target = oldProject();
    putLock(target, await deadOwner(target), { "journal.json": text, "old/0": "precious" });
    for (const run of [() => recover(target), () => applyPlan({ target, plan: planOf(create("y")) })]) {
      const error = await errorOf(run());
      expect(error).toMatchObject({ exitCode: 1, hint: expect.stringContaining(join(target, LOCK, "old")) });
    }
    expect(readFileSync(join(target, LOCK, "old/0"), "utf8")).toBe("precious");
    expect(readdirSync(target)).not.toContain("y");
  });

  it("nothing to do is nothing done", async () => {
    const target = oldProject();
    const before = statSync(target).mtimeMs;
    expect(await recover(target)).toEqual({ action: "none", details: [] });
    expect(await recover(join(target, "not/there"))).toEqual({ action: "none", details: [] });
    expect(statSync(target).mtimeMs).toBe(before);
    writeFileSync(join(target, "file"), "");
    expect((await errorOf(recover(join(target, "file")))).exitCode).toBe(3);
  });
});
