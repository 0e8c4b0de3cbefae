import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { samples } from "../../build/verdicts.js";
import { patched } from "../../src/contract/fixes/index.js";
import type { Operation } from "../../src/contract/rules/index.js";
import { dashboard } from "../../src/plan/layout.js";
import { checkFiles } from "../../src/validate/check.js";
import { hasShared, readShared, whySkipped } from "../contract/shared.js";
import { apps, json, run, valuesOf, widgets, written } from "./helpers.js";

describe("one fault in a file that has none", () => {
  const good = samples();
  const file = JSON.parse(JSON.stringify(Object.fromEntries(good.map(({ id, definition }) => [id, definition]))));
  const desk = JSON.parse(JSON.stringify([dashboard("Desk", good)]));
  const spelt = (text: string, how: number) =>
    [text.toUpperCase(), text.replace(/[-_]/g, how % 2 ? "" : "-"), text.replace(/([a-z])([A-Z])/g, "$1_$2")][
      how % 3
    ] as string;

  /** Faults of all kinds whose mend gives back just what was there. */
  const faults = [...valuesOf(JSON.stringify(file))].flatMap(([path, text]): [string, Operation][] => {
    const value = JSON.parse(text);
    const key = path.split("/").at(-1) as string;
    const found: Operation[] = [];
    const isWord = [
      "type",
      "cellDataType",
      "formatterFn",
      "renderFn",
      "condition",
      "chartType",
      "chartDataType",
    ].includes(key);
    for (const how of [0, 1, 2]) {
      if (isWord && typeof value === "string" && spelt(value, how) !== value)
        found.push({ op: "replace", path, value: spelt(value, how) });
    }
    if (["w", "h", "staleTime"].includes(key)) found.push({ op: "replace", path, value: String(value) });
    if (key === "gridData" || key === "subCategory") {
      found.push({
        op: "move",
        from: path,
        path: path.replace("gridData", "grid_data").replace("subCategory", "sub-category"),
      });
    }
    if (key === "columnsDefs") found.push({ op: "move", from: path, path: path.replace("/table", "") });
    if (path.split("/").length === 2) found.push({ op: "add", path: `${path}/inputType`, value: null });
    return found.map((one) => [`${one.op} ${path}`, [one] as never]);
  });

  it("is mended to just the file that was, whatever the style", () => {
    expect(faults.length).toBeGreaterThan(200);
    fc.assert(
      fc.property(fc.constantFrom(...faults), written, ([, operations], write) => {
        const broken = patched(file, operations as unknown as Operation[])?.value;
        const result = run(widgets(write(broken)), apps(write(desk)));
        expect(result.applied.length).toBeGreaterThan(0);
        expect(result.left.filter(({ code }) => code !== "byte-order-mark")).toEqual([]);
        expect(json(result.files[0]?.text ?? "")).toEqual(file);
        expect(result.files[1]?.text).toBe(write(desk));
      }),
      { numRuns: 100 },
    );
  });
});

describe(`files of the corpus${whySkipped}`, () => {
  const folder = fileURLToPath(new URL("../../../shared/corpus/", import.meta.url));
  const names = hasShared ? readdirSync(folder).filter((name) => /(widgets|apps|templates)\.json$/.test(name)) : [];

  it.skipIf(!hasShared)("lose only findings, keep all bytes outside the mends, and are mended once", () => {
    let mends = 0;
    const accepted: string[] = [];
    for (const name of names) {
      const text = readShared(`corpus/${name}`);
      const file = name.endsWith("widgets.json") ? widgets(text) : apps(text);
      const before = checkFiles("", [file]).findings;
      const result = run(file);
      mends += result.applied.length;
      if (result.applied.length === 0) {
        expect(result.files[0]).toBe(file);
        continue;
      }
      const errors = (all: typeof before) => all.filter(({ severity }) => severity === "error").length;
      expect(result.left.length, name).toBeLessThan(before.length);
      expect(errors(result.left), name).toBeLessThanOrEqual(errors(before));
      if (errors(before) > 0 && errors(result.left) === 0) accepted.push(name);
      expect(run(...result.files).applied, name).toEqual([]);
      if (before.some(({ code }) => code === "invalid-json")) continue;
      // What no operation speaks of has its very bytes still.
      const touched = result.applied.flatMap(({ finding }) =>
        (finding.fix?.operations ?? []).flatMap((one) => ("from" in one ? [one.from, one.path] : [one.path])),
      );
      const near = (path: string) =>
        touched.some((one) => one === path || one.startsWith(`${path}/`) || path.startsWith(`${one}/`) || path === "");
      const after = valuesOf(result.files[0]?.text.replace(/^\ufeff/, "") ?? "");
      for (const [path, value] of valuesOf(text.replace(/^\ufeff/, ""))) {
        if (!near(path)) expect(after.get(path), `${name} ${path}`).toBe(value);
      }
    }
    expect(mends).toBeGreaterThan(0);
    expect(accepted.length).toBeGreaterThan(0);
    console.log(`${mends} mends in ${names.length} files of the corpus; now accepted: ${accepted.join(", ")}`);
  });
});
