import supertest from "supertest";
import { describe, expect, it } from "vitest";
import { Choices } from "../src/openbb/beside.js";
import { dataPath, unwrapData } from "../src/openbb/data-key.js";
import { readJson } from "../src/openbb/files.js";
import { endpointQuery, placeholderName } from "../src/openbb/typegen/paths.js";
import { optionsRoutes, ownPaths } from "../src/openbb/typegen/routes.js";
import { paramShapes } from "../src/openbb/typegen/shape.js";
import { modules } from "../src/widgets/index.gen.js";
import { app, bytes, KEY, manifest, served, WORKSPACE } from "./setup.js";

const definitions = readJson(new URL("../widgets.json", import.meta.url)) as Record<string, Record<string, unknown>>;
const http = supertest(await app());
const links = await served(http);

/** Calls a URL as Workspace does. */
function call(path: string, query: Record<string, string> = {}) {
  return http.get(path).query(query).set("Origin", WORKSPACE).set("X-API-KEY", KEY).buffer(true).parse(bytes);
}

/** What Workspace makes of a body: JSON where it is JSON, else text; bytes of anything else. */
function read(type: string, body: Buffer): unknown {
  if (type === "application/json") return JSON.parse(body.toString());
  return type.startsWith("text/") ? body.toString() : body;
}

it("serves every widget of widgets.json, and every handler has an entry", () => {
  expect(manifest.problems).toEqual([]);
  // Widgets of one type at one endpoint have one handler.
  const ids = new Set(manifest.widgets.map((widget) => widget.module.id));
  expect([...ids].sort()).toEqual(modules.map((module) => module.id).sort());
});

for (const widget of manifest.widgets) {
  const definition = definitions[widget.id];
  const shapes = paramShapes(widget.together);
  const [endpoint] = widget.endpoints;
  const method = endpoint?.method ?? "GET";

  /** What Workspace always sends: what the endpoint says after `?`; all there is, where widgets share the path. */
  const contested = (manifest.routes.find(widget.path)?.routes.length ?? 0) > 1;
  const own = paramShapes(definition).filter(({ name }) => contested || name === "theme");
  const constants = endpointQuery(String(definition?.endpoint)).filter(([, value]) => !placeholderName(value));
  const always: Record<string, string> = Object.fromEntries([
    ...own.flatMap(({ name, fallback }) => (fallback === undefined ? [] : [[name, String(fallback)]])),
    ...constants,
  ]);

  /** The path of the endpoint, with values in the place of its placeholders. */
  function path(values: Record<string, string> = {}) {
    const value = (name: string) =>
      Object.hasOwn(values, name) ? values[name] : (shapes.find((shape) => shape.name === name)?.fallback ?? "");
    return widget.path.replace(/\{([^{}/]+)\}/g, (_, name: string) => encodeURIComponent(String(value(name))));
  }

  /** Expects a 200 whose body has the shape of the widget's type. */
  async function expectAnswer(query: Record<string, string>) {
    const response = await call(path(query), { ...always, ...query });
    const body: Buffer = response.body;
    expect(body.length === 0 ? "an empty body" : response.status, body.toString().slice(0, 500)).toBe(200);
    const { answer, rawAnswer = answer } = widget.module;
    const raw = query.raw === "true";
    const sent = read(response.type, body);
    const data = raw ? sent : unwrapData(dataPath(widget.type, widget.definition), sent);
    const result = (raw ? rawAnswer : answer).safeParse(data);
    expect(result.error?.issues ?? [], `the shape of a ${widget.type}`).toEqual([]);
  }

  describe(`${widget.id} (${widget.type})`, () => {
    // What is asked with a body has a test of its own, by type.
    if (method === "GET") {
      it("answers with its defaults", () => expectAnswer({}));
      it("passes over parameters that it does not have", () => expectAnswer({ no_such_parameter: "1" }));

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
            const wrong = { [shape.name]: "no such value" };
            const response = await call(path(wrong), { ...always, ...wrong });
            expect(response.status).toBe(400);
            expect(response.body.toString()).toContain(shape.name);
          });
        }
      }
    }

    // Where the choices are what another widget shows, that one is tested for itself.
    const shown = new Set(Object.values(definitions).flatMap(ownPaths));
    const asked = optionsRoutes(definition).filter((route) => !shown.has(route.path));
    for (const { param, path: choices } of asked) {
      it(`lists the choices of ${param}`, async () => {
        const response = await call(choices);
        expect(response.status, response.body.toString().slice(0, 500)).toBe(200);
        expect(Choices.safeParse(read(response.type, response.body)).error?.issues ?? []).toEqual([]);
      });
    }

    it("may be called by Workspace", async () => {
      const preflight = await http
        .options(path())
        .set("Origin", WORKSPACE)
        .set("Access-Control-Request-Method", method)
        .set("Access-Control-Request-Headers", "x-api-key,content-type");
      expect(preflight.status).toBe(204);
      expect(preflight.headers["access-control-allow-origin"]).toBe(WORKSPACE);
      expect(preflight.headers["access-control-allow-methods"]).toContain(method);
      expect(preflight.headers["access-control-allow-headers"]).toContain("x-api-key");
    });

    it("is not for callers without the key", async () => {
      // A new app: too many failures in a row would be refused for another reason.
      const fresh = supertest(await app());
      expect((await fresh.get(path())).status).toBe(401);
      expect((await fresh.get(`/t/wrong${path()}`)).status).toBe(401);
    });

    if (endpoint?.headerless) {
      it("answers at its link without headers, and the link opens nothing else", async () => {
        const link = links[widget.id]?.endpoint;
        expect(link).toMatch(/^t\//);
        expect((await http.get(`/${link}`).set("Origin", WORKSPACE)).status).toBe(200);
        const token = String(link).split("/")[1];
        expect((await http.get(`/t/${token}/widgets.json`)).status).toBe(404);
      });
    }
  });
}
