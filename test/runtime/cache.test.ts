import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AnswerCache } from "../../templates/project/src/openbb/cache.js";
import { type Prepared, prepare } from "../../templates/project/src/openbb/send.js";

function body(text: string): Promise<Prepared> {
  return prepare({ contentType: "text/plain", text });
}

describe("kept answers", () => {
  it("are what the handler gives, whatever is asked in whatever order, and stay within the bound", async () => {
    const call = fc.record({ key: fc.integer({ min: 0, max: 12 }), fails: fc.boolean(), together: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(
        fc.array(call, { maxLength: 60 }),
        fc.integer({ min: 1000, max: 6000 }),
        async (calls, bound) => {
          const cache = new AnswerCache(bound);
          const waiting: Promise<void>[] = [];
          for (const { key, fails, together } of calls) {
            const ask = async () => {
              try {
                const answer = await cache.get(`k${key}`, 60, () =>
                  fails ? Promise.reject(new Error("no")) : body(`${key} `.repeat(200 + key)),
                );
                expect(answer.plain.toString()).toBe(`${key} `.repeat(200 + key));
              } catch (error) {
                expect((error as Error).message).toBe("no");
              }
            };
            if (together) waiting.push(ask());
            else await ask();
            expect(cache.stats().bytes).toBeLessThanOrEqual(bound);
          }
          await Promise.all(waiting);
        },
      ),
      { numRuns: 50 },
    );
  });

  it("are made once for all who ask at the same moment; an error reaches them all and is forgotten", async () => {
    const cache = new AnswerCache(1_000_000);
    let runs = 0;
    const make = async () => {
      runs++;
      await new Promise((resolve) => setTimeout(resolve, 10));
      if (runs === 1) throw new Error("first time");
      return body("later");
    };
    const first = await Promise.allSettled(Array.from({ length: 100 }, () => cache.get("k", 60, make)));
    expect(first.every((result) => result.status === "rejected")).toBe(true);
    expect(runs).toBe(1);
    await Promise.all(Array.from({ length: 100 }, () => cache.get("k", 60, make)));
    expect(runs).toBe(2);
  });

  it("last as long as they were asked to", async () => {
    const cache = new AnswerCache(1_000_000);
    const ask = async (key: string, seconds: number, now: string) =>
      (await cache.get(key, seconds, () => body(now))).plain.toString();
    await ask("short", 0.05, "first");
    await ask("long", 60, "first");
    await new Promise((resolve) => setTimeout(resolve, 80));
    expect([await ask("short", 0.05, "second"), await ask("long", 60, "second")]).toEqual(["second", "first"]);
  });

  it("larger than the bound are sent, and not kept", async () => {
    const cache = new AnswerCache(1000);
    expect((await cache.get("k", 60, () => body("x".repeat(5000)))).plain.length).toBe(5000);
    expect(cache.stats()).toMatchObject({ entries: 0, bytes: 0 });
  });
});
