import { validateWidgets } from "../../contract/index.js";
import { isElsewhere } from "../../typegen/paths.js";
import { asRecord, widgetType } from "../../typegen/shape.js";
import { companies } from "../../typegen/shared.js";
import type { ProjectState } from "../state.js";
import { dashboardName, readApps } from "./apps-file.js";
import { appsOf, layoutsOf } from "./boards.js";
import { handlersById } from "./handler-files.js";
import { readDefinitions } from "./project.js";
import { manifestsOf } from "./where.js";

/** One entry of widgets.json, and where it is used. */
export interface WidgetRow {
  id: string;
  name: string;
  type: string;
  endpoint: string;
  category?: string;
  /** "App / Tab" of each dashboard that shows it. */
  dashboards: string[];
  /** The path of its handler; null when it has none, and in a project that this tool did not make. */
  handler: string | null;
  /** What is wrong with it, the first thing. */
  problem?: string;
}

/**
 * The widgets of a project, in the order of widgets.json; faulty ones too.
 *
 * @throws CliError with exit code 3 when widgets.json or apps.json cannot be read
 */
export function listWidgets(state: ProjectState): WidgetRow[] {
  const { ours, widgets, apps } = manifestsOf(state);
  const definitions = readDefinitions(state, widgets);
  const handlers = ours ? handlersById(state) : new Map<string, string>();
  const together = companies(Object.entries(definitions));
  const tabs = appsOf(readApps(state, apps)).flatMap((app) =>
    layoutsOf(app).map(({ name, layout }) => ({
      name: dashboardName(typeof app.name === "string" ? app.name : "", name),
      ids: new Set(layout.map((item) => asRecord(item).i)),
    })),
  );
  const errors = new Map<string, string>();
  for (const { severity, path, message } of validateWidgets(definitions)) {
    const id = (path.split("/")[1] ?? "").replaceAll("~1", "/").replaceAll("~0", "~");
    if (severity === "error" && !errors.has(id)) errors.set(id, message);
  }
  return Object.entries(definitions).map(([id, definition]): WidgetRow => {
    const { name, endpoint, category } = asRecord(definition);
    const own = [id, ...(together.get(id) ?? [])].find((one) => handlers.has(one));
    const handler = own === undefined ? null : (handlers.get(own) as string);
    const served = typeof endpoint === "string" && !isElsewhere(endpoint);
    const rejected = errors.get(id);
    const problem =
      rejected !== undefined
        ? `Workspace rejects it: ${rejected}`
        : ours && handler === null && served
          ? "It has no handler in src/widgets."
          : undefined;
    return {
      id,
      name: typeof name === "string" ? name : id,
      type: widgetType(definition),
      endpoint: typeof endpoint === "string" ? endpoint : "",
      ...(typeof category === "string" ? { category } : {}),
      dashboards: tabs.filter(({ ids }) => ids.has(id)).map((tab) => tab.name),
      handler,
      ...(problem === undefined ? {} : { problem }),
    };
  });
}
