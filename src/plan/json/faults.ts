/**
 * What is wrong with a text that should be JSON, and what it was probably meant to be. JSON.parse stops at the first
 * fault and names a position; people leave several, of a few kinds, and all of those can be named and read past.
 */
import { type Lexeme, lexemes, numberOf, textEdit, WORDS } from "./lexemes.js";

/** One fault of a text. Offsets are UTF-16 units. */
export interface JsonFault {
  offset: number;
  length: number;
  /** "there is a comment, which JSON does not allow" */
  what: string;
  /** "Take the comment out." */
  hint: string;
}

/** A text read as far as it can be. */
export interface FaultyJson {
  faults: JsonFault[];
  /**
   * The text as it was probably meant, strict JSON; undefined where parts would have to be guessed (a missing bracket,
   * a missing value).
   */
  mended?: string;
  /** Where a place of `mended` stands in the text. */
  origin(offset: number): number;
}

interface Edit {
  offset: number;
  length: number;
  text: string;
}

/** What may come next inside an object or array. */
type Expected = "first" | "entry" | "colon" | "value" | "next";
interface Open {
  bracket: "{" | "[";
  offset: number;
  expected: Expected;
}

const MOST_FAULTS = 200;
const DEEPEST = 2_000;
const NOT_ALLOWED = "which JSON does not allow";

/**
 * Finds the faults of a text that JSON.parse refuses. Takes time in proportion to its length, and never throws.
 *
 * @param text without a byte order mark
 */
export function findFaults(text: string): FaultyJson {
  if (text.trim() === "") return hopeless({ offset: 0, length: 0, what: "it is empty", hint: "Write `{}` at least." });
  const page = /^\s*<(!doctype|html|head|body|\?xml|!--)/i.exec(text);
  if (page) {
    const hint = "Save the JSON itself: a login page or an error page may have come instead.";
    return hopeless({ offset: text.indexOf("<"), length: 1, what: "it is a page of HTML, not JSON", hint });
  }
  const reader = new Reader(text);
  reader.read();
  return reader.result();
}

function hopeless(fault: JsonFault): FaultyJson {
  return { faults: [fault], origin: (offset) => offset };
}

/** Follows the grammar, one lexeme after the other, without recursion: just the deepest texts would break it. */
class Reader {
  private readonly faults: JsonFault[] = [];
  private readonly edits: Edit[] = [];
  private readonly stack: Open[] = [];
  private done = false;
  private guessed = false;
  private stopped = false;
  private ended = false;
  private comma = 0;

  constructor(private readonly text: string) {}

  read(): void {
    for (const lexeme of lexemes(this.text)) {
      this.take(lexeme);
      if (this.stopped || this.faults.length >= MOST_FAULTS) {
        this.guessed = true;
        return;
      }
      if (this.ended) return;
    }
    const open = this.stack.at(-1);
    if (!open && this.done) return;
    const end = this.text.trimEnd().length;
    const closer = open?.bracket === "{" ? "}" : "]";
    const what = open ? `a ${closer} is missing at the end` : "a value is missing";
    const line = open ? this.text.slice(0, open.offset).split(/\r\n|\n|\r/).length : 0;
    this.guess(end, 0, what, open ? `Write ${closer} for the ${open.bracket} of line ${line}.` : "Write a value.");
  }

  result(): FaultyJson {
    this.faults.sort((a, b) => a.offset - b.offset);
    const { text, edits, faults } = this;
    if (this.guessed || faults.length === 0) return { faults, origin: (offset) => offset };
    edits.sort((a, b) => a.offset - b.offset);
    let mended = "";
    let at = 0;
    // Where each piece of the mended text came from, for `origin`.
    const pieces: { from: number; origin: number }[] = [];
    for (const edit of edits) {
      pieces.push({ from: mended.length, origin: at });
      mended += text.slice(at, edit.offset);
      pieces.push({ from: mended.length, origin: edit.offset });
      mended += edit.text;
      at = edit.offset + edit.length;
    }
    pieces.push({ from: mended.length, origin: at });
    mended += text.slice(at);
    const origin = (offset: number) => {
      let [low, high] = [0, pieces.length - 1];
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if ((pieces[middle]?.from ?? 0) <= offset) low = middle;
        else high = middle - 1;
      }
      const piece = pieces[low];
      const next = pieces[low + 1]?.origin ?? text.length;
      return piece ? Math.min(piece.origin + offset - piece.from, next) : offset;
    };
    return { faults, mended, origin };
  }

  private take(lexeme: Lexeme): void {
    const { offset, text } = lexeme;
    if (lexeme.kind === "comment") {
      this.mend(offset, text.length, " ", `there is a comment, ${NOT_ALLOWED}`, "Take the comment out.");
    } else if (lexeme.kind === "space") {
      const what = "there is a special space or an invisible character";
      this.mend(offset, text.length, " ".repeat(text.length), what, "Write a plain space in its place.");
    } else if (this.done) {
      const rest = this.text.length - offset;
      this.mend(
        offset,
        rest,
        " ".repeat(rest),
        "there is more after the end",
        "Take out what follows the first value.",
      );
      this.ended = true;
    } else if (text === "{" || text === "[") this.open(text, offset);
    else if (text === "}" || text === "]") this.close(text, offset);
    else if (text === ",") this.separate(offset);
    else if (text === ":") this.colon(offset);
    else this.scalar(lexeme);
  }

  private get top(): Open | undefined {
    return this.stack.at(-1);
  }

  private open(bracket: "{" | "[", offset: number): void {
    if (!this.beforeValue(offset)) return;
    this.stack.push({ bracket, offset, expected: "first" });
    if (this.stack.length > DEEPEST) {
      this.guess(offset, 1, "it is nested too deeply", "Write it flatter.");
      this.stopped = true;
    }
  }

  private close(bracket: "}" | "]", offset: number): void {
    const wanted = bracket === "}" ? "{" : "[";
    const top = this.top;
    if (top?.bracket !== wanted) {
      // The inner one was not closed, or this one closes nothing.
      const inner = this.stack.findLastIndex((open) => open.bracket === wanted);
      const missing = top?.bracket === "{" ? "}" : "]";
      if (inner < 0) this.guess(offset, 1, `there is a ${bracket} that closes nothing`, `Take the ${bracket} out.`);
      else this.guess(offset, 1, `a ${missing} is missing`, `Write ${missing} before the ${bracket}.`);
      if (inner < 0) return;
      this.stack.length = inner + 1;
    } else if (top.expected === "entry") {
      const what = `there is a comma before the ${bracket}, ${NOT_ALLOWED}`;
      this.mend(this.comma, 1, " ", what, "Take the comma out.");
    } else if (top.expected === "value" || top.expected === "colon") {
      this.guess(offset, 1, "a value is missing", "Write a value after the key, or take the key out.");
    }
    this.stack.pop();
    this.afterValue();
  }

  private separate(offset: number): void {
    const top = this.top;
    if (top?.expected === "next") {
      top.expected = "entry";
      this.comma = offset;
    } else if (top?.expected === "value" || top?.expected === "colon") {
      this.guess(offset, 1, "a value is missing", "Write a value after the key, or take the key out.");
      top.expected = "entry";
      this.comma = offset;
    } else {
      this.mend(offset, 1, " ", "there is a comma with nothing before it", "Take the comma out.");
    }
  }

  private colon(offset: number): void {
    const top = this.top;
    if (top?.expected === "colon") top.expected = "value";
    else this.guess(offset, 1, "there is a colon that follows no key", "Take it out, or write a key before it.");
  }

  private scalar(lexeme: Lexeme): void {
    const { kind, offset, text } = lexeme;
    if (kind === "broken") {
      this.guess(offset, text.length, "a text is not closed", 'Write a " at its end; a line break within is \\n.');
      this.stopped = true;
      return;
    }
    const isKey = this.beforeEntry(offset);
    if (isKey === undefined) return;
    if (kind === "text" || kind === "quoted") {
      const edit = textEdit(text);
      if (edit) this.mend(offset, text.length, edit.text, edit.what, edit.hint);
    } else if (isKey) {
      const hint = `Write ${JSON.stringify(text)}.`;
      this.mend(offset, text.length, JSON.stringify(text), "a key stands without double quotes", hint);
    } else this.word(offset, text);
    const top = this.top;
    if (isKey && top) top.expected = "colon";
    else this.afterValue();
  }

  private word(offset: number, text: string): void {
    if (/^(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)$/.test(text)) return;
    const number = numberOf(text);
    const meant = number === undefined ? WORDS.get(text) : JSON.stringify(number);
    if (number !== undefined) {
      this.mend(offset, text.length, String(meant), "a number is not written as JSON wants it", `Write ${meant}.`);
    } else if (meant !== undefined) {
      this.mend(offset, text.length, meant, `${text} is no value of JSON`, `Write ${meant}.`);
    } else {
      const hint = `Write ${JSON.stringify(text)}.`;
      this.mend(offset, text.length, JSON.stringify(text), "a text stands without double quotes", hint);
    }
  }

  /** Whether a key comes next; undefined where nothing can. */
  private beforeEntry(offset: number): boolean | undefined {
    if (!this.top) return false;
    if (this.top.expected === "next") {
      this.mend(offset, 0, ",", "a comma is missing", "Write a comma before this.");
      this.top.expected = "entry";
    }
    if (this.top.expected === "colon") {
      this.mend(offset, 0, ":", "a colon is missing", "Write a colon between the key and its value.");
      this.top.expected = "value";
    }
    return this.top.bracket === "{" && this.top.expected !== "value";
  }

  private beforeValue(offset: number): boolean {
    if (this.beforeEntry(offset) !== true) return true;
    this.guess(offset, 1, "a key in double quotes is missing", "Write a key and a colon before this.");
    this.stopped = true;
    return false;
  }

  private afterValue(): void {
    if (this.top) this.top.expected = "next";
    else this.done = true;
  }

  private mend(offset: number, length: number, text: string, what: string, hint: string): void {
    this.faults.push({ offset, length, what, hint });
    this.edits.push({ offset, length, text });
  }

  /** A fault that hides what was meant. */
  private guess(offset: number, length: number, what: string, hint: string): void {
    this.faults.push({ offset, length, what, hint });
    this.guessed = true;
  }
}
