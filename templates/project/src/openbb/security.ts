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

/**
 * Everything that stands between the network and the routes, in order.
 *
 * @param probes paths that answer under any host name
 */
export function security(config: Config, probes: string[]): RequestHandler {
  return chain([
    ...(config.rateLimit > 0 ? [limitRate(config.rateLimit)] : []),
    checkHost(config, probes),
    headers(config),
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
 * Whether a Host header may be answered. On loopback, only names of this machine are: a web page whose name is made to
 * point at 127.0.0.1 (DNS rebinding) would else read the backend as if it were its own.
 */
export function hostAllowed(config: Config): (host: string | undefined) => boolean {
  const open = !isLoopback(config.host) && config.allowedHosts.length === 0;
  const allowed = new Set([...LOOPBACK, config.host, ...config.allowedHosts]);
  return (host = "") => open || allowed.has(host.toLowerCase().replace(/:\d+$/, ""));
}

function checkHost(config: Config, probes: string[]): RequestHandler {
  const allowed = hostAllowed(config);
  return (req, _res, next) => {
    const { host } = req.headers;
    // Probes call by the address of a machine; /health tells nothing worth hiding.
    if (allowed(host) || probes.includes(req.path)) return next();
    throw new HttpError(403, `This backend does not answer to the host name "${host}". Add it to ALLOWED_HOSTS.`);
  };
}

/** helmet's headers. They are the same on every answer, so it names them once and they are set from then on. */
function headers(config: Config): RequestHandler {
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
    // Workspace, and who else may call, shows pages from here in frames.
    xFrameOptions: false,
    contentSecurityPolicy: {
      directives: { frameAncestors: ["'self'", ...origins(config)], upgradeInsecureRequests: null },
    },
  });
  nameThem({} as IncomingMessage, recorder as unknown as ServerResponse, () => undefined);
  return (_req, res, next) => {
    for (const [name, value] of named) res.setHeader(name, value);
    next();
  };
}

function origins(config: Config): string[] {
  return [...WORKSPACE_ORIGINS, ...config.allowedOrigins];
}

/** Whether pages of an origin may call; `own` is the backend's own. A request without one comes from no page. */
export function originAllowed(config: Config): (origin: string | undefined, own: string) => boolean {
  const allowed = new Set(origins(config));
  return (origin, own) => origin === undefined || allowed.has(origin) || origin === own;
}

/** CORS hides an answer from a foreign page, but the handler has run by then: refuse before it does. */
function checkOrigin(config: Config): RequestHandler {
  const allowed = originAllowed(config);
  return (req, _res, next) => {
    const { origin, host } = req.headers;
    if (origin === undefined || allowed(origin, `${req.protocol}://${host}`)) return next();
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
