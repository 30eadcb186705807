import { performance } from "node:perf_hooks";

/** How much of the one thread's time strangers may take for good, and how much beyond it at a time, in milliseconds. */
const PART = 0.25;
const AT_ONCE = 1_000;

export interface ShareClock {
  /** Milliseconds since any moment. */
  readonly now: () => number;
  /** How many of them the thread has worked, for whomever. */
  readonly worked: () => number;
}

const OURS: ShareClock = {
  now: () => performance.now(),
  worked: () => performance.eventLoopUtilization().active,
};

/**
 * The clerk has one thread, for its decisions too: a stranger who asks for large answers without pause may not keep it from them. What the thread works
 * while any answer is being made is charged to a purse that fills at a quarter of time; while it is empty no other is begun.
 */
export class Share {
  readonly #clock: ShareClock;
  #purse = AT_ONCE;
  #making = 0;
  #seenNow: number;
  #seenWorked: number;

  constructor(clock: ShareClock = OURS) {
    this.#clock = clock;
    this.#seenNow = clock.now();
    this.#seenWorked = clock.worked();
  }

  /** How long to wait before another is begun, in milliseconds; 0: not at all. */
  get pause(): number {
    this.#settle();
    return this.#purse > 0 ? 0 : Math.ceil((1 - this.#purse) / PART);
  }

  begin(): void {
    this.#settle();
    this.#making += 1;
  }

  end(): void {
    this.#settle();
    this.#making -= 1;
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
