import { PARAM_TYPES } from "../constants.js";
import { paramSchema } from "../params.js";
import { amend, type Definitions, fromZod, having, type JsonSchema, offer, orFalsy, ref, when } from "./json-schema.js";

const TEXT = { type: "string" };
const NO_TYPE: JsonSchema = { properties: { type: { type: "null" } } };
const NAMED_DATE = having("paramName", { const: "date" });
const ofType = (...types: string[]): JsonSchema => having("type", { enum: types });

/** Without a type, these get a wrong one (src/contract/params.ts, `effectiveType`). */
const RESERVED_NAMES = Object.getOwnPropertyNames(Object.prototype);

/**
 * What a default may be, by the parameter's type, after the client's coercions (contract §4.1): a falsy one passes
 * everywhere, on a text parameter everything does, and a number may be in quotes.
 */
const VALUES: [types: string[], value: JsonSchema, ...examples: unknown[]][] = [
  [["ticker", "tabs"], TEXT],
  [
    ["number"],
    {
      type: ["number", "string"],
      pattern: "^\\s*[+-]?\\.?\\d",
      patternErrorMessage: "The value of a number parameter is a number.",
    },
  ],
  [
    ["boolean"],
    { type: "boolean", errorMessage: "The value of a boolean parameter is true or false, without quotes." },
    true,
    false,
  ],
  [["button"], { type: ["string", "number", "boolean"] }],
];

const value = (schema: JsonSchema, ...examples: unknown[]): JsonSchema => ({
  properties: { value: { ...orFalsy(schema), ...(examples.length > 0 ? offer(...examples) : {}) } },
});

/**
 * Parameters and form inputs, as they are written: the zod schemas look at them after the client's coercions.
 *
 * `param` stands for one in a row (contract §4.3), `flatParam` for one beside the title: the client forgives a little
 * more in rows.
 */
export function paramDefinitions(): Definitions {
  const { any, formInput = {} } = fromZod(paramSchema, "any");
  const branches = any?.oneOf as JsonSchema[];
  const branch = (type: string) => branches.find((one) => one.properties?.type?.const === type)?.properties ?? {};
  // It has what all have, and nothing else.
  const common = branch("ticker");
  const own = (type: string): JsonSchema => {
    const properties = Object.entries(branch(type)).filter(
      ([key, schema]) =>
        key !== "type" && key !== "value" && JSON.stringify(schema) !== JSON.stringify(common[key] ?? null),
    );
    return { properties: Object.fromEntries(properties) };
  };
  const isText = { anyOf: [ofType("text"), { ...NO_TYPE, not: NAMED_DATE }] };
  const isDate = { anyOf: [ofType("date"), { allOf: [NO_TYPE, NAMED_DATE] }] };

  const param: JsonSchema = {
    ...amend(
      { type: "object", properties: common },
      {
        paramName: {},
        type: { enum: [...PARAM_TYPES, null] },
        value: {},
        label: { type: ["string", "null"] },
        // What is no boolean counts as true.
        show: offer(false),
        options: { items: common.options?.items ?? {} },
        multiple: { type: "boolean" },
        row: {},
      },
    ),
    allOf: [
      ref("newParam"),
      when(ofType("form"), own("form"), having("paramName", common.paramName)),
      when(NO_TYPE, {
        properties: {
          paramName: { not: { enum: RESERVED_NAMES }, errorMessage: "A parameter of this name needs a type." },
        },
      }),
      // A boolean one without choices gets its own, whatever stands there instead.
      when(ofType("boolean"), {}, { properties: { options: { type: ["array", "null"] } } }),
      when(isText, own("text"), {
        properties: { multiple: { enum: [false], errorMessage: "Only a text parameter may have multiple." } },
      }),
      when(isDate, value(TEXT, "$currentDate", "$currentDate-1w", "$currentDate-1M", "$currentDate-1y")),
      when(ofType("tabs"), { properties: { options: { items: branch("tabs").options?.items ?? {} } } }),
      when(ofType("endpoint"), own("endpoint")),
      ...VALUES.map(([types, schema, ...examples]) => when(ofType(...types), value(schema, ...examples))),
    ],
  };
  return {
    param,
    // Editors look for snippets here, where conditions are not in their way.
    newParam: {},
    flatParam: { allOf: [ref("param"), { properties: { row: { type: "number" } } }, when(NO_TYPE, value(TEXT))] },
    formInput: {
      ...amend(formInput, {}, { optionsEndpoint: {} }),
      ...when(having("type"), {}, { properties: { paramName: { not: { enum: RESERVED_NAMES } } } }),
    },
  };
}

/** `params` of a widget: parameters and rows of them. What is no list counts as none. */
export const paramsList: JsonSchema = {
  items: { allOf: [ref("newParam"), when({ type: "array" }, { items: ref("param") }, ref("flatParam"))] },
};

const isSelector = {
  required: ["type", "roles", "paramName"],
  properties: {
    type: { const: "endpoint" },
    roles: { type: "array", contains: { const: "fileSelector" } },
  },
};

/** A list of parameters in which one chooses files, as a multi_file_viewer needs it. */
export const withFileSelector: JsonSchema = {
  type: "array",
  contains: { anyOf: [isSelector, { type: "array", contains: isSelector }] },
  errorMessage: 'A multi_file_viewer needs a parameter of type endpoint with "roles": ["fileSelector"].',
};
