import { readFileSync } from "node:fs";
import supertest, { type Response } from "supertest";
import { describe, expect, it } from "vitest";
import { paramShapes } from "../src/openbb/typegen/shape.js";
import { modules } from "../src/widgets/index.gen.js";
import { app, KEY, manifest } from "./setup.js";

const definitions: Record<string, Record<string, unknown>> = JSON.parse(
  readFileSync(new URL("../widgets.json", import.meta.url), "utf8"),
);
const WORKSPACE = "https://pro.openbb.co";
const http = supertest(await app());

/** Calls a widget as Workspace does. */
function call(path: string, query: Record<string, string> = {}) {
  return http.get(path).query(query).set("Origin", WORKSPACE).set("X-API-KEY", KEY);
}

/** What Workspace makes of a body: JSON where it is JSON, else text. */
function read(response: Response): unknown {
  const { type, text } = response;
  return type === "application/json" ? JSON.parse(text) : text;
}

it("serves every widget of widgets.json, and every handler has an entry", () => {
  expect(manifest.problems).toEqual([]);
  expect(manifest.widgets.map((widget) => widget.id).sort()).toEqual(Object.keys(definitions).sort());
  expect(modules.map((module) => module.id).sort()).toEqual(Object.keys(definitions).sort());
});

for (const widget of manifest.widgets) {
  const shapes = paramShapes(definitions[widget.id]);

  /** Expects a 200 whose body has the shape of the widget's type. */
  async function expectAnswer(query: Record<string, string>) {
    const response = await call(widget.path, query);
    expect(response.text === "" ? "an empty body" : response.status, response.text.slice(0, 500)).toBe(200);
    const { answer, rawAnswer = answer } = widget.module;
    const result = (query.raw === "true" ? rawAnswer : answer).safeParse(read(response));
    expect(result.error?.issues ?? [], `the shape of a ${widget.type}`).toEqual([]);
  }

  describe(`${widget.id} (${widget.type})`, () => {
    it("answers with its defaults", () => expectAnswer({}));

    for (const shape of shapes) {
      for (const choice of shape.choices ?? (shape.kind === "boolean" ? [true, false] : [])) {
        it(`answers with ${shape.name}=${choice}`, () => expectAnswer({ [shape.name]: String(choice) }));
      }
      if (shape.many && shape.choices) {
        const all = shape.choices.join(",");
        it(`answers with ${shape.name}=${all}`, () => expectAnswer({ [shape.name]: all }));
      }
      if (shape.choices || shape.kind !== "string") {
        it(`refuses a wrong ${shape.name}`, async () => {
          const response = await call(widget.path, { [shape.name]: "no such value" });
          expect(response.status).toBe(400);
          expect(response.body.detail).toContain(shape.name);
        });
      }
    }

    it("passes over parameters that it does not have", () => expectAnswer({ no_such_parameter: "1" }));

    it("may be called by Workspace", async () => {
      const preflight = await http
        .options(widget.path)
        .set("Origin", WORKSPACE)
        .set("Access-Control-Request-Method", "GET")
        .set("Access-Control-Request-Headers", "x-api-key");
      expect(preflight.status).toBe(204);
      expect(preflight.headers["access-control-allow-origin"]).toBe(WORKSPACE);
      expect(preflight.headers["access-control-allow-headers"]).toContain("x-api-key");
    });

    it("is not for callers without the key", async () => {
      // A new app: too many failures in a row would be refused for another reason.
      expect((await supertest(await app()).get(widget.path)).status).toBe(401);
    });
  });
}
