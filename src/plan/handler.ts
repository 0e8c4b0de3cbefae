import { kindOf, sampleOf, type Widget } from "../catalog/index.js";
import { endpointPath } from "../typegen/paths.js";
import { formRoute, optionsRoutes } from "../typegen/routes.js";
import { paramShapes } from "../typegen/shape.js";
import { render } from "./render.js";

/**
 * The handler file of a widget, with its sample.
 *
 * @param answered the paths of choices for which another handler answers
 */
export function handlerText(widget: Widget, answered: Set<string>): string {
  const { id, definition } = widget;
  const sample = sampleOf(kindOf(widget));
  const lines = settingLines(widget, answered);
  return render(`widgets/${definition.type}/${sample.template}`, {
    id,
    description: definition.description,
    columns: undefined,
    cache: cacheSeconds(definition.staleTime),
    settings: settingsText(lines),
    settingLines: lines.map((line) => `  ${line},`).join("\n"),
    ...sample.handler(widget),
  });
}

/**
 * Which paths of choices the handlers of some widgets may leave to another: those that one before them answers, and
 * those that are the endpoint of a widget.
 *
 * @returns for each widget, by id, the paths that are not its own
 */
export function answeredElsewhere(widgets: Widget[]): Map<string, Set<string>> {
  const taken = new Set(widgets.map(({ definition }) => endpointPath(definition.endpoint)));
  return new Map(
    widgets.map(({ id, definition }) => {
      const mine = new Set(taken);
      for (const { path } of optionsRoutes(definition)) taken.add(path);
      return [id, mine];
    }),
  );
}

/** Workspace asks again after `staleTime`: until then the answer may as well be kept here, for all who ask. */
function cacheSeconds(staleTime: unknown): number | undefined {
  return typeof staleTime === "number" ? Math.round(staleTime / 1000) : undefined;
}

/** What the definer's last argument says, a line each: how long to keep answers, choices, and where the form goes. */
function settingLines({ definition }: Widget, answered: Set<string>): string[] {
  const seconds = cacheSeconds(definition.staleTime);
  const routes = optionsRoutes(definition).filter(({ path }) => !answered.has(path));
  const shapes = paramShapes(definition);
  const options = routes.map(({ param }) => {
    const fallback = [shapes.find(({ name }) => name === param)?.fallback ?? []].flat().filter((value) => value !== "");
    const choices = [...new Set([...fallback.map(String), "First", "Second", "Third"])];
    return `    ${propertyName(param)}: () => ${JSON.stringify(choices).replaceAll('","', '", "')},`;
  });
  return [
    ...(seconds === undefined ? [] : [`cache: ${seconds}`]),
    ...(options.length > 0 ? [`options: {\n${options.join("\n")}\n  }`] : []),
    ...(formRoute(definition) ? ['submit: () => ({ message: "Received." })'] : []),
  ];
}

/** `, { cache: 300 }`, or over several lines; empty where there is nothing to say. */
function settingsText(lines: string[]): string {
  if (lines.length === 0) return "";
  if (lines.length === 1 && !lines[0]?.includes("\n")) return `, { ${lines[0]} }`;
  return `, {\n${lines.map((line) => `  ${line},\n`).join("")}}`;
}

function propertyName(name: string): string {
  if (name === "__proto__") return '["__proto__"]';
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
}
