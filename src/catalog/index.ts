import { chart } from "./chart.js";
import { html } from "./html.js";
import { markdown } from "./markdown.js";
import { metric } from "./metric.js";
import { newsfeed } from "./newsfeed.js";
import { table } from "./table.js";
import type { CatalogType, CatalogTypeName } from "./types.js";

export type { CatalogType, CatalogTypeName, Widget } from "./types.js";

/** Every widget type that can be generated, in the order in which they are offered. */
export const CATALOG: Record<CatalogTypeName, CatalogType> = { table, chart, metric, markdown, newsfeed, html };

export const CATALOG_TYPES = Object.keys(CATALOG) as CatalogTypeName[];

/** What `--yes` takes: one of each of these, also when later releases know more types. */
export const DEFAULT_TYPES: CatalogTypeName[] = ["table", "chart", "metric", "markdown", "newsfeed", "html"];
