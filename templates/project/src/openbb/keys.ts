import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import type { RequestHandler } from "express";
import { ipKeyGenerator, MemoryStore, type Options } from "express-rate-limit";
import { HttpError } from "./errors.js";

const MINUTE_MS = 60_000;
/** Wrong keys from one address within a minute, before all its requests are refused until the minute is over. */
const MAX_FAILURES = 30;

/**
 * Refuses an address that has sent too many wrong keys. Mounted before whatever looks at keys. Not the middleware of
 * express-rate-limit, only its counter: that counts each request until it has succeeded, so that many right ones at
 * once, or given up by their callers, would shut their address out.
 */
export function limitFailures(): RequestHandler {
  const failures = new MemoryStore();
  failures.init({ windowMs: MINUTE_MS } as Options);
  return async (req, res, next) => {
    const address = ipKeyGenerator(req.ip ?? "");
    const { totalHits = 0 } = (await failures.get(address)) ?? {};
    if (totalHits >= MAX_FAILURES) {
      throw new HttpError(429, "Too many wrong API keys. Try again in a minute.", { "Retry-After": "60" });
    }
    res.once("finish", () => {
      if (res.statusCode === 401) void failures.increment(address);
    });
    next();
  };
}

/**
 * Asks for an API key, in the header `X-API-KEY` or as `Authorization: Bearer …`; any of the configured ones will do,
 * so that an old and a new one can stand side by side.
 *
 * @param apiKeys the keys by the name of their owner
 */
export function requireKey(apiKeys: Map<string, string>): RequestHandler {
  return (req, res, next) => {
    const owner = keyOwner(req.headers, apiKeys);
    if (owner === undefined) {
      throw new HttpError(401, "This backend needs its API key, in the header X-API-KEY.", {
        "WWW-Authenticate": "Bearer",
      });
    }
    res.locals.keyOwner = owner;
    next();
  };
}

/** The name of the key that a request carries; undefined when it carries none of them. */
export function keyOwner(headers: IncomingHttpHeaders, apiKeys: Map<string, string>): string | undefined {
  const bearer = /^Bearer +(.+)$/i.exec(headers.authorization ?? "")?.[1];
  let owner: string | undefined;
  for (const given of [headers["x-api-key"], bearer]) {
    if (typeof given !== "string") continue;
    // All are compared, each in constant time: the time that it takes tells nothing about any of them.
    for (const [name, key] of apiKeys) if (timingSafeEqual(digest(given), digest(key))) owner = name;
  }
  return owner;
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
