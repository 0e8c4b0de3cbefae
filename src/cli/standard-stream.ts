import { fstatSync, writeSync } from "node:fs";
import { EXIT } from "../errors.js";

/**
 * Standard output or standard error. What goes to a file or a pipe is written without Node's stream for it, which takes
 * 4 ms to load: a twentieth of the time in which a project is created.
 */
export class StandardStream {
  private stream: NodeJS.WriteStream | undefined;
  private failed = false;

  /** @param complaints where it is said that this cannot be written */
  constructor(
    private readonly descriptor: 1 | 2,
    private readonly complaints?: StandardStream,
  ) {
    if (!isFileOrPipe(descriptor)) this.open();
  }

  get isTTY(): boolean {
    return this.stream?.isTTY === true;
  }

  /** How wide the terminal is; undefined where there is none. */
  get columns(): number | undefined {
    return this.stream?.columns;
  }

  write(text: string): void {
    if (this.failed) return;
    if (this.stream) {
      this.stream.write(text);
      return;
    }
    let rest = Buffer.from(text);
    try {
      while (rest.length > 0) rest = rest.subarray(writeSync(this.descriptor, rest));
    } catch (error) {
      // Full, and somebody has made the pipe one that does not wait: Node's stream can.
      if ((error as NodeJS.ErrnoException).code === "EAGAIN") this.open().write(rest);
      else this.fail(error as NodeJS.ErrnoException);
    }
  }

  private open(): NodeJS.WriteStream {
    const stream = this.descriptor === 1 ? process.stdout : process.stderr;
    stream.on("error", (error: NodeJS.ErrnoException) => this.fail(error));
    this.stream = stream;
    return stream;
  }

  /** `create-openbb-backend --help | head -1` closes the pipe early: that is no failure. */
  private fail({ code, message }: NodeJS.ErrnoException): void {
    this.failed = true;
    if (code === "EPIPE") return;
    // The command goes on, and sets the code it would end with.
    process.once("exit", () => {
      process.exitCode = EXIT.failed;
    });
    this.complaints?.write(`✖ Standard output cannot be written: ${message}\n`);
  }
}

function isFileOrPipe(descriptor: number): boolean {
  try {
    const stats = fstatSync(descriptor);
    return stats.isFile() || stats.isFIFO() || stats.isSocket();
  } catch {
    return false;
  }
}
