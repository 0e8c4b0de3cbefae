import * as z from "zod";
import { HttpError } from "./errors.js";
import { type Definer, type Endpoint, json, type Row, type WidgetModule } from "./widget.js";

/** Where something in an answer comes from. Workspace lists it under the answer. */
export interface Citation {
  source_info: {
    /** `widget` for data of a widget. */
    type: string;
    name: string;
    origin?: string;
    widget_id?: string;
    description?: string;
    metadata?: Record<string, unknown>;
  };
  /** Shown as a small table: one object a row. */
  details?: Record<string, unknown>[];
}

/** What Workspace shows for a prompt. Made by `text`, `tableOf` and `chartOf`. */
export interface OmniAnswer {
  content: unknown;
  data_format: { data_type: "object"; parse_as: "text" | "table" | "chart" };
  /** Whether Workspace's AI may quote the answer as a source of its own. */
  citable?: boolean;
  extra_citations?: Citation[];
}

/** What goes with an answer. */
export type Sources = Pick<OmniAnswer, "citable" | "extra_citations">;

const OmniAnswer = z.object({
  content: z.unknown().refine((content) => content !== undefined && content !== null, "an answer has content"),
  data_format: z.object({ data_type: z.literal("object"), parse_as: z.enum(["text", "table", "chart"]) }),
  citable: z.boolean().optional(),
  extra_citations: z
    .array(
      z.object({
        source_info: z.looseObject({ type: z.string(), name: z.string() }),
        details: z.array(z.record(z.string(), z.unknown())).optional(),
      }),
    )
    .optional(),
});

/** An answer in Markdown. */
export function text(markdown: string, sources: Sources = {}): OmniAnswer {
  return { content: markdown, data_format: { data_type: "object", parse_as: "text" }, ...sources };
}

/** An answer that is a table. */
export function tableOf(rows: Row[], sources: Sources = {}): OmniAnswer {
  return { content: rows, data_format: { data_type: "object", parse_as: "table" }, ...sources };
}

/** An answer that is a Plotly figure. Workspace colours it by itself. */
export function chartOf(
  figure: { data: Record<string, unknown>[]; layout?: Record<string, unknown> },
  sources: Sources = {},
): OmniAnswer {
  return { content: figure, data_format: { data_type: "object", parse_as: "chart" }, ...sources };
}

/**
 * A box for a prompt, and what comes of it. Workspace posts the parameters as JSON when the user runs the prompt; it is
 * the parameter `prompt` (or `query`), whose `language` makes the box an editor for SQL, Python, ….
 */
export const omni = ((id: string, handle: Endpoint["handle"], { cache, ...rest }: { cache?: number } = {}) =>
  ({
    id,
    type: "omni",
    answer: OmniAnswer,
    endpoints: ({ path, parse }) => [
      {
        method: "POST",
        path,
        parse: ({ query, body }) => {
          if (typeof body !== "object" || body === null || Array.isArray(body)) {
            throw new HttpError(400, "The body must be a JSON object with the parameters.");
          }
          return parse({ ...Object.fromEntries(query), ...body });
        },
        handle,
        encode: json,
        cache,
      },
    ],
    ...rest,
  }) satisfies WidgetModule) as Definer<"omni", OmniAnswer>;
