/** Widgets and their handlers, in a project that this tool made. */
import { pointer, shown } from "../../explain.js";
import type { Finding } from "../../findings.js";
import { isObject } from "../../problems.js";
import { Near } from "../apps/near.js";

/**
 * Widgets that nothing in src/widgets answers for, which the project leaves out of what it serves; and handlers of
 * widgets that are not there. Findings are on widgets.json.
 *
 * @param handlers ids of the widgets that have a handler of their own
 */
export function handlerFindings(widgets: unknown, handlers: readonly string[]): Finding[] {
  if (!isObject(widgets)) return [];
  const own = new Set(handlers);
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
  const type = typeof widget.type === "string" ? widget.type : (widget.defaultViz ?? "table");
  const dataKey = isObject(widget.data) ? widget.data.dataKey : undefined;
  return JSON.stringify([type === "rich_note" ? "note" : type, place, query, dataKey ?? ""]);
}
