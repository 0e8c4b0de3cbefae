import { existsSync } from "node:fs";
import supertest from "supertest";
import { describe, expect, it } from "vitest";
import { staleFiles } from "../scripts/generated.js";
import { readConfig } from "../src/config.js";
import { readJson } from "../src/openbb/files.js";
import { app, KEY, manifest } from "./setup.js";

const http = supertest(await app());
const apps = [read("../apps.json")].flat() as App[];

/** What imported dashboards show that is not of this backend: Workspace's own widgets, or another backend's. */
const ELSEWHERE = "./elsewhere.json";
const elsewhere: { widgets: string[]; pictures: string[] } = existsSync(new URL(ELSEWHERE, import.meta.url))
  ? (read(ELSEWHERE) as { widgets: string[]; pictures: string[] })
  : { widgets: [], pictures: [] };

function read(path: string) {
  return readJson(new URL(path, import.meta.url));
}

interface App {
  name: string;
  img?: string;
  tabs: Record<string, { layout: { i: string }[] }>;
}

it("has up-to-date generated files", () => {
  expect(staleFiles(), "run npm run types").toEqual([]);
});

describe("the dashboards", () => {
  it("show only widgets that exist", () => {
    const ids = Object.keys(JSON.parse(manifest.widgetsJson()));
    const known = new Set(["navigation_bar", ...ids, ...elsewhere.widgets]);
    const shown = apps.flatMap(({ tabs }) => Object.values(tabs).flatMap(({ layout }) => layout.map(({ i }) => i)));
    expect(shown.filter((id) => !known.has(id))).toEqual([]);
  });

  it("have their pictures", async () => {
    const ours = (path: string) => path !== "" && !path.includes(":") && !elsewhere.pictures.includes(path);
    for (const img of apps.map((entry) => entry.img ?? "").filter(ours)) {
      const response = await http.get(`/${img.replace(/^\/+/, "")}`);
      expect(response.status, img).toBe(200);
      expect(response.headers["cross-origin-resource-policy"]).toBe("cross-origin");
    }
  });
});

describe("the routes beside the widgets", () => {
  it("serve widgets.json and apps.json", async () => {
    for (const path of ["/widgets.json", "/apps.json"]) {
      const response = await http.get(path).set("X-API-KEY", KEY).set("Origin", "https://pro.openbb.co");
      expect(response.status).toBe(200);
      expect(response.headers["access-control-allow-origin"]).toBe("https://pro.openbb.co");
    }
  });

  it("tell that the backend lives, without a key", async () => {
    const response = await http.get("/healthz");
    expect(response.body).toMatchObject({ status: "ok", widgets: manifest.widgets.length });
  });

  it.skipIf(manifest.routes.find("/"))("show people a page, which lists nothing without the key", async () => {
    const locked = await http.get("/").set("Accept", "text/html");
    expect(locked.status).toBe(200);
    expect(locked.text).not.toContain("data-path=");
    const open = await http.get("/").set("Accept", "text/html").set("X-API-KEY", KEY);
    expect(open.text.match(/data-path=/g) ?? []).toHaveLength(manifest.widgets.length);
  });

  it("answer JSON where there is nothing", async () => {
    const response = await http.get("/no-such-route").set("X-API-KEY", KEY);
    expect(response.status).toBe(404);
    expect(response.body.detail).toContain("/no-such-route");
  });
});

describe("who may call", () => {
  it("not a page of another origin", async () => {
    const response = await http.get("/widgets.json").set("Origin", "https://evil.example").set("X-API-KEY", KEY);
    expect(response.status).toBe(403);
    expect(response.headers["access-control-allow-origin"]).toBeUndefined();
  });

  it("not under a name that was made to point here", async () => {
    const response = await http.get("/widgets.json").set("Host", "evil.example").set("X-API-KEY", KEY);
    expect(response.status).toBe(403);
  });

  it("not with a wrong key", async () => {
    for (const wrong of ["wrong", `${KEY}x`, ""]) {
      expect((await http.get("/widgets.json").set("X-API-KEY", wrong)).status).toBe(401);
    }
    expect((await http.get("/widgets.json").set("Authorization", `Bearer ${KEY}`)).status).toBe(200);
  });

  it("a public page, on this machine's network, after Chrome has asked", async () => {
    const preflight = await http
      .options("/widgets.json")
      .set("Origin", "https://pro.openbb.co")
      .set("Access-Control-Request-Method", "GET")
      .set("Access-Control-Request-Private-Network", "true");
    expect(preflight.headers["access-control-allow-private-network"]).toBe("true");
  });

  it("only with JSON in the body", async () => {
    const response = await http.post("/widgets.json").set("Content-Type", "text/plain").send("x");
    expect(response.status).toBe(415);
  });
});

it("says which environment variables are wrong", () => {
  const wrong = { API_KEY: KEY, PORT: "http", ALLOWED_ORIGINS: "https://a.example/path" };
  expect(() => readConfig(wrong)).toThrow(/PORT must be a whole number[\s\S]*ALLOWED_ORIGINS must be origins/);
});
