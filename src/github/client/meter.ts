import type { Instant } from "../../domain/text/time.js";
import { Course } from "../../platform/course.js";

/** What one reconcile costs GitHub and the clerk, counted while it goes on. */
export interface Spending {
  requests: number;
  /** Bytes of the answers, as far as they are text. */
  bytes: number;
  /** Nobody on the roster is involved: its writes leave room for those of the others. */
  readonly outsiders: boolean;
  /** Nobody waits for it, now: the same. */
  readonly background: boolean;
  /** When it may write again, where it has used up what it may; null: now. */
  readonly mayWriteAt: (spent: Spending) => Instant | null;
}

/**
 * Counts each call to GitHub for the reconcile it is made for, however many go on at once, and no function in between has to know of it.
 */
export class Meter {
  readonly #course = new Course<Spending>();

  /** The reconcile that the present call is made for; null: for none. */
  get current(): Spending | null {
    return this.#course.current;
  }

  during<T>(spending: Spending, run: () => Promise<T>): Promise<T> {
    return this.#course.during(spending, run);
  }

  /** Calls made for all reconciles are not counted for a single one. */
  apart<T>(run: () => Promise<T>): Promise<T> {
    return this.#course.during(null, run);
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
  // No pairs: every answer is gone through, field by field.
  else for (const key of Object.keys(data)) size += key.length + 4 + sizeOf(data[key as keyof typeof data]);
  return size;
}
