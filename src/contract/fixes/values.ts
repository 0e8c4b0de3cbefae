/** Values that are there, and are certainly meant to be others. */

import { isObject } from "../problems.js";
import type { Fix } from "../rules/rule.js";
import { workspaceColor } from "./colors.js";
import { columnsFix, tableKeyFix } from "./keys.js";
import { add, leaveOut, move, write } from "./make.js";
import { isIndex, own, type Place } from "./place.js";
import { meanings, simple } from "./words.js";

/**
 * What a rejected value may certainly be replaced by, the likeliest first. What Workspace rejects as well is ruled out
 * afterwards: so the kind that is demanded need not be known here.
 */
export function valueFixes(place: Place): Fix[] {
  const { value, keys, key, holder } = place;
  if (value === undefined) return [];
  const timer = timerFix(place);
  if (timer) return [timer];
  if (value === null || value === "") return Array.isArray(holder) || isIdOfAgent(place) ? [] : [leaveOut(place)];
  const fixes: Fix[] = [];
  const written = (...values: unknown[]) => fixes.push(...values.map((one) => write(place, one)));
  if (isIndex(key) && keys.at(-2) === "options") written(...optionsFor(value));
  if (typeof value === "string") {
    const color = key === "color" ? workspaceColor(value) : undefined;
    if (color !== undefined) written(color);
    if (key === "id" && keys.length <= 2) written(`custom-${value}`);
    written(...(asksForOptions(place) ? choices(value) : meanings(value)), ...unquoted(value));
  }
  // Quotes would make a cron expression of an interval, and no date of a number.
  const isOther = key === "refetchInterval" || own(holder, "type") === "date" || own(holder, "paramName") === "date";
  // Of most texts "false" means that there is none.
  const isPlain = typeof value === "number" || (typeof value === "boolean" && (key === "value" || key === "label"));
  if (isPlain && !isOther) written(String(value));
  if (isSingle(value)) written([value]);
  return fixes;
}

/** In a list of agents each needs one; elsewhere its key is taken for it (contract section 9). */
function isIdOfAgent({ file, root, keys, key }: Place): boolean {
  return file === "agents.json" && Array.isArray(root) && keys.length === 2 && key === "id";
}

/** Whether it is the type of a parameter whose choices a path answers with. */
function asksForOptions({ key, holder }: Place): boolean {
  const path = own(holder, "optionsEndpoint");
  return key === "type" && typeof path === "string" && path !== "";
}

/** What the type of such a parameter certainly means: as a text it would have no choices. */
function choices(type: string): string[] {
  if (/^(select|dropdown)$/.test(simple(type))) return ["endpoint"];
  return meanings(type).filter((word) => word !== "text");
}

/** Milliseconds that Workspace does not take: what is never refreshed, or never kept, as far as it can. */
function timerFix(place: Place): Fix | undefined {
  const { key, value, keys } = place;
  if (keys.length !== 2) return undefined;
  if (key === "staleTime" && value === false) return leaveOut(place);
  // 60 may be meant as seconds.
  if (key === "staleTime" && value === 0) return write(place, 1000);
  if (key === "refetchInterval" && value === 0) return write(place, false);
  return undefined;
}

/** An option of a bare value: what Workspace shows, and what it sends. */
function optionsFor(value: unknown): unknown[] {
  if (typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean") return [];
  if (value === "") return [];
  const label = String(value);
  return [
    { label, value },
    { label, value: label },
  ].slice(0, typeof value === "string" ? 1 : 2);
}

/** A number, true or false that stands in quotes. */
function unquoted(text: string): unknown[] {
  const plain = text.trim();
  if (/^-?\d{1,15}(\.\d{1,15})?$/.test(plain)) return [Number(plain)];
  const flag = { true: true, false: false }[plain.toLowerCase()];
  return flag === undefined ? [] : [flag];
}

/** Whether a list of just this value can be meant where a list is demanded. */
function isSingle(value: unknown): boolean {
  return typeof value === "string" ? !/[,;\n]/.test(value) : typeof value === "object" && !Array.isArray(value);
}

/** A date of the form `$currentDate-1W`, with its unit in the case that Workspace reads. */
export function dateFix(place: Place): Fix[] {
  const { value } = place;
  const [, start, unit] = (typeof value === "string" && /^(\$currentDate[+-]\d+)([HDWYB])$/.exec(value)) || [];
  return start && unit ? [write(place, start + unit.toLowerCase())] : [];
}

/** A number of milliseconds that stands in quotes, so that Workspace takes it for a cron expression. */
export function cronFix(place: Place): Fix[] {
  return typeof place.value === "string" ? unquoted(place.value).map((number) => write(place, number)) : [];
}

/** What belongs where nothing is, if the rest of its object tells. */
export function missingFixes(place: Place): Fix[] {
  const { key, keys, holder, file } = place;
  if (place.value !== undefined || Array.isArray(holder)) return [];
  const beside = (name: string) => own(holder, name);
  const text = (value: unknown): Fix[] => (typeof value === "string" && value.trim() !== "" ? [add(place, value)] : []);
  const isEntry = file === "widgets.json" && keys.length === 2;
  if (isEntry && key === "name" && typeof beside("title") === "string") {
    return [move(place, [...keys.slice(0, -1), "title"], keys)];
  }
  if (isEntry && key === "name") return text(keys[0]);
  if (isEntry && key === "description") return text(beside("name"));
  if (key === "customFormatter") return [add(place, "")];
  if (key === "headerName") return text(headerOf(beside("field")));
  if (key === "label" && keys.at(-3) === "options") {
    const value = beside("value");
    return text(typeof value === "number" || typeof value === "boolean" ? String(value) : value);
  }
  if (file === "apps.json" && keys.at(-3) === "tabs") {
    // As Workspace itself exports them (contract section 7).
    if (key === "id") return [add(place, keys.at(-2))];
    if (key === "name") return typeof beside("id") === "string" ? [add(place, beside("id"))] : [];
  }
  return [];
}

/** The title that Workspace itself gives to a column that is not listed (contract section 3.1). */
function headerOf(field: unknown): string | undefined {
  if (typeof field !== "string") return undefined;
  const words = field.replace(/([a-z\d])([A-Z])/g, "$1 $2").split(/[\s_]+/);
  return words
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(" ")
    .trim();
}

/** A path with spaces around it, which would become part of the URL. */
export function addressFix(place: Place): Fix[] {
  const { value } = place;
  return typeof value === "string" && value.trim() !== "" && value !== value.trim() ? [write(place, value.trim())] : [];
}

/** A percent sign that the column's format adds by itself. */
export function percentFix(place: Place): Fix[] {
  return typeof place.value === "string" && place.value.trim() === "%" ? [leaveOut(place)] : [];
}

/** What the file selector of a multi_file_viewer needs to be (contract section 3.12). */
export function selectorFix(place: Place): Fix[] {
  const { key, value } = place;
  if (key === "multiSelect") return value === undefined ? [add(place, true)] : [write(place, true)];
  return key === "value" && typeof value === "string" && isSingle(value) ? [write(place, [value])] : [];
}

/** What Workspace ignores for its kind, or its place. */
export function ignoredFix(place: Place): Fix[] {
  const { key, keys, value } = place;
  if (keys[1] === "data" && keys.length === 3 && /^columns(Defs)?$/.test(key)) return columnsFix(place);
  if (keys[1] === "data") return tableKeyFix(place);
  if (keys.length === 2 && key === "params") return isObject(value) ? [write(place, [value])] : [];
  return key === "show" && typeof value === "string" ? unquoted(value).map((flag) => write(place, flag)) : [];
}
