import type { Row } from "../widget.js";

export type Listener = (rows: Row[]) => void;

/**
 * How new values get from whatever makes them to the clients that watch. A published row holds what tells rows apart,
 * what the widget's `filter` looks at, and what has changed; it may leave out the rest.
 */
export interface Feed {
  publish: Listener;
  /** Has the listener called with all rows from now on; the function that it returns ends that. */
  subscribe: (listener: Listener) => () => void;
  /** Lets go of timers and connections. A later call of the others opens them again. */
  close: () => void | Promise<void>;
}

/** What feeds a feed by itself: runs while somebody listens. It returns the function that stops it. */
export type Source = (publish: Listener) => () => void;

/** A feed within this process. */
export function localFeed(source: Source = () => () => undefined): Feed {
  const listeners = new Listeners(() => source((rows) => listeners.emit(rows)));
  return {
    publish: (rows) => listeners.emit(rows),
    subscribe: (listener) => listeners.add(listener),
    close: () => listeners.clear(),
  };
}

/** How long a source that failed is left alone. */
const PAUSE_MS = 5_000;

/**
 * A source for what can only be asked for: asks again and again, and publishes the rows that differ from last time.
 *
 * @param everyMs the pause between an answer and the next question, in milliseconds
 */
export function polled(ask: () => Row[] | Promise<Row[]>, everyMs: number): Source {
  return (publish) => {
    let known = new Set<string>();
    let timer: NodeJS.Timeout | undefined;
    let stopped = false;
    const poll = async () => {
      let pause = everyMs;
      try {
        const rows = new Map((await ask()).map((row) => [JSON.stringify(row), row]));
        const changed = [...rows].filter(([text]) => !known.has(text)).map(([, row]) => row);
        known = new Set(rows.keys());
        if (!stopped && changed.length > 0) publish(changed);
      } catch (error) {
        pause = Math.max(everyMs, PAUSE_MS);
        console.warn("The source of a live feed failed:", error);
      }
      if (!stopped) timer = setTimeout(poll, pause).unref();
    };
    void poll();
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  };
}

/** Those who listen. Something can run for as long as there is one: from the first that comes to the last that goes. */
export class Listeners {
  private readonly all = new Set<Listener>();
  private stop: (() => void) | undefined;

  constructor(private readonly start: () => () => void) {}

  add(listener: Listener): () => void {
    // Wrapped, so that the same function can listen twice.
    const own: Listener = (rows) => listener(rows);
    this.all.add(own);
    this.stop ??= this.start();
    return () => {
      if (this.all.delete(own) && this.all.size === 0) this.halt();
    };
  }

  emit(rows: Row[]): void {
    for (const listener of this.all) listener(rows);
  }

  clear(): void {
    this.all.clear();
    this.halt();
  }

  private halt(): void {
    this.stop?.();
    this.stop = undefined;
  }
}
