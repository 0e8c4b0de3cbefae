import * as z from "zod/mini";
import { chartViewSchema, columnSchema, formatterFnSchema } from "./columns.js";
import { KNOWN_WIDGET_KEYS, WIDGET_TYPES } from "./constants.js";
import { explain, pointer, shown } from "./explain.js";
import { anyObject, flag, flagOrNull, text, textOrNull, texts } from "./fields.js";
import type { Finding } from "./findings.js";
import { paramProblems } from "./params.js";
import { placementProblems, refetchIntervalSchema } from "./placement.js";
import { isObject, type Problem, run } from "./problems.js";
import { nearest } from "./suggest.js";
import { widgetTraps } from "./traps.js";

const type = z.nullish(z.enum(WIDGET_TYPES));
const textOrTexts = z.optional(
  z.union([z.string(), z.array(z.string())], { error: "must be a string or a list of strings" }),
);

/** `data.table` as far as connecting looks at it (contract §2). */
const tableSchema = z.object({
  showAll: flag,
  enableAdvanced: flag,
  transpose: flagOrNull,
  period: z.optional(
    z.union([z.boolean(), z.array(z.string())], { error: "must be true, false or a list of strings" }),
  ),
  columnsDefs: z.optional(z.array(columnSchema)),
  chartView: z.optional(chartViewSchema),
  formatterFn: formatterFnSchema,
});

/**
 * One widget as connecting looks at it (contract §2), without `params`, which need the coercions in params.ts.
 * Unknown keys pass everywhere. Only where it says "nullish" may a value be null.
 */
export const widgetSchema = z.object({
  name: z.string(),
  description: z.string(),
  endpoint: z.string(),
  type,
  defaultViz: type,
  category: text,
  subCategory: text,
  source: textOrTexts,
  data: z.optional(
    z.object({
      dataKey: text,
      wsRowIdColumn: textOrTexts,
      wsRowIdColumns: texts,
      table: z.optional(tableSchema),
    }),
  ),
  gridData: z.optional(z.object({ w: z.number(), h: z.number() })),
  staleTime: z.optional(
    z.union([z.number().check(z.gte(1000)), z.literal(false)], { error: "must be a number of 1000 or more, or false" }),
  ),
  refetchInterval: z.nullish(refetchIntervalSchema),
  // A cron expression, of which the client checks only that it is there.
  dataUpdateDisplay: z.optional(z.string().check(z.trim(), z.minLength(1))),
  runButton: flag,
  raw: flag,
  exportable: flag,
  showTitle: flagOrNull,
  storage: anyObject,
  wsEndpoint: text,
  fileEndpoint: text,
  schemaName: text,
  inputType: text,
  disableRetrievalForCopilot: flag,
  copilotParseAs: z.optional(z.enum(["structured", "unstructured"])),
  groupById: textOrNull,
  widgetId: text,
  widgetType: text,
});

/**
 * What Workspace makes of a widgets.json (contract §2 and §13).
 *
 * @param json the parsed file; anything is allowed, nothing is changed
 * @returns findings in the order of the file: an `error` for whatever makes Workspace reject the whole backend, a
 * `warning` for what connects and then cannot be placed, is ignored or misleads
 */
export function validateWidgets(json: unknown): Finding[] {
  if (!isObject(json)) return [rootFinding(json)];
  if (typeof json.name === "string" || typeof json.endpoint === "string") {
    return [
      {
        code: "single-widget",
        severity: "error",
        path: "",
        message: "The file is one widget; it must be an object of widgets by id.",
        hint: 'Wrap it: { "my_widget": { … } }.',
      },
    ];
  }
  return Object.entries(json).flatMap(([id, widget]) => validateWidget(id, widget));
}

/** The client loops over the root's keys, so a number, a boolean or an empty text passes as a file without widgets. */
function rootFinding(json: unknown): Finding {
  const rejected =
    json === null || json === undefined || Array.isArray(json) || (typeof json === "string" && json !== "");
  return {
    code: "wrong-root",
    severity: rejected ? "error" : "warning",
    path: "",
    message: `The file must be an object of widgets by id, not ${shown(json)}.`,
    hint: 'Write { "my_widget": { "name": "…", "description": "…", "endpoint": "…" } }.',
  };
}

function validateWidget(id: string, widget: unknown): Finding[] {
  if (holdsWidgets(widget)) {
    return [
      {
        code: "wrapped-file",
        severity: "error",
        path: pointer([id]),
        message: `${shown(id)} holds widgets, but Workspace takes it for a widget itself.`,
        hint: `Take ${shown(id)} away, so that the ids of the widgets are the keys of the file.`,
      },
    ];
  }
  if (!isObject(widget)) {
    return [
      {
        code: "not-a-widget",
        severity: "error",
        path: pointer([id]),
        message: `The widget must be an object, not ${shown(widget)}.`,
        hint: "Remove the entry, or write the widget's definition.",
      },
    ];
  }
  if (id === "__proto__") return [lostWidget()];
  const type = widget.type ?? widget.defaultViz;
  const problems = [...run(widgetSchema, withTimers(widget)), ...paramProblems(widget.params, type)];
  const findings = explain(problems, widget, [id]);
  if (problems.length === 0) findings.push(...notPlaceable(placementProblems(widget), widget, id));
  return [...findings, ...unrecognised(widget, id), ...widgetTraps(id, widget)];
}

/** What people write around their widgets: `{ "widgets": { … } }`. It has nothing that a widget has. */
function holdsWidgets(entry: unknown): boolean {
  if (typeof entry !== "object" || entry === null) return false;
  const inner = Object.values(entry);
  return inner.length > 0 && inner.every((one) => isObject(one) && typeof one.endpoint === "string" && "name" in one);
}

/** JavaScript cannot keep an entry of this name: the client neither checks nor shows it. */
function lostWidget(): Finding {
  return {
    code: "lost-widget",
    severity: "warning",
    path: "/__proto__",
    message: 'Workspace never shows a widget whose id is "__proto__".',
    hint: "Give it another id.",
  };
}

/** Without automatic refresh the client sets both timers itself and does not look at what the file says (contract §2). */
function withTimers(widget: Record<string, unknown>): Record<string, unknown> {
  const off = widget.refetchInterval === false || (widget.runButton && !widget.refetchInterval);
  return off ? { ...widget, staleTime: false, refetchInterval: false } : widget;
}

function notPlaceable(problems: Problem[], widget: unknown, id: string): Finding[] {
  return explain(problems, widget, [id], "warning").map((finding) => ({
    ...finding,
    code: "cannot-place",
    message: `Workspace connects, but cannot add this widget to a dashboard: ${finding.message}`,
  }));
}

const KEY_HINTS = new Map([
  ["columns", "Columns belong in `data.table.columnsDefs`."],
  ["columnsDefs", "Columns belong in `data.table.columnsDefs`."],
  ["dataKey", "It belongs in `data.dataKey`."],
  ["table", "It belongs in `data.table`."],
  ["sub_category", "It still works; `subCategory` does the same without the notice."],
  ["imgUrl", "Remove it: OpenBB's documentation names it, but Workspace does not read it."],
]);

/** Keys that raise Workspace's "Unrecognized fields" notice (contract §1.5 and §2). */
function unrecognised(widget: Record<string, unknown>, id: string): Finding[] {
  const known: readonly string[] = KNOWN_WIDGET_KEYS;
  const unknown = Object.keys(widget).filter((key) => !known.includes(key));
  return unknown.map((key) => {
    const guess = nearest(key, known);
    return {
      code: "unrecognised-key",
      severity: "warning",
      path: pointer([id, key]),
      message: `Workspace does not know the key ${shown(key)} and shows an "Unrecognized fields" notice.`,
      hint:
        KEY_HINTS.get(key) ??
        (guess === undefined || Object.hasOwn(widget, guess) ? "Remove it." : `Did you mean \`${guess}\`?`),
    };
  });
}
