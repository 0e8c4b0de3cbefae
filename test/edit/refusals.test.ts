import { describe, expect, it } from "vitest";
import { type AddRequest, planAdd } from "../../src/plan/edit/add.js";
import { listWidgets } from "../../src/plan/edit/list.js";
import { planRemove } from "../../src/plan/edit/remove.js";
import { planRename } from "../../src/plan/edit/rename.js";
import { hashOf } from "../../src/plan/record.js";
import type { ProjectState } from "../../src/plan/state.js";
import { applied, json, project, refusal, stateOf, type Tree, VERSION } from "./helpers.js";

const base = project({ widgets: [{ type: "table" }, { type: "advanced_charting", id: "candles" }] });

function refused(files: Tree, request: AddRequest | AddRequest["specs"], version = VERSION) {
  return refusal(() => planAdd(stateOf(files), Array.isArray(request) ? { specs: request } : request, version));
}

function edit(files: Tree, path: string, change: (value: ReturnType<typeof json>) => void): Tree {
  const value = json(files[path]);
  change(value);
  return { ...files, [path]: `${JSON.stringify(value, null, 2)}\n` };
}

describe("add is refused, with the remedy,", () => {
  it("for an id that exists, whatever its case", () => {
    const said = refused(base, [{ type: "chart", id: "Price_History" }]);
    expect(said.exitCode).toBe(3);
    expect(said.message).toBe('The id "Price_History" is in use in widgets.json.');
    expect(said.hint).toContain('"Price_History_2"');
  });

  it("for an endpoint that exists, also of choices, forms and what a type serves beside", () => {
    expect(refused(base, [{ type: "chart", id: "a", endpoint: "/PRICE_history/" }])).toMatchObject({
      exitCode: 3,
      message: 'The endpoint "/PRICE_history/" is in use in widgets.json.',
    });
    expect(refused(base, [{ type: "chart", id: "a", endpoint: "candles/history" }])).toMatchObject({
      exitCode: 3,
      message: 'The path "/candles/history", which the widget "a" needs, is one of "candles".',
    });
    const orders = project({ widgets: [{ type: "table", variant: "orders", id: "orders" }] });
    const form = json(orders["widgets.json"])
      .orders.params.flat()
      .find((one: { type: string }) => one.type === "form");
    expect(refused(orders, [{ type: "chart", id: "a", endpoint: form.endpoint }]).exitCode).toBe(3);
  });

  it("for two new ones of one id, and ids that cannot be", () => {
    expect(
      refused(base, [
        { type: "chart", id: "a" },
        { type: "chart", id: "A" },
      ]),
    ).toMatchObject({
      exitCode: 2,
      message: 'Two widgets have the id "A".',
    });
    expect(refused(base, [{ type: "chart", id: "constructor" }]).exitCode).toBe(2);
  });

  it("for a widgets.json that does not parse, is no object, or is faulty", () => {
    expect(refused({ ...base, "widgets.json": '{\n  "a": 1,,\n}' }, [{ type: "chart" }])).toMatchObject({
      exitCode: 3,
      message:
        "widgets.json cannot be read: line 2, column 9: there is a comma before the }, which JSON does not allow.",
    });
    expect(refused({ ...base, "widgets.json": "[]" }, [{ type: "chart" }]).message).toBe(
      "widgets.json must hold an object of widgets.",
    );
    const faulty = edit(base, "widgets.json", (value) => {
      value.price_history.type = "tabel";
      delete value.candles.name;
    });
    const said = refused(faulty, [{ type: "chart" }]);
    expect(said.message).toMatch(/^OpenBB Workspace rejects widgets\.json as it is, and with it whatever is added:\n/);
    expect(said.message).toMatch(/\/price_history\/type.*\n.*\/candles/);
  });

  it("for an apps.json that does not parse, or is faulty", () => {
    expect(refused({ ...base, "apps.json": "[" }, [{ type: "chart" }]).message).toContain("apps.json cannot be read");
    const faulty = edit(base, "apps.json", (value) => {
      value[0].tabs[""].layout[0].x = "0";
    });
    expect(refused(faulty, [{ type: "chart" }]).message).toContain(
      "rejects apps.json as it is, and with it whatever is added:\n  /0/tabs//layout/0/x",
    );
  });

  it("for a dashboard or a tab that is not there", () => {
    const specs = [{ type: "chart" as const }];
    expect(refused(base, { specs, app: "Dask" })).toMatchObject({
      exitCode: 2,
      message: 'There is no dashboard "Dask".',
      hint: 'Did you mean "Desk"? There is "Desk".',
    });
    expect(refused(base, { specs, tab: "News" })).toMatchObject({
      exitCode: 2,
      message: 'There is no tab "News".',
      hint: "There is one without a name.",
    });
  });

  it("for a file in the way, whatever its case", () => {
    for (const path of ["src/widgets/Volumes.ts", "src/widgets/volumes.ts/x", "src/openbb/chart.ts"]) {
      const said = refused({ ...base, [path]: "// mine\n" }, [{ type: "chart", id: "volumes" }]);
      expect(said).toMatchObject({ exitCode: 3, message: `${path} is in the way.` });
    }
    const binary: ProjectState = stateOf(base);
    binary.files["src/openbb/chart.ts"] = { text: null };
    expect(refusal(() => planAdd(binary, { specs: [{ type: "chart" }] }, VERSION)).exitCode).toBe(3);
  });

  it("for manifests in another encoding, and for nothing to add", () => {
    for (const path of ["widgets.json", "apps.json", "package.json", "openbb-backend.json"]) {
      const state = stateOf(base);
      state.files[path] = { text: null };
      const said = refusal(() => planAdd(state, { specs: [{ type: "live_grid" }] }, VERSION));
      expect(said).toMatchObject({ exitCode: 3, message: `${path} is not UTF-8 text, or larger than 10 MB.` });
    }
    expect(refused(base, []).exitCode).toBe(2);
  });

  it("for a folder that is no project, or one of a later release", () => {
    expect(refused({ "widgets.json": "{}" }, [{ type: "chart" }]).message).toContain("There is no openbb-backend.json");
    const later = edit(base, "openbb-backend.json", (value) => {
      value.version = "1.2.3";
    });
    expect(refused(later, [{ type: "chart" }], "1.2.2")).toMatchObject({
      exitCode: 3,
      hint: "Use the newest one: npx create-openbb-backend@latest",
    });
    const broken = edit(base, "openbb-backend.json", (value) => {
      value.answers.widgets = [{ type: "hologram" }];
    });
    expect(refused(broken, [{ type: "chart" }]).message).toBe(
      'openbb-backend.json cannot be used: There is no widget type "hologram" here.',
    );
  });
});

describe("a project of an older release", () => {
  const path = "src/openbb/runner.ts";
  const other = "// an older runner\nexport const a = 1;\n";
  /** A project where one runtime file was another one; `now` is what stands there. */
  function old(now: string): Tree {
    const aged = edit(base, "openbb-backend.json", (value) => {
      value.version = "0.0.0-older";
      value.files[path] = hashOf(other);
    });
    return { ...aged, [path]: now };
  }

  it("is brought up to date where the user has changed nothing, CRLF or not", () => {
    for (const text of [other, other.replaceAll("\n", "\r\n")]) {
      const files = applied(old(text), planAdd(stateOf(old(text)), { specs: [{ type: "chart" }] }, VERSION));
      expect(files[path]?.replaceAll("\r\n", "\n")).toBe(base[path]);
      expect(files[path]?.includes("\r")).toBe(text.includes("\r"));
      const record = json(files["openbb-backend.json"]);
      expect(record.version).toBe(VERSION);
      expect(record.files[path]).toBe(json(base["openbb-backend.json"]).files[path]);
    }
  });

  it("is refused where the user has, with what differs", () => {
    const said = refused(old("// mine\n"), [{ type: "chart" }]);
    expect(said.exitCode).toBe(3);
    expect(said.message).toContain(`files that you have changed: ${path}.`);
    expect(said.message).toContain("\n  -// mine\n  +");
    expect(said.message.split("\n").length).toBeLessThan(45);
  });

  it("keeps what the user has changed and this release has not", () => {
    const mine = { ...base, [path]: "// mine\n" };
    const files = applied(mine, planAdd(stateOf(mine), { specs: [{ type: "chart" }] }, VERSION));
    expect(files[path]).toBe("// mine\n");
  });

  it("gets files and packages that are new in this release", () => {
    const aged = edit(
      edit(base, "openbb-backend.json", (value) => {
        value.version = "0.0.0-older";
        delete value.files[path];
      }),
      "package.json",
      (value) => {
        delete value.dependencies.pino;
      },
    );
    delete aged[path];
    const files = applied(aged, planAdd(stateOf(aged), { specs: [{ type: "chart" }] }, VERSION));
    expect(files[path]).toBe(base[path]);
    expect(json(files["package.json"]).dependencies).toEqual(json(base["package.json"]).dependencies);
  });
});

describe("remove and rename are refused, with the remedy,", () => {
  const remove = (files: Tree, ids: string[], force = false) => planRemove(stateOf(files), ids, { force }, VERSION);

  it("for a widget that is not there", () => {
    expect(refusal(() => remove(base, ["price_histroy"]))).toMatchObject({
      exitCode: 2,
      message: 'There is no widget "price_histroy" in widgets.json.',
      hint: 'Did you mean "price_history"?',
    });
    expect(refusal(() => planRename(stateOf(base), "toString", "b", VERSION)).exitCode).toBe(2);
  });

  it("for a handler that was edited, but not with force", () => {
    const path = "src/widgets/candles.ts";
    const mine = { ...base, [path]: `${base[path]}// mine\n` };
    expect(refusal(() => remove(mine, ["candles"]))).toMatchObject({
      exitCode: 3,
      message: `You have edited ${path}, and removing would delete that.`,
    });
    const plan = remove(mine, ["candles"], true);
    expect(plan.edited).toEqual([path]);
    expect(applied(mine, plan)[path]).toBeUndefined();
    expect(remove(base, ["candles"], true).edited).toEqual([]);
  });

  it("for an id that is taken or cannot be, and a handler that does not say whose it is", () => {
    const rename = (files: Tree, to: string) => refusal(() => planRename(stateOf(files), "candles", to, VERSION));
    expect(rename(base, "Price_history")).toMatchObject({
      exitCode: 3,
      hint: 'The nearest free one is "Price_history_2".',
    });
    expect(rename(base, "a b").exitCode).toBe(2);
    expect(rename(base, "candles").exitCode).toBe(2);
    expect(rename({ ...base, "src/widgets/new.ts": "// mine\n" }, "new").message).toBe(
      "src/widgets/new.ts is in the way.",
    );
    const odd = { ...base, "src/widgets/candles.ts": 'const w = table("candles");\nexport default w;\n' };
    expect(rename(odd, "new").message).toBe("src/widgets/candles.ts does not say in one place whose handler it is.");
  });
});

describe("list", () => {
  it("shows what there is, and what is wrong with it", () => {
    const files = edit({ ...base }, "widgets.json", (value) => {
      value.lost = { name: "Lost", description: "No handler.", endpoint: "lost", category: "X" };
      value["a/b"] = 5;
    });
    expect(listWidgets(stateOf(files))).toMatchObject([
      {
        id: "price_history",
        name: "Price History",
        type: "table",
        endpoint: "price_history",
        dashboards: ["Desk"],
        handler: "src/widgets/price_history.ts",
      },
      { id: "candles", type: "advanced_charting", handler: "src/widgets/candles.ts" },
      {
        id: "lost",
        type: "table",
        category: "X",
        dashboards: [],
        handler: null,
        problem: "It has no handler in src/widgets.",
      },
      { id: "a/b", name: "a/b", endpoint: "", handler: null, problem: expect.stringContaining("Workspace rejects it") },
    ]);
  });
});
