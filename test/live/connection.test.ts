import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { LIVE_CONNECTION_RULES } from "../../src/contract/rules/catalogue/live-connection.js";
import type { Example } from "../../src/contract/rules/rule.js";
import { checkLive, type LiveOptions, type LiveReport } from "../../src/live/index.js";
import { type Fake, startFake } from "./fake.js";

let fake: Fake | undefined;

afterEach(async () => {
  await fake?.close();
  fake = undefined;
});

async function check(example: Example, options: LiveOptions = {}): Promise<LiveReport> {
  fake = await startFake(example);
  const { budgetMs, forms } = example.live ?? {};
  return checkLive(fake.connection, { budgetMs, forms, ...options });
}

describe("every rule about connecting", () => {
  for (const { code, bad, good, severity } of LIVE_CONNECTION_RULES) {
    it(`${code}: the bad example has it, and no other error`, async () => {
      const { findings } = await check(bad);
      expect(findings.map((finding) => finding.code)).toContain(code);
      expect(findings.filter((finding) => finding.severity === "error" && finding.code !== code)).toEqual([]);
      expect(findings.find((finding) => finding.code === code)?.severity).toBe(severity);
    });

    it(`${code}: the good example has no finding`, async () => {
      const { findings, connects, canAdd } = await check(good);
      expect(findings).toEqual([]);
      expect([connects, canAdd]).toEqual([true, true]);
    });
  }
});

describe("files of any kind", () => {
  const json = fc.jsonValue({ maxDepth: 3 });
  const widget = fc.record({
    name: fc.string(),
    description: fc.string(),
    endpoint: fc.string(),
    params: json,
    type: json,
  });
  const widgets = fc.oneof(json, fc.dictionary(fc.string(), widget, { maxKeys: 3 }));

  it("never stop the check", async () => {
    const property = fc.asyncProperty(widgets, json, json, async (one, two, three) => {
      const answers = {
        "GET /widgets.json": { headers: { "content-type": "application/json" }, body: JSON.stringify(one) },
        "GET /apps.json": { headers: { "content-type": "application/json" }, body: JSON.stringify(two) },
        "GET /agents.json": { headers: { "content-type": "application/json" }, body: JSON.stringify(three) },
      };
      const report = await check({ live: { answers } });
      expect(report.summary.length).toBeGreaterThan(0);
      await fake?.close();
      fake = undefined;
    });
    await fc.assert(property, { numRuns: 40 });
  });

  it("such as an entry called __proto__, which is no widget, and keys with slashes", async () => {
    const body = '{"__proto__": {"name": "A"}, "a/b~c": {"name": "B", "description": "A table.", "endpoint": "x"}}';
    const { findings } = await check({ live: { answers: { "GET /widgets.json": { body }, "GET /x": { cut: true } } } });
    expect(findings.filter(({ code }) => code === "connection-cut").map(({ path }) => path)).toEqual([
      "/a~1b~0c/endpoint",
    ]);
  });
});
