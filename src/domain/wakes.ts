import { othersOnHead, strictest } from "./checkVerdict.js";
import { putRight } from "./labels.js";
import type { LabelKey, Rules } from "./rules.js";
import type { CheckVerdict, Snapshot } from "./snapshot.js";
import { DAY, HOUR, type Instant } from "./time.js";

/** GitHub calls a run that is incomplete for 14 days stale; the clerk posts it anew a day before. */
export const CHECK_LIFE = 13 * DAY;

/** When the check run on the head must be posted anew; null when it is complete. */
export function checkExpires({ check, pull }: Snapshot, verdict: CheckVerdict): Instant | null {
  if (pull.state !== "open" || verdict !== "in_progress" || check === null) return null;
  return check.startedAt + CHECK_LIFE;
}

/**
 * check.head: while the result shown is another PR's with the same head, when to see whether that still stands. Nothing tells of
 * its closing or its new head here.
 */
export function sharedHeadLookedAt(snapshot: Snapshot, own: CheckVerdict, now: Instant): Instant | null {
  const shown = strictest([own, ...othersOnHead(snapshot)]);
  return snapshot.pull.state === "open" && shown !== own ? now + HOUR : null;
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
