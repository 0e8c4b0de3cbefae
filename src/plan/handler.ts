import { type AnyWidget, handlerFile, kindOf, sampleOf, typeOf } from "../catalog/index.js";
import type { WidgetDefinition } from "../contract/types.js";
import { formRoute, optionsRoutes, ownPaths } from "../typegen/routes.js";
import { paramShapes } from "../typegen/shape.js";
import { together } from "../typegen/shared.js";
import { render } from "./render.js";

/**
 * The handler file of a widget, with its sample.
 *
 * @param answered the paths of choices for which another handler answers
 */
export function handlerText(alone: AnyWidget, answered: Set<string>): string {
  const widget = withOthers(alone);
  const { id, definition } = widget;
  const sample = sampleOf(kindOf(widget));
  const lines = settingLines(widget, answered);
  const text = render(`widgets/${typeOf(widget)}/${sample.template}`, {
    id,
    description: shortened(definition.description),
    columns: undefined,
    cache: cacheSeconds(widget),
    settings: settingsText(lines),
    settingLines: lines.map((line) => `  ${line},`).join("\n"),
    ...sample.handler(widget),
  });
  // These two are called without the parameters.
  return ["advanced_charting", "note"].includes(typeOf(widget)) ? text : withUnused(text, definition);
}

/** Says in a handler's comment which parameters its sample passes over: they are offered, and change nothing yet. */
function withUnused(text: string, definition: WidgetDefinition): string {
  const end = text.indexOf("\n */\nexport default ");
  const [comment, code] = [text.slice(0, end), text.slice(end)];
  const names = paramShapes(definition).map(({ name }) => name);
  // Workspace sends these two by itself: nobody expects a text to change with them.
  const plain = names.filter((name) => /^(?!(theme|raw)$)[A-Za-z_]\w{0,30}$/.test(name));
  const unused = plain.filter((name) => !new RegExp(`\\b${name}\\b`).test(code));
  if (end < 0 || unused.length === 0) return text;
  const some = unused.slice(0, 3);
  const list = unused.length > 3 ? `${some.join(", ")}, …` : some.join(", ");
  return `${comment}\n *\n * The sample does not use all parameters yet; the handler's first argument has them:\n * \`{ ${list} }\`.${code}`;
}

/** A widget with the parameters and columns of all those that its handler answers for. */
function withOthers(widget: AnyWidget): AnyWidget {
  const { definition, also = [] } = widget;
  if (also.length === 0) return widget;
  const all = [definition, ...also];
  const columnsDefs = all.flatMap(({ data }) => data?.table?.columnsDefs ?? []);
  const ids = all.flatMap(({ data }) => data?.wsRowIdColumns ?? data?.wsRowIdColumn ?? []);
  const data = {
    ...definition.data,
    ...(columnsDefs.length > 0 ? { table: { ...definition.data?.table, columnsDefs } } : {}),
    ...(ids.length > 0 ? { wsRowIdColumns: [...new Set(ids)] } : {}),
  };
  return { ...widget, definition: { ...together(definition, also), data } as WidgetDefinition };
}

/** A comment is no place for a book. */
function shortened(text: string): string {
  return text.length > 1000 ? `${text.slice(0, 1000)} …` : text;
}

/**
 * Which routes the handlers of some widgets may leave to another: choices and forms that one before them answers, and
 * choices that are what a widget itself shows.
 *
 * @returns for each widget, by id, the paths that are not its own; of a form, with the method before it
 */
export function answeredElsewhere(widgets: AnyWidget[]): Map<string, Set<string>> {
  const taken = new Set(widgets.flatMap(({ definition }) => ownPaths(definition)));
  // Who shows files must know them: its choices come first.
  const first = (widget: AnyWidget) => (sampleOf(kindOf(widget)).choices ? 0 : 1);
  const answering = widgets.filter((widget) => handlerFile(widget) !== undefined);
  return new Map(
    answering
      .sort((a, b) => first(a) - first(b))
      .map((widget) => {
        const mine = new Set(taken);
        const { definition } = withOthers(widget);
        const form = formRoute(definition);
        for (const { path } of optionsRoutes(definition)) taken.add(path);
        if (form) taken.add(formKey(form));
        return [widget.id, mine];
      }),
  );
}

function formKey({ method, path }: { method: string; path: string }): string {
  return `${method} ${path}`;
}

/** The types whose answers are made for the one who asks: they are not kept. */
const NEVER_KEPT = new Set<string>(["iframe", "file_viewer", "multi_file_viewer"]);

/** Workspace asks again after `staleTime`: until then the answer may as well be kept here, for all who ask. */
function cacheSeconds(widget: AnyWidget): number | undefined {
  const { definition, cache } = widget;
  const { staleTime } = definition;
  if (NEVER_KEPT.has(typeOf(widget))) return undefined;
  if (cache !== undefined) return cache > 0 ? cache : undefined;
  return typeof staleTime === "number" ? Math.round(staleTime / 1000) : undefined;
}

/** What the definer's last argument says, a line each: how long to keep answers, choices, and where the form goes. */
function settingLines(widget: AnyWidget, answered: Set<string>): string[] {
  const { definition } = widget;
  const seconds = cacheSeconds(widget);
  const asked = optionsRoutes(definition).filter(({ path }) => !answered.has(path));
  // Parameters that ask at one place get one answer.
  const routes = asked.filter(({ path }, index) => asked.findIndex((one) => one.path === path) === index);
  const form = formRoute(definition);
  const shapes = paramShapes(definition);
  const { choices: given } = sampleOf(kindOf(widget));
  const options = routes.map(({ param, path }) => {
    const code = given?.(widget, param);
    if (code !== undefined) return `    ${propertyName(param)}: ${code},`;
    const names = asked.filter((one) => one.path === path).map((one) => one.param);
    const fallback = shapes
      .filter(({ name }) => names.includes(name))
      .flatMap((shape) => shape.fallback ?? [])
      .filter((value) => value !== "");
    const choices = [...new Set([...fallback.map(String), "First", "Second", "Third"])];
    return `    ${propertyName(param)}: () => ${JSON.stringify(choices).replaceAll('","', '", "')},`;
  });
  return [
    ...(seconds === undefined ? [] : [`cache: ${seconds}`]),
    ...(options.length > 0 ? [`options: {\n${options.join("\n")}\n  }`] : []),
    ...(form && !answered.has(formKey(form)) ? ['submit: () => ({ message: "Received." })'] : []),
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
