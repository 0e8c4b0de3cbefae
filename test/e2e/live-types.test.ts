import { join } from "node:path";
import { beforeAll, describe, expect, inject, it } from "vitest";
import { CATALOG_TYPES, variantsOf } from "../../src/catalog/index.js";
import { checkLive } from "../../src/live/index.js";
import { linkModules, start, temporaryFolder, tool, work } from "./helpers.js";

/** Other tests use this machine too, and an answer is called slow by a part of this. */
const PATIENCE_MS = 300_000;
const KEY = "a-key-that-is-only-for-tests";
const folder = temporaryFolder();

/** One widget of every type, and one of each of its variants, in one project. */
const SPECS = CATALOG_TYPES.flatMap((type) => [
  `type=${type}`,
  ...variantsOf(type).map((variant) => `type=${type},variant=${variant}`),
]).map((spec, index) => `${spec},id=widget_${index}`);

async function findingsOf(project: string, key?: string) {
  const { url, process, ended } = await start(project, key === undefined ? {} : { API_KEY: key });
  const headers: Record<string, string> = key === undefined ? {} : { "X-API-KEY": key };
  const report = await checkLive({ url, headers, query: {} }, { forms: true, local: true, budgetMs: PATIENCE_MS });
  process.kill();
  await ended;
  return report;
}

describe("a generated backend that runs gives no reason for a single finding", () => {
  const every = join(folder, "every");

  beforeAll(async () => {
    const widgets = SPECS.flatMap((spec) => ["--widget", spec]);
    const options = ["--no-install", "--no-git", "--package-manager", "npm"];
    const made = tool(["every", ...widgets, ...options], { cwd: folder });
    expect(made.code, made.stderr).toBe(0);
    linkModules(every);
    await work(every, "build");
    await work(inject("all"), "build");
  });

  for (const key of [undefined, KEY]) {
    const how = key === undefined ? "without an API key" : "with an API key";

    it(`every type and every variant, ${how}`, async () => {
      const report = await findingsOf(every, key);
      expect(report.findings).toEqual([]);
      expect(report.connects && report.canAdd).toBe(true);
      expect(report.checked.widgets).toBe(SPECS.length);
      // Each widget is called at least once, save for notes, which have nothing to call.
      expect(report.checked.calls).toBeGreaterThan(3 * SPECS.length);
    });

    it(`the showcase, ${how}`, async () => {
      expect((await findingsOf(inject("all"), key)).findings).toEqual([]);
    });
  }

  it("which is no wonder only if the same check sees what is wrong: without its key, every call is refused", async () => {
    const { url, process, ended } = await start(every, { API_KEY: KEY });
    const report = await checkLive({ url, headers: {}, query: {} }, { local: true });
    process.kill();
    await ended;
    expect(report.connects).toBe(false);
    expect(report.findings.some(({ severity }) => severity === "error")).toBe(true);
  });
});
