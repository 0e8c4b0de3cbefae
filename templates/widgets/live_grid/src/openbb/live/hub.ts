import type { WebSocket } from "ws";
import type { Row } from "../widget.js";
import type { Feed } from "./feed.js";
import { put, Session, type SessionOptions } from "./socket.js";

/** How often clients are asked whether they live. Proxies close connections that are silent for a minute. */
const HEARTBEAT_MS = 30_000;
const MAX_CLIENTS = 1_000;

export interface HubOptions extends SessionOptions {
  feed: Feed;
  /** What tells rows apart; undefined for a row that cannot be told. */
  rowId: (row: Row) => string | undefined;
  /** The shortest time between two messages to a client, in milliseconds. */
  everyMs: number;
  heartbeatMs?: number;
}

/** The clients of one widget. It listens to the feed while there are any. */
export class Hub {
  private readonly sessions = new Set<Session>();
  /** What has come since the last message. */
  private batch = new Map<string, Row>();
  private timer: NodeJS.Timeout | undefined;
  private lastFlush = 0;
  private heart: NodeJS.Timeout | undefined;
  private leave: (() => void) | undefined;
  private closed = false;

  constructor(private readonly options: HubOptions) {}

  /** Whether another client can be taken. */
  get open(): boolean {
    return !this.closed && this.sessions.size < MAX_CLIENTS;
  }

  add(socket: WebSocket): void {
    const session = new Session(socket, this.options);
    this.sessions.add(session);
    socket.on("close", () => {
      this.sessions.delete(session);
      if (this.sessions.size === 0) this.rest();
    });
    try {
      this.leave ??= this.options.feed.subscribe((rows) => this.receive(rows));
      this.heart ??= setInterval(() => this.beat(), this.options.heartbeatMs ?? HEARTBEAT_MS).unref();
    } catch (error) {
      session.fail(error);
    }
  }

  /** Ends all connections, and takes no more. */
  async close(): Promise<void> {
    this.closed = true;
    await Promise.all([...this.sessions].map((session) => session.end(1001, "The backend is stopping.")));
  }

  private receive(rows: Row[]): void {
    for (const row of rows) {
      const id = this.options.rowId(row);
      if (id !== undefined) put(this.batch, id, row);
    }
    const wait = Math.max(0, this.lastFlush + this.options.everyMs - Date.now());
    this.timer ??= setTimeout(() => this.flush(), wait).unref();
  }

  private flush(): void {
    this.timer = undefined;
    this.lastFlush = Date.now();
    const rows = this.batch;
    this.batch = new Map();
    const texts = new Map<Row, string>();
    const write = (row: Row) => {
      const text = texts.get(row) ?? JSON.stringify(row);
      texts.set(row, text);
      return text;
    };
    for (const session of this.sessions) session.offer(rows, write);
  }

  private beat(): void {
    for (const session of this.sessions) session.beat();
  }

  private rest(): void {
    this.leave?.();
    clearTimeout(this.timer);
    clearInterval(this.heart);
    this.leave = this.timer = this.heart = undefined;
    this.batch.clear();
  }
}
