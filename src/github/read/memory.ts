import { type Facts, weightOf } from "./facts.js";

/** Items of all remembered PRs together: some 100 MB of long comments at worst. */
const CAPACITY = 50_000;

/** The last full read of each PR, least lately used given up first. In this process only: GitHub holds the record. */
export class Memory {
  readonly #facts = new Map<string, Facts>();
  readonly #capacity: number;
  #weight = 0;

  constructor(capacity: number = CAPACITY) {
    this.#capacity = capacity;
  }

  recall(key: string): Facts | null {
    const facts = this.#facts.get(key);
    if (facts === undefined) return null;
    this.#facts.delete(key);
    this.#facts.set(key, facts);
    return facts;
  }

  keep(key: string, facts: Facts): void {
    this.forget(key);
    this.#facts.set(key, facts);
    this.#weight += weightOf(facts);
    for (const oldest of this.#facts.keys()) {
      if (this.#weight <= this.#capacity || this.#facts.size === 1) return;
      this.forget(oldest);
    }
  }

  forget(key: string): void {
    const facts = this.#facts.get(key);
    if (facts === undefined) return;
    this.#facts.delete(key);
    this.#weight -= weightOf(facts);
  }

  get size(): number {
    return this.#facts.size;
  }
}
