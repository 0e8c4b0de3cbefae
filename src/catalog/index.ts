import { widgetType } from "../typegen/shape.js";
import { advancedCharting } from "./advanced-charting.js";
import { chart } from "./chart.js";
import { chartHighcharts } from "./chart-highcharts.js";
import { chartVegalite } from "./chart-vegalite.js";
import { fileViewer } from "./file-viewer.js";
import { html } from "./html.js";
import { iframe } from "./iframe.js";
import { liveGrid } from "./live-grid.js";
import { markdown } from "./markdown.js";
import { metric } from "./metric.js";
import { multiFileViewer } from "./multi-file-viewer.js";
import { newsfeed } from "./newsfeed.js";
import { note } from "./note.js";
import { omni } from "./omni.js";
import { pdf } from "./pdf.js";
import { ssrmAdvanced } from "./ssrm-advanced.js";
import { ssrmTable } from "./ssrm-table.js";
import { table } from "./table.js";
import type { AnyWidget, CatalogType, CatalogTypeName, Entry, Sample } from "./types.js";
import { youtube } from "./youtube.js";

export { PRESET_NAMES, PRESETS, type PresetName } from "./presets.js";
export type { AnyWidget, CatalogType, CatalogTypeName, Entry, Question, Sample, Widget } from "./types.js";

/** Every widget type that can be generated, in the order in which they are offered. */
export const CATALOG: Record<CatalogTypeName, CatalogType> = {
  table,
  ssrm_table: ssrmTable,
  chart,
  "chart-highcharts": chartHighcharts,
  "chart-vegalite": chartVegalite,
  advanced_charting: advancedCharting,
  metric,
  live_grid: liveGrid,
  markdown,
  note,
  newsfeed,
  html,
  iframe,
  pdf,
  multi_file_viewer: multiFileViewer,
  file_viewer: fileViewer,
  youtube,
  omni,
  ssrm_advanced: ssrmAdvanced,
};

export const CATALOG_TYPES = Object.keys(CATALOG) as CatalogTypeName[];

/** Which sample a widget is made from. */
export interface Kind {
  type: CatalogTypeName;
  variant?: string | undefined;
}

/** The type of a widget, as Workspace reads it. */
export function typeOf({ definition }: Pick<AnyWidget, "definition">): CatalogTypeName {
  return widgetType(definition) as CatalogTypeName;
}

/** Which sample a widget was made from. */
export function kindOf(widget: AnyWidget): Kind {
  return { type: typeOf(widget), variant: widget.variant };
}

/** The name of a widget's handler file in src/widgets, without its ending; undefined when it needs none. */
export function handlerFile({ id, file }: Pick<AnyWidget, "id" | "file">): string | undefined {
  return file === null ? undefined : (file ?? id);
}

/** The names of the variants of a type, beside its usual sample. */
export function variantsOf(type: CatalogTypeName): string[] {
  return Object.keys(CATALOG[type].variants ?? {});
}

/**
 * The sample of a type, or of one of its variants, whole.
 *
 * @throws Error when there is no such variant
 */
export function sampleOf({ type, variant }: Kind): Sample & { template: string } {
  const { id, name, entry, prompt, handler, choices, variants, ...rest } = CATALOG[type];
  const { parts, dependencies, devDependencies } = rest;
  const usual = { id, name, entry, prompt, handler, choices };
  if (variant === undefined) return { ...usual, parts, dependencies, devDependencies, template: "handler.ts" };
  const own = variants !== undefined && Object.hasOwn(variants, variant) ? variants[variant] : undefined;
  if (!own) throw new Error(`There is no variant ${variant} of ${type}.`);
  return {
    ...usual,
    ...own,
    parts: [...(parts ?? []), ...(own.parts ?? [])],
    dependencies: [...(dependencies ?? []), ...(own.dependencies ?? [])],
    devDependencies: [...(devDependencies ?? []), ...(own.devDependencies ?? [])],
    template: `handler-${variant}.ts`,
  };
}

/** The entry that a sample gives a widget with this endpoint. */
export function entryOf(kind: Kind, endpoint: string): Entry {
  const { entry } = sampleOf(kind);
  return typeof entry === "function" ? entry(endpoint) : entry;
}
