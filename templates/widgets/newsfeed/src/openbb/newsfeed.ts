import * as z from "zod";
import { definer, json } from "./widget.js";

const Article = z.object({
  title: z.string(),
  date: z.union([
    z.number(),
    z.string().refine((text) => !Number.isNaN(Date.parse(text)), { error: "must be a date that JavaScript can read" }),
  ]),
  author: z.string(),
  excerpt: z.string(),
  body: z.string(),
});

/**
 * One article. Workspace needs all five: a `date` that it cannot read (ISO 8601, or milliseconds) crashes the widget.
 * `excerpt` is shown on hovering; `body` is Markdown, and the place for links.
 */
export type Article = z.infer<typeof Article>;

/** A feed of articles, shown in the order of the answer. */
export const newsfeed = definer<"newsfeed", Article[]>({ type: "newsfeed", answer: z.array(Article), encode: json });
