import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Response } from "express";
import { type Logger, pino } from "pino";
import { type HttpLogger, pinoHttp } from "pino-http";
import { ownerOf, withoutToken } from "./links.js";

/**
 * The log: a JSON line an event, on standard output. Lines are gathered and written together, at the latest after a
 * second: writing each at once would cost more than a quarter of the throughput.
 */
export function createLogger(level: string): { logger: Logger; flush: () => void } {
  const stream = pino.destination({ sync: false, minLength: 4096 });
  const timer = setInterval(() => stream.flush(), 1000);
  timer.unref();
  return { logger: pino({ level }, stream), flush: () => stream.flushSync() };
}

/**
 * Logs every request, a line each: its id, method, path, status and time, which widget, and whose key it was. Headers
 * and queries stay out: both may carry secrets.
 */
export function requestLog(logger: Logger): HttpLogger {
  const end = (res: ServerResponse, { responseTime, err }: { responseTime: number; err?: Error }) => {
    const { widget } = (res as Response).locals ?? {};
    return { widget, keyOwner: ownerOf(res as Response), status: res.statusCode, responseTime, err };
  };
  return pinoHttp({
    logger,
    genReqId: requestId,
    customLogLevel: (_req, res) => (res.statusCode >= 500 ? "error" : res.statusCode >= 400 ? "warn" : "info"),
    customSuccessObject: (_req, res, values) => end(res, values),
    customErrorObject: (_req, res, _error, values) => end(res, values),
    // pino-http has its own wrapped around each request: the plain one is enough, and quicker.
    wrapSerializers: false,
    serializers: {
      req: ({ id, method, url = "" }: IncomingMessage) => ({
        id,
        method,
        path: withoutToken(url.split("?", 1)[0] ?? ""),
      }),
    },
  });
}

/** The id that ties the log lines of a request together: the caller's own, if it is a sound one, else a new one. */
function requestId(request: IncomingMessage, response: ServerResponse): string {
  const given = request.headers["x-request-id"];
  const id = typeof given === "string" && /^[\w.-]{1,64}$/.test(given) ? given : randomUUID();
  response.setHeader("X-Request-Id", id);
  return id;
}
