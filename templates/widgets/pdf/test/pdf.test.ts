import supertest, { type Response } from "supertest";
import { describe, expect, it } from "vitest";
import { paramShapes } from "../src/openbb/typegen/shape.js";
import { expectRefused, outsideQueries } from "./outside.js";
import { app, KEY, manifest, served } from "./setup.js";

const http = supertest(await app());
const links = await served(http);

/** The bytes that Workspace would show: of the body, or of what the body holds or links on this backend. */
async function bytesOf(response: Response): Promise<Buffer> {
  if (response.headers["content-type"] !== "application/json") return Buffer.from(response.body);
  const { content, url } = response.body;
  if (url === undefined) return Buffer.from(content, "base64");
  const { hostname, pathname, search } = new URL(url);
  if (hostname !== "127.0.0.1") return Buffer.from("%PDF- of another server %%EOF");
  const file = await http.get(pathname + search);
  expect(file.headers["content-type"]).toBe("application/pdf");
  return Buffer.from(file.body);
}

for (const widget of manifest.widgets.filter(({ type }) => type === "pdf")) {
  describe(`the PDF ${widget.id}`, () => {
    it("comes without headers, by the link in widgets.json, with just the content type that Workspace takes", async () => {
      const response = await http.get(`/${links[widget.id]?.endpoint}`);
      expect(response.status, response.text).toBe(200);
      expect(["application/pdf", "application/json"]).toContain(response.headers["content-type"]);
      const text = (await bytesOf(response)).toString("latin1");
      expect(text.slice(0, 5)).toBe("%PDF-");
      expect(text.slice(-20)).toContain("%%EOF");
    });

    const texts = paramShapes(widget.definition).filter(({ kind, choices }) => kind === "string" && !choices);
    const asked = texts.map(({ name }) => ({ path: widget.path, name }));
    if (widget.endpoints.some(({ path }) => path === `${widget.path}/file`)) {
      asked.push({ path: `${widget.path}/file`, name: "name" });
    }
    for (const { path, name } of asked) {
      it(`answers ${path}?${name}=… with nothing from outside`, async () => {
        for (const query of outsideQueries(name)) {
          const response = await http.get(`${path}?${query}`).set("X-API-KEY", KEY);
          expectRefused(response.status, response.ok ? await bytesOf(response) : Buffer.of(), query);
        }
      });
    }
  });
}
