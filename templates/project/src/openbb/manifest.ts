import { besideRoutes } from "./beside.js";
import { validateApps, validateWidgets } from "./contract/index.js";
import type { Tokens } from "./links.js";
import { type Route, RouteTable } from "./match.js";
import { paramsParser } from "./params.js";
import { endpointPath, isElsewhere } from "./typegen/paths.js";
import { paramShapes, widgetType } from "./typegen/shape.js";
import type { Endpoint, SocketEndpoint, WidgetModule, WidgetPlace } from "./widget.js";

/** One widget that is served: its entry in widgets.json and the handler that answers for it. */
export interface ServedWidget extends WidgetPlace {
  name: string;
  type: string;
  module: WidgetModule;
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

/** Paths that are taken: a widget with such an endpoint would never be called. */
const RESERVED = new Set([
  "/",
  "/widgets.json",
  "/apps.json",
  "/templates.json",
  "/agents.json",
  "/health",
  "/metrics",
  "/landing.css",
  "/landing.js",
  "/thumbnail.svg",
]);

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
  const kept: [string, Definition, ServedWidget | undefined][] = [];

  for (const [id, definition] of entries) {
    const found = errors(validateWidgets({ [id]: definition })).map((error) => `${error.message} (at ${error.path})`);
    const widget = found.length > 0 ? found.join(" ") : place(id, definition, modules, routes);
    if (typeof widget === "string") problems.push(`Widget "${id}" is left out: ${widget}`);
    else kept.push([id, definition, widget]);
  }
  const widgets = kept.flatMap(([, , widget]) => widget ?? []);
  for (const widget of widgets) problems.push(...addBeside(widget, routes));
  for (const widget of widgets) problems.push(...unanswered(widget, routes));

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

/** The widget to serve; undefined for one that another server answers for; or why it cannot be served. */
function place(
  id: string,
  definition: Definition,
  modules: WidgetModule[],
  routes: RouteTable,
): ServedWidget | undefined | string {
  const { name, endpoint } = definition;
  if (isElsewhere(endpoint)) return undefined;
  const type = widgetType(definition);
  const module = modules.find((candidate) => candidate.id === id);
  if (!module) return "no file in src/widgets answers for it.";
  if (module.type !== type) return `widgets.json calls it a ${type}, its handler a ${module.type}.`;

  const shapes = paramShapes(definition);
  const path = withPlaceholders(endpointPath(endpoint), new Set(shapes.map((shape) => shape.name)));
  if (RESERVED.has(path) || path.startsWith("/t/")) return `its endpoint, ${path}, is a route of the backend itself.`;
  const placed: WidgetPlace = { id, definition, path, parse: paramsParser(shapes) };
  let widget: ServedWidget;
  try {
    const [endpoints, socket] = [module.endpoints(placed), module.socket?.(placed)];
    widget = { ...placed, name, type, module, endpoints, socket };
  } catch (error) {
    return (error as Error).message;
  }
  const query = [...new URLSearchParams(endpoint.split("?", 2)[1] ?? "")];
  for (const one of widget.endpoints) {
    const other = routes.add({ widget, endpoint: one, query: query.length > 0 ? query : undefined });
    if (other) return `its endpoint, ${one.path}, is already that of "${other.widget.id}".`;
  }
  return widget;
}

/** Braces around the name of a parameter are a placeholder; any others are what they are. */
function withPlaceholders(path: string, params: Set<string>): string {
  return path.replace(/%7B(.*?)%7D/g, (all, name: string) => {
    const plain = decodeURIComponent(name);
    return params.has(plain) ? `{${plain}}` : all;
  });
}

/** Adds the choices and the form of a widget. Two widgets may share a route if they share its function. */
function addBeside(widget: ServedWidget, routes: RouteTable): string[] {
  const { endpoints } = besideRoutes(widget.definition, widget.module);
  return endpoints.flatMap((endpoint) => {
    const other: Route | undefined = routes.add({ widget, endpoint });
    if (other && other.endpoint.handle !== endpoint.handle) {
      return [`${endpoint.path} of "${widget.id}" is left out: it is already that of "${other.widget.id}".`];
    }
    widget.endpoints.push(endpoint);
    return [];
  });
}

function unanswered(widget: ServedWidget, routes: RouteTable): string[] {
  const missing = besideRoutes(widget.definition, widget.module).unanswered.filter(({ path }) => !routes.find(path));
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
