import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import cors from "cors";
import express, { type Express, type Request, type Response } from "express";
import { afterAll, describe, expect, it } from "vitest";
import { WebSocketServer } from "ws";
import { checkLive } from "../../src/live/index.js";

const servers: Server[] = [];
afterAll(() => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
});

interface Fault {
  /** What is wrong. */
  name: string;
  /** The code it must be found with. */
  code: string;
  /** The definition of the widget, beyond its name and description. */
  widget?: Record<string, unknown>;
  /** Its routes. */
  routes?: (app: Express) => void;
  /** What the socket does when it is opened, or false when there is none. */
  socket?: ((send: (text: string) => void) => void) | false;
  budgetMs?: number;
  forms?: boolean;
}

const ROWS = [
  { symbol: "AAPL", price: 190.1 },
  { symbol: "MSFT", price: 410.2 },
];
const PDF = Buffer.from("%PDF-1.4\n%%EOF\n");
const json = (body: unknown) => (app: Express) => void app.get("/data", (_req, res) => void res.json(body));
const text = (body: string, type = "text/plain") => {
  return (app: Express) => void app.get("/data", (_req, res) => void res.type(type).send(body));
};
const FILE = { data_format: { data_type: "pdf", filename: "a.pdf" }, content: PDF.toString("base64") };
const SELECTOR = {
  paramName: "files",
  type: "endpoint",
  label: "Files",
  optionsEndpoint: "files",
  roles: ["fileSelector"],
  multiSelect: true,
  show: false,
  value: ["a"],
};
const GRID = {
  type: "live_grid",
  wsEndpoint: "live",
  data: {
    wsRowIdColumn: "symbol",
    table: {
      columnsDefs: [
        { field: "symbol", headerName: "Symbol" },
        { field: "price", headerName: "Price", enableCellChangeWs: true },
      ],
    },
  },
};
const UDF = { type: "advanced_charting", data: { defaultSymbol: "AAPL" } };

function pages(answer: (req: Request, res: Response) => unknown) {
  return (app: Express) => void app.post("/data", express.json(), (req, res) => void answer(req, res));
}

const exactly = (res: Response, body: unknown) =>
  res.setHeader("Content-Type", "application/json").end(JSON.stringify(body));

function files(answer: (names: string[], res: Response) => unknown) {
  return (app: Express) => {
    app.get("/files", (_req, res) => void res.json(["a", "b", "c"].map((value) => ({ label: value, value }))));
    app.post("/data", express.json(), (req, res) => void answer(req.body.files, res));
  };
}

const FORM = {
  params: [
    {
      paramName: "order",
      type: "form",
      label: "Order",
      endpoint: "orders",
      method: "POST",
      inputParams: [
        { paramName: "name", type: "text", label: "Name" },
        { paramName: "save", type: "button", label: "Save", value: "save" },
      ],
    },
  ],
};

const FAULTS: Fault[] = [
  { name: "an HTML page with 404", code: "error-not-json", routes: () => {} },
  {
    name: "a text with 500",
    code: "error-not-json",
    routes: (app) => void app.get("/data", (_req, res) => void res.status(500).type("text").send("boom")),
  },
  {
    name: "an error in JSON",
    code: "request-failed",
    routes: (app) => void app.get("/data", (_req, res) => void res.status(404).json({ detail: "No such table" })),
  },
  {
    name: "HTML with 200 where JSON is due",
    code: "answer-not-json",
    routes: text("<!doctype html><p>Hi</p>", "html"),
  },
  { name: "NaN in JSON", code: "answer-not-json", routes: text('[{"price": NaN}]', "json") },
  {
    name: "status 204",
    code: "no-content",
    routes: (app) => void app.get("/data", (_req, res) => void res.status(204).end()),
  },
  { name: "an error with 200", code: "error-as-success", routes: json({ error: "no database" }) },
  { name: "results without dataKey", code: "rows-not-unwrapped", routes: json({ results: ROWS }) },
  {
    name: "a dataKey to nowhere",
    code: "lost-data-key",
    widget: { data: { dataKey: "items" } },
    routes: json({ results: ROWS }),
  },
  { name: "rows of lists", code: "rows-not-objects", routes: json([["AAPL", 190.1]]) },
  {
    name: "columns that no row has",
    code: "column-not-in-rows",
    widget: {
      data: {
        table: {
          columnsDefs: [
            { field: "Symbol", headerName: "Symbol" },
            { field: "Price", headerName: "Price" },
          ],
        },
      },
    },
    routes: json(ROWS),
  },
  {
    name: "one option that fails",
    code: "request-failed",
    widget: {
      params: [
        {
          paramName: "range",
          type: "text",
          label: "Range",
          value: "1Y",
          options: [
            { label: "A year", value: "1Y" },
            { label: "All", value: "max" },
          ],
        },
      ],
    },
    routes: (app) =>
      void app.get(
        "/data",
        (req, res) => void (req.query.range === "1Y" ? res.json(ROWS) : res.status(400).json({ detail: "range?" })),
      ),
  },
  { name: "an empty plot", code: "empty-plot", widget: { type: "chart" }, routes: json({ data: [], layout: {} }) },
  { name: "a figure as a string", code: "no-plotly-figure", widget: { type: "chart" }, routes: json('{"data":[{}]}') },
  {
    name: "bare Highcharts options",
    code: "bare-highcharts",
    widget: { type: "chart-highcharts" },
    routes: json({ series: [{ data: [1, 2] }] }),
  },
  {
    name: "Vega in place of Vega-Lite",
    code: "no-vega-view",
    widget: { type: "chart-vegalite" },
    routes: json({ marks: [] }),
  },
  {
    name: "a metric without value",
    code: "no-metric",
    widget: { type: "metric" },
    routes: json([{ name: "Price", amount: 1 }]),
  },
  { name: "a numeric text body", code: "markdown-not-text", widget: { type: "markdown" }, routes: text("42") },
  { name: "HTML in JSON quotes", code: "html-as-json", widget: { type: "html" }, routes: json("<p>Hi</p>") },
  {
    name: "YouTube in JSON quotes",
    code: "no-video-url",
    widget: { type: "youtube" },
    routes: json("https://www.youtube.com/watch?v=dQw4w9WgXcQ"),
  },
  {
    name: "news with a bad date",
    code: "news-bad-date",
    widget: { type: "newsfeed" },
    routes: json([{ title: "a", date: "yesterday", author: "b", excerpt: "c", body: "d" }]),
  },
  { name: "news in an object", code: "news-not-a-list", widget: { type: "newsfeed" }, routes: json({ articles: [] }) },
  { name: "a charset on a PDF's JSON", code: "file-content-type", widget: { type: "pdf" }, routes: json(FILE) },
  {
    name: "a data: prefix in a PDF's content",
    code: "not-a-pdf",
    widget: { type: "pdf" },
    routes: (app) =>
      void app.get(
        "/data",
        (_req, res) => void exactly(res, { ...FILE, content: `data:application/pdf;base64,${FILE.content}` }),
      ),
  },
  {
    name: "a linked PDF on plain http",
    code: "bad-file-link",
    widget: { type: "pdf" },
    routes: (app) =>
      void app.get(
        "/data",
        (_req, res) => void exactly(res, { data_format: FILE.data_format, url: "http://files.example.com/a.pdf" }),
      ),
  },
  {
    name: "a linked PDF that wants a login",
    code: "bad-file-link",
    widget: { type: "pdf" },
    routes: (app) => {
      const link = (req: Request) => `http://127.0.0.1:${req.socket.localPort}/a.pdf`;
      app.get("/data", (req, res) => void exactly(res, { data_format: FILE.data_format, url: link(req) }));
      app.get("/a.pdf", (_req, res) => void res.status(401).json({ detail: "no key" }));
    },
  },
  {
    name: "a charset on several files",
    code: "file-content-type",
    widget: { type: "multi_file_viewer", params: [SELECTOR] },
    routes: files((names, res) => res.json(names.map(() => FILE))),
  },
  {
    name: "too few files",
    code: "files-out-of-step",
    widget: { type: "multi_file_viewer", params: [SELECTOR] },
    routes: files((_names, res) => exactly(res, [FILE])),
  },
  {
    name: "files named by plain texts",
    code: "option-dropped",
    widget: { type: "multi_file_viewer", params: [SELECTOR] },
    routes: (app) => {
      app.get("/files", (_req, res) => void res.json(["a", "b"]));
      app.post(
        "/data",
        express.json(),
        (req, res) =>
          void exactly(
            res,
            req.body.files.map(() => FILE),
          ),
      );
    },
  },
  {
    name: "a server-side table that sends a list",
    code: "no-row-data",
    widget: { type: "ssrm_table" },
    routes: pages((_req, res) => res.json(ROWS)),
  },
  {
    name: "a server-side table that refuses {}",
    code: "unbounded-page-refused",
    widget: { type: "ssrm_table" },
    routes: pages(({ body }, res) => {
      if (body.startRow === undefined) return res.status(422).json({ detail: "startRow" });
      const sign = body.sortModel?.[0]?.sort === "desc" ? -1 : 1;
      return res.json({ rowData: [...ROWS].sort((a, b) => sign * (a.price - b.price)), rowCount: 2 });
    }),
  },
  {
    name: "a server-side table that does not sort",
    code: "sorting-ignored",
    widget: { type: "ssrm_table" },
    routes: pages((_req, res) => res.json({ rowData: ROWS, rowCount: 2 })),
  },
  {
    name: "a socket that never speaks",
    code: "socket-silent",
    widget: GRID,
    routes: json(ROWS),
    socket: () => {},
    budgetMs: 5000,
  },
  { name: "a socket that is refused", code: "socket-refused", widget: GRID, routes: json(ROWS), socket: false },
  {
    name: "a socket that speaks no JSON",
    code: "socket-not-rows",
    widget: GRID,
    routes: json(ROWS),
    socket: (send) => send("AAPL 190.3"),
  },
  {
    name: "a socket with rows that are not shown",
    code: "update-of-unknown-row",
    widget: GRID,
    routes: json(ROWS),
    socket: (send) => send('{"symbol":"TSLA","price":1}'),
  },
  {
    name: "an omni answer without a format",
    code: "bad-omni",
    widget: { type: "omni", params: [{ paramName: "prompt", type: "text", value: "Hi" }] },
    routes: pages((_req, res) => res.json({ content: "Hello" })),
  },
  {
    name: "an iframe with X-Frame-Options",
    code: "frame-refused",
    widget: { type: "iframe" },
    routes: (app) =>
      void app.get("/data", (_req, res) => void res.set("X-Frame-Options", "SAMEORIGIN").send("<p>Hi</p>")),
  },
  {
    name: "TradingView times in milliseconds",
    code: "bad-udf-history",
    widget: UDF,
    routes: (app) => {
      const config = { supports_search: true, supports_group_request: false, supported_resolutions: ["1D"] };
      app.get("/data", (_req, res) => void res.json({}));
      app.get("/data/config", (_req, res) => void res.json(config));
      app.get("/data/symbols", (_req, res) => void res.json({ name: "AAPL", session: "24x7", timezone: "Etc/UTC" }));
      app.get("/data/search", (_req, res) => void res.json([{ symbol: "AAPL" }]));
      app.get(
        "/data/history",
        (_req, res) => void res.json({ s: "ok", t: [1769644800000], o: [1], h: [1], l: [1], c: [1], v: [1] }),
      );
    },
  },
  {
    name: "options in an object",
    code: "options-not-a-list",
    widget: {
      params: [{ paramName: "symbol", type: "endpoint", label: "Symbol", optionsEndpoint: "options", value: "AAPL" }],
    },
    routes: (app) => {
      json(ROWS)(app);
      app.get("/options", (_req, res) => void res.json({ options: [] }));
    },
  },
  {
    name: "a form that says detail",
    code: "form-error-hidden",
    widget: FORM,
    forms: true,
    routes: (app) => {
      json(ROWS)(app);
      app.post("/orders", (_req, res) => void res.status(400).json({ detail: "The name is missing" }));
    },
  },
  {
    name: "a slow answer, with a shortened budget",
    code: "slow-answer",
    budgetMs: 24_000,
    routes: (app) => void app.get("/data", (_req, res) => void setTimeout(() => res.json(ROWS), 2500)),
  },
  {
    name: "a login page that a card of text would show",
    code: "login-page",
    widget: { type: "markdown" },
    routes: (app) => {
      app.get("/data", (_req, res) => res.redirect("/login"));
      app.get("/login", (_req, res) => void res.send("<!doctype html><form>"));
    },
  },
];

async function run({ widget = {}, routes, socket, budgetMs, forms }: Fault) {
  const app = express();
  app.use(cors({ origin: (origin, done) => done(null, origin ?? true) }));
  const definition = { name: "Data", description: "What is asked for.", endpoint: "data", type: "table", ...widget };
  app.get("/widgets.json", (_req, res) => void res.json({ data_widget: definition }));
  app.get("/apps.json", (_req, res) => void res.json([]));
  routes?.(app);
  const server = createServer(app);
  servers.push(server);
  const sockets = new WebSocketServer({ noServer: true });
  server.on("upgrade", (req, stream, head) => {
    if (!socket) stream.end("HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n");
    else {
      sockets.handleUpgrade(req, stream, head, (client) => {
        client.on("message", () => socket((message) => client.send(message)));
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return checkLive({ url, headers: {}, query: {} }, { budgetMs, forms, local: true });
}

describe.concurrent("a backend that is broken in one place", () => {
  for (const fault of FAULTS) {
    it(`${fault.name}: ${fault.code}`, async () => {
      const { findings } = await run(fault);
      const codes = findings.map(({ code }) => code);
      expect(codes, JSON.stringify(findings)).toContain(fault.code);
      const others = findings.filter(({ code, severity }) => severity === "error" && code !== fault.code);
      expect(others).toEqual([]);
      // One cause, told once.
      expect(codes.filter((code) => code === fault.code)).toHaveLength(1);
      expect(findings.find(({ code }) => code === fault.code)?.path).toMatch(/^\/data_widget\//);
    });
  }
});

it("a redirect is no login where a page is what is asked for, or plain text comes as HTML", async () => {
  for (const [type, body] of [
    ["html", "<!doctype html><p>Hi"],
    ["markdown", "# Hi"],
  ]) {
    const routes = (app: Express) => {
      app.get("/data", (_req, res) => res.redirect("/other"));
      app.get("/other", (_req, res) => void res.send(body));
    };
    const { findings } = await run({ name: "", code: "", widget: { type }, routes });
    expect(findings.map(({ code }) => code).filter((code) => !/preflight|private|origins/.test(code))).toEqual([
      "redirected",
    ]);
  }
});

it("there are enough of them", () => {
  expect(FAULTS.length).toBeGreaterThanOrEqual(30);
});
