import type { Widget } from "../../catalog/index.js";
import { CliError, EXIT } from "../../errors.js";
import { endpointPath, isElsewhere } from "../../typegen/paths.js";
import { formRoute, optionsRoutes } from "../../typegen/routes.js";
import { asRecord } from "../../typegen/shape.js";
import { endpointProblem } from "../names.js";
import type { WidgetSpec } from "../spec.js";
import { type ProjectState, textOf } from "../state.js";
import { type Defaults, resolveWidgets } from "../widgets.js";

/** What a widgets.json has already: ids in lower case, and paths by what they are for. */
export interface Taken {
  ids: Set<string>;
  paths: Set<string>;
  /** Those among the paths that answer with choices. */
  options: Set<string>;
}

export function takenBy(widgets: Record<string, unknown>): Taken {
  const taken: Taken = { ids: new Set(), paths: new Set(), options: new Set() };
  for (const [id, definition] of Object.entries(widgets)) {
    taken.ids.add(id.toLowerCase());
    const { endpoint, fileEndpoint, wsEndpoint } = asRecord(definition);
    for (const one of [endpoint, fileEndpoint, wsEndpoint]) {
      if (typeof one === "string" && !isElsewhere(one)) taken.paths.add(endpointPath(one).toLowerCase());
    }
    const form = formRoute(definition);
    if (form) taken.paths.add(form.path.toLowerCase());
    for (const { path } of optionsRoutes(definition)) {
      taken.paths.add(path.toLowerCase());
      taken.options.add(path);
    }
  }
  return taken;
}

/**
 * Makes whole widgets of what is to be added. Ids that are not given are free ones.
 *
 * @throws CliError with exit code 3 when an id or an endpoint is taken, 2 when one cannot be
 */
export function resolveForeign(specs: WidgetSpec[], taken: Taken, defaults: Defaults): Widget[] {
  const free = (id: string) => !taken.ids.has(id.toLowerCase()) && !taken.paths.has(`/${id.toLowerCase()}`);
  for (const { id, endpoint } of specs) {
    if (id !== undefined && taken.ids.has(id.toLowerCase())) throw inUse("id", id, free);
    const route = endpoint ?? id;
    if (route !== undefined && taken.paths.has(endpointPath(route).toLowerCase())) throw inUse("endpoint", route, free);
  }
  const first = resolveWidgets(specs, defaults);
  const chosen = specs.map((spec, index) => {
    const { id } = first[index] as Widget;
    if (spec.id !== undefined || free(id)) return spec;
    const others = new Set(first.map((widget) => widget.id.toLowerCase()));
    const found = nextFree(id, (candidate) => free(candidate) && !others.has(candidate.toLowerCase()));
    taken.ids.add(found.toLowerCase());
    return { ...spec, id: found };
  });
  const widgets = resolveWidgets(chosen, defaults);
  for (const widget of widgets) checkRoutes(widget, taken);
  return widgets;
}

/** A path of a widget that another one has, or that a router could take for a pattern. */
function checkRoutes({ id, definition }: Widget, taken: Taken): void {
  const form = formRoute(definition);
  const file = definition.type === "file_viewer" ? definition.fileEndpoint : undefined;
  const beside = [
    ...optionsRoutes(definition).map(({ path }) => path),
    ...(form ? [form.path] : []),
    ...(file !== undefined && !isElsewhere(file) ? [endpointPath(file)] : []),
  ];
  for (const path of beside) {
    const problem = endpointProblem(path);
    if (problem)
      throw new CliError(EXIT.usage, `The widget "${id}" cannot be served: ${problem}`, "Give it another path.");
    // Choices may be shared with a widget that is there.
    if (taken.paths.has(path.toLowerCase()) && !taken.options.has(path)) {
      throw new CliError(
        EXIT.refused,
        `The path "${path}", which the widget "${id}" needs, is in use in widgets.json.`,
        "Give the widget another endpoint.",
      );
    }
  }
}

function inUse(what: "id" | "endpoint", value: string, free: (id: string) => boolean): CliError {
  const stem = value.replace(/^\/+/, "");
  return new CliError(
    EXIT.refused,
    `The ${what} "${value}" is in use in widgets.json.`,
    `The nearest free one is "${nextFree(stem, free)}".`,
  );
}

/** `prices`, else `prices_2`, `prices_3`, … */
function nextFree(base: string, isFree: (id: string) => boolean): string {
  let id = base;
  for (let count = 2; !isFree(id); count++) id = `${base.replace(/_\d+$/, "")}_${count}`;
  return id;
}

/** Source files that mention a path in quotes: a route that is there perhaps. Tests and JSON files do not count. */
export function mentions(state: ProjectState, path: string): string[] {
  const quoted = ['"', "'", "`"].map((mark) => mark + path + mark);
  return Object.keys(state.files)
    .filter((file) => /\.([cm]?[jt]sx?|py|rb|go|rs|java|cs|php)$/.test(file) && !/^test\//.test(file))
    .filter((file) => quoted.some((text) => textOf(state, file)?.includes(text)));
}
