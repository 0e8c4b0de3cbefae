import type { WidgetDefinition } from "../contract/types.js";

/** The widget types that this release can generate. */
export type CatalogTypeName =
  | "table"
  | "ssrm_table"
  | "chart"
  | "chart-highcharts"
  | "chart-vegalite"
  | "advanced_charting"
  | "metric"
  | "live_grid"
  | "markdown"
  | "note"
  | "newsfeed"
  | "html"
  | "iframe"
  | "pdf"
  | "multi_file_viewer"
  | "youtube"
  | "omni"
  | "file_viewer"
  | "ssrm_advanced";

/** A widget as it will stand in widgets.json, with its id; somebody else may have written it. */
export interface AnyWidget {
  id: string;
  /** `type` may be missing: `typeOf` tells it. */
  definition: WidgetDefinition;
  /** The handler file in src/widgets, without its ending, where that is not the id; null when it needs none. */
  file?: string | null | undefined;
  /** Other entries that its handler answers for: those of its type at its endpoint. */
  also?: WidgetDefinition[] | undefined;
  /** Its endpoint is also where a parameter, of any widget, asks for its choices. */
  choices?: boolean | undefined;
  /** Workspace cannot put it on a dashboard: a single such widget would keep the whole dashboard away. */
  unplaceable?: boolean | undefined;
  /** Which of the type's samples its handler is, if not the usual one. */
  variant?: string | undefined;
  /** For how many seconds its answers are kept, where that is not what `staleTime` says; 0: they are not. */
  cache?: number | undefined;
}

/** A widget that this tool made. */
export interface Widget extends AnyWidget {
  definition: WidgetDefinition & { type: CatalogTypeName };
}

/** The keys of an entry in widgets.json that a sample gives. */
export type Entry = Omit<WidgetDefinition, "name" | "endpoint" | "type" | "category" | "subCategory">;

/** One sample: a widget that works at first start. Its handler's template is `handler.ts.hbs`, or that of a variant. */
export interface Sample {
  /** Id and name of the first widget of this kind. */
  id: string;
  name: string;
  /** The rest of the entry in widgets.json; what the user gives replaces it key by key. */
  entry: Entry | ((endpoint: string) => Entry);
  /** A prompt for the dashboard; `mention` is how a prompt refers to the widget. */
  prompt: (mention: string) => string;
  /** What the handler template needs to know of the widget. */
  handler: (widget: AnyWidget) => Record<string, unknown>;
  /** The code that lists the choices of one of its parameters; undefined where any texts will do. */
  choices?: ((widget: AnyWidget, param: string) => string | undefined) | undefined;
  /** Folders of `templates/parts` that the sample needs beside its type's own. */
  parts?: string[] | undefined;
  /** npm packages that the sample needs: at run time, and only for development. */
  dependencies?: string[] | undefined;
  devDependencies?: string[] | undefined;
}

/** Another sample of a type, `handler-<variant>.ts.hbs`: what it leaves out is as in the type's own. */
export type Variant = Partial<Sample> & { summary: string };

/** A question of one type: sets one text of the entry. */
export interface Question {
  /** Its key in `--widget type=…,key=…`. */
  name: string;
  message: string;
  /** Where the text goes in the entry: `["data", "defaultSymbol"]`. */
  path: string[];
  initial: string;
}

/**
 * What we know about one widget type: one file of this folder each, plain data and pure functions.
 * Its templates stand in `templates/widgets/<type>/`: the handler, and whatever else a project with this type gets
 * (`src/openbb/<type>.ts` is its definer), laid out as in the project.
 */
export interface CatalogType extends Sample {
  type: CatalogTypeName;
  /** What people call it, singular and plural: "table", "tables". */
  label: string;
  plural: string;
  /** One line for the question which types to take: what it is for. */
  summary: string;
  /** Where it stands on a new dashboard: types with a lower rank come first. */
  rank: number;
  variants?: Record<string, Variant>;
  /** Asks which of the samples it shall be; without it, people are not asked and get the usual one. */
  variantQuestion?: string;
  /** What the usual sample is called among the answers. */
  usual?: string;
  questions?: Question[];
  /** What whoever puts a source of their own behind it should know: Markdown, for the project's README. */
  advice?: string;
  /** What nobody has verified about the type, as a sentence. */
  experimental?: string;
}
