import { type GridRequest, gridRequest } from "./ssrm/request.js";
import { Page, type RowSource } from "./ssrm/source.js";
import { type Context, type Definer, json, type WidgetModule } from "./widget.js";

/**
 * A table that is filtered, sorted, grouped and paged on the server: the handler answers with where its rows come from,
 * and the grid is given those that it asks for. Make the source once, outside of the handler.
 */
export const ssrmTable = define as Definer<"ssrm_table", RowSource>;

type SourceHandler = (params: unknown, context: Context) => RowSource | Promise<RowSource>;

function define(
  id: string,
  handler: SourceHandler,
  { cache, ...rest }: Pick<WidgetModule, "options" | "submit"> & { cache?: number } = {},
): WidgetModule {
  return {
    id,
    type: "ssrm_table",
    answer: Page,
    endpoints: ({ path, parse }) => [
      {
        method: "POST",
        path,
        parse: ({ query, body }) => ({ params: parse(query), request: gridRequest(body) }),
        handle: async ({ params, request }: { params: unknown; request: GridRequest }, context) =>
          (await handler(params, context)).rows(request, context),
        encode: json,
        cache,
      },
    ],
    ...rest,
  };
}
