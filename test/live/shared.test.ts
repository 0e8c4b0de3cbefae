import cors from "cors";
import { describe, expect, it } from "vitest";
import { ALLOWED, check, codesOf, errorsOf, SHORT_MS, WIDGETS } from "./express.js";

const many = (count: number) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, n) => [`w${n}`, { ...WIDGETS.prices, name: `Prices ${n}`, endpoint: `p/${n}` }]),
  );

describe("what many widgets have in common", () => {
  it("is one finding, and is not tried again for each", async () => {
    let asked = 0;
    const report = await check((app) => {
      app.get("/widgets.json", (_req, res) => void res.json(many(60)));
      app.get("/p/:n", (_req, res) => {
        asked += 1;
        res.status(500).json({ detail: "The database is down." });
      });
    });
    expect(errorsOf(report)).toEqual(["request-failed"]);
    const finding = report.findings.find(({ code }) => code === "request-failed");
    expect(finding?.path).toBe("");
    expect(finding?.message).toContain('goes for the widgets "w0", "w1", "w2", "w3", "w4" and 55 more.');
    // Once for itself, once for "Validate widgets", and some once more.
    expect(asked).toBeLessThan(60 * 2 + 15);
  });

  it("stays where it is as long as few have it, and where it differs", async () => {
    const report = await check((app) => {
      app.get("/widgets.json", (_req, res) => void res.json(many(8)));
      app.get("/p/:n", (req, res) => void res.json(Number(req.params.n) < 5 ? [] : { detail: `No ${req.params.n}` }));
    });
    const empty = report.findings.filter(({ code }) => code === "empty-answer");
    expect(empty.map(({ path }) => path).sort()).toEqual(
      ["/w0", "/w1", "/w2", "/w3", "/w4"].map((id) => `${id}/endpoint`),
    );
  });

  it("of files and widgets is named so", async () => {
    const report = await check(() => {}, { ownCors: true });
    expect(report.findings[0]?.message).toContain('of the files and the widget "prices".');
  });

  it("a widget that hangs is waited for once", async () => {
    let asked = 0;
    const hang = () => {
      asked += 1;
    };
    const report = await check((app) => app.get("/prices", hang), { options: { budgetMs: SHORT_MS } });
    expect(errorsOf(report)).toEqual(["timed-out"]);
    expect(asked).toBe(1);
  });
});

describe("a connection that the server cuts", () => {
  it("while it is kept for more is replaced, as by browsers", async () => {
    let cuts = 0;
    const report = await check((app) => {
      app.get("/prices", (req, _res, next) => {
        if (cuts++ === 0) req.socket.destroy();
        else next();
      });
    });
    expect(codesOf(report)).toEqual([]);
  });

  it("is no reason to send a form twice", async () => {
    let sent = 0;
    const form = { paramName: "add", type: "form", endpoint: "add", inputParams: [{ paramName: "b", type: "button" }] };
    const report = await check(
      (app) => {
        app.get("/widgets.json", (_req, res) => void res.json({ p: { ...WIDGETS.prices, params: [form] } }));
        app.post("/add", (req) => {
          sent += 1;
          req.socket.destroy();
        });
      },
      { options: { forms: true } },
    );
    expect([sent, errorsOf(report)]).toEqual([1, ["connection-cut"]]);
  });
});

describe("a backend that answers anything", () => {
  it.each([
    ["an object", '{"message":"Hello"}'],
    ["nothing", ""],
    ["null", "null"],
    ["a text", "OK"],
  ])("has no agents, when that is %s", async (_, body) => {
    const report = await check((app) => app.get("/agents.json", (_req, res) => void res.type("json").send(body)));
    expect(codesOf(report)).toEqual([]);
    expect(report.files.map(({ file }) => file)).toEqual(["widgets.json", "apps.json"]);
  });

  it.each(["", "OK"])("has no apps, when that is %j", async (body) => {
    const report = await check((app) => app.get("/apps.json", (_req, res) => void res.type("text").send(body)));
    expect(codesOf(report)).toEqual(["apps-json-fails"]);
    expect([report.findings[0]?.severity, report.canAdd]).toEqual(["warning", true]);
  });
});

describe("preflights", () => {
  it("are asked of each origin of Workspace", async () => {
    const report = await check(
      (app) => {
        app.options("/widgets.json", cors({ origin: ALLOWED.slice(0, 2) }));
        app.use(cors({ origin: ALLOWED }));
      },
      { ownCors: true },
    );
    const finding = report.findings.find(({ code }) => code === "other-origins");
    expect(finding?.message).toMatch(/^From http:\/\/localhost:1420, https:\/\/excel\.openbb\.co Workspace could not/);
    expect(codesOf(report).sort()).toEqual(["no-private-network", "other-origins"]);
  });
});

describe("what is said of an address", () => {
  it("that ends in widgets.json", async () => {
    const report = await check(() => {}, { suffix: "/widgets.json" });
    expect(codesOf(report)).toEqual(["no-widgets-json"]);
    expect(report.findings[0]?.hint).toBe("Leave /widgets.json out of the URL: Workspace adds it.");
  });

  it("that has a fragment", async () => {
    const report = await check(() => {}, { suffix: "/#here" });
    expect(codesOf(report)).toEqual(["base-with-query"]);
    expect(report.findings[0]?.message).toMatch(/^The URL has a # in it,/);
    expect(report.findings[0]?.hint).toMatch(/^Write http:\/\/127\.0\.0\.1:\d+\/\.$/);
  });

  it("that fails without CORS headers, as servers do by themselves", async () => {
    const report = await check(
      (app) => {
        app.use((req, res, next) => (req.path === "/prices" ? next() : cors({ origin: ALLOWED })(req, res, next)));
        app.get("/prices", (_req, res) => void res.status(500).send("Internal Server Error"));
      },
      { ownCors: true },
    );
    const finding = report.findings.find(({ code }) => code === "no-cors");
    expect(finding?.message).toContain("(status 500)");
    expect(finding?.hint).toMatch(/^Look into the backend's log/);
  });
});
