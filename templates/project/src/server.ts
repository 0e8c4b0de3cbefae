import { existsSync, readFileSync } from "node:fs";
import http from "node:http";
import https from "node:https";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { fileURLToPath } from "node:url";
import type { Express } from "express";
import { createApp } from "./app.js";
import { type Config, NAME, readConfig } from "./config.js";
import { loadManifest } from "./load.js";
import { createLogger } from "./openbb/log.js";
import { isLoopback } from "./openbb/security.js";
import { upgrades } from "./openbb/upgrade.js";

/** How long requests in flight may take to finish after SIGTERM. */
const GRACE_MS = 10_000;

async function start() {
  const envFile = fileURLToPath(new URL("../.env", import.meta.url));
  if (existsSync(envFile)) process.loadEnvFile(envFile);
  const config = readConfig(process.env);
  const { logger, flush } = createLogger(config.logLevel);
  process.on("exit", flush);

  const manifest = loadManifest();
  for (const problem of manifest.problems) logger.error(problem);
  if (!isLoopback(config.host) && config.apiKeys.size === 0) {
    logger.warn("NO API KEY IS SET and this backend listens beyond this machine: anybody who reaches it can read it.");
  }

  const app = await createApp(config, manifest, logger);
  let stopping = false;
  const options = { requestTimeout: 30_000, ...expressTypes(app, () => stopping) };
  const server = config.tls
    ? https.createServer({ ...options, ...certificate(config.tls) }, app)
    : http.createServer(options, app);
  // Longer than the idle time of the usual load balancers, which would else reuse a closed connection.
  server.keepAliveTimeout = 65_000;
  server.headersTimeout = 66_000;

  if (manifest.widgets.some(({ socket }) => socket)) server.on("upgrade", upgrades(config, manifest));
  server.on("clientError", (error: NodeJS.ErrnoException, socket) => {
    logger.warn({ code: error.code }, "a request could not be read");
    refuse(error, socket);
  });
  server.on("error", (error: NodeJS.ErrnoException) => fail(listenProblem(error, config.port)));
  server.listen(config.port, config.host, () => {
    const { port } = server.address() as AddressInfo;
    const url = config.publicUrl ?? `${config.tls ? "https" : "http"}://${shownHost(config.host)}:${port}`;
    logger.info(`${NAME} is ready with ${manifest.widgets.length} widgets. Give Workspace ${url}`);
    flush();
  });

  const stop = (signal: string) => {
    if (stopping) process.exit(1);
    stopping = true;
    logger.info(`${signal}: stopping`);
    server.close(() => process.exit(0));
    for (const { module } of manifest.widgets) void module.close?.();
    // A connection that is kept alive becomes idle only when its request has been answered.
    setInterval(() => server.closeIdleConnections(), 100).unref();
    setTimeout(() => process.exit(1), GRACE_MS).unref();
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
}

/** The host name that reaches this address from this machine, as a URL has it. */
function shownHost(host: string): string {
  if (["127.0.0.1", "::1", "0.0.0.0", "::"].includes(host)) return "localhost";
  return host.includes(":") ? `[${host}]` : host;
}

/**
 * Has the server make requests and responses that are Express's own from birth. Express would else change the
 * prototype of each one, which costs half of the throughput on small answers.
 */
function expressTypes(app: Express, stopping: () => boolean) {
  class Request extends http.IncomingMessage {}
  class Reply<R extends http.IncomingMessage> extends http.ServerResponse<R> {
    /** Called for every answer. One that ends after SIGTERM says that no other will follow on its connection. */
    override writeHead(...args: [number]): this {
      if (stopping()) this.shouldKeepAlive = false;
      return super.writeHead(...args);
    }
  }
  Object.setPrototypeOf(Request.prototype, app.request);
  Object.setPrototypeOf(Reply.prototype, app.response);
  app.request = Request.prototype as Express["request"];
  app.response = Reply.prototype as unknown as Express["response"];
  return { IncomingMessage: Request, ServerResponse: Reply };
}

function certificate({ cert, key }: NonNullable<Config["tls"]>) {
  try {
    return { cert: readFileSync(cert), key: readFileSync(key) };
  } catch (error) {
    throw new Error(`TLS_CERT and TLS_KEY cannot be used: ${(error as Error).message}`);
  }
}

/** Answers what never became a request: headers that are too large, or no HTTP at all. */
function refuse(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === "ECONNRESET" || !socket.writable) {
    socket.destroy();
    return;
  }
  const status = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 }[error.code ?? ""] ?? 400;
  const body = JSON.stringify({ detail: `${http.STATUS_CODES[status]}.` });
  const head = `HTTP/1.1 ${status} ${http.STATUS_CODES[status]}\r\nContent-Type: application/json\r\nConnection: close\r\n`;
  socket.end(`${head}Content-Length: ${body.length}\r\n\r\n${body}`);
}

function listenProblem(error: NodeJS.ErrnoException, port: number): string {
  if (error.code === "EADDRINUSE") return `Port ${port} is in use. Stop what uses it, or set PORT to another one.`;
  if (error.code === "EACCES") return `Port ${port} may not be used by this user. Set PORT to one above 1023.`;
  return `The server cannot listen: ${error.message}`;
}

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}

start().catch((error: Error) => fail(error.message));
