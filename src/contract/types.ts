/**
 * What an author writes into widgets.json (apps.json is in app-types.ts). Written by hand, so that an editor shows readable names; a
 * test holds these interfaces and the schemas together. Workspace also accepts keys that are not listed here.
 */
import type {
  CellAction,
  CellDataType,
  ChartDataType,
  ChartType,
  ColorCondition,
  ColorName,
  EditorLanguage,
  FormatterFn,
  FormInputType,
  FormMethod,
  ParamType,
  RenderFn,
  TickerCategory,
  WidgetType,
} from "./constants.js";

export type * from "./app-types.js";

/** The content of widgets.json: widgets by id (contract §2). */
export type WidgetsFile = Record<string, WidgetDefinition>;

/** One widget of widgets.json (contract §2). */
export interface WidgetDefinition {
  name: string;
  /** Tooltip, and what the AI knows about the widget. */
  description: string;
  /** Relative to the backend's URL, or absolute. */
  endpoint: string;
  type?: WidgetType | null;
  /** Legacy name of `type`, used when `type` is absent. */
  defaultViz?: WidgetType | null;
  category?: string;
  subCategory?: string;
  source?: string | string[];
  /** Parameters; an inner list is one row of controls. */
  params?: (ParamDefinition | ParamDefinition[])[];
  data?: WidgetData;
  /** Size on the dashboard, in columns (of 40) and rows. */
  gridData?: { w: number; h: number; minW?: number; minH?: number; maxW?: number; maxH?: number };
  /** Milliseconds, 1000 or more. */
  staleTime?: number | false;
  /** Milliseconds (1000 or more), a cron expression, or false for never. */
  refetchInterval?: number | false | string | null;
  /** Cron expression shown in the refresh tooltip. */
  dataUpdateDisplay?: string;
  runButton?: boolean;
  raw?: boolean;
  exportable?: boolean;
  showTitle?: boolean | null;
  storage?: Record<string, unknown>;
  wsEndpoint?: string;
  fileEndpoint?: string;
  schemaName?: string;
  inputType?: string;
  disableRetrievalForCopilot?: boolean;
  copilotParseAs?: "structured" | "unstructured";
  groupById?: string | null;
  widgetId?: string;
  widgetType?: string;
  mcp_tool?: unknown;
  searchCategory?: unknown;
}

/** `data` of a widget (contract §2). */
export interface WidgetData {
  /** Path of the rows in the answer. */
  dataKey?: string;
  wsRowIdColumn?: string | string[];
  wsRowIdColumns?: string[];
  table?: TableDefinition;
  /** Symbol an `advanced_charting` widget starts with. */
  defaultSymbol?: string;
  /** Polling period of `advanced_charting`, in milliseconds. */
  updateFrequency?: number;
  mainTicker?: TickerDefinition;
  [key: string]: unknown;
}

/** `data.mainTicker` (contract §2). */
export interface TickerDefinition {
  id: string;
  symbol: string;
  category: TickerCategory;
  name?: string | null;
  type?: string | null;
  exchange?: string | null;
  currency?: string | null;
  country?: string | null;
  industry?: string | null;
  sector?: string | null;
  color?: string | null;
  cik?: string | null;
  isin?: string | null;
  cusip?: string | null;
  has_options?: boolean | null;
}

/** `data.table` of a widget (contract §2). */
export interface TableDefinition {
  showAll?: boolean;
  columnsDefs?: ColumnDefinition[];
  chartView?: ChartViewDefinition;
  formatterFn?: FormatterFn | null;
  transpose?: boolean | null;
  enableAdvanced?: boolean;
  enableFormulas?: boolean;
  period?: boolean | string[];
}

/** One column of a table (contract §5). */
export interface ColumnDefinition {
  field: string;
  headerName: string;
  cellDataType?: CellDataType;
  chartDataType?: ChartDataType;
  formatterFn?: FormatterFn | null;
  /** 0 to 6. */
  decimalPlaces?: number;
  /** One or more names, as a list or as "a, b". */
  renderFn?: RenderFn | RenderFn[] | (string & {}) | null;
  renderFnParams?: RenderFnParams | null;
  sparkline?: SparklineDefinition;
  prefix?: string;
  suffix?: string;
  headerTooltip?: string | null;
  aggFunc?: string | null;
  width?: number | null;
  minWidth?: number | null;
  maxWidth?: number | null;
  hide?: boolean | null;
  rowGroup?: boolean | null;
  enableCellChangeWs?: boolean | null;
  pinned?: "left" | "right" | boolean | null;
  align?: "left" | "center" | "right";
}

/** Settings of a column's renderers (contract §5). */
export interface RenderFnParams {
  actionType?: CellAction | null;
  groupBy?: { paramName: string; valueField?: string; forceUpdate?: boolean };
  /** Legacy form of `groupBy.paramName`. */
  groupByParamName?: string | null;
  sendToAgent?: { markdown: string; agentId?: string | null } | null;
  hoverCard?: { cellField?: string; title?: string; markdown?: string } | null;
  colorRules?: ColorRule[] | null;
  colorValueKey?: string | null;
}

/** One rule of `colorRules` (contract §5). */
export type ColorRule =
  | { condition: ColorCondition; value: string | number; color: ColorName | `#${string}`; fill?: boolean }
  | {
      condition: "between";
      range: { min: number; max: number };
      color: ColorName | `#${string}`;
      fill?: boolean;
    };

/** A small chart in every cell of a column (contract §5). */
export interface SparklineDefinition {
  type: "line" | "area" | "bar";
  dataField?: string;
  /** Where options are given, `customFormatter` must be too; it may be empty. */
  options?: { customFormatter: string } & Record<string, unknown>;
}

/** `chartView` of a table, or of a widget's state in an app (contract §6). */
export interface ChartViewDefinition {
  enabled?: boolean;
  chartType?: ChartType;
  cellRangeCols?: Partial<Record<ChartType, string[] | null>>;
  ignoreCellRange?: boolean;
  chartSettingsOpen?: boolean;
  xLabel?: string;
  yLabel?: string;
  chartNavigatorEnabled?: boolean;
  chartMiniChartEnabled?: boolean;
}

/** One choice of a parameter (contract §4.1). */
export interface ParamOption {
  label: string;
  value?: string | number | boolean | null;
}

/** What parameters and form inputs have in common (contract §4.1). */
export interface ParamFields {
  label?: string;
  description?: string;
  placeholder?: string;
  value?: unknown;
  show?: boolean;
  hidden?: boolean;
  options?: ParamOption[];
  multiSelect?: boolean;
  multiple?: boolean;
  style?: { popupWidth?: number };
  roles?: string[];
  row?: number;
  query?: string;
}

/** One parameter of a widget (contract §4.1). */
export interface ParamDefinition extends ParamFields {
  /** Becomes the query or body key. Only a form may do without. */
  paramName?: string;
  type?: ParamType | null;
  /** endpoint: where the choices come from. */
  optionsEndpoint?: string;
  optionsParams?: Record<string, unknown>;
  groupById?: string;
  /** text: the editor's language. */
  language?: EditorLanguage | null;
  /** form: where it is sent. */
  endpoint?: string;
  method?: FormMethod;
  inputParams?: FormInputDefinition[];
}

/** One input of a form parameter (contract §4.1 and §4.7). */
export interface FormInputDefinition extends ParamFields {
  paramName: string;
  type?: FormInputType;
  optionsEndpoint?: string;
}
