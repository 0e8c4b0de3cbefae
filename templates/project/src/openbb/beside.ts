import * as z from "zod";
import { paramsParser } from "./params.js";
import { formRoute, optionsRoutes } from "./typegen/routes.js";
import { type Endpoint, json, type Option, type SubmitHandler, type WidgetModule } from "./widget.js";

const Choice = z.looseObject({ label: z.string().min(1), value: z.union([z.string().min(1), z.number()]) });

/** What the choices of a parameter look like. The tests check them against it. */
export const Choices = z.array(Choice);

/** The routes of one widget beside its endpoint. */
export interface Beside {
  endpoints: Endpoint[];
  /** Paths of choices for which its handler file has no answer: another widget's may. */
  unanswered: { param: string; path: string }[];
}

/** Makes endpoints of the `options` and the `submit` of a handler file. */
export function besideRoutes(definition: unknown, module: WidgetModule): Beside {
  const endpoints: Endpoint[] = [];
  const unanswered: Beside["unanswered"] = [];
  for (const { param, path, shapes } of optionsRoutes(definition)) {
    const handle = Object.hasOwn(module.options ?? {}, param) ? module.options?.[param] : undefined;
    const parse = paramsParser(shapes);
    if (!handle) unanswered.push({ param, path });
    else endpoints.push({ method: "GET", path, parse: ({ query }) => parse(query), handle, encode: encodeOptions });
  }
  const form = formRoute(definition);
  if (form && module.submit) {
    const { method, path } = form;
    const parse = paramsParser(form.shapes);
    endpoints.push({
      method,
      path,
      parse: ({ body }) => parse(bodyOf(body)),
      handle: module.submit,
      encode: encodeMessage,
    });
  }
  return { endpoints, unanswered };
}

/** Full objects always: a form does not understand plain texts. */
function encodeOptions(answer: unknown) {
  const options = (answer as Option[]).map((option) =>
    typeof option === "object" ? option : { label: String(option), value: option },
  );
  return json(options);
}

/** Workspace reads the answer to a form as JSON in any case. */
function encodeMessage(answer: unknown) {
  return json((answer as Awaited<ReturnType<SubmitHandler<never>>>) ?? {});
}

/** The fields of a JSON body. */
export function bodyOf(body: unknown): Record<string, unknown> {
  return typeof body === "object" && body !== null && !Array.isArray(body) ? (body as Record<string, unknown>) : {};
}
