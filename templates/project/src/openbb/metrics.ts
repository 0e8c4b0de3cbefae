import type { RequestHandler } from "express";
import { collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { AnswerCache } from "./cache.js";

/** What Prometheus reads at /metrics: requests by widget, the cache, and the process with its event loop. */
export function createMetrics(cache: AnswerCache): { observe: RequestHandler; route: RequestHandler } {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: "widget_request_duration_seconds",
    help: "How long requests took, by widget and status.",
    labelNames: ["widget", "status"],
    buckets: [0.005, 0.02, 0.1, 0.5, 2, 10, 30],
    registers: [registry],
  });
  for (const [name, help] of Object.entries({
    hits: "Questions that a kept answer, or one under way, served.",
    misses: "Questions that a handler had to answer.",
    bytes: "Memory that kept answers take.",
    entries: "Answers that are kept.",
  })) {
    new Gauge({
      name: `widget_cache_${name}`,
      help,
      registers: [registry],
      collect() {
        this.set(cache.stats()[name as "hits"]);
      },
    });
  }

  return {
    observe: (_req, res, next) => {
      const end = requests.startTimer();
      res.once("close", () => {
        // Only names of widgets: paths are the caller's, and would make metrics without end.
        if (res.locals.widget) end({ widget: res.locals.widget, status: res.writableEnded ? res.statusCode : 499 });
      });
      next();
    },
    route: async (_req, res) => {
      res.setHeader("Content-Type", registry.contentType);
      res.end(await registry.metrics());
    },
  };
}
