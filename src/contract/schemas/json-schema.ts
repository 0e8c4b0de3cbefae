import * as z from "zod/mini";
import { layoutItemSchema, stateSchema } from "../apps.js";
import { chartViewSchema, colorRuleSchema, columnSchema, renderFnParamsShape } from "../columns.js";
import { CHART_TYPES } from "../constants.js";
import { formInputSchema } from "../params.js";
import { sparklineSchema } from "../sparkline.js";

/**
 * A JSON Schema of draft-07, the draft that editors know best, with the keywords that VS Code adds: `defaultSnippets`,
 * `enumDescriptions`, `deprecationMessage`, `errorMessage`, `patternErrorMessage`.
 */
export interface JsonSchema {
  [keyword: string]: unknown;
  properties?: Record<string, JsonSchema>;
  additionalProperties?: JsonSchema;
  items?: JsonSchema;
}
export type Definitions = Record<string, JsonSchema>;

/** What gets a place in `definitions`: it is used more than once, or amended there. */
const names = z.registry<{ id: string }>();
names.add(columnSchema, { id: "column" });
names.add(renderFnParamsShape, { id: "renderFnParams" });
names.add(colorRuleSchema, { id: "colorRule" });
names.add(sparklineSchema, { id: "sparkline" });
names.add(chartViewSchema, { id: "chartView" });
names.add(formInputSchema, { id: "formInput" });
names.add(layoutItemSchema, { id: "layoutItem" });
names.add(stateSchema, { id: "state" });

/**
 * What a zod schema says of the JSON that it takes. Transforms and checks by hand are not in it: the files beside this
 * one add what JSON Schema can say of them.
 *
 * @param id the name under which the schema itself stands among the definitions
 */
export function fromZod(schema: z.ZodMiniType, id: string): Definitions {
  const json = z.toJSONSchema(schema, { target: "draft-7", io: "input", unrepresentable: "any", metadata: names });
  const { $schema: _, definitions, ...root } = tidy(json) as JsonSchema;
  return { ...(definitions as Definitions | undefined), [id]: root };
}

const SAYS_NOTHING = new Set(['propertyNames {"type":"string"}', "additionalProperties {}"]);

/** The same in fewer words. */
function tidy(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(tidy);
  if (typeof node !== "object" || node === null) return node;
  const { anyOf, ...rest } = Object.fromEntries(
    Object.entries(node)
      .map(([key, value]) => [key, tidy(value)] as const)
      .filter(([key, value]) => !SAYS_NOTHING.has(`${key} ${JSON.stringify(value)}`)),
  ) as JsonSchema;
  if (JSON.stringify(rest.enum) === JSON.stringify(CHART_TYPES)) return ref("chartType");
  // These say the type already.
  if (rest.enum !== undefined || rest.const !== undefined) delete rest.type;
  return anyOf === undefined ? rest : { ...rest, ...oneOrNull(anyOf as JsonSchema[]) };
}

/** What may be null gets one `type`, or one `enum`; choices within choices become one list of them. */
function oneOrNull(choices: JsonSchema[]): JsonSchema {
  const flat = choices.flatMap((choice) => (choice.anyOf as JsonSchema[] | undefined) ?? [choice]);
  const [one = {}, other, ...more] = flat;
  if (other?.type === "null" && more.length === 0) {
    if (Array.isArray(one.enum)) return { ...one, enum: [...one.enum, null] };
    if (typeof one.type === "string") return { ...one, type: [one.type, "null"] };
  }
  return { anyOf: flat };
}

/**
 * A schema with changes in some of its properties, and properties that the zod schema does not check.
 *
 * @throws Error where `changed` names a property that is not there: then this folder lags behind the zod schemas
 */
export function amend(schema: JsonSchema | undefined, changed: Definitions, added: Definitions = {}): JsonSchema {
  const properties = { ...schema?.properties };
  for (const [name, change] of Object.entries(changed)) {
    if (properties[name] === undefined) throw new Error(`The schema has no property ${name}.`);
    properties[name] = change;
  }
  return { ...schema, properties: { ...properties, ...added } };
}

export const ref = (name: string): JsonSchema => ({ $ref: `#/definitions/${name}` });

/** Says nothing of a value but that an editor may offer these. */
export const offer = (...examples: unknown[]): JsonSchema => ({ examples });

/** Matches an object whose `key` is there and has such a value. */
export const having = (key: string, value: JsonSchema = {}): JsonSchema => ({
  required: [key],
  properties: { [key]: value },
});

/** Whatever JavaScript takes for absent passes too. */
export const orFalsy = (schema: JsonSchema): JsonSchema => ({ if: { enum: [null, false, 0, ""] }, else: schema });

/** A URL as the client takes it; `format: uri` would refuse what its `new URL` does not. */
export const FULL_URL: JsonSchema = {
  type: "string",
  pattern: "^[\\s\\u0000-\\u001f]*[A-Za-z][A-Za-z0-9+.\\t\\n\\r-]*:",
  patternErrorMessage: "It must be a full URL, with https://.",
};

/** A key that Workspace does not read: editors underline it as a warning. */
export const ignored = (deprecationMessage: string): JsonSchema => ({ deprecationMessage });

/** What holds of an object that matches a condition, and of one that does not. */
export const when = (condition: JsonSchema, then: JsonSchema, otherwise?: JsonSchema): JsonSchema => ({
  if: condition,
  then,
  ...(otherwise === undefined ? {} : { else: otherwise }),
});
