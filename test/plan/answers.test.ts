import { describe, expect, it } from "vitest";
import { CliError, EXIT } from "../../src/errors.js";
import { completeAnswers, type PartialAnswers, widgetsOf } from "../../src/plan/answers.js";
import { readConfig } from "../../src/plan/config.js";
import { headlessCommand, nextSteps } from "../../src/plan/next.js";
import { answers, SURROUNDINGS } from "./helpers.js";

function failure(action: () => unknown): CliError {
  try {
    action();
  } catch (error) {
    if (error instanceof CliError) return error;
    throw error;
  }
  throw new Error("It did not fail.");
}

describe("defaults", () => {
  it("of --yes: a directory, and one widget of each of six types", () => {
    const complete = completeAnswers({}, SURROUNDINGS, true);
    expect(complete).toMatchObject({
      directory: "my-openbb-backend",
      name: "my-openbb-backend",
      port: 7779,
      auth: "none",
    });
    expect(complete.widgets.map(({ type }) => type)).toEqual([
      "table",
      "chart",
      "metric",
      "markdown",
      "newsfeed",
      "html",
    ]);
  });

  it.each([
    ["desk", "desk"],
    ["./a/My Desk", "my-desk"],
    ["C:\\work\\Desk", "desk"],
    [".", "here"],
    ["桌", "my-openbb-backend"],
  ])("the name of a backend in %s is %s", (directory, name) => {
    expect(answers({ directory }).name).toBe(name);
  });

  it("the directory is the name, where only that is given", () => {
    expect(completeAnswers({ name: "desk" }, SURROUNDINGS, true).directory).toBe("desk");
  });
});

describe("without a terminal and --yes", () => {
  it("says which answers are missing, and ends with 2", () => {
    const error = failure(() => completeAnswers({}, SURROUNDINGS, false));
    expect(error.exitCode).toBe(EXIT.usage);
    expect(error.message).toContain("[directory]");
    expect(error.message).toContain("--widget");
    const half = failure(() => completeAnswers({ directory: "desk" }, SURROUNDINGS, false));
    expect(half.message).not.toContain("[directory]");
    const taken = failure(() => completeAnswers({ from: "widgets.json" }, SURROUNDINGS, false));
    expect(taken.message).toMatch(/^With --from nothing is asked, .*\n {2}\[directory\]/);
  });

  it("needs no more than a directory and a widget", () => {
    expect(completeAnswers({ directory: "desk", widgets: [{ type: "table" }] }, SURROUNDINGS, false).name).toBe("desk");
  });
});

describe("wrong answers end with 2", () => {
  it.each<[string, PartialAnswers]>([
    ["a name", { name: "Desk!" }],
    ["a directory", { directory: "a/nul" }],
    ["a port", { port: 70_000 }],
    ["an origin with a path", { origins: ["https://a.example/x"] }],
    ["an origin that is none", { origins: ["a.example"] }],
    ["an origin that is a file", { origins: ["file:///x"] }],
    ["an empty category", { category: " " }],
    ["a name with a line break", { widgets: [{ type: "table", name: "a\nb" }] }],
    ["half a surrogate pair", { widgets: [{ type: "table", name: "a\ud800" }] }],
    ["too long a name", { widgets: [{ type: "table", name: "x".repeat(201) }] }],
    [
      "ids that differ only in case",
      {
        widgets: [
          { type: "table", id: "prices" },
          { type: "chart", id: "Prices" },
        ],
      },
    ],
    [
      "an endpoint used twice",
      {
        widgets: [
          { type: "table", id: "a", endpoint: "x" },
          { type: "chart", id: "b", endpoint: "/X/" },
        ],
      },
    ],
    [
      "an endpoint that is another's id",
      {
        widgets: [
          { type: "table", id: "a" },
          { type: "chart", id: "b", endpoint: "a" },
        ],
      },
    ],
    ["an id that Workspace blocks", { widgets: [{ type: "table", id: "yield_curve" }] }],
    ["an id that is a route", { widgets: [{ type: "table", id: "health" }] }],
    ["__proto__", { widgets: [{ type: "table", id: "__proto__" }] }],
  ])("%s", (_, given) => {
    expect(failure(() => answers(given)).exitCode).toBe(EXIT.usage);
  });

  it("names the nearest free id", () => {
    const widgets = [
      { type: "table" as const, id: "a" },
      { type: "table" as const, id: "a" },
    ];
    expect(failure(() => answers({ widgets })).hint).toContain('"a_2"');
  });
});

describe("widgets", () => {
  const ids = (given: PartialAnswers) => widgetsOf(answers(given)).map(({ id, definition }) => [id, definition.name]);

  it("get ids and names of their own", () => {
    expect(ids({ widgets: [{ type: "table" }, { type: "table" }, { type: "table", id: "volumes" }] })).toEqual([
      ["price_history", "Price History"],
      ["price_history_2", "Price History 2"],
      ["volumes", "Volumes"],
    ]);
    expect(ids({ widgets: [{ type: "table", name: "Umsätze & mehr" }] })).toEqual([["umsatze_mehr", "Umsätze & mehr"]]);
    expect(ids({ widgets: [{ type: "table", name: "価格" }] })).toEqual([["price_history", "価格"]]);
    expect(ids({ widgets: [{ type: "markdown", name: "Markdown" }] })).toEqual([["markdown_widget", "Markdown"]]);
  });

  it("keep away from ids that are given further on", () => {
    expect(ids({ widgets: [{ type: "table" }, { type: "chart", id: "price_history" }] })[0]?.[0]).toBe(
      "price_history_2",
    );
  });

  it("take what the user gives, key by key, and the rest from the catalog", () => {
    const [widget] = widgetsOf(
      answers({ category: "Equity", widgets: [{ type: "table", subCategory: "Desk", gridData: { w: 40, h: 8 } }] }),
    );
    expect(widget?.definition).toMatchObject({ category: "Equity", subCategory: "Desk", gridData: { w: 40, h: 8 } });
    expect(widget?.definition.params).toHaveLength(2);
  });
});

describe("a config file", () => {
  it("has the keys of the answers", () => {
    const config = {
      $schema: "x",
      directory: "desk",
      widgets: [{ type: "table", id: "a" }],
      docker: false,
      port: 8000,
    };
    expect(readConfig(config, "desk.json")).toEqual({
      directory: "desk",
      widgets: config.widgets,
      docker: false,
      port: 8000,
    });
  });

  it("may be the record of another project", () => {
    const record = { generator: "create-openbb-backend", version: "1.0.0", answers: { name: "desk" }, files: {} };
    expect(readConfig(record, "x")).toEqual({ name: "desk" });
  });

  it.each([
    [[], "object"],
    [{ nmae: "desk" }, "nmae"],
    [{ docker: "yes" }, "docker"],
    [{ port: "a" }, "port"],
    [{ auth: "basic" }, "auth"],
    [{ widgets: {} }, "widgets"],
    [{ widgets: [1] }, "widgets"],
    [{ widgets: [{ id: "a" }] }, "type"],
    [{ widgets: [{ type: "table", id: 1 }] }, "id"],
    [{ origins: [1] }, "origins"],
  ])("is refused when it is %j", (config, where) => {
    const error = failure(() => readConfig(config, "desk.json"));
    expect(error.exitCode).toBe(EXIT.usage);
    expect(error.message).toContain(where);
    expect(error.message).toContain("desk.json");
  });
});

describe("what is said at the end", () => {
  it("is what to do next", () => {
    const steps = nextSteps(answers({ auth: "api-key", packageManager: "pnpm" }), "my desk", false);
    expect(steps).toEqual([
      "cd 'my desk'",
      "pnpm install",
      "pnpm dev",
      "In Workspace, connect http://localhost:7779, with the header X-API-KEY and the key in .env",
      "More widgets: npx create-openbb-backend add-widget",
    ]);
  });

  it("is the command that gives the same without questions", () => {
    const given = answers({ widgets: [{ type: "table", name: "It's, mine" }], port: 8000, docker: false });
    expect(headlessCommand(given)).toBe(
      "npx create-openbb-backend desk --name desk --widget 'type=table,name=\"It'\\''s, mine\"' --port 8000 --auth none --no-docker --ci github --package-manager npm --install --git",
    );
    const rich = answers({ widgets: [{ type: "table", params: [] }], docker: false });
    const flags = "--name desk --auth none --no-docker --ci github --package-manager npm --install --git";
    expect(headlessCommand(rich)).toBe(`npx create-openbb-backend desk --config desk/openbb-backend.json ${flags}`);
    expect(headlessCommand(rich, "a b.yaml")).toBe(`npx create-openbb-backend desk --config 'a b.yaml' ${flags}`);
  });
});
