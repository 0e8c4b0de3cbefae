import type { ParamDefinition } from "../contract/types.js";
import { paramShapes } from "../typegen/shape.js";
import type { AnyWidget } from "./types.js";

/** The parameters that the sample handlers know. Widgets that have the same one share it on the dashboard. */
export const SYMBOL: ParamDefinition = {
  paramName: "symbol",
  label: "Symbol",
  description: "The company to show",
  type: "text",
  value: "AAPL",
  options: [
    { label: "Apple", value: "AAPL" },
    { label: "Microsoft", value: "MSFT" },
    { label: "NVIDIA", value: "NVDA" },
    { label: "Amazon", value: "AMZN" },
    { label: "JPMorgan Chase", value: "JPM" },
    { label: "Exxon Mobil", value: "XOM" },
    { label: "Johnson & Johnson", value: "JNJ" },
    { label: "Caterpillar", value: "CAT" },
  ],
};

export const START_DATE: ParamDefinition = {
  paramName: "start_date",
  label: "From",
  description: "The first day to show",
  type: "date",
  value: "$currentDate-6M",
};

/** What Workspace sends as `theme`: a parameter of that name that is something else is none of the samples'. */
function isTheme(value: unknown): boolean {
  return value === "dark" || value === "light";
}

export const PERIOD: ParamDefinition = {
  paramName: "period",
  label: "Period",
  description: "Over which time the change is measured",
  type: "text",
  value: "1M",
  options: [
    { label: "One week", value: "1W" },
    { label: "One month", value: "1M" },
    { label: "One year", value: "1Y" },
  ],
};

/**
 * Which of the parameters that a sample uses the widget really has, as the sample needs them: a user's own definition
 * may lack one, or mean something else by the name.
 *
 * @param wanted parameter names with the kind that the sample can use, `many` for those that arrive as arrays
 * @returns `args`, what the handler takes apart, and `has`, a flag a name
 */
export function usableParams(
  widget: AnyWidget,
  wanted: Record<string, "string" | "number" | "boolean" | "date" | "many">,
) {
  const shapes = paramShapes(widget.definition);
  const has = Object.fromEntries(
    Object.entries(wanted).map(([name, kind]) => {
      const shape = shapes.find((candidate) => candidate.name === name);
      const fits =
        shape !== undefined &&
        shape.fallback !== undefined &&
        (name !== "theme" || [...(shape.choices ?? [""]), shape.fallback].every(isTheme)) &&
        (kind === "many"
          ? shape.many && (shape.choices ?? []).every((choice) => typeof choice === "string")
          : !shape.many &&
            shape.kind === kind &&
            (shape.choices ?? []).every((choice) => typeof choice === textual(kind)));
      return [name, fits];
    }),
  );
  const names = Object.keys(has).filter((name) => has[name]);
  return { has, args: names.length > 0 ? `{ ${names.join(", ")} }` : "" };
}

function textual(kind: string): string {
  return kind === "date" ? "string" : kind;
}

/**
 * Where the choices of a parameter are served: below the widget's endpoint, with a last part of its own, for Workspace
 * takes two parameters for the same whose choices end alike (contract section 4.6).
 */
export function optionsPath(endpoint: string, name: string): string {
  return `${endpoint}/${endpoint.split("/").at(-1)}_${name}`;
}
