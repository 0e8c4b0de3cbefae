/** An Express server with one fault, for the tests of what is found in such. */
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import cors from "cors";
import express, { type Express, type RequestHandler } from "express";
import { afterEach } from "vitest";
import { type Connection, checkLive, type LiveOptions, type LiveReport } from "../../src/live/index.js";

export const WIDGETS = {
  prices: { name: "Prices", description: "The last close of each symbol.", endpoint: "prices" },
};
export const ROWS = [{ symbol: "AAPL", price: 190.5 }];
export const ALLOWED = [
  "https://pro.openbb.co",
  "https://pro.openbb.dev",
  "http://localhost:1420",
  "https://excel.openbb.co",
];
/** A time limit that a test can wait for, and that a busy machine keeps for all that does not hang. */
export const SHORT_MS = 3000;
export const KEY = { "X-API-KEY": "correct-horse-battery" };

let server: Server | undefined;

afterEach(async () => {
  server?.closeAllConnections();
  await new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)));
  server = undefined;
});

/** What a route does right, unless a fault puts another before it. */
function routes(app: Express): void {
  app.get("/widgets.json", (_req, res) => res.json(WIDGETS));
  app.get("/apps.json", (_req, res) => res.json([]));
  app.get("/prices", (_req, res) => res.json(ROWS));
  app.use((_req, res) => res.status(404).json({ detail: "There is nothing here." }));
}

/** The private-network header, which the cors package does not know. */
const privateNetwork: RequestHandler = (req, res, next) => {
  if (req.headers["access-control-request-private-network"])
    res.setHeader("Access-Control-Allow-Private-Network", "true");
  next();
};

export interface Settings {
  /** CORS as it should be, unless the fault has its own. */
  ownCors?: boolean;
  connection?: Partial<Connection>;
  /** What is typed after the address. */
  suffix?: string;
  options?: LiveOptions;
}

/**
 * Starts an Express server that is right save for one fault, and checks it.
 *
 * @param fault adds what comes before the routes
 */
export async function check(fault: (app: Express) => void, settings: Settings = {}): Promise<LiveReport> {
  const app = express();
  if (!settings.ownCors) app.use(privateNetwork, cors({ origin: ALLOWED }));
  fault(app);
  routes(app);
  server = app.listen(0, "127.0.0.1");
  await new Promise((resolve) => server?.once("listening", resolve));
  const { port } = server.address() as AddressInfo;
  const connection = {
    url: `http://127.0.0.1:${port}${settings.suffix ?? ""}`,
    headers: {},
    query: {},
    ...settings.connection,
  };
  return checkLive(connection, settings.options);
}

/** The codes of what was found. */
export const errorsOf = ({ findings }: LiveReport) =>
  findings.filter(({ severity }) => severity === "error").map(({ code }) => code);
export const codesOf = ({ findings }: LiveReport) => findings.map(({ code }) => code);
