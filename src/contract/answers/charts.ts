import type { Finding } from "../findings.js";
import { isObject } from "../problems.js";
import { at, dataOf, fault, kindOf, listed, pathsTo, type Widget } from "./reply.js";
import { judgeQuietError } from "./status.js";

const CONSTRUCTORS: readonly unknown[] = ["chart", "stockChart", "mapChart", "ganttChart"];
/** What a Vega-Lite specification is made of: one of these says what to draw. */
const VEGA_VIEWS = ["mark", "layer", "concat", "hconcat", "vconcat", "facet", "repeat", "spec"];

const isFigure = (value: unknown): boolean => isObject(value) && Array.isArray(value.data);

/** Plotly (contract 3.4): a figure under `dataKey`, else under `results`, else the whole answer. */
export function judgePlotly(widget: Widget, body: unknown): Finding[] {
  const quiet = judgeQuietError(widget, body);
  if (quiet) return [quiet];
  const { dataKey } = dataOf(widget);
  const keyed = typeof dataKey === "string" && dataKey !== "" ? at(body, dataKey) : undefined;
  const figure = keyed ?? (isObject(body) && body.results ? body.results : body);
  if (!isFigure(figure)) {
    const [path] = pathsTo(body, isFigure);
    return [
      fault(
        "error",
        "no-plotly-figure",
        widget,
        ["endpoint"],
        `The answer is no Plotly figure: it must be an object with a list \`data\`, and is ${described(figure)}.`,
        typeof figure === "string"
          ? "Send the figure itself, not a string that holds its JSON."
          : path === undefined
            ? 'Send {"data": [...], "layout": {...}}.'
            : `Add "data": {"dataKey": "${path}"}, or send the figure itself.`,
      ),
    ];
  }
  if ((figure as { data: unknown[] }).data.length > 0) return [];
  const message = "The figure's `data` is empty: the card stays blank, without a word.";
  return [
    fault("error", "empty-plot", widget, ["endpoint"], message, "Answer with an error that says what is missing."),
  ];
}

/** Highcharts (contract 3.5): only `userOptions` and `constructorType` are read. */
export function judgeHighcharts(widget: Widget, body: unknown): Finding[] {
  const quiet = judgeQuietError(widget, body);
  if (quiet) return [quiet];
  if (!isObject(body) || !isObject(body.userOptions)) {
    const message = `Workspace reads only \`userOptions\`, and the answer is ${described(body)}: the card stays empty.`;
    const hint = 'Send {"userOptions": {...}} with the Highcharts options in it.';
    return [fault("error", "bare-highcharts", widget, ["endpoint"], message, hint)];
  }
  const { constructorType } = body;
  if (constructorType == null || CONSTRUCTORS.includes(constructorType)) return [];
  return [
    fault(
      "warning",
      "unknown-constructor",
      widget,
      ["endpoint"],
      `\`constructorType\` is ${typeof constructorType === "string" ? listed([constructorType]) : kindOf(constructorType)}, which Workspace does not know.`,
      "Write chart, stockChart, mapChart or ganttChart, or leave it out.",
    ),
  ];
}

/** Vega-Lite (contract 3.6): the whole body is the specification. */
export function judgeVega(widget: Widget, body: unknown): Finding[] {
  const quiet = judgeQuietError(widget, body);
  if (quiet) return [quiet];
  if (isObject(body) && VEGA_VIEWS.some((key) => Object.hasOwn(body, key))) return [];
  const full = isObject(body) && Array.isArray(body.marks);
  return [
    fault(
      "error",
      "no-vega-view",
      widget,
      ["endpoint"],
      `The answer is no Vega-Lite specification: it has no \`mark\` and no \`layer\`, and is ${described(body)}.`,
      full
        ? "This is Vega. Send Vega-Lite, which has `mark` and `encoding`."
        : typeof body === "string"
          ? "Send the specification itself, not a string that holds its JSON."
          : 'Send the specification itself: {"mark": ..., "encoding": ..., "data": ...}.',
    ),
  ];
}

function described(value: unknown): string {
  return isObject(value) ? `an object with ${listed(Object.keys(value)) || "no keys"}` : kindOf(value);
}
