import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";

/** What each folder of src may import from; the design page, section 3. */
const MAY_IMPORT: Record<string, string[]> = {
  contract: [],
  typegen: [],
  catalog: ["contract", "typegen"],
  plan: ["catalog", "contract", "typegen"],
  project: ["plan"],
  prompts: ["plan", "catalog", "contract"],
  live: ["contract"],
  validate: ["contract", "plan"],
  cli: ["prompts", "plan", "project", "catalog", "contract", "validate", "live"],
};

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? sources(path) : path.endsWith(".ts") ? [path] : [];
  });
}

function importsOf(path: string): string[] {
  // What typegen writes into projects imports this; typegen itself does not.
  const statements = /^(?:import|export)\b[^;]*?\bfrom "([^"]+)"|^import "([^"]+)"|\bimport\("([^"]+)"\)/gm;
  return [...readFileSync(path, "utf8").matchAll(statements)]
    .map((match) => (match[1] ?? match[2] ?? match[3]) as string)
    .filter((name) => name !== "../openbb/widget.js");
}

describe("dependencies point one way", () => {
  for (const [folder, allowed] of Object.entries(MAY_IMPORT)) {
    it(`src/${folder} imports from ${allowed.join(", ") || "nothing of ours"}`, () => {
      for (const path of sources(join("src", folder))) {
        for (const imported of importsOf(path).filter((name) => name.startsWith("."))) {
          const [, top = ""] = normalize(join(dirname(path), imported)).split(/[\\/]/);
          // Files directly in src (errors, version, create) are for all but the copied folders.
          const own =
            top === folder ||
            allowed.includes(top) ||
            (top.includes(".") && folder !== "contract" && folder !== "typegen");
          expect(own, `${path} imports ${imported}`).toBe(true);
        }
      }
    });
  }

  it("src/contract imports no library but zod, and src/typegen none: they are copied into projects", () => {
    for (const path of [...sources("src/contract"), ...sources("src/typegen")]) {
      const libraries = importsOf(path).filter((name) => !name.startsWith("."));
      expect(
        libraries.filter((name) => name !== "zod/mini" || path.includes("typegen")),
        path,
      ).toEqual([]);
    }
  });

  it("src/contract takes nothing of Node's, and nothing of a page's: it runs in either", () => {
    const { config } = ts.readConfigFile("tsconfig.json", ts.sys.readFile);
    const { options } = ts.convertCompilerOptionsFromJson({ ...config.compilerOptions, types: [] }, ".");
    const found = ts.getPreEmitDiagnostics(ts.createProgram(["src/contract.ts"], options));
    expect(found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"))).toEqual([]);
  });

  it("what is copied of src/contract imports nothing of its folders, which are not", () => {
    for (const path of sources("src/contract").filter((file) => dirname(file) === join("src", "contract"))) {
      expect(
        importsOf(path).filter((name) => /^\.\/.*\//.test(name)),
        path,
      ).toEqual([]);
    }
  });

  it("only src/project touches the disk, save for the config file that is read, and standard output", () => {
    const others = /src[\\/](project[\\/]|cli[\\/](document|standard-stream)\.ts)/;
    for (const path of sources("src").filter((file) => !others.test(file))) {
      expect(
        importsOf(path).filter((name) => /^(node:fs|node:child_process|fs-extra|execa)/.test(name)),
        path,
      ).toEqual([]);
    }
  });

  it("the process is ended in one place", () => {
    const calls = sources("src").filter((path) => /process\.exit\(/.test(readFileSync(path, "utf8")));
    expect(calls).toEqual([join("src", "cli", "main.ts")]);
  });
});
