import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { CancelledError } from "../../src/errors.js";
import { type ApplyOptions, applyPlan } from "../../src/project/apply.js";
import { recover } from "../../src/project/recover.js";
import {
  create,
  edit,
  errorOf,
  fill,
  fresh,
  planOf,
  project,
  remove,
  scratch,
  secret,
  tree,
  windows,
} from "./helpers.js";

/** The steps of a run that goes well. */
async function stepsOf(options: ApplyOptions): Promise<string[]> {
  const steps: string[] = [];
  await applyPlan({ ...options, onStep: (step) => void steps.push(step) });
  return steps;
}

function oldProject(): string {
  const target = join(scratch(), "my project");
  mkdirSync(target);
  fill(target, project.files);
  return target;
}

const ofProject = (target: string) => ({ target, plan: project.plan, secrets: project.secrets });
const ofFresh = (target: string) => ({ target, plan: fresh.plan, secrets: fresh.secrets });
const fault = (code = "EIO") => Object.assign(new Error(`${code}: injected`), { code });

describe("a target that does not exist", () => {
  it("appears whole, with nothing left beside it", async () => {
    const parent = scratch();
    const result = await applyPlan(ofFresh(join(parent, "new")));
    expect(tree(join(parent, "new"))).toEqual(fresh.after);
    expect(readdirSync(parent)).toEqual(["new"]);
    expect(result).toEqual({
      created: ["package.json", "src/widgets/a.ts", "src/日本 🦀.ts", ".env"],
      edited: [],
      deleted: [],
      backups: [],
    });
  });

  it.each([
    ["spaces", "my  back end"],
    ["quotes", windows ? "it's & $(x)" : `it's "mine" & $(x) `],
    ["unicode", "прайс-日本"],
    ["emoji", "🦀👩‍👩‍👧"],
    ["the longest name that is allowed", "n".repeat(255)],
    ["the longest name in emoji", "🦀".repeat(63)],
    ["missing parents", "a/b c/d"],
    ["missing parents that are long", `${"a".repeat(250)}/${"b".repeat(250)}/c`],
  ])("works with %s in its path", async (_what, name) => {
    const parent = scratch();
    await applyPlan(ofFresh(join(parent, name)));
    expect(tree(join(parent, name))).toEqual(fresh.after);
    expect(readdirSync(parent)).toHaveLength(1);
    expect(await recover(join(parent, name))).toEqual({ action: "none", details: [] });
  });

  it.skipIf(windows)("says so when the name is too long", async () => {
    const parent = scratch();
    const error = await errorOf(applyPlan(ofFresh(join(parent, "n".repeat(256)))));
    expect(error).toMatchObject({
      exitCode: 1,
      message: expect.stringMatching(/name is too long.*Nothing was changed\.$/),
    });
    const inside = await errorOf(applyPlan({ target: join(parent, "x"), plan: planOf(create("n".repeat(256))) }));
    expect(inside).toMatchObject({ exitCode: 1, message: expect.stringContaining("name is too long") });
    expect(readdirSync(parent)).toEqual([]);
  });

  it.each([
    ["a target", "a/b", 3],
    ["a parent", "a", 0],
  ])("copes with %s that appears meanwhile", async (_what, appearing, exitCode) => {
    const parent = scratch();
    const onStep = (step: string) => {
      if (step === "move") fill(join(parent, appearing), { "theirs.txt": "theirs" });
    };
    const run = applyPlan({ ...ofFresh(join(parent, "a/b")), onStep });
    if (exitCode === 0) await run;
    else expect(await errorOf(run)).toMatchObject({ exitCode, message: expect.stringContaining("by another program") });
    expect(readFileSync(join(parent, appearing, "theirs.txt"), "utf8")).toBe("theirs");
    if (exitCode === 0) expect(tree(join(parent, "a/b"))).toEqual(fresh.after);
    expect(readdirSync(parent)).toEqual(["a"]);
  });

  it.each(["EXDEV", "EPERM"])("is built in place where renaming gives %s", async (code) => {
    const parent = scratch();
    const steps: string[] = [];
    const onStep = (step: string) => {
      steps.push(step);
      if (step === "move") throw fault(code);
    };
    await applyPlan({ ...ofFresh(join(parent, "a/b")), onStep });
    expect(steps).toContain("commit");
    expect(tree(join(parent, "a/b"))).toEqual(fresh.after);
    for (const at of steps.slice(steps.indexOf("lock:rename"), steps.indexOf("commit") + 1)) {
      const other = scratch();
      const failing = (step: string) => {
        if (step === "move") throw fault(code);
        if (step === at) throw fault();
      };
      await errorOf(applyPlan({ ...ofFresh(join(other, "a/b")), onStep: failing }));
      expect(readdirSync(other), at).toEqual([]);
    }
  });

  it("does not take a plan that edits", async () => {
    const parent = scratch();
    const error = await errorOf(applyPlan({ target: join(parent, "x"), plan: planOf(edit("a", "1", "2")) }));
    expect(error.exitCode).toBe(3);
    expect(readdirSync(parent)).toEqual([]);
  });
});

describe("a target that exists", () => {
  it("is changed as planned, with backups, and no lock left", async () => {
    const target = oldProject();
    const result = await applyPlan(ofProject(target));
    expect(tree(target)).toEqual(project.after);
    expect(result).toEqual({
      created: ["src/widgets/new one.ts", ".env"],
      edited: ["widgets.json", "package.json"],
      deleted: ["src/old.ts"],
      backups: [{ path: "widgets.json", backup: "backup/widgets.json.bak" }],
    });
  });

  it("may be an empty folder, and stays that very folder", async () => {
    const target = scratch();
    const before = statSync(target).ino;
    await applyPlan(ofFresh(target));
    expect(tree(target)).toEqual(fresh.after);
    expect(statSync(target).ino).toBe(before);
  });

  it.skipIf(windows)("may be given through a symbolic link", async () => {
    const parent = scratch();
    mkdirSync(join(parent, "real"));
    symlinkSync("real", join(parent, "link"));
    await applyPlan(ofFresh(join(parent, "link")));
    await applyPlan({ target: join(parent, "link/sub"), plan: planOf(create("x")) });
    expect(readdirSync(join(parent, "real")).sort()).toEqual([".env", "package.json", "src", "sub"]);
  });

  it("is not touched by an empty plan", async () => {
    const steps = await stepsOf({ target: oldProject(), plan: planOf() });
    expect(steps).toEqual([]);
  });

  it.skipIf(windows)("keeps the permissions of what is edited, and gives secrets theirs", async () => {
    const target = oldProject();
    chmodSync(join(target, "widgets.json"), 0o600);
    chmodSync(join(target, "package.json"), 0o777);
    await applyPlan(ofProject(target));
    const mode = (name: string) => (statSync(join(target, name)).mode & 0o777).toString(8);
    expect(["widgets.json", "package.json", ".env", "backup/widgets.json.bak"].map(mode)).toEqual([
      "600",
      "777",
      "600",
      "600",
    ]);
  });

  it("replaces a secret with a backup, and a file that is not text", async () => {
    const target = oldProject();
    fill(target, { ".env": "OLD\n" });
    writeFileSync(join(target, "logo.png"), Buffer.from([0x89, 0xff]));
    const plan = planOf(
      { ...secret(".env", "edit"), backup: ".env.bak" },
      edit("logo.png", null, "text", "logo.png.bak"),
    );
    await applyPlan({ target, plan, secrets: project.secrets });
    expect(readFileSync(join(target, ".env"), "utf8")).toBe("KEY=top-secret\n");
    expect(readFileSync(join(target, ".env.bak"), "utf8")).toBe("OLD\n");
    expect(readFileSync(join(target, "logo.png.bak"))).toEqual(Buffer.from([0x89, 0xff]));
  });

  it.skipIf(windows)("never has a secret readable by others, or in the journal", async () => {
    const target = oldProject();
    let looked = 0;
    const onStep = (step: string) => {
      const lock = join(target, ".create-openbb-backend");
      if (!existsSync(lock)) return;
      expect(statSync(lock).mode & 0o777).toBe(0o700);
      for (const [name, entry] of Object.entries(tree(lock))) {
        if (!entry.includes("top-secret")) continue;
        expect(`${step}: ${name} ${entry.slice(0, 3)}`).toBe(`${step}: new/4 600`);
        looked++;
      }
      if (existsSync(join(target, ".env"))) expect(statSync(join(target, ".env")).mode & 0o777).toBe(0o600);
      if (step === "commit") {
        const journal = readFileSync(join(lock, "journal.json"), "utf8");
        expect(journal).not.toContain("secret");
        expect(JSON.parse(journal).entries[4].ours).not.toHaveProperty("sha256");
      }
    };
    await applyPlan({ ...ofProject(target), onStep });
    expect(looked).toBeGreaterThan(3);
  });
});

describe("what other programs do meanwhile is never lost", () => {
  it.each([
    ["a file appeared before", "start", "src/widgets/new one.ts"],
    ["a file appeared at the last moment", "place:src/widgets/new one.ts", "src/widgets/new one.ts"],
    ["a file was edited before", "start", "widgets.json"],
    ["a file was edited at the last moment", "aside:package.json", "package.json"],
    ["a file appeared in the gap", "place:package.json", "package.json"],
    ["a file to delete was edited", "aside:src/old.ts", "src/old.ts"],
    ["a secret's file appeared", "place:.env", ".env"],
    ["a backup's file appeared", "backup:widgets.json", "backup/widgets.json.bak"],
  ])("%s", async (_what, at, path) => {
    const target = oldProject();
    const change = () => fill(target, { [path]: "theirs" });
    if (at === "start") change();
    const onStep = (step: string) => {
      if (step === at) change();
    };
    const error = await errorOf(applyPlan({ ...ofProject(target), onStep }));
    expect(error).toMatchObject({ exitCode: 3, message: expect.stringContaining("by another program") });
    expect(readFileSync(join(target, path), "utf8")).toBe("theirs");
    // All else is as before; the file that was put aside for the one in the gap is kept, and its place told.
    for (const [name, text] of Object.entries(project.files)) {
      if (name !== path) expect(readFileSync(join(target, name), "utf8")).toBe(text);
    }
    const rescued = readdirSync(target).filter((name) => name.includes(".before-"));
    expect(rescued).toHaveLength(at === "place:package.json" ? 1 : 0);
    for (const name of rescued) {
      expect(error.message).toContain(join(target, name));
      expect(readFileSync(join(target, name), "utf8")).toBe("{}\n");
    }
    expect(readdirSync(target)).not.toContain(".create-openbb-backend");
  });

  it("a file of ours that was changed before the undo stays", async () => {
    const target = oldProject();
    const onStep = (step: string) => {
      if (step !== "commit") return;
      fill(target, { "src/widgets/new one.ts": "theirs", ".env": "theirs", "package.json": "theirs" });
      throw fault();
    };
    const error = await errorOf(applyPlan({ ...ofProject(target), onStep }));
    expect(error.exitCode).toBe(1);
    expect(error.message).not.toContain("Nothing was changed");
    for (const name of ["src/widgets/new one.ts", ".env", "package.json"]) {
      expect(error.message).toContain(name);
      expect(readFileSync(join(target, name), "utf8")).toBe("theirs");
    }
    const rescued = readdirSync(target).filter((name) => name.startsWith("package.json.before-"));
    expect(rescued).toHaveLength(1);
    expect(readFileSync(join(target, "widgets.json"), "utf8")).toBe(project.files["widgets.json"]);
  });
});

describe.skipIf(windows)("nothing is written through links", () => {
  it.each([
    ["a parent folder", "src/widgets", "src/widgets"],
    ["the file itself", "package.json", "package.json"],
    ["a dangling link at a new file", ".env", ".env"],
  ])("%s", async (_what, link, named) => {
    const elsewhere = scratch();
    const target = oldProject();
    fill(elsewhere, { "package.json": "{}\n" });
    const at = join(target, link);
    rmSync(at, { force: true });
    const goal = {
      "src/widgets": elsewhere,
      "package.json": join(elsewhere, "package.json"),
      ".env": join(elsewhere, "no"),
    };
    symlinkSync(goal[link as keyof typeof goal], at);
    const before = [tree(target), tree(elsewhere)];
    const error = await errorOf(applyPlan(ofProject(target)));
    expect(error).toMatchObject({ exitCode: 3, message: expect.stringContaining(`"${named}"`) });
    expect(error.message).toMatch(/symbolic link.*Nothing was changed\.$/);
    expect([tree(target), tree(elsewhere)]).toEqual(before);
  });

  it("a folder that becomes a link while we work", async () => {
    const elsewhere = scratch();
    const target = oldProject();
    const onStep = (step: string) => {
      if (step === "folder:src/widgets") symlinkSync(elsewhere, join(target, "src/widgets"));
    };
    const error = await errorOf(applyPlan({ ...ofProject(target), onStep }));
    expect(error.exitCode).toBe(3);
    expect(readdirSync(elsewhere)).toEqual([]);
    expect(readFileSync(join(target, "package.json"), "utf8")).toBe("{}\n");
  });

  it("the lock folder", async () => {
    const elsewhere = scratch();
    const target = oldProject();
    symlinkSync(elsewhere, join(target, ".create-openbb-backend"));
    expect((await errorOf(applyPlan(ofProject(target)))).exitCode).toBe(3);
    expect(readdirSync(elsewhere)).toEqual([]);
  });

  it("paths that lead outside are refused as bugs", async () => {
    const target = oldProject();
    for (const path of ["../x", "/x", "a/../../x", "a\\b", "C:/x", "", "a//b", "./a"]) {
      await expect(applyPlan({ target, plan: planOf(create(path)) })).rejects.toThrow("not a clean relative path");
      await expect(applyPlan({ target: `${target}/new`, plan: planOf(create(path)) })).rejects.toThrow("not a clean");
    }
  });
});

describe("a failure or Ctrl-C at every step", () => {
  const scenarios = [
    {
      name: "new target",
      parent: () => scratch(),
      options: (parent: string) => ofFresh(join(parent, "a/b")),
      last: "move",
    },
    {
      name: "existing target",
      parent: () => {
        const parent = scratch();
        fill(join(parent, "a/b"), project.files);
        return parent;
      },
      options: (parent: string) => ofProject(join(parent, "a/b")),
      last: "commit",
    },
  ];

  for (const { name, parent, options, last } of scenarios) {
    it.each(["EIO", "ENOSPC", "EACCES", "no code"])(`${name}: %s is undone`, async (code) => {
      const steps = await stepsOf(options(parent()));
      const after = await (async () => {
        const at = parent();
        await applyPlan(options(at));
        return tree(at);
      })();
      for (const index of steps.keys()) {
        const at = parent();
        const before = tree(at);
        let n = 0;
        const onStep = () => {
          if (n++ === index) throw code === "no code" ? new Error("injected") : fault(code);
        };
        const run = applyPlan({ ...options(at), onStep });
        if (index > steps.indexOf(last)) {
          await run;
          await recover(options(at).target);
          expect(tree(at), steps[index]).toEqual(after);
        } else {
          if (code === "no code") await expect(run).rejects.toThrow("injected");
          else {
            const error = await errorOf(run);
            expect(error.exitCode, steps[index]).toBe(1);
            expect(error.message, steps[index]).toMatch(/^Could not .*Nothing was changed\.$/);
            expect(error.hint).toBeTruthy();
          }
          expect(tree(at), steps[index]).toEqual(before);
        }
      }
      expect(steps.length).toBeGreaterThan(10);
    });

    it(`${name}: cancelled`, async () => {
      const steps = await stepsOf(options(parent()));
      for (const index of steps.keys()) {
        const at = parent();
        const before = tree(at);
        const controller = new AbortController();
        let n = 0;
        const onStep = () => {
          if (n++ === index) controller.abort();
        };
        const run = applyPlan({ ...options(at), signal: controller.signal, onStep });
        if (index > steps.indexOf(last)) await run;
        else {
          const error = await errorOf(run);
          expect(error, steps[index]).toBeInstanceOf(CancelledError);
          expect(error.message).toBe("Cancelled. Nothing was changed.");
          expect(tree(at), steps[index]).toEqual(before);
        }
      }
    });
  }

  it("an undo that fails too says what is left, and the next command undoes it", async () => {
    const good = oldProject();
    const before = tree(good);
    const steps = await stepsOf(ofProject(good));
    let told = 0;
    for (const index of [...steps.keys()].slice(0, steps.indexOf("commit") + 1)) {
      const target = oldProject();
      let n = 0;
      const onStep = () => {
        if (n++ >= index) throw fault();
      };
      const error = await errorOf(applyPlan({ ...ofProject(target), onStep }));
      expect(error.exitCode).toBe(1);
      if (error.message.includes("could not be put back")) {
        told++;
        expect(error.message).not.toContain("Nothing was changed");
        expect(error.hint).toContain(join(target, ".create-openbb-backend"));
      }
      await recover(target);
      expect(tree(target), steps[index]).toEqual(before);
    }
    expect(told).toBeGreaterThan(8);
  });

  it("a disk error of an unknown kind is still one sentence", async () => {
    const error = await errorOf(
      applyPlan({
        ...ofProject(oldProject()),
        onStep: (step) => {
          if (step === "commit") throw fault("EWEIRD");
        },
      }),
    );
    expect(error.message).toMatch(/error EWEIRD\. Nothing was changed\.$/);
  });

  it("deletes keep a backup when told", async () => {
    const target = oldProject();
    const plan = planOf(remove("src/old.ts", "old\n", "src/old.ts.bak"));
    const before = tree(target);
    const onStep = (step: string) => {
      if (step === "commit") throw fault();
    };
    await errorOf(applyPlan({ target, plan, onStep }));
    expect(tree(target)).toEqual(before);
    await applyPlan({ target, plan });
    expect(readFileSync(join(target, "src/old.ts.bak"), "utf8")).toBe("old\n");
    expect(existsSync(join(target, "src/old.ts"))).toBe(false);
  });
});
