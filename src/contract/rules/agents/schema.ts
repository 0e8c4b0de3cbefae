import * as z from "zod/mini";
import { text } from "../../fields.js";

/** Something that an agent can do, or that people may set (contract §9): plainly on or off, or shown as a setting. */
export const featureSchema = z.union(
  [
    z.boolean(),
    z.object({
      label: z.string(),
      type: z.optional(z.enum(["toggle", "text", "select"])),
      default: z.optional(z.unknown()),
      description: text,
      placeholder: text,
      options: z.optional(z.array(z.object({ label: z.string(), value: z.unknown() }))),
    }),
  ],
  { error: "must be true, false or an object with a `label`" },
);

/** One entry of agents.json, as "Add agent" reads it, its `id` filled in (contract §9). Other keys pass. */
export const agentSchema = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  endpoints: z.object({ query: text, feedback: text, upload_docs: text }),
  // May be relative, which leaves nothing to check.
  image: text,
  link: z.optional(z.url({ error: "must be a full URL" })),
  features: z.optional(z.record(z.string(), featureSchema)),
  models: z.optional(z.array(z.object({ id: z.string(), name: z.string() }))),
});
