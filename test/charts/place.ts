import { paramShapes } from "../../src/typegen/shape.js";
import { paramsParser } from "../../templates/project/src/openbb/params.js";
import type { Context, Endpoint, WidgetModule } from "../../templates/project/src/openbb/widget.js";

/** The endpoints of a widget at /w, and a call to one as the core makes it. */
export function place(module: WidgetModule, definition: Record<string, unknown> = {}) {
  const shapes = paramShapes({ type: module.type, ...definition });
  const endpoints = module.endpoints({ id: module.id, definition, path: "/w", parse: paramsParser(shapes) });
  const call = async (path: string, query: Record<string, string> = {}, body?: unknown) => {
    const endpoint = endpoints.find((candidate) => candidate.path === path) as Endpoint;
    const sent = { query: new URLSearchParams(query), body, request: {} as never };
    const input = endpoint.parse(sent) as never;
    const context: Context = { signal: new AbortController().signal, request: {} as never, link: (link) => link };
    return endpoint.encode(await endpoint.handle(input, context));
  };
  return { endpoints, call };
}
