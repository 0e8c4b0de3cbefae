import { randomUUID } from "node:crypto";
import * as z from "zod";
import { HttpError } from "./errors.js";
import type { Widgets } from "./params.gen.js";
import { type GridRequest, gridRequest } from "./ssrm/request.js";
import { Page, type RowSource } from "./ssrm/source.js";
import { type Context, json, type SettingsOf, type WidgetId, type WidgetModule } from "./widget.js";

/** Answers with the rows of a query that somebody typed. */
export type QueryHandler<Id extends keyof Widgets> = (
  params: Omit<Widgets[Id]["params"], "query"> & { query: string },
  context: Context,
) => RowSource | Promise<RowSource>;

const Answer = Page.extend({ error: z.string().optional() });

const Body = z.object({ query: z.string().nullish(), disableCache: z.boolean().nullish() });

/**
 * A table under an editor: the handler is given the text as `query` and answers with where its rows come from, and the
 * grid is given those that it asks for. What the handler or the source refuses with `HttpError(400, "Title: details")`
 * is shown as just that.
 */
export function ssrmAdvanced<Id extends WidgetId<"ssrm_advanced">>(
  id: Id,
  handler: QueryHandler<Id>,
  ...[settings]: SettingsOf<Id>
): WidgetModule {
  const { cache, ...rest } = (settings ?? {}) as Pick<WidgetModule, "options" | "submit"> & { cache?: number };
  type Input = { params: Parameters<typeof handler>[0]; request: GridRequest };
  return {
    id,
    type: "ssrm_advanced",
    answer: Answer,
    endpoints: ({ path, parse }) => [
      {
        method: "POST",
        path,
        parse: ({ query, body }) => {
          const request = gridRequest(body);
          const sent = Body.safeParse(body ?? {});
          if (!sent.success) throw new HttpError(400, "The query must be a text.");
          const params = parse(query);
          return {
            params: { ...params, query: sent.data.query ?? params.query ?? "" },
            request,
            // No answer that is kept goes by this.
            ...(sent.data.disableCache ? { fresh: randomUUID() } : {}),
          };
        },
        handle: async ({ params, request }: Input, context) => {
          try {
            return await (await handler(params, context)).rows(request, context);
          } catch (error) {
            if (!(error instanceof HttpError) || error.status !== 400) throw error;
            // An error status would have Workspace fail without a word.
            return { rowData: [], rowCount: 0, error: titled(error.detail) };
          }
        },
        encode: json,
        cache,
      },
    ],
    ...rest,
  };
}

/** Workspace takes what stands before the first colon for the title. */
function titled(detail: string): string {
  return detail.includes(": ") ? detail : `This cannot be shown: ${detail}`;
}
