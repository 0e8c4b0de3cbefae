import type { Definitions, JsonSchema } from "./json-schema.js";
import { LIKE, NOT_OFFERED, TEXTS } from "./texts.js";
import { VALUE_TEXTS } from "./values.js";

/**
 * Puts the texts of the table into the schemas, each once: where a key is described among the properties of an object,
 * it is not described again in what holds of it under a condition.
 */
export function describe(definitions: Definitions): Definitions {
  return Object.fromEntries(
    Object.entries(definitions).map(([name, schema]) => [
      name,
      { ...described(schema, name, new Set()), ...(TEXTS[name] === undefined ? {} : { description: TEXTS[name] }) },
    ]),
  );
}

/** The places that have their texts. */
type Done = Pick<Set<string>, "has"> & { add(place: string): void };

const CONDITIONAL = ["then", "else"] as const;
/** Of a condition, nothing is described. */
const EVERYTHING = { has: () => true, add: () => {} };
const CHOICES = ["allOf", "anyOf"] as const;

function described(schema: JsonSchema, place: string, done: Done): JsonSchema {
  const to = { ...schema };
  if (schema.properties) {
    to.properties = Object.fromEntries(
      Object.entries(schema.properties).map(([key, value]) => {
        const own = `${place}.${key}`;
        return [key, { ...described(value, own, done), ...textsOf(own, value, done) }];
      }),
    );
  }
  if (schema.items) to.items = described(schema.items, place, done);
  if (typeof schema.additionalProperties === "object") {
    to.additionalProperties = described(schema.additionalProperties, `${place}.*`, done);
  }
  if (schema.if) to.if = described(schema.if as JsonSchema, place, EVERYTHING);
  for (const key of CONDITIONAL) if (schema[key]) to[key] = described(schema[key] as JsonSchema, place, done);
  for (const key of CHOICES) {
    if (schema[key]) to[key] = (schema[key] as JsonSchema[]).map((one) => described(one, place, done));
  }
  return to;
}

function textsOf(place: string, schema: JsonSchema, done: Done): JsonSchema {
  const offered = NOT_OFFERED.has(place) ? { doNotSuggest: true } : {};
  if (done.has(place) || schema.deprecationMessage !== undefined) return offered;
  done.add(place);
  const description = textOf(place);
  const values = lookUp(VALUE_TEXTS, place);
  return {
    ...(description === undefined ? {} : { description }),
    ...(values && Array.isArray(schema.enum) ? { enumDescriptions: schema.enum.map((one) => values[one] ?? "") } : {}),
    ...offered,
  };
}

/** The text for a place: its own, that of its like, or that of all places around it. */
export function textOf(place: string): string | undefined {
  const around = place.split(".").map((_, index, parts) => `${parts.slice(0, index).join(".")}.*`);
  return (
    lookUp(TEXTS, place) ??
    around
      .reverse()
      .map((one) => TEXTS[one])
      .find(Boolean)
  );
}

function lookUp<Value>(table: Readonly<Record<string, Value>>, place: string): Value | undefined {
  if (Object.hasOwn(table, place)) return table[place];
  const like = LIKE.find(([name]) => place.startsWith(name));
  return like && table[place.replace(...like)];
}
