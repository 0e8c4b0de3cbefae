import { LRUCache } from "lru-cache";
import { type Prepared, sizeOf } from "./send.js";

/** Answers kept as bytes, so that the same question is worked out once. */
export class AnswerCache {
  private readonly kept: LRUCache<string, Prepared>;
  /** Runs under way: whoever asks the same meanwhile waits for the one. */
  private readonly running = new Map<string, Promise<Prepared>>();
  private hits = 0;
  private misses = 0;

  /** @param maxBytes what all answers together may take; the least recently used go first */
  constructor(maxBytes: number) {
    this.kept = new LRUCache({ maxSize: maxBytes, sizeCalculation: (answer, key) => sizeOf(answer) + key.length });
  }

  /**
   * The answer to a question: kept, under way, or made now. Errors are never kept.
   *
   * @param key what tells one question from another
   * @param seconds how long the answer is kept
   */
  get(key: string, seconds: number, make: () => Promise<Prepared>): Prepared | Promise<Prepared> {
    const kept = this.kept.get(key);
    if (kept) {
      this.hits++;
      return kept;
    }
    const running = this.running.get(key);
    if (running) {
      this.hits++;
      return running;
    }
    this.misses++;
    const made = make()
      .then((answer) => {
        this.kept.set(key, answer, { ttl: seconds * 1000 });
        return answer;
      })
      .finally(() => this.running.delete(key));
    this.running.set(key, made);
    return made;
  }

  /** For /health and /metrics; `bytes` counts what is kept. */
  stats() {
    return { entries: this.kept.size, bytes: this.kept.calculatedSize ?? 0, hits: this.hits, misses: this.misses };
  }
}
