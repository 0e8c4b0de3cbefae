import { styleText } from "node:util";

type Style = Parameters<typeof styleText>[0];

interface Stream {
  write(text: string): unknown;
  isTTY?: boolean;
  columns?: number | undefined;
}

/** What a command says: results on standard output, everything else on standard error. */
export class Output {
  constructor(
    private readonly stdout: Stream,
    private readonly stderr: Stream,
    /** Whether the result is one JSON document. */
    readonly json: boolean,
  ) {}

  /** How wide the terminal is that the result goes to; undefined where it goes elsewhere. */
  get columns(): number | undefined {
    return this.stdout.isTTY ? this.stdout.columns : undefined;
  }

  /** A text as it is. */
  write(text: string, stream: "stdout" | "stderr" = "stdout"): void {
    this[stream].write(text);
  }

  /** A line of the result. */
  result(line: string): void {
    this.stdout.write(`${line}\n`);
  }

  /** The whole result, as JSON. */
  document(value: unknown): void {
    this.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
  }

  /** A line for people that is no result: progress, a warning. */
  say(line: string): void {
    this.stderr.write(`${line}\n`);
  }

  /** Something that the user should read, and that does not stop the run. */
  warn(line: string): void {
    this.say(`${this.paint("yellow", "▲", "stderr")} ${line}`);
  }

  /** Says what is going on; in a terminal, with the seconds that it takes. The result ends it. */
  progress(line: string): () => void {
    if (!this.stderr.isTTY) {
      this.say(line);
      return () => {};
    }
    const began = Date.now();
    const write = () => this.stderr.write(`\r${line} ${Math.round((Date.now() - began) / 1000)} s`);
    write();
    const timer = setInterval(write, 1000);
    return () => {
      clearInterval(timer);
      this.stderr.write("\n");
    };
  }

  /** A bar that fills up, in a terminal only; `end` takes it away. */
  bar(): { update: (progress: { done: number; total: number; what: string }) => void; end: () => void } {
    if (!this.stderr.isTTY) return { update: () => {}, end: () => {} };
    const clear = "\r\u001b[K";
    const update = ({ done, total, what }: { done: number; total: number; what: string }) => {
      const filled = Math.round((20 * done) / Math.max(total, 1));
      // Names of widgets are texts of strangers: nothing but plain letters, and never a second line.
      const name = what.replace(/[^\p{L}\p{N}\p{P} ]/gu, "").slice(0, 24);
      this.stderr.write(`${clear}${"█".repeat(filled)}${"░".repeat(20 - filled)} ${done}/${total} ${name}`);
    };
    return { update, end: () => void this.stderr.write(clear) };
  }

  /** Why a command failed; with `--json`, as the document too. */
  failure(exitCode: number, message: string, hint?: string, { shown = false } = {}): void {
    if (this.json) this.document({ status: "failed", exitCode, error: message, ...(hint ? { hint } : {}) });
    if (shown) return;
    this.say(`${this.paint("red", exitCode === 130 ? "■" : "✖", "stderr")} ${message}`);
    if (hint) this.say(`  ${hint}`);
  }

  /** Colours a text where colours are wanted: in a terminal, without NO_COLOR. */
  paint(style: Style, text: string, stream: "stdout" | "stderr" = "stdout"): string {
    const wanted = this[stream].isTTY === true && !process.env.NO_COLOR && process.env.TERM !== "dumb";
    return wanted ? styleText(style, text, { validateStream: false }) : text;
  }
}
