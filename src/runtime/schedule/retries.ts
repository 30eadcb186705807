import type { Instant } from "../../domain/text/time.js";
import type { Clock } from "../../platform/clock.js";
import { backOff } from "../reconcile/queue.js";

interface Failing {
  readonly failures: number;
  readonly at: Instant;
  /** Keys of what could not be read; null: not even what there is. */
  readonly what: ReadonlySet<string> | null;
}

/**
 * What could not be read, by installation, and when it may be tried again: after a pause that doubles with every failure in a row,
 * and not before GitHub says. One that fails keeps no other waiting. The key `null` is the list of installations itself.
 */
export class Retries {
  readonly #clock: Clock;
  readonly #failing = new Map<number | null, Failing>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get size(): number {
    return this.#failing.size;
  }

  has(installation: number | null): boolean {
    return this.#failing.has(installation);
  }

  /** When it may be tried again; null: at any time. */
  at(installation: number | null): Instant | null {
    return this.#failing.get(installation)?.at ?? null;
  }

  mustWait(installation: number | null): boolean {
    const at = this.at(installation);
    return at !== null && at > this.#clock.now();
  }

  /** Installations whose pause is over. */
  due(): readonly number[] {
    return [...this.#failing.keys()].filter(
      (installation): installation is number => installation !== null && !this.mustWait(installation),
    );
  }

  next(): Instant | null {
    const moments = [...this.#failing.values()].map(({ at }) => at);
    return moments.length === 0 ? null : Math.min(...moments);
  }

  /** Is this to be tried again? Where not even the list could be read, everything is. */
  includes(installation: number, key: string): boolean {
    const failing = this.#failing.get(installation);
    return failing !== undefined && (failing.what === null || failing.what.has(key));
  }

  failed(installation: number | null, what: ReadonlySet<string> | null, retryAt: Instant | null): void {
    const failures = (this.#failing.get(installation)?.failures ?? 0) + 1;
    const at = Math.max(this.#clock.now() + backOff(failures + 2), retryAt ?? 0);
    this.#failing.set(installation, { failures, at, what });
  }

  reached(installation: number | null): void {
    this.#failing.delete(installation);
  }

  installations(): readonly number[] {
    return [...this.#failing.keys()].filter((each): each is number => each !== null);
  }

  /** Its list could be read: what is not among these keys does not exist any more, and is forgotten. */
  keepOnly(installation: number, present: ReadonlySet<string>): void {
    const failing = this.#failing.get(installation);
    if (failing === undefined) return;
    const what = new Set([...(failing.what ?? present)].filter((key) => present.has(key)));
    if (what.size === 0) this.#failing.delete(installation);
    else this.#failing.set(installation, { ...failing, what });
  }

  /** These were tried, and some of them failed. */
  tried(
    installation: number,
    keys: readonly string[],
    failed: ReadonlySet<string>,
    retryAt: Instant | null,
  ): void {
    const before = this.#failing.get(installation);
    const done = new Set(keys.filter((key) => !failed.has(key)));
    const left = new Set([...(before?.what ?? []), ...failed].filter((key) => !done.has(key)));
    if (left.size === 0 && before?.what !== null) this.#failing.delete(installation);
    else if (failed.size > 0) this.failed(installation, before?.what === null ? null : left, retryAt);
    else if (before !== undefined && before.what !== null)
      this.#failing.set(installation, { ...before, what: left });
  }
}
