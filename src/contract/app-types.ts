/** What an author writes into apps.json. Written by hand, like types.ts, and held to the schemas by the same test. */
import type { ChartType } from "./constants.js";
import type { ChartViewDefinition } from "./types.js";

/** One dashboard of apps.json (contract §7). */
export interface AppDefinition {
  name: string;
  tabs: Record<string, AppTab>;
  description?: string;
  id?: string;
  templateId?: string;
  selected_agent?: string;
  authentication?: string;
  img?: string;
  img_dark?: string;
  img_light?: string;
  allowCustomization?: boolean;
  prompts?: string[];
  groups?: AppGroup[];
  mcp_servers?: McpServer[];
  mcpServers?: McpServer[];
}

/** One tab of an app (contract §7). A single tab has the key, id and name "". */
export interface AppTab {
  id: string;
  name: string;
  layout: LayoutItem[];
}

/** A widget's place on a tab of 40 columns (contract §7). */
export interface LayoutItem {
  /** The widget's id. */
  i: string;
  x: number;
  y: number;
  w: number;
  h: number;
  minW?: number;
  minH?: number;
  maxW?: number;
  maxH?: number;
  moved?: boolean;
  static?: boolean;
  isDraggable?: boolean;
  minimized?: boolean;
  /** Names of the groups the widget belongs to. */
  groups?: string[];
  state?: WidgetState;
}

/** What a widget starts with on a dashboard (contract §7). */
export interface WidgetState {
  params?: Record<string, unknown>;
  paramOrder?: string[];
  chartView?: ChartViewDefinition;
  chartModel?: {
    modelType?: "range" | "pivot";
    chartType?: ChartType;
    chartOptions?: Record<string, unknown>;
    cellRange?: { columns?: string[] };
    suppressChartRanges?: boolean;
  };
  columnState?: Record<string, unknown>;
  filterModel?: Record<string, unknown>;
  storage?: { text?: string; html?: string; [key: string]: unknown };
}

/** Widgets of an app that share a parameter (contract §7). */
export interface AppGroup {
  name: string;
  /** `param`, `endpointParam` or `ticker`; another text does nothing. */
  type: string;
  paramName?: string;
  widgetIds?: string[];
  defaultValue?: unknown;
}

/** An MCP server an app brings along (contract §7). */
export interface McpServer {
  name: string;
  url: string;
  description?: string;
  authType?: "oauth" | "token";
}
