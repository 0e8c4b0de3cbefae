import { describe, expect, it } from "vitest";
import { fileBody } from "../../templates/parts/documents/src/openbb/documents.js";
import { HttpError } from "../../templates/project/src/openbb/errors.js";
import type { Endpoint, WidgetModule } from "../../templates/project/src/openbb/widget.js";
import { fileViewer } from "../../templates/widgets/file_viewer/src/openbb/file_viewer.js";
import { multiFileViewer } from "../../templates/widgets/multi_file_viewer/src/openbb/multi_file_viewer.js";
import { pdf } from "../../templates/widgets/pdf/src/openbb/pdf.js";

// The definers take the ids of a project's widgets.json, which a test of the template alone has not.
type Loose = (id: string, handler: unknown, settings?: object) => WidgetModule;
const [pdfWidget, multi, texts] = [pdf, multiFileViewer, fileViewer] as unknown as [Loose, Loose, Loose];

const BYTES = Buffer.from("%PDF-1.4 %%EOF");
const context = { signal: new AbortController().signal, link: (path: string) => `https://backend/t/token${path}` };

function endpoints(module: WidgetModule, definition: Record<string, unknown> = {}): Endpoint[] {
  return module.endpoints({ id: "x", path: "/x", definition, parse: () => ({ files: ["first.pdf"] }) });
}

/** Runs an endpoint from the request to the body. */
async function call(endpoint: Endpoint | undefined, query = "", body?: unknown) {
  if (!endpoint) throw new Error("There is no such endpoint.");
  const input = endpoint.parse({ query: new URLSearchParams(query), body, request: {} as never });
  return endpoint.encode(await endpoint.handle(input as never, context as never));
}

describe("a PDF", () => {
  it("goes out with just the content types that Workspace takes", async () => {
    expect(fileBody(BYTES)).toEqual({ contentType: "application/pdf", text: BYTES });
    const { contentType, text } = fileBody({ filename: "a.pdf", content: BYTES.toString("base64") });
    expect(contentType).toBe("application/json");
    expect(JSON.parse(String(text))).toEqual({
      data_format: { data_type: "pdf", filename: "a.pdf" },
      content: "JVBERi0xLjQgJSVFT0Y=",
    });
    for (const wrong of [undefined, null, "text", 1]) expect(() => fileBody(wrong)).toThrow(TypeError);
  });

  it("has an answer that the tests of a project can tell from another", () => {
    const { answer } = pdfWidget("x", () => BYTES);
    expect(answer.safeParse(BYTES).success).toBe(true);
    expect(answer.safeParse(Buffer.from("<html>")).success).toBe(false);
    expect(answer.safeParse({ data_format: { data_type: "pdf", filename: "a.pdf" }, url: "ftp://x" }).success).toBe(
      false,
    );
  });

  it("may be linked, by an endpoint of its own that needs no headers", async () => {
    const module = pdfWidget(
      "x",
      (_params: unknown, { fileUrl }: { fileUrl: (name: string) => string }) => ({
        filename: "a b.pdf",
        url: fileUrl("a b&c.pdf"),
      }),
      { files: (name: string) => Buffer.from(`%PDF-${name}`) },
    );
    const [main, file] = endpoints(module);
    expect([main?.headerless, file?.headerless, file?.path]).toEqual([true, true, "/x/file"]);
    const { url } = JSON.parse(String((await call(main)).text));
    expect(url).toBe("https://backend/t/token/x/file?name=a+b%26c.pdf");
    expect(String((await call(file, new URL(url).search)).text)).toBe("%PDF-a b&c.pdf");
    await expect(call(file)).rejects.toThrow(HttpError);
    expect(endpoints(pdfWidget("x", () => BYTES))).toHaveLength(1);
  });
});

describe("several files", () => {
  const definition = { params: [[{ paramName: "symbol" }], { paramName: "files", roles: ["fileSelector"] }] };
  const module = multi("x", async (file: string) => {
    await new Promise((resolve) => setTimeout(resolve, file.length > 5 ? 20 : 0));
    if (file === "gone") throw new HttpError(404, "It was moved.");
    if (file === "none") return undefined;
    if (file === "broken") throw new Error("a fault");
    return BYTES;
  });
  const [post] = endpoints(module, definition);
  const ask = async (body: unknown) => JSON.parse(String((await call(post, "", body)).text));

  it("come in the order of the question, whatever takes longest, with what is missing in its place", async () => {
    const items = await ask({ files: ["slow one.pdf", "gone", "a, b.pdf", "none", "a, b.pdf"], other: 1 });
    const names = items.map((item: { data_format?: { filename: string } }) => item.data_format?.filename);
    expect(names).toEqual(["slow one.pdf", undefined, "a, b.pdf", undefined, "a, b.pdf"]);
    expect(items[1]).toEqual({ error_type: "not_found", content: "It was moved." });
    expect(items[3]).toEqual({ error_type: "not_found", content: 'There is no file "none".' });
    expect((await call(post, "", { files: ["a"] })).contentType).toBe("application/json");
  });

  it("are those of the definition when none are named", async () => {
    for (const body of [undefined, {}, { symbol: "AAPL" }, { __proto__: { files: ["x"] } }]) {
      expect((await ask(body))[0].data_format.filename).toBe("first.pdf");
    }
    expect(await ask({ files: [] })).toEqual([]);
    expect(await ask({ files: "a.pdf" })).toHaveLength(1);
  });

  it("are refused where the question makes no sense, and where the handler fails", async () => {
    for (const files of [[{}], [["a"]], [null], { a: 1 }, [true], Array(51).fill("a")]) {
      await expect(ask({ files })).rejects.toThrow(HttpError);
    }
    await expect(ask({ files: ["a.pdf", "broken"] })).rejects.toThrow("a fault");
  });
});

describe("a list of texts", () => {
  const files = { list: () => [{ title: "One", link: "one.md" }], read: (link: string) => `# ${link}` };

  it("has its texts at the fileEndpoint, as JSON strings", async () => {
    const [list, file] = endpoints(texts("x", files), { fileEndpoint: "x//files/" });
    expect(JSON.parse(String((await call(list)).text))).toEqual([{ title: "One", link: "one.md" }]);
    expect([file?.path, file?.headerless]).toEqual(["/x/files", true]);
    expect((await call(file, "path=a%20b.md&symbol=AAPL")).text).toBe('"# a b.md"');
    await expect(call(file, "path=")).rejects.toThrow(HttpError);
  });
});
