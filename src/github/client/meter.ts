import { AsyncLocalStorage } from "node:async_hooks";
import type { Instant } from "../../domain/text/time.js";

/** What one look costs GitHub and the clerk, counted while it goes on. */
export interface Spending {
  requests: number;
  /** Of the answers, as far as they are text. */
  bytes: number;
  /** Nobody on the roster has a hand in it: its writes leave room for the others'. */
  readonly outsiders: boolean;
  /** When it may write again, where it has used up what it may; null: now. */
  readonly mayWriteAt: (spent: Spending) => Instant | null;
}

/**
 * Counts each call to GitHub for the look it is made for, however many go on at once, without every function in between having to
 * know of it.
 */
export class Meter {
  readonly #under = new AsyncLocalStorage<Spending | null>();

  /** The look that the present call is made for; null: for none. */
  get current(): Spending | null {
    return this.#under.getStore() ?? null;
  }

  during<T>(spending: Spending, run: () => Promise<T>): Promise<T> {
    return this.#under.run(spending, run);
  }

  /** What is for all looks is no single one's cost. */
  apart<T>(run: () => Promise<T>): Promise<T> {
    return this.#under.run(null, run);
  }

  /** An answer came, with these data. */
  answered(data: unknown): void {
    const spending = this.current;
    if (spending !== null) spending.bytes += sizeOf(data);
  }

  asked(): void {
    const spending = this.current;
    if (spending !== null) spending.requests += 1;
  }
}

/** About the length of its JSON. */
export function sizeOf(data: unknown): number {
  if (typeof data === "string") return data.length + 2;
  if (typeof data !== "object" || data === null) return 5;
  let size = 2;
  if (Array.isArray(data)) for (const item of data) size += sizeOf(item) + 1;
  else for (const [key, value] of Object.entries(data)) size += key.length + 4 + sizeOf(value);
  return size;
}
