import supertest from "supertest";
import { describe, expect, it } from "vitest";
import { optionsRoutes } from "../src/openbb/typegen/routes.js";
import { OUTSIDE } from "./outside.js";
import { app, KEY, manifest, WORKSPACE } from "./setup.js";

const http = supertest(await app());

interface Item {
  data_format?: { data_type: string; filename: string };
  content?: string;
  error_type?: string;
}

for (const { id, path, definition, module } of manifest.widgets.filter(({ type }) => type === "multi_file_viewer")) {
  const params = [definition.params].flat(2) as { paramName: string; roles?: string[] }[];
  const selector = params.find(({ roles }) => roles?.includes("fileSelector"))?.paramName as string;

  /** Asks as Workspace does: for files, and nothing else. */
  const ask = (body: object) => http.post(path).set("X-API-KEY", KEY).set("Origin", WORKSPACE).send(body);

  async function files(): Promise<string[]> {
    const route = optionsRoutes(definition).find(({ param }) => param === selector);
    // What another server or widget offers is not known here.
    if (!route || !Object.hasOwn(module.options ?? {}, selector)) return [];
    const response = await http.get(route.path).set("X-API-KEY", KEY);
    expect(response.status).toBe(200);
    return response.body.map((option: { value: string }) => option.value);
  }

  describe(`the files of ${id}`, () => {
    it("come for the default, with just the content type that Workspace takes", async () => {
      const response = await ask({});
      expect(response.status, response.text).toBe(200);
      expect(response.headers["content-type"]).toBe("application/json");
      expect(module.answer.safeParse(response.body).error?.issues ?? []).toEqual([]);
    });

    it("come in the order in which they are asked for, as many as are asked for", async () => {
      const names = await files();
      const wanted = [...names, "no such file", ...names.toReversed()].slice(0, 50);
      const { body } = await ask({ [selector]: wanted });
      expect(body).toHaveLength(wanted.length);
      for (const [index, item] of (body as Item[]).entries()) {
        if (names.includes(wanted[index] ?? "")) expect(item.data_format?.data_type).toBe("pdf");
        else expect(item).toMatchObject({ error_type: "not_found", content: expect.any(String) });
      }
      expect((await ask({ [selector]: [] })).body).toEqual([]);
    });

    it("are refused when the question is wrong", async () => {
      for (const wrong of [[{}], [["a"]], { a: 1 }, Array(51).fill("a"), [null]]) {
        expect((await ask({ [selector]: wrong })).status, JSON.stringify(wrong).slice(0, 50)).toBe(400);
      }
      const others = manifest.routes.find(path)?.routes.length ?? 0;
      if (others < 2) expect((await http.get(path).set("X-API-KEY", KEY)).status).toBe(405);
      expect((await http.post(path).send({})).status).toBe(401);
    });

    it("are none from outside", async () => {
      for (const spelling of OUTSIDE) {
        const { status, body } = await ask({ [selector]: [spelling] });
        expect(status, spelling).toBe(200);
        const [item] = body as Item[];
        if (item?.error_type === undefined) expect(item?.content, spelling).toMatch(/^JVBERi/);
        else expect(item.error_type).toBe("not_found");
      }
    });
  });
}
