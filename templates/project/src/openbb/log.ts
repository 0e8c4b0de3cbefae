import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { type DestinationStream, type Logger, pino, stdSerializers } from "pino";

/**
 * The log: a JSON line an event, on standard output. Lines are gathered and written together, at the latest after a
 * second: writing each at once would cost more than a quarter of the throughput.
 *
 * Query texts and headers are not logged: both may carry secrets.
 */
export function createLogger(level: string): { logger: Logger; flush: () => void } {
  const stream = pino.destination({ sync: false, minLength: 4096 });
  const logger = pino({ level, serializers: { req, res, err: stdSerializers.err } }, stream as DestinationStream);
  const timer = setInterval(() => stream.flush(), 1000);
  timer.unref();
  return { logger, flush: () => stream.flushSync() };
}

function req(request: { id: unknown; method: string; url: string }) {
  return { id: request.id, method: request.method, path: request.url.split("?", 1)[0] };
}

function res(response: { statusCode: number }) {
  return { status: response.statusCode };
}

/** The id that ties the log lines of a request together: the caller's own, if it is a sound one, else a new one. */
export function requestId(request: IncomingMessage, response: ServerResponse): string {
  const given = request.headers["x-request-id"];
  const id = typeof given === "string" && /^[\w.-]{1,64}$/.test(given) ? given : randomUUID();
  response.setHeader("X-Request-Id", id);
  return id;
}
