import type { Instant } from "../../domain/text/time.js";
import type { ProposalRef } from "../../github/ports.js";
import { proposalKey } from "../../github/refs.js";
import type { Clock } from "../../platform/clock.js";
import { Scheduler } from "../../platform/scheduler.js";

/**
 * The next moment at which each proposal's decision can change by itself (`Decision.nextCheckAt`): an FCP that ends while
 * nobody writes, a check run about to go stale. Kept in memory only: after a start every open proposal is reconciled, which sets them anew.
 */
export class Deadlines {
  readonly #alarms: Scheduler<ProposalRef>;

  constructor(clock: Clock, due: (ref: ProposalRef) => void) {
    this.#alarms = new Scheduler(clock, due);
  }

  /** Replaces what was set for this proposal; null: nothing changes by itself. */
  set(ref: ProposalRef, at: Instant | null): void {
    if (at === null) this.#alarms.clear(proposalKey(ref));
    else this.#alarms.set(proposalKey(ref), at, ref);
  }

  next(): Instant | null {
    return this.#alarms.next();
  }

  get size(): number {
    return this.#alarms.size;
  }

  stop(): void {
    this.#alarms.stop();
  }
}
