import supertest from "supertest";
import { describe, expect, it } from "vitest";
import { paramShapes } from "../src/openbb/typegen/shape.js";
import { app, manifest, served, WORKSPACE } from "./setup.js";

const http = supertest(await app());
const links = await served(http);
const HOSTILE = [`"><img src=x onerror=alert(1)>`, `" onload="alert(1)`, "</script><script>alert(1)</script>"];

for (const widget of manifest.widgets.filter(({ type }) => type === "iframe")) {
  const url = `/${links[widget.id]?.endpoint}`;

  describe(`the page ${widget.id}`, () => {
    it("comes without headers, by the link in widgets.json, in both themes", async () => {
      for (const theme of ["dark", "light"]) {
        const response = await http.get(url).query({ theme });
        expect(response.status, response.text).toBe(200);
        expect(response.headers["content-type"]).toBe("text/html; charset=utf-8");
        expect(response.headers["cache-control"]).toBe("no-store");
      }
    });

    it("may be shown by Workspace, and runs no scripts but its own", async () => {
      const [first, second] = [await http.get(url), await http.get(url)];
      const policy = first.headers["content-security-policy"] ?? "";
      expect(/frame-ancestors [^;]*/.exec(policy)?.[0]).toContain(WORKSPACE);
      expect(first.headers["x-frame-options"]).toBeUndefined();
      expect(policy.match(/script-src /g)).toHaveLength(1);
      const nonce = /script-src 'self' 'nonce-([^']+)'/.exec(policy)?.[1] as string;
      expect(second.headers["content-security-policy"]).not.toContain(nonce);
      for (const [tag] of first.text.matchAll(/<script\b[^>]*>/g)) {
        expect(tag).toMatch(/type="application\/json"|src="|nonce="/);
        if (tag.includes("nonce=")) expect(tag).toContain(`nonce="${nonce}"`);
      }
    });

    it("finds the scripts that it loads", async () => {
      for (const [, src = ""] of (await http.get(url)).text.matchAll(/<script\b[^>]* src="([^"]+)"/g)) {
        const script = new URL(src, `http://backend${url}`);
        if (script.host === "backend") expect((await http.get(script.pathname)).status, src).toBe(200);
      }
    });

    for (const { name, kind, choices } of paramShapes(widget.definition)) {
      it(`is not changed by code in ${name}`, async () => {
        for (const hostile of HOSTILE) {
          const response = await http.get(url).query({ [name]: hostile });
          expect(response.status).toBe(kind === "string" && !choices ? 200 : 400);
          if (response.ok)
            for (const code of [hostile, "<img src=x", "<script>alert"]) expect(response.text).not.toContain(code);
          else expect(response.headers["content-type"]).toContain("application/json");
        }
      });
    }
  });
}
