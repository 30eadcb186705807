import { type Facts, weightOf } from "./facts.js";

/** Bytes of all remembered PRs together. */
const CAPACITY = 100_000_000;

/**
 * The last full read of each PR, least lately used given up first. In this process only: GitHub holds the record. What alone would
 * take half of it is not kept at all, and read anew each time.
 */
export class Memory {
  readonly #kept = new Map<string, { readonly facts: Facts; readonly weight: number }>();
  readonly #capacity: number;
  #weight = 0;

  constructor(capacity: number = CAPACITY) {
    this.#capacity = capacity;
  }

  recall(key: string): Facts | null {
    const kept = this.#kept.get(key);
    if (kept === undefined) return null;
    this.#kept.delete(key);
    this.#kept.set(key, kept);
    return kept.facts;
  }

  keep(key: string, facts: Facts): void {
    this.forget(key);
    const weight = weightOf(facts);
    if (weight > this.#capacity / 2) return;
    this.#kept.set(key, { facts, weight });
    this.#weight += weight;
    for (const oldest of this.#kept.keys()) {
      if (this.#weight <= this.#capacity) return;
      this.forget(oldest);
    }
  }

  forget(key: string): void {
    const kept = this.#kept.get(key);
    if (kept === undefined) return;
    this.#kept.delete(key);
    this.#weight -= kept.weight;
  }

  get size(): number {
    return this.#kept.size;
  }

  /** Bytes, about. */
  get weight(): number {
    return this.#weight;
  }
}
