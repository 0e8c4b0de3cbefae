import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CATALOG_TYPES } from "../../src/catalog/index.js";
import { validateApps, validateWidgets } from "../../src/contract/index.js";
import { CliError } from "../../src/errors.js";
import { planAdd } from "../../src/plan/edit/add.js";
import { listWidgets } from "../../src/plan/edit/list.js";
import { planRemove } from "../../src/plan/edit/remove.js";
import { planRename } from "../../src/plan/edit/rename.js";
import type { WidgetSpec } from "../../src/plan/spec.js";
import { isHandlerFile } from "../../src/typegen/generate.js";
import {
  applied,
  inStyle,
  json,
  MANIFESTS,
  project,
  type Style,
  stateOf,
  style,
  type Tree,
  VERSION,
} from "./helpers.js";

type Step =
  | { do: "add"; specs: WidgetSpec[]; noApp: boolean }
  | { do: "remove"; at: number[] }
  | { do: "rename"; at: number; to: string };

const ids = fc.constantFrom("alpha", "beta", "gamma", "Delta", "price_history", "x1");
const spec: fc.Arbitrary<WidgetSpec> = fc.record(
  {
    type: fc.constantFrom(...CATALOG_TYPES),
    id: ids,
    name: fc.constantFrom("Prices", "Alpha", "Überblick — 价格", 'He said "no" */ ${x}'),
    endpoint: fc.constantFrom("alpha", "deep/er/path", "beta"),
  },
  { requiredKeys: ["type"] },
);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constant("add" as const),
    specs: fc.array(spec, { minLength: 1, maxLength: 3 }),
    noApp: fc.boolean(),
  }),
  fc.record({ do: fc.constant("remove" as const), at: fc.uniqueArray(fc.nat(9), { minLength: 1, maxLength: 2 }) }),
  fc.record({ do: fc.constant("rename" as const), at: fc.nat(9), to: ids }),
);

/** The files after a step; as before when it is refused. */
function take(files: Tree, one: Step): { files: Tree; ids: string[] } {
  const state = stateOf(files);
  const present = Object.keys(json(files["widgets.json"]));
  const pick = (at: number) => present[at % present.length] as string;
  try {
    if (one.do === "add") {
      const plan = planAdd(state, { specs: one.specs, noApp: one.noApp }, VERSION);
      return { files: applied(files, plan), ids: plan.widgets.map(({ id }) => id) };
    }
    if (present.length === 0) return { files, ids: [] };
    const plan =
      one.do === "remove"
        ? planRemove(state, [...new Set(one.at.map(pick))], { force: false }, VERSION)
        : planRename(state, pick(one.at), one.to, VERSION);
    return { files: applied(files, plan), ids: [] };
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    expect([2, 3]).toContain(error.exitCode);
    return { files, ids: [] };
  }
}

/** Holds a project against what Workspace takes, and against what creating it from its record would give. */
function checkWhole(files: Tree, start: Tree): void {
  const definitions = json(files["widgets.json"]);
  const errors = [...validateWidgets(definitions), ...validateApps(json(files["apps.json"]))];
  expect(errors.filter(({ severity }) => severity === "error")).toEqual([]);

  const record = json(files["openbb-backend.json"]);
  const handlers = Object.keys(files).filter((path) => /^src\/widgets\/[^/]+$/.test(path) && isHandlerFile(path));
  expect(handlers.length).toBe(Object.keys(definitions).length);
  for (const row of listWidgets(stateOf(files))) {
    expect(row.problem, row.id).toBeUndefined();
    expect(files[row.handler as string]).toContain(JSON.stringify(row.id));
  }
  for (const app of json(files["apps.json"])) {
    const shown = Object.values<{ layout: { i: string }[] }>(app.tabs).flatMap(({ layout }) => layout);
    for (const { i } of shown) expect(Object.keys(definitions)).toContain(i);
    for (const { widgetIds } of app.groups) for (const id of widgetIds) expect(shown.map(({ i }) => i)).toContain(id);
  }

  const { widgets } = record.answers;
  // Without any widget, a new project would get the usual ones.
  if (widgets.length > 0) {
    const fresh = project({ ...record.answers, directory: "desk" });
    expect(
      Object.keys(files)
        .filter((path) => !path.startsWith("src/widgets/"))
        .sort(),
    ).toEqual(
      Object.keys(fresh)
        .filter((path) => !path.startsWith("src/widgets/"))
        .sort(),
    );
    expect(json(fresh["widgets.json"])).toEqual(definitions);
    expect(json(files["package.json"])).toEqual(json(fresh["package.json"]));
    expect(Object.keys(record.files)).toEqual(Object.keys(json(fresh["openbb-backend.json"]).files));
  }
  for (const path of Object.keys(start).filter((one) => /\.md$|^src\/app|^public\/landing/.test(one))) {
    expect(files[path]).toBe(start[path]);
  }
}

function checkStyle(files: Tree, { unit, crlf, end, bom }: Style): void {
  for (const path of MANIFESTS) {
    const text = files[path] as string;
    expect(text.startsWith("\ufeff"), path).toBe(bom);
    expect(text.endsWith("\n"), path).toBe(end);
    const lf = text.replaceAll("\r\n", "\n");
    expect(crlf ? lf.includes("\r") || /[^\r]\n/.test(text) : text.includes("\r"), path).toBe(false);
    // Nothing but the order of keys that are numbers could make it differ from what the editor would write.
    expect(lf.replace("\ufeff", "").trimEnd(), path).toBe(JSON.stringify(json(text), null, unit));
  }
}

describe("random sequences of add, remove and rename", () => {
  it("leave a whole project, in its own style, with no orphan", () => {
    fc.assert(
      fc.property(style, fc.array(step, { maxLength: 8 }), (how, steps) => {
        const start = inStyle(project({ widgets: [{ type: "table" }, { type: "chart" }] }), how);
        let files = start;
        for (const one of steps) {
          const next = take(files, one);
          checkWhole(next.files, start);
          checkStyle(next.files, how);
          if (next.ids.length > 0) {
            const back = planRemove(stateOf(next.files), next.ids, { force: false }, VERSION);
            expect(applied(next.files, back)).toEqual(files);
          }
          files = next.files;
        }
      }),
      { numRuns: 60 },
    );
  });
});
