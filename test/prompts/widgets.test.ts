import { stripVTControlCharacters } from "node:util";
import { describe, expect, it } from "vitest";
import { CATALOG, CATALOG_TYPES, type Question } from "../../src/catalog/index.ts";
import { completeAnswers, type PartialAnswers, widgetsOf } from "../../src/plan/answers.ts";
import { headlessCommand } from "../../src/plan/next.ts";
import { parseWidgetSpec, type WidgetSpec } from "../../src/plan/spec.ts";
import { askerOf } from "../../src/prompts/asker.ts";
import { askAnswer, askVariant, describeWidget } from "../../src/prompts/widgets.ts";
import { converse, KEY, stepsTo, talkIn } from "./harness.ts";

const { name: _, directory: __, ...GIVEN } = completeAnswers({}, { packageManager: "npm", cwdName: "work" }, true);
const given: PartialAnswers = { ...GIVEN, name: "desk" };
const [noteText] = CATALOG.note.questions as [Question];

const variantOf = (widget: WidgetSpec) => talkIn((terminal) => askVariant(askerOf(terminal), widget));
const answerOf = (widget: WidgetSpec, again = false) =>
  talkIn((terminal) => askAnswer(askerOf(terminal), widget, noteText, { again }));

describe("askVariant", () => {
  it("asks nothing where the type does not ask", async () => {
    const widget: WidgetSpec = { type: "table", variant: "forms" };
    const talk = variantOf(widget);
    expect(await talk.result).toBe(widget);
    expect(talk.raw()).toBe("");
  });

  it("begins with the sample that it is, and changes nothing on Enter", async () => {
    for (const widget of [{ type: "pdf" }, { type: "pdf", variant: "url", id: "terms" }] satisfies WidgetSpec[]) {
      const talk = variantOf(widget);
      await talk.answer("How does the document get to Workspace?");
      expect(await talk.result).toBe(widget);
    }
  });

  it("sets a sample, and takes it away", async () => {
    const talk = variantOf({ type: "pdf", id: "terms" });
    await talk.choose("How does the document", "The PDF files of the folder");
    expect(await talk.result).toEqual({ type: "pdf", id: "terms", variant: "folder" });
    const back = variantOf({ type: "pdf", id: "terms", variant: "folder" });
    await back.choose("How does the document", "As it is");
    expect(await back.result).toEqual({ type: "pdf", id: "terms" });
  });
});

describe("askAnswer", () => {
  it("offers the text of the sample, and leaves the widget as it is on Enter", async () => {
    const widget: WidgetSpec = { type: "note", name: "Ideas" };
    const talk = answerOf(widget);
    await talk.type("", noteText.initial);
    await talk.answer(noteText.message);
    expect(await talk.result).toBe(widget);
  });

  it("refuses a text that cannot be one while it is typed", async () => {
    const talk = answerOf({ type: "note" });
    await talk.type("x".repeat(201), "It is longer than 200 characters.");
    await talk.answer(noteText.message, KEY.clear, " Watch, then act ");
    expect(await talk.result).toEqual({ type: "note", answers: { text: "Watch, then act" } });
  });

  it("begins with the present text when it is changed; the sample's own takes the answer away", async () => {
    const talk = answerOf({ type: "note", answers: { text: "Watch" } }, true);
    await talk.type("", "Watch");
    await talk.answer(noteText.message, ", then act");
    expect(await talk.result).toEqual({ type: "note", answers: { text: "Watch, then act" } });
    const back = answerOf({ type: "note", answers: { text: "Watch" } }, true);
    await back.answer(noteText.message, KEY.clear, noteText.initial);
    expect(await back.result).toEqual({ type: "note" });
  });

  it("keeps a text of a config file that nobody could type", async () => {
    const widget: WidgetSpec = { type: "note", storage: { html: "One\nTwo" } };
    const talk = answerOf(widget, true);
    await talk.answer(noteText.message);
    expect(await talk.result).toBe(widget);
  });
});

describe("the list of types", () => {
  for (const [columns, rows] of [
    [80, 24],
    [60, 20],
  ] as const) {
    it(`stays within a terminal of ${columns} columns and ${rows} lines, wherever the cursor is`, async () => {
      const talk = converse({ given: { name: "desk" } }, { columns, rows });
      await talk.next();
      const whole = talk.shown().split("└")[0] as string;
      expect(whole.split("\n").length).toBeLessThanOrEqual(rows - 3);
      expect(whole).toContain("│  ...");
      expect(whole.split("\n").filter((line) => /^│ {2}[◼◻] /.test(line)).length).toBe(rows - 10);

      for (const _ of CATALOG_TYPES.slice(1)) talk.input.write(KEY.down);
      await talk.type("", "Query grid");
      // clack draws only the lines that change, with cursor movements between them.
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they begin with one
      const drawn = talk.raw().split(/\u001b\[[\d;?]*[A-HJKSThl]/);
      for (const line of drawn.flatMap((text) => stripVTControlCharacters(text).split("\n"))) {
        expect(line.length, line).toBeLessThanOrEqual(columns);
        // One line for each type, or the list would jump.
        expect(line).toMatch(/^$|^[┌│◆◇└]|^ *$/);
        if (line.includes("(")) expect(line).toMatch(/\)$/);
      }
    });
  }

  it("marks the types that nobody has tried in Workspace, and begins with the starter six", async () => {
    const talk = converse({ given: { name: "desk" } });
    await talk.next();
    const rows = talk.shown().split("\n");
    for (const type of CATALOG_TYPES) {
      const { label, experimental } = CATALOG[type];
      const row = rows.find((line) => line.slice(5).startsWith(capital(label))) as string;
      expect(row.includes("[experimental]"), row).toBe(experimental !== undefined);
    }
    expect(rows.filter((line) => line.includes("◼")).map((line) => line.slice(5).split(" (")[0])).toEqual([
      "Table",
      "Chart",
      "Metric",
      "Markdown text",
      "Newsfeed",
      "HTML page",
    ]);
  });
});

describe("types with questions of their own, in the conversation of create", () => {
  const only = (...types: ("note" | "pdf")[]) => ["a", "a", ...types.flatMap((type) => [...stepsTo(type), KEY.space])];

  it("says what is experimental, asks for each widget, shows the answers, and carries them on", async () => {
    const { widgets: _, ...rest } = given;
    const talk = converse({ given: rest });
    await talk.answer("Which widgets do you want?", ...only("note"));
    await talk.next();
    expect(talk.text().replaceAll("\n│  ", " ")).toContain(`▲  Notes are experimental. ${CATALOG.note.experimental}`);
    await talk.answer("How many notes?", "2");
    await talk.answer("Name of the note (1 of 2)");
    await talk.answer("What does the note say at first? (Markdown) (1 of 2)", 'Sell, not "buy"');
    await talk.answer("Name of the note (2 of 2)", "Ideas");
    await talk.answer("What does the note say at first? (Markdown) (2 of 2)");
    await talk.enterUntil("Create the project?");
    const summary = talk
      .text()
      .slice(talk.text().lastIndexOf("Your answers"))
      .replaceAll(/[\s│]+/g, " ");
    expect(summary).toContain('Notes Research Note (text: Sell, not "buy"), Ideas (text: **To do:** put a source');

    await talk.change("API key");
    await talk.answer("Should callers need", KEY.up);
    const answers = await talk.finish();
    expect(answers.widgets).toEqual([
      { type: "note", answers: { text: 'Sell, not "buy"' } },
      { type: "note", name: "Ideas" },
    ]);
    expect(headlessCommand(answers)).toContain(`--widget 'type=note,text="Sell, not \\"buy\\""'`);
    expect(parseWidgetSpec('type=note,text="Sell, not \\"buy\\""')).toEqual(answers.widgets[0]);
  });

  it("begins with what is there when they are asked again: Enter alone changes nothing", async () => {
    const widgets: WidgetSpec[] = [
      { type: "note", name: "Research Note", answers: { text: "Watch" } },
      { type: "pdf", variant: "url", name: "Terms" },
      { type: "note", id: "ideas" },
    ];
    const talk = converse({ given: { ...given, widgets } });
    for (const row of ["Notes", "PDF"]) await talk.change(row);
    expect((await talk.finish()).widgets).toEqual(widgets);
    expect(talk.text()).toContain("Terms (url)");
  });

  it("changes one text, and keeps the rest", async () => {
    const widgets: WidgetSpec[] = [{ type: "note", id: "ideas", answers: { text: "Watch" } }, { type: "table" }];
    const talk = converse({ given: { ...given, widgets } });
    await talk.change("Note");
    await talk.answer("How many notes?");
    await talk.answer("Name of the note");
    await talk.answer("What does the note say", KEY.clear, "Act");
    expect((await talk.finish()).widgets).toEqual([
      { type: "note", id: "ideas", answers: { text: "Act" } },
      { type: "table" },
    ]);
  });

  it("gives a widget the name of its new sample, unless it has one of its own", async () => {
    const names: string[] = [];
    for (const own of ["", "Terms"]) {
      const { widgets: _, ...rest } = given;
      const talk = converse({ given: rest });
      await talk.answer("Which widgets do you want?", ...only("pdf"));
      await talk.answer("How many PDFs?");
      await talk.answer("How does the document get to Workspace?");
      await talk.answer("Name of the PDF", own);
      await talk.change("PDF");
      await talk.answer("How many PDFs?");
      await talk.choose("How does the document", "The PDF files of the folder");
      await talk.answer("Name of the PDF");
      const answers = await talk.finish();
      expect(answers.widgets[0]).toMatchObject({ type: "pdf", variant: "folder" });
      names.push(...widgetsOf(answers).map(({ definition }) => definition.name));
    }
    expect(names).toEqual(["Documents", "Terms"]);
  });
});

it("describeWidget says which sample a widget is, and its texts as the entry has them", () => {
  expect(describeWidget("Prices", { type: "table" })).toBe("Prices");
  expect(describeWidget("Terms", { type: "pdf", variant: "url" })).toBe("Terms (url)");
  expect(describeWidget("Ideas", { type: "note", storage: { html: "Of a file" } })).toBe("Ideas (text: Of a file)");
});

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
