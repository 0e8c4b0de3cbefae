/** From so many rows on, writing them here saves time worth having. */
const MANY = 250;
/** Longer texts are left to Node, which copies them faster than letter by letter. */
const SHORT = 100;
/** What a value that is written here takes at most: a short text, its quotes, and what is copied with its key. */
const VALUE_BYTES = SHORT + 5;
/** What a row may take. */
const ROW_BYTES = 128;
/** Memory of up to this size is kept for the next answer. */
const SPARE_BYTES = 4 * 1024 * 1024;
/** One value in so many may be of a kind that JSON.stringify has to write; with more of them it is faster alone. */
const SLOW_ONE_IN = 6;
/** That many more may be, so that the first rows do not decide. */
const SLOW_FIRST = 50;

const [QUOTE, COMMA, MINUS, POINT, ZERO] = [0x22, 0x2c, 0x2d, 0x2e, 0x30] as const;
const [OPEN_LIST, BACKSLASH, CLOSE_LIST, OPEN, CLOSE] = [0x5b, 0x5c, 0x5d, 0x7b, 0x7d] as const;

/** Memory of an answer that has been sent: megabytes anew for each would keep the garbage collector busy. */
let spare: Buffer | undefined;

/**
 * The JSON of an answer: what `JSON.stringify` makes of it, byte for byte. Many rows are written straight into memory: a
 * large table of prices then takes a third of the time, and meanwhile the server does nothing else. Rows that gain
 * nothing by it (nested values, long decimals, letters beyond ASCII, keys that differ from row to row) are left to
 * `JSON.stringify` after the first few.
 *
 * @returns the text or its bytes; `sent` is to be called when nobody reads them any more
 */
export function toJson(answer: object): { text: string | Uint8Array; sent?: () => void } {
  if (!Array.isArray(answer) || answer.length < MANY || "toJSON" in answer) return { text: JSON.stringify(answer) };
  const writer = new RowWriter(spare ?? Buffer.allocUnsafeSlow(answer.length * ROW_BYTES));
  spare = undefined;
  let next = 0;
  while (next < answer.length && !writer.slow) writer.row(answer[next++]);
  if (next < answer.length) writer.rest(answer.slice(next));
  const { memory, text } = writer.end();
  const sent = () => {
    if (memory.length <= SPARE_BYTES && memory.length >= (spare?.length ?? 0)) spare = memory;
  };
  return { text, sent };
}

/** `,"price":` in pieces of four bytes, for it is copied for every row. */
interface Head {
  key: string;
  length: number;
  words: number[];
}

function headOf(key: string): Head {
  const bytes = Buffer.from(`,${JSON.stringify(key)}:`);
  const padded = Buffer.concat([bytes, Buffer.alloc(3)]);
  const words = Array.from({ length: Math.ceil(bytes.length / 4) }, (_, index) => padded.readUInt32LE(4 * index));
  return { key, length: bytes.length, words };
}

class RowWriter {
  private bytes: Buffer;
  private view: DataView;
  private at = 0;
  /** By position: most rows have the same keys in the same order. */
  private readonly heads: Head[] = [];
  private values = 0;
  private slowValues = 0;

  constructor(memory: Buffer) {
    this.bytes = memory;
    this.view = new DataView(memory.buffer);
  }

  /** Whether the rows so far are of a kind that JSON.stringify writes faster. */
  get slow(): boolean {
    return this.slowValues > SLOW_FIRST + this.values / SLOW_ONE_IN;
  }

  row(row: unknown): void {
    this.sign(this.at === 0 ? OPEN_LIST : COMMA);
    if (isPlain(row)) this.fields(row);
    else this.slowly(JSON.stringify(row) ?? "null");
  }

  private fields(row: Record<string, unknown>): void {
    this.sign(OPEN);
    let count = 0;
    for (const key in row) {
      const value = row[key];
      if (value === undefined) continue;
      const start = this.at;
      this.head(count, key);
      const end = writeValue(this.bytes, this.at, value);
      if (end >= 0) {
        this.at = end;
      } else {
        const text = JSON.stringify(value);
        if (text === undefined) {
          // A function or a symbol: left out, with its key.
          this.at = start;
          continue;
        }
        this.slowly(text);
      }
      count++;
    }
    this.values += count;
    this.sign(CLOSE);
  }

  /** Leaves the rows from here on to JSON.stringify. */
  rest(rows: unknown[]): void {
    const start = this.at;
    this.text(JSON.stringify(rows));
    // Its brackets become the comma before them, and nothing: end() writes its own.
    this.bytes[start] = COMMA;
    this.at--;
  }

  end(): { memory: Buffer; text: Uint8Array } {
    this.sign(CLOSE_LIST);
    return { memory: this.bytes, text: this.bytes.subarray(0, this.at) };
  }

  /** Writes the key of a value, and makes room for a short value. */
  private head(position: number, key: string): void {
    let head = this.heads[position];
    if (head?.key !== key) {
      // As dear as five slow values.
      if (head) this.slowValues += 5;
      this.heads[position] = head = headOf(key);
    }
    const { words, length } = head;
    this.room(length + VALUE_BYTES);
    const { view } = this;
    // Before the first key stands no comma: it falls on the brace, which is put back.
    const at = position === 0 ? this.at - 1 : this.at;
    for (let index = 0; index < words.length; index++) view.setUint32(at + 4 * index, words[index] as number, true);
    if (position === 0) view.setUint8(at, OPEN);
    this.at = at + length;
  }

  private slowly(text: string): void {
    // Long ones cost more.
    this.slowValues += 1 + text.length / SHORT;
    this.text(text);
  }

  private text(text: string): void {
    this.room(Buffer.byteLength(text));
    this.at += this.bytes.write(text, this.at);
  }

  private sign(code: number): void {
    this.room(1);
    this.bytes[this.at++] = code;
  }

  private room(more: number): void {
    if (this.at + more <= this.bytes.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(2 * this.bytes.length, this.at + more));
    this.bytes.copy(larger, 0, 0, this.at);
    this.bytes = larger;
    this.view = new DataView(larger.buffer);
  }
}

/** An object whose JSON is that of its fields. */
function isPlain(row: unknown): row is Record<string, unknown> {
  if (typeof row !== "object" || row === null || "toJSON" in row) return false;
  const prototype = Object.getPrototypeOf(row);
  // What JSON.rawJSON makes is frozen, and has no prototype either.
  return prototype === Object.prototype || (prototype === null && !Object.isFrozen(row));
}

/** Writes a value of the usual kinds. @returns where it ends, or -1 when JSON.stringify has to write it */
function writeValue(bytes: Buffer, start: number, value: unknown): number {
  if (typeof value === "number") return writeNumber(bytes, start, value);
  if (typeof value === "string") return value.length <= SHORT ? writeText(bytes, start, value) : -1;
  if (value === null || typeof value === "boolean") return writeWord(bytes, start, String(value));
  return -1;
}

/** Writes a number of up to four decimals. @returns where it ends, or -1 when it is another one */
function writeNumber(bytes: Buffer, start: number, value: number): number {
  const size = Math.abs(value);
  if (!(size < 1e15)) return -1;
  const at = value < 0 ? start + 1 : start;
  if (value < 0) bytes[start] = MINUS;
  if (Number.isInteger(size)) return writeWhole(bytes, at, size);
  // No two decimals of up to fifteen digits are the same number: if this one is it, it is the shortest there is.
  const scaled = Math.round(size * 10_000);
  if (scaled >= 1e15 || scaled / 10_000 !== size) return -1;
  const whole = Math.floor(size);
  return writeFraction(bytes, writeWhole(bytes, at, whole), scaled - whole * 10_000);
}

function writeWhole(bytes: Buffer, at: number, value: number): number {
  if (value < 1e9) return writeDigits(bytes, at, value, 1);
  // In two halves: arithmetic with small numbers is a good deal faster.
  const high = Math.floor(value / 1e9);
  return writeDigits(bytes, writeDigits(bytes, at, high, 1), value - high * 1e9, 9);
}

/** Writes ten-thousandths, without the zeros at their end. */
function writeFraction(bytes: Buffer, at: number, value: number): number {
  let [rest, length] = [value, 4];
  for (; rest % 10 === 0; length--) rest /= 10;
  bytes[at] = POINT;
  return writeDigits(bytes, at + 1, rest, length);
}

/** Writes a whole number below a billion in at least so many digits. */
function writeDigits(bytes: Buffer, start: number, value: number, least: number): number {
  let length = 1;
  for (let power = 10; power <= value; power *= 10) length++;
  const end = start + Math.max(length, least);
  let rest = value | 0;
  for (let at = end - 1; at >= start; at--) {
    const tenth = (rest / 10) | 0;
    bytes[at] = ZERO + rest - tenth * 10;
    rest = tenth;
  }
  return end;
}

function writeWord(bytes: Buffer, start: number, word: string): number {
  for (let index = 0; index < word.length; index++) bytes[start + index] = word.charCodeAt(index);
  return start + word.length;
}

/** Writes a text of plain letters. @returns where it ends, or -1 when there are others in it */
function writeText(bytes: Buffer, start: number, text: string): number {
  let at = start;
  bytes[at++] = QUOTE;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code < 0x20 || code > 0x7e || code === QUOTE || code === BACKSLASH) return -1;
    bytes[at++] = code;
  }
  bytes[at++] = QUOTE;
  return at;
}
