import { describe, expect, it } from "vitest";
import { CATALOG_TYPES } from "../../src/catalog/index.js";
import { CliError } from "../../src/errors.js";
import { readWidgets } from "../../src/plan/config.js";
import { specOfFlags, type WidgetFlags } from "../../src/plan/edit/flags.js";
import { WIDGET_OPTIONS } from "../../src/plan/edit/options.js";

function said(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    expect(error.exitCode).toBe(2);
    return `${error.message} ${error.hint ?? ""}`;
  }
  throw new Error("It was not refused.");
}

it("the help of --type lists what can be made", () => {
  const [, list = ""] = /: (.*)$/.exec(WIDGET_OPTIONS.find(({ key }) => key === "type")?.help ?? "") ?? [];
  expect(list.split(", ").sort()).toEqual([...CATALOG_TYPES].sort());
});

describe("the flags of one widget", () => {
  it("say nothing, or make a widget", () => {
    expect(specOfFlags({})).toBeUndefined();
    expect(specOfFlags({ type: "chart" })).toEqual({ type: "chart" });
    expect(
      specOfFlags({
        type: "note",
        id: "a",
        name: "A, b",
        description: "",
        category: "Research",
        endpoint: "x/y",
        cache: 0,
        answers: ["text=1=2"],
      }),
    ).toEqual({
      type: "note",
      id: "a",
      name: "A, b",
      description: "",
      category: "Research",
      endpoint: "x/y",
      cache: 0,
      answers: { text: "1=2" },
    });
  });

  it("make parameters, with their choices", () => {
    const params = ["side:text=buy", "limit:number=10", "all:boolean=true", "from_date:date=$currentDate-1M", "q"];
    expect(specOfFlags({ type: "table", params, choices: ["side=buy, sell", "limit=10,20"] })?.params).toEqual([
      {
        paramName: "side",
        label: "Side",
        type: "text",
        value: "buy",
        options: [
          { label: "Buy", value: "buy" },
          { label: "Sell", value: "sell" },
        ],
      },
      {
        paramName: "limit",
        label: "Limit",
        type: "number",
        value: 10,
        options: [
          { label: "10", value: 10 },
          { label: "20", value: 20 },
        ],
      },
      { paramName: "all", label: "All", type: "boolean", value: true },
      { paramName: "from_date", label: "From Date", type: "date", value: "$currentDate-1M" },
      { paramName: "q", label: "Q", type: "text" },
    ]);
  });

  it("make columns, and leave the rest of the type's data", () => {
    const columns = ["day:date", "price:number", "note"];
    expect(specOfFlags({ type: "table", columns })?.data?.table?.columnsDefs).toEqual([
      { field: "day", headerName: "Day", cellDataType: "date" },
      { field: "price", headerName: "Price", cellDataType: "number" },
      { field: "note", headerName: "Note", cellDataType: "text" },
    ]);
    const grid = specOfFlags({ type: "live_grid", columns, id: "live" })?.data;
    expect(Object.keys(grid ?? {})).toContain("wsRowIdColumn");
  });

  it.each([
    ["30s", 30_000],
    ["5m", 300_000],
    ["1h", 3_600_000],
    ["1500", 1500],
    ["never", false],
    ["*/5 9-17 * * MON-FRI", "*/5 9-17 * * MON-FRI"],
    ["@daily", "@daily"],
  ])("read the interval %s", (refetch, interval) => {
    expect(specOfFlags({ type: "table", refetch })?.refetchInterval).toBe(interval);
  });

  it.each<[WidgetFlags, string]>([
    [{ id: "x" }, "--type is missing"],
    [{ type: "chrt" }, "Did you mean chart?"],
    [{ type: "constructor" }, "The types are table"],
    [{ name: " " }, "--name is empty"],
    [{ params: [":text"] }, "name:type=default"],
    [{ params: ["a:b:c"] }, "--param a:b:c"],
    [{ params: ["a:enum"] }, "text, number, boolean"],
    [{ params: ["limit:number=ten"] }, "must be a number"],
    [{ params: ["all:boolean=yes"] }, "true or false"],
    [{ params: ["a", "a:number"] }, 'called "a" already'],
    [{ choices: ["side=buy"] }, "--option needs the --param"],
    [{ params: ["a"], choices: ["b=1"] }, "there is no --param b"],
    [{ params: ["a"], choices: ["a"] }, "param=a,b,c"],
    [{ params: ["a:number"], choices: ["a=1,x"] }, "must be a number"],
    [{ params: ["a"], choices: ["a=buy,,sell"] }, "a choice is empty"],
    [{ columns: ["a:money"] }, "text, number, boolean"],
    [{ columns: ["a:text", "b", "a"] }, 'called "a" already'],
    [{ type: "note", columns: ["a"] }, "has no columns"],
    [{ refetch: "5" }, "30s, 5m, 1h"],
    [{ refetch: "soon" }, "cron"],
    [{ refetch: "* * *" }, "cron"],
    [{ refetch: "every day at 9 am" }, "cron"],
    [{ answers: ["=x"] }, "question=text"],
  ])("refuse %j", (flags, part) => {
    const type = flags.type ?? (flags.id ? undefined : "table");
    expect(said(() => specOfFlags({ ...flags, ...(type ? { type } : {}) }))).toContain(part);
  });
});

it.each([
  [{ name: 5 }, "name must be a text"],
  [{ description: null }, "description must be a text"],
  [{ category: ["a"] }, "category must be a text"],
  [{ gridData: null }, "gridData must be an object"],
  [{ data: "x" }, "data must be an object"],
  [{ cache: "long" }, "cache must be a whole number"],
  [{ cache: -1 }, "cache must be a whole number"],
])("a file's widget with %j is refused with its place", (keys, part) => {
  expect(said(() => readWidgets([{ type: "table" }, { type: "table", ...keys }], "desk.json"))).toContain(
    `widgets[1] in desk.json: ${part}`,
  );
});
