import * as z from "zod";
import {
  CELL_ACTIONS,
  CELL_DATA_TYPES,
  CHART_DATA_TYPES,
  CHART_TYPES,
  COLOR_CONDITIONS,
  COLOR_NAMES,
  FORMATTER_FNS,
  RENDER_FNS,
} from "./constants.js";
import { sparklineSchema } from "./sparkline.js";

const HEX_COLOR = /^#([0-9A-F]{3}|[0-9A-F]{6})$/i;
const isColor = (value: string): boolean => HEX_COLOR.test(value) || (COLOR_NAMES as readonly string[]).includes(value);

/** What every colour rule has (contract §5). The input type says which texts pass, for the benefit of typings. */
const ruleFields = {
  color: z.custom<(typeof COLOR_NAMES)[number] | `#${string}`>((value) => typeof value === "string" && isColor(value), {
    error: "must be green, red, blue or a hex colour (#RGB or #RRGGBB)",
  }),
  fill: z.boolean().optional(),
};

/** One entry of `colorRules` (contract §5). */
export const colorRuleSchema = z.discriminatedUnion("condition", [
  z.object({
    ...ruleFields,
    condition: z.enum(COLOR_CONDITIONS),
    value: z.union([z.string(), z.number()], { error: "must be a string or a number" }),
  }),
  z.object({
    ...ruleFields,
    condition: z.literal("between"),
    range: z.object({ min: z.number(), max: z.number() }),
  }),
]);

/** The keys of `renderFnParams`, after the legacy ones are migrated (contract §5). Further keys are kept. */
export const renderFnParamsShape = z.object({
  actionType: z.enum(CELL_ACTIONS).nullish(),
  groupByParamName: z.string().nullish(),
  groupBy: z
    .object({ paramName: z.string().min(1), valueField: z.string().optional(), forceUpdate: z.boolean().optional() })
    .optional(),
  sendToAgent: z.object({ markdown: z.string().optional(), agentId: z.string().nullish() }).nullish(),
  hoverCard: z
    .object({ cellField: z.string().optional(), title: z.string().optional(), markdown: z.string().optional() })
    .nullish(),
  colorRules: z.array(colorRuleSchema).nullish(),
  colorValueKey: z.string().nullish(),
});

/** Any falsy value counts as absent, and the legacy `groupByParamName` becomes `groupBy.paramName`. */
function migrateRenderFnParams(value: unknown): unknown {
  if (!value) return undefined;
  if (typeof value !== "object" || Array.isArray(value)) return value;
  const params = value as Record<string, unknown>;
  if (params.actionType !== "groupBy" || typeof params.groupByParamName !== "string") return value;
  const groupBy = typeof params.groupBy === "object" ? params.groupBy : {};
  return { ...params, groupBy: { ...groupBy, paramName: params.groupByParamName } };
}

/** `renderFnParams` of a column (contract §5): an action needs the object that says what it does. */
const renderFnParamsSchema = z.preprocess(
  migrateRenderFnParams,
  renderFnParamsShape
    .superRefine((params, context) => {
      if (params.actionType === "groupBy" && params.groupBy === undefined) {
        context.addIssue({
          code: "custom",
          path: ["groupBy", "paramName"],
          message: 'is required when `actionType` is "groupBy"',
        });
      }
      if (params.actionType === "sendToAgent" && typeof params.sendToAgent?.markdown !== "string") {
        context.addIssue({
          code: "custom",
          path: ["sendToAgent", "markdown"],
          message: 'is required when `actionType` is "sendToAgent"',
        });
      }
    })
    .optional(),
);

/** `"a, b"` means `["a", "b"]`. Null entries are skipped, as Workspace does. */
function splitRenderFn(value: unknown): unknown {
  if (typeof value === "string") return value.split(",").map((name) => name.trim());
  if (!Array.isArray(value)) return value;
  return value.map((name) => (typeof name === "string" ? name.trim() : (name ?? undefined)));
}

/** `formatterFn` of a column or a whole table (contract §2 and §5): an empty text is not allowed, null is. */
export const formatterFnSchema = z.enum(FORMATTER_FNS).nullish();

/**
 * One entry of `columnsDefs` (contract §5). Which keys may be null differs from key to key in the client
 * (`width: null` passes, `prefix: null` rejects the backend), and is copied here key by key.
 */
export const columnSchema = z.object({
  field: z.string(),
  headerName: z.string(),
  cellDataType: z.enum(CELL_DATA_TYPES).optional(),
  chartDataType: z.enum(CHART_DATA_TYPES).optional(),
  formatterFn: formatterFnSchema,
  decimalPlaces: z.number().min(0).max(6).optional(),
  renderFn: z.preprocess(splitRenderFn, z.array(z.enum(RENDER_FNS).optional()).nullish()).optional(),
  renderFnParams: renderFnParamsSchema.optional(),
  sparkline: sparklineSchema.optional(),
  prefix: z.string().optional(),
  suffix: z.string().optional(),
  headerTooltip: z.string().nullish(),
  aggFunc: z.string().nullish(),
  width: z.number().nullish(),
  minWidth: z.number().nullish(),
  maxWidth: z.number().nullish(),
  hide: z.boolean().nullish(),
  rowGroup: z.boolean().nullish(),
  enableCellChangeWs: z.boolean().nullish(),
  pinned: z
    .union([z.literal("left"), z.literal("right"), z.boolean()], { error: 'must be "left", "right", true or false' })
    .nullish(),
  align: z.enum(["left", "center", "right"]).optional(),
});

/** `chartView` of a table or of a widget's state (contract §6). Nothing but a list of columns may be null. */
export const chartViewSchema = z.object({
  enabled: z.boolean().optional(),
  chartType: z.enum(CHART_TYPES).optional(),
  cellRangeCols: z.partialRecord(z.enum(CHART_TYPES), z.array(z.string()).nullish()).optional(),
  ignoreCellRange: z.boolean().optional(),
  chartSettingsOpen: z.boolean().optional(),
  xLabel: z.string().optional(),
  yLabel: z.string().optional(),
});
