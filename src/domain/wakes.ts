import { putRight } from "./labels.js";
import type { LabelKey, Rules } from "./rules.js";
import type { CheckVerdict, Snapshot } from "./snapshot.js";
import { DAY, type Instant } from "./time.js";

/** GitHub calls a run that is incomplete for 14 days stale; the clerk posts it anew a day before. */
export const CHECK_LIFE = 13 * DAY;

/** When the check run on the head must be posted anew; null when it is complete. */
export function checkExpires({ check, pull }: Snapshot, verdict: CheckVerdict): Instant | null {
  if (pull.state !== "open" || verdict !== "in_progress" || check === null) return null;
  return check.startedAt + CHECK_LIFE;
}

/** When a label that was left contested may be put right again: a day after the third last time it was. */
export function nextContestEnds(
  snapshot: Snapshot,
  rules: Rules,
  contested: readonly LabelKey[],
): Instant | null {
  const ends = contested
    .flatMap((key) => putRight(snapshot, rules, key, 0).slice(-3, -2))
    .map((at) => at + DAY);
  return ends.length === 0 ? null : Math.min(...ends);
}
