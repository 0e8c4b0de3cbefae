/** The routes that a widget has beside its endpoint: choices of its parameters, and where its form is sent. */
import { endpointPath, isElsewhere, routePath } from "./paths.js";
import { asRecord, type ParamShape, paramShape, paramShapes, widgetType } from "./shape.js";

/** One `optionsEndpoint` on this backend. */
export interface OptionsRoute {
  /** Whose choices: the name of the parameter, or of the form's input. */
  param: string;
  /** `/symbols`. */
  path: string;
  /** What Workspace sends with the question: the parameter's `optionsParams`. */
  shapes: ParamShape[];
}

/** Where the form of a widget is sent. */
export interface FormRoute {
  method: "POST" | "PUT";
  path: string;
  shapes: ParamShape[];
}

/** The choices that a widget fetches from this backend (contract §4.5 and §4.7). Names are unique. */
export function optionsRoutes(definition: unknown): OptionsRoute[] {
  const found = new Map<string, OptionsRoute>();
  const add = (param: Record<string, unknown>, shapes: ParamShape[]) => {
    const { paramName, optionsEndpoint, type } = param;
    if (typeof paramName !== "string" || paramName === "" || type !== "endpoint") return;
    if (typeof optionsEndpoint !== "string" || optionsEndpoint === "" || isElsewhere(optionsEndpoint)) return;
    const path = endpointPath(optionsEndpoint);
    // A form may ask for other choices under the same name, and so may a widget that shares the handler.
    let name = paramName;
    for (let count = 1; found.has(name) && found.get(name)?.path !== path; count++) {
      name = count === 1 ? `form_${paramName}` : `form${count}_${paramName}`;
    }
    if (!found.has(name)) found.set(name, { param: name, path, shapes });
  };
  for (const param of params(definition)) add(param, questionShapes(definition, param));
  // A form's input asks without any parameters.
  for (const input of inputs(form(definition))) add(input, []);
  return [...found.values()];
}

/** What the paths below the endpoint of a TradingView chart are called. */
const UDF = ["config", "time", "symbols", "search", "history"];
/** The widget types that are asked with a body. */
const POSTED = new Set(["ssrm_table", "ssrm_advanced", "omni", "multi_file_viewer"]);

/** Every path at which a widget itself answers a GET: nothing else can be asked for there. */
export function ownPaths(definition: unknown): string[] {
  const { endpoint, fileEndpoint } = asRecord(definition);
  if (typeof endpoint !== "string" || isElsewhere(endpoint)) return [];
  const type = widgetType(definition);
  const path = routePath(
    endpoint,
    paramShapes(definition).map(({ name }) => name),
  );
  if (POSTED.has(type)) return [];
  if (type === "advanced_charting") return [path, ...UDF.map((name) => `${path}/${name}`)];
  if (type !== "file_viewer") return [path];
  return [path, typeof fileEndpoint === "string" ? endpointPath(fileEndpoint) : `${path}/file`];
}

/** Where the widget's form is sent, if it has one and this backend takes it. Workspace uses the first form only. */
export function formRoute(definition: unknown): FormRoute | undefined {
  const { endpoint, method } = form(definition) ?? {};
  if (typeof endpoint !== "string" || endpoint === "" || isElsewhere(endpoint)) return undefined;
  const shapes = inputs(form(definition)).flatMap((input) => inputShape(input) ?? []);
  return { method: method === "PUT" ? "PUT" : "POST", path: endpointPath(endpoint), shapes };
}

/** `"$name"` stands for the current value of that parameter, anything else for itself. */
function questionShapes(definition: unknown, param: Record<string, unknown>): ParamShape[] {
  const own = paramShapes(definition);
  const given = asRecord(param.optionsParams);
  const files = widgetType(definition) === "multi_file_viewer";
  // Without optionsParams, a file list is asked with all the other parameters (contract §3.12).
  if (files && param.optionsParams === undefined) return own.filter(({ name }) => name !== param.paramName);
  return Object.entries(given).map(([name, value]): ParamShape => {
    const source = typeof value === "string" && value.startsWith("$") ? value.slice(1) : undefined;
    const shape = own.find((candidate) => candidate.name === source);
    return shape ? { ...shape, name } : { name, kind: "string", many: false };
  });
}

/** An input of a form: sent as it stands, so that an empty one is no question for its default. */
function inputShape(input: Record<string, unknown>): ParamShape | undefined {
  const shape = paramShape(input);
  if (!shape) return undefined;
  const { fallback, ...bare } = shape;
  if (shape.many) return { ...bare, fallback: [] };
  if (shape.kind === "boolean") return { ...bare, fallback: false };
  // The default of a choice may be a value that is not listed.
  if (bare.choices && fallback !== undefined) bare.choices = [...new Set([...bare.choices, ...[fallback].flat()])];
  return bare;
}

function params(definition: unknown): Record<string, unknown>[] {
  const { params } = asRecord(definition);
  return (Array.isArray(params) ? params.flat() : []).map(asRecord);
}

function form(definition: unknown): Record<string, unknown> | undefined {
  return params(definition).find(({ type }) => type === "form");
}

function inputs(form: Record<string, unknown> | undefined): Record<string, unknown>[] {
  return Array.isArray(form?.inputParams) ? form.inputParams.map(asRecord) : [];
}
