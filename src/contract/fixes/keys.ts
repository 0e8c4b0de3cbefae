/** Keys that are certainly meant to be others, or to stand elsewhere. */
import { KNOWN_APP_KEYS, KNOWN_WIDGET_KEYS } from "../constants.js";
import { pointer } from "../explain.js";
import { isObject } from "../problems.js";
import type { Fix, Operation } from "../rules/rule.js";
import { KNOWN_KEYS, OTHER_NAMES } from "../rules/widgets/known-keys.js";
import { move } from "./make.js";
import { has, isIndex, own, type Place, valueAt } from "./place.js";
import { sameName } from "./words.js";

/** Gives the key that is missing to what stands beside under a name that differs in case, hyphens or underscores. */
export function misspelt(place: Place): Fix[] {
  const { holder, keys, key, value } = place;
  if (value !== undefined || Array.isArray(holder) || has(holder, key)) return [];
  const other = sameName(key, Object.keys(holder));
  return other === undefined ? [] : [move(place, [...keys.slice(0, -1), other], keys)];
}

/** A key of a widget or an app that Workspace does not know. */
export function unknownKey(place: Place): Fix[] {
  const { file, holder, keys, key } = place;
  if (Array.isArray(holder) || !has(holder, key)) return [];
  if (file === "widgets.json" && keys.length === 2 && (key === "columns" || key === "columnsDefs")) {
    return columnsFix(place);
  }
  const known: readonly string[] = file === "widgets.json" ? KNOWN_WIDGET_KEYS : KNOWN_APP_KEYS;
  const meant = sameName(key, known);
  if (meant === undefined || has(holder, meant)) return [];
  // Two keys that may both be meant: it is not certain which.
  if (sameName(meant, Object.keys(holder)) !== key) return [];
  return [move(place, keys, [...keys.slice(0, -1), meant])];
}

/** Types that show the columns of `data.table` (contract section 3). */
const TABLES: readonly unknown[] = [undefined, null, "table", "ssrm_table", "ssrm_advanced", "live_grid"];

/** Columns that Workspace does not look for where they are (contract section 12). */
export function columnsFix(place: Place): Fix[] {
  const { root, keys, value } = place;
  const id = keys.slice(0, 1);
  const widget = valueAt(root, id);
  if (!Array.isArray(value) || !TABLES.includes(own(widget, "type") ?? own(widget, "defaultViz"))) return [];
  const data = own(widget, "data");
  const table = own(data, "table");
  const wrong = [data, table].some((one) => one !== undefined && !isObject(one));
  // Columns in two places: it is not certain which.
  const elsewhere = [widget, data].filter((one) => ["columns", "columnsDefs"].some((key) => has(one, key)));
  const both = has(widget, "columns") && has(widget, "columnsDefs");
  if (wrong || both || elsewhere.length > 1 || has(table, "columnsDefs")) return [];
  const before: Operation[] = [];
  if (data === undefined) before.push({ op: "add", path: pointer([...id, "data"]), value: {} });
  if (table === undefined) before.push({ op: "add", path: pointer([...id, "data", "table"]), value: {} });
  return [move(place, keys, [...id, "data", "table", "columnsDefs"], before)];
}

const DATA_KEYS: readonly string[] = KNOWN_KEYS.data;
const TABLE_KEYS: readonly string[] = KNOWN_KEYS.table;

/** Of `data.table`, and stands in `data`; or the other way round (contract section 2). */
export function tableKeyFix(place: Place): Fix[] {
  const { root, keys, key, holder } = place;
  const id = keys.slice(0, 1);
  const data = own(valueAt(root, id), "data");
  if (keys.length === 4 && keys[2] === "table") {
    return DATA_KEYS.includes(key) && !has(data, key) ? [move(place, keys, [...id, "data", key])] : [];
  }
  const table = own(holder, "table");
  if (keys.length !== 3 || !TABLE_KEYS.includes(key) || has(table, key)) return [];
  if (table !== undefined && !isObject(table)) return [];
  const before: Operation[] =
    table === undefined ? [{ op: "add", path: pointer([...id, "data", "table"]), value: {} }] : [];
  return [move(place, keys, [...id, "data", "table", key], before)];
}

function isOwner(name: string): name is keyof typeof KNOWN_KEYS {
  return Object.hasOwn(KNOWN_KEYS, name);
}

/** A key inside a widget that Workspace passes over, and that it knows by another name. */
export function misspeltKey(place: Place): Fix[] {
  const { keys, key, holder } = place;
  if (Array.isArray(holder) || !has(holder, key)) return [];
  // The id of a widget may look like an index, too.
  const around = keys.slice(0, -1).filter((one) => !isIndex(one));
  const inner = around.at(-1) ?? "";
  const owner = around.at(-2) === "sparkline" && inner === "options" ? "sparklineOptions" : inner;
  if (!isOwner(owner)) return [];
  const known: readonly string[] = KNOWN_KEYS[owner];
  if (known.includes(key)) return [];
  // The rules tell of a column's `type` where it names such a kind.
  const names = owner === "columnsDefs" ? { ...OTHER_NAMES[owner], type: "cellDataType" } : (OTHER_NAMES[owner] ?? {});
  const other = Object.hasOwn(names, key) ? own(names, key) : sameName(key, known);
  if (typeof other !== "string" || has(holder, other)) return [];
  return [move(place, keys, [...keys.slice(0, -1), other])];
}

/** The old way to name the parameter that a click sets (contract section 5). */
export function oldGroupBy(place: Place): Fix[] {
  const { keys, key, holder } = place;
  const groupBy = own(holder, "groupBy");
  if (key !== "groupByParamName" || (groupBy !== undefined && !isObject(groupBy))) return [];
  if (has(groupBy, "paramName")) return [];
  const to = [...keys.slice(0, -1), "groupBy"];
  const before: Operation[] = groupBy === undefined ? [{ op: "add", path: pointer(to), value: {} }] : [];
  return [move(place, keys, [...to, "paramName"], before)];
}

/** The old name of `type`, which a live_grid needs (contract section 3.14). */
export function oldType(place: Place): Fix[] {
  const { keys, key, holder } = place;
  if (key !== "defaultViz" || !has(holder, key) || has(holder, "type")) return [];
  return [move(place, keys, [...keys.slice(0, -1), "type"])];
}

/** Features of agents that Workspace itself acts on (contract section 9). */
const FEATURES = ["widget-dashboard-select", "widget-dashboard-search", "widget-global-search", "mcp-tools"];

export function featureName(place: Place): Fix[] {
  const { keys, key, holder } = place;
  const meant = sameName(key, FEATURES);
  if (meant === undefined || has(holder, meant)) return [];
  return [move(place, keys, [...keys.slice(0, -1), meant])];
}
