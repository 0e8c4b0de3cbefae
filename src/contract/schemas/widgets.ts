import { KNOWN_CATEGORIES, KNOWN_WIDGET_KEYS, TICKER_CATEGORIES } from "../constants.js";
import { tickerSchema } from "../placement.js";
import { widgetSchema } from "../widgets.js";
import { columnDefinitions } from "./columns.js";
import { amend, type Definitions, fromZod, having, ignored, type JsonSchema, offer, ref, when } from "./json-schema.js";
import { paramDefinitions, paramsList, withFileSelector } from "./params.js";
import { NEW_WIDGET } from "./snippets.js";

const FLAG = offer(true, false);
const NOT_BLANK = { type: "string", pattern: "\\S", patternErrorMessage: "It may not be empty." };
const noBlank = ({ anyOf }: JsonSchema): JsonSchema => ({
  anyOf: (anyOf as JsonSchema[]).map((one) => (one.type === "string" ? NOT_BLANK : one)),
});

/** The schema of widgets.json (contract §2 to §6), without texts. */
export function widgetsSchema(): JsonSchema {
  const found = fromZod(widgetSchema, "widget");
  const definitions: Definitions = { ...found, ...columnDefinitions(found), ...paramDefinitions() };
  definitions.widget = widget(found.widget ?? {});
  return {
    definitions,
    // What is no object counts as a file without widgets, save these.
    not: { anyOf: [{ type: ["array", "null"] }, { type: "string", minLength: 1 }] },
    errorMessage: "widgets.json is an object of widgets by id.",
    // Not looked at by Workspace.
    patternProperties: { "^__proto__$": {} },
    properties: { my_widget: { ...NEW_WIDGET, allOf: [ref("widget")] } },
    additionalProperties: ref("widget"),
  };
}

function widget(schema: JsonSchema): JsonSchema {
  const { staleTime = {}, refetchInterval = {}, data = {}, gridData } = schema.properties ?? {};
  const sizes = { minW: {}, minH: {}, maxW: {}, maxH: {} };
  const free = KNOWN_WIDGET_KEYS.filter((key) => schema.properties?.[key] === undefined && key !== "params");
  return {
    ...amend(
      schema,
      {
        data: dataSchema(data),
        gridData: amend(gridData, {}, sizes),
        category: { ...schema.properties?.category, ...offer(...KNOWN_CATEGORIES) },
        dataUpdateDisplay: NOT_BLANK,
        storage: { ...schema.properties?.storage, properties: STORAGE },
        staleTime: {},
        refetchInterval: {},
      },
      {
        params: paramsList,
        ...Object.fromEntries(free.map((key) => [key, {}])),
        ...IGNORED,
      },
    ),
    allOf: [
      // Without automatic refresh, the client does not look at the timers.
      when(
        { anyOf: [having("refetchInterval", { const: false }), { allOf: [having("runButton", RUNS), NO_INTERVAL] }] },
        {},
        { properties: { staleTime, refetchInterval: noBlank(refetchInterval) } },
      ),
      when(
        {
          anyOf: [
            having("type", { const: "multi_file_viewer" }),
            {
              allOf: [{ properties: { type: { type: "null" } } }, having("defaultViz", { const: "multi_file_viewer" })],
            },
          ],
        },
        having("params", withFileSelector),
      ),
    ],
  };
}

const RUNS = { not: { enum: [false, null, 0, ""] } };
const NO_INTERVAL = { properties: { refetchInterval: { enum: [false, null, 0, ""] } } };
const STORAGE = Object.fromEntries(
  ["params", "html", "mcpUrl", "youtubeUrl", "text", "chartView"].map((key) => [key, {}]),
);

/** Keys that one meets, and Workspace does not read. */
const IGNORED = {
  columns: ignored("Workspace does not read it: columns belong in data.table.columnsDefs."),
  columnsDefs: ignored("Workspace does not read it: columns belong in data.table.columnsDefs."),
  subcategory: ignored("Workspace does not read it: write subCategory."),
  sub_category: ignored("It still works, but Workspace shows a notice: write subCategory."),
  imgUrl: ignored("OpenBB's documentation names it, but Workspace does not read it."),
};

function dataSchema(data: JsonSchema): JsonSchema {
  const ticker = fromZod(tickerSchema, "ticker").ticker;
  // What is checked only when the widget is placed on a dashboard is offered, not demanded.
  const mainTicker = Object.fromEntries(Object.keys(ticker?.properties ?? {}).map((key) => [key, {}]));
  return amend(
    data,
    { table: amend(data.properties?.table, {}, { enableFormulas: FLAG }) },
    {
      defaultSymbol: {},
      updateFrequency: {},
      mainTicker: { properties: { ...mainTicker, category: offer(...TICKER_CATEGORIES), has_options: FLAG } },
      columnsDefs: ignored("Workspace does not read it here: columns belong in data.table.columnsDefs."),
    },
  );
}
