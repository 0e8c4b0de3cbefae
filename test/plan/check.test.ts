import { inOrder } from "virtual:verdicts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { samples, verdicts } from "../../build/verdicts.js";
import { PRESETS, type Widget } from "../../src/catalog/index.js";
import { validateBackend } from "../../src/contract/rules/index.js";
import { checkManifest } from "../../src/plan/check.js";
import { projectFiles } from "../../src/plan/files.js";
import { worthTelling } from "../../src/plan/findings.js";
import { appsFingerprint, widgetFingerprint } from "../../src/plan/fingerprint.js";
import { dashboard } from "../../src/plan/layout.js";
import { resolveWidgets } from "../../src/plan/widgets.js";
import { answers } from "./helpers.js";

const SAMPLES = samples();

function plain(value: unknown) {
  return JSON.parse(JSON.stringify(value));
}

/** Every way to replace one value in a tree by a wrong one, or to leave it out. */
function* mutants(value: unknown): Generator<unknown> {
  yield* [null, -1, "wrong", {}, []];
  if (typeof value !== "object" || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    const others = { ...value, [key]: undefined };
    for (const mutant of [undefined, ...mutants(inner)]) {
      yield Array.isArray(value) ? Object.assign([...value], { [key]: mutant ?? null }) : { ...others, [key]: mutant };
    }
  }
}

/** A manifest of the project that --yes makes. */
function manifest(name: string) {
  return JSON.parse(projectFiles(answers(), "0.0.0-test").find(({ path }) => path === name)?.text ?? "");
}

/** The files of a project, with another value in one of them. */
function filesWith(path: string, change: (value: never) => unknown) {
  return projectFiles(answers(), "0.0.0-test").map((file) =>
    file.path === path ? { ...file, text: JSON.stringify(change(JSON.parse(file.text) as never)) } : file,
  );
}

describe("what was checked when the program was built", () => {
  it("is every widget of the catalog and the dashboard of --yes: such a project needs no second check", () => {
    for (const { id, definition } of SAMPLES) {
      expect(inOrder, id).toContain(widgetFingerprint(id, plain(definition)));
    }
    expect(inOrder).toContain(appsFingerprint(manifest("apps.json"), manifest("widgets.json")));
  });

  it("is what the contract has nothing to say of: a faulty definition gets no verdict", () => {
    const [{ id, definition }] = SAMPLES as [Widget];
    const faulty = { id, definition: { ...definition, staleTime: 5 } };
    expect(verdicts([faulty, ...SAMPLES.slice(1)], [], [])).toHaveLength(SAMPLES.length - 1);
    expect(verdicts([], [], [{ name: "Desk", description: "", tabs: { "": {} } }])).toEqual([]);
  });

  it("is never another definition, whatever the contract says of that", () => {
    for (const { id, definition } of SAMPLES) {
      for (const mutant of mutants(plain(definition))) {
        const fingerprint = widgetFingerprint(id, plain(mutant));
        if (fingerprint === undefined || !inOrder.has(fingerprint)) continue;
        const found = validateBackend({ widgets: { [id]: plain(mutant) } });
        expect(found.filter(worthTelling), JSON.stringify(mutant)).toEqual([]);
      }
    }
    const [widgets, apps] = [manifest("widgets.json"), manifest("apps.json")];
    for (const mutant of mutants(apps)) {
      const fingerprint = appsFingerprint(plain(mutant), widgets);
      if (fingerprint === undefined || !inOrder.has(fingerprint)) continue;
      const found = validateBackend({ widgets, apps: plain(mutant) });
      expect(found.filter(worthTelling), JSON.stringify(mutant)).toEqual([]);
    }
    for (const mutant of mutants(widgets)) {
      const fingerprint = appsFingerprint(apps, plain(mutant));
      if (fingerprint === undefined || !inOrder.has(fingerprint)) continue;
      const found = validateBackend({ widgets: plain(mutant), apps });
      expect(found.filter(worthTelling), JSON.stringify(mutant)).toEqual([]);
    }
  });

  it("holds with any texts of the user's", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...SAMPLES),
        fc.stringMatching(/^[A-Za-z][A-Za-z0-9_-]{0,20}$/),
        fc.record({ name: fc.string(), description: fc.string() }),
        fc.record({ category: fc.string(), subCategory: fc.string() }, { requiredKeys: [] }),
        ({ definition }, id, texts, categories) => {
          const own = plain({ ...definition, ...texts, ...categories, endpoint: id });
          const fingerprint = widgetFingerprint(id, own);
          if (fingerprint === undefined || !inOrder.has(fingerprint)) return;
          expect(validateBackend({ widgets: { [id]: own } }).filter(worthTelling)).toEqual([]);
        },
      ),
    );
  });
});

describe("all rules", () => {
  it("have nothing at all to say of the catalog and of what it makes dashboards of", () => {
    const all = [...Object.values(PRESETS).map(({ widgets }) => resolveWidgets(widgets)), SAMPLES];
    for (const widgets of [...all, ...SAMPLES.map((sample) => [sample])]) {
      const file = plain(Object.fromEntries(widgets.map(({ id, definition }) => [id, definition])));
      const apps = plain([dashboard("Desk", widgets)]);
      expect(validateBackend({ widgets: file, apps, handlers: Object.keys(file) })).toEqual([]);
    }
  });
});

describe("the check before writing", () => {
  it("has nothing to say of our own definitions", async () => {
    const own = answers({ widgets: [{ type: "table", id: "prices", name: "Prices, daily" }, { type: "chart" }] });
    expect(await checkManifest(projectFiles(answers(), "0.0.0-test"), answers())).toEqual([]);
    expect(await checkManifest(projectFiles(own, "0.0.0-test"), own)).toEqual([]);
  });

  it("still finds a fault in what would be written", async () => {
    const widgets = filesWith("widgets.json", (all: Record<string, object>) => {
      const [[id, definition]] = Object.entries(all) as [[string, object]];
      return { ...all, [id]: { ...definition, type: "tabel" } };
    });
    await expect(checkManifest(widgets, answers())).rejects.toMatchObject({ exitCode: 1 });
    const apps = filesWith("apps.json", ([app]: object[]) => [{ ...app, tabs: 1 }]);
    await expect(checkManifest(apps, answers())).rejects.toMatchObject({ exitCode: 1 });
    const own = answers({ widgets: [{ type: "table", params: [{ paramName: "a", type: "txt" as never }] }] });
    await expect(checkManifest(projectFiles(own, "0.0.0-test"), own)).rejects.toMatchObject({ exitCode: 2 });
  });

  it("tells what a user's own definitions mislead with, all files together, and not at length", async () => {
    const column = { field: "a", headerName: "A", renderFn: "cellOnClick" } as const;
    const names = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
    const own = answers({
      widgets: [
        { type: "table", id: "prices", data: { table: { columnsDefs: names.map((field) => ({ ...column, field })) } } },
      ],
    });
    const warnings = await checkManifest(projectFiles(own, "0.0.0-test"), own);
    expect(warnings[0]).toMatch(
      /^\/prices\/data\/table\/columnsDefs\/0\/renderFn: A click on this column does nothing/,
    );
    expect(warnings).toHaveLength(9);
    expect(warnings.at(-1)).toBe("… and 1 more. All of them: npx create-openbb-backend validate");
    expect(await checkManifest(projectFiles(own, "0.0.0-test"), own, true)).toEqual([
      expect.stringContaining("in 9 places"),
    ]);
  });

  it("misses a handler, and an app's widget that is not there", async () => {
    const without = projectFiles(answers(), "0.0.0-test").filter(({ path }) => !/^src\/widgets\/[^i]/.test(path));
    const widgets = without.map((file) =>
      file.path === "widgets.json" ? { ...file, text: file.text.replace('"refetchInterval"', '"refetch"') } : file,
    );
    expect(widgets.map(({ text }) => text)).not.toEqual(without.map(({ text }) => text));
    await expect(checkManifest(widgets, answers())).rejects.toThrow(/No file in src\/widgets answers for/);
    const apps = filesWith("apps.json", ([app]: { tabs: Record<string, { layout: object[] }> }[]) => {
      app?.tabs[""]?.layout.push({ i: "nobody", x: 0, y: 90, w: 20, h: 9 });
      return [app];
    });
    expect(await checkManifest(apps, answers())).toEqual([expect.stringMatching(/^apps\.json.*no widget "nobody"/)]);
  });
});
