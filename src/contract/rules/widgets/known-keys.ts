/** The keys that Workspace reads inside a widget, and what authors call them; all others it passes over (contract 2). */
import { chartViewSchema, colorRuleSchema, columnSchema, renderFnParamsShape } from "../../columns.js";
import { formInputSchema } from "../../params.js";
import { sparklineOptionsSchema, sparklineSchema } from "../../sparkline.js";

const PARAM = [
  ...Object.keys(formInputSchema.shape),
  ...["optionsEndpoint", "optionsParams", "language", "endpoint", "method", "inputParams", "groupById"],
];

const SPARKLINE = sparklineOptionsSchema.shape;
const within = (key: "axis" | "highlightStyle" | "markers" | "label" | "padding" | "pointsOfInterest" | "tooltip") =>
  Object.keys(SPARKLINE[key].def.innerType.shape);

/** By the key of what they stand in; of a list, in each of its items. */
export const KNOWN_KEYS = {
  gridData: ["w", "h", "minW", "minH", "maxW", "maxH"],
  data: ["dataKey", "table", "wsRowIdColumn", "wsRowIdColumns", "defaultSymbol", "updateFrequency", "mainTicker"],
  table: [
    ...["showAll", "columnsDefs", "chartView", "formatterFn", "transpose", "period"],
    ...["enableAdvanced", "enableFormulas", "enableCharts"],
  ],
  chartView: Object.keys(chartViewSchema.shape),
  columnsDefs: Object.keys(columnSchema.shape),
  renderFnParams: Object.keys(renderFnParamsShape.shape),
  groupBy: ["paramName", "valueField", "forceUpdate"],
  hoverCard: ["cellField", "title", "markdown"],
  sendToAgent: ["markdown", "agentId"],
  colorRules: [...new Set(colorRuleSchema.def.options.flatMap(({ shape }) => Object.keys(shape)))],
  sparkline: Object.keys(sparklineSchema.shape),
  sparklineOptions: Object.keys(SPARKLINE),
  axis: within("axis"),
  highlightStyle: within("highlightStyle"),
  markers: within("markers"),
  label: within("label"),
  padding: within("padding"),
  pointsOfInterest: within("pointsOfInterest"),
  tooltip: within("tooltip"),
  params: PARAM,
  inputParams: PARAM,
  options: ["label", "value", "extraInfo", "selected"],
  style: ["popupWidth"],
} as const satisfies Record<string, readonly string[]>;

const PARAM_NAMES: Readonly<Record<string, string>> = {
  default: "value",
  defaultValue: "value",
  default_value: "value",
};

/** What authors write by another name, and what Workspace calls it, by what it stands in. */
export const OTHER_NAMES: Readonly<Partial<Record<keyof typeof KNOWN_KEYS, Readonly<Record<string, string>>>>> = {
  table: { columns: "columnsDefs", columnDefs: "columnsDefs" },
  columnsDefs: { formatFn: "formatterFn", formatter: "formatterFn", render: "renderFn", tooltip: "headerTooltip" },
  params: PARAM_NAMES,
  inputParams: PARAM_NAMES,
};
