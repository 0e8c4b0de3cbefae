import * as z from "zod";
import { definer, json } from "./widget.js";

const Metric = z.object({
  label: z.string(),
  value: z.union([z.string(), z.number()]),
  delta: z.union([z.string(), z.number()]).optional(),
});

/**
 * One figure. Workspace shows `value` and `delta` just as they are, so write the unit into them: "$191.20", "-1.3 %".
 * A `delta` that starts with a minus is red with an arrow down, any other is green. The number 0 is not shown: send "0".
 */
export type Metric = z.infer<typeof Metric>;

/** Key figures: the handler answers with one or several metrics, side by side. */
export const metric = definer<"metric", Metric | Metric[]>({
  type: "metric",
  answer: z.union([Metric, z.array(Metric)]),
  encode: json,
});
