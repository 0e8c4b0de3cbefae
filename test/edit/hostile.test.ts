import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CliError } from "../../src/errors.js";
import { planAdd } from "../../src/plan/edit/add.js";
import { idLiteral, knownHandlers } from "../../src/plan/edit/handler-files.js";
import { listWidgets } from "../../src/plan/edit/list.js";
import { planRemove } from "../../src/plan/edit/remove.js";
import { planRename } from "../../src/plan/edit/rename.js";
import { allKinds, applied, json, project, stateOf, type Tree, VERSION } from "./helpers.js";

const base = project({ widgets: [{ type: "table" }, { type: "chart" }] });

/** Keys that make code of ours look at a value, and names that mean something in JavaScript. */
const key = fc.constantFrom(
  ...["__proto__", "constructor", "toString", "12", "type", "endpoint", "params", "paramName", "optionsEndpoint"],
  ...["name", "groups", "tabs", "layout", "i", "x", "y", "w", "h", "widgetIds", "prompts", "gridData", "data", "form"],
);
const anything = fc.letrec((tie) => ({
  any: fc.oneof(
    { depthSize: "medium" },
    fc.constantFrom(null, true, 0, -1, 1e300, "", "endpoint", "form", "table", "http://x", "//", "price_history", "$x"),
    fc.array(tie("any"), { maxLength: 3 }),
    fc.dictionary(key, tie("any"), { maxKeys: 5, noNullPrototype: true }),
  ),
})).any;
const entry = fc.oneof(
  anything,
  fc
    .dictionary(key, anything, { maxKeys: 4, noNullPrototype: true })
    .map((odd) => ({ ...odd, name: "Odd", description: "Odd.", endpoint: "odd", type: "table" })),
);
const id = fc.oneof(key, fc.string({ maxLength: 8 }), fc.constantFrom("../x", "a/b~1", "价格"));

/** Only errors that a user can act on come out, and, if `exactly`, what goes in comes out again. */
function attempt(files: Tree, exactly = true): void {
  const orCliError = <Value>(act: () => Value): Value | undefined => {
    try {
      return act();
    } catch (error) {
      if (!(error instanceof CliError)) throw error;
      expect(error.message).not.toBe("");
      return undefined;
    }
  };
  const plan = orCliError(() => planAdd(stateOf(files), { specs: [{ type: "chart", id: "added" }] }, VERSION));
  if (plan) {
    const next = applied(files, plan);
    const back = applied(next, planRemove(stateOf(next), ["added"], { force: false }, VERSION));
    // The generated files were not up to date before.
    const generated = Object.fromEntries(Object.entries(back).filter(([path]) => path.endsWith(".gen.ts")));
    if (exactly) expect(back).toEqual({ ...files, ...generated });
  }
  orCliError(() => listWidgets(stateOf(files)));
  const removed = orCliError(() => planRemove(stateOf(files), ["chart"], { force: true }, VERSION));
  if (removed) json(applied(files, removed)["widgets.json"]);
  const renamed = orCliError(() => planRename(stateOf(files), "price_history", "other", VERSION));
  if (renamed) expect(Object.hasOwn(json(applied(files, renamed)["widgets.json"]), "other")).toBe(true);
}

describe("files that are JSON and nothing more", () => {
  it("widgets.json with anything for an entry", () => {
    fc.assert(
      fc.property(id, entry, (name, odd) => {
        const widgets = JSON.parse(base["widgets.json"] as string);
        const text = JSON.stringify(Object.fromEntries([[name, odd], ...Object.entries(widgets)]), null, 2);
        attempt({ ...base, "widgets.json": text });
      }),
      { numRuns: 100 },
    );
  });

  it("apps.json that is anything", () => {
    const odd = fc.dictionary(key, anything, { maxKeys: 3, noNullPrototype: true });
    const apps = fc.oneof(
      anything,
      fc.array(
        fc.oneof(
          anything,
          odd.map((app) => ({ name: "A", tabs: { "": { id: "", name: "", layout: [] } }, ...app })),
        ),
      ),
    );
    fc.assert(
      fc.property(apps, (value) => attempt({ ...base, "apps.json": JSON.stringify(value, null, 2) })),
      { numRuns: 100 },
    );
  });

  it("openbb-backend.json and package.json that are anything", () => {
    fc.assert(
      fc.property(fc.constantFrom("answers", "files", "added", "version"), anything, anything, (part, value, whole) => {
        const record = { ...json(base["openbb-backend.json"]), [part]: value };
        attempt({ ...base, "openbb-backend.json": JSON.stringify(record) }, false);
        attempt({ ...base, "openbb-backend.json": JSON.stringify(whole) }, false);
        attempt({ ...base, "package.json": JSON.stringify(whole) });
      }),
      { numRuns: 40 },
    );
  });

  it("are refused where they are nested too deeply", () => {
    const deep = `{"a": ${"[".repeat(5000)}${"]".repeat(5000)}}`;
    for (const path of ["widgets.json", "apps.json", "openbb-backend.json", "package.json"])
      attempt({ ...base, [path]: deep });
  });
});

describe("whose a handler is", () => {
  const CASES: [text: string, id: string | undefined][] = [
    ['export default table("a", () => []);', "a"],
    ["export default /* yes */ table<X>(\n  // whose\n  'a',\n)", "a"],
    ["export default t.table(`a`)", "a"],
    ['// export default table("b")\nexport default table("a")', "a"],
    ['const s = `export default table("b")`;\nexport default table("a")', "a"],
    ['export default table(ID, "a")', undefined],
    ['export default table("a" + x)\nexport default table("b")', undefined],
    ["export default {}", undefined],
    ['export default table("\\u0061")', "a"],
  ];
  for (const [text, wanted] of CASES) it(JSON.stringify(text), () => expect(idLiteral(text)?.id).toBe(wanted));
});

describe("what a handler is for", () => {
  it.each(allKinds())("$type $variant", (spec) => {
    const files = project({ widgets: [{ ...spec, id: "own" }] });
    expect(knownHandlers(stateOf(files))).toEqual([{ id: "own", type: spec.type }]);
  });

  const CASES: [text: string, type: string | undefined][] = [
    ['import { type Row, table } from "../openbb/table.js";\nexport default table("a", f);', "table"],
    ["import {\n  rows,\n  metric,\n} from '../openbb/metric.js';\nexport default metric('a', f);", "metric"],
    ['import { table as t } from "../openbb/table.js";\nexport default t("a", f);', undefined],
    ['import { own } from "../openbb/own.js";\nexport default own("a", f);', undefined],
    ['import { table } from "../mine/table.js";\nexport default table("a", f);', undefined],
    ['import { table } from "../openbb/table.js";\nexport default wrap(table("a", f));', undefined],
  ];
  it.each(CASES)("%j", (text, type) => {
    const [handler] = knownHandlers(stateOf({ "src/widgets/a.ts": text }));
    expect(handler).toEqual(type === undefined ? "a" : { id: "a", type });
  });
});
