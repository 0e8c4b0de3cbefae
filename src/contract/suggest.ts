/** Nearest allowed value, for hints like "Did you mean `ssrm_table`?". */

/** Names people write because other tools, or OpenBB's own documentation, use them (contract §12). */
const ALIASES = new Map([
  ["advanced-chart", "advanced_charting"],
  ["highcharts", "chart-highcharts"],
  ["vegalite", "chart-vegalite"],
  ["vega-lite", "chart-vegalite"],
  ["plotly", "chart"],
  ["grid", "table"],
  ["news", "newsfeed"],
  ["string", "text"],
  ["integer", "number"],
  ["float", "number"],
  ["bool", "boolean"],
  ["datetime", "date"],
  ["grouped", "groupedColumn"],
  ["endpoint", "endpointParam"],
  [">", "gt"],
  ["<", "lt"],
  [">=", "gte"],
  ["<=", "lte"],
  ["=", "eq"],
  ["==", "eq"],
  ["!=", "ne"],
]);

const LONGEST = 40;

/**
 * The allowed value that `value` was probably meant to be, or undefined.
 * Tried in turn: a known alias, the same words in another order or spelling (`table_ssrm`), few letters of difference.
 */
export function nearest(value: string, allowed: readonly string[]): string | undefined {
  if (value.length === 0 || value.length > LONGEST) return undefined;
  const alias = ALIASES.get(value.toLowerCase());
  if (alias !== undefined && allowed.includes(alias)) return alias;
  const wanted = words(value);
  const sameWords = allowed.find((candidate) => words(candidate) === wanted);
  if (sameWords !== undefined) return sameWords;
  let best: string | undefined;
  // Of one or two letters nothing may differ but their case: "b" is not meant to be "a".
  let bestDistance = value.length < 3 ? 1 : Math.floor(value.length / 3) + 1;
  for (const candidate of allowed) {
    // Each letter more or less is a difference.
    if (Math.abs(candidate.length - value.length) >= bestDistance) continue;
    const distance = editDistance(value.toLowerCase(), candidate.toLowerCase());
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

function words(text: string): string {
  return text
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .sort()
    .join(" ");
}

/** Letters to insert, delete, replace or swap with their neighbour to make `a` into `b`. */
function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? (before[j - 2] ?? Infinity) + 1 : Infinity;
      next.push(Math.min(replaced, swapped, row[j]! + 1, next[j - 1]! + 1));
    }
    [before, row] = [row, next];
  }
  return row[b.length]!;
}
