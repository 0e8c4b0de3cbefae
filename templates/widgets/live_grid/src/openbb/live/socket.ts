import type { RawData, WebSocket } from "ws";
import type { Params } from "../params.js";
import type { Row } from "../widget.js";

/** A client that does not take a message within this time is too slow. */
const STALL_MS = 10_000;
/** How many rows may wait for a client that is still taking the last message. */
const MAX_WAITING = 10_000;
/** A client that does not say what it wants within this time gets what the defaults are. */
const HELLO_MS = 2_000;
/** So many messages in a row that cannot be used are no mistake any more. */
const MAX_FAULTS = 20;
/** How long a client may take to answer that the connection ends. */
const GOODBYE_MS = 1_000;

/** What the clients of one widget have in common. */
export interface SessionOptions {
  /** The widget, for messages. */
  id: string;
  /** Reads parameters; throws for wrong ones. */
  parse: (sent: Record<string, unknown>) => Params;
  filter: (row: Row, params: Params) => boolean;
  stallMs?: number;
  helloMs?: number;
}

/** Adds a row to others. Of two with the same id, the values of the newer one win. */
export function put(rows: Map<string, Row>, id: string, row: Row): void {
  const older = rows.get(id);
  rows.set(id, older ? { ...older, ...row } : row);
}

/**
 * One client. It sends `{"type": "params", "params": {…}}` when it has connected and whenever they change, and gets
 * arrays of rows. At most one message at a time is on its way: what comes meanwhile is merged, so a slow client gets
 * fewer messages, not older ones, and takes no more memory than the rows it watches.
 */
export class Session {
  private params: Params | undefined;
  private readonly waiting = new Map<string, Row>();
  /** When the message that is on its way was sent. */
  private sentAt: number | undefined;
  private alive = true;
  private faults = 0;

  constructor(
    private readonly socket: WebSocket,
    private readonly options: SessionOptions,
  ) {
    const hello = setTimeout(() => {
      if (this.params === undefined) this.take({});
    }, options.helloMs ?? HELLO_MS);
    hello.unref();
    socket.on("message", (data) => this.read(data));
    socket.on("pong", () => {
      this.alive = true;
    });
    // The socket is closed by then: a message that was too long, or one that was no WebSocket frame.
    socket.on("error", (error) => this.warn(error));
    socket.on("close", () => clearTimeout(hello));
  }

  /**
   * Sends the rows that this client watches, now or when it has taken the last message.
   *
   * @param rows by their id
   * @param write makes JSON of a row; clients that get the same row share it
   */
  offer(rows: Map<string, Row>, write: (row: Row) => string): void {
    const { params } = this;
    if (params === undefined || this.socket.readyState !== this.socket.OPEN) return;
    try {
      for (const [id, row] of rows) if (this.options.filter(row, params)) put(this.waiting, id, row);
      this.flush(write);
    } catch (error) {
      this.fail(error);
    }
  }

  /** Drops a client that has not answered the last call, or is too slow; asks again whether it lives. */
  beat(): void {
    if (this.alive && !this.stalled()) this.socket.ping();
    else this.socket.terminate();
    this.alive = false;
  }

  /** Ends the connection; resolves when it has ended. */
  async end(code: number, reason: string): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(() => this.socket.terminate(), GOODBYE_MS);
      this.socket.once("close", () => {
        clearTimeout(timer);
        resolve();
      });
      this.socket.close(code, reason);
    });
  }

  /** Ends the connection because of an error on this side. The client learns no more than that. */
  fail(error: unknown): void {
    this.warn(error);
    this.waiting.clear();
    void this.end(1011, "The backend failed. Its log has the reason.");
  }

  private flush(write: (row: Row) => string): void {
    if (this.waiting.size === 0) return;
    if (this.sentAt !== undefined) {
      if (this.stalled() || this.waiting.size > MAX_WAITING) this.socket.terminate();
      return;
    }
    const text = `[${Array.from(this.waiting.values(), write).join(",")}]`;
    this.waiting.clear();
    this.sentAt = Date.now();
    // Called when the network has taken the message, which it does as fast as the client reads.
    this.socket.send(text, () => {
      this.sentAt = undefined;
      this.offer(new Map(), JSON.stringify);
    });
  }

  private stalled(): boolean {
    return this.sentAt !== undefined && Date.now() - this.sentAt > (this.options.stallMs ?? STALL_MS);
  }

  private read(data: RawData): void {
    if (this.socket.readyState !== this.socket.OPEN) return;
    try {
      const { type, params } = JSON.parse(String(data)) ?? {};
      if (type !== "params" || typeof params !== "object" || params === null || Array.isArray(params)) {
        throw new Error('expected {"type": "params", "params": {…}}');
      }
      this.take(params);
      this.faults = 0;
    } catch (error) {
      // Nothing can be said to the client: Workspace would take it for a row. It keeps what it had.
      this.warn(error);
      if (++this.faults === MAX_FAULTS) void this.end(1008, "Too many messages that cannot be used.");
    }
  }

  private take(sent: Record<string, unknown>): void {
    const params = this.options.parse(sent);
    for (const [id, row] of this.waiting) if (!this.options.filter(row, params)) this.waiting.delete(id);
    this.params = params;
  }

  private warn(error: unknown): void {
    // As JSON: what a client sends must not begin a new line in the log.
    const text = JSON.stringify(error instanceof Error ? error.message : String(error));
    console.warn(`A client of the live grid "${this.options.id}": ${text}`);
  }
}
