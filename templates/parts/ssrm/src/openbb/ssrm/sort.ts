import type { Value } from "./source.js";

/** Values by row number, to sort rows by. */
export interface SortKey {
  values: ArrayLike<Value>;
  descending: boolean;
}

/** Up to this many rows are sorted by insertion. */
const FEW = 16;
/** From this many steps into equal values on, rows are compared one by one. */
const DEEP = 24;
/** Up to this many different values, their places in their order stand for them. */
const MANY = 65_536;

/** Where the low and the high half of a 64-bit number stand, in 32-bit words. */
const LOW = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1 ? 0 : 1;
const HIGH = 1 - LOW;

/**
 * Sorts row numbers in place; rows that the keys leave equal stand in the order of their numbers. Blanks are least,
 * texts go by code point.
 *
 * A million rows would take JavaScript's sort with a comparison function a second and more. Here 32 bits of the value
 * and the row number make up a 64-bit number, numbers are sorted natively, and each run of equal ones by its next bits.
 */
export function sortRows(rows: Uint32Array, keys: SortKey[]): void {
  const numbers = new BigUint64Array(rows.length);
  const words = new Uint32Array(numbers.buffer);
  rows.sort();
  sortRun(0, rows.length, 0, 0, 0);

  /** Sorts a run of rows that are equal up to key `k`, and there up to `at`. */
  function sortRun(start: number, end: number, k: number, at: number, depth: number): void {
    const key = keys[k];
    if (!key || end - start < 2) return;
    if (end - start <= FEW || depth > DEEP) {
      compareAll(start, end, k);
      return;
    }
    const from = differenceFrom(start, end, key.values, at);
    if (from < 0) {
      sortRun(start, end, k + 1, 0, depth + 1);
      return;
    }
    const step = write(start, end, key, from);
    numbers.subarray(start, end).sort();
    for (let i = start; i < end; i++) rows[i] = words[2 * i + LOW] as number;
    for (let i = start; i < end; ) {
      const first = i;
      const bits = words[2 * i + HIGH];
      do i++;
      while (i < end && words[2 * i + HIGH] === bits);
      sortRun(first, i, k, from + step, depth + 1);
    }
  }

  /** From where on, not before `at`, the values of a run differ; -1: nowhere. */
  function differenceFrom(start: number, end: number, values: ArrayLike<Value>, at: number): number {
    const first = values[rows[start] as number] as Value;
    let from = -1;
    for (let i = start + 1; i < end && from !== at; i++) {
      const value = values[rows[i] as number] as Value;
      if (value === first) continue;
      if (typeof value !== "string" || typeof first !== "string") return at;
      let same = at;
      while (same !== from && same < first.length && value.charCodeAt(same) === first.charCodeAt(same)) same++;
      from = same;
    }
    return from;
  }

  /** Writes the 64-bit numbers of a run, with the bits of values from `at` on. Gives how far those go. */
  function write(start: number, end: number, key: SortKey, at: number, wide = false): number {
    const { values, descending } = key;
    for (let i = start; i < end; i++) {
      const row = rows[i] as number;
      const bits = bitsOf(values[row] as Value, at, wide);
      if (bits < 0) return write(start, end, key, at, true);
      words[2 * i + LOW] = row;
      words[2 * i + HIGH] = descending ? ~bits : bits;
    }
    return wide ? 1 : 4;
  }

  function compareAll(start: number, end: number, k: number): void {
    const compare = (a: number, b: number) => {
      for (let i = k; i < keys.length; i++) {
        const { values, descending } = keys[i] as SortKey;
        const order = compareValues(values[a] as Value, values[b] as Value);
        if (order !== 0) return descending ? -order : order;
      }
      return a - b;
    };
    if (end - start > FEW) {
      rows.subarray(start, end).sort(compare);
      return;
    }
    for (let i = start + 1; i < end; i++) {
      const row = rows[i] as number;
      let j = i;
      for (; j > start && compare(rows[j - 1] as number, row) > 0; j--) rows[j] = rows[j - 1] as number;
      rows[j] = row;
    }
  }
}

const double = new Float64Array(1);
const doubleWords = new Uint32Array(double.buffer);

/**
 * 32 bits that sort as a value does. Of a number its high half, or its low half unless `at` is 0; of a text the next
 * four characters, or -1 if they are not all of ASCII: `wide` is for those.
 */
function bitsOf(value: Value, at: number, wide: boolean): number {
  if (value === null) return 0;
  if (typeof value === "boolean") return value ? 2 : 1;
  if (typeof value === "number") {
    double[0] = value;
    const word = doubleWords[at === 0 ? HIGH : LOW] as number;
    // The bits of doubles sort as the doubles do, once negative ones are turned round and put before the others.
    return (value < 0 ? ~word : at === 0 ? word | 0x80000000 : word) >>> 0;
  }
  // The second character has too few bits for all there are: high ones are told apart when they come first.
  if (wide) return 1 + (codeOf(value, at) + 1) * 0x8000 + Math.min(codeOf(value, at + 1) + 1, 0x7fff);
  let bits = 0;
  for (let i = at; i < at + 4; i++) {
    const code = i < value.length ? value.charCodeAt(i) + 1 : 0;
    if (code > 0x80) return -1;
    bits = bits * 0x100 + code;
  }
  return bits + 1;
}

/** A character's place by code point, -1 at the end: surrogates stand for those above U+FFFF. */
function codeOf(text: string, at: number): number {
  if (at >= text.length) return -1;
  const code = text.charCodeAt(at);
  return code < 0xd800 ? code : code < 0xe000 ? code + 0x2000 : code - 0x800;
}

/** Negative when `a` comes first: blanks, then false and true, numbers, texts by code point. */
export function compareValues(a: Value, b: Value): number {
  if (a === b) return 0;
  if (a === null) return -1;
  if (b === null) return 1;
  if (typeof a !== "string" || typeof b !== "string") return Number(a) - Number(b);
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    if (a.charCodeAt(i) !== b.charCodeAt(i)) return codeOf(a, i) - codeOf(b, i);
  }
  return a.length - b.length;
}

/** Values that sort as these do, faster: where few of them are different, their places in their order. */
export function sortable(values: Value[]): ArrayLike<Value> {
  const numbers = new Map<Value, number>();
  const coded = new Uint32Array(values.length);
  for (let row = 0; row < values.length; row++) {
    const value = values[row] as Value;
    let number = numbers.get(value);
    if (number === undefined) {
      if (numbers.size === MANY) return values;
      number = numbers.size;
      numbers.set(value, number);
    }
    coded[row] = number;
  }
  const places = new Uint32Array(numbers.size);
  const sorted = [...numbers.keys()].sort(compareValues);
  for (const [place, value] of sorted.entries()) places[numbers.get(value) as number] = place;
  return coded.map((number) => places[number] as number);
}
