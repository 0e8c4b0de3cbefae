import { describe, expect, it } from "vitest";
import { CancelledError, CliError } from "../../src/errors.ts";
import { type CreateAnswers, completeAnswers, widgetsOf } from "../../src/plan/answers.ts";
import { converse, KEY, stepsTo } from "./harness.ts";

const surroundings = { packageManager: "npm", cwdName: "work" } as const;
const DEFAULTS = completeAnswers({}, surroundings, true);

describe("the questions in order", () => {
  it("gives what --yes gives when every default is taken", async () => {
    const talk = converse();
    await talk.answer("What is the backend called?");
    await talk.answer("Which widgets do you want?");
    for (const type of ["table", "chart", "metric", "Markdown text", "newsfeed", "HTML page"]) {
      await talk.answer(`How many ${type}s?`);
      await talk.answer(`Name of the ${type}`);
    }
    await talk.answer("Which category are the widgets in?");
    await talk.answer("Do some widgets belong in another category?");
    await talk.answer("Should callers need an API key?");
    await talk.answer("Add a Dockerfile?");
    await talk.answer("Add a GitHub workflow");
    await talk.answer("Which package manager?");
    await talk.answer("Install the dependencies with npm now?");
    await talk.answer("Start a git repository?");
    await talk.answer("Create the project?");
    expect(await talk.result).toEqual(DEFAULTS);
  });

  it("takes the name of the project from the directory", async () => {
    const talk = converse({ given: { directory: "work/My Desk" } });
    expect(await talk.finish()).toEqual({ ...DEFAULTS, directory: "work/My Desk", name: "my-desk" });
  });

  it("says what is wrong with a name while it is typed", async () => {
    const talk = converse();
    await talk.type("My", 'npm names are lower case: try "my".');
    await talk.type(`${KEY.clear}aux`, "is the name of a device on Windows");
    // Enter does not get past it.
    talk.input.write(KEY.enter);
    await talk.type(KEY.clear, "my-openbb-backend");
    await talk.answer("What is the backend called?", "desk");
    expect(await talk.finish()).toEqual({ ...DEFAULTS, name: "desk", directory: "desk" });
  });

  it("keeps what is typed when Ctrl-D is pressed inside a text", async () => {
    const talk = converse();
    await talk.type("desk", "desk");
    await talk.answer("What is the backend called?", KEY.ctrlD);
    expect((await talk.finish()).name).toBe("desk");
  });

  it("wants one widget at least", async () => {
    const talk = converse();
    await talk.enterUntil("Which widgets do you want?");
    // "a" takes all, and a second one takes them off.
    await talk.type("a", "◼ Query grid");
    await talk.type("a", "◻ Table");
    await talk.type(KEY.enter, "Please select at least one option");
    await talk.answer("Which widgets do you want?", KEY.space);
    expect((await talk.finish()).widgets).toEqual([{ type: "table" }]);
  });

  it("makes two tables with names", async () => {
    const talk = converse();
    await talk.enterUntil("How many tables?");
    await talk.type("21", "Give a whole number from 1 to 20.");
    await talk.answer("How many tables?", KEY.clear, "2");
    await talk.type("x".repeat(201), "It is longer than 200 characters.");
    await talk.answer("Name of the table (1 of 2)", KEY.clear, 'Prices, "daily"');
    await talk.type("", "Price History");
    await talk.answer("Name of the table (2 of 2)", "  Trades ");
    const answers = await talk.finish();
    expect(answers.widgets.slice(0, 3)).toEqual([
      { type: "table", name: 'Prices, "daily"' },
      { type: "table", name: "Trades" },
      { type: "chart" },
    ]);
  });

  it("numbers default names as resolveWidgets does", async () => {
    const talk = converse();
    await talk.enterUntil("How many tables?");
    await talk.answer("How many tables?", "3");
    await talk.answer("Name of the table (1 of 3)");
    await talk.answer("Name of the table (2 of 3)");
    expect(talk.text()).toContain("Price History 2");
    await talk.answer("Name of the table (3 of 3)");
    const answers = await talk.finish();
    expect(answers.widgets.slice(0, 4)).toEqual([...Array(3).fill({ type: "table" }), { type: "chart" }]);
  });

  it("keeps the default name that was shown when another widget takes it later", async () => {
    const talk = converse();
    await talk.change("Table");
    await talk.answer("How many tables?");
    await talk.answer("Name of the table", KEY.clear, "Market News");
    const names = widgetsOf(await talk.finish()).map(({ definition }) => definition.name);
    expect(names[0]).toBe("Market News");
    expect(names[4]).toBe("Market News");
  });

  it("asks for a place per widget, offers what was typed before, and leaves out what is usual", async () => {
    const talk = converse({ given: { name: "desk" } });
    await talk.enterUntil("Which category");
    await talk.answer("Which category", KEY.up);
    await talk.answer("What is the category called?", "Rates");
    await talk.answer("And which sub-category?", KEY.down);
    await talk.answer("Do some widgets belong", KEY.up);
    await talk.answer("Category of Price History");
    await talk.answer("Sub-category of Price History");
    await talk.answer("Category of Price Chart", KEY.up);
    await talk.answer("What is the category called?", "Credit");
    await talk.answer("Sub-category of Price Chart", KEY.up);
    await talk.answer("What is the sub-category called?", "Spreads");
    // First the usual one, then those given, then Workspace's own.
    await talk.answer("Category of Key Figures", KEY.down);
    await talk.answer("Sub-category of Key Figures", KEY.down);
    await talk.answer("Category of Daily Note", KEY.up);
    await talk.answer("What is the category called?", "Rates");
    const answers = await talk.finish();
    expect(answers).toMatchObject({ category: "Rates", subCategory: "Economy" });
    expect(answers.widgets).toEqual([
      { type: "table" },
      { type: "chart", category: "Credit", subCategory: "Spreads" },
      { type: "metric", category: "Credit", subCategory: "Spreads" },
      { type: "markdown" },
      { type: "newsfeed" },
      { type: "html" },
    ]);
    expect(talk.text()).toContain("Price Chart in Credit / Spreads; Key Figures in Credit / Spreads");
  });

  it("offers the package manager in use first, then those installed, and does not install with one that is missing", async () => {
    const talk = converse({ surroundings: { packageManager: "bun", cwdName: "w" }, installed: ["npm", "yarn"] });
    await talk.enterUntil("Which package manager?");
    const list = talk.text().slice(talk.text().lastIndexOf("Which package manager?"));
    expect(list.match(/npm|yarn|bun|pnpm/g)).toEqual(["bun", "npm", "yarn", "pnpm"]);
    expect(list).toContain("bun (not installed)");
    await talk.answer("Which package manager?");
    await talk.answer("bun was not found here");
    expect(await talk.finish()).toMatchObject({ packageManager: "bun", install: false });
  });
});

describe("what was given", () => {
  const given: CreateAnswers = {
    directory: "here",
    name: "desk",
    widgets: [
      { type: "chart", id: "curve", name: "Price Chart", source: ["Us"], gridData: { w: 10, h: 9 } },
      { type: "table", name: "Price History", category: "Equity" },
    ],
    category: "Equity",
    subCategory: "Prices",
    port: 8000,
    origins: ["https://desk.example.com"],
    auth: "api-key",
    docker: false,
    ci: "none",
    packageManager: "pnpm",
    install: false,
    git: false,
  };

  it("is not asked, and kept with all its keys", async () => {
    const talk = converse({ given });
    await talk.answer("Create the project?");
    expect(await talk.result).toEqual(given);
  });

  it("leaves the other questions open", async () => {
    const { category: _, docker: __, ...rest } = given;
    const talk = converse({ given: rest });
    await talk.answer("Which category", KEY.down);
    await talk.answer("Add a Dockerfile?");
    await talk.answer("Create the project?");
    expect(await talk.result).toEqual({ ...given, category: "Equity", docker: true });
  });

  it("does not ask for a common category when every widget has its own", async () => {
    const { category: _, subCategory: __, ...rest } = given;
    const widgets = given.widgets.map((widget) => ({ ...widget, category: "Equity" }));
    const talk = converse({ given: { ...rest, widgets } });
    await talk.answer("Create the project?");
    expect(await talk.result).toEqual({ ...rest, widgets });
  });

  it("takes an empty list of widgets for no answer", async () => {
    const talk = converse({ given: { widgets: [] } });
    expect(await talk.finish()).toEqual(DEFAULTS);
  });

  it("keeps given widgets when another type is added", async () => {
    const talk = converse({ given });
    await talk.change("Widget types");
    await talk.answer("Which widgets", ...stepsTo("metric"), KEY.space);
    await talk.answer("How many metrics?");
    await talk.answer("Name of the metric", "Figures");
    expect((await talk.finish()).widgets).toEqual([...given.widgets, { type: "metric", name: "Figures" }]);
  });

  it("ends the command before any question when it is wrong", async () => {
    const talk = converse({ given: { port: 99_999 } });
    await expect(talk.result).rejects.toThrow("The port 99999 does not exist.");
    await expect(talk.result).rejects.not.toThrow(CancelledError);
    expect(talk.raw()).toBe("");
  });

  it("asks for another directory when files are in the way", async () => {
    const checkDirectory = async (path: string) => (path === "taken" ? "It is not empty (a.txt)." : undefined);
    const talk = converse({ given: { directory: "taken" }, checkDirectory });
    await talk.type(KEY.enter, "It is not empty (a.txt).");
    await talk.answer("Where should the project go?", "2");
    expect(await talk.finish()).toMatchObject({ directory: "taken2", name: "taken2" });
  });
});

describe("a place that cannot be taken", () => {
  it("is said at the name, which is the directory too", async () => {
    const talk = converse({ checkDirectory: (path) => (path === "desk" ? "It is not empty." : undefined) });
    await talk.type(`desk`, "desk");
    await talk.type(KEY.enter, "It is not empty.");
    await talk.answer("What is the backend called?", "2");
    expect((await talk.finish()).directory).toBe("desk2");
  });

  it("is one that cannot be looked at, as well", async () => {
    const checkDirectory = (path: string) => {
      if (path === "desk") throw new CliError(3, "The folder cannot be read.");
      return undefined;
    };
    const talk = converse({ checkDirectory });
    await talk.type(`desk`, "desk");
    await talk.type(KEY.enter, "The folder cannot be read.");
    await talk.answer("What is the backend called?", "2");
    expect((await talk.finish()).directory).toBe("desk2");
  });
});
