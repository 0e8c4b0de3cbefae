import * as z from "zod";

const text = z.string().optional();
const number = z.number().optional();
const flag = z.boolean().optional();

/** How one point, or a line, is drawn. */
const stroke = { fill: text, stroke: text, strokeWidth: number };
const point = z.object({ ...stroke, size: number }).optional();

/**
 * `sparkline` of a column (contract §5). Nothing may be null. `customFormatter` is required as soon as `options`
 * exists, although OpenBB's own examples leave it out: Workspace rejects those.
 */
export const sparklineSchema = z.object({
  type: z.enum(["line", "area", "bar"]),
  dataField: text,
  options: z
    .object({
      customFormatter: z.string(),
      ...stroke,
      fillOpacity: number,
      min: number,
      max: number,
      direction: z.enum(["vertical", "horizontal"]).optional(),
      xKey: text,
      yKey: text,
      tooltip: z.object({ enabled: flag, renderer: text }).optional(),
      axis: z
        .object({
          type: z.enum(["number", "category", "time"]).optional(),
          stroke: text,
          strokeWidth: number,
          paddingInner: number,
          paddingOuter: number,
        })
        .optional(),
      markers: z
        .object({
          ...stroke,
          enabled: flag,
          shape: z.enum(["circle", "diamond", "square", "plus", "cross", "triangle"]).optional(),
          size: number,
          highlightSize: number,
        })
        .optional(),
      highlightStyle: z.object(stroke).optional(),
      pointsOfInterest: z
        .object({
          firstLast: point,
          minimum: point,
          maximum: point,
          highlighted: point,
          positiveNegative: z.object({ positive: point, negative: point }).optional(),
        })
        .optional(),
      label: z
        .object({
          enabled: flag,
          fontWeight: text,
          fontStyle: text,
          fontSize: number,
          fontFamily: text,
          color: text,
          placement: z
            .enum(["inside", "outside", "inside-center", "inside-end", "outside-center", "outside-end"])
            .optional(),
        })
        .optional(),
      padding: z.object({ top: number, right: number, bottom: number, left: number }).optional(),
    })
    .optional(),
});
