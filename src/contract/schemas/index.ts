/**
 * JSON Schemas of the files that Workspace reads, for editors: made from the schemas of the validator, so that an
 * editor underlines nothing that Workspace takes. What JSON Schema cannot say, `openbb-backend validate` does.
 */
import { agentsSchema } from "./agents.js";
import { appsSchema } from "./apps.js";
import { describe } from "./describe.js";
import type { Definitions, JsonSchema } from "./json-schema.js";
import { SNIPPETS } from "./snippets.js";
import { widgetsSchema } from "./widgets.js";

export type { JsonSchema } from "./json-schema.js";

/** Where the published package has them. */
const PLACE = "https://unpkg.com/create-openbb-backend/dist/schemas/";

/** The JSON Schema (draft-07) of each file, by the name of its own file. */
export function jsonSchemas(): Record<string, JsonSchema> {
  const made = {
    "widgets.schema.json": whole(widgetsSchema(), "widgets.json: the widgets of a backend for OpenBB Workspace"),
    "apps.schema.json": whole(appsSchema(), "apps.json: the dashboards of a backend for OpenBB Workspace"),
    "agents.schema.json": whole(agentsSchema(), "agents.json: the AI agents of a backend for OpenBB Workspace"),
  };
  return Object.fromEntries(
    Object.entries(made).map(([name, schema]) => [
      name,
      { $schema: "http://json-schema.org/draft-07/schema#", $id: `${PLACE}${name}`, ...schema },
    ]),
  );
}

function whole({ definitions, ...root }: JsonSchema, title: string): JsonSchema {
  const all = describe(definitions as Definitions);
  for (const [name, defaultSnippets] of Object.entries(SNIPPETS)) {
    if (all[name]) all[name] = { ...all[name], defaultSnippets };
  }
  return { title, ...root, definitions: all };
}

/** Levels of a schema that get lines of their own: a change of one key is a change of one line. */
const OPEN_LEVELS = 4;

/** The text of a schema's file. */
export function schemaText(schema: JsonSchema): string {
  return `${laidOut(schema, 0)}\n`;
}

function laidOut(value: unknown, level: number): string {
  const open = typeof value === "object" && value !== null && !Array.isArray(value) && Object.keys(value).length > 0;
  if (!open || level === OPEN_LEVELS) return JSON.stringify(value);
  const indent = " ".repeat(level + 1);
  const entries = Object.entries(value).map(
    ([key, one]) => `${indent}${JSON.stringify(key)}: ${laidOut(one, level + 1)}`,
  );
  return `{\n${entries.join(",\n")}\n${" ".repeat(level)}}`;
}
