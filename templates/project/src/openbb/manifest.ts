import { validateApps, validateWidgets } from "./contract/index.js";
import { type Params, paramsParser } from "./params.js";
import { widgetType } from "./typegen/shape.js";
import type { WidgetModule } from "./widget.js";

/** One widget that is served: its entry in widgets.json and the handler that answers for it. */
export interface ServedWidget {
  id: string;
  name: string;
  type: string;
  /** Where it is served, as the URL has it: `/price_history`. */
  path: string;
  parse: (query: URLSearchParams) => Params;
  module: WidgetModule;
}

/** What this backend serves, worked out once at start. */
export interface Manifest {
  widgets: ServedWidget[];
  byPath: Map<string, ServedWidget>;
  /** The bodies of /widgets.json and /apps.json. */
  widgetsJson: string;
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
  const problems: string[] = [];
  const definitions: [string, unknown][] = [];
  const byPath = new Map<string, ServedWidget>();

  const whole = errors(validateWidgets(widgetsFile)).filter((error) => error.path === "");
  problems.push(...whole.map((error) => `widgets.json: ${error.message}`));
  for (const [id, definition] of whole.length > 0 ? [] : Object.entries(widgetsFile as object)) {
    const widget = check(id, definition, modules, byPath);
    if (typeof widget === "string") {
      problems.push(`Widget "${id}" is left out: ${widget}`);
    } else {
      byPath.set(widget.path, widget);
      definitions.push([id, definition]);
    }
  }

  const entries = new Set(whole.length > 0 ? [] : Object.keys(widgetsFile as object));
  for (const module of modules) {
    if (!entries.has(module.id)) problems.push(`The handler of "${module.id}" has no entry in widgets.json.`);
  }

  const apps = (Array.isArray(appsFile) ? appsFile : [appsFile]).filter((app, index) => {
    const found = errors(validateApps([app]));
    problems.push(...found.map((error) => `App ${index + 1} is left out: ${error.message} (at ${error.path})`));
    return found.length === 0;
  });

  return {
    widgets: [...byPath.values()],
    byPath,
    widgetsJson: JSON.stringify(Object.fromEntries(definitions)),
    appsJson: JSON.stringify(apps),
    problems,
  };
}

/** The widget to serve, or why it cannot be served. */
function check(
  id: string,
  definition: unknown,
  modules: WidgetModule[],
  taken: Map<string, ServedWidget>,
): ServedWidget | string {
  const found = errors(validateWidgets({ [id]: definition }));
  if (found.length > 0) return found.map((error) => `${error.message} (at ${error.path})`).join(" ");

  const { name, endpoint } = definition as { name: string; endpoint: string };
  const type = widgetType(definition);
  const module = modules.find((candidate) => candidate.id === id);
  if (!module) return "no file in src/widgets answers for it.";
  if (module.type !== type) return `widgets.json calls it a ${type}, its handler a ${module.type}.`;

  if (/[{}?#]|^[a-z]+:/i.test(endpoint)) return `its endpoint, ${endpoint}, is not a plain path on this backend.`;
  const path = endpointPath(endpoint);
  if (RESERVED.has(path)) return `its endpoint, ${path}, is a route of the backend itself.`;
  const other = taken.get(path);
  if (other) return `its endpoint, ${path}, is already that of "${other.id}".`;
  return { id, name, type, path, parse: paramsParser(definition), module };
}

function errors(findings: ReturnType<typeof validateWidgets>) {
  return findings.filter((finding) => finding.severity === "error");
}

/** An endpoint as the path of a request: a leading slash, none doubled, none at the end, percent-encoded. */
export function endpointPath(endpoint: string): string {
  const path = new URL(endpoint.replace(/^\/*/, "/").replace(/\/{2,}/g, "/"), "http://backend").pathname;
  return path.length > 1 ? path.replace(/\/+$/, "") : path;
}
