/** Backends that connect, with faults that show later or not at all. */

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import cors from "cors";
import { describe, expect, it } from "vitest";
import { ALLOWED, check, codesOf, errorsOf, ROWS, SHORT_MS, WIDGETS } from "./express.js";

describe("what connects all the same", () => {
  it("a page in an iframe without CORS, which the dialog asks for when it validates", async () => {
    const report = await check((app) => {
      app.get("/widgets.json", (_req, res) =>
        res.json({ page: { ...WIDGETS.prices, type: "iframe", endpoint: "page" } }),
      );
      app.get("/page", (_req, res) => {
        res.removeHeader("Access-Control-Allow-Origin");
        res.send("<!doctype html><p>Hi");
      });
    });
    expect(report.findings).toMatchObject([{ code: "fails-validation", severity: "warning" }]);
    expect(report.findings[0]?.message).toContain('"page" (nothing that the page may read: no-cors)');
  });

  it("a page of another site in an iframe, which is not the author's to change", async () => {
    const other = createServer((_req, res) => res.setHeader("Content-Type", "text/html").end("<!doctype html><p>Hi"));
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    const endpoint = `http://127.0.0.1:${(other.address() as AddressInfo).port}/page`;
    try {
      const report = await check((app) => {
        app.get("/widgets.json", (_req, res) => res.json({ page: { ...WIDGETS.prices, type: "iframe", endpoint } }));
      });
      expect(report.findings).toEqual([]);
    } finally {
      other.close();
    }
  });

  it("an agents.json that hangs, for which connecting waits", async () => {
    const report = await check((app) => app.get("/agents.json", () => {}), { options: { budgetMs: 500 } });
    expect(report.findings).toMatchObject([{ code: "timed-out", severity: "warning", file: "agents.json" }]);
    expect(report.connects).toBe(true);
  });

  it("widgets that are too slow one after the other, as the dialog asks them when it validates", async () => {
    const ids = Array.from({ length: 6 }, (_, index) => `slow${index}`);
    const widget = (id: string) => [id, { ...WIDGETS.prices, name: id, endpoint: `slow/${id}` }];
    const report = await check(
      (app) => {
        app.get("/widgets.json", (_req, res) => res.json(Object.fromEntries(ids.map(widget))));
        app.get("/slow/:id", (_req, res) => void setTimeout(() => res.json(ROWS), 300));
      },
      { options: { budgetMs: 1500, concurrency: 6 } },
    );
    expect(errorsOf(report)).toEqual([]);
    const found = report.findings.find(({ code }) => code === "fails-validation");
    expect(found?.message).toMatch(
      /one after the other and has 1\.5 seconds for all: these calls took [1-9][.\d]* seconds\.$/,
    );
  });

  it("a long answer to that mode is cut where one can see it", async () => {
    const report = await check((app) =>
      app.get("/prices", (_req, res) => res.status(400).json({ detail: "x".repeat(200) })),
    );
    const found = report.findings.find(({ code }) => code === "fails-validation");
    expect(found?.message).toContain(`(${"x".repeat(100)}…)`);
  });

  it("a byte order mark is passed over, as by the client", async () => {
    const report = await check((app) =>
      app.get("/widgets.json", (_req, res) => res.type("json").send(`\ufeff${JSON.stringify(WIDGETS)}`)),
    );
    expect(report.findings).toEqual([]);
    expect(report.checked.widgets).toBe(1);
  });

  it("a wrong content type of widgets.json", async () => {
    const report = await check((app) =>
      app.get("/widgets.json", (_req, res) => res.type("text").send(JSON.stringify(WIDGETS))),
    );
    expect(report.findings).toEqual([]);
  });

  it("templates.json, where there is no apps.json", async () => {
    const app = {
      name: "Board",
      tabs: { "": { id: "", name: "", layout: [{ i: "prices", x: 0, y: 0, w: 20, h: 10 }] } },
    };
    const report = await check((backend) => {
      backend.get("/apps.json", (_req, res) => res.status(404).json({ detail: "Not here." }));
      backend.get("/templates.json", (_req, res) => res.json([app]));
    });
    expect(errorsOf(report)).toEqual([]);
    expect(report.checked.apps).toBe(1);
    expect(report.files.map(({ name }) => name.split("/").at(-1))).toEqual(["widgets.json", "templates.json"]);
  });

  it("a bad app: widgets are read, and the backend cannot be added", async () => {
    const report = await check((app) => app.get("/apps.json", (_req, res) => res.json([{ name: "Board" }])));
    expect(errorsOf(report)).toEqual(["missing-field"]);
    expect([report.connects, report.canAdd]).toEqual([true, false]);
  });

  it("apps.json that is no JSON: no apps", async () => {
    const report = await check((app) => app.get("/apps.json", (_req, res) => res.type("json").send("[,]")));
    expect(codesOf(report)).toEqual(["invalid-json"]);
    expect(errorsOf(report)).toEqual([]);
    expect(report.canAdd).toBe(true);
  });

  it("a connection that is cut on apps.json: templates.json is not asked for", async () => {
    const asked: string[] = [];
    const report = await check((app) => {
      app.use((req, _res, next) => {
        asked.push(req.path);
        next();
      });
      app.get("/apps.json", (req) => void req.socket.destroy());
    });
    expect(errorsOf(report)).toEqual(["connection-cut"]);
    expect(report.findings[0]?.file).toBe("apps.json");
    expect(asked).not.toContain("/templates.json");
  });

  it("an object in place of a list of agents does not stop the rest", async () => {
    const report = await check((app) =>
      app.get("/agents.json", (_req, res) =>
        res.json({ helper: { name: "Helper", description: "Answers.", endpoints: { query: "/query" } } }),
      ),
    );
    expect(errorsOf(report)).toEqual([]);
    expect(report.checked.agents).toBe(1);
  });

  it("one wrong setting over thirty widgets is one finding, which names them", async () => {
    const many = Object.fromEntries(
      Array.from({ length: 30 }, (_, n) => [
        `w${n}`,
        { ...WIDGETS.prices, name: `Prices ${n}`, endpoint: `table/${n}` },
      ]),
    );
    const report = await check(
      (app) => {
        app.get("/widgets.json", cors({ origin: ALLOWED }), (_req, res) => res.json(many));
        app.get("/apps.json", cors({ origin: ALLOWED }), (_req, res) => res.json([]));
        app.get("/table/:n", (_req, res) => res.json(ROWS));
      },
      { ownCors: true },
    );
    expect(errorsOf(report)).toEqual(["no-cors"]);
    const finding = report.findings.find(({ code }) => code === "no-cors");
    expect(finding?.message).toContain(
      'This goes for 30 calls, of the widgets "w0", "w1", "w2", "w3", "w4" and 25 more.',
    );
    expect(finding?.path).toBe("");
  });

  it("a widget that is slower than the budget", async () => {
    const report = await check((app) => app.get("/prices", () => {}), { options: { budgetMs: SHORT_MS } });
    expect(errorsOf(report)).toEqual(["timed-out"]);
    expect(report.findings[0]?.path).toBe("/prices/endpoint");
  });

  it("a backend that answers now and then is not waited for without an end", async () => {
    const widget = (path: string, n: number) => ({ ...WIDGETS.prices, name: `${path} ${n}`, endpoint: `${path}/${n}` });
    const many = Object.fromEntries(
      Array.from({ length: 80 }, (_, n) => [`w${n}`, widget(n % 2 === 0 ? "hang" : "quick", n)]),
    );
    const report = await check(
      (app) => {
        app.get("/widgets.json", (_req, res) => res.json(many));
        app.get("/hang/:n", () => {});
        app.get("/quick/:n", (_req, res) => res.json(ROWS));
      },
      { options: { budgetMs: 300, concurrency: 2 } },
    );
    expect(errorsOf(report)).toEqual(["timed-out"]);
    expect(report.findings[0]?.message).toMatch(/After that, \d+ more calls were not made\.$/);
  });

  it("a backend that hangs after connecting is not waited for once per widget", async () => {
    const many = Object.fromEntries(
      Array.from({ length: 40 }, (_, n) => [
        `w${n}`,
        { ...WIDGETS.prices, name: `Prices ${n}`, endpoint: `hang/${n}` },
      ]),
    );
    const report = await check(
      (app) => {
        app.get("/widgets.json", (_req, res) => res.json(many));
        app.get("/hang/:n", () => {});
      },
      { options: { budgetMs: SHORT_MS } },
    );
    expect(errorsOf(report)).toEqual(["timed-out"]);
    expect(report.findings[0]?.message).toMatch(/After that, \d+ more calls were not made\.$/);
  });
});
