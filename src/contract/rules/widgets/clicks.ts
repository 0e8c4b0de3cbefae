import { RENDER_FNS } from "../../constants.js";
import { label, shown } from "../../explain.js";
import { isObject, type Key } from "../../problems.js";
import type { Backend } from "../rule.js";
import type { Subject } from "./subject.js";

type Column = Record<string, unknown>;

/** Renderers of cells, and what they need to do anything (contract 5). */
export function clickRules(subject: Subject, backend: Backend): void {
  for (const { column, where } of subject.columns) {
    const { renderFn, renderFnParams } = column;
    if (renderFn === undefined && renderFnParams === undefined) continue;
    const names = rendererNames(renderFn);
    const one = {
      column,
      where,
      names: names ?? [],
      isNot: (name: string) => names !== undefined && !names.includes(name),
      params: isObject(renderFnParams) ? renderFnParams : {},
      hasParams: !renderFnParams || isObject(renderFnParams),
    };
    clicks(subject, one, backend);
    colours(subject, one);
    covered(subject, one);
    unreadParams(subject, one);
  }
}

interface Rendered {
  column: Column;
  where: Key[];
  names: readonly string[];
  /** Whether a renderer is certainly not named: where a name is wrong, this may be the one that was meant. */
  isNot: (name: string) => boolean;
  params: Record<string, unknown>;
  /** Whether `params` are what the file says, and not what takes the place of something else. */
  hasParams: boolean;
}

/** Undefined where the gate rejects one of them. */
function rendererNames(value: unknown): string[] | undefined {
  const list = typeof value === "string" ? value.split(",", 20) : (value ?? []);
  if (!Array.isArray(list)) return undefined;
  const names = list
    .filter((name) => name !== null && name !== undefined)
    .map((name: unknown) => (typeof name === "string" ? name.trim() : ""));
  return names.every((name) => (RENDER_FNS as readonly string[]).includes(name)) ? names : undefined;
}

function clicks({ warn, info, lacks }: Subject, one: Rendered, backend: Backend): void {
  const { where, names, params } = one;
  const at = [...where, "renderFnParams"];
  const clickable = names.includes("cellOnClick");
  if (clickable && one.hasParams && (params.actionType ?? undefined) === undefined) {
    warn(
      "click-without-action",
      [...where, "renderFn"],
      "A click on this column does nothing: it has no `actionType`.",
      'Add `"renderFnParams": { "actionType": "groupBy", "groupBy": { "paramName": "…" } }`.',
    );
  }
  if (one.isNot("cellOnClick") && params.actionType) {
    warn(
      "click-without-action",
      [...at, "actionType"],
      `${label([...at, "actionType"])} is ignored: only cells with the renderer cellOnClick can be clicked.`,
      'Add "cellOnClick" to `renderFn`.',
    );
    return;
  }
  if (!clickable || names.includes("hoverCard") || params.actionType !== "groupBy") return;
  if (backend.apps !== undefined) return;
  // Where the apps are known, their groups are looked at as well: see the rules between files.
  const target =
    isObject(params.groupBy) && params.groupBy.paramName ? params.groupBy.paramName : params.groupByParamName;
  if (typeof target !== "string" || target === "" || !lacks(target)) return;
  const { code, message, hint } = clickNeedsGroup(target);
  const inner = isObject(params.groupBy) && params.groupBy.paramName ? ["groupBy", "paramName"] : ["groupByParamName"];
  info(code, [...at, ...inner], message, hint);
}

/** What is said of a click that only a group can make use of. */
export function clickNeedsGroup(paramName: string) {
  return {
    code: "click-needs-group",
    severity: "info" as const,
    message: `A click sets ${shown(paramName)}, which the widget has no parameter for: it works on dashboards with a group of that parameter only.`,
    hint: "Add the parameter, or put the widget into such a group in apps.json.",
  };
}

function colours({ warn }: Subject, { where, names, isNot, params, hasParams }: Rendered): void {
  const rules = params.colorRules ?? [];
  if (!hasParams || !Array.isArray(rules)) return;
  if (names.includes("columnColor") && rules.length === 0) {
    warn(
      "no-color-rules",
      [...where, "renderFn"],
      "columnColor colours nothing without `colorRules`.",
      'Add `"renderFnParams": { "colorRules": [{ "condition": "gt", "value": 0, "color": "green" }] }`.',
    );
  }
  if (isNot("columnColor") && rules.length > 0) {
    const at = [...where, "renderFnParams", "colorRules"];
    const message = `${label(at)} is ignored: only the renderer columnColor reads it.`;
    warn("ignored-key", at, message, 'Add "columnColor" to `renderFn`.');
  }
}

/** A cell is drawn by one of these, the first that is named. */
const BY_PRIORITY = ["hoverCard", "cellOnClick", "showCellChange"];

function covered({ warn }: Subject, { where, names }: Rendered): void {
  const [first, ...rest] = BY_PRIORITY.filter((name) => names.includes(name));
  if (first === undefined || rest.length === 0) return;
  warn(
    "renderers-clash",
    [...where, "renderFn"],
    `A cell is either a hoverCard, a cellOnClick or a showCellChange: here ${first} wins, and ${rest.join(" and ")} does nothing.`,
    "Name one of them.",
  );
}

function unreadParams({ warn, info }: Subject, { where, isNot, params }: Rendered): void {
  const at = [...where, "renderFnParams"];
  if (isObject(params.hoverCard) && isNot("hoverCard")) {
    const message = `${label([...at, "hoverCard"])} is ignored: only the renderer hoverCard reads it.`;
    warn("ignored-key", [...at, "hoverCard"], message, 'Add "hoverCard" to `renderFn`.');
  }
  if (params.hoverCardData !== undefined && params.hoverCard === undefined) {
    warn(
      "ignored-key",
      [...at, "hoverCardData"],
      `${label([...at, "hoverCardData"])} is ignored, although OpenBB's documentation names it.`,
      'Write `"hoverCard": { "cellField": "value", "markdown": "…" }`.',
    );
  }
  if (params.actionType === "groupBy" && typeof params.groupByParamName === "string") {
    info(
      "legacy-key",
      [...at, "groupByParamName"],
      `${label([...at, "groupByParamName"])} is the old way; it still works.`,
      `Write \`"groupBy": { "paramName": ${shown(params.groupByParamName)} }\`.`,
    );
  }
}
