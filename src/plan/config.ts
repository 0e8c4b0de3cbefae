import { CATALOG_TYPES } from "../catalog/index.js";
import { CliError, EXIT } from "../errors.js";
import { type PartialAnswers, readOption } from "./answers.js";
import { type OptionSpec, PROJECT_OPTIONS } from "./options.js";
import type { WidgetSpec } from "./spec.js";

/** The directory is an argument on the command line, and a key like the others in a file. */
const DIRECTORY: OptionSpec = { key: "directory", flags: "[directory]", kind: "text", help: "where the project goes" };

/** Values in a config file at most: enough for a thousand widgets with a hundred columns each. */
const MOST_VALUES = 1_000_000;

const KEYS = [DIRECTORY, ...PROJECT_OPTIONS];

/**
 * Reads the answers of a parsed config file. A project's own `openbb-backend.json` is one too: its `answers` are taken.
 *
 * @param source how the file is called in messages
 * @throws CliError with exit code 2: a key is unknown, or a value is of the wrong kind
 */
export function readConfig(file: unknown, source: string): PartialAnswers {
  const record = isRecord(file) && isRecord(file.answers) && "generator" in file ? file.answers : file;
  if (!isRecord(record)) {
    throw new CliError(
      EXIT.usage,
      `${source} must hold an object of answers.`,
      'For example {"name": "desk", "widgets": [{"type": "table"}]}.',
    );
  }
  checkSize(record, source);
  const answers: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(record)) {
    if (key === "$schema") continue;
    const option = KEYS.find((known) => known.key === key);
    if (!option) {
      throw new CliError(
        EXIT.usage,
        `${source} has a key that is not known: ${JSON.stringify(key)}.`,
        `The keys are ${KEYS.map((known) => known.key).join(", ")}.`,
      );
    }
    answers[key] = key === "widgets" ? readWidgets(value, source) : readOption(option, value, `${key} in ${source}`);
  }
  if (Array.isArray(answers.origins) && !answers.origins.every((origin) => typeof origin === "string")) {
    throw new CliError(EXIT.usage, `origins in ${source} must be a list of texts.`);
  }
  return answers as PartialAnswers;
}

/** The keys of a widget that are texts, and that planning works with. */
const TEXTS = ["id", "name", "description", "category", "subCategory", "endpoint", "variant"];

/** Anchors of YAML can make a cycle, or gigabytes of a few lines. */
export function checkSize(record: object, source: string): void {
  let left = MOST_VALUES;
  const count = (value: unknown, depth: number): void => {
    if (--left < 0 || depth > 100) {
      throw new CliError(EXIT.usage, `${source} is too large, or refers to itself.`, "Split it, and look for anchors.");
    }
    if (typeof value === "object" && value !== null) for (const inner of Object.values(value)) count(inner, depth + 1);
  };
  count(record, 0);
}

/** Reads the list of widgets of a config file; `source` is how the file is called in messages. */
export function readWidgets(value: unknown, source: string): WidgetSpec[] {
  if (!Array.isArray(value) || !value.every(isRecord)) {
    throw new CliError(
      EXIT.usage,
      `widgets in ${source} must be a list of objects.`,
      'For example [{"type": "table", "id": "prices"}].',
    );
  }
  for (const [index, widget] of value.entries()) {
    const { type, params, answers, cache } = widget;
    const where = `widgets[${index}] in ${source}`;
    if (typeof type !== "string") throw new CliError(EXIT.usage, `${where} has no type.`);
    if (params !== undefined && !Array.isArray(params))
      throw new CliError(EXIT.usage, `${where}: params must be a list.`);
    if (answers !== undefined && !isRecord(answers))
      throw new CliError(EXIT.usage, `${where}: answers must be an object of texts.`);
    for (const key of TEXTS) {
      if (widget[key] !== undefined && typeof widget[key] !== "string")
        throw new CliError(EXIT.usage, `${where}: ${key} must be a text.`);
    }
    for (const key of ["gridData", "data"]) {
      if (widget[key] !== undefined && !isRecord(widget[key]))
        throw new CliError(EXIT.usage, `${where}: ${key} must be an object.`);
    }
    if (cache !== undefined && !(Number.isInteger(cache) && (cache as number) >= 0))
      throw new CliError(EXIT.usage, `${where}: cache must be a whole number of seconds.`);
  }
  return value as WidgetSpec[];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A JSON Schema (2020-12) of the config file, for editors. Published as `create-openbb-backend/schema.json`. */
export function configSchema(): Record<string, unknown> {
  const properties = Object.fromEntries(KEYS.map((option) => [option.key, propertySchema(option)]));
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "Config file of create-openbb-backend",
    type: "object",
    properties: { $schema: { type: "string" }, ...properties },
    additionalProperties: false,
  };
}

function propertySchema(option: OptionSpec): Record<string, unknown> {
  const description = option.help;
  switch (option.kind) {
    case "boolean":
      return { description, type: "boolean" };
    case "integer":
      return { description, type: "integer", minimum: 1, maximum: 65_535 };
    case "choice":
      return { description, enum: option.choices };
    case "list":
      return option.key === "widgets"
        ? { description: "the widgets to make", type: "array", items: widgetSchema() }
        : { description, type: "array", items: { type: "string" } };
    default:
      return { description, type: "string" };
  }
}

function widgetSchema(): Record<string, unknown> {
  const text = { type: "string", minLength: 1, maxLength: 200 };
  return {
    description: "an entry of widgets.json and its id; what it leaves out is filled in",
    type: "object",
    required: ["type"],
    properties: {
      type: { enum: CATALOG_TYPES },
      id: { type: "string", pattern: "^[A-Za-z][A-Za-z0-9_-]*$", maxLength: 64 },
      name: text,
      description: { type: "string" },
      category: text,
      subCategory: text,
      endpoint: { type: "string" },
      gridData: {
        type: "object",
        required: ["w", "h"],
        properties: { w: { type: "number" }, h: { type: "number" } },
      },
      variant: { description: "which of the type's samples", type: "string" },
      answers: {
        description: "answers to the questions of the type",
        type: "object",
        additionalProperties: { type: "string" },
      },
      params: { type: "array" },
      data: { type: "object" },
    },
  };
}
