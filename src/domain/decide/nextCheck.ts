import type { CheckVerdict, Snapshot } from "../model/snapshot.js";
import { DAY, HOUR, type Instant } from "../text/time.js";
import { othersOnHead, strictest } from "./checkVerdict.js";

/** GitHub calls a run that is incomplete for 14 days stale; the clerk posts it anew a day before, at the latest. */
const CHECK_LIFE = 13 * DAY;
/** Those of a repository that were posted together are posted anew over so long: each proposal has its own moment. */
const SPREAD = 4 * DAY;
/** Multiples of the golden ratio lie evenly, however many there are. */
const GOLDEN = (Math.sqrt(5) - 1) / 2;

/** When a run that began then, and waits since, is posted anew on this pull request. */
export function renewedAt(startedAt: Instant, pull: number): Instant {
  return startedAt + CHECK_LIFE - Math.floor(((pull * GOLDEN) % 1) * SPREAD);
}

/** When the check run on the head must be posted anew; null when it is complete. */
export function checkExpires({ check, pull }: Snapshot, verdict: CheckVerdict): Instant | null {
  if (pull.state !== "open" || verdict !== "in_progress" || check === null) return null;
  return renewedAt(check.startedAt, pull.number);
}

/**
 * check.head: while the result shown is another PR's with the same head, when to see whether that still stands. Nothing tells of
 * its closing or its new head here.
 */
export function recheckSharedHeadAt(snapshot: Snapshot, own: CheckVerdict, now: Instant): Instant | null {
  const shown = strictest([own, ...othersOnHead(snapshot)]);
  return snapshot.pull.state === "open" && shown !== own ? now + HOUR : null;
}

/** The first of these moments that is still to come; null: there is none. */
export function earliest(now: Instant, moments: readonly (Instant | null)[]): Instant | null {
  const coming = moments.filter((moment): moment is Instant => moment !== null && moment > now);
  return coming.length === 0 ? null : Math.min(...coming);
}
