import { describe, expect, it } from "vitest";
import { fixesFor } from "../../src/contract/fixes/index.js";
import { RULES, validateBackend } from "../../src/contract/rules/index.js";
import { stopwatch } from "../timing.js";

const widget = (more: object) => ({ name: "N", description: "d", endpoint: "e", ...more });

describe("many faults", () => {
  it.each([
    [
      "bare options",
      widget({ params: [{ paramName: "p", type: "text", description: "d", options: names(5000) }] }),
      5000,
    ],
    [
      "of columns, some of which cannot be mended",
      widget({
        data: {
          table: {
            columnsDefs: names(3000).map((field, index) => {
              const format = index % 3 === 0 ? { formatterFn: "currency" } : { cellDataType: "Number" };
              return { field, headerName: field, ...format };
            }),
          },
        },
      }),
      2000,
    ],
  ])("%s take no longer than their number", (_, one, mended) => {
    const took = stopwatch();
    const found = validateBackend({ widgets: { one } });
    expect(took()).toBeLessThan(5000);
    expect(found.filter(({ fix }) => fix !== undefined)).toHaveLength(mended);
  });

  it("are mended together as each would be alone", () => {
    // All bad examples in one file each, so that there is something beside everything.
    const widgets = RULES.flatMap(({ bad }, nth) => {
      const isFile = typeof bad.widgets === "object" && bad.widgets !== null && !Array.isArray(bad.widgets);
      return isFile ? Object.entries(bad.widgets as object).map(([id, one]) => [`${id}_${nth}`, one]) : [];
    });
    const apps = RULES.flatMap(({ bad }) => (Array.isArray(bad.apps) ? bad.apps : []));
    const agents = RULES.flatMap(({ bad }) => (Array.isArray(bad.agents) ? bad.agents : []));
    const backend = { widgets: Object.fromEntries(widgets), apps, agents };
    const found = validateBackend(backend);
    expect(found.filter(({ fix }) => fix).length).toBeGreaterThan(15);
    for (const { fix, ...fault } of found) expect(fixesFor([fault], backend)[0]).toEqual(fix);
  });

  it("of one object: what is wrong with one does not hide what is wrong with another", () => {
    // Workspace looks at timers only in a widget without errors, and no certain mend is known of "tekst".
    const one = widget({
      staleTime: -5,
      params: [{ paramName: "p", type: "tekst", description: "d" }],
      gridData: null,
    });
    const found = validateBackend({ widgets: { one } });
    for (const { fix, ...fault } of found) expect(fixesFor([fault], { widgets: { one } })[0]).toEqual(fix);
  });
});

function names(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `n${index}`);
}
