import { describe, expect, it } from "vitest";
import { validateApps, validateWidgets } from "../../src/contract/index.js";
import { planAdd } from "../../src/plan/edit/add.js";
import { planRemove } from "../../src/plan/edit/remove.js";
import type { WidgetSpec } from "../../src/plan/spec.js";
import { stopwatch } from "../timing.js";
import { allKinds, applied, json, project, stateOf, type Tree, VERSION } from "./helpers.js";

function added(files: Tree, ...specs: WidgetSpec[]) {
  const plan = planAdd(stateOf(files), { specs }, VERSION);
  return { plan, files: applied(files, plan), ids: plan.widgets.map(({ id }) => id) };
}

function removed(files: Tree, ids: string[], force = false): Tree {
  return applied(files, planRemove(stateOf(files), ids, { force }, VERSION));
}

/** What a project of the same widgets would have: the paths of its code, and what package.json lists. */
function shapeOf(files: Tree) {
  const { dependencies, devDependencies } = json(files["package.json"]);
  return { paths: Object.keys(files).sort(), dependencies, devDependencies };
}

describe("every type, added and removed again", () => {
  for (const spec of allKinds()) {
    it(`${spec.type} ${spec.variant ?? ""}`, () => {
      for (const before of [project(), project({})]) {
        const { files, ids } = added(before, spec);
        expect(Object.keys(json(files["widgets.json"])).at(-1)).toBe(ids[0]);
        const items = json(files["apps.json"])[0].tabs[""].layout;
        expect(items.at(-1).groups).toBeInstanceOf(Array);
        expect(removed(files, ids)).toEqual(before);
      }
    });

    it(`${spec.type} ${spec.variant ?? ""} gives what creating with it gives`, () => {
      const { files, ids } = added(project(), spec);
      const fresh = project({ widgets: [{ type: "table" }, { ...spec, id: ids[0] as string }] });
      expect(shapeOf(files)).toEqual(shapeOf(fresh));
      const same = (path: string) => !/\.md$|^apps\.json$/.test(path);
      for (const path of Object.keys(fresh).filter(same)) {
        if (path === "openbb-backend.json") {
          const { added: _, ...record } = json(files[path]);
          expect(record).toEqual(json(fresh[path]));
        } else expect(files[path], path).toBe(fresh[path]);
      }
    });
  }

  it("all at once, in any order out again", () => {
    const before = project();
    let { files, ids } = added(before, ...allKinds());
    expect(validateWidgets(json(files["widgets.json"])).filter(({ severity }) => severity === "error")).toEqual([]);
    expect(validateApps(json(files["apps.json"])).filter(({ severity }) => severity === "error")).toEqual([]);
    for (const id of ids.sort()) files = removed(files, [id]);
    expect(files).toEqual(before);
  });

  it("the widgets of a new project go, down to the last", () => {
    let files = project({});
    const ids = Object.keys(json(files["widgets.json"]));
    for (const id of ids) files = removed(files, [id]);
    expect(files["widgets.json"]).toBe("{}\n");
    expect(json(files["openbb-backend.json"]).answers.widgets).toEqual([]);
    expect(json(files["apps.json"])[0]).toMatchObject({ tabs: { "": { layout: [] } }, groups: [], prompts: [] });
    expect(Object.keys(files).filter((path) => /^src\/(samples|widgets)\//.test(path))).toEqual([
      "src/widgets/index.gen.ts",
    ]);
    const empty = files;
    const again = added(files, { type: "chart" });
    expect(removed(again.files, again.ids)).toEqual(empty);
  });

  it("fifty at once take less than a second", () => {
    const specs = Array.from({ length: 50 }, (_, index): WidgetSpec => {
      const kinds = allKinds();
      return { ...(kinds[index % kinds.length] as WidgetSpec), id: `widget_${index}` };
    });
    const before = project({});
    added(before, ...specs.slice(0, 2));
    const took = stopwatch();
    const { files, ids } = added(before, ...specs);
    expect(took()).toBeLessThan(1000);
    expect(removed(files, ids)).toEqual(before);
  });
});
