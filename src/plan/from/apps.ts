import { validateApps } from "../../contract/index.js";
import { isObject } from "../../contract/problems.js";
import type { AppDefinition } from "../../contract/types.js";
import { picturesOf, shownOn } from "../edit/boards.js";
import type { LeftOut } from "../from.js";
import { plainText } from "./imported.js";

export interface ImportedApps {
  /** The apps as they were; undefined when there is none. */
  apps?: AppDefinition[];
  /** What they show and the project does not have. */
  elsewhere?: { widgets: string[]; pictures: string[] };
  left: LeftOut[];
  notes: string[];
}

/** Pictures that every project has. */
const PICTURES: ReadonlySet<string> = new Set(["thumbnail.svg"]);

/** What the project has that takes dashboards over. */
export interface Host {
  /** Of its widgets. */
  ids: ReadonlySet<string>;
  /** The paths of its own files that it serves. */
  pictures?: ReadonlySet<string>;
  /** Why an app that Workspace accepts is left out all the same, if it is. */
  refuse?: (app: AppDefinition) => string | undefined;
}

/**
 * Takes over dashboards: an apps.json, or one app that was exported from Workspace.
 *
 * @param file the parsed file; nothing in it is trusted
 */
export function importApps(
  file: unknown,
  { ids, pictures: served = new Set(), refuse = () => undefined }: Host,
): ImportedApps {
  const result: ImportedApps = { left: [], notes: [] };
  const given = Array.isArray(file) ? file : isObject(file) && Object.keys(file).length > 0 ? [file] : [];
  const apps = given.filter((app, index) => isUsable(app, index, result, refuse));
  if (apps.length === 0) return result;
  const foreign = new Set<string>();
  const pictures = new Set<string>();
  for (const app of apps) {
    for (const id of shownOn(app)) if (!ids.has(id) && id !== "navigation_bar") foreign.add(id);
    for (const path of picturesOf(app)) {
      const plain = path.replace(/^\/+/, "");
      if (!path.includes(":") && !PICTURES.has(plain) && !served.has(plain)) pictures.add(path);
    }
  }
  if (foreign.size > 0) result.notes.push(`The dashboards show what is none of these widgets: ${some(foreign)}.`);
  if (pictures.size > 0) result.notes.push(`Pictures to be put into the folder public: ${some(pictures)}.`);
  if (foreign.size + pictures.size > 0) result.elsewhere = { widgets: [...foreign], pictures: [...pictures] };
  result.apps = apps;
  return result;
}

function isUsable(
  app: unknown,
  index: number,
  { left }: ImportedApps,
  refuse: (app: AppDefinition) => string | undefined,
): app is AppDefinition {
  const id = isObject(app) && typeof app.name === "string" ? plainText(app.name) : `app ${index + 1}`;
  const errors = validateApps([app]).filter(({ severity, code }) => severity === "error" || code === "not-an-app");
  const reason =
    errors.length > 0
      ? errors.map(({ message }) => plainText(message)).join(" ")
      : Object.hasOwn((app as AppDefinition).tabs, "__proto__")
        ? 'It has a tab "__proto__", which Workspace never looks at.'
        : refuse(app as AppDefinition);
  if (reason !== undefined) left.push({ id, reason });
  return reason === undefined;
}

/** The first of many names. */
function some(names: Set<string>): string {
  const first = [...names].slice(0, 10).map((name) => JSON.stringify(plainText(name)));
  return `${first.join(", ")}${names.size > first.length ? ` and ${names.size - first.length} more` : ""}`;
}
