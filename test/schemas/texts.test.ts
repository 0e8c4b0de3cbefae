import { describe, expect, it } from "vitest";
import { textOf } from "../../src/contract/schemas/describe.js";
import { type JsonSchema, jsonSchemas, schemaText } from "../../src/contract/schemas/index.js";
import { LIKE, NOT_OFFERED, TEXTS } from "../../src/contract/schemas/texts.js";
import { VALUE_TEXTS } from "../../src/contract/schemas/values.js";

const schemas = jsonSchemas();

/** Every place of a schema that an author can write, with all that the schema says of it. */
function places(): Map<string, JsonSchema[]> {
  const found = new Map<string, JsonSchema[]>();
  const walk = (node: JsonSchema, place: string): void => {
    found.set(place, [...(found.get(place) ?? []), node]);
    for (const [key, value] of Object.entries(node.properties ?? {})) walk(value, `${place}.${key}`);
    if (node.items) walk(node.items, place);
    if (typeof node.additionalProperties === "object") walk(node.additionalProperties, `${place}.*`);
    for (const branch of [node.then, node.else].filter(Boolean)) walk(branch as JsonSchema, place);
    for (const branch of [node.allOf ?? [], node.anyOf ?? []].flat()) walk(branch as JsonSchema, place);
  };
  for (const { definitions } of Object.values(schemas)) {
    for (const [name, schema] of Object.entries(definitions as Record<string, JsonSchema>)) walk(schema, name);
  }
  return found;
}

describe("the texts of the schemas", () => {
  const all = places();
  const like = (place: string) => place.replace(...(LIKE.find(([name]) => place.startsWith(name)) ?? ["", ""]));

  it("explain every key once, save those that Workspace does not read", () => {
    for (const [place, nodes] of all) {
      if (!place.includes(".") || place.endsWith(".*")) continue;
      const texts = nodes.flatMap((node) => node.description ?? node.deprecationMessage ?? []);
      expect(new Set(texts).size, place).toBe(1);
    }
  });

  it("are all in use", () => {
    const places = new Set([...all.keys()].flatMap((place) => [place, like(place)]));
    const around = [...places].map((place) => textOf(place));
    for (const [place, text] of Object.entries(TEXTS)) {
      expect(place.endsWith(".*") ? around.includes(text) : places.has(place), place).toBe(true);
    }
    for (const place of NOT_OFFERED) expect(places.has(place), place).toBe(true);
  });

  it("say what every value of a list means that they say of one", () => {
    for (const [place, texts] of Object.entries(VALUE_TEXTS)) {
      const lists = (all.get(place) ?? []).flatMap((node) => (node.enum ? [node.enum as unknown[]] : []));
      expect(lists, place).toHaveLength(1);
      expect(Object.keys(texts).sort(), place).toEqual(lists[0]!.filter((one) => one !== null).sort());
    }
  });

  it("are sentences", () => {
    for (const text of [...Object.values(TEXTS), ...Object.values(VALUE_TEXTS).flatMap(Object.values)]) {
      expect(text).toMatch(/^.+\.$/);
    }
  });
});

describe("the text of a schema's file", () => {
  it("is the schema", () => {
    for (const schema of Object.values(schemas)) expect(JSON.parse(schemaText(schema))).toEqual(schema);
  });

  it("gives each key a line of its own", () => {
    const lines = schemaText(schemas["widgets.schema.json"]!).split("\n");
    expect(lines.filter((line) => /^ {4}"headerName": \{.*\},$/.test(line))).toHaveLength(1);
  });
});
