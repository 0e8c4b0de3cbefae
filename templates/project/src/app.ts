import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import express, { type Express, type RequestHandler } from "express";
import type { Logger } from "pino";
import type { Config } from "./config.js";
import { AnswerCache } from "./openbb/cache.js";
import { errorHandler, notFound } from "./openbb/errors.js";
import { limitFailures, requireKey } from "./openbb/keys.js";
import { landingPage } from "./openbb/landing.js";
import { ownerOf, Tokens } from "./openbb/links.js";
import { requestLog } from "./openbb/log.js";
import type { Manifest } from "./openbb/manifest.js";
import { type Tools, tokenRoutes, widgetRoutes } from "./openbb/routes.js";
import { Runner } from "./openbb/runner.js";
import { security } from "./openbb/security.js";
import { JSON_TYPE, type Prepared, prepare, sendJson, sendPrepared } from "./openbb/send.js";

const PUBLIC = fileURLToPath(new URL("../public", import.meta.url));

/** The backend, not listening yet. Add routes of your own beside the widgets' here. */
export async function createApp(config: Config, manifest: Manifest, logger: Logger): Promise<Express> {
  const cache = new AnswerCache(config.cacheBytes);
  const runner = new Runner(config.maxConcurrent, config.timeoutMs);
  const tokens = new Tokens(
    config.apiKeys,
    manifest.widgets.map(({ id }) => id),
  );
  const tools: Tools = { config, runner, cache, tokens };
  const metrics = config.metrics ? (await import("./openbb/metrics.js")).createMetrics(cache) : undefined;

  const app = express();
  app.disable("x-powered-by");
  app.disable("etag");
  app.enable("case sensitive routing");
  app.set("trust proxy", config.trustedProxies);

  app.use(requestLog(logger));
  if (metrics) app.use(metrics.observe);
  // A widget may have any path of ours for itself, but /healthz.
  const free = (path: string) => manifest.routes.find(path) === undefined;
  const probes = ["/health", "/healthz"].filter(free);
  app.use(security(config, probes));

  // Open to all: whether it lives, the page for people (it lists nothing without the key), and pictures.
  app.get(probes, (_req, res) => {
    sendJson(res, 200, { status: "ok", widgets: manifest.widgets.length, cache: cache.stats() });
  });
  app.use(publicFiles(free));

  const keyed = config.apiKeys.size > 0;
  if (keyed) app.use(limitFailures(), tokenRoutes(manifest, tools));
  if (free("/")) app.get("/", landingPage(config, manifest));
  if (keyed) app.use(requireKey(config.apiKeys));

  app.use(widgetRoutes(manifest, tools));
  app.get(
    "/widgets.json",
    await metadata([undefined, ...config.apiKeys.keys()], (owner) => manifest.widgetsJson(tokens, owner)),
  );
  app.get("/apps.json", await metadata([undefined], () => manifest.appsJson));
  if (metrics) app.get("/metrics", metrics.route);

  app.use(notFound);
  app.use(errorHandler);
  return app;
}

/** Sends bytes that were prepared at start, once for each owner of a key where the text differs. */
async function metadata(
  owners: (string | undefined)[],
  text: (owner: string | undefined) => string,
): Promise<RequestHandler> {
  const prepared = new Map<string | undefined, Prepared>();
  for (const owner of owners) prepared.set(owner, await prepare({ contentType: JSON_TYPE, text: text(owner) }));
  const [first] = prepared.values();
  return (req, res) => sendPrepared(req, res, prepared.get(ownerOf(res)) ?? (first as Prepared));
}

/** Serves what was in `public/` at start; for all other paths the disk is not asked. */
function publicFiles(free: (path: string) => boolean): RequestHandler {
  const names = new Set(
    readdirSync(PUBLIC)
      .map((name) => `/${encodeURI(name)}`)
      .filter(free),
  );
  const serve = express.static(PUBLIC, { index: false, maxAge: "1h" });
  return (req, res, next) => (names.has(req.path) ? serve(req, res, next) : next());
}
