import type { Clock } from "./clock.js";

interface Sleeper {
  readonly at: number;
  readonly order: number;
  readonly wake: () => void;
}

/**
 * A clock that stands still until it is moved. Moving it wakes sleepers in the order of their time, each at exactly its time,
 * and gives what they do next a turn before the clock goes on, so that a woken sleeper may sleep again within the same move.
 */
export class MovableClock implements Clock {
  #now: number;
  #order = 0;
  #asleep: Sleeper[] = [];
  readonly #settled: () => Promise<void>;

  /** `settled` is awaited after each wake while the clock moves: pass one that resolves when requests in flight are done. */
  constructor(start: number, settled: () => Promise<void> = nextTurn) {
    this.#now = start;
    this.#settled = settled;
  }

  now(): number {
    return this.#now;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted || ms <= 0) return Promise.resolve();
    return new Promise((resolve) => {
      const stop = () => {
        this.#asleep = this.#asleep.filter((other) => other !== sleeper);
        resolve();
      };
      const wake = () => {
        signal?.removeEventListener("abort", stop);
        resolve();
      };
      const sleeper: Sleeper = { at: this.#now + ms, order: this.#order++, wake };
      signal?.addEventListener("abort", stop, { once: true });
      this.#asleep.push(sleeper);
    });
  }

  get sleepers(): number {
    return this.#asleep.length;
  }

  /** When the next sleeper wakes; null when nobody sleeps. */
  nextWake(): number | null {
    return this.#first()?.at ?? null;
  }

  /** Moves on by `ms`. Without sleepers on the way the clock has moved when this returns, awaited or not. */
  advance(ms: number): Promise<void> {
    return this.setTo(this.#now + ms);
  }

  /** Moves to `instant`; never backwards (an earlier instant changes nothing). */
  async setTo(instant: number): Promise<void> {
    for (let next = this.#first(); next !== undefined && next.at <= instant; next = this.#first()) {
      const woken = next;
      this.#now = Math.max(this.#now, woken.at);
      this.#asleep = this.#asleep.filter((other) => other !== woken);
      woken.wake();
      await this.#settled();
    }
    this.#now = Math.max(this.#now, instant);
  }

  #first(): Sleeper | undefined {
    let first: Sleeper | undefined;
    for (const one of this.#asleep)
      if (!first || one.at < first.at || (one.at === first.at && one.order < first.order)) first = one;
    return first;
  }
}

/** A clock that shows another time than `base`, and goes as it goes: a machine's that is wrong. */
export const shiftedClock = (base: Clock, by: () => number): Clock => ({
  now: () => base.now() + by(),
  sleep: (ms, signal) => base.sleep(ms, signal),
});

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
