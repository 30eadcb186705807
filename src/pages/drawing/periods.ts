import type { PublicEvent } from "../../domain/model/publicView.js";
import type { Instant } from "../../domain/text/time.js";

/** A Final Comment Period as it went. */
export interface Period {
  readonly motion: number;
  readonly from: Instant;
  /** When its time is up. */
  readonly endsAt: Instant;
  /** When its motion ended, whichever way; null: it has not. */
  readonly to: Instant | null;
}

/** Of one proposal, oldest first. One that began again is told once, from its first beginning and to its last end. */
export function periodsOf(events: readonly Pick<PublicEvent, "at" | "what">[]): readonly Period[] {
  const periods = new Map<number, Period>();
  for (const { at, what } of events)
    switch (what.kind) {
      case "fcp_begun":
        periods.set(what.motion, {
          motion: what.motion,
          from: periods.get(what.motion)?.from ?? at,
          endsAt: what.endsAt,
          to: null,
        });
        break;
      case "concluded":
      case "cancelled":
      case "overridden":
      case "merged_undecided": {
        const period = periods.get(what.motion);
        if (period !== undefined && period.to === null)
          periods.set(what.motion, { ...period, to: Math.max(at, period.from) });
      }
    }
  return [...periods.values()];
}
