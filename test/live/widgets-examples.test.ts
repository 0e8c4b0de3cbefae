import { describe, expect, it } from "vitest";
import { LIVE_ANSWER_RULES } from "../../src/contract/rules/catalogue/live-answers.js";
import type { Example } from "../../src/contract/rules/rule.js";
import { checkLive } from "../../src/live/index.js";
import { startFake } from "./fake.js";

async function findingsOf(example: Example) {
  const fake = await startFake(example);
  try {
    const { forms, budgetMs } = example.live ?? {};
    return (await checkLive(fake.connection, { forms, budgetMs, local: true })).findings;
  } finally {
    await fake.close();
  }
}

describe.concurrent("a backend with a fault in an answer has that finding and no other error; mended, none at all", () => {
  for (const { code, bad, good, severity } of LIVE_ANSWER_RULES) {
    it(`${code}: bad`, async () => {
      const found = await findingsOf(bad);
      const own = found.filter((finding) => finding.code === code);
      expect(own, JSON.stringify(found)).not.toEqual([]);
      const RANK = { error: 2, warning: 1, info: 0 };
      for (const finding of own) expect(RANK[finding.severity]).toBeLessThanOrEqual(RANK[severity]);
      expect(found.filter((finding) => finding.severity === "error" && finding.code !== code)).toEqual([]);
      for (const finding of found) {
        expect(finding.message, finding.message).toMatch(/^\S.*[.:]"?$/s);
        expect(finding.why).not.toBe("");
        expect(finding.hint, finding.code).toBeTruthy();
      }
    });
    it(`${code}: good`, async () => {
      expect(await findingsOf(good)).toEqual([]);
    });
  }
});
