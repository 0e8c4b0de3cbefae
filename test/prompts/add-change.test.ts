import { describe, expect, it } from "vitest";
import { CancelledError, CliError } from "../../src/errors.ts";
import { type AddRequest, planAdd } from "../../src/plan/edit/add.ts";
import { planForeignAdd } from "../../src/plan/foreign/add.ts";
import { askAdd } from "../../src/prompts/add.ts";
import { stateOf, VERSION } from "../edit/helpers.ts";
import { add, LAST, projectOf, twoBoards } from "./adding.ts";
import { KEY, stepsTo, talkIn } from "./harness.ts";

describe("changing an answer", () => {
  it("begins with the present values: Enter alone changes nothing", async () => {
    const talk = add(twoBoards());
    await talk.pick("note");
    await talk.answer("What is it called?", "Ideas");
    await talk.answer("What does the note say", "Watch");
    await talk.choose("Which category?", "Economy");
    await talk.choose("And which sub-category?", "Crypto");
    await talk.choose("Which dashboard", "Rates / One");
    for (const row of ["Type", "Name", "Text", "Category", "Sub-category", "Dashboard"]) await talk.change(row);
    expect(await talk.finish()).toEqual({
      specs: [{ type: "note", name: "Ideas", answers: { text: "Watch" }, category: "Economy", subCategory: "Crypto" }],
      app: "Rates",
      tab: "One",
    });
  });

  it("asks anew what another type has to be asked, and keeps where the widget goes", async () => {
    const talk = add();
    await talk.pick("note");
    await talk.answer("What is it called?", "Ideas");
    await talk.answer("What does the note say", "Watch");
    await talk.choose("Which category?", "Economy");
    await talk.change("Type");
    await talk.choose("Which type?", "PDF");
    await talk.choose("How does the document", "A link to the document");
    await talk.answer("What is it called?");
    await talk.answer(LAST);
    expect((await talk.result).specs).toEqual([
      { type: "pdf", variant: "url", name: "Factsheet", category: "Economy" },
    ]);
  });

  it("gives the name of the new sample, unless it has one of its own", async () => {
    for (const [own, name] of [
      ["", "Documents"],
      ["Terms", "Terms"],
    ] as const) {
      const talk = add();
      await talk.pick("pdf");
      await talk.answer("How does the document");
      await talk.answer("What is it called?", own);
      await talk.change("Sample");
      await talk.choose("How does the document", "The PDF files");
      expect((await talk.finish()).specs).toEqual([{ type: "pdf", variant: "folder", name }]);
    }
  });

  it("follows a refusal", async () => {
    const state = projectOf();
    const preview = (request: AddRequest) => {
      if (request.specs[0]?.name === "Bad") throw new CliError(3, "There is no room.", "Give another name.");
      return planAdd(state, request, VERSION);
    };
    const talk = talkIn((terminal) => askAdd({ state, place: {}, preview }, terminal), { columns: 80, rows: 24 });
    await talk.answer("Which type?");
    await talk.answer("What is it called?", "Bad");
    await talk.enterUntil("Which answer?");
    expect(talk.text()).toContain("▲  There is no room.\n│  Give another name.");
    await talk.choose("Which answer?", "Name");
    await talk.answer("What is it called?", KEY.clear, "Good");
    await talk.answer(LAST);
    expect((await talk.result).specs).toEqual([{ type: "table", name: "Good" }]);
  });

  it("does not hide a bug of ours", async () => {
    const state = projectOf();
    let calls = 0;
    const preview = (request: AddRequest) => {
      if (++calls === 3) throw new TypeError("bug");
      return planAdd(state, request, VERSION);
    };
    const talk = talkIn((terminal) => askAdd({ state, place: {}, preview }, terminal));
    for (const question of ["Which type?", "What is it called?", "Which category?"]) await talk.answer(question);
    await expect(talk.result).rejects.toThrow(TypeError);
  });
});

describe("a project that this tool did not make", () => {
  const state = stateOf({
    "package.json": JSON.stringify({ type: "module", dependencies: { express: "^5.0.0" } }),
    "widgets.json": JSON.stringify({
      spot: { name: "Spot", description: "Rates of today", category: "FX", type: "table", endpoint: "spot" },
    }),
    "server.js": 'import express from "express";\nconst app = express();\napp.listen(3000);\n',
  });
  const preview = ({ specs }: AddRequest) => {
    const { plan, widgets } = planForeignAdd(state, specs);
    return { ...plan, widgets: widgets.map(({ id, definition }) => ({ id, endpoint: definition.endpoint })) };
  };

  it("says at once which type it cannot have, and asks for another", async () => {
    const talk = talkIn((terminal) => askAdd({ state, place: {}, preview }, terminal), { columns: 80, rows: 24 });
    await talk.answer("Which type?", ...stepsTo("live_grid"));
    await talk.next();
    expect(talk.text()).toContain("▲  A widget of the type live_grid");
    await talk.type("", "● Live grid");
    await talk.choose("Which type?", "Chart");
    await talk.answer("What is it called?");
    await talk.type("", "● FX");
    await talk.answer("Which category?");
    await talk.enterUntil(LAST);
    // It has no apps.json.
    expect(talk.text()).not.toContain("Dashboard");
    await talk.answer(LAST);
    expect((await talk.result).specs).toEqual([{ type: "chart", name: "Price Chart", category: "FX" }]);
  });
});

describe("cancelling", () => {
  const SCRIPT: string[][] = [
    stepsTo("pdf"),
    [KEY.down],
    ["Terms"],
    [KEY.up],
    ["Legal"],
    [KEY.up],
    ["Contracts"],
    [KEY.down],
    [KEY.down],
    [KEY.up],
  ];
  const WAYS = { "Ctrl-C": KEY.ctrlC, ESC: KEY.escape, "Ctrl-D on an empty line": `${KEY.clear}${KEY.ctrlD}` };

  for (const [way, key] of Object.entries(WAYS)) {
    it(`${way} ends the conversation at every question`, async () => {
      for (let count = 0; count <= SCRIPT.length; count++) {
        const talk = add(twoBoards());
        for (const keys of SCRIPT.slice(0, count)) await talk.answer("", ...keys);
        expect(await talk.next(), `question ${count + 1}`).toBe(true);
        talk.input.write(key);
        await expect(talk.result, `${way} at question ${count + 1}`).rejects.toBeInstanceOf(CancelledError);
      }
    });
  }

  it("covers the whole of a conversation", async () => {
    const talk = add(twoBoards());
    for (const keys of SCRIPT) await talk.answer("", ...keys);
    await talk.next();
    for (const text of ["What is the category called?", "Which dashboard", "Which answer?", LAST]) {
      expect(talk.text()).toContain(text);
    }
  });

  it("is the last choice of the last screen", async () => {
    const talk = add();
    await talk.enterUntil(LAST);
    await talk.answer(LAST, KEY.up);
    await expect(talk.result).rejects.toBeInstanceOf(CancelledError);
  });
});
