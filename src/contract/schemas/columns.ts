import { CHART_TYPES, COLOR_NAMES, RENDER_FNS } from "../constants.js";
import { amend, type Definitions, having, ignored, type JsonSchema, offer, orFalsy, ref, when } from "./json-schema.js";

/** What each renderer does, shown where one is written by itself. */
const MEANINGS: Readonly<Record<(typeof RENDER_FNS)[number], string>> = {
  greenRed: "Green where it is positive, red where it is negative.",
  titleCase: "Words begin with capitals.",
  hoverCard: "A card over the cell: renderFnParams.hoverCard says what is on it.",
  cellOnClick: "A click does what renderFnParams.actionType says.",
  columnColor: "Coloured as renderFnParams.colorRules say.",
  showCellChange: "A change is flashed, in a live_grid.",
};
const ONE: JsonSchema = {
  enum: [...RENDER_FNS, null],
  enumDescriptions: [...RENDER_FNS.map((name) => MEANINGS[name]), ""],
};

const NAME = `\\s*(${RENDER_FNS.join("|")})\\s*`;

/** One renderer or more: "a", "a, b" or ["a", "b"] (contract §5). */
const renderFn: JsonSchema = {
  anyOf: [
    ONE,
    { type: "array", items: { anyOf: [ONE, { type: "string", pattern: `^${NAME}$` }] } },
    { type: "string", pattern: `^${NAME}(,${NAME})*$` },
  ],
};

const color: JsonSchema = {
  ...offer(...COLOR_NAMES, "#3366cc"),
  if: { enum: [...COLOR_NAMES] },
  else: {
    type: "string",
    pattern: "^#([0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})$",
    patternErrorMessage: "A colour is green, red, blue, #RGB or #RRGGBB.",
    // Editors show such a text as a colour.
    format: "color-hex",
  },
};

/** Columns, and charts made of them, with what their zod schemas do by hand (src/contract/columns.ts). */
export function columnDefinitions(definitions: Definitions): Definitions {
  return {
    column: amend(definitions.column, { renderFn, renderFnParams: orFalsy(ref("renderFnParams")) }),
    renderFnParams: renderFnParams(definitions.renderFnParams),
    colorRule: colorRule(definitions.colorRule?.oneOf as JsonSchema[]),
    ...chartDefinitions(definitions),
  };
}

const FLAG = offer(true, false);

/** Charts, of tables and of dashboards, with the keys that are read but not checked (contract §6). */
export function chartDefinitions({ chartView }: Definitions): Definitions {
  return {
    chartType: { enum: [...CHART_TYPES] },
    chartView: amend(chartView, {}, { chartNavigatorEnabled: FLAG, chartMiniChartEnabled: FLAG }),
  };
}

/** An action needs the object that says what it does; the legacy `groupByParamName` stands for `groupBy.paramName`. */
function renderFnParams(schema: JsonSchema | undefined): JsonSchema {
  const groupBy = schema?.properties?.groupBy ?? {};
  const { paramName: _, ...others } = groupBy.properties ?? {};
  const legacy = {
    required: ["actionType", "groupByParamName"],
    properties: { actionType: { const: "groupBy" }, groupByParamName: { type: "string" } },
  };
  return {
    ...amend(schema, { groupBy: {} }, { hoverCardData: ignored("Workspace does not read it: write hoverCard.") }),
    ...when(
      legacy,
      { properties: { groupByParamName: { minLength: 1 }, groupBy: { properties: others } } },
      {
        properties: { groupBy },
        ...when(having("actionType", { const: "groupBy" }), { required: ["groupBy"] }),
      },
    ),
    allOf: [
      when(
        having("actionType", { const: "sendToAgent" }),
        having("sendToAgent", { type: "object", required: ["markdown"] }),
      ),
    ],
  };
}

/** `between` needs a range, every other condition a value. */
function colorRule([compare, between]: JsonSchema[]): JsonSchema {
  const { condition = {}, value } = compare?.properties ?? {};
  const conditions = [...(condition.enum as string[]), between?.properties?.condition?.const];
  return {
    ...amend(compare, { color, condition: { enum: conditions }, value: {} }, { range: {} }),
    required: ["condition", "color"],
    ...when(
      having("condition", { const: "between" }),
      having("range", between?.properties?.range),
      having("value", value),
    ),
  };
}
