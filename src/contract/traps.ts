import { BLOCKED_WIDGET_IDS, BUILTIN_WIDGET_ID_PREFIXES, BUILTIN_WIDGET_IDS } from "./constants.js";
import { label, pointer, shown } from "./explain.js";
import type { Finding } from "./findings.js";
import { effectiveType, isNamed, placedParams } from "./params.js";
import { isObject, type Key } from "./problems.js";

/** Types whose parameters travel in the query string and nowhere else (contract §3.0, §3.2 and §3.3). */
const QUERY_TYPES: readonly unknown[] = [
  undefined,
  "table",
  "ssrm_table",
  "ssrm_advanced",
  "chart",
  "chart-highcharts",
  "chart-vegalite",
  "metric",
  "markdown",
  "html",
  "newsfeed",
  "youtube",
  "pdf",
  "live_grid",
  "file_viewer",
];

/**
 * What connects and is then silently broken (contract §13, last list), as far as widgets.json alone shows it for
 * certain. Looks at widgets in any state, so every value is checked before use.
 */
export function widgetTraps(id: string, widget: Record<string, unknown>): Finding[] {
  const found: Finding[] = [];
  const warn = (code: string, path: readonly Key[], message: string, hint: string): void => {
    found.push({ code, severity: "warning", path: pointer([id, ...path]), message, hint });
  };
  const type = widget.type ?? widget.defaultViz ?? undefined;
  const data = isObject(widget.data) ? widget.data : {};

  idTraps(id, found);
  if (typeof widget.refetchInterval === "string" && !looksLikeCron(widget.refetchInterval)) {
    warn(
      "bad-cron",
      ["refetchInterval"],
      `\`refetchInterval\` is not a cron expression, so the widget is never refreshed: ${shown(widget.refetchInterval)}.`,
      /^\d+$/.test(widget.refetchInterval.trim())
        ? "Remove the quotes to mean milliseconds, 1000 or more."
        : 'Example: "*/5 * * * *".',
    );
  }
  if (Object.hasOwn(data, "columnsDefs")) {
    warn(
      "ignored-key",
      ["data", "columnsDefs"],
      "`data.columnsDefs` is ignored.",
      "Move it to `data.table.columnsDefs`.",
    );
  }
  if (type === "live_grid") liveGridTraps(widget, data, warn);
  paramTraps(widget, type, warn);
  return found;
}

type Warn = (code: string, path: readonly Key[], message: string, hint: string) => void;

/** Ids that Workspace uses itself (contract §2). */
function idTraps(id: string, found: Finding[]): void {
  const path = pointer([id]);
  const hint = "Choose another id, for example with your own prefix.";
  if ((BLOCKED_WIDGET_IDS as readonly string[]).includes(id)) {
    found.push({
      code: "blocked-id",
      severity: "warning",
      path,
      message: `Workspace blocks the widget id "${id}".`,
      hint,
    });
  } else if (
    (BUILTIN_WIDGET_IDS as readonly string[]).includes(id) ||
    BUILTIN_WIDGET_ID_PREFIXES.some((prefix) => id.startsWith(prefix))
  ) {
    const message = `Workspace may have a widget of its own called "${id}": then yours is renamed on dashboards.`;
    found.push({ code: "builtin-id", severity: "info", path, message, hint });
  }
}

/** Contract §3.14: rows are matched by id, and only listed columns change. */
function liveGridTraps(widget: Record<string, unknown>, data: Record<string, unknown>, warn: Warn): void {
  if (widget.wsEndpoint === undefined || widget.wsEndpoint === "") {
    warn(
      "no-live-updates",
      ["wsEndpoint"],
      "A live_grid without `wsEndpoint` shows its first rows and never changes.",
      'Add `"wsEndpoint": "…"`, the path of the WebSocket, or use the type table.',
    );
  }
  const { table = {} } = data;
  const columns = isObject(table) ? (table.columnsDefs ?? []) : undefined;
  if (Array.isArray(columns) && columns.length === 0 && (data.wsRowIdColumn || data.wsRowIdColumns)) {
    warn(
      "no-live-updates",
      ["data", "table", "columnsDefs"],
      "A live_grid that updates rows by id changes only the columns in `columnsDefs`, and there are none.",
      "List the columns in `data.table.columnsDefs`, with `enableCellChangeWs: true` on those that change.",
    );
  }
}

function paramTraps(widget: Record<string, unknown>, type: unknown, warn: Warn): void {
  const seen = new Set<string>();
  const unsent: string[] = [];
  const endpoint = typeof widget.endpoint === "string" ? widget.endpoint : "";
  let forms = 0;
  for (const { where, raw } of placedParams(widget.params)) {
    if (!isNamed(raw)) continue;
    const name = raw.paramName;
    const paramType = effectiveType(raw);
    if (paramType === "form") {
      forms += 1;
      if (forms === 2) warn("second-form", where, "Only the first form of a widget is used.", "Remove this one.");
      continue;
    }
    if (typeof name !== "string") continue;
    if (seen.has(name)) {
      warn(
        "duplicate-param",
        [...where, "paramName"],
        `A parameter called ${shown(name)} exists already.`,
        "Rename one.",
      );
    }
    seen.add(name);
    // Server-side tables never append the one called query: it goes into the body, or nowhere.
    const isAppended = paramType !== "button" && !(name === "query" && String(type).startsWith("ssrm_"));
    if (isAppended && !endpoint.includes(`{${name}}`)) unsent.push(name);
    if (paramType === "ticker" && type === "advanced_charting") {
      warn(
        "ticker-on-advanced-chart",
        [...where, "type"],
        "On an advanced_charting widget a ticker parameter replaces `data.defaultSymbol` with the dashboard's ticker.",
        "Remove the parameter, or make it a text parameter called symbol.",
      );
    }
    valueTraps(raw, paramType, where, warn);
  }
  if (endpoint.includes("?") && unsent.length > 0 && QUERY_TYPES.includes(type)) {
    warn(
      "params-not-sent",
      ["endpoint"],
      `The endpoint contains a "?", so Workspace does not send these parameters: ${unsent.slice(0, 10).join(", ")}.`,
      "Move what follows the ? into parameters, or write {name} where a parameter's value belongs.",
    );
  }
}

/** Defaults that Workspace ignores or reads otherwise (contract §4.2, §4.4 and §4.5). */
function valueTraps(param: Record<string, unknown>, type: unknown, where: readonly Key[], warn: Warn): void {
  const { value } = param;
  const at = [...where, "value"];
  const name = label(at);
  const isZero = type === "number" && typeof value === "string" && Number.parseFloat(value) === 0;
  if (value === 0 || value === false || isZero) {
    warn(
      "default-not-sent",
      at,
      `${name} is ${shown(value)}, which Workspace does not send: it leaves the parameter out instead.`,
      "Make your backend assume the same value when the parameter is missing.",
    );
  }
  if (type === "ticker" && typeof value === "string" && value !== "") {
    warn(
      "ignored-key",
      at,
      `${name} is ignored: a ticker parameter starts with the dashboard's ticker.`,
      "Remove it, make it a text parameter, or set the ticker in the app's `state.params`.",
    );
  }
  if (type === "endpoint" && !param.optionsEndpoint) {
    warn(
      "no-options-endpoint",
      [...where, "optionsEndpoint"],
      "An endpoint parameter without `optionsEndpoint` has nothing to choose from.",
      'Add `"optionsEndpoint": "…"`, or use a text parameter with `options`.',
    );
  }
  if (type === "date" && typeof value === "string") dateTrap(value, at, warn);
}

/** Contract §4.4: the unit's letter case matters, and what is not understood means today. */
function dateTrap(value: string, at: readonly Key[], warn: Warn): void {
  if (!value.startsWith("$currentDate") || value === "$currentDate") return;
  const [step, unit] = /^\$currentDate[+-]\d+([a-z])/i.exec(value) ?? [];
  if (unit !== undefined && /[bhdwmyMqQ]/.test(unit)) {
    if (step === value) return;
    const message = `${label(at)} is ${shown(value)}, but after $currentDate Workspace reads one step, such as -1y.`;
    warn("bad-date", at, message, `Write one step, such as ${shown(step)}.`);
    return;
  }
  const fix = unit === undefined ? undefined : value.replace(/[A-Z]$/, unit.toLowerCase());
  warn(
    "bad-date",
    at,
    `${label(at)} means today in Workspace: ${shown(value)} is not understood.`,
    fix !== undefined && /[bhdwy]$/.test(fix)
      ? `Write ${shown(fix)}.`
      : 'Write "$currentDate-1M" or "$currentDate+5d": units h, d, w, M, y, b (business days) and Q.',
  );
}

/** The words of a cron expression: months, days of the week, and letters such as L for the last one. */
const CRON_WORD = /^(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|sun|mon|tue|wed|thu|fri|sat|l|w|lw)$/i;
const CRON_NICKNAME = /^@(yearly|annually|monthly|weekly|daily|midnight|hourly)$/i;
/** The highest number of each field: second, minute, hour, day, month, day of the week, year. */
const CRON_MOST = [59, 59, 23, 31, 12, 7, 9999];

/** False only for what is certainly no cron expression (five to seven fields, a nickname or a date). */
function looksLikeCron(text: string): boolean {
  const trimmed = text.trim();
  if (CRON_NICKNAME.test(trimmed) || /^\d{4}-\d{2}-\d{2}/.test(trimmed)) return true;
  const fields = trimmed.split(/\s+/, 8);
  if (fields.length < 5 || fields.length > 7) return false;
  // With five fields there is no second.
  const most = fields.length === 5 ? CRON_MOST.slice(1) : CRON_MOST;
  return fields.every(
    (field, index) =>
      /^[\w*?/,#+-]+$/.test(field) &&
      (field.match(/[a-z]+/gi) ?? []).every((word) => CRON_WORD.test(word)) &&
      (field.match(/\d+/g) ?? []).every((number) => Number(number) <= most[index]!),
  );
}
