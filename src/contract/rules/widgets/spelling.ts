const SHORTEST = 5;
const LONGEST = 40;

/**
 * The known key that `key` surely is meant to be: the same letters but for case, hyphens and underscores, or one letter
 * off. Linear in the length of the key.
 *
 * @param exact no letter may be off
 */
export function misspelt(key: string, known: readonly string[], exact = false): string | undefined {
  if (key.length < 2 || key.length > LONGEST) return undefined;
  const plain = letters(key);
  if (plain === "") return undefined;
  return (
    known.find((name) => letters(name) === plain) ??
    (exact || plain.length < SHORTEST
      ? undefined
      : known.find((name) => name.length >= SHORTEST && oneOff(plain, letters(name))))
  );
}

function letters(text: string): string {
  return text.toLowerCase().replaceAll(/[-_\s]/g, "");
}

/** Whether one letter inserted, removed, changed or swapped with the next makes `a` into `b`. */
function oneOff(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  const left = a.slice(start, a.length - end);
  const right = b.slice(start, b.length - end);
  return (left.length <= 1 && right.length <= 1) || (left.length === 2 && left === [...right].reverse().join(""));
}
