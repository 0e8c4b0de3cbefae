import { shown } from "../../explain.js";
import { isObject } from "../../problems.js";
import type { Subject, SubjectParam } from "./subject.js";

const BY_TYPE: Partial<Record<string, (subject: Subject) => void>> = {
  omni: (subject) => textBox(subject, ["prompt", "query"], "An omni widget"),
  ssrm_advanced: (subject) => textBox(subject, ["query"], "An ssrm_advanced widget"),
  ssrm_table: serverSideTable,
  file_viewer: fileViewer,
  multi_file_viewer: multiFileViewer,
  live_grid: liveGrid,
  advanced_charting: advancedCharting,
};

/** What a widget of a type needs to be of use, though it connects without (contract 3). */
export function typeNeedRules(subject: Subject): void {
  if (subject.type !== undefined) BY_TYPE[subject.type]?.(subject);
}

/** Contract 3.3 and 3.15: the text box is bound to a parameter by its name. */
function textBox({ lacks, warn }: Subject, wanted: readonly string[], what: string): void {
  if (!wanted.every(lacks)) return;
  warn(
    "no-prompt-param",
    ["params"],
    `${what} sends its text as the parameter ${wanted.map(shown).join(" or ")}, and there is none.`,
    `Add { "paramName": ${shown(wanted[0])}, "type": "text", "label": "…", "show": false }.`,
  );
}

/** Contract 3.2. */
function serverSideTable({ params, warn }: Subject): void {
  const query = params.find(({ name, type }) => name === "query" && type !== "button" && type !== "form");
  if (query === undefined) return;
  warn(
    "params-not-sent",
    [...query.where, "paramName"],
    'An ssrm_table never sends a parameter called "query".',
    'Rename the parameter, for example to "search".',
  );
}

/** Contract 3.13. */
function fileViewer({ widget, warn }: Subject): void {
  if (widget.fileEndpoint !== undefined && widget.fileEndpoint !== "") return;
  warn(
    "no-file-endpoint",
    ["fileEndpoint"],
    "A file_viewer without `fileEndpoint` lists files and cannot open them.",
    'Add `"fileEndpoint": "…"`, the path that answers `?path=<link>` with the file.',
  );
}

const isSent = ({ type }: SubjectParam) => type !== "form" && type !== "button";

/** Contract 3.12: only the selector is sent to the endpoint, and a list is what it is sent as. */
function multiFileViewer({ params, warn }: Subject): void {
  const selector = params.find(
    ({ param, type }) => type === "endpoint" && Array.isArray(param.roles) && param.roles.includes("fileSelector"),
  );
  if (selector === undefined) return;
  const { param, where } = selector;
  if (param.multiSelect !== true) {
    warn(
      "file-selector",
      [...where, "multiSelect"],
      "The file selector picks one file only, where Workspace expects a list of files.",
      'Add `"multiSelect": true`.',
    );
  }
  if (param.value && !Array.isArray(param.value)) {
    warn(
      "file-selector",
      [...where, "value"],
      "The file selector's default is no list, where Workspace expects a list of files.",
      typeof param.value === "string" ? `Write [${shown(param.value)}].` : "Write a list of texts.",
    );
  }
  if (param.optionsParams === undefined || param.optionsParams === null) return;
  const used = new Set(
    params.flatMap((one) => (isObject(one.param.optionsParams) ? Object.values(one.param.optionsParams) : [])),
  );
  for (const { name, where: at, ...rest } of params.filter((one) => one !== selector && isSent(one))) {
    if (name === "" || rest.type === "endpoint" || used.has(`$${name}`)) continue;
    warn(
      "unused-param",
      [...at, "paramName"],
      `The parameter ${shown(name)} is sent nowhere: a multi_file_viewer sends its files alone.`,
      `Pass it to the file selector's options: \`"optionsParams": { ${shown(name)}: ${shown(`$${name}`)} }\`.`,
    );
  }
}

/** Contract 3.14, beside what traps.ts knows. */
function liveGrid({ widget, data, table, columns, warn }: Subject): void {
  const socket = typeof widget.wsEndpoint === "string" ? widget.wsEndpoint : "";
  if (!widget.type && socket !== "" && !/^(https?|wss?):\/\//i.test(socket)) {
    warn(
      "no-live-updates",
      ["defaultViz"],
      "Workspace finds the socket of a live_grid only where `type` says so, not `defaultViz`.",
      "Rename `defaultViz` to `type`.",
    );
  }
  const ids = new Set<unknown>([data.wsRowIdColumn, data.wsRowIdColumns].flat().filter(Boolean));
  if (ids.size === 0 || columns.length === 0) return;
  // What is no column is rejected, and may have been the one that changes.
  if (Array.isArray(table.columnsDefs) && table.columnsDefs.length > columns.length) return;
  const live = columns.some(({ column }) => {
    const flag = column.enableCellChangeWs;
    return !ids.has(column.field) && flag !== false && flag !== null;
  });
  if (live) return;
  warn(
    "no-live-updates",
    ["data", "table", "columnsDefs"],
    "A live_grid changes only columns whose `enableCellChangeWs` is true, and there are none.",
    'Add `"enableCellChangeWs": true` to the columns that change.',
  );
}

/** Contract 3.18: only the symbol is used. Ticker parameters are a trap of their own. */
function advancedCharting({ params, warn }: Subject): void {
  for (const { name, type, where } of params) {
    if (name === "symbol" || type === "ticker" || type === "form" || name === "") continue;
    warn(
      "unused-param",
      [...where, "paramName"],
      `The parameter ${shown(name)} is not used: an advanced_charting widget reads only the one called symbol.`,
      "Remove it.",
    );
  }
}
