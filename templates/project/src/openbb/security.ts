import type { IncomingMessage, ServerResponse } from "node:http";
import compression from "compression";
import cors from "cors";
import { json, type RequestHandler } from "express";
import { rateLimit } from "express-rate-limit";
import helmet from "helmet";
import type { Config } from "../config.js";
import { HttpError } from "./errors.js";

/** Where Workspace, its add-in for Excel and its desktop program run. */
const WORKSPACE_ORIGINS = [
  "https://pro.openbb.co",
  "https://pro.openbb.dev",
  "https://excel.openbb.co",
  "http://localhost:1420",
];

const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** Whether the backend can only be reached from this machine. */
export function isLoopback(host: string): boolean {
  return LOOPBACK.has(host) || host === "::1" || host.startsWith("127.");
}

/** Everything that stands between the network and the routes, in order. */
export function security(config: Config): RequestHandler {
  return chain([
    ...(config.rateLimit > 0 ? [limitRate(config.rateLimit)] : []),
    checkHost(config),
    headers(),
    checkOrigin(config),
    privateNetwork,
    // The origin is known to be allowed by now. No cookies are used, so none are allowed.
    cors({ origin: true, methods: ["GET", "HEAD", "POST", "PUT"], maxAge: 600, exposedHeaders: ["X-Request-Id"] }),
    compress(),
    jsonBodies(config.bodyLimit),
  ]);
}

/** Several middlewares as one: what the router does around each is more than most of these do. */
function chain(handlers: RequestHandler[]): RequestHandler {
  return (req, res, next) => {
    let at = 0;
    const step = (error?: unknown) => {
      const handler = handlers[at++];
      if (error !== undefined || handler === undefined) return next(error);
      handler(req, res, step);
    };
    step();
  };
}

function limitRate(perMinute: number): RequestHandler {
  return rateLimit({
    windowMs: 60_000,
    limit: perMinute,
    legacyHeaders: false,
    handler: () => {
      throw new HttpError(429, "Too many requests. Try again in a minute.", { "Retry-After": "60" });
    },
  });
}

/**
 * On loopback, answers only to names of this machine: a web page whose name is made to point at 127.0.0.1 (DNS
 * rebinding) would else read the backend as if it were its own.
 */
function checkHost(config: Config): RequestHandler {
  const open = !isLoopback(config.host) && config.allowedHosts.length === 0;
  const allowed = new Set([...LOOPBACK, config.host, ...config.allowedHosts]);
  return (req, _res, next) => {
    const name = (req.headers.host ?? "").toLowerCase().replace(/:\d+$/, "");
    // Probes call /health by the address of a machine; it tells nothing worth hiding.
    if (open || allowed.has(name) || req.path === "/health") return next();
    throw new HttpError(403, `This backend does not answer to the host name "${name}". Add it to ALLOWED_HOSTS.`);
  };
}

/** helmet's headers. They are the same on every answer, so it names them once and they are set from then on. */
function headers(): RequestHandler {
  const named: [string, string][] = [];
  const recorder = {
    setHeader: (name: string, value: string) => void named.push([name, value]),
    removeHeader: () => undefined,
  };
  const nameThem = helmet({
    // Workspace, on another origin, loads images and pages from here.
    crossOriginResourcePolicy: { policy: "cross-origin" },
    // Behind TLS, the proxy in front decides; on localhost it would lock the browser out.
    strictTransportSecurity: false,
    contentSecurityPolicy: { directives: { upgradeInsecureRequests: null } },
  });
  nameThem({} as IncomingMessage, recorder as unknown as ServerResponse, () => undefined);
  return (_req, res, next) => {
    for (const [name, value] of named) res.setHeader(name, value);
    next();
  };
}

/** CORS hides an answer from a foreign page, but the handler has run by then: refuse before it does. */
function checkOrigin(config: Config): RequestHandler {
  const allowed = new Set([...WORKSPACE_ORIGINS, ...config.allowedOrigins]);
  return (req, _res, next) => {
    const { origin, host } = req.headers;
    if (origin === undefined || allowed.has(origin)) return next();
    if (origin === `${req.protocol}://${host}`) return next();
    throw new HttpError(403, `Pages of ${origin} may not use this backend. Add it to ALLOWED_ORIGINS.`);
  };
}

/** Chrome asks before a public page may call a private network: Workspace calling localhost. */
const privateNetwork: RequestHandler = (req, res, next) => {
  if (req.method === "OPTIONS" && req.headers["access-control-request-private-network"] === "true") {
    res.setHeader("Access-Control-Allow-Private-Network", "true");
  }
  next();
};

/** Compresses for callers that take it; browsers do. The lowest level: higher ones cost more time than they save. */
function compress(): RequestHandler {
  const middleware = compression({ level: 1 });
  return (req, res, next) => {
    if (req.headers["accept-encoding"] !== undefined) return middleware(req, res, next);
    res.vary("Accept-Encoding");
    next();
  };
}

/** Reads bodies, JSON only: a form on a foreign page can post text, but not JSON, without asking first. */
function jsonBodies(limit: number): RequestHandler {
  const parse = json({ limit });
  return (req, res, next) => {
    const { "transfer-encoding": encoding, "content-length": length = 0 } = req.headers;
    if (encoding === undefined && Number(length) === 0) return next();
    if (!req.is("application/json")) throw new HttpError(415, "The body must be application/json.");
    parse(req, res, next);
  };
}
