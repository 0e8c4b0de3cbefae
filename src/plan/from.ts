import { type AnyWidget, CATALOG_TYPES, typeOf } from "../catalog/index.js";
import { validateWidgets } from "../contract/index.js";
import type { WidgetDefinition } from "../contract/types.js";
import { CliError, EXIT } from "../errors.js";
import { isElsewhere } from "../typegen/paths.js";
import { optionsRoutes, ownPaths } from "../typegen/routes.js";
import { companies } from "../typegen/shared.js";
import { plainText } from "./from/imported.js";
import { mendWidget } from "./from/mend.js";
import { handlerNames } from "./from/names.js";
import { isPlaceable } from "./from/placeable.js";
import { rootOf } from "./from/root.js";
import { Claims, numbered, partsElsewhere, reservedPath } from "./from/routes.js";
import { isTakenByWorkspace } from "./names.js";

/** An entry, or an app, that is not taken over. */
export interface LeftOut {
  id: string;
  /** Why, as a sentence. */
  reason: string;
}

export interface ImportedWidgets {
  /** In the order of the file, for `projectFiles`. Their entries are as they were, mends aside. */
  widgets: AnyWidget[];
  left: LeftOut[];
  /** What the user should know, a sentence each. */
  notes: string[];
  /** What was changed in entries, a sentence each: only with `fix`. */
  mends: string[];
}

/** Entries that are nested deeper are nobody's widgets. */
const DEEPEST = 100;
/** A backend of more widgets than this is a mistake, and would be thousands of files. */
const MOST = 2_000;
/** How often another endpoint is tried. */
const TRIES = 100;
/** More widgets at one endpoint than this are no backend's. */
const MOST_TOGETHER = 50;

type Entry = [string, WidgetDefinition];

/**
 * Makes widgets with handlers of the entries of an existing widgets.json.
 *
 * @param file the parsed file; nothing in it is trusted
 * @param fix mend what Workspace would reject, where it is certain what was meant
 * @throws CliError with exit code 2 when the file as a whole cannot be used, or no entry of it can
 */
export function importWidgets(file: unknown, { fix }: { fix: boolean }): ImportedWidgets {
  const result: ImportedWidgets = { widgets: [], left: [], notes: [], mends: [] };
  const all = Object.entries(rootOf(file, fix, result.mends));
  if (all.length > MOST) {
    throw new CliError(
      EXIT.usage,
      `The file has ${all.length} widgets; at most ${MOST} can be taken over.`,
      "Split it.",
    );
  }
  const accepted = all.flatMap((entry) => accept(entry, fix, result) ?? []);
  const widgets = answered(accepted, fix, result);
  if (widgets.length === 0 && all.length > 0) throw nothing(result.left, fix);
  const names = handlerNames(widgets.filter(({ file: name }) => name !== null).map(({ id }) => id));
  result.widgets = widgets.map((widget) => ({
    ...widget,
    file: widget.file === null ? null : names.get(widget.id),
    ...(isPlaceable(widget) ? {} : { unplaceable: true }),
  }));
  return result;
}

/** An entry that Workspace accepts, mended if need be; undefined when it is left out. */
function accept([id, entry]: [string, unknown], fix: boolean, { left, mends }: ImportedWidgets): Entry[] | undefined {
  const leave = (reason: string) => void left.push({ id, reason });
  if (id === "__proto__") return leave('Workspace never shows a widget whose id is "__proto__".');
  if (isDeep(entry)) return leave(`It is nested deeper than ${DEEPEST} levels.`);
  let errors = validateWidgets({ [id]: entry }).filter(({ severity }) => severity === "error");
  let kept = entry;
  if (fix) {
    const mended = mendWidget(id, entry);
    kept = mended.entry;
    errors = mended.errors;
    if (errors.length === 0) mends.push(...mended.mends.map((mend) => `${name(id)}: ${plainText(mend)}.`));
  }
  if (errors.length > 0) {
    const own = isTakenByWorkspace(id) && !Object.hasOwn(Object(entry), "endpoint");
    if (own) return leave("It has no endpoint: it is a widget of Workspace itself, which shows it by itself.");
    return leave(errors.map(({ message }) => plainText(message)).join(" "));
  }
  const definition = kept as WidgetDefinition;
  if (isElsewhere(definition.endpoint)) return [[id, definition]];
  const type = typeOf({ definition });
  if (!CATALOG_TYPES.includes(type)) return leave(`This release has no sample of the type ${type}.`);
  const path = reservedPath(definition);
  return path === undefined ? [[id, definition]] : leave(`${plainText(path)} is a route of the backend itself.`);
}

/** Decides which entries have a handler of their own: widgets of one type at one endpoint have one. */
function answered(entries: Entry[], fix: boolean, { left, notes, mends }: ImportedWidgets): AnyWidget[] {
  const claims = new Claims();
  const made = new Map<string, AnyWidget>();
  const definitions = new Map(entries);
  const questions = new Set(entries.flatMap(([, entry]) => optionsRoutes(entry)).map(({ path }) => path));
  for (const ids of new Set(companies(entries).values())) {
    const [first, ...others] = ids.slice(0, MOST_TOGETHER) as [string, ...string[]];
    for (const id of ids.slice(MOST_TOGETHER)) {
      left.push({ id, reason: `More than ${MOST_TOGETHER} widgets have its endpoint.` });
    }
    const definition = definitions.get(first) as WidgetDefinition;
    if (isElsewhere(definition.endpoint)) {
      made.set(first, { id: first, definition, file: null });
      notes.push(`${name(first)} is answered by another server, ${plainText(definition.endpoint)}: it has no handler.`);
      continue;
    }
    const also = others.map((id) => definitions.get(id) as WidgetDefinition);
    const placed = place({ id: first, definition, ...(also.length > 0 ? { also } : {}) }, claims, fix);
    if (typeof placed === "string") {
      for (const id of [first, ...others]) left.push({ id, reason: `It cannot be called: ${placed}.` });
      continue;
    }
    const { endpoint } = placed.definition;
    const asked = ownPaths(placed.definition).some((path) => questions.has(path));
    made.set(first, asked ? { ...placed, choices: true } : placed);
    for (const [index, id] of others.entries()) {
      made.set(id, { id, definition: placed.also?.[index] as WidgetDefinition, file: null });
    }
    if (endpoint !== definition.endpoint) {
      for (const id of [first, ...others])
        mends.push(`${name(id)}: \`endpoint\` is now ${JSON.stringify(plainText(endpoint))}.`);
    }
    if (others.length > 0) {
      const list = others.map(name).join(", ");
      notes.push(
        `${name(first)} and ${list} have one endpoint: the handler of ${name(first)} answers for all of them.`,
      );
    }
  }
  const widgets = entries.flatMap(([id]) => made.get(id) ?? []);
  for (const widget of widgets) notes.push(...remarks(widget));
  return widgets;
}

/** The widget, at another endpoint if that mends it; or why it has no place. */
function place(widget: AnyWidget, claims: Claims, fix: boolean): AnyWidget | string {
  const why = claims.take(widget);
  if (why === undefined) return widget;
  for (let count = 2; fix && count < TRIES; count++) {
    const moved = ({ endpoint, ...rest }: WidgetDefinition) => ({ ...rest, endpoint: numbered(endpoint, count) });
    const { definition, also } = widget;
    const other = { ...widget, definition: moved(definition), ...(also ? { also: also.map(moved) } : {}) };
    if (claims.take(other) === undefined) return other;
  }
  return why;
}

function remarks({ id, definition }: AnyWidget): string[] {
  const findings = validateWidgets({ [id]: definition });
  const elsewhere = partsElsewhere(definition as unknown as Record<string, unknown>);
  return [
    ...findings
      .filter(({ code }) => code === "blocked-id" || code === "cannot-place" || code === "params-not-sent")
      .map(({ message }) => `${name(id)}: ${plainText(message)}`),
    ...elsewhere.map((url) => `${name(id)}: ${plainText(url)} is on another server, and stays there.`),
  ];
}

function name(id: string): string {
  return JSON.stringify(plainText(id));
}

function isDeep(value: unknown): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > DEEPEST) return true;
    level = level.flatMap((one) => (typeof one === "object" && one !== null ? Object.values(one) : []));
  }
  return false;
}

function nothing(left: LeftOut[], fix: boolean): CliError {
  const shown = left.slice(0, 10).map(({ id, reason }) => `  ${name(id)}: ${reason}`);
  if (left.length > shown.length) shown.push(`  … and ${left.length - shown.length} more`);
  return new CliError(
    EXIT.usage,
    `No widget of the file can be used:\n${shown.join("\n")}`,
    fix ? "Mend the file." : "Mend the file, or give --fix to mend what is certain.",
  );
}
