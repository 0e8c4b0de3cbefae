import { fileURLToPath } from "node:url";
import express, { type Express } from "express";
import type { Logger } from "pino";
import type { Config } from "./config.js";
import { errorHandler, notFound } from "./openbb/errors.js";
import { landingPage } from "./openbb/landing.js";
import { requestLog } from "./openbb/log.js";
import type { Manifest } from "./openbb/manifest.js";
import { widgetRoutes } from "./openbb/routes.js";
import { requireKey, security } from "./openbb/security.js";
import { JSON_TYPE, sendBytes, sendJson } from "./openbb/send.js";

const PUBLIC = fileURLToPath(new URL("../public", import.meta.url));

/** The backend, not listening yet. Add routes of your own beside the widgets' here. */
export function createApp(config: Config, manifest: Manifest, logger: Logger): Express {
  const app = express();
  app.disable("x-powered-by");
  app.disable("etag");

  app.use(requestLog(logger));
  app.use(security(config));

  // Open to all: whether it lives, the page for people (it lists nothing without the key), and pictures.
  app.get("/health", (_req, res) => sendJson(res, 200, { status: "ok", widgets: manifest.widgets.length }));
  app.get("/", landingPage(config, manifest));
  app.use(express.static(PUBLIC, { index: false, maxAge: "1h" }));

  app.use(requireKey(config));
  app.get("/widgets.json", metadata(manifest.widgetsJson));
  app.get("/apps.json", metadata(manifest.appsJson));
  app.use(widgetRoutes(manifest, config.timeoutMs));

  app.use(notFound);
  app.use(errorHandler);
  return app;
}

/** Sends bytes prepared at start, which the browser must ask for anew each time. */
function metadata(body: Buffer): express.RequestHandler {
  return (_req, res) => {
    res.setHeader("Content-Type", JSON_TYPE);
    res.setHeader("Cache-Control", "no-cache");
    sendBytes(res, 200, body);
  };
}
