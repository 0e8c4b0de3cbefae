import { paramProblems } from "../../params.js";
import { placementProblems } from "../../placement.js";
import { isObject } from "../../problems.js";
import { validateWidgets } from "../../widgets.js";
import { type Subject, type SubjectParam, subject } from "../widgets/subject.js";

/** How a parameter is linked between widgets (contract §4.6 and §7): these are the types of groups as well. */
export type Link = "param" | "endpointParam" | "ticker";

/** The widgets of a backend by id, each taken apart when it is first asked for. */
export class Widgets {
  readonly ids: readonly string[];
  readonly #file: Record<string, unknown>;
  readonly #known = new Map<string, Subject>();

  /** @param file the parsed widgets.json: an object */
  constructor(file: Record<string, unknown>) {
    this.#file = file;
    this.ids = Object.keys(file);
  }

  has(id: string): boolean {
    return Object.hasOwn(this.#file, id);
  }

  /** Undefined for what is not in the file, or no widget at all. */
  get(id: string): Subject | undefined {
    const known = this.#known.get(id);
    if (known) return known;
    const value = this.has(id) ? this.#file[id] : undefined;
    if (!isObject(value)) return undefined;
    const made = subject(id, value, []);
    this.#known.set(id, made);
    return made;
  }
}

/** The widgets of a parsed widgets.json; undefined where that holds none at all, of which the gate tells. */
export function widgetsOf(file: unknown): Widgets | undefined {
  if (!isObject(file) || typeof file.name === "string" || typeof file.endpoint === "string") return undefined;
  return new Widgets(file);
}

/** How a parameter is linked; undefined for what never is, or is surely meant to be otherwise. */
export function linkOf({ type, param }: SubjectParam): Link | undefined {
  if (type === "endpoint") return "endpointParam";
  // Its `optionsEndpoint` is ignored, of which there is a finding: not the group is wrong.
  if (typeof param.optionsEndpoint === "string" && param.optionsEndpoint !== "") return undefined;
  if (type === "ticker") return "ticker";
  return type === "form" || type === "button" ? undefined : "param";
}

/** Remembers for each widget what was made of it: groups and apps ask again and again. */
export function once<T>(make: (widget: Subject) => T): (widget: Subject) => T {
  const known = new WeakMap<Subject, { made: T }>();
  return (widget) => {
    const entry = known.get(widget) ?? { made: make(widget) };
    known.set(widget, entry);
    return entry.made;
  };
}

const byName = once(({ params }) => new Map(params.map((param) => [param.name, param] as const).reverse()));

/** The parameter of a widget by its name; the first, where there are two. */
export function paramOf(widget: Subject, name: string | undefined): SubjectParam | undefined {
  return name === undefined ? undefined : byName(widget).get(name);
}

/** The names of a widget's parameters, none twice. */
export const namesOf = once((widget): readonly string[] => [...widget.names]);

/**
 * What links each endpoint parameter with those of other widgets: the last path segment of its `optionsEndpoint`,
 * after the parameter's name where the widget has two of the same segment (contract §4.6).
 */
export const sourcesOf = once((widget): ReadonlyMap<SubjectParam, string> => {
  const segments = widget.params.flatMap((param): [SubjectParam, string][] => {
    const segment = param.type === "endpoint" ? segmentOf(param) : undefined;
    return segment === undefined ? [] : [[param, segment]];
  });
  const counts = new Map<string, number>();
  for (const [, segment] of segments) counts.set(segment, (counts.get(segment) ?? 0) + 1);
  return new Map(
    segments.map(([param, segment]) => [param, counts.get(segment) === 1 ? segment : `${param.name}-${segment}`]),
  );
});

/** Whether Workspace connects with the widget, and then cannot place it (contract §2). */
export const isUnplaceable = once(
  ({ id, widget }): boolean =>
    placementProblems(widget).length > 0 &&
    !validateWidgets({ [id]: widget }).some(({ severity }) => severity === "error"),
);

/** Whether the gates say already that not all of its parameters can be read: then none can be said to be missing. */
export const hasUnreadParams = once(
  ({ widget }): boolean =>
    (widget.params !== undefined && widget.params !== null && !Array.isArray(widget.params)) ||
    paramProblems(widget.params, undefined).length > 0,
);

function segmentOf({ param }: SubjectParam): string | undefined {
  const { optionsEndpoint } = param;
  if (typeof optionsEndpoint !== "string") return undefined;
  const path = optionsEndpoint.split("?", 1)[0] ?? "";
  return path.split("/").findLast((part) => part !== "");
}

/** A click on a cell that sets a parameter, and where its name stands within the widget (contract §5). */
export interface Click {
  where: (string | number)[];
  column: string;
  paramName: string;
}

/** The clicks of a widget's table. Older files name the parameter in `groupByParamName`, which still works. */
export const clicksOf = once((widget): readonly Click[] =>
  widget.columns.flatMap(({ where, column }): Click[] => {
    const params = column.renderFnParams;
    if (!rendersClicks(column.renderFn) || !isObject(params) || params.actionType !== "groupBy") return [];
    const newer = isObject(params.groupBy) && params.groupBy.paramName ? params.groupBy.paramName : undefined;
    const name = newer ?? params.groupByParamName;
    if (typeof name !== "string" || name === "") return [];
    const keys = newer === undefined ? ["groupByParamName"] : ["groupBy", "paramName"];
    return [{ where: [...where, "renderFnParams", ...keys], column: titleOf(column), paramName: name }];
  }),
);

function rendersClicks(renderFn: unknown): boolean {
  const names = typeof renderFn === "string" ? renderFn.split(",").map((name) => name.trim()) : renderFn;
  return Array.isArray(names) && names.includes("cellOnClick");
}

function titleOf({ headerName, field }: Record<string, unknown>): string {
  return typeof headerName === "string" && headerName !== "" ? headerName : typeof field === "string" ? field : "";
}
