import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { applyPlan } from "../../src/project/apply.js";
import { readTarget } from "../../src/project/target.js";
import { create, edit, errorOf, fill, planOf, scratch, tree } from "./helpers.js";

// A file system that ignores case, played: `lstat` finds an entry whatever its case. (Everything else is done with the
// spelling that `look` gives back, which is the point.) macOS and Windows have the real thing.
vi.mock("node:fs", async (original) => {
  const fs = await original<typeof import("node:fs")>();
  const lstatSync = (path: string, options: { bigint: true }) => {
    const folder = dirname(path);
    const names = fs.existsSync(folder) ? fs.readdirSync(folder) : [];
    const name = names.find((other) => other.toLowerCase() === basename(path).toLowerCase());
    return fs.lstatSync(name ? join(folder, name) : path, options);
  };
  return { ...fs, lstatSync, default: fs };
});

describe("a file system that ignores case", () => {
  const files = { "readme.md": "mine\n", "SRC/App.ts": "app\n" };

  it("a path that differs only in case is the entry that is there", async () => {
    const folder = scratch();
    fill(folder, files);
    const state = await readTarget(folder, ["README.md", "src/app.ts", "src/new.ts"]);
    expect(state.files).toEqual({ "README.md": { text: "mine\n" }, "src/app.ts": { text: "app\n" } });
  });

  it("its spelling is kept, also when undone", async () => {
    const folder = scratch();
    fill(folder, files);
    const before = tree(folder);
    const plan = planOf(edit("README.md", "mine\n", "new\n", "README.md.bak"), create("src/new.ts"));
    const onStep = (step: string) => {
      if (step === "commit") throw Object.assign(new Error("EIO"), { code: "EIO" });
    };
    await errorOf(applyPlan({ target: folder, plan, onStep }));
    expect(tree(folder)).toEqual(before);
    await applyPlan({ target: folder, plan });
    expect(readdirSync(folder).sort()).toEqual(["README.md.bak", "SRC", "readme.md"]);
    expect(readdirSync(join(folder, "SRC"))).toEqual(["App.ts", "new.ts"]);
    expect(readFileSync(join(folder, "readme.md"), "utf8")).toBe("new\n");
    expect((await errorOf(applyPlan({ target: folder, plan: planOf(create("Readme.MD")) }))).exitCode).toBe(3);
  });
});
