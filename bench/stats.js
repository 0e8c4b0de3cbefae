// Numbers of repeated measurements.

/** The middle value; the mean of the two in the middle of an even count. */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * What pairs of measurements say: A and B of a pair were taken one right after the other, so that whatever else the
 * machine does falls on both. The value is the median of the pairs' ratios.
 *
 * @param {number[]} ours
 * @param {number[]} theirs as many
 */
export function compare(ours, theirs) {
  const ratios = ours.map((value, index) => value / theirs[index]);
  return {
    value: round(median(ratios)),
    low: round(Math.min(...ratios)),
    high: round(Math.max(...ratios)),
    ours: round(median(ours)),
    theirs: round(median(theirs)),
    repeats: ours.length,
  };
}

/** Three significant digits below 100, whole numbers above. */
export function round(value) {
  return value >= 100 ? Math.round(value) : Number(value.toPrecision(3));
}
