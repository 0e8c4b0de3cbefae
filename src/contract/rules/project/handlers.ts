/** Widgets and their handlers, in a project that this tool made. */
import { pointer, shown } from "../../explain.js";
import type { Finding } from "../../findings.js";
import { isObject } from "../../problems.js";
import { Near } from "../apps/near.js";
import type { Handler } from "../rule.js";

/**
 * Widgets that nothing in src/widgets answers for, or a handler of another type: the project leaves them out of what it
 * serves. And handlers of widgets that are not there. Findings are on widgets.json.
 *
 * @param handlers those of the widgets that have one of their own
 */
export function handlerFindings(widgets: unknown, handlers: readonly Handler[]): Finding[] {
  if (!isObject(widgets)) return [];
  const types = new Map(handlers.map((one) => (typeof one === "string" ? [one, undefined] : [one.id, one.type])));
  const own = new Set(types.keys());
  const answered = new Set<string>();
  for (const id of own) if (Object.hasOwn(widgets, id)) answered.add(companyOf(widgets[id]) ?? "");
  const ids = Object.keys(widgets);
  const orphans = [...own].filter((id) => !Object.hasOwn(widgets, id));
  const lonely = ids.filter((id) => {
    const company = companyOf(widgets[id]);
    return company !== undefined && !own.has(id) && !answered.has(company);
  });
  const near = new Near();
  return [
    ...ids.flatMap((id) => otherType(id, widgets[id], types.get(id))),
    ...lonely.map((id) => without(id, near.find(id, orphans))),
    ...orphans.map((id) => orphan(id, near.find(id, lonely) ?? near.find(id, ids))),
  ];
}

function without(id: string, guess: string | undefined): Finding {
  return {
    code: "no-handler",
    severity: "warning",
    path: pointer([id]),
    message: `No file in src/widgets answers for the widget ${shown(id)}, so this project does not serve it.`,
    hint:
      guess === undefined
        ? "Write its handler, or remove the entry."
        : `There is a handler of ${shown(guess)}: let one have the other's id.`,
  };
}

function otherType(id: string, widget: unknown, type: string | undefined): Finding[] {
  if (type === undefined || companyOf(widget) === undefined || typeOf(widget) === type) return [];
  const is = shown(typeOf(widget));
  return [
    {
      code: "no-handler",
      severity: "warning",
      path: pointer(isObject(widget) && widget.type ? [id, "type"] : [id]),
      message: `The widget ${shown(id)} is a ${is} here, and its handler in src/widgets that of a ${shown(type)}, so this project does not serve it.`,
      hint: `Write \`"type": ${shown(type)}\`, or have the handler answer as a ${is}.`,
    },
  ];
}

function orphan(id: string, guess: string | undefined): Finding {
  return {
    code: "no-entry",
    severity: "warning",
    path: "",
    message: `There is a handler of ${shown(id)} in src/widgets, and no such widget.`,
    hint: guess === undefined ? "Add the widget to widgets.json, or delete the handler." : `Did you mean \`${guess}\`?`,
  };
}

/**
 * What widgets have in common that one handler answers for: type, endpoint and `dataKey`. Undefined for a widget that
 * another server answers for (contract §1.1), and for what the gate rejects.
 */
function companyOf(widget: unknown): string | undefined {
  if (!isObject(widget) || typeof widget.endpoint !== "string") return undefined;
  if (widget.endpoint.startsWith("http") || widget.endpoint.startsWith("data:")) return undefined;
  const mark = widget.endpoint.indexOf("?");
  const [path, query] =
    mark < 0 ? [widget.endpoint, ""] : [widget.endpoint.slice(0, mark), widget.endpoint.slice(mark + 1)];
  const place = path
    .split("/")
    .filter((part) => part.trim() !== "")
    .join("/")
    .replace(/\{[^{}]+\}/g, "{}");
  const dataKey = isObject(widget.data) ? widget.data.dataKey : undefined;
  return JSON.stringify([typeOf(widget), place, query, dataKey ?? ""]);
}

/** The type of widget whose handler answers for it. */
function typeOf(widget: unknown): unknown {
  const { type, defaultViz } = isObject(widget) ? widget : {};
  const named = typeof type === "string" ? type : (defaultViz ?? "table");
  return named === "rich_note" ? "note" : named;
}
