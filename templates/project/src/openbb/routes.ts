import type { Request, RequestHandler, Response } from "express";
import { HttpError } from "./errors.js";
import type { Manifest, ServedWidget } from "./manifest.js";
import { sendBytes } from "./send.js";

/** Answers for every widget of the manifest. Endpoints are matched literally: a `:` or `*` in one has no meaning. */
export function widgetRoutes(manifest: Manifest, timeoutMs: number): RequestHandler {
  return async (req, res, next) => {
    const widget = manifest.byPath.get(req.path.length > 1 ? req.path.replace(/\/$/, "") : req.path);
    if (!widget) return next();
    if (req.method !== "GET" && req.method !== "HEAD") {
      throw new HttpError(405, `${widget.path} answers GET, not ${req.method}.`, { Allow: "GET, HEAD, OPTIONS" });
    }
    const mark = req.url.indexOf("?");
    const params = widget.parse(new URLSearchParams(mark < 0 ? "" : req.url.slice(mark)));
    const answer = await run(widget, params, req, res, timeoutMs);
    if (res.destroyed) return;
    const { contentType, text } = widget.module.encode(answer);
    res.setHeader("Content-Type", contentType);
    sendBytes(res, 200, Buffer.from(text));
  };
}

/** Runs a handler until it answers, the time is up (504), or the caller has gone. */
async function run(widget: ServedWidget, params: unknown, req: Request, res: Response, timeoutMs: number) {
  const controller = new AbortController();
  const { signal } = controller;
  const late = new HttpError(504, `"${widget.name}" did not answer within ${timeoutMs / 1000} seconds.`);
  const timer = setTimeout(() => controller.abort(late), timeoutMs);
  const leave = () => controller.abort(new HttpError(499, "The caller has gone."));
  res.once("close", leave);
  // A handler need not heed the signal: the request ends all the same.
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
  try {
    const answer = Promise.resolve(widget.module.handler(params as never, { signal, request: req }));
    return await Promise.race([answer, aborted]);
  } finally {
    clearTimeout(timer);
    res.off("close", leave);
  }
}
