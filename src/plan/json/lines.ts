/** A place in a text; both count from 1, columns in UTF-16 units, as editors do. */
export interface Place {
  line: number;
  column: number;
}

/** Finds places in a text; made once for each text. */
export interface LineIndex {
  placeOf(offset: number): Place;
  /** A line, without its end; empty where there is none. */
  lineText(line: number): string;
  count: number;
}

/** A byte order mark is no column. */
export function lineIndex(text: string): LineIndex {
  const starts = [text.startsWith("\ufeff") ? 1 : 0];
  for (const match of text.matchAll(/\r\n|\n|\r/g)) starts.push(match.index + match[0].length);
  return {
    count: starts.length,
    placeOf(offset) {
      let [low, high] = [0, starts.length - 1];
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if ((starts[middle] as number) <= offset) low = middle;
        else high = middle - 1;
      }
      return { line: low + 1, column: Math.max(1, offset - (starts[low] as number) + 1) };
    },
    lineText(line) {
      const start = starts[line - 1];
      if (start === undefined) return "";
      return text.slice(start, starts[line] ?? text.length).replace(/[\r\n]+$/, "");
    },
  };
}
