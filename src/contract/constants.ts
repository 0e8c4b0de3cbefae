/**
 * The closed lists of the OpenBB Workspace contract, as plain data: this file imports nothing, so that help texts and
 * prompts can use it without loading a validator.
 */

/** Widget types Workspace accepts (contract §3). `note` and `rich_note` are the same type. */
export const WIDGET_TYPES = [
  "table",
  "ssrm_table",
  "ssrm_advanced",
  "chart",
  "chart-highcharts",
  "chart-vegalite",
  "metric",
  "markdown",
  "note",
  "rich_note",
  "newsfeed",
  "html",
  "iframe",
  "pdf",
  "file_viewer",
  "multi_file_viewer",
  "live_grid",
  "omni",
  "advanced_charting",
  "youtube",
] as const;
export type WidgetType = (typeof WIDGET_TYPES)[number];

/** Parameter types (contract §4.1). A missing type means `text`, or `date` when the parameter is called "date". */
export const PARAM_TYPES = [
  "text",
  "date",
  "ticker",
  "number",
  "boolean",
  "endpoint",
  "button",
  "tabs",
  "form",
] as const;
export type ParamType = (typeof PARAM_TYPES)[number];

/** Types allowed for the inputs of a `form` parameter (contract §4.1). */
export const FORM_INPUT_TYPES = ["date", "boolean", "endpoint", "number", "text", "button"] as const;
export type FormInputType = (typeof FORM_INPUT_TYPES)[number];

/** HTTP methods a form may be sent with (contract §4.1). */
export const FORM_METHODS = ["POST", "PUT"] as const;
export type FormMethod = (typeof FORM_METHODS)[number];

/** Editor languages of a text parameter (contract §4.1). */
export const EDITOR_LANGUAGES = [
  "sql",
  "javascript",
  "python",
  "json",
  "html",
  "css",
  "markdown",
  "xml",
  "text",
] as const;
export type EditorLanguage = (typeof EDITOR_LANGUAGES)[number];

/** Column types (contract §5). */
export const CELL_DATA_TYPES = ["text", "number", "boolean", "date", "dateString", "object"] as const;
export type CellDataType = (typeof CELL_DATA_TYPES)[number];

/** What a column is in a chart made from the table (contract §5). */
export const CHART_DATA_TYPES = ["category", "series", "time", "excluded"] as const;
export type ChartDataType = (typeof CHART_DATA_TYPES)[number];

/** Number and date formats of a column (contract §5). */
export const FORMATTER_FNS = ["int", "none", "percent", "normalized", "normalizedPercent", "dateToYear"] as const;
export type FormatterFn = (typeof FORMATTER_FNS)[number];

/** Cell renderers (contract §5). */
export const RENDER_FNS = [
  "greenRed",
  "titleCase",
  "hoverCard",
  "cellOnClick",
  "columnColor",
  "showCellChange",
] as const;
export type RenderFn = (typeof RENDER_FNS)[number];

/** What a click on a cell may do (contract §5). */
export const CELL_ACTIONS = ["groupBy", "sendToAgent"] as const;
export type CellAction = (typeof CELL_ACTIONS)[number];

/** Conditions of a colour rule that compare with one value; the other one is `between` (contract §5). */
export const COLOR_CONDITIONS = ["eq", "ne", "gt", "lt", "gte", "lte", "contains", "notContains"] as const;
export type ColorCondition = (typeof COLOR_CONDITIONS)[number];

/** Colours a rule may name; any other colour is written as #RGB or #RRGGBB (contract §5). */
export const COLOR_NAMES = ["green", "red", "blue"] as const;
export type ColorName = (typeof COLOR_NAMES)[number];

/** Chart types of `chartView` (contract §6). */
export const CHART_TYPES = [
  "columnLineCombo",
  "areaColumnCombo",
  "customCombo",
  "column",
  "groupedColumn",
  "stackedColumn",
  "normalizedColumn",
  "bar",
  "groupedBar",
  "stackedBar",
  "normalizedBar",
  "line",
  "stackedLine",
  "normalizedLine",
  "scatter",
  "bubble",
  "pie",
  "donut",
  "doughnut",
  "area",
  "stackedArea",
  "normalizedArea",
  "histogram",
  "radarLine",
  "radarArea",
  "nightingale",
  "radialColumn",
  "radialBar",
  "sunburst",
  "rangeBar",
  "rangeArea",
  "boxPlot",
  "treemap",
  "heatmap",
  "waterfall",
  "funnel",
  "coneFunnel",
  "pyramid",
] as const;
export type ChartType = (typeof CHART_TYPES)[number];

/** Asset classes of a ticker in `data.mainTicker` (contract §2). */
export const TICKER_CATEGORIES = [
  "crypto",
  "equity",
  "forex",
  "index",
  "futures",
  "derivative",
  "etf",
  "country",
] as const;
export type TickerCategory = (typeof TICKER_CATEGORIES)[number];

/** Group types that do something; other texts are accepted and do nothing (contract §7). */
export const GROUP_TYPES = ["param", "endpointParam", "ticker"] as const;
export type GroupType = (typeof GROUP_TYPES)[number];

/** Category names whose spelling Workspace evens out (contract §2). Any other category is kept as written. */
export const KNOWN_CATEGORIES = [
  "Economy",
  "Crypto",
  "Stocks",
  "Fixed Income",
  "Equity",
  "Currency",
  "ETF",
  "Index",
  "Derivatives",
  "Others",
] as const;

/** Widget ids Workspace blocks (contract §2). */
export const BLOCKED_WIDGET_IDS = [
  "analyst_price_target",
  "global_news",
  "company_news",
  "economic_overview",
  "country_indicators",
  "economic_indicators",
  "yield_curve",
  "analyst_estimates",
] as const;

/** Ids of Workspace's own widgets, as far as they are known: a widget of that id is renamed on dashboards (contract §2). */
export const BUILTIN_WIDGET_IDS = [
  "watchlist",
  "charting",
  "clock",
  "iframe",
  "youtube",
  "rss_viewer",
  "rich_note",
  "html",
  "markdown",
  "metric",
  "pdf",
  "omni",
  "key_metrics",
  "share_statistics",
  "company_profile",
  "company_news",
  "big_stories",
  "market_indices",
  "ticker_information",
  "price_performance",
  "navigation_bar",
] as const;

/** Beginnings of further ids of Workspace's own widgets (contract §2). */
export const BUILTIN_WIDGET_ID_PREFIXES = ["earnings_", "revenue_", "etf_", "ag_grid_", "ag_chart"] as const;

/** Keys of a widget that Workspace knows; any other raises its "Unrecognized fields" notice (contract §1.5 and §2). */
export const KNOWN_WIDGET_KEYS = [
  "name",
  "description",
  "endpoint",
  "type",
  "defaultViz",
  "category",
  "subCategory",
  "source",
  "params",
  "data",
  "gridData",
  "staleTime",
  "refetchInterval",
  "dataUpdateDisplay",
  "runButton",
  "raw",
  "exportable",
  "showTitle",
  "storage",
  "wsEndpoint",
  "fileEndpoint",
  "schemaName",
  "inputType",
  "disableRetrievalForCopilot",
  "copilotParseAs",
  "groupById",
  "widgetId",
  "widgetType",
  "mcp_tool",
  "searchCategory",
] as const;

/** Keys of an app that Workspace knows (contract §7). `mcp_servers` is read as `mcpServers`. */
export const KNOWN_APP_KEYS = [
  "name",
  "description",
  "id",
  "templateId",
  "selected_agent",
  "authentication",
  "img",
  "img_dark",
  "img_light",
  "allowCustomization",
  "tabs",
  "groups",
  "prompts",
  "mcpServers",
] as const;
