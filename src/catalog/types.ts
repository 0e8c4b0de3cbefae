import type { WidgetDefinition } from "../contract/types.js";

/** The widget types that this release can generate. */
export type CatalogTypeName = "table" | "chart" | "metric" | "markdown" | "newsfeed" | "html";

/** A widget as it will stand in widgets.json, with its id. */
export interface Widget {
  id: string;
  definition: WidgetDefinition & { type: CatalogTypeName };
}

/**
 * What we know about one widget type: one file of this folder each, plain data and pure functions.
 * Its templates stand in `templates/widgets/<type>/`: `definer.ts` and `handler.ts.hbs`.
 */
export interface CatalogType {
  type: CatalogTypeName;
  /** What people call it, singular and plural: "table", "tables". */
  label: string;
  plural: string;
  /** One line for the question which types to take: what it is for. */
  summary: string;
  /** Id and name of the first widget of this type. */
  id: string;
  name: string;
  /** The rest of the entry in widgets.json; what the user gives replaces it key by key. */
  entry: Omit<WidgetDefinition, "name" | "endpoint" | "type" | "category" | "subCategory">;
  /** Where it stands on a new dashboard: types with a lower rank come first. */
  rank: number;
  /** A prompt for the dashboard; `mention` is how a prompt refers to the widget. */
  prompt: (mention: string) => string;
  /** What the handler template needs to know of the widget. */
  handler: (widget: Widget) => Record<string, unknown>;
}
