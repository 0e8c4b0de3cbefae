import { type AnyWidget, CATALOG_TYPES, typeOf, variantsOf, type Widget } from "../../catalog/index.js";
import { CliError, EXIT } from "../../errors.js";
import { generateTypes } from "../../typegen/generate.js";
import { isElsewhere } from "../../typegen/paths.js";
import { asRecord } from "../../typegen/shape.js";
import { type CreateAnswers, completeAnswers, widgetsOf } from "../answers.js";
import { readConfig } from "../config.js";
import { isObject } from "../json/align.js";
import { parseJson, rewriteJson } from "../json/edit.js";
import { RECORD_FILE, sortedKeys } from "../record.js";
import type { WidgetSpec } from "../spec.js";
import { MOST_BYTES, type ProjectState, textOf } from "../state.js";
import type { FileChange, Plan } from "../types.js";
import type { MadeGroup } from "./boards.js";
import { handlerNames, handlersById } from "./handler-files.js";

/**
 * What `add-widget` did beside adding its own, so that removing can undo it. Of the project, not of one widget: the
 * last one that needs it takes it along.
 */
export interface Added {
  /** Packages that it put into package.json. */
  packages?: string[] | undefined;
  groups?: MadeGroup[] | undefined;
  /**
   * The apps that it put in, made or brought, by their names; and if there was none before, the text of apps.json
   * then, null when there was no file.
   */
  apps?: { names: string[]; before?: string | null | undefined } | undefined;
  /** What it put into the list of what dashboards show of others. */
  elsewhere?: Elsewhere | undefined;
}

/** What dashboards show and a project does not have. */
export interface Elsewhere {
  /** Ids. */
  widgets: string[];
  /** Paths. */
  pictures: string[];
}

/** A project of ours, read. */
export interface Project {
  state: ProjectState;
  record: { version: string; answers: CreateAnswers; files: Record<string, string>; added: Added };
  /** widgets.json. */
  definitions: Record<string, unknown>;
  /** The widgets that the record knows, whole. Those that are no longer in widgets.json are among them. */
  recorded: Widget[];
  /** The paths of handler files by the ids of their widgets. */
  handlers: Map<string, string>;
}

/**
 * Reads a project that this tool made.
 *
 * @throws CliError with exit code 3 when there is none, or its widgets.json or record cannot be used
 */
export function openProject(state: ProjectState, version: string): Project {
  const { value, answers } = readRecord(state);
  const made = typeof value.version === "string" ? value.version : "0.0.0";
  if (isNewer(made, version)) {
    throw new CliError(
      EXIT.refused,
      `The project was last changed by release ${made} of this tool, and this is ${version}.`,
      "Use the newest one: npx create-openbb-backend@latest",
    );
  }
  const files = Object.entries(asRecord(value.files)).filter(
    (pair): pair is [string, string] => typeof pair[1] === "string",
  );
  return {
    state,
    record: { version: made, answers, files: Object.fromEntries(files), added: readAdded(value.added) },
    definitions: readDefinitions(state),
    recorded: widgetsOf(answers),
    handlers: handlersById(state),
  };
}

/**
 * The text of a file that must be one.
 *
 * @returns undefined when there is none
 * @throws CliError with exit code 3 when it is not UTF-8, as Windows tools like to write, or too large
 */
export function plainTextOf(state: ProjectState, path: string): string | undefined {
  const text = textOf(state, path);
  if (text !== undefined || !Object.hasOwn(state.files, path)) return text;
  throw new CliError(
    EXIT.refused,
    `${path} is not UTF-8 text, or larger than ${MOST_BYTES / 1e6} MB.`,
    "Save it as UTF-8; nothing was changed.",
  );
}

/** The parsed widgets.json. Throws as `openProject` does. */
export function readDefinitions(state: ProjectState, path = "widgets.json"): Record<string, unknown> {
  const text = plainTextOf(state, path);
  if (text === undefined) {
    throw new CliError(
      EXIT.refused,
      "There is no widgets.json in this folder.",
      "Run this in the folder of a backend, or name it with --project.",
    );
  }
  const definitions = parseJson(text, path);
  if (isObject(definitions)) return definitions;
  throw new CliError(EXIT.refused, `${path} must hold an object of widgets.`, 'An empty one is "{}".');
}

function readRecord(state: ProjectState): { value: Record<string, unknown>; answers: CreateAnswers } {
  const text = plainTextOf(state, RECORD_FILE);
  if (text === undefined) {
    throw new CliError(
      EXIT.refused,
      `There is no ${RECORD_FILE} in this folder: it is not a project of create-openbb-backend.`,
      Object.hasOwn(state.files, "widgets.json")
        ? "In a project of your own, change by hand what add-widget has put in: the entry of widgets.json, its item in apps.json, and the router with the lines that mount it."
        : "Run this in the folder of a backend, or name it with --project.",
    );
  }
  const value = parseJson(text, RECORD_FILE);
  try {
    const { widgets = [], ...given } = readConfig(value, RECORD_FILE);
    const surroundings = { packageManager: "npm", cwdName: "" } as const;
    // With no widgets at all, the usual ones would take their place.
    const plain = completeAnswers({ ...given, directory: ".", widgets: [{ type: "table" }] }, surroundings, true);
    const unknown = widgets.find(({ type }) => !CATALOG_TYPES.includes(type));
    if (unknown) throw new CliError(EXIT.usage, `There is no widget type ${JSON.stringify(unknown.type)} here.`);
    const answers = { ...plain, widgets };
    widgetsOf(answers);
    return { value: asRecord(value), answers };
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    throw new CliError(
      EXIT.refused,
      `${RECORD_FILE} cannot be used: ${error.message}`,
      "Bring back the file as this tool wrote it, from Git for example.",
      { cause: error },
    );
  }
}

function readAdded(value: unknown): Added {
  const { packages, groups, apps, elsewhere } = asRecord(value);
  const { names, before } = asRecord(apps);
  return {
    packages: textsOf(packages),
    groups: Array.isArray(groups) ? groups.filter((one) => isObject(one) && Array.isArray(one.before)) : [],
    ...(Array.isArray(names) && names.length > 0
      ? {
          apps: {
            names: textsOf(names),
            ...(before === null || typeof before === "string" ? { before } : {}),
          },
        }
      : {}),
    ...(elsewhere === undefined ? {} : { elsewhere: readElsewhere(elsewhere) }),
  };
}

/** Reads such a list; of what is none, nothing is taken. */
export function readElsewhere(value: unknown): Elsewhere {
  const { widgets, pictures } = asRecord(value);
  return { widgets: textsOf(widgets), pictures: textsOf(pictures) };
}

function textsOf(list: unknown): string[] {
  return Array.isArray(list) ? list.filter((one) => typeof one === "string") : [];
}

/** Whether one version is later than another; what stands after a hyphen does not count. */
function isNewer(one: string, other: string): boolean {
  const [a, b] = [one, other].map((text) => (text.split("-")[0] as string).split(".").map(Number));
  for (const index of [0, 1, 2]) {
    const difference = (a?.[index] || 0) - (b?.[index] || 0);
    if (difference !== 0) return difference > 0;
  }
  return false;
}

/** The widgets of widgets.json that have a handler, with what the record knows of them. */
export function presentWidgets({ definitions, recorded, handlers }: Omit<Project, "record">): AnyWidget[] {
  return Object.entries(definitions).flatMap(([id, definition]) => {
    const { endpoint } = asRecord(definition);
    if (!isObject(definition) || typeof endpoint !== "string" || isElsewhere(endpoint)) return [];
    const widget = { id, definition: definition as unknown as AnyWidget["definition"] };
    const type = typeOf(widget);
    if (!CATALOG_TYPES.includes(type)) return [];
    const known = recorded.find((one) => one.id === id && one.definition.type === type);
    const variant =
      known?.variant !== undefined && variantsOf(type).includes(known.variant) ? known.variant : undefined;
    return [{ ...widget, variant, file: handlers.has(id) ? id : null }];
  });
}

/**
 * The specs of a record that give just these widgets: ids, names and endpoints are written out where they would
 * otherwise come out differently.
 */
export function settledSpecs(specs: WidgetSpec[], wanted: Widget[], answers: CreateAnswers): WidgetSpec[] {
  let settled = specs;
  // Once an id is written out, another may come out differently.
  for (let round = 0; round <= specs.length; round++) {
    const resolved = widgetsOf({ ...answers, widgets: settled });
    const next = settled.map((spec, index) => {
      const [is, should] = [resolved[index] as Widget, wanted[index] as Widget];
      // The name and the endpoint may follow from the id.
      if (is.id !== should.id) return { ...spec, id: should.id };
      return {
        ...spec,
        ...(is.definition.name === should.definition.name ? {} : { name: should.definition.name }),
        ...(is.definition.endpoint === should.definition.endpoint ? {} : { endpoint: should.definition.endpoint }),
      };
    });
    if (JSON.stringify(next) === JSON.stringify(settled)) break;
    settled = next;
  }
  return settled;
}

/** What is to become of files: their new text, or null to delete them; and why. */
export type Writes = Map<string, { text: string | null; why: string }>;

/**
 * The plan that makes these changes. Files that are so already are left out.
 *
 * @throws CliError with exit code 3 when a file would become too large to be read again
 */
export function planOf(state: ProjectState, writes: Writes, warnings: string[]): Plan {
  const changes = [...writes].flatMap(([path, { text: after, why }]): FileChange[] => {
    const before = textOf(state, path) ?? null;
    if (before === after) return [];
    if (after !== null && Buffer.byteLength(after) > MOST_BYTES) {
      throw new CliError(EXIT.refused, `${path} would become larger than ${MOST_BYTES / 1e6} MB.`, "Add less to it.");
    }
    return [{ path, action: after === null ? "delete" : before === null ? "create" : "edit", before, after, why }];
  });
  return { changes: changes.sort((a, b) => (a.path < b.path ? -1 : 1)), skipped: [], warnings };
}

/** Adds the generated files, as they must be once everything else is written. */
export function writeGenerated(state: ProjectState, definitions: Record<string, unknown>, writes: Writes): void {
  const after = new Set([...Object.keys(state.files), ...writes.keys()]);
  for (const [path, { text }] of writes) if (text === null) after.delete(path);
  for (const [path, text] of Object.entries(generateTypes(definitions, handlerNames(after)))) {
    writes.set(path, { text: likePresent(state, path, text), why: "generated from widgets.json and the handlers" });
  }
}

/** A text with the line endings of the file whose place it takes. */
export function likePresent(state: ProjectState, path: string, text: string): string {
  return textOf(state, path)?.includes("\r\n") ? text.replaceAll("\n", "\r\n") : text;
}

/** Adds the record, with what has changed in it. */
export function writeRecord(
  { state, record }: Project,
  changed: { version?: string; widgets: WidgetSpec[]; files: Record<string, string>; added: Added },
  writes: Writes,
): void {
  const text = textOf(state, RECORD_FILE) as string;
  const { added: _, ...value } = asRecord(parseJson(text, RECORD_FILE));
  const { packages = [], groups = [], apps, elsewhere } = changed.added;
  const added = {
    ...(packages.length > 0 ? { packages } : {}),
    ...(groups.length > 0 ? { groups } : {}),
    ...(apps ? { apps } : {}),
    ...(elsewhere && elsewhere.widgets.length + elsewhere.pictures.length > 0 ? { elsewhere } : {}),
  };
  const next = {
    ...value,
    version: changed.version ?? record.version,
    answers: { ...asRecord(value.answers), widgets: changed.widgets },
    files: sortedKeys(changed.files),
    ...(Object.keys(added).length > 0 ? { added } : {}),
  };
  writes.set(RECORD_FILE, { text: rewriteJson(text, next, RECORD_FILE), why: "what made this project" });
}
