import { describe, expect, it } from "vitest";
import { CliError } from "../../src/errors.ts";
import { completeAnswers, type PartialAnswers } from "../../src/plan/answers.ts";
import { converse, KEY, stepsTo } from "./harness.ts";

const DEFAULTS = completeAnswers({}, { packageManager: "npm", cwdName: "work" }, true);
const { name: _, directory: __, ...GIVEN } = DEFAULTS;
const given = { ...GIVEN, name: "desk" };
const [table, chart, ...others] = DEFAULTS.widgets;

/** One change each: the row, the answers to its questions, and what becomes of the answers. */
const CHANGES: { row: string; say: [question: string, ...keys: string[]][]; gives: PartialAnswers }[] = [
  {
    row: "Name",
    say: [["What is the backend called?", KEY.clear, "desk-2"]],
    gives: { name: "desk-2", directory: "desk-2" },
  },
  { row: "Name", say: [["What is the backend called?", "x"]], gives: { name: "deskx", directory: "deskx" } },
  {
    row: "Directory",
    say: [["Where should the project go?", KEY.clear, "../there"]],
    gives: { directory: "../there" },
  },
  {
    row: "Widget types",
    say: [["Which widgets do you want?", KEY.space]],
    gives: { widgets: [chart!, ...others] },
  },
  {
    row: "Table",
    say: [
      ["How many tables?", "2"],
      ["Name of the table (1 of 2)"],
      ["Name of the table (2 of 2)", KEY.clear, "Trades"],
    ],
    gives: { widgets: [table!, { type: "table", name: "Trades" }, chart!, ...others] },
  },
  {
    row: "Category",
    say: [["Which category are the widgets in?", KEY.down]],
    gives: { category: "Economy" },
  },
  {
    row: "Other categories",
    say: [
      ["Do some widgets belong in another category?", KEY.up],
      ["Category of Price History", KEY.down],
      ["Sub-category of Price History"],
      ["Category of Price Chart"],
      ["Category of Key Figures"],
      ["Category of Daily Note"],
      ["Category of Market News"],
      ["Category of Sector Map"],
    ],
    gives: { widgets: [{ ...table!, category: "Economy" }, chart!, ...others] },
  },
  { row: "API key", say: [["Should callers need an API key?", KEY.up]], gives: { auth: "api-key" } },
  { row: "Dockerfile", say: [["Add a Dockerfile?", KEY.up]], gives: { docker: false } },
  { row: "CI workflow", say: [["Add a GitHub workflow", KEY.up]], gives: { ci: "none" } },
  { row: "Package manager", say: [["Which package manager?", KEY.down]], gives: { packageManager: "pnpm" } },
  {
    row: "Package manager",
    say: [["Which package manager?", KEY.up], ["Install the dependencies with bun now? (bun was not found here)"]],
    gives: { packageManager: "bun", install: false },
  },
  { row: "Install now", say: [["Install the dependencies", KEY.up]], gives: { install: false } },
  { row: "Git repository", say: [["Start a git repository?", KEY.up]], gives: { git: false } },
  { row: "Port", say: [["Which port", KEY.clear, "8080"]], gives: { port: 8080 } },
  {
    row: "Extra origins",
    say: [["Which other origins", "https://a.example.com, http://localhost:3000 https://a.example.com"]],
    gives: { origins: ["https://a.example.com", "http://localhost:3000"] },
  },
];

describe("changing an answer at the last screen", () => {
  for (const { row, say, gives } of CHANGES) {
    it(`${row}: ${Object.keys(gives).join(", ")}`, async () => {
      const talk = converse({ given });
      await talk.change(row);
      for (const [question, ...keys] of say) await talk.answer(question, ...keys);
      await talk.answer("Create the project?");
      expect(await talk.result).toEqual({ ...DEFAULTS, name: "desk", directory: "desk", ...gives });
    });
  }

  it("begins with the present values: Enter alone changes nothing", async () => {
    const present: PartialAnswers = {
      ...given,
      directory: "there",
      category: "Rates",
      subCategory: "Yields",
      widgets: [
        { type: "table", id: "prices", name: "Prices", category: "Equity", subCategory: "Daily" },
        { type: "chart" },
        { type: "table" },
      ],
      auth: "api-key",
      docker: false,
      ci: "none",
      packageManager: "pnpm",
      install: false,
      git: false,
      port: 8000,
      origins: ["https://a.example.com", "https://b.example.com"],
    };
    const talk = converse({ given: present });
    const rows = "Name|Directory|Widget types|Tables|Chart|Category|Sub-category|Other categories|API key|Dockerfile";
    for (const row of [
      ...rows.split("|"),
      "CI workflow",
      "Package manager",
      "Install now",
      "Git repository",
      "Port",
      "Extra origins",
    ]) {
      await talk.change(row);
    }
    expect(await talk.finish()).toEqual(present);
  });

  it("goes back without a change", async () => {
    const talk = converse({ given });
    await talk.enterUntil("Create the project?");
    await talk.answer("Create the project?", KEY.down);
    await talk.answer("Which answer?", KEY.up);
    await talk.answer("Create the project?");
    expect(await talk.result).toEqual({ ...DEFAULTS, name: "desk", directory: "desk" });
  });

  it("keeps the names of types that remain, and asks only for those of new ones", async () => {
    const widgets = [
      { type: "table" as const, name: "Prices" },
      { type: "chart" as const, name: "Curve" },
    ];
    const talk = converse({ given: { ...given, widgets } });
    await talk.change("Widget types");
    await talk.answer("Which widgets", KEY.space, ...stepsTo("html"), KEY.space);
    await talk.answer("How many HTML pages?");
    await talk.answer("Name of the HTML page");
    await talk.answer("Create the project?");
    expect((await talk.result).widgets).toEqual([{ type: "chart", name: "Curve" }, { type: "html" }]);
  });

  it("has a sub-category only where there is a category, and drops it with that", async () => {
    const talk = converse({ given: { ...given, category: "Rates", subCategory: "Yields" } });
    await talk.change("Sub-category");
    await talk.answer("And which sub-category?", KEY.down, KEY.down);
    await talk.change("Category");
    await talk.answer("Which category", KEY.up);
    const answers = await talk.finish();
    expect(answers.category).toBeUndefined();
    expect(answers.subCategory).toBeUndefined();
    expect(talk.text().slice(talk.text().lastIndexOf("Your answers"))).not.toContain("Sub-category");
  });

  it("takes the places of widgets away again", async () => {
    const widgets = [{ type: "table" as const, category: "Equity" }, { type: "chart" as const }];
    const talk = converse({ given: { ...given, widgets } });
    await talk.change("Other categories");
    await talk.answer("Do some widgets belong", KEY.up);
    await talk.answer("Create the project?");
    expect((await talk.result).widgets).toEqual([{ type: "table" }, { type: "chart" }]);
  });

  it("refuses a wrong port while it is typed, and a wrong origin on Enter", async () => {
    const talk = converse({ given });
    await talk.change("Port");
    await talk.type("99", "Ports are whole numbers from 1 to 65535.");
    await talk.answer("Which port", KEY.clear, "80");
    await talk.change("Extra origins");
    await talk.type("a.example.com", "a.example.com");
    expect(talk.text().slice(-200)).not.toContain("is not one");
    await talk.type(KEY.enter, "is not one");
    await talk.answer("Which other origins", KEY.clear);
    expect(await talk.finish()).toMatchObject({ port: 80, origins: [] });
  });

  it("says why answers cannot go together, and asks which to change", async () => {
    const talk = converse({
      given,
      preview: ({ docker }) => {
        if (docker) throw new CliError(1, "No Dockerfile today.", "Do without it.");
        return { files: ["a"] };
      },
    });
    await talk.enterUntil("Which answer?");
    expect(talk.text()).toContain("▲  No Dockerfile today.\n│  Do without it.");
    await talk.answer("Which answer?", ...Array<string>(12).fill(KEY.down));
    await talk.answer("Add a Dockerfile?", KEY.up);
    await talk.answer("Create the project?");
    expect((await talk.result).docker).toBe(false);
  });

  it("does not hide a bug of ours", async () => {
    const talk = converse({ given, preview: () => Promise.reject(new TypeError("bug")) });
    await talk.answer("Which category");
    await expect(talk.result).rejects.toThrow(TypeError);
  });
});

describe("the last screen", () => {
  it("shows every answer and the files", async () => {
    const talk = converse({ given: { ...given, category: "Rates" } });
    await talk.enterUntil("Create the project?");
    expect(talk.text().slice(talk.text().indexOf("Your answers"))).toMatchSnapshot();
  });

  it("fits a terminal of 60 columns and 24 lines", async () => {
    const files = [...Array(30).keys()].flatMap((n) => [
      `src/widgets/a_widget_with_a_rather_long_name_as_they_come_${n}.ts`,
    ]);
    const preview = () => ({ files: [...files, ...[...Array(9).keys()].map((n) => `test/${n}.ts`), "widgets.json"] });
    const widgets = [{ type: "table" as const, name: "价格历史 ".repeat(12).trim() }, { type: "chart" as const }];
    const talk = converse(
      { given: { ...given, widgets, directory: "somewhere/".repeat(9) }, preview },
      { columns: 60, rows: 24 },
    );
    await talk.enterUntil("Create the project?");
    const screen = talk.text().slice(talk.text().indexOf("Your answers"));
    for (const line of screen.split("\n")) expect(widthOf(line), line).toBeLessThanOrEqual(60);
    expect(screen).toContain("src/widgets/  (30 files)");
    await talk.answer("Create the project?", KEY.down);
    await talk.next();
    const list = talk.text().slice(talk.text().lastIndexOf("Which answer?"));
    for (const line of list.split("\n")) expect(widthOf(line), line).toBeLessThanOrEqual(60);
  });

  it("gets by on a terminal that is far too small", async () => {
    const talk = converse({}, { columns: 30, rows: 5 });
    expect(await talk.finish()).toEqual(DEFAULTS);
  });
});

/** Chinese characters take two columns. */
function widthOf(line: string): number {
  return [...line].reduce((sum, char) => sum + (/\p{Script=Han}/u.test(char) ? 2 : 1), 0);
}
