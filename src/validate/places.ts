import { type Node, parseTree } from "jsonc-parser";

/** Where something stands in a text, in UTF-16 units. */
export interface Span {
  offset: number;
  length: number;
}

/** Where a value stands, and its key, quotes included; without one for the root, for items, and for what is missing. */
export interface ValueSpan extends Span {
  key?: Span;
}

/** The pointers that are looked for, as a tree of their steps; and where what they lead to was found. */
interface Wanted {
  pointers: string[];
  steps: Map<string, Wanted>;
  span?: ValueSpan;
}

/**
 * Finds where values stand in a JSON text. One pass over the text, far faster than reading all of it into a tree.
 *
 * @param text what JSON.parse accepts
 * @param pointers JSON pointers; one that leads nowhere gets the place of the nearest value that it leads through
 * @returns the spans by pointer
 */
export function spansOf(text: string, pointers: Iterable<string>): Map<string, ValueSpan> {
  const found = new Map<string, ValueSpan>();
  const root = treeOfPointers(pointers);
  new Scanner(text).value(0, root);
  const left: { wanted: Wanted; span: ValueSpan | undefined }[] = [{ wanted: root, span: root.span }];
  for (let next = left.pop(); next; next = left.pop()) {
    const { wanted, span } = next;
    if (!span) continue;
    for (const pointer of wanted.pointers) found.set(pointer, span);
    const owner = { offset: span.offset, length: span.length };
    for (const below of wanted.steps.values()) left.push({ wanted: below, span: below.span ?? owner });
  }
  return found;
}

/** Walks down a text along what is looked for, and passes over everything else. */
class Scanner {
  constructor(private readonly text: string) {}

  /** Reads the value that comes next. @returns where it ends */
  value(from: number, wanted: Wanted | undefined, key?: Span): number {
    const { text } = this;
    const offset = this.space(from);
    const inside = wanted && wanted.steps.size > 0;
    const bracket = text[offset];
    // Of a key that stands twice, JSON.parse keeps the last, and nothing of the first.
    if (wanted?.span) forget(wanted);
    const end =
      inside && bracket === "{"
        ? this.object(offset, wanted)
        : inside && bracket === "["
          ? this.list(offset, wanted)
          : this.skip(offset);
    if (wanted) wanted.span = { offset, length: end - offset, ...(key && { key }) };
    return end;
  }

  private object(offset: number, wanted: Wanted): number {
    let at = this.space(offset + 1);
    while (this.text[at] === '"') {
      const end = this.stringEnd(at);
      const written = this.text.slice(at, end);
      const name = written.includes("\\") ? JSON.parse(written) : written.slice(1, -1);
      const key = { offset: at, length: end - at };
      at = this.separator(this.value(this.space(end) + 1, wanted.steps.get(name), key));
    }
    return at + 1;
  }

  private list(offset: number, wanted: Wanted): number {
    let at = this.space(offset + 1);
    for (let index = 0; at < this.text.length && this.text[at] !== "]"; index++) {
      at = this.separator(this.value(at, wanted.steps.get(String(index))));
    }
    return at + 1;
  }

  /** Past a comma, if there is one. */
  private separator(from: number): number {
    const at = this.space(from);
    return this.text[at] === "," ? this.space(at + 1) : at;
  }

  private space(from: number): number {
    let at = from;
    // Space, tab, line feed or carriage return; by its number, for a file may have megabytes of them.
    for (let code = this.text.charCodeAt(at); code === 32 || code === 10 || code === 9 || code === 13; ) {
      code = this.text.charCodeAt(++at);
    }
    return at;
  }

  /** Past a value of which nothing is wanted. */
  private skip(from: number): number {
    const { text } = this;
    const first = text[from];
    if (first === '"') return this.stringEnd(from);
    if (first !== "{" && first !== "[") {
      const end = /[,\]} \t\r\n]/g;
      end.lastIndex = from;
      return end.exec(text)?.index ?? text.length;
    }
    const mark = /["{}[\]]/g;
    mark.lastIndex = from;
    let depth = 0;
    for (let match = mark.exec(text); match; match = mark.exec(text)) {
      if (match[0] === '"') mark.lastIndex = this.stringEnd(match.index);
      else {
        depth += match[0] === "{" || match[0] === "[" ? 1 : -1;
        if (depth === 0) return match.index + 1;
      }
    }
    return text.length;
  }

  private stringEnd(from: number): number {
    for (let at = from + 1; ; ) {
      const quote = this.text.indexOf('"', at);
      if (quote < 0) return this.text.length;
      let slashes = 0;
      while (this.text[quote - 1 - slashes] === "\\") slashes++;
      if (slashes % 2 === 0) return quote + 1;
      at = quote + 1;
    }
  }
}

function forget(wanted: Wanted): void {
  const left = [wanted];
  for (let next = left.pop(); next; next = left.pop()) {
    delete next.span;
    for (const below of next.steps.values()) left.push(below);
  }
}

/** The syntax tree of a JSON text; undefined where it is nested too deeply. */
export function treeOf(text: string): Node | undefined {
  try {
    return parseTree(text);
  } catch {
    return undefined;
  }
}

function treeOfPointers(pointers: Iterable<string>): Wanted {
  const root: Wanted = { pointers: [], steps: new Map() };
  for (const pointer of new Set(pointers)) {
    let here = root;
    for (const step of stepsOf(pointer)) {
      let below = here.steps.get(step);
      if (!below) {
        below = { pointers: [], steps: new Map() };
        here.steps.set(step, below);
      }
      here = below;
    }
    here.pointers.push(pointer);
  }
  return root;
}

/** The steps of a JSON pointer (RFC 6901). */
export function stepsOf(pointer: string): string[] {
  if (pointer === "") return [];
  return pointer
    .slice(1)
    .split("/")
    .map((step) => step.replace(/~1/g, "/").replace(/~0/g, "~"));
}

/** The JSON pointer of steps. */
export function pointerOf(steps: readonly (string | number)[]): string {
  return steps.map((step) => `/${String(step).replace(/~/g, "~0").replace(/\//g, "~1")}`).join("");
}
