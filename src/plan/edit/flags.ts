import { CATALOG, CATALOG_TYPES, type CatalogTypeName, entryOf } from "../../catalog/index.js";
import { CELL_DATA_TYPES, type CellDataType, type ParamType } from "../../contract/constants.js";
import { nearest } from "../../contract/suggest.js";
import type { ColumnDefinition, ParamDefinition } from "../../contract/types.js";
import { CliError, EXIT } from "../../errors.js";
import { normalEndpoint, titleOf } from "../names.js";
import type { WidgetSpec } from "../spec.js";
import { FLAG_PARAM_TYPES } from "./options.js";

/** The flags that describe one widget, as commander gives them, by the keys of WIDGET_OPTIONS. */
export interface WidgetFlags {
  type?: string;
  variant?: string;
  id?: string;
  name?: string;
  description?: string;
  category?: string;
  subCategory?: string;
  endpoint?: string;
  params?: string[];
  choices?: string[];
  columns?: string[];
  refetch?: string;
  cache?: number;
  answers?: string[];
}

/**
 * The widget that flags describe.
 *
 * @returns undefined when no flag says anything about a widget
 * @throws CliError with exit code 2 that names the flag
 */
export function specOfFlags(flags: WidgetFlags): WidgetSpec | undefined {
  const { type, params, choices = [], columns, refetch, cache, answers, ...texts } = flags;
  if (Object.values(flags).every((value) => value === undefined)) return undefined;
  if (type === undefined) throw usage("--type is missing.", `Give one of ${CATALOG_TYPES.join(", ")}.`);
  const known = knownType(type);
  const spec: WidgetSpec = { type: known };
  if (texts.name?.trim() === "") throw usage("--name is empty.", "Leave it out: the name is made from the id.");
  for (const [key, text] of Object.entries(texts)) if (text !== undefined) Object.assign(spec, { [key]: text });
  if (params) spec.params = distinct("--param", params, params.map(paramOf), ({ paramName }) => paramName);
  else if (choices.length > 0) throw usage("--option needs the --param whose choices it gives.");
  for (const text of choices) addChoices(spec.params as ParamDefinition[], text);
  if (columns) spec.data = withColumns(known, spec, columns);
  if (refetch !== undefined) spec.refetchInterval = refetchOf(refetch);
  if (cache !== undefined) spec.cache = cache;
  if (answers) spec.answers = Object.fromEntries(answers.map((text) => pairOf(text, "--answer", "question=text")));
  return spec;
}

/**
 * A type of the catalog.
 *
 * @throws CliError with exit code 2 that names the nearest
 */
export function knownType(type: string): CatalogTypeName {
  const found = CATALOG_TYPES.find((known) => known === type);
  if (found) return found;
  const near = nearest(type, CATALOG_TYPES);
  throw usage(
    `There is no widget type "${type}".`,
    `${near ? `Did you mean ${near}? ` : ""}The types are ${CATALOG_TYPES.join(", ")}.`,
  );
}

/** What the type's sample has in `data`, with other columns. */
function withColumns(type: CatalogTypeName, { id, endpoint, variant }: WidgetSpec, columns: string[]) {
  const { data } = entryOf({ type, variant }, normalEndpoint(endpoint ?? id ?? CATALOG[type].id));
  if (data?.table?.columnsDefs === undefined) throw usage(`--column: a widget of the type ${type} has no columns.`);
  const columnsDefs = distinct("--column", columns, columns.map(columnOf), ({ field }) => field);
  return { ...data, table: { showAll: false, columnsDefs } };
}

/** The same things, when no two have one name. */
function distinct<Thing>(flag: string, texts: string[], things: Thing[], nameOf: (thing: Thing) => unknown): Thing[] {
  const names = things.map(nameOf);
  const twice = names.findIndex((name, index) => names.indexOf(name) !== index);
  if (twice < 0) return things;
  throw usage(`${flag} ${texts[twice]}: there is one called ${JSON.stringify(names[twice])} already.`);
}

/** `limit:number=10` */
function paramOf(text: string): ParamDefinition {
  const [head = "", ...rest] = text.split("=");
  const [paramName = "", type = "text", ...more] = head.split(":");
  const fallback = rest.length > 0 ? rest.join("=") : undefined;
  if (paramName === "" || more.length > 0 || !FLAG_PARAM_TYPES.some((known) => known === type)) {
    throw usage(
      `--param ${text} cannot be read.`,
      `Write name:type=default, with one of ${FLAG_PARAM_TYPES.join(", ")}.`,
    );
  }
  const param: ParamDefinition = { paramName, label: titleOf(paramName), type: type as ParamType };
  if (fallback !== undefined) param.value = defaultOf(type, fallback, text);
  return param;
}

function defaultOf(type: string, text: string, whole: string): string | number | boolean {
  if (type === "boolean") {
    if (text !== "true" && text !== "false") throw usage(`--param ${whole}: the default must be true or false.`);
    return text === "true";
  }
  if (type !== "number") return text;
  const number = Number(text);
  if (text.trim() === "" || !Number.isFinite(number)) throw usage(`--param ${whole}: the default must be a number.`);
  return number;
}

/** `side=buy,sell` */
function addChoices(params: ParamDefinition[], text: string): void {
  const [name, list] = pairOf(text, "--option", "param=a,b,c");
  const param = params.find(({ paramName }) => paramName === name);
  if (!param) throw usage(`--option ${text}: there is no --param ${name}.`);
  param.options = list.split(",").map((part) => {
    if (part.trim() === "") throw usage(`--option ${text}: a choice is empty.`);
    const value = param.type === "number" ? defaultOf("number", part, text) : part.trim();
    return { label: titleOf(String(value)), value };
  });
}

/** `price:number` */
function columnOf(text: string): ColumnDefinition {
  const [field = "", type = "text", ...more] = text.split(":");
  if (field === "" || more.length > 0 || !CELL_DATA_TYPES.some((known) => known === type)) {
    throw usage(`--column ${text} cannot be read.`, `Write field:type, with one of ${CELL_DATA_TYPES.join(", ")}.`);
  }
  return { field, headerName: titleOf(field), cellDataType: type as CellDataType };
}

const UNIT_MS: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** What is no cron expression is never carried out: a nickname, or five to seven fields without long words. */
const CRON_FIELD = /^([\d*?/,#+-]|(?<![A-Za-z])[A-Za-z]{1,3}(?![A-Za-z]))+$/;

function isCron(text: string): boolean {
  const fields = text.trim().split(/\s+/);
  return (
    /^@[a-z]+$/.test(text) || (fields.length >= 5 && fields.length <= 7 && fields.every((one) => CRON_FIELD.test(one)))
  );
}

/** `30s`, `5m`, `1h`, `never`, or a cron expression. */
function refetchOf(text: string): number | string | false {
  if (text === "never") return false;
  if (isCron(text)) return text;
  const [, amount, unit = "ms"] = /^(\d{1,9})(ms|s|m|h)?$/.exec(text) ?? [];
  const ms = Number(amount) * (UNIT_MS[unit] ?? 1);
  if (amount === undefined || ms < 1000) {
    throw usage(
      `--refetch ${text} is no interval.`,
      "Write 30s, 5m, 1h (one second at least), a cron expression, or never.",
    );
  }
  return ms;
}

function pairOf(text: string, flag: string, form: string): [string, string] {
  const mark = text.indexOf("=");
  if (mark < 1) throw usage(`${flag} ${text} cannot be read.`, `Write ${flag} ${form}.`);
  return [text.slice(0, mark), text.slice(mark + 1)];
}

function usage(message: string, hint?: string): CliError {
  return new CliError(EXIT.usage, message, hint);
}
