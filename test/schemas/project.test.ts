import { load } from "js-yaml";
import { describe, expect, it } from "vitest";
import { planAdd } from "../../src/plan/edit/add.js";
import { planRemove } from "../../src/plan/edit/remove.js";
import { applied, project, stateOf, type Tree } from "../edit/helpers.js";
import { tree } from "../plan/helpers.js";

const NEWER = "9.9.9";

function editors(files: Tree): Tree {
  return Object.fromEntries(Object.entries(files).filter(([path]) => path.startsWith(".vscode/")));
}

describe("what a project has for editors", () => {
  it("is a schema for each of the three files, and where it applies", () => {
    const files = tree();
    const mapped = JSON.parse(files[".vscode/settings.json"]!)["json.schemas"] as {
      fileMatch: string[];
      url: string;
    }[];
    expect(mapped.flatMap(({ fileMatch }) => fileMatch)).toEqual(["/widgets.json", "/apps.json", "/agents.json"]);
    for (const { url } of mapped) expect(Object.keys(files)).toContain(url.replace("./", ""));
    expect(Object.keys(editors(files))).toHaveLength(4);
  });

  it("is neither in the image, nor in the tests, nor compiled", () => {
    const files = tree({ docker: true });
    expect(files[".dockerignore"]?.split("\n")).toContain(".vscode");
    expect(JSON.parse(files["tsconfig.json"]!).include).toEqual(["src", "scripts", "test"]);
    expect(files["vitest.config.ts"]).toContain('include: ["test/**/*.test.ts"]');
  });

  it("is the project's own from then on: later commands neither change it nor bring it back", () => {
    const before = project();
    const older = Object.fromEntries(Object.entries(before).filter(([path]) => !path.startsWith(".vscode/")));
    const edited = { ...before, ".vscode/settings.json": "{}\n" };
    for (const files of [before, older, edited]) {
      const plan = planAdd(stateOf(files), { specs: [{ type: "metric", id: "last" }] }, NEWER);
      const after = applied(files, plan);
      expect(editors(after)).toEqual(editors(files));
      const gone = applied(after, planRemove(stateOf(after), ["last"], { force: false }, NEWER));
      expect(editors(gone)).toEqual(editors(files));
    }
  });
});

describe("the workflow of a project", () => {
  const steps = (text: string) =>
    (load(text) as { jobs: { test: { steps: { run?: string }[] } } }).jobs.test.steps.map(({ run }) => run);
  const validate = "npx --yes create-openbb-backend validate --format github";

  it.each(["npm", "pnpm", "yarn", "bun"] as const)(
    "with %s has the validation as a step to take in",
    (packageManager) => {
      const text = tree({ packageManager, ci: "github" })[".github/workflows/ci.yml"]!;
      expect(steps(text)).not.toContain(validate);
      expect(steps(text.replace(`# - run: ${validate}`, `- run: ${validate}`))).toContain(validate);
    },
  );
});
