import supertest from "supertest";
import { describe, expect, it } from "vitest";
import { paramShapes } from "../src/openbb/typegen/shape.js";
import { app, KEY, manifest, WORKSPACE } from "./setup.js";

const http = supertest(await app());

for (const widget of manifest.widgets.filter(({ type }) => type === "omni")) {
  const shapes = paramShapes(widget.definition);
  const defaults = Object.fromEntries(shapes.map(({ name, fallback }) => [name, fallback]));
  const post = (body: object) =>
    http.post(widget.path).set("Origin", WORKSPACE).set("X-API-KEY", KEY).send(body).buffer(true);

  /** Sends what Workspace sends when it validates a backend, with changes. */
  async function expectAnswer(changes: Record<string, unknown> = {}) {
    const response = await post({ prompt: "test validation query", ...defaults, ...changes });
    expect(response.status, response.text.slice(0, 500)).toBe(200);
    expect(widget.module.answer.safeParse(response.body).error?.issues ?? [], "the shape of an omni").toEqual([]);
  }

  describe(`${widget.id} (omni)`, () => {
    it("answers with its defaults", () => expectAnswer());

    for (const shape of shapes) {
      for (const choice of shape.choices ?? []) {
        it(`answers with ${shape.name}=${choice}`, () =>
          expectAnswer({ [shape.name]: shape.many ? [choice] : choice }));
      }
      if (shape.choices || shape.kind !== "string") {
        it(`refuses a wrong ${shape.name}`, async () => {
          const response = await post({ ...defaults, [shape.name]: "no such value" });
          expect(response.status).toBe(400);
          expect(response.body.detail).toContain(shape.name);
        });
      }
    }

    it("refuses what is no JSON object", async () => {
      for (const body of ["[]", '"text"', "{"]) {
        const request = http.post(widget.path).set("X-API-KEY", KEY).set("Content-Type", "application/json");
        expect((await request.send(body)).status).toBe(400);
      }
      const others = manifest.routes.find(widget.path)?.routes.length ?? 0;
      if (others < 2) expect((await http.get(widget.path).set("X-API-KEY", KEY)).status).toBe(405);
    });

    it("is not for callers without the key", async () => {
      expect(
        (
          await supertest(await app())
            .post(widget.path)
            .send(defaults)
        ).status,
      ).toBe(401);
    });
  });
}
