import { describe, expect, it } from "vitest";
import { CATALOG_TYPES, type CatalogTypeName } from "../../src/catalog/index.ts";
import { CancelledError } from "../../src/errors.ts";
import type { PartialAnswers } from "../../src/plan/answers.ts";
import { type AddRequest, planAdd } from "../../src/plan/edit/add.ts";
import { planForeignAdd } from "../../src/plan/foreign/add.ts";
import type { ProjectState } from "../../src/plan/state.ts";
import { type Adding, addCommand, askAdd } from "../../src/prompts/add.ts";
import { stateOf, VERSION } from "../edit/helpers.ts";
import { tree } from "../plan/helpers.ts";
import { KEY, stepsTo, talkIn } from "./harness.ts";

const LAST = "Add the widget?";

function projectOf(given: PartialAnswers = {}): ProjectState {
  return stateOf(tree({ widgets: [{ type: "table" }, { type: "chart" }], ...given }));
}

/** A project whose apps.json was changed. */
// biome-ignore lint/suspicious/noExplicitAny: manifests of any shape
function withApps(state: ProjectState, change: (apps: any[]) => void): ProjectState {
  const apps = JSON.parse(state.files["apps.json"]?.text as string);
  change(apps);
  return { files: { ...state.files, "apps.json": { text: JSON.stringify(apps, null, 2) } } };
}

function twoBoards(): ProjectState {
  return withApps(projectOf(), (apps) => {
    const tab = (name: string) => ({ id: name.toLowerCase(), name, layout: [] });
    apps.push({ ...apps[0], name: "Rates", groups: [], prompts: [], tabs: { one: tab("One"), two: tab("Two") } });
  });
}

function add(
  state: ProjectState = projectOf(),
  place: Adding["place"] = {},
  screen: Parameters<typeof talkIn>[1] = { columns: 80, rows: 24 },
) {
  const preview = (request: AddRequest) => planAdd(state, request, VERSION);
  const talk = talkIn((terminal) => askAdd({ state, place, preview }, terminal), screen);
  return {
    ...talk,
    pick: (type: CatalogTypeName) => talk.answer("Which type?", ...stepsTo(type)),
    change: (label: string) => talk.changeAt(LAST, label),
    finish: async () => {
      await talk.enterUntil(LAST);
      await talk.answer(LAST);
      return talk.result;
    },
  };
}

describe("askAdd", () => {
  it("gives a whole widget when every default is taken, and shows what will be written before", async () => {
    const talk = add();
    await talk.pick("metric");
    await talk.answer("What is it called?");
    await talk.answer("Which category?");
    await talk.next();
    const screen = talk.text().slice(talk.text().indexOf("The widget"));
    expect(screen).toMatchSnapshot();
    await talk.answer(LAST);
    expect(await talk.result).toEqual({ specs: [{ type: "metric", name: "Key Figures" }] });
  });

  it("asks what the type asks, and offers a name that is free", async () => {
    const talk = add(projectOf({ widgets: [{ type: "live_grid" }] }));
    await talk.pick("live_grid");
    await talk.choose("Who else serves these rows?", "For several processes");
    await talk.answer("What is it called?");
    const request = await talk.finish();
    expect(request.specs).toEqual([{ type: "live_grid", variant: "redis", name: "Live Prices 2" }]);
    expect(talk.text()).toContain("live_prices_2");
    expect(talk.text()).toContain("Packages   ioredis");
  });

  it("warns of an experimental type, and takes the text of a note", async () => {
    const talk = add();
    await talk.pick("note");
    await talk.next();
    expect(talk.text()).toContain("▲  This type is experimental. Workspace copies a note's text");
    await talk.answer("What is it called?", "Ideas");
    await talk.answer("What does the note say at first?", 'Sell, not "buy"');
    const request = await talk.finish();
    expect(request.specs).toEqual([{ type: "note", name: "Ideas", answers: { text: 'Sell, not "buy"' } }]);
    expect(addCommand(request, "../desk")).toBe(
      "npx create-openbb-backend add-widget --type note --name Ideas --answer 'text=Sell, not \"buy\"' --project ../desk",
    );
  });

  it("plans and can be repeated for every type", async () => {
    for (const type of CATALOG_TYPES) {
      const talk = add(projectOf({ widgets: [{ type: "table" }] }));
      await talk.pick(type);
      const request = await talk.finish();
      expect(request.specs[0]?.type).toBe(type);
      expect(addCommand(request)).toContain(`add-widget --type ${type} --name `);
    }
  });

  it("offers the categories in use, a new one that is not empty, and none", async () => {
    const state = projectOf({
      widgets: [{ type: "table", category: "Curves", subCategory: "Daily" }, { type: "chart" }],
    });
    const talk = add(state);
    await talk.pick("metric");
    await talk.answer("What is it called?");
    await talk.choose("Which category?", "Curves");
    await talk.choose("And which sub-category?", "Daily");
    await talk.change("Category");
    await talk.choose("Which category?", "Another one");
    await talk.type(KEY.enter, "It is empty.");
    await talk.answer("What is the category called?", "Swaps");
    await talk.next();
    // The sub-category belonged to the other category.
    expect(talk.text().slice(talk.text().lastIndexOf("The widget"))).toContain("Sub-category  none");
    await talk.change("Sub-category");
    await talk.choose("And which sub-category?", "Another one");
    await talk.answer("What is the sub-category called?", "Par");
    await talk.answer(LAST);
    expect((await talk.result).specs).toEqual([
      { type: "metric", name: "Key Figures", category: "Swaps", subCategory: "Par" },
    ]);

    const none = add(state);
    await none.pick("metric");
    await none.answer("What is it called?");
    await none.answer("Which category?");
    await none.answer(LAST);
    expect((await none.result).specs[0]).not.toHaveProperty("category");
  });

  it("takes the usual category of the project without a word", async () => {
    const talk = add(projectOf({ category: "Rates", subCategory: "Daily" }));
    await talk.pick("metric");
    await talk.answer("What is it called?");
    await talk.type("", "● Rates, as usual here");
    expect((await talk.finish()).specs).toEqual([{ type: "metric", name: "Key Figures" }]);
    expect(talk.text()).toMatch(/Category +Rates\n. +Sub-category +Daily/);
  });

  it("ends before any question when nothing can be added", async () => {
    const state = projectOf();
    const broken = { files: { ...state.files, "widgets.json": { text: "{" } } };
    const talk = add(broken);
    await expect(talk.result).rejects.toThrow("widgets.json");
    expect(talk.raw()).toBe("");
    const wrongFlag = add(state, { app: "No such" });
    await expect(wrongFlag.result).rejects.toThrow('There is no dashboard "No such".');
  });
});

describe("the dashboard", () => {
  it("is not asked for when there is one, and can be changed all the same", async () => {
    const talk = add();
    await talk.pick("metric");
    const request = await talk.finish();
    expect(request).toEqual({ specs: request.specs });
    expect(talk.text()).not.toContain("Which dashboard shows it?");
    const other = add();
    await other.pick("metric");
    await other.change("Dashboard");
    await other.choose("Which dashboard shows it?", "None");
    await other.next();
    expect(other.text().slice(other.text().lastIndexOf("What will be written"))).not.toContain("apps.json");
    await other.answer(LAST);
    const none = await other.result;
    expect(none).toEqual({ specs: none.specs, noApp: true });
    expect(addCommand(none)).toContain("--no-app");
  });

  it("is asked for when there are several: with the tab", async () => {
    const talk = add(twoBoards());
    await talk.pick("metric");
    await talk.enterUntil("Which dashboard shows it?");
    await talk.choose("Which dashboard shows it?", "Rates / Two");
    await talk.next();
    expect(talk.text()).toContain("Dashboard  Rates / Two");
    await talk.change("Name");
    await talk.answer("What is it called?", " of Today");
    await talk.change("Dashboard");
    await talk.type("", "● Rates / Two");
    await talk.answer("Which dashboard");
    const request = await talk.finish();
    expect(request).toEqual({ specs: [{ type: "metric", name: "Key Figures of Today" }], app: "Rates", tab: "Two" });
    expect(addCommand(request)).toContain("--app Rates --tab Two");
  });

  it("is asked for as far as flags leave it open", async () => {
    const talk = add(twoBoards(), { app: "rates" });
    await talk.pick("metric");
    await talk.enterUntil("Which dashboard shows it?");
    expect(talk.shown()).not.toContain("○ Desk");
    await talk.choose("Which dashboard shows it?", "Rates / Two");
    expect(await talk.finish()).toMatchObject({ app: "Rates", tab: "Two" });
    for (const place of [{ noApp: true }, { app: "Rates", tab: "two" }]) {
      const given = add(twoBoards(), place);
      await given.pick("metric");
      expect(await given.finish()).toMatchObject(place);
      expect(given.text()).not.toContain("Which dashboard shows it?");
    }
  });

  it("is a new one where there is none", async () => {
    const talk = add(withApps(projectOf(), (apps) => apps.splice(0)));
    await talk.pick("metric");
    expect(await talk.finish()).toEqual({ specs: [{ type: "metric", name: "Key Figures" }] });
    expect(talk.text()).toContain("Dashboard  a new one");
  });
});

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
    const state = stateOf({
      "package.json": JSON.stringify({ type: "module", dependencies: { express: "^5.0.0" } }),
      "widgets.json": "{}\n",
      "server.js": 'import express from "express";\nconst app = express();\napp.listen(3000);\n',
    });
    const preview = ({ specs }: AddRequest) => {
      const { plan, widgets } = planForeignAdd(state, specs);
      return { ...plan, widgets: widgets.map(({ id, definition }) => ({ id, endpoint: definition.endpoint })) };
    };
    const talk = talkIn((terminal) => askAdd({ state, place: {}, preview }, terminal), { columns: 80, rows: 24 });
    await talk.answer("Which type?", ...stepsTo("live_grid"));
    await talk.enterUntil("Which answer?");
    expect(talk.text()).toContain("▲  ");
    expect(talk.shown()).not.toContain("Dashboard");
    await talk.choose("Which answer?", "Type");
    await talk.choose("Which type?", "Table");
    await talk.answer("What is it called?");
    await talk.answer(LAST);
    expect((await talk.result).specs).toEqual([{ type: "table", name: "Price History" }]);
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

it("fits a terminal of 60 columns and 20 lines", async () => {
  const talk = add(twoBoards(), {}, { columns: 60, rows: 20 });
  await talk.pick("ssrm_advanced");
  await talk.enterUntil(LAST);
  const screen = talk.text().slice(talk.text().lastIndexOf("The widget"));
  for (const line of screen.split("\n")) expect(line.length, line).toBeLessThanOrEqual(60);
  expect(screen.slice(screen.indexOf("What will be written")).split("\n").length).toBeLessThan(20);
  expect((await talk.finish()).specs).toEqual([{ type: "ssrm_advanced", name: "Trade Query" }]);
});
