import type { Widget } from "../../catalog/index.js";
import { validateWidgets } from "../../contract/index.js";
import { validateBackend } from "../../contract/rules/index.js";
import type { WidgetDefinition } from "../../contract/types.js";
import { CliError, EXIT } from "../../errors.js";
import { endpointPath } from "../../typegen/paths.js";
import { asRecord } from "../../typegen/shape.js";
import { briefly, placed, refuseRejected, worthTelling } from "../findings.js";
import { answeredElsewhere } from "../handler.js";
import { parseJson, rewriteJson } from "../json/edit.js";
import type { WidgetSpec } from "../spec.js";
import { type ProjectState, textOf } from "../state.js";
import type { FileChange, Plan } from "../types.js";
import type { Defaults } from "../widgets.js";
import { addToApps } from "./apps.js";
import { contractLines } from "./contract.js";
import { detectHost, type ExpressHost, type Host, within } from "./detect.js";
import { NEEDS_A_PROJECT, routerText } from "./router.js";
import { adoptSources } from "./sources.js";
import { mentions, resolveForeign, type Taken, takenBy } from "./taken.js";

export { adoptSources };

export interface ForeignOptions extends Defaults {
  /** The dashboard that shows the new widgets, and its tab, by their names; the first ones without. */
  app?: string | undefined;
  tab?: string | undefined;
  /** Leave apps.json as it is. */
  noApp?: boolean | undefined;
}

/** What adding widgets to a project that this tool did not make comes to. */
export interface ForeignAdd {
  plan: Plan;
  widgets: Widget[];
  host: Host;
  /** In an Express project: the lines that the user puts into the file that makes the app, imports first. */
  mount: string[];
  /** Where these lines go, as a sentence; empty where there are none. */
  where: string;
  /** Elsewhere: what the endpoints must answer. */
  contract: string[];
}

/**
 * Adds widgets to a project that this tool did not make: their entries, and in an Express project a router each. No
 * other file of the project is changed.
 *
 * @throws CliError with exit code 3 when widgets.json cannot be read or is one that Workspace rejects, an id or an
 * endpoint is taken, a file is in the way, or a type needs more than a router; 2 when a widget cannot be
 */
export function planForeignAdd(state: ProjectState, specs: WidgetSpec[], options: ForeignOptions = {}): ForeignAdd {
  const { noApp, app: appName, tab: tabName, ...defaults } = options;
  const sources = adoptSources(state);
  const before = readText(state, sources.widgets);
  const present = parseJson(before, sources.widgets);
  refuseRejected(sources.widgets, validateWidgets(present));
  const taken = takenBy(asRecord(present));
  const host = detectHost(state);
  if (host.kind === "elsewhere") refuseAbove(state, sources.widgets);
  const widgets = resolveForeign(specs, taken, defaults);
  if (host.kind === "express") refuseTypes(widgets);

  const entries = Object.fromEntries(widgets.map(({ id, definition }) => [id, definition]));
  const after = rewriteJson(before, { ...asRecord(present), ...entries }, sources.widgets);
  const warnings = briefly(checkResult(after, sources.widgets, widgets));
  const names = widgets.map(({ id }) => `"${id}"`).join(", ");
  const changes: FileChange[] = [
    {
      path: sources.widgets,
      action: "edit",
      before,
      after,
      why: `the ${widgets.length > 1 ? "entries" : "entry"} of ${names}`,
    },
  ];
  const answered = answeredBy(widgets, taken);
  const mount: string[] = [];
  const contract: string[] = [];
  if (host.kind === "express") {
    const files = routerFiles(state, widgets, host, answered);
    changes.push(...files.map(({ change }) => change));
    mount.push(...files.map((file) => file.load), ...files.map((file) => file.use));
    warnings.push(...expressWarnings(widgets, host));
  } else {
    contract.push(
      ...widgets.flatMap((widget, index) => [...(index > 0 ? [""] : []), ...contractLines(widget, answered(widget))]),
    );
  }
  for (const { definition } of widgets) {
    const path = endpointPath(definition.endpoint);
    const places = mentions(state, path);
    if (places.length > 0) warnings.push(`${places.join(", ")} mentions "${path}": see that it is not another route.`);
  }
  if (!noApp && sources.apps === undefined && appName !== undefined) {
    throw new CliError(
      EXIT.usage,
      `There is no dashboard ${JSON.stringify(appName)}: there is no apps.json.`,
      "Leave --app out.",
    );
  }
  if (!noApp && sources.apps !== undefined) {
    const definitions = parseJson(after, sources.widgets) as Record<string, WidgetDefinition>;
    const ids = widgets.map(({ id }) => id);
    const app = addToApps({ text: readText(state, sources.apps), path: sources.apps }, ids, definitions, {
      app: appName,
      tab: tabName,
    });
    if (app.change) changes.push(app.change);
    warnings.push(...app.warnings);
  }
  return { plan: { changes, skipped: [], warnings }, widgets, host, mount, where: whereOf(host), contract };
}

function readText(state: ProjectState, path: string): string {
  const text = textOf(state, path);
  if (text === undefined) throw new CliError(EXIT.refused, `${path} is not UTF-8 text.`, "Save it as UTF-8.");
  return text;
}

/** What the new entries mislead in, as sentences; those that were there are not spoken of. */
function checkResult(text: string, path: string, widgets: Widget[]): string[] {
  const ours = widgets.map(({ id }) => `/${id}`);
  const findings = validateBackend({ widgets: parseJson(text, path) }).filter((finding) =>
    ours.some((start) => finding.path === start || finding.path.startsWith(`${start}/`)),
  );
  const errors = findings.filter(({ severity }) => severity === "error");
  if (errors.length > 0) {
    const lines = errors.map((finding) => `  ${placed(finding)}`);
    throw new CliError(
      EXIT.usage,
      `OpenBB Workspace would reject these widgets:\n${lines.join("\n")}`,
      "Mend their definition.",
    );
  }
  return findings
    .filter(worthTelling)
    .map((finding) => `${finding.path}: ${finding.message}${finding.hint ? ` ${finding.hint}` : ""}`);
}

/** From the root of a monorepo, a package with Express would pass for a project without. */
function refuseAbove(state: ProjectState, widgets: string): void {
  const parts = widgets.split("/").slice(0, -1);
  const folders = parts.map((_, index) => parts.slice(0, parts.length - index).join("/"));
  const folder = folders.find((one) => detectHost(within(state, one)).kind === "express");
  if (folder === undefined) return;
  throw new CliError(
    EXIT.refused,
    `${widgets} belongs to the Express project in ${folder}.`,
    "Run this there, or name it with --project.",
  );
}

function refuseTypes(widgets: Widget[]): void {
  const hard = widgets.find(({ definition }) => NEEDS_A_PROJECT.includes(definition.type));
  if (!hard) return;
  throw new CliError(
    EXIT.refused,
    `A widget of the type ${hard.definition.type} ("${hard.id}") needs more than a router in this project.`,
    "npx create-openbb-backend adopt makes a project beside this one, from its widgets.json, that can have any type.",
  );
}

/** For each widget, the paths of choices that another one answers, there or new. */
function answeredBy(widgets: Widget[], taken: Taken): (widget: Widget) => Set<string> {
  const among = answeredElsewhere(widgets);
  return ({ id }) => new Set([...taken.options, ...(among.get(id) ?? [])]);
}

function routerFiles(
  state: ProjectState,
  widgets: Widget[],
  host: ExpressHost,
  answered: (widget: Widget) => Set<string>,
): { change: FileChange; load: string; use: string }[] {
  const there = new Set(Object.keys(state.files).map((path) => path.toLowerCase()));
  const names = new Set<string>();
  const crlf = host.entry !== undefined && /\r\n/.test(textOf(state, host.entry) ?? "");
  return widgets.map((widget) => {
    const stem = `openbb-${widget.id}`;
    const path = `${host.folder}${stem}.${host.extension}`;
    if (there.has(path.toLowerCase())) {
      throw new CliError(EXIT.refused, `The file ${path} is in the way.`, "Move it, or give the widget another id.");
    }
    const name = routerName(widget.id, names);
    const from = JSON.stringify(`./${stem}${host.importEnding}`);
    const text = routerText(widget, host, answered(widget));
    const load = {
      import: `import ${name} from ${from};`,
      require: `const ${name} = require(${from});`,
      "import-require": `import ${name} = require(${from});`,
    };
    return {
      change: {
        path,
        action: "create",
        before: null,
        after: crlf ? text.replaceAll("\n", "\r\n") : text,
        why: `answers for "${widget.id}"`,
      },
      load: load[host.modules],
      use: `${host.app}.use(${name});`,
    };
  });
}

function whereOf(host: Host): string {
  if (host.kind === "elsewhere") return "";
  const file = host.entry ?? "the file that makes the Express app";
  return `Put these lines into ${file}, those with use() below its other app.use(), above a handler of unknown paths.`;
}

/** `openbbPriceHistory`, one for each widget. */
function routerName(id: string, taken: Set<string>): string {
  const words = id.split(/[^A-Za-z0-9]+/).map((word) => word.slice(0, 1).toUpperCase() + word.slice(1));
  const base = `openbb${words.join("")}`;
  let name = base;
  for (let count = 2; taken.has(name); count++) name = `${base}_${count}`;
  taken.add(name);
  return name;
}

function expressWarnings(widgets: Widget[], host: ExpressHost): string[] {
  const bare = widgets.filter(({ definition }) => ["pdf", "iframe"].includes(definition.type));
  const list = bare.map(({ id }) => `"${id}"`).join(", ");
  return [
    ...(host.cors ? [] : [NO_CORS]),
    ...(host.entry === undefined ? [NO_ENTRY] : []),
    ...(bare.length === 0
      ? []
      : [`Workspace sends no headers to ${list}: if this backend asks for a key, let these requests through.`]),
  ];
}

const NO_CORS =
  "No sign of CORS was found, and Workspace cannot call a backend without it: npm install cors, then app.use(cors()).";
const NO_ENTRY =
  "The file that makes the Express app was not found: mount the router there, with the path to it from that file.";
