import { missingReactions, missingReply } from "./answers.js";
import { blocks } from "./concerns.js";
import type { ConcernView } from "./decision.js";
import { equal } from "./equal.js";
import { type Loss, takenAwayFrom } from "./loss.js";
import type { Motion, Register } from "./register.js";
import type { Snapshot } from "./snapshot.js";
import type { Instant } from "./time.js";

/**
 * Raises the sequence number when anything changed; with that change, answers that GitHub shows already are crossed off. They
 * alone are no reason to write.
 */
function sequenced(before: Register, snapshot: Snapshot, after: Register): Register {
  if (equal(before, after))
    return snapshot.register === null && after.motion !== null ? { ...after, seq: 1 } : before;
  const owed = after.owed.filter(
    (one) =>
      !before.owed.includes(one) || missingReactions(one, snapshot).length > 0 || missingReply(one, snapshot),
  );
  return { ...after, owed, seq: before.seq + 1 };
}

/**
 * The register as it goes out of a look: with what others have taken away counted, and its sequence raised where it changed. One
 * that was rebuilt has its number already.
 */
export function settled(after: Register, before: Register, snapshot: Snapshot, loss: Loss | null): Register {
  if (loss !== null || snapshot.unkept) return after;
  const takenAway = Math.max(after.takenAway, snapshot.register === null ? 0 : takenAwayFrom(snapshot));
  return sequenced(before, snapshot, takenAway === after.takenAway ? after : { ...after, takenAway });
}

export function concernView(concern: Register["concerns"][number], motion: Motion | null): ConcernView {
  return {
    ...concern,
    blocks: motion !== null && blocks(concern, motion),
    carriedOver: motion !== null && concern.resolved === null && concern.motion !== motion.number,
  };
}

/** The next moment worth a look; moments that have passed call for one at once only when nothing else will. */
export function earliest(now: Instant, moments: readonly (Instant | null)[]): Instant | null {
  const coming = moments.filter((moment): moment is Instant => moment !== null && moment > now);
  return coming.length === 0 ? null : Math.min(...coming);
}
