import { besideRoutes } from "./beside.js";
import { validateApps, validateWidgets } from "./contract/index.js";
import { dataPath, wrapData } from "./data-key.js";
import type { Tokens } from "./links.js";
import { type Route, RouteTable } from "./match.js";
import { paramsParser } from "./params.js";
import { endpointPath, endpointQuery, isElsewhere, routePath } from "./typegen/paths.js";
import { paramShapes, widgetType } from "./typegen/shape.js";
import { companies, together } from "./typegen/shared.js";
import { type Endpoint, json, type SocketEndpoint, type WidgetModule, type WidgetPlace } from "./widget.js";

/** One widget that is served: its entry in widgets.json and the handler that answers for it. */
export interface ServedWidget extends WidgetPlace {
  name: string;
  type: string;
  module: WidgetModule;
  /** Its entry, with the parameters of all widgets that its handler answers for. */
  together: Record<string, unknown>;
  /** Its endpoint first, then those beside it. */
  endpoints: Endpoint[];
  socket: SocketEndpoint | undefined;
}

/** What this backend serves, worked out once at start. */
export interface Manifest {
  widgets: ServedWidget[];
  routes: RouteTable;
  /** The body of /widgets.json, for the owner of a key: links that work without headers differ. */
  widgetsJson: (tokens?: Tokens, owner?: string) => string;
  /** The body of /apps.json. */
  appsJson: string;
  /** What is wrong, a sentence each. A faulty widget or app is left out: Workspace would drop all for one. */
  problems: string[];
}

/** Paths that Workspace needs for itself: no widget may answer there. */
const RESERVED = new Set(["/widgets.json", "/apps.json", "/agents.json", "/healthz", "/thumbnail.svg"]);

/**
 * Checks widgets.json and apps.json against what Workspace accepts and against the handlers there are.
 *
 * @param widgetsFile the parsed widgets.json
 * @param appsFile the parsed apps.json
 */
export function buildManifest(widgetsFile: unknown, appsFile: unknown, modules: WidgetModule[]): Manifest {
  const whole = errors(validateWidgets(widgetsFile)).filter((error) => error.path === "");
  const problems = whole.map((error) => `widgets.json: ${error.message}`);
  const entries = whole.length > 0 ? [] : Object.entries(widgetsFile as Record<string, Definition>);
  const routes = new RouteTable();
  const valid: [string, Definition][] = [];
  for (const [id, definition] of entries) {
    const found = errors(validateWidgets({ [id]: definition })).map((error) => `${error.message} (at ${error.path})`);
    if (found.length > 0) problems.push(`Widget "${id}" is left out: ${found.join(" ")}`);
    else valid.push([id, definition]);
  }
  const served = serve(valid, modules, routes);
  const kept: [string, Definition, ServedWidget | undefined][] = [];
  for (const [id, definition] of valid) {
    const widget = served.get(id);
    if (typeof widget === "string") problems.push(`Widget "${id}" is left out: ${widget}`);
    else kept.push([id, definition, widget]);
  }
  const widgets = kept.flatMap(([, , widget]) => widget ?? []);
  const answering = widgets.filter(({ id, module }) => module.id === id);
  for (const widget of answering) problems.push(...addBeside(widget, routes));
  for (const widget of answering) problems.push(...unanswered(widget, routes));

  const ids = new Set(entries.map(([id]) => id));
  for (const { id } of modules) if (!ids.has(id)) problems.push(`The handler of "${id}" has no entry in widgets.json.`);

  const apps = (Array.isArray(appsFile) ? appsFile : [appsFile]).filter((app, index) => {
    const found = errors(validateApps([app]));
    problems.push(...found.map((error) => `App ${index + 1} is left out: ${error.message} (at ${error.path})`));
    return found.length === 0;
  });

  const widgetsJson: Manifest["widgetsJson"] = (tokens, owner) => {
    const served = kept.map(([id, definition, widget]) => [id, withLinks(definition, widget, tokens, owner)]);
    return JSON.stringify(Object.fromEntries(served));
  };
  return { widgets, routes, widgetsJson, appsJson: JSON.stringify(apps), problems };
}

type Definition = Record<string, unknown> & { name: string; endpoint: string };

/**
 * Pairs widgets with their handlers. One without a handler of its own is answered for by that of another of its type
 * with the same endpoint.
 *
 * @returns for each id the widget; undefined for one that another server answers for; or why it cannot be served
 */
function serve(entries: [string, Definition][], modules: WidgetModule[], routes: RouteTable) {
  const definitions = new Map(entries);
  const company = companies(entries);
  const served = new Map<string, ServedWidget | string | undefined>();
  for (const [id, definition] of entries) {
    const module = modules.find((candidate) => candidate.id === id);
    const others = (company.get(id) ?? []).filter((other) => other !== id).map((other) => definitions.get(other));
    if (isElsewhere(definition.endpoint)) served.set(id, undefined);
    else if (module) served.set(id, place(id, definition, module, together(definition, others), routes));
  }
  for (const [id, definition] of entries) {
    if (served.has(id)) continue;
    const hosts = (company.get(id) ?? []).map((other) => served.get(other));
    const host = hosts.find((one) => typeof one === "object");
    const why = "no file in src/widgets answers for it.";
    served.set(id, typeof host === "object" ? { ...host, id, definition, name: definition.name } : why);
  }
  return served;
}

/** The widget to serve, or why it cannot be served. */
function place(
  id: string,
  definition: Definition,
  module: WidgetModule,
  all: Record<string, unknown>,
  routes: RouteTable,
): ServedWidget | string {
  const { name, endpoint } = definition;
  const type = widgetType(definition);
  if (module.type !== type) return `widgets.json calls it a ${type}, its handler a ${module.type}.`;

  const shapes = paramShapes(all);
  const names = shapes.map((shape) => shape.name);
  const path = routePath(endpoint, names);
  const placed: WidgetPlace = { id, definition, path, parse: paramsParser(shapes) };
  let widget: ServedWidget;
  try {
    const [endpoints, socket] = [module.endpoints(placed), module.socket?.(placed)];
    widget = { ...placed, name, type, module, together: all, endpoints, socket };
  } catch (error) {
    return (error as Error).message;
  }
  const taken = widget.endpoints.find((one) => isReserved(one.path));
  if (taken) return `its endpoint, ${taken.path}, is a route of the backend itself.`;
  const [main] = widget.endpoints;
  const at = dataPath(type, definition);
  if (main && at.length > 0) {
    widget.endpoints[0] = { ...main, encode: (answer) => json(wrapData(type, at, answer)) };
  }
  for (const one of widget.endpoints) {
    const asked = one.path === path ? { names, query: endpointQuery(endpoint) } : {};
    const other = routes.add({ widget, endpoint: one, ...asked });
    if (other) return `its endpoint, ${one.path}, is already that of "${other.widget.id}".`;
  }
  return widget;
}

function isReserved(path: string): boolean {
  return RESERVED.has(path) || path.startsWith("/t/");
}

/** Adds the choices and the form of a widget. Two widgets may share a route if they share its function. */
function addBeside(widget: ServedWidget, routes: RouteTable): string[] {
  const { endpoints } = besideRoutes(widget.together, widget.module);
  return endpoints.flatMap((endpoint) => {
    if (isReserved(endpoint.path)) {
      return [`${endpoint.path} of "${widget.id}" is left out: it is a route of the backend itself.`];
    }
    const other: Route | undefined = routes.add({ widget, endpoint });
    if (other && other.endpoint.handle !== endpoint.handle) {
      return [`${endpoint.path} of "${widget.id}" is left out: it is already that of "${other.widget.id}".`];
    }
    widget.endpoints.push(endpoint);
    return [];
  });
}

function unanswered(widget: ServedWidget, routes: RouteTable): string[] {
  const missing = besideRoutes(widget.together, widget.module).unanswered.filter(({ path }) => !routes.find(path));
  return missing.map(({ param, path }) => `No handler has the options of "${param}" of "${widget.id}", at ${path}.`);
}

/** The entry as it is served: what Workspace asks for without headers carries a token. */
function withLinks(definition: Definition, widget: ServedWidget | undefined, tokens?: Tokens, owner?: string) {
  if (!widget || !tokens || owner === undefined) return definition;
  const { wsEndpoint, fileEndpoint } = definition;
  // With or without a slash before it, as it is written: both kinds of URL are resolved by Workspace.
  const link = (path: string) =>
    tokens.path(owner, widget.id, endpointPath(path)).replace(/^\//, path.startsWith("/") ? "/" : "");
  return {
    ...definition,
    // The endpoint as it is written: its placeholders and its query must stay.
    ...(widget.endpoints[0]?.headerless
      ? { endpoint: `${tokens.path(owner, widget.id, "/").slice(1)}${definition.endpoint.replace(/^\/+/, "")}` }
      : {}),
    ...(widget.socket && typeof wsEndpoint === "string" ? { wsEndpoint: link(wsEndpoint) } : {}),
    ...(typeof fileEndpoint === "string" && !isElsewhere(fileEndpoint) ? { fileEndpoint: link(fileEndpoint) } : {}),
  };
}

function errors(findings: ReturnType<typeof validateWidgets>) {
  return findings.filter((finding) => finding.severity === "error");
}
