import supertest from "supertest";
import { describe, expect, it } from "vitest";
import { outsideQueries } from "./outside.js";
import { app, KEY, manifest, served } from "./setup.js";

const http = supertest(await app());
const links = await served(http);

for (const { id, path } of manifest.widgets.filter(({ type }) => type === "file_viewer")) {
  /** Workspace puts the fileEndpoint in the place of the whole path. */
  const file = new URL(String(links[id]?.fileEndpoint), "http://backend").pathname;

  describe(`the texts of ${id}`, () => {
    it("come one by one, each as a JSON string, without headers", async () => {
      const list = (await http.get(path).set("X-API-KEY", KEY)).body as { link: string }[];
      for (const { link } of list) {
        const response = await http.get(file).query({ path: link });
        expect(response.status, link).toBe(200);
        expect(JSON.parse(response.text), link).toEqual(expect.any(String));
      }
    });

    it("do not come without a name, nor without the link", async () => {
      expect((await http.get(file)).status).toBe(400);
      expect((await http.get(file.replace(/^\/t\/[^/]+/, ""))).status).toBe(401);
    });

    it("are none from outside", async () => {
      for (const query of outsideQueries("path")) {
        const { status } = await http.get(`${file}?${query}`);
        expect([400, 404], query).toContain(status);
      }
    });
  });
}
