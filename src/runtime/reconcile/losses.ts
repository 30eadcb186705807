import type { Instant } from "../../domain/text/time.js";
import type { ProposalRef, Reader } from "../../github/ports.js";
import { proposalName } from "../../github/refs.js";
import type { Clock } from "../../platform/clock.js";
import type { Log } from "../../platform/log.js";
import type { ReconcileResult } from "./queue.js";

interface Parts {
  readonly reader: Pick<Reader, "forget">;
  readonly clock: Clock;
  readonly lagWindow: number;
  readonly log: Log;
}

/**
 * memory.lost: a read that lags shows what was written out of order, which looks like a loss. It is believed only where a second read from
 * the beginning, begun after the lag has passed, still shows it.
 */
export class Losses {
  readonly #parts: Parts;
  /** Proposals whose register seemed lost, and since when. */
  readonly #suspected = new Map<string, Instant>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** null: go on, it is not lost, or it is for certain. `askedAt`: when the read was begun. */
  doubt(ref: ProposalRef, lost: boolean, askedAt: Instant): ReconcileResult | null {
    const { reader, clock, lagWindow, log } = this.#parts;
    const key = proposalName(ref);
    const since = this.#suspected.get(key);
    if (!lost || (since !== undefined && askedAt >= since + lagWindow)) {
      this.#suspected.delete(key);
      if (lost)
        log.warn("The record of a proposal was lost; it is rebuilt, and held until members confirm it.", {
          proposal: key,
        });
      return null;
    }
    if (since === undefined) this.#suspected.set(key, clock.now());
    reader.forget(ref);
    const at = (since ?? clock.now()) + lagWindow;
    return {
      kind: "again",
      at,
      why: "its record seems to be lost; reading again when GitHub's lag has passed",
    };
  }
}
