import type { WidgetDefinition } from "../../contract/types.js";
import { CliError, EXIT } from "../../errors.js";
import { endpointPath } from "../../typegen/paths.js";
import { asRecord } from "../../typegen/shape.js";
import { parseJson, renameKey, rewriteJson } from "../json/edit.js";
import { idProblem } from "../names.js";
import { hashOf } from "../record.js";
import { type ProjectState, textOf } from "../state.js";
import type { Plan } from "../types.js";
import { readApps } from "./apps-file.js";
import { appsOf, renameOn } from "./boards.js";
import { handlerPath, idLiteral } from "./handler-files.js";
import {
  openProject,
  type Project,
  planOf,
  settledSpecs,
  type Writes,
  writeGenerated,
  writeRecord,
} from "./project.js";
import { checkKnown } from "./remove.js";
import { checkFree } from "./runtime.js";

/**
 * What giving a widget another id would do, in every place that names it. Its endpoint stays.
 *
 * @param version of this tool
 * @throws CliError with exit code 3 when the project is in no state for it: the id is taken, a file is in the way, or
 * the handler does not say whose it is; 2 when there is no such widget, or the new id cannot be one
 */
export function planRename(state: ProjectState, from: string, to: string, version: string): Plan {
  const project = openProject(state, version);
  const { record, definitions, recorded } = project;
  checkKnown(from, definitions);
  const problem = idProblem(to);
  if (problem) throw new CliError(EXIT.usage, problem, "Give another id.");
  checkUnused(definitions, from, to);

  const writes: Writes = new Map();
  const warnings: string[] = [];
  const text = renameKey(textOf(state, "widgets.json") as string, [from], to, "widgets.json");
  writes.set("widgets.json", { text, why: `${from} is now ${to}` });
  const after = parseJson(text, "widgets.json") as Record<string, unknown>;
  const files = { ...record.files };
  moveHandler(project, from, to, files, writes);

  const added = { ...record.added };
  const appsText = textOf(state, "apps.json");
  const present = readApps(state);
  if (appsText !== undefined && present !== undefined) {
    renameOn(appsOf(present), from, to);
    writes.set("apps.json", { text: rewriteJson(appsText, present, "apps.json"), why: "where dashboards show it" });
  }
  added.groups = added.groups?.map((group) => ({
    ...group,
    before: group.before.map((id) => (id === from ? to : id)),
  }));
  writeGenerated(state, after, writes);
  const wanted = recorded.map((widget) => (widget.id === from ? { ...widget, id: to } : widget));
  writeRecord(project, { widgets: settledSpecs(record.answers.widgets, wanted, record.answers), files, added }, writes);

  const { endpoint } = asRecord(definitions[from]) as Partial<WidgetDefinition>;
  if (typeof endpoint === "string" && endpointPath(endpoint) === `/${from}`) {
    warnings.push(`Its endpoint is still ${endpointPath(endpoint)}, for callers may depend on it.`);
  }
  warnings.push(...otherMentions(state, writes, from));
  return planOf(state, writes, warnings);
}

function checkUnused(definitions: Record<string, unknown>, from: string, to: string): void {
  const taken = new Set(Object.keys(definitions).map((id) => id.toLowerCase()));
  if (from === to) throw new CliError(EXIT.usage, `"${from}" is its id already.`, "Give another id.");
  if (from.toLowerCase() === to.toLowerCase() || !taken.has(to.toLowerCase())) return;
  let count = 2;
  while (taken.has(`${to}_${count}`.toLowerCase())) count++;
  throw new CliError(
    EXIT.refused,
    `The id "${to}" is in use in widgets.json.`,
    `The nearest free one is "${to}_${count}".`,
  );
}

/** Puts the new id into the handler, and moves the file where it bears the old one. */
function moveHandler(project: Project, from: string, to: string, files: Record<string, string>, writes: Writes): void {
  const path = project.handlers.get(from);
  if (path === undefined) return;
  const text = textOf(project.state, path) ?? "";
  const literal = idLiteral(text);
  if (literal?.id !== from) {
    throw new CliError(
      EXIT.refused,
      `${path} does not say in one place whose handler it is.`,
      `Write it as "export default table(${JSON.stringify(from)}, …)", with the definer of its type, and try again.`,
    );
  }
  const next = text.slice(0, literal.start) + JSON.stringify(to) + text.slice(literal.end);
  // Where only the case differs, both names are one file on Windows and macOS.
  const moves = path === handlerPath(from) && from.toLowerCase() !== to.toLowerCase();
  const target = moves ? handlerPath(to) : path;
  if (moves) {
    checkFree(project, target);
    writes.set(path, { text: null, why: `now ${target}` });
  }
  writes.set(target, { text: next, why: `the handler of ${to}` });
  const recorded = files[path];
  if (recorded === undefined) return;
  delete files[path];
  // One that the user has edited stays so in the record.
  files[target] = recorded === hashOf(text) ? hashOf(next) : recorded;
}

/** Code that still has the old id between quotes: only the user knows what it means there. */
function otherMentions(state: ProjectState, writes: Writes, id: string): string[] {
  const files = Object.keys(state.files).filter((path) => {
    if (!/^(src|test|scripts)\/.*\.[cm]?[jt]sx?$/.test(path) || path.endsWith(".gen.ts")) return false;
    const text = writes.has(path) ? writes.get(path)?.text : textOf(state, path);
    return ['"', "'", "`"].some((mark) => text?.includes(`${mark}${id}${mark}`));
  });
  return files.map((path) => `${path} still says "${id}": see whether it means this widget.`);
}
