import { describe, expect, it } from "vitest";
import { HttpError } from "../../templates/project/src/openbb/errors.js";
import type { WidgetModule } from "../../templates/project/src/openbb/widget.js";
import { highcharts, highchartsLook } from "../../templates/widgets/chart-highcharts/src/openbb/chart-highcharts.js";
import { vegaConfig, vegalite } from "../../templates/widgets/chart-vegalite/src/openbb/chart-vegalite.js";
import { note } from "../../templates/widgets/note/src/openbb/note.js";
import { chartOf, omni, tableOf, text } from "../../templates/widgets/omni/src/openbb/omni.js";
import { videoUrl, youtube } from "../../templates/widgets/youtube/src/openbb/youtube.js";
import { place } from "./place.js";

// Ids are typed by a project's own widgets.json, which there is none of here.
const define = {
  highcharts: highcharts as (id: string, handler: unknown, settings?: unknown) => WidgetModule,
  vegalite: vegalite as (id: string, handler: unknown, settings?: unknown) => WidgetModule,
  youtube: youtube as (id: string, handler: unknown, settings?: unknown) => WidgetModule,
  omni: omni as (id: string, handler: unknown, settings?: unknown) => WidgetModule,
  note: note as (id: string, settings?: unknown) => WidgetModule,
};

describe("omni", () => {
  const params = [
    { paramName: "prompt", type: "text", value: "Hello" },
    { paramName: "count", type: "number", value: 3 },
    {
      paramName: "symbols",
      type: "text",
      multiSelect: true,
      options: [
        { label: "A", value: "a" },
        { label: "B", value: "b" },
      ],
    },
    { paramName: "fast", type: "boolean", value: true },
  ];
  const seen: unknown[] = [];
  const module = define.omni("w", (params: unknown) => {
    seen.push({ ...(params as object) });
    return text("# Hi");
  });
  const { endpoints, call } = place(module, { params });

  it("takes parameters from the JSON body, with defaults and types", async () => {
    expect(endpoints).toMatchObject([{ method: "POST", path: "/w", cache: undefined }]);
    await call("/w", {}, { prompt: "Why?", count: "7", symbols: ["b", "a"], fast: false, more: { x: 1 } });
    await call("/w", {}, { prompt: null });
    expect(seen).toEqual([
      { prompt: "Why?", count: 7, symbols: ["b", "a"], fast: false },
      { prompt: "Hello", count: 3, symbols: [], fast: true },
    ]);
    for (const body of [undefined, null, "text", 1, []]) {
      await expect(call("/w", {}, body)).rejects.toMatchObject({
        status: 400,
        detail: expect.stringContaining("JSON object"),
      });
    }
    await expect(call("/w", {}, { count: "many" })).rejects.toMatchObject({ status: 400 });
    await expect(call("/w", {}, { prompt: { sql: 1 } })).rejects.toMatchObject({ status: 400 });
  });

  it("answers with texts, tables and charts, and what they rest on", async () => {
    const extra_citations = [{ source_info: { type: "widget", name: "Prices" }, details: [{ Symbol: "AAPL" }] }];
    const answers = [
      text("# Hi", { citable: false }),
      tableOf([{ a: 1 }], { extra_citations }),
      chartOf({ data: [{ type: "bar", x: [1], y: [2] }] }),
    ];
    expect(answers).toEqual([
      { content: "# Hi", data_format: { data_type: "object", parse_as: "text" }, citable: false },
      { content: [{ a: 1 }], data_format: { data_type: "object", parse_as: "table" }, extra_citations },
      { content: { data: [{ type: "bar", x: [1], y: [2] }] }, data_format: { data_type: "object", parse_as: "chart" } },
    ]);
    for (const answer of answers) expect(module.answer.safeParse(answer).success).toBe(true);
    expect(JSON.parse((await call("/w", {}, {})).text as string)).toEqual(text("# Hi"));
    const format = { data_type: "object", parse_as: "html" };
    expect(module.answer.safeParse({ content: "<p>", data_format: format }).success).toBe(false);
    expect(module.answer.safeParse({ content: null, data_format: answers[0]?.data_format }).success).toBe(false);
    expect(module.answer.safeParse({ ...answers[0], extra_citations: [{ details: [] }] }).success).toBe(false);
  });
});

describe("chart-highcharts", () => {
  it("answers with userOptions, and with rows for raw", async () => {
    const answer = { constructorType: "stockChart", userOptions: { series: [{ data: [[Date.UTC(2026, 0), 1]] }] } };
    const module = define.highcharts("w", ({ raw }: { raw: boolean }) => (raw ? [{ a: 1 }] : answer));
    const { call } = place(module, { raw: true });
    const body = JSON.parse((await call("/w")).text as string);
    expect(body).toEqual(answer);
    expect(module.answer.safeParse(body).success).toBe(true);
    expect(module.answer.safeParse({ chart: {}, series: [] }).success).toBe(false);
    expect(module.answer.safeParse({ ...answer, constructorType: "Chart" }).success).toBe(false);
    expect(module.rawAnswer?.safeParse(JSON.parse((await call("/w", { raw: "true" })).text as string)).success).toBe(
      true,
    );
  });

  it("does not lose a function without a word", async () => {
    const { call } = place(define.highcharts("w", () => ({ userOptions: { tooltip: { formatter: () => "x" } } })));
    await expect(call("/w")).rejects.toThrow('"formatter" is a function');
    await expect(place(define.highcharts("w", () => "text")).call("/w")).rejects.toThrow(TypeError);
  });

  it("looks like Workspace, in data alone", () => {
    const [dark, light] = [highchartsLook("dark"), highchartsLook("light")];
    expect(JSON.parse(JSON.stringify(dark))).toEqual(dark);
    expect(Object.keys(dark)).toEqual(Object.keys(light));
    expect(dark.legend).not.toEqual(light.legend);
  });
});

describe("chart-vegalite", () => {
  it("answers with a specification of one view or several", async () => {
    const module = define.vegalite("w", () => ({ mark: "bar", data: { values: [] }, config: vegaConfig("dark") }));
    const body = JSON.parse((await place(module).call("/w")).text as string);
    expect(module.answer.safeParse(body).success).toBe(true);
    expect(module.answer.safeParse({ hconcat: [] }).success).toBe(true);
    expect(module.answer.safeParse({ data: { values: [] } }).success).toBe(false);
    expect(vegaConfig("dark")).not.toEqual(vegaConfig("light"));
  });
});

describe("youtube", () => {
  it("answers in plain text, without quotes", async () => {
    const module = define.youtube("w", () => videoUrl("https://youtu.be/PHe0bXAIuk0"));
    expect(await place(module).call("/w")).toEqual({
      contentType: "text/plain; charset=utf-8",
      text: "https://www.youtube.com/watch?v=PHe0bXAIuk0",
    });
    await expect(place(define.youtube("w", () => ({}))).call("/w")).rejects.toThrow("must return a text");
  });

  it("knows every form of a video's address", () => {
    const address = "https://www.youtube.com/watch?v=PHe0bXAIuk0";
    for (const form of [
      address,
      " https://youtu.be/PHe0bXAIuk0?si=abc&t=10 ",
      "http://youtube.com/watch?v=PHe0bXAIuk0",
      "youtube.com/watch?v=PHe0bXAIuk0#t=1",
      "https://m.youtube.com/watch?app=desktop&v=PHe0bXAIuk0&list=x",
      "https://www.youtube.com/embed/PHe0bXAIuk0?autoplay=1",
      "https://www.youtube-nocookie.com/embed/PHe0bXAIuk0",
      "https://www.youtube.com/shorts/PHe0bXAIuk0",
      "https://www.youtube.com/live/PHe0bXAIuk0?feature=share",
      "https://music.youtube.com/watch?v=PHe0bXAIuk0",
    ]) {
      expect(videoUrl(form)).toBe(address);
    }
    for (const other of [
      "",
      "PHe0bXAIuk0",
      "https://vimeo.com/76979871",
      "https://evil.example/youtube.com/watch?v=PHe0bXAIuk0",
      "https://youtube.com.evil.example/watch?v=PHe0bXAIuk0",
      "https://www.youtube.com/watch?v=short",
      "https://www.youtube.com/watch?v=PHe0bXAIuk0longer",
      "https://www.youtube.com/@openbb",
      "javascript:alert(1)//youtube.com/watch?v=PHe0bXAIuk0",
    ]) {
      expect(() => videoUrl(other)).toThrow(HttpError);
    }
  });
});

describe("note", () => {
  it("serves the text that Workspace copies", async () => {
    const read = async (definition: Record<string, unknown>) =>
      JSON.parse((await place(define.note("w"), definition).call("/w")).text as string);
    expect(await read({ storage: { html: "# Hi" }, data: { html: "other" } })).toBe("# Hi");
    expect(await read({ storage: {}, data: { html: "other" } })).toBe("other");
    expect(await read({ storage: null, data: [] })).toBe("");
    expect(await read({})).toBe("");
  });
});
