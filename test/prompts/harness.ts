import { PassThrough } from "node:stream";
import { stripVTControlCharacters } from "node:util";
import { expect } from "vitest";
import { CATALOG_TYPES, type CatalogTypeName } from "../../src/catalog/index.ts";
import type { CreateAnswers } from "../../src/plan/answers.ts";
import type { Terminal } from "../../src/prompts/asker.ts";
import { askCreate, type Conversation } from "../../src/prompts/create.ts";

export const KEY = {
  enter: "\r",
  up: "\u001b[A",
  down: "\u001b[B",
  space: " ",
  clear: "\u0015",
  escape: "\u001b",
  ctrlC: "\u0003",
  ctrlD: "\u0004",
};

const HIDE_CURSOR = "\u001b[?25l";

export const FILES = ["widgets.json", "package.json", "src/app.ts", "src/server.ts", ".github/workflows/ci.yml"];

/** Keys from the first type of the list to this one. */
export function stepsTo(type: CatalogTypeName): string[] {
  return Array<string>(CATALOG_TYPES.indexOf(type)).fill(KEY.down);
}

interface Screen {
  columns?: number;
  rows?: number;
  signal?: AbortSignal;
}

/** Starts the conversation of `create`. */
export function converse(change: Partial<Conversation> = {}, screen: Screen = {}) {
  const conversation: Conversation = {
    given: {},
    surroundings: { packageManager: "npm", cwdName: "work" },
    installed: ["npm", "pnpm"],
    preview: () => ({ files: FILES }),
    ...change,
  };
  const talk = talkIn((terminal) => askCreate(conversation, terminal), screen);
  return {
    ...talk,
    change: (label: string) => talk.changeAt("Create the project?", label),
    /** Takes the defaults of what is left, and creates. */
    finish: async (): Promise<CreateAnswers> => {
      await talk.enterUntil("Create the project?");
      await talk.answer("Create the project?");
      return talk.result;
    },
  };
}

/** Starts a conversation in a terminal of streams, and types into it. */
export function talkIn<Answer>(
  start: (terminal: Terminal) => Promise<Answer>,
  { columns = 100, rows = 60, signal }: Screen = {},
) {
  const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => input });
  const output = Object.assign(new PassThrough(), { isTTY: true, columns, rows });
  let written = "";
  let onOutput = () => {};
  output.on("data", (chunk) => {
    written += chunk;
    onOutput();
  });
  const result = start({ input, output, ...(signal ? { signal } : {}) });
  const ended = result.then(
    () => "answered" as const,
    () => "failed" as const,
  );
  // clack hides the cursor whenever a question begins.
  const questions = () => written.split(HIDE_CURSOR).length - 1;
  let answered = 0;
  let read = 0;

  /** Waits until the test holds, looked at after each output. */
  const until = (test: () => boolean, what: string) =>
    new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`Not shown: ${what}\n${talk.text()}`)), 30_000);
      onOutput = () => {
        if (!test()) return;
        clearTimeout(timer);
        onOutput = () => {};
        resolve();
      };
      onOutput();
    });

  const talk = {
    input,
    output,
    result,
    ended,
    /** All that was printed, without colours and cursor movements. */
    text: () => stripVTControlCharacters(written),
    raw: () => written,
    /** Waits for a question that was not answered yet; true, or false when the conversation has ended instead. */
    next: async () => {
      const shown = until(() => questions() > answered, `question ${answered + 1}`);
      shown.catch(() => {});
      const isOver = (await Promise.race([shown.then(() => "shown"), ended])) !== "shown";
      return !isOver;
    },
    /** Types at the present question without ending it; waits until the output shows what is expected. */
    type: async (keys: string, shows: string) => {
      expect(await talk.next(), `the conversation is over:\n${talk.text()}`).toBe(true);
      // Without keys, all of the present question counts.
      read = keys === "" ? written.lastIndexOf(HIDE_CURSOR) : written.length;
      input.write(keys);
      await until(() => stripVTControlCharacters(written.slice(read)).includes(shows), shows);
    },
    /** Answers the present question, which must have this text in it. */
    answer: async (question: string, ...keys: string[]) => {
      expect(await talk.next(), `the conversation is over:\n${talk.text()}`).toBe(true);
      const begun = written.split(HIDE_CURSOR).at(-1) as string;
      expect(stripVTControlCharacters(begun)).toContain(question);
      answered++;
      // One chunk each: readline reads what stands behind Enter in a chunk for a question that is over.
      for (const key of keys) input.write(key);
      input.write(KEY.enter);
    },
    /** Answers whatever is asked with Enter. */
    enter: async () => talk.answer(""),
    /** Takes the defaults up to a question, which stays open. */
    enterUntil: async (question: string) => {
      for (;;) {
        expect(await talk.next(), `the conversation is over:\n${talk.text()}`).toBe(true);
        const begun = written.split(HIDE_CURSOR).at(-1) as string;
        if (stripVTControlCharacters(begun).includes(question)) return;
        await talk.enter();
      }
    },
    /** From the last screen to a question: "Change an answer", then the row with this label. */
    changeAt: async (lastQuestion: string, label: string) => {
      await talk.enterUntil(lastQuestion);
      await talk.answer(lastQuestion, KEY.down);
      await talk.next();
      const begun = stripVTControlCharacters(written.split(HIDE_CURSOR).at(-1) as string).split("\n");
      const rows = begun.filter((line) => /[●○>] /.test(line));
      const at = rows.findIndex((line) => line.replace(/^\W+/, "").startsWith(`${label} `));
      expect(at, `no row ${label} in\n${rows.join("\n")}`).toBeGreaterThanOrEqual(0);
      await talk.answer("Which answer?", ...Array<string>(at).fill(KEY.down));
    },
    /** What the present question shows now. */
    shown: () => stripVTControlCharacters(written.split(HIDE_CURSOR).at(-1) as string),
    /** Moves the cursor of a list, from its top, to the choice that begins so, and takes it. */
    choose: async (question: string, label: string) => {
      await talk.next();
      const rows = talk
        .shown()
        .split("\n")
        .filter((line) => /[●○◻◼] /.test(line));
      const at = rows.findIndex((line) => line.replace(/^\W+/, "").startsWith(label));
      const from = rows.findIndex((line) => line.includes("●"));
      expect(at, `no choice ${label} in\n${rows.join("\n")}`).toBeGreaterThanOrEqual(0);
      await talk.answer(question, ...Array<string>(Math.abs(at - from)).fill(at < from ? KEY.up : KEY.down));
    },
  };
  return talk;
}
