import { type AnyWidget, typeOf, type Widget } from "../../catalog/index.js";
import { validateApps, validateWidgets } from "../../contract/index.js";
import type { WidgetDefinition } from "../../contract/types.js";
import { CliError, EXIT } from "../../errors.js";
import { ownPaths } from "../../typegen/routes.js";
import { briefly, inShort, refuseRejected } from "../findings.js";
import { resolveForeign, takenBy } from "../foreign/taken.js";
import { combined } from "../from/imported.js";
import { isPlaceable } from "../from/placeable.js";
import { answeredElsewhere, handlerText } from "../handler.js";
import { isObject } from "../json/align.js";
import { parseJson, rewriteJson } from "../json/edit.js";
import { judgeManifest } from "../judge.js";
import { hashOf } from "../record.js";
import type { WidgetSpec } from "../spec.js";
import { type ProjectState, textOf } from "../state.js";
import type { Plan } from "../types.js";
import { dashboardName, readApps, showOn, writeApps } from "./apps-file.js";
import { appsOf, layoutsOf, type MadeGroup, stillThere } from "./boards.js";
import { addElsewhere, bringApps, elsewhereOf, joined } from "./brought.js";
import { handlerPath } from "./handler-files.js";
import { addPackages } from "./packages.js";
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
import { bringRuntime, checkFree } from "./runtime.js";

export interface AddRequest {
  specs: WidgetSpec[];
  /** Widgets of an existing backend, as they are. */
  imported?: AnyWidget[] | undefined;
  /** Its dashboards: a parsed apps.json, of which nothing is trusted. */
  dashboards?: unknown;
  /** The dashboard that shows the new widgets, and its tab, by their names; the first ones without. */
  app?: string | undefined;
  tab?: string | undefined;
  /** Leave apps.json as it is. */
  noApp?: boolean | undefined;
}

/** A plan that adds widgets. */
export interface AddPlan extends Plan {
  /** The new widgets; `file` is the path of the handler, `dashboard` the app and tab that will show it. */
  widgets: {
    id: string;
    type: string;
    name: string;
    endpoint: string;
    file?: string;
    dashboard?: string | undefined;
  }[];
  /** Packages that package.json gets, to be installed. */
  packages: string[];
}

/**
 * What adding widgets to a project of ours would do.
 *
 * @param version of this tool
 * @throws CliError with exit code 3 when the project is in no state for it (an id, an endpoint or a file is taken, a
 * manifest is faulty, the user has changed an old runtime), 2 when a widget, an app or a tab cannot be
 */
export function planAdd(state: ProjectState, request: AddRequest, version: string): AddPlan {
  const { imported = [] } = request;
  if (request.specs.length + imported.length === 0)
    throw new CliError(EXIT.usage, "There are no widgets to add.", "Give a --type.");
  const project = openProject(state, version);
  const { record, definitions } = project;
  const { answers } = record;
  refuseRejected("widgets.json", validateWidgets(definitions));
  const apps = readApps(state);
  refuseRejected("apps.json", validateApps(apps ?? []));
  const put = stillThere(record.added.apps, appsOf(apps));
  const before = new Set(check(definitions, apps, answers.widgets));

  const { category, subCategory } = answers;
  const taken = takenBy(definitions);
  refuseTaken(imported, taken.ids);
  const made = resolveForeign(request.specs, taken, {
    ...(category === undefined ? {} : { category }),
    ...(subCategory === undefined ? {} : { subCategory }),
  });
  const widgets = combined(imported, made);
  checkPaths(definitions, widgets);
  const present = presentWidgets(project);
  const after = { ...definitions, ...Object.fromEntries(widgets.map(({ id, definition }) => [id, definition])) };
  const writes: Writes = new Map();
  const text = textOf(state, "widgets.json") as string;
  const beside = textOf(state, "package.json");
  const ids = widgets.map(({ id }) => id).join(", ");
  writes.set("widgets.json", { text: rewriteJson(text, after, "widgets.json", beside), why: `what ${ids} is` });
  const runtime = bringRuntime(project, version, present, widgets, writes);
  const files = { ...runtime.files };
  const answered = answeredElsewhere([...present, ...widgets]);
  for (const widget of widgets) {
    if (widget.file === null) continue;
    const path = handlerPath(widget.file ?? widget.id);
    checkFree(project, path);
    const handler = handlerText(widget, answered.get(widget.id) ?? new Set());
    writes.set(path, { text: handler, why: `where the data of "${widget.definition.name}" comes from` });
    files[path] = hashOf(handler);
  }
  const wanted = runtime.updated ? [...present, ...widgets] : widgets;
  const { packages, warnings } = addPackages(project, wanted, runtime.updated, writes);
  const boards = onDashboards(project, apps, request, widgets, after as Record<string, WidgetDefinition>);
  if (boards.why !== undefined) writeApps(state, boards.apps, boards.why, writes);
  const elsewhere = boards.elsewhere && addElsewhere(state, boards.elsewhere, files, writes);
  warnings.push(...boards.notes);
  writeGenerated(state, after, writes);
  writeRecord(
    project,
    {
      version,
      widgets: specsWith(project, request.specs, made),
      files,
      added: allAdded({ ...record.added, apps: put }, packages, { ...boards.added, elsewhere }),
    },
    writes,
  );

  const appsAfter = parseJson(writes.get("apps.json")?.text ?? JSON.stringify(apps ?? []), "apps.json");
  // Those that were there before are served or not as before.
  const handled = [...Object.keys(definitions), ...widgets.filter(({ file }) => file !== null).map(({ id }) => id)];
  const found = check(after, appsAfter, request.specs, handled).filter((warning) => !before.has(warning));
  warnings.push(...(imported.length > 0 ? inShort(found) : briefly(found)));
  return {
    ...planOf(state, writes, warnings),
    packages,
    widgets: widgets.map(({ id, file = id, definition, definition: { name, endpoint } }) => ({
      id,
      type: typeOf({ definition }),
      name,
      endpoint,
      ...(file === null ? {} : { file: handlerPath(file) }),
      ...(boards.shown.has(id) ? { dashboard: boards.shown.get(id) } : {}),
    })),
  };
}

/** The paths of what a project serves: everything in `public`. */
function servedBy({ files }: ProjectState): Set<string> {
  const paths = Object.keys(files).filter((path) => path.startsWith("public/"));
  return new Set(paths.map((path) => path.slice("public/".length)));
}

/** Puts the new widgets on dashboards: on those that come along, else on one that is there. */
function onDashboards(
  { state, record }: Project,
  present: unknown,
  request: AddRequest,
  widgets: AnyWidget[],
  definitions: Record<string, WidgetDefinition>,
) {
  const brought =
    request.dashboards === undefined
      ? { apps: present, added: [], notes: [] }
      : bringApps(request.dashboards, present, new Set(Object.keys(definitions)), servedBy(state));
  const { elsewhere, notes } = brought;
  let { apps } = brought;
  /** By the id of a widget, the first dashboard that shows it although it is new. */
  const shown = new Map<string, string>();
  const known = new Set(elsewhereOf(state).widgets);
  for (const app of appsOf(apps)) {
    for (const { name, layout } of layoutsOf(app)) {
      for (const { i } of layout.filter(isObject)) {
        if (!shown.has(i) && (brought.added.includes(app) || known.has(i))) shown.set(i, dashboardName(app.name, name));
      }
    }
  }
  const names = brought.added.map(({ name }) => name);
  let groups: MadeGroup[] = [];
  // One that Workspace cannot place would keep the whole dashboard away.
  const placeable = request.noApp
    ? []
    : widgets.filter((one) => isPlaceable(one) && (request.app !== undefined || !shown.has(one.id)));
  if (placeable.length > 0) {
    const on = showOn(record.answers.name, apps, request, placeable, definitions);
    apps = on.apps;
    groups = on.groups;
    if (on.made !== undefined) names.push(on.made);
    for (const { id } of placeable) shown.set(id, on.dashboard);
  }
  const before = appsOf(present).length === 0 ? (textOf(state, "apps.json") ?? null) : undefined;
  const why = placeable.length > 0 ? "the new widgets on a dashboard" : names.length > 0 ? "the dashboards" : undefined;
  return {
    apps,
    elsewhere,
    notes,
    shown,
    why,
    added: { groups, ...(names.length > 0 ? { apps: { names, before } } : {}) },
  };
}

function refuseTaken(imported: AnyWidget[], taken: Set<string>): void {
  const twice = imported.map(({ id }) => id).filter((id) => taken.has(id.toLowerCase()));
  if (twice.length === 0) return;
  const list = twice
    .slice(0, 10)
    .map((id) => JSON.stringify(id))
    .join(", ");
  throw new CliError(
    EXIT.refused,
    `The project has widgets of these ids already: ${list}${twice.length > 10 ? ", …" : ""}.`,
    "Rename them here (rename-widget), or take them out of the file.",
  );
}

/** Makes sure that no two answer at one path, also where a type answers at several. */
function checkPaths(definitions: Record<string, unknown>, widgets: AnyWidget[]): void {
  const owners = new Map(
    Object.entries(definitions).flatMap(([id, one]) => ownPaths(one).map((path) => [path.toLowerCase(), id])),
  );
  for (const { id, definition } of widgets) {
    const path = ownPaths(definition).find((one) => owners.has(one.toLowerCase()));
    if (path === undefined) continue;
    throw new CliError(
      EXIT.refused,
      `The path "${path}", which the widget "${id}" needs, is one of "${owners.get(path.toLowerCase())}".`,
      "Give the widget another endpoint.",
    );
  }
}

/** Warnings about manifests, and handlers if they are given; throws when Workspace would reject the manifests. */
function check(definitions: unknown, apps: unknown, specs: WidgetSpec[], handlers?: string[]): string[] {
  return judgeManifest(
    [
      { path: "widgets.json", text: JSON.stringify(definitions) },
      { path: "apps.json", text: JSON.stringify(apps ?? []) },
    ],
    { widgets: specs },
    handlers,
  );
}

/** The specs of the record and the new ones, with their ids. Those whose place the new ones take are dropped. */
function specsWith({ record: { answers }, recorded }: Project, specs: WidgetSpec[], widgets: Widget[]): WidgetSpec[] {
  const taken = takenBy(Object.fromEntries(widgets.map(({ id, definition }) => [id, definition])));
  const stays = recorded.map(({ id, definition }) => {
    const { ids, paths } = takenBy({ [id]: definition });
    return ![...ids].some((one) => taken.ids.has(one)) && ![...paths].some((one) => taken.paths.has(one));
  });
  const kept = answers.widgets.filter((_, index) => stays[index]);
  const all = [
    ...kept,
    ...specs.map(({ type, ...rest }, index) => ({ type, ...rest, id: widgets[index]?.id as string })),
  ];
  return settledSpecs(all, [...recorded.filter((_, index) => stays[index]), ...widgets], answers);
}

function allAdded(before: Added, packages: string[], { groups = [], apps, elsewhere }: Added): Added {
  const isNew = (old: MadeGroup) => groups.some((group) => group.app === old.app && group.name === old.name);
  return {
    packages: [...new Set([...(before.packages ?? []), ...packages])],
    groups: [...(before.groups ?? []).filter((group) => !isNew(group)), ...groups],
    elsewhere: elsewhere && before.elsewhere ? joined(before.elsewhere, elsewhere) : (elsewhere ?? before.elsewhere),
    apps:
      apps && before.apps ? { ...before.apps, names: [...before.apps.names, ...apps.names] } : (apps ?? before.apps),
  };
}
