import { performance } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";

/** An answer that waits for the store for longer than this holds up no other any more, in milliseconds. */
const HELD_UP = 5_000;
/** How much of the one thread's time strangers may take for good, and how much beyond it at a time, in milliseconds. */
const PART = 0.25;
const AT_ONCE = 1_000;

export interface ShareClock {
  /** Milliseconds since any moment. */
  readonly now: () => number;
  /** How many of them the thread has worked, for whomever. */
  readonly worked: () => number;
  readonly sleep: (milliseconds: number) => Promise<unknown>;
}

const OURS: ShareClock = {
  now: () => performance.now(),
  worked: () => performance.eventLoopUtilization().active,
  sleep: (milliseconds) => sleep(milliseconds, undefined, { ref: false }),
};

/**
 * The clerk has one thread, for its decisions too: a stranger who asks for large answers without pause may not keep it from them. What the thread works
 * while any answer is being made is charged to a purse that fills at a quarter of time; while it is empty no other is begun. One is made after the other:
 * what each takes is known only once it has come back from the store, and of many that wait there at once nobody would know it in time.
 */
export class Share {
  readonly #clock: ShareClock;
  #purse = AT_ONCE;
  #making = 0;
  #last: Promise<unknown> = Promise.resolve();
  #seenNow: number;
  #seenWorked: number;

  constructor(clock: ShareClock = OURS) {
    this.#clock = clock;
    this.#seenNow = clock.now();
    this.#seenWorked = clock.worked();
  }

  /** Makes an answer once those before it are made, and there is time for it that is not the clerk's own. */
  async take<T>(make: () => Promise<T>): Promise<T> {
    const before = this.#last;
    let passOn = () => {};
    this.#last = new Promise<void>((resolve) => {
      passOn = resolve;
    });
    try {
      await before;
      for (let pause = this.#pause(); pause > 0; pause = this.#pause()) await this.#clock.sleep(pause);
      void this.#clock.sleep(HELD_UP).then(passOn);
      return await this.#charged(make);
    } finally {
      passOn();
    }
  }

  /** How long to wait before another is begun, in milliseconds; 0: not at all. */
  #pause(): number {
    this.#settle();
    return this.#purse > 0 ? 0 : Math.ceil((1 - this.#purse) / PART);
  }

  async #charged<T>(make: () => Promise<T>): Promise<T> {
    this.#settle();
    this.#making += 1;
    try {
      return await make();
    } finally {
      this.#settle();
      this.#making -= 1;
    }
  }

  #settle(): void {
    const [now, worked] = [this.#clock.now(), this.#clock.worked()];
    const charged = this.#making > 0 ? worked - this.#seenWorked : 0;
    const purse = this.#purse + PART * (now - this.#seenNow) - charged;
    // An answer that hangs in the store is charged for the clerk's own work meanwhile: of that no debt is made that lasts.
    this.#purse = Math.max(-AT_ONCE, Math.min(AT_ONCE, purse));
    this.#seenNow = now;
    this.#seenWorked = worked;
  }
}
