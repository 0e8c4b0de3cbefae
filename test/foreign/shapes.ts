import * as z from "zod";

const Rows = z.array(z.record(z.string(), z.unknown())).min(1);
const Figure = z.object({ data: Rows, layout: z.record(z.string(), z.unknown()).optional() });
const Pdf = z.object({
  data_format: z.object({ data_type: z.literal("pdf"), filename: z.string() }),
  content: z.string().startsWith("JVBERi0"),
});
const Page = z.string().regex(/^<!doctype html>/);

/** What Workspace takes for an answer of each type (contract sections 3.1 to 3.18): bodies of JSON parsed, others as text. */
export const SHAPES: Record<string, { contentType: RegExp; body: z.ZodType }> = {
  table: json(Rows),
  chart: json(Figure),
  "chart-highcharts": json(z.object({ userOptions: z.object({ series: Rows }) })),
  "chart-vegalite": json(z.object({ mark: z.unknown(), encoding: z.record(z.string(), z.unknown()) })),
  metric: json(z.array(z.object({ label: z.string(), value: z.string().min(1), delta: z.string().optional() })).min(1)),
  markdown: json(z.string().min(1)),
  note: json(z.string().min(1)),
  newsfeed: json(
    z.array(
      z.object({
        title: z.string(),
        date: z.string().refine((date) => !Number.isNaN(Date.parse(date))),
        author: z.string(),
        excerpt: z.string(),
        body: z.string(),
      }),
    ),
  ),
  html: { contentType: /^text\/html/, body: Page },
  iframe: { contentType: /^text\/html/, body: Page },
  youtube: { contentType: /^text\/plain/, body: z.string().regex(/^https:\/\/www\.youtube\.com\/watch\?v=[\w-]{11}$/) },
  pdf: { contentType: /^application\/pdf$/, body: z.string().startsWith("%PDF-1.4") },
  file_viewer: json(z.array(z.object({ title: z.string().min(1), link: z.string().min(1) })).min(1)),
  multi_file_viewer: {
    contentType: /^application\/json$/,
    body: z.array(z.union([Pdf, z.object({ error_type: z.literal("not_found"), content: z.string() })])).min(1),
  },
  omni: json(
    z.object({
      content: z.string().min(1),
      data_format: z.object({ data_type: z.literal("object"), parse_as: z.enum(["text", "table", "chart"]) }),
    }),
  ),
  live_grid: json(Rows),
  ssrm_table: json(z.object({ rowData: Rows, rowCount: z.number() })),
  ssrm_advanced: json(z.object({ rowData: Rows, rowCount: z.number() })),
  advanced_charting: json(z.object({ supports_search: z.literal(true), supports_group_request: z.literal(false) })),
};

/** A body as contract example: a PDF is given there as base64. */
export const EXAMPLES: Record<string, { body: z.ZodType }> = { ...SHAPES, pdf: { body: Pdf } };

function json(body: z.ZodType) {
  return { contentType: /^application\/json/, body };
}
