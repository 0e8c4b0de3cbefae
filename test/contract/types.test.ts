import { expectTypeOf, it } from "vitest";
import type * as z from "zod/mini";
import type { appSchema, layoutItemSchema, stateSchema } from "../../src/contract/apps.js";
import type {
  chartViewSchema,
  colorRuleSchema,
  columnSchema,
  renderFnParamsShape,
} from "../../src/contract/columns.js";
import type { FORM_INPUT_TYPES, KNOWN_APP_KEYS, KNOWN_WIDGET_KEYS, PARAM_TYPES } from "../../src/contract/constants.js";
import type {
  AppDefinition,
  AppGroup,
  ChartViewDefinition,
  ColorRule,
  ColumnDefinition,
  FormInputDefinition,
  LayoutItem,
  ParamDefinition,
  RenderFnParams,
  SparklineDefinition,
  TickerDefinition,
  WidgetDefinition,
  WidgetState,
} from "../../src/contract/index.js";
import type { formInputSchema, paramSchema } from "../../src/contract/params.js";
import type { tickerSchema } from "../../src/contract/placement.js";
import type { sparklineSchema } from "../../src/contract/sparkline.js";
import type { widgetSchema } from "../../src/contract/widgets.js";

type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;
type KeysOfUnion<T> = T extends unknown ? keyof T : never;
type AnyParam = z.input<typeof paramSchema>;

/** Checked by `tsc`: what an author may write passes the schema, and neither side has a key the other lacks. */
it("the interfaces agree with the schemas", () => {
  expectTypeOf<WidgetDefinition>().toExtend<z.input<typeof widgetSchema>>();
  expectTypeOf<Same<keyof WidgetDefinition, (typeof KNOWN_WIDGET_KEYS)[number]>>().toEqualTypeOf<true>();
  expectTypeOf<
    Same<keyof z.input<typeof widgetSchema>, Exclude<keyof WidgetDefinition, "params" | "mcp_tool" | "searchCategory">>
  >().toEqualTypeOf<true>();

  expectTypeOf<ColumnDefinition>().toExtend<z.input<typeof columnSchema>>();
  expectTypeOf<Same<keyof ColumnDefinition, keyof z.input<typeof columnSchema>>>().toEqualTypeOf<true>();
  expectTypeOf<RenderFnParams>().toExtend<z.input<typeof renderFnParamsShape>>();
  expectTypeOf<Same<keyof RenderFnParams, keyof z.input<typeof renderFnParamsShape>>>().toEqualTypeOf<true>();
  expectTypeOf<ColorRule>().toExtend<z.input<typeof colorRuleSchema>>();
  expectTypeOf<z.input<typeof colorRuleSchema>>().toExtend<ColorRule>();
  expectTypeOf<Same<keyof SparklineDefinition, keyof z.input<typeof sparklineSchema>>>().toEqualTypeOf<true>();
  expectTypeOf<ChartViewDefinition>().toExtend<z.input<typeof chartViewSchema>>();
  expectTypeOf<z.input<typeof chartViewSchema>>().toExtend<ChartViewDefinition>();
  expectTypeOf<TickerDefinition>().toEqualTypeOf<z.input<typeof tickerSchema>>();

  expectTypeOf<Same<keyof ParamDefinition, KeysOfUnion<AnyParam>>>().toEqualTypeOf<true>();
  expectTypeOf<Same<NonNullable<ParamDefinition["type"]>, AnyParam["type"]>>().toEqualTypeOf<true>();
  expectTypeOf<Same<NonNullable<ParamDefinition["type"]>, (typeof PARAM_TYPES)[number]>>().toEqualTypeOf<true>();
  expectTypeOf<FormInputDefinition>().toExtend<z.input<typeof formInputSchema>>();
  expectTypeOf<
    Same<FormInputDefinition["type"], (typeof FORM_INPUT_TYPES)[number] | undefined>
  >().toEqualTypeOf<true>();

  expectTypeOf<AppDefinition>().toExtend<z.input<typeof appSchema>>();
  expectTypeOf<Same<keyof AppDefinition, (typeof KNOWN_APP_KEYS)[number] | "mcp_servers">>().toEqualTypeOf<true>();
  expectTypeOf<Same<keyof z.input<typeof appSchema>, (typeof KNOWN_APP_KEYS)[number]>>().toEqualTypeOf<true>();
  expectTypeOf<LayoutItem>().toExtend<z.input<typeof layoutItemSchema>>();
  expectTypeOf<z.input<typeof layoutItemSchema>>().toExtend<LayoutItem>();
  expectTypeOf<WidgetState>().toExtend<z.input<typeof stateSchema>>();
  expectTypeOf<z.input<typeof stateSchema>>().toExtend<WidgetState>();
  expectTypeOf<NonNullable<z.input<typeof appSchema>["groups"]>[number]>().toExtend<AppGroup>();
});
