import { LRUCache } from "lru-cache";
import { type Facts, weightOf } from "./facts.js";

/** Bytes of all remembered PRs together. */
const CAPACITY = 100_000_000;

/**
 * The last full read of each PR, least lately used given up first. In this process only: GitHub holds the record. What alone would
 * take half of it is not kept at all, and read anew each time.
 */
export class Memory {
  readonly #kept: LRUCache<string, Facts>;

  constructor(capacity: number = CAPACITY) {
    this.#kept = new LRUCache({
      maxSize: capacity,
      maxEntrySize: Math.max(1, Math.floor(capacity / 2)),
      sizeCalculation: (facts) => Math.max(1, Math.ceil(weightOf(facts))),
    });
  }

  recall(key: string): Facts | null {
    return this.#kept.get(key) ?? null;
  }

  keep(key: string, facts: Facts): void {
    this.#kept.set(key, facts);
  }

  forget(key: string): void {
    this.#kept.delete(key);
  }

  get size(): number {
    return this.#kept.size;
  }

  /** Bytes, about. */
  get weight(): number {
    return this.#kept.calculatedSize;
  }
}
