import { describe, expect, it } from "vitest";
import { CATALOG_TYPES } from "../../src/catalog/index.ts";
import { addCommand } from "../../src/prompts/add.ts";
import { add, LAST, projectOf, twoBoards, withApps } from "./adding.ts";
import { KEY } from "./harness.ts";

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
    await talk.choose("Who serves these rows?", "Several processes");
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
    expect(addCommand(request, undefined, false)).toMatch(/ --no-install$/);
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

it("fits a terminal of 60 columns and 20 lines", async () => {
  const talk = add(twoBoards(), {}, { columns: 60, rows: 20 });
  await talk.pick("ssrm_advanced");
  await talk.enterUntil(LAST);
  const screen = talk.text().slice(talk.text().lastIndexOf("The widget"));
  for (const line of screen.split("\n")) expect(line.length, line).toBeLessThanOrEqual(60);
  expect(screen.slice(screen.indexOf("What will be written")).split("\n").length).toBeLessThan(20);
  expect((await talk.finish()).specs).toEqual([{ type: "ssrm_advanced", name: "Trade Query" }]);
});
