import type { Finding } from "../findings.js";
import type { Key } from "../problems.js";
import { fault, type Widget } from "./reply.js";

/** So many values say what a column holds; fewer may be chance. */
const ENOUGH = 5;

/**
 * Percent formats that make nonsense of a column's values (contract 5): `percent` only adds the sign, and
 * `normalizedPercent` multiplies by 100. Where the values could be meant so, it is said, but not as a warning.
 *
 * @param path the place of the format
 */
export function judgePercent(
  widget: Widget,
  { formatterFn, field, path }: { formatterFn: unknown; field: string; path: Key[] },
  values: readonly unknown[],
): Finding | undefined {
  if (formatterFn !== "percent" && formatterFn !== "normalizedPercent") return undefined;
  const numbers = values.filter((value): value is number => typeof value === "number" && value !== 0);
  if (numbers.length < ENOUGH) return undefined;
  const sizes = numbers.map(Math.abs).sort((a, b) => a - b);
  const first = numbers[0] as number;
  if (formatterFn === "percent") {
    if ((sizes.at(-1) as number) > 1) return undefined;
    // Percentages are mostly given with two decimals: 0.0421 is a fraction, 0.25 may be either.
    const fine = numbers.filter((value) => Math.abs(value * 100 - Math.round(value * 100)) > 1e-6);
    const message = `All values of "${field}" lie between -1 and 1, and \`percent\` only adds the sign: ${short(first)} is shown as ${short(first)} %.`;
    const hint = "Write `normalizedPercent`, which multiplies by 100, unless the values are small percentages.";
    const severity = fine.length * 2 > numbers.length ? "warning" : "info";
    return fault(severity, "percent-of-fraction", widget, path, message, hint);
  }
  const middle = sizes[Math.floor(sizes.length / 2)] as number;
  if (middle <= 1.5) return undefined;
  const message = `\`normalizedPercent\` multiplies by 100: ${short(first)} in "${field}" is shown as ${short(first * 100)} %.`;
  const hint = "Write `percent` where the values are percentages already.";
  return fault(middle > 4 ? "warning" : "info", "percent-of-percent", widget, path, message, hint);
}

function short(value: number): string {
  return String(Number(value.toPrecision(4)));
}
