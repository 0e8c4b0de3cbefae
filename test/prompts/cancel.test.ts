import { describe, expect, it } from "vitest";
import { CancelledError } from "../../src/errors.ts";
import { converse, KEY, stepsTo } from "./harness.ts";

/** Every question at once: a type that has two, categories that are typed, places per widget, a change at the end. */
const EVERYTHING: string[][] = [
  ["desk"],
  ["a", "a", KEY.space, ...stepsTo("chart"), KEY.space],
  ["2"],
  [],
  [],
  [],
  [],
  [KEY.up],
  ["Rates"],
  [KEY.up],
  ["Yields"],
  [KEY.up],
  [KEY.up],
  ["Credit"],
  [KEY.up],
  ["Spreads"],
  ...Array<string[]>(10).fill([]),
  [KEY.down],
  [KEY.down],
  [],
  [KEY.down],
  [KEY.up, KEY.up],
  [],
];
const WAYS = { "Ctrl-C": KEY.ctrlC, ESC: KEY.escape, "Ctrl-D on an empty line": `${KEY.clear}${KEY.ctrlD}` };

/** Answers the first questions of a script; false when the conversation ended before. */
async function goTo(count: number) {
  const talk = converse();
  for (const keys of EVERYTHING.slice(0, count)) {
    if (!(await talk.next())) return undefined;
    await talk.answer("", ...keys);
  }
  return (await talk.next()) ? talk : undefined;
}

describe("cancelling", () => {
  for (const [way, key] of Object.entries(WAYS)) {
    it(`${way} ends the conversation at every question`, async () => {
      for (let count = 0; count < EVERYTHING.length; count++) {
        const talk = await goTo(count);
        expect(talk, `question ${count + 1}`).toBeDefined();
        talk?.input.write(key);
        await expect(talk?.result, `${way} at question ${count + 1}`).rejects.toBeInstanceOf(CancelledError);
        // The cursor is back, and nothing listens any longer.
        expect(talk?.raw().lastIndexOf("\u001b[?25h")).toBeGreaterThan(
          talk?.raw().lastIndexOf("\u001b[?25l") as number,
        );
        expect(talk?.output.listenerCount("resize")).toBe(0);
        expect(talk?.input.listenerCount("end")).toBeLessThanOrEqual(1);
      }
    });
  }

  it("covers the whole of a conversation", async () => {
    const talk = await goTo(EVERYTHING.length);
    const last = ["What is the category called?", "Sub-category of Price Chart", "Where should the project go?"];
    for (const question of [...last, "Which other origins"]) expect(talk?.text()).toContain(question);
  });

  it("is the last choice of the last screen", async () => {
    const talk = converse();
    await talk.enterUntil("Create the project?");
    await talk.answer("Create the project?", KEY.up);
    await expect(talk.result).rejects.toBeInstanceOf(CancelledError);
  });

  it("happens when the signal says so: at a question, between two, and before the first", async () => {
    const first = AbortSignal.abort();
    const before = converse({}, { signal: first });
    await expect(before.result).rejects.toBeInstanceOf(CancelledError);
    expect(before.raw()).toBe("");

    const at = new AbortController();
    const talk = converse({}, { signal: at.signal });
    await talk.enter();
    await talk.next();
    at.abort();
    await expect(talk.result).rejects.toBeInstanceOf(CancelledError);

    const between = new AbortController();
    const later = converse(
      {
        preview: () => {
          between.abort();
          return { files: [] };
        },
      },
      { signal: between.signal },
    );
    await later.enterUntil("git");
    await later.enter();
    await expect(later.result).rejects.toBeInstanceOf(CancelledError);
    expect(later.text()).not.toContain("Create the project?");
  });

  it("happens when the input ends", async () => {
    const talk = converse();
    await talk.enter();
    await talk.next();
    talk.input.end();
    await expect(talk.result).rejects.toBeInstanceOf(CancelledError);
  });

  it("does not happen when readline pauses the input, as it does after Ctrl-Z and fg", async () => {
    const talk = converse();
    await talk.type("des", "des");
    talk.input.pause();
    await talk.answer("What is the backend called?", "k");
    expect((await talk.finish()).name).toBe("desk");
  });
});
