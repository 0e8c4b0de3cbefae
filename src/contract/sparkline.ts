import * as z from "zod/mini";
import { flag, number, text } from "./fields.js";

/** How one point, or a line, is drawn. */
const stroke = { fill: text, stroke: text, strokeWidth: number };
const point = z.optional(z.object({ ...stroke, size: number }));

/** `options` of a sparkline (contract §5). */
export const sparklineOptionsSchema = z.object({
  customFormatter: z.string(),
  ...stroke,
  fillOpacity: number,
  min: number,
  max: number,
  direction: z.optional(z.enum(["vertical", "horizontal"])),
  xKey: text,
  yKey: text,
  tooltip: z.optional(z.object({ enabled: flag, renderer: text })),
  axis: z.optional(
    z.object({
      type: z.optional(z.enum(["number", "category", "time"])),
      stroke: text,
      strokeWidth: number,
      paddingInner: number,
      paddingOuter: number,
    }),
  ),
  markers: z.optional(
    z.object({
      ...stroke,
      enabled: flag,
      shape: z.optional(z.enum(["circle", "diamond", "square", "plus", "cross", "triangle"])),
      size: number,
      highlightSize: number,
    }),
  ),
  highlightStyle: z.optional(z.object(stroke)),
  pointsOfInterest: z.optional(
    z.object({
      firstLast: point,
      minimum: point,
      maximum: point,
      highlighted: point,
      positiveNegative: z.optional(z.object({ positive: point, negative: point })),
    }),
  ),
  label: z.optional(
    z.object({
      enabled: flag,
      fontWeight: text,
      fontStyle: text,
      fontSize: number,
      fontFamily: text,
      color: text,
      placement: z.optional(
        z.enum(["inside", "outside", "inside-center", "inside-end", "outside-center", "outside-end"]),
      ),
    }),
  ),
  padding: z.optional(z.object({ top: number, right: number, bottom: number, left: number })),
});

/**
 * `sparkline` of a column (contract §5). Nothing may be null. `customFormatter` is required as soon as `options`
 * exists, although OpenBB's own examples leave it out: Workspace rejects those.
 */
export const sparklineSchema = z.object({
  type: z.enum(["line", "area", "bar"]),
  dataField: text,
  options: z.optional(sparklineOptionsSchema),
});
