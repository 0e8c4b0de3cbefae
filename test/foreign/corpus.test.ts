import { describe, expect, it } from "vitest";
import { planForeignAdd } from "../../src/plan/foreign/add.js";
import { rewriteJson } from "../../src/plan/json/edit.js";
import type { WidgetSpec } from "../../src/plan/spec.js";
import { hasShared, readShared, whySkipped } from "../contract/shared.js";
import { stateOf } from "./projects.js";

interface Verdict {
  file: string;
  kind: "widgets" | "apps";
  connects?: boolean;
}

const SPECS: WidgetSpec[] = [
  { type: "table", id: "added_table" },
  { type: "omni", id: "added_omni" },
];

describe.runIf(hasShared)(`widgets.json files of other authors${whySkipped}`, () => {
  const verdicts = hasShared ? (JSON.parse(readShared("corpus/verdicts.json")) as Verdict[]) : [];
  const files = verdicts.filter(({ kind, connects }) => kind === "widgets" && connects);

  it.each(files)("takes new widgets, and keeps every byte: $file", ({ file }) => {
    const before = readShared(`corpus/${file}`);
    const { plan, widgets, contract } = planForeignAdd(stateOf({ "widgets.json": before, "main.py": "" }), SPECS);
    expect(widgets.map(({ id }) => id)).toEqual(["added_table", "added_omni"]);
    expect(contract.length).toBeGreaterThan(10);
    const [change] = plan.changes;
    const after = change?.after as string;
    expect(Object.keys(JSON.parse(after)).slice(-2)).toEqual(["added_table", "added_omni"]);
    expect(rewriteJson(after, JSON.parse(before.replace(/^\ufeff/, "")))).toBe(before);
  });
});
