import { dirname, join } from "node:path/posix";
import type { AnyWidget } from "../../catalog/index.js";
import { nearest } from "../../contract/suggest.js";
import { CliError, EXIT } from "../../errors.js";
import { optionsRoutes } from "../../typegen/routes.js";
import { companies } from "../../typegen/shared.js";
import { layersOf } from "../files.js";
import { plainText } from "../from/imported.js";
import { rewriteJson } from "../json/edit.js";
import { hashOf, isOwned } from "../record.js";
import { type ProjectState, textOf } from "../state.js";
import type { Plan } from "../types.js";
import { readApps } from "./apps-file.js";
import { appsOf, shownOn, stillThere, takeOff } from "./boards.js";
import { dropElsewhere, elsewhereOf } from "./brought.js";
import { idLiteral } from "./handler-files.js";
import { removePackages } from "./packages.js";
import {
  type Added,
  openProject,
  type Project,
  planOf,
  presentWidgets,
  settledSpecs,
  type Writes,
  writeGenerated,
  writeRecord,
} from "./project.js";
import { filesOf } from "./runtime.js";

/** A plan that takes widgets out. */
export interface RemovePlan extends Plan {
  /** Handlers that the plan deletes although they are not as this tool wrote them. */
  edited: string[];
}

/**
 * What removing widgets from a project of ours would do: what `planAdd` does, undone.
 *
 * @param force also delete handlers that the user has edited
 * @param version of this tool
 * @throws CliError with exit code 3 when the project is in no state for it, or an edited handler would go without
 * `force`; 2 when there is no such widget
 */
export function planRemove(
  state: ProjectState,
  ids: string[],
  { force }: { force: boolean },
  version: string,
): RemovePlan {
  const project = openProject(state, version);
  const { record, definitions, recorded, handlers } = project;
  const gone = new Set(ids);
  for (const id of gone) checkKnown(id, definitions);
  const left = Object.fromEntries(Object.entries(definitions).filter(([id]) => !gone.has(id)));
  const writes: Writes = new Map();
  const warnings: string[] = [];
  const text = textOf(state, "widgets.json") as string;
  writes.set("widgets.json", { text: rewriteJson(text, left, "widgets.json"), why: `without ${ids.join(", ")}` });
  const files = { ...record.files };

  const edited = dropHandlers(project, gone, files, writes);
  if (edited.length > 0 && !force) {
    throw new CliError(
      EXIT.refused,
      `You have edited ${edited.join(", ")}, and removing would delete that.`,
      "Give --force to delete it all the same.",
    );
  }
  const present = presentWidgets(project);
  const remaining = present.filter(({ id }) => !gone.has(id));
  warnings.push(...dropLayers(project, present, remaining, files, writes));
  warnings.push(...orphanedChoices(handlers, present, gone));
  const sources = codeLeft(state, writes).map(([, code]) => code);
  const packages = removePackages(project, record.added.packages ?? [], remaining, sources, writes);
  const added = dropFromApps(state, gone, left, record.added, files, writes);
  writeGenerated(state, left, writes);

  const stays = recorded.map(({ id }) => !gone.has(id));
  const widgets = settledSpecs(
    record.answers.widgets.filter((_, index) => stays[index]),
    recorded.filter((_, index) => stays[index]),
    record.answers,
  );
  writeRecord(project, { widgets, files, added: { ...added, packages } }, writes);
  for (const [path, code] of codeLeft(state, writes)) {
    const broken = [...gone]
      .map((id) => handlers.get(id))
      .find((file) => file !== undefined && imports(path, code).includes(file));
    if (broken !== undefined && writes.get(broken)?.text === null && !path.endsWith(".gen.ts")) {
      warnings.push(`${path} imports ${broken}, which goes.`);
    }
  }
  return { ...planOf(state, writes, warnings), edited };
}

/** Makes sure that a widget is there. Throws a CliError with exit code 2. */
export function checkKnown(id: string, definitions: Record<string, unknown>): void {
  if (Object.hasOwn(definitions, id)) return;
  const guess = nearest(id, Object.keys(definitions));
  throw new CliError(
    EXIT.usage,
    `There is no widget ${JSON.stringify(id)} in widgets.json.`,
    guess === undefined
      ? "npx create-openbb-backend list shows what there is."
      : `Did you mean ${JSON.stringify(guess)}?`,
  );
}

/** Deletes the handlers, but for those that answer for a widget that stays: these get its id. Returns the edited. */
function dropHandlers(
  { state, definitions, handlers }: Project,
  gone: Set<string>,
  files: Record<string, string>,
  writes: Writes,
): string[] {
  const edited: string[] = [];
  const together = companies(Object.entries(definitions));
  for (const id of gone) {
    const path = handlers.get(id);
    if (path === undefined) continue;
    const text = textOf(state, path) ?? "";
    const heir = together.get(id)?.find((other) => !gone.has(other) && !handlers.has(other));
    const literal = heir === undefined ? undefined : idLiteral(text);
    if (heir !== undefined && literal) {
      const next = text.slice(0, literal.start) + JSON.stringify(heir) + text.slice(literal.end);
      writes.set(path, { text: next, why: `it answers for ${heir} too` });
      if (files[path] === hashOf(text)) files[path] = hashOf(next);
      continue;
    }
    if (files[path] !== hashOf(text)) edited.push(path);
    writes.set(path, { text: null, why: `the handler of ${id}` });
    delete files[path];
  }
  return edited;
}

/** Deletes the files of types and samples that no widget is of any longer. Returns what the user should know. */
function dropLayers(
  project: Project,
  present: AnyWidget[],
  remaining: AnyWidget[],
  files: Record<string, string>,
  writes: Writes,
): string[] {
  const { state, record } = project;
  const stay = layersOf(remaining);
  const needed = new Set(filesOf(project, ["project", ...stay]).map(({ path }) => path));
  const candidates = filesOf(
    project,
    layersOf(present).filter((layer) => !stay.includes(layer)),
  ).filter(({ path }) => !needed.has(path) && Object.hasOwn(state.files, path));
  const warnings: string[] = [];
  for (const { path, text } of candidates) {
    // Of what is not code, the record has no hash.
    const ours = isOwned(path) ? record.files[path] : hashOf(text);
    if (ours === hashOf(textOf(state, path) ?? ""))
      writes.set(path, { text: null, why: "no widget needs it any longer" });
    else warnings.push(`${path} is not as this tool wrote it, so it stays. No widget needs it any longer.`);
  }
  const doomed = new Set(candidates.map(({ path }) => path).filter((path) => writes.get(path)?.text === null));
  // What other code still imports stays, and what that imports.
  for (let again = true; again; ) {
    again = false;
    for (const [path, code] of codeLeft(state, writes)) {
      for (const used of imports(path, code).filter((one) => doomed.has(one))) {
        writes.delete(used);
        doomed.delete(used);
        again = true;
        warnings.push(`${used} stays, for ${path} imports it. No widget needs it any longer.`);
      }
    }
  }
  for (const path of doomed) delete files[path];
  return warnings;
}

/** The code that will be there, by path; generated files aside, for these follow. */
function codeLeft(state: ProjectState, writes: Writes): [string, string][] {
  const paths = Object.keys(state.files).filter((path) => /\.[cm]?[jt]sx?$/.test(path) && !path.endsWith(".gen.ts"));
  return paths.flatMap((path): [string, string][] => {
    const text = writes.has(path) ? writes.get(path)?.text : textOf(state, path);
    return typeof text === "string" ? [[path, text]] : [];
  });
}

/** The files of the project that a code text imports. */
function imports(path: string, code: string): string[] {
  return [...code.matchAll(/\b(?:from|import|require|mock|URL)\s*\(?\s*["'`](\.\.?\/[^"'`\r\n]*)["'`]/g)].map(
    ([, name]) => join(dirname(path), name as string).replace(/\.js$/, ".ts"),
  );
}

/** Widgets that stay and whose choices a handler gives that goes: the first one that uses a path answers at it. */
function orphanedChoices(handlers: Map<string, string>, present: AnyWidget[], gone: Set<string>): string[] {
  const answering = new Map<string, string>();
  return present.flatMap(({ id, definition }) =>
    optionsRoutes(definition).flatMap(({ path }) => {
      const first = answering.get(path) ?? id;
      answering.set(path, first);
      if (!gone.has(first) || gone.has(id)) return [];
      return [`The choices at ${path} are used by "${id}" too: see that ${handlers.get(id)} gives them.`];
    }),
  );
}

/** Takes widgets off dashboards, and away those that `add-widget` has put in and that show nothing else of ours. */
function dropFromApps(
  state: ProjectState,
  gone: Set<string>,
  left: Record<string, unknown>,
  added: Added,
  files: Record<string, string>,
  writes: Writes,
): Added {
  const present = readApps(state);
  const apps = appsOf(present);
  const put = stillThere(added.apps, apps);
  const ours = apps.filter((app) => put?.names.includes(app.name) && shownOn(app).some((id) => gone.has(id)));
  // What is another backend's too stays where it is, as it was before there was one of that id here.
  const others = new Set(["navigation_bar", ...elsewhereOf(state).widgets]);
  const groups = takeOff(apps, new Set([...gone].filter((id) => !others.has(id))), added.groups ?? []);
  const over = new Set<unknown>(
    Array.isArray(present)
      ? ours.filter((app) => shownOn(app).every((id) => others.has(id) && !Object.hasOwn(left, id)))
      : [],
  );
  const text = textOf(state, "apps.json");
  if (text !== undefined && apps.length > 0) {
    // What is no app, or not yet, stays too.
    const rest = Array.isArray(present) ? present.filter((one) => !over.has(one)) : present;
    const isLast = over.size > 0 && Array.isArray(rest) && rest.length === 0;
    const after = isLast && put?.before !== undefined ? put.before : rewriteJson(text, rest, "apps.json");
    const lost = ours.filter((app) => over.has(app)).map(({ name }) => JSON.stringify(plainText(name)));
    const why =
      lost.length > 0
        ? `without the dashboards they came with: ${lost.join(", ")}`
        : "no dashboard shows them any longer";
    writes.set("apps.json", { text: after, why });
  }
  const stay = apps.filter((app) => !over.has(app));
  return {
    ...added,
    elsewhere: added.elsewhere && dropElsewhere(state, added.elsewhere, stay, files, writes),
    groups: groups.filter((group) => stay.some(({ name }) => name === group.app)),
    apps: stillThere(put, stay),
  };
}
