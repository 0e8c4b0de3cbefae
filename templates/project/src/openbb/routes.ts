import type { RequestHandler } from "express";
import type { AnswerCache } from "./cache.js";
import { HttpError } from "./errors.js";
import type { Manifest } from "./manifest.js";
import type { Runner } from "./runner.js";
import { prepare, sendBody, sendPrepared } from "./send.js";

/** Answers for every widget of the manifest. Endpoints are matched literally: a `:` or `*` in one has no meaning. */
export function widgetRoutes(manifest: Manifest, runner: Runner, cache: AnswerCache): RequestHandler {
  return async (req, res, next) => {
    const widget = manifest.byPath.get(req.path.length > 1 ? req.path.replace(/\/$/, "") : req.path);
    if (!widget) return next();
    res.locals.widget = widget.id;
    if (req.method !== "GET" && req.method !== "HEAD") {
      throw new HttpError(405, `${widget.path} answers GET, not ${req.method}.`, { Allow: "GET, HEAD, OPTIONS" });
    }
    const { id, name, module, parse } = widget;
    const mark = req.url.indexOf("?");
    const params = parse(new URLSearchParams(mark < 0 ? "" : req.url.slice(mark))) as never;

    if (module.cache === undefined) {
      const answer = await runner.run(name, (signal) => module.handler(params, { signal, request: req } as never), res);
      if (!res.destroyed) sendBody(res, 200, module.encode(answer));
      return;
    }
    // One run serves all who ask the same: it sees no request, and goes on when one caller leaves.
    const kept = cache.get(`${id} ${JSON.stringify(Object.values(params))}`, module.cache, async () =>
      prepare(module.encode(await runner.run(name, (signal) => module.handler(params, { signal } as never)))),
    );
    const prepared = kept instanceof Promise ? await kept : kept;
    if (!res.destroyed) sendPrepared(req, res, prepared);
  };
}
