import { nearest } from "../../suggest.js";

/** How many names to compare before giving up: each takes time, and files can be huge. */
const MOST = 20_000;

/** Finds what a name was probably meant to be; one per file, for it stops looking after too many comparisons. */
export class Near {
  #compared = 0;
  readonly #known = new Map<readonly string[], Map<string, string | undefined>>();

  /** The name among `names` that `wrong` was probably meant to be, or undefined. Pass the same list for the same names. */
  find(wrong: string, names: readonly string[]): string | undefined {
    const known = this.#known.get(names) ?? new Map<string, string | undefined>();
    this.#known.set(names, known);
    if (known.has(wrong)) return known.get(wrong);
    if (this.#compared + names.length > MOST) return undefined;
    this.#compared += names.length;
    const guess = nearest(wrong, names);
    known.set(wrong, guess);
    return guess;
  }

  /** "Did you mean `prices`?", or `otherwise`. */
  hint(wrong: string, names: readonly string[], otherwise: string): string {
    const guess = this.find(wrong, names);
    return guess === undefined ? otherwise : `Did you mean \`${guess}\`?`;
  }
}
