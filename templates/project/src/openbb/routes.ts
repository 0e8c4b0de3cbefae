import type { Request, RequestHandler, Response } from "express";
import type { Config } from "../config.js";
import type { AnswerCache } from "./cache.js";
import { HttpError } from "./errors.js";
import { baseUrl, ownerOf, type Tokens } from "./links.js";
import type { Manifest } from "./manifest.js";
import type { Route } from "./match.js";
import type { Runner } from "./runner.js";
import { prepare, sendBody, sendPrepared } from "./send.js";
import type { Context } from "./widget.js";

export interface Tools {
  config: Config;
  runner: Runner;
  cache: AnswerCache;
  tokens: Tokens;
}

/** Answers for every widget of the manifest, and for the routes beside them. */
export function widgetRoutes(manifest: Manifest, tools: Tools): RequestHandler {
  return async (req, res, next) => {
    const found = manifest.routes.find(req.path);
    if (!found) return next();
    const mark = req.url.indexOf("?");
    const query = new URLSearchParams(mark < 0 ? "" : req.url.slice(mark));
    const route = found.choose(req.method, query);
    res.locals.widget = route.widget.id;
    await answer(route, query, req, res, tools);
  };
}

/**
 * Answers what comes with a token in its path: only for the URLs of that widget that Workspace calls without headers.
 * Mounted before the key is asked for.
 */
export function tokenRoutes(manifest: Manifest, tools: Tools): RequestHandler {
  const routes = widgetRoutes(manifest, tools);
  return (req, res, next) => {
    const taken = tools.tokens.take(req.url);
    if (!taken) return next();
    req.url = taken.url;
    const { grant } = taken;
    const found = manifest.routes.find(req.path);
    const widget = manifest.widgets.find(({ id }) => id === grant?.widget);
    const opened = found?.routes.some(({ endpoint }) => endpoint.headerless && widget?.endpoints.includes(endpoint));
    if (!grant) throw new HttpError(401, "This link is not valid. Refresh the backend in Workspace.");
    if (!opened) throw new HttpError(404, `This link does not open ${req.path}.`);
    res.locals.grant = grant;
    res.locals.granted = widget;
    return routes(req, res, next);
  };
}

async function answer({ widget, endpoint }: Route, query: URLSearchParams, req: Request, res: Response, tools: Tools) {
  const { grant, granted } = res.locals;
  if (grant && !(endpoint.headerless && granted.endpoints.includes(endpoint))) {
    throw new HttpError(404, "This link is for another file.");
  }
  const { runner, cache, tokens, config } = tools;
  const input = endpoint.parse({ query, body: req.body, request: req }) as never;

  if (endpoint.cache === undefined) {
    const run = (signal: AbortSignal) => {
      const link = (path: string) => baseUrl(req, config) + tokens.path(ownerOf(res), widget.id, path);
      return endpoint.handle(input, { signal, request: req, link });
    };
    const result = await runner.run(widget.name, run, res);
    if (!res.destroyed) sendBody(res, 200, endpoint.encode(result, res));
    return;
  }
  // One run serves all who ask the same: it sees no request, and goes on when one caller leaves.
  const run = (signal: AbortSignal) => endpoint.handle(input, { signal } as Context);
  const kept = cache.get(`${widget.id} ${endpoint.path} ${JSON.stringify(input)}`, endpoint.cache, async () =>
    prepare(endpoint.encode(await runner.run(widget.name, run))),
  );
  const prepared = kept instanceof Promise ? await kept : kept;
  if (!res.destroyed) sendPrepared(req, res, prepared);
}
