import { readFileSync } from "node:fs";
import { join } from "node:path";
import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import type { WidgetModule } from "../../templates/project/src/openbb/widget.js";
import { html, iframe, json } from "../../templates/widgets/iframe/src/openbb/iframe.js";

const SCRIPT = readFileSync(
  join(import.meta.dirname, "../../templates/widgets/iframe/public/workspace-frame.js"),
  "utf8",
);

describe("the tag html", () => {
  it("escapes whatever is put in", () => {
    expect(
      String(html`<p title="${`"'<&>\``}">${1} ${undefined} ${html`<b>${"<i>"}</b>`}${["<", [html`<br>`]]}</p>`),
    ).toBe('<p title="&#34;&#39;&#60;&#38;&#62;&#96;">1  <b>&#60;i&#62;</b>&#60;<br></p>');
  });

  it("lets no text out of its place", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("<", ">", '"', "'", "`", "&", "/", "a", "-", "!") }), (text) => {
        expect(String(html`${text}`)).not.toMatch(/[<>"'`]|&(?!#\d+;)/);
        const block = String(json({ [text]: text }));
        expect(block).not.toContain("<");
        expect(JSON.parse(block)).toEqual({ [text]: text });
      }),
    );
  });
});

describe("a page", () => {
  async function answer(originalUrl: string) {
    const define = iframe as unknown as (id: string, handler: unknown) => WidgetModule;
    const module = define(
      "board",
      (_: unknown, { nonce, root }: { nonce: string; root: string }) => html`${nonce} ${root}`,
    );
    const [endpoint] = module.endpoints({ id: "board", path: "/board", definition: {}, parse: () => ({}) });
    const result = await endpoint?.handle({} as never, { request: { originalUrl } } as never);
    const policy =
      "default-src 'self';script-src 'self';script-src-attr 'none';frame-ancestors 'self' https://pro.openbb.co";
    return endpoint?.encode(result, { getHeader: () => policy } as never);
  }

  it("is sent with a policy that lets its own scripts run, and keeps all else of it", async () => {
    const [first, second] = [await answer("/board"), await answer("/board")];
    const nonce = String(first?.text).split(" ")[0];
    expect(first?.headers).toEqual({
      "Content-Security-Policy": `default-src 'self';script-src-attr 'none';frame-ancestors 'self' https://pro.openbb.co;script-src 'self' 'nonce-${nonce}'`,
      "Cache-Control": "no-store",
    });
    expect(second?.text).not.toBe(first?.text);
  });

  it("knows the way to the files of public/, however deep it lies", async () => {
    const ways = ["/board", "/board?a=/b/c", "/board/", "/t/token/board", "/t/token/desk/board?theme=dark"];
    const found = await Promise.all(ways.map(async (url) => String((await answer(url))?.text).split(" ")[1]));
    expect(found).toEqual(["./", "./", "../", "../../", "../../../"]);
    for (const [index, way] of found.entries()) {
      expect(new URL(`${way}workspace-frame.js`, `https://backend${ways[index]}`).pathname).toBe("/workspace-frame.js");
    }
  });
});

/** The script in a window of its own; `say` is a message to it. */
function frame({ referrer = "", ancestors }: { referrer?: string; ancestors?: string[] } = {}) {
  const listeners: ((event: object) => void)[] = [];
  const parent = { postMessage: vi.fn<(message: { type: string; [key: string]: unknown }, origin: string) => void>() };
  const window: Record<string, unknown> = {
    parent,
    addEventListener: (_: string, listener: (event: object) => void) => listeners.push(listener),
  };
  runInNewContext(SCRIPT, {
    window,
    document: { referrer },
    location: { ancestorOrigins: ancestors },
    URL,
    setTimeout,
  });
  const say = (data: unknown, origin = "https://pro.openbb.co", source: unknown = parent) =>
    listeners.forEach((listener) => void listener({ data, origin, source }));
  const sent = () => parent.postMessage.mock.calls;
  const { connect } = window.WorkspaceFrame as { connect: (page: object) => { update: (params: object) => void } };
  return { connect, say, sent, clear: () => parent.postMessage.mockClear() };
}

describe("the script of pages", () => {
  const widgets = [
    { widgetId: "a", name: "A", dataType: "table", data: async () => [{ x: 1 }] },
    { widgetId: "b", name: "B", dataType: "markdown", data: () => "text" },
    { widgetId: "c", name: "C", dataType: "table", data: () => Promise.reject(new Error("no data")) },
  ];

  it("greets until Workspace answers, and sends no functions", async () => {
    vi.useFakeTimers();
    const { connect, say, sent } = frame({ ancestors: ["https://pro.openbb.co", "https://outer.example"] });
    connect({ widgets });
    await vi.advanceTimersByTimeAsync(1500);
    expect(sent()).toHaveLength(3);
    say({ type: "openbb-params-update", params: {} });
    await vi.advanceTimersByTimeAsync(5000);
    expect(sent()).toHaveLength(3);
    const [message, origin] = sent()[0] ?? [];
    expect(origin).toBe("https://pro.openbb.co");
    expect(structuredClone(message)).toEqual({
      type: "openbb-connect",
      widgets: widgets.map(({ widgetId, name, dataType }) => ({ widgetId, name, dataType })),
    });
    vi.useRealTimers();
  });

  it("answers for one widget, for all, and for what fails or is not there", async () => {
    const { connect, say, sent, clear } = frame({ referrer: "https://pro.openbb.co/app/x" });
    connect({ widgets });
    say({ type: "openbb-request", widgetId: "a" });
    await vi.waitFor(() =>
      expect(sent().map(([message]) => message)).toContainEqual({
        type: "openbb-data",
        widgetId: "a",
        dataType: "table",
        data: [{ x: 1 }],
      }),
    );
    clear();
    say({ type: "openbb-request", widgetId: null });
    await vi.waitFor(() => expect(sent()).toHaveLength(3));
    expect(sent().find(([message]) => message.widgetId === "c")?.[0]).toMatchObject({ error: "no data" });
    clear();
    say({ type: "openbb-request", widgetId: "z" });
    expect(sent()).toEqual([
      [expect.objectContaining({ type: "openbb-error", widgetId: "z" }), "https://pro.openbb.co"],
    ]);
  });

  it("hands on parameters and headers, and sets parameters", () => {
    const { connect, say, sent } = frame({ ancestors: ["https://pro.openbb.co"] });
    const [onParams, onHeaders] = [vi.fn(), vi.fn()];
    const { update } = connect({ onParams, onHeaders });
    say({ type: "openbb-params-update", params: { theme: "light" } });
    say({ type: "openbb-auth", headers: { "X-API-KEY": "k" } });
    expect(onParams.mock.calls).toEqual([[{ theme: "light" }]]);
    expect(onHeaders.mock.calls).toEqual([[{ "X-API-KEY": "k" }]]);
    update({ symbol: "MSFT" });
    expect(sent().at(-1)).toEqual([
      { type: "openbb:params:update", params: { symbol: "MSFT" } },
      "https://pro.openbb.co",
    ]);
  });

  it("heeds nobody but the window that shows it, from the origin that it had first", () => {
    for (const ancestors of [["https://pro.openbb.co"], undefined]) {
      const { connect, say } = frame(ancestors ? { ancestors } : {});
      const onParams = vi.fn();
      connect({ onParams });
      const update = { type: "openbb-params-update", params: { theme: "light" } };
      say(update, "https://pro.openbb.co", {});
      if (ancestors) say(update, "https://evil.example");
      for (const odd of [null, undefined, "openbb-params-update", { type: "other" }, { type: "__proto__" }]) say(odd);
      expect(onParams).not.toHaveBeenCalled();
      say(update);
      say(update, "https://evil.example");
      expect(onParams).toHaveBeenCalledTimes(1);
    }
  });
});
