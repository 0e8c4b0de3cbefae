import type { CatalogTypeName } from "./types.js";

/** A widget of a preset, as `--widget` would ask for it. */
export interface PresetWidget {
  type: CatalogTypeName;
  variant?: string;
  id?: string;
  category?: string;
  subCategory?: string;
}

export interface Preset {
  summary: string;
  widgets: PresetWidget[];
}

const of = (category: string, ...widgets: PresetWidget[]): PresetWidget[] =>
  widgets.map((widget) => ({ ...widget, category }));

/** Ready sets of widgets. The order of `starter` never changes: `--yes` takes it, also when later releases know more. */
export const PRESETS = {
  starter: {
    summary: "the six widgets that most backends begin with",
    widgets: [
      { type: "table" },
      { type: "chart" },
      { type: "metric" },
      { type: "markdown" },
      { type: "newsfeed" },
      { type: "html" },
    ],
  },
  minimal: { summary: "one table", widgets: [{ type: "table" }] },
  showcase: {
    summary: "every widget type, parameter and column feature, on one dashboard",
    widgets: [
      ...of("Equity", { type: "metric" }, { type: "table" }, { type: "chart" }, { type: "markdown" }),
      ...of("Equity", { type: "table", variant: "screener" }, { type: "chart-highcharts" }),
      ...of("Live", { type: "live_grid" }, { type: "ssrm_table" }, { type: "advanced_charting" }),
      ...of("News", { type: "newsfeed" }, { type: "note" }, { type: "youtube" }),
      ...of("Pages", { type: "html" }, { type: "iframe" }, { type: "chart-vegalite" }),
      ...of("Files", { type: "pdf" }, { type: "multi_file_viewer" }, { type: "file_viewer" }),
      ...of("Ask", { type: "omni" }, { type: "omni", variant: "sql" }, { type: "ssrm_advanced" }),
      ...of("Reference", { type: "table", variant: "parameters" }, { type: "table", variant: "columns" }),
      ...of("Reference", { type: "table", variant: "orders" }),
    ],
  },
} satisfies Record<string, Preset>;

export type PresetName = keyof typeof PRESETS;
export const PRESET_NAMES = Object.keys(PRESETS) as PresetName[];
