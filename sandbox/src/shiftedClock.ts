import type { Clock } from "msc-clerk/platform/clock.js";
import { systemClock } from "msc-clerk/platform/systemClock.js";

/** The machine's time, moved on by hand: for a clerk in another process, whose own clock nobody can move. */
export class ShiftedClock implements Clock {
  #ahead = 0;

  now(): number {
    return systemClock.now() + this.#ahead;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return systemClock.sleep(ms, signal);
  }

  moveOn(milliseconds: number): void {
    this.#ahead += milliseconds;
  }
}
