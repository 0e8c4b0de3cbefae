/** Backends that cannot be connected to, as people write them with Express; each fault is found with its code. */
import { gzipSync } from "node:zlib";
import cors from "cors";
import type { Express } from "express";
import { describe, expect, it } from "vitest";
import { ALLOWED, check, errorsOf, KEY, type Settings, SHORT_MS, WIDGETS } from "./express.js";

/** Sends a status before the CORS package would. */
function preflight(status: number, headers: Record<string, string> = {}): (app: Express) => void {
  return (app) => {
    app.use((req, res, next) => (req.method === "OPTIONS" ? res.status(status).set(headers).end() : next()));
    app.use(cors({ origin: ALLOWED }));
  };
}

it("nothing is found in a backend that is right", async () => {
  const report = await check(() => {});
  expect(report.findings).toEqual([]);
  expect(report.summary).toEqual(["Workspace would connect, and let you add the backend: 1 widget, 0 apps."]);
});

describe("what no widget could be loaded with", () => {
  const faults: [name: string, code: string, fault: (app: Express) => void, settings?: Settings][] = [
    ["no CORS at all", "no-cors", () => {}, { ownCors: true }],
    [
      "another origin",
      "wrong-cors-origin",
      (app) => app.use(cors({ origin: "http://localhost:3000" })),
      { ownCors: true },
    ],
    [
      "an origin with a slash at its end",
      "wrong-cors-origin",
      (app) => app.use((_req, res, next) => res.set("Access-Control-Allow-Origin", "https://pro.openbb.co/") && next()),
      { ownCors: true },
    ],
    [
      "the origin null",
      "wrong-cors-origin",
      (app) => app.use((_req, res, next) => res.set("Access-Control-Allow-Origin", "null") && next()),
      { ownCors: true },
    ],
    [
      "two origins in the header",
      "wrong-cors-origin",
      (app) => app.use((_req, res, next) => res.set("Access-Control-Allow-Origin", ALLOWED.join(", ")) && next()),
      { ownCors: true },
    ],
    [
      "authentication before CORS",
      "preflight-needs-credentials",
      preflight(401),
      { ownCors: true, connection: { headers: KEY } },
    ],
    [
      "a 403 for preflights",
      "preflight-needs-credentials",
      preflight(403),
      { ownCors: true, connection: { headers: KEY } },
    ],
    ["404 for preflights", "preflight-refused", preflight(404), { ownCors: true, connection: { headers: KEY } }],
    ["405 for preflights", "preflight-refused", preflight(405), { ownCors: true, connection: { headers: KEY } }],
    [
      "a redirect of preflights",
      "preflight-redirected",
      preflight(308, { Location: "https://elsewhere.invalid/" }),
      { ownCors: true, connection: { headers: KEY } },
    ],
    [
      "a header that is not allowed",
      "header-not-allowed",
      (app) => app.use(cors({ origin: ALLOWED, allowedHeaders: ["Content-Type"] })),
      { ownCors: true, connection: { headers: KEY } },
    ],
    [
      "a star for Authorization",
      "header-not-allowed",
      (app) => app.use(cors({ origin: ALLOWED, allowedHeaders: ["*"] })),
      { ownCors: true, connection: { headers: { Authorization: "Bearer correct-horse-battery" } } },
    ],
    [
      "401",
      "not-authorised",
      (app) => app.get("/widgets.json", (_req, res) => res.status(401).json({ detail: "No key." })),
    ],
    [
      "401 for everything",
      "not-authorised",
      (app) => app.use((_req, res) => res.status(401).json({ detail: "No key." })),
    ],
    [
      "404 as HTML",
      "no-widgets-json",
      (app) => app.get("/widgets.json", (_req, res) => res.status(404).send("<h1>404</h1>")),
    ],
    [
      "422",
      "widgets-json-fails",
      (app) => app.get("/widgets.json", (_req, res) => res.status(422).json({ detail: [] })),
    ],
    [
      "500",
      "widgets-json-fails",
      (app) => {
        app.get("/widgets.json", (_req, res) => res.status(500).json({ detail: "It broke." }));
      },
    ],
    [
      "preflights that are never answered",
      "timed-out",
      (app) => app.use((req, _res, next) => void (req.method === "OPTIONS" || next())),
      { ownCors: true, connection: { headers: KEY }, options: { budgetMs: 400 } },
    ],
    [
      "HTML with 200",
      "html-instead-of-json",
      (app) => app.get("/widgets.json", (_req, res) => res.send("<!doctype html><p>Hi")),
    ],
    [
      "a redirect to a login page",
      "login-page",
      (app) => {
        app.get("/widgets.json", (_req, res) => res.redirect("/login"));
        app.get("/login", (_req, res) => res.send("<!doctype html><form>"));
      },
    ],
    [
      "a redirect to a login page, without CORS",
      "login-page",
      (app) => {
        app.get("/widgets.json", (_req, res) => res.redirect("/login"));
        app.get("/login", (_req, res) => res.send("<!doctype html><form>"));
      },
      { ownCors: true },
    ],
    [
      "a redirect in circles",
      "bad-redirect",
      (app) => app.get("/widgets.json", (_req, res) => res.redirect("/widgets.json")),
    ],
    [
      "a redirect to a plain http address",
      "mixed-content",
      (app) => app.get("/widgets.json", (_req, res) => res.redirect(307, "http://10.255.255.1/widgets.json")),
    ],
    [
      "Cloudflare's challenge",
      "tunnel-page",
      (app) =>
        app.get("/widgets.json", (_req, res) =>
          res.status(403).set("cf-mitigated", "challenge").send("<!DOCTYPE html><title>Just a moment...</title>"),
        ),
      { ownCors: true },
    ],
    [
      "localtunnel's reminder",
      "tunnel-page",
      (app) => app.get("/widgets.json", (_req, res) => res.status(401).send("<html>Set bypass-tunnel-reminder</html>")),
    ],
    ["no answer", "timed-out", (app) => app.get("/widgets.json", () => {}), { options: { budgetMs: SHORT_MS } }],
    [
      "headers, and then nothing",
      "timed-out",
      (app) => app.get("/widgets.json", (_req, res) => void res.type("json").write("{")),
      { options: { budgetMs: SHORT_MS } },
    ],
    ["a cut connection", "connection-cut", (app) => app.get("/widgets.json", (req) => void req.socket.destroy())],
    [
      "a truncated body",
      "connection-cut",
      (app) =>
        app.get("/widgets.json", (req, res) => {
          res.type("json").set("Content-Length", "5000").write('{"prices":');
          setTimeout(() => req.socket.destroy(), 50);
        }),
    ],
    [
      "a body that never ends",
      "too-large",
      (app) =>
        app.get("/widgets.json", (_req, res) => {
          const more = () => {
            while (!res.destroyed && res.write(" ".repeat(65_536)));
          };
          res.on("drain", more);
          more();
        }),
    ],
    [
      "a gzip bomb",
      "too-large",
      (app) =>
        app.get("/widgets.json", (_req, res) => {
          res.set({ "Content-Encoding": "gzip", "Content-Type": "application/json" }).end(BOMB);
        }),
    ],
    [
      "plain text that says it is gzip",
      "bad-encoding",
      (app) =>
        app.get("/widgets.json", (_req, res) => res.set("Content-Encoding", "gzip").end(JSON.stringify(WIDGETS))),
    ],
    [
      "a flood of headers",
      "not-http",
      (app) => app.get("/widgets.json", (_req, res) => res.set("X-Flood", "x".repeat(60_000)).end("{}")),
    ],
    ["what is no HTTP", "not-http", (app) => app.get("/widgets.json", (req) => void req.socket.end("hello\r\n\r\n"))],
    [
      "JSON with a comma too many",
      "invalid-json",
      (app) => app.get("/widgets.json", (_req, res) => res.type("json").send('{"a": 1,}')),
    ],
    [
      "a Content-Length that is too short",
      "invalid-json",
      (app) =>
        app.get("/widgets.json", (req, res) => {
          const cors = `Access-Control-Allow-Origin: ${req.headers.origin}`;
          res.socket?.end(
            `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n${cors}\r\nContent-Length: 5\r\n\r\n{"prices": 1}`,
          );
        }),
    ],
    [
      "UTF-16",
      "invalid-json",
      (app) =>
        app.get("/widgets.json", (_req, res) =>
          res.type("json").send(Buffer.from(`\ufeff${JSON.stringify(WIDGETS)}`, "utf16le")),
        ),
    ],
    ["an empty body", "invalid-json", (app) => app.get("/widgets.json", (_req, res) => res.status(200).end())],
    ["a query in the URL", "base-with-query", () => {}, { suffix: "?key=correct-horse-battery" }],
  ];
  for (const [name, code, fault, settings] of faults) {
    it(`${name}: ${code}`, async () => {
      const report = await check(fault, settings);
      expect(errorsOf(report)).toEqual([code]);
      expect([report.connects, report.canAdd]).toEqual([false, false]);
      expect(report.summary).toHaveLength(1);
      expect(JSON.stringify({ ...report, files: [] })).not.toContain("correct-horse-battery");
    });
  }
});

/** 200 MB of spaces in 200 kB. */
const BOMB = gzipSync(Buffer.alloc(200_000_000, 32));
