import * as z from "zod/mini";
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
import { flag, flagOrNull, numberOrNull, text, textOrNull } from "./fields.js";
import { sparklineSchema } from "./sparkline.js";

const HEX_COLOR = /^#([0-9A-F]{3}|[0-9A-F]{6})$/i;
const isColor = (value: string): boolean => HEX_COLOR.test(value) || (COLOR_NAMES as readonly string[]).includes(value);

/** What every colour rule has (contract §5). The input type says which texts pass, for the benefit of typings. */
const ruleFields = {
  color: z.custom<(typeof COLOR_NAMES)[number] | `#${string}`>((value) => typeof value === "string" && isColor(value), {
    error: "must be green, red, blue or a hex colour (#RGB or #RRGGBB)",
  }),
  fill: flag,
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
  actionType: z.nullish(z.enum(CELL_ACTIONS)),
  groupByParamName: textOrNull,
  groupBy: z.optional(z.object({ paramName: z.string().check(z.minLength(1)), valueField: text, forceUpdate: flag })),
  sendToAgent: z.nullish(z.object({ markdown: text, agentId: textOrNull })),
  hoverCard: z.nullish(z.object({ cellField: text, title: text, markdown: text })),
  colorRules: z.nullish(z.array(colorRuleSchema)),
  colorValueKey: textOrNull,
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
const renderFnParamsSchema = z.pipe(
  z.transform(migrateRenderFnParams),
  z.optional(
    renderFnParamsShape.check(
      z.superRefine((params, context) => {
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
      }),
    ),
  ),
);

/** `"a, b"` means `["a", "b"]`. Null entries are skipped, as Workspace does. */
function splitRenderFn(value: unknown): unknown {
  if (typeof value === "string") return value.split(",").map((name) => name.trim());
  if (!Array.isArray(value)) return value;
  return value.map((name) => (typeof name === "string" ? name.trim() : (name ?? undefined)));
}

/** `formatterFn` of a column or a whole table (contract §2 and §5): an empty text is not allowed, null is. */
export const formatterFnSchema = z.nullish(z.enum(FORMATTER_FNS));

/**
 * One entry of `columnsDefs` (contract §5). Which keys may be null differs from key to key in the client
 * (`width: null` passes, `prefix: null` rejects the backend), and is copied here key by key.
 */
export const columnSchema = z.object({
  field: z.string(),
  headerName: z.string(),
  cellDataType: z.optional(z.enum(CELL_DATA_TYPES)),
  chartDataType: z.optional(z.enum(CHART_DATA_TYPES)),
  formatterFn: formatterFnSchema,
  decimalPlaces: z.optional(z.number().check(z.gte(0), z.lte(6))),
  renderFn: z.optional(z.pipe(z.transform(splitRenderFn), z.nullish(z.array(z.optional(z.enum(RENDER_FNS)))))),
  renderFnParams: z.optional(renderFnParamsSchema),
  sparkline: z.optional(sparklineSchema),
  prefix: text,
  suffix: text,
  headerTooltip: textOrNull,
  aggFunc: textOrNull,
  width: numberOrNull,
  minWidth: numberOrNull,
  maxWidth: numberOrNull,
  hide: flagOrNull,
  rowGroup: flagOrNull,
  enableCellChangeWs: flagOrNull,
  pinned: z.nullish(
    z.union([z.literal("left"), z.literal("right"), z.boolean()], { error: 'must be "left", "right", true or false' }),
  ),
  align: z.optional(z.enum(["left", "center", "right"])),
});

/** `chartView` of a table or of a widget's state (contract §6). Nothing but a list of columns may be null. */
export const chartViewSchema = z.object({
  enabled: flag,
  chartType: z.optional(z.enum(CHART_TYPES)),
  cellRangeCols: z.optional(z.partialRecord(z.enum(CHART_TYPES), z.nullish(z.array(z.string())))),
  ignoreCellRange: flag,
  chartSettingsOpen: flag,
  xLabel: text,
  yLabel: text,
});
