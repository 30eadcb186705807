import type { SeenAmendment } from "../model/register.js";
import type { Rules } from "../model/rules.js";
import type { AmendmentFacts, Snapshot } from "../model/snapshot.js";
import { rulesFingerprint } from "./differences.js";

interface Landing {
  /** The config as it was before, from which the changes are read and by which they are judged. */
  readonly rules: Rules;
  readonly judgedBy: SeenAmendment["judgedBy"];
}

/**
 * An amendment that had passed, is shown open, and whose very config stands on the default branch: most often it was merged a moment ago, and
 * GitHub does not show that everywhere at once. Taken for out of date, what was approved would be approved no more, and its merge a change
 * of the config that nobody decided. So it is judged as it was until GitHub shows the merge: by what it was made from. null: not so.
 */
export function landingFrom(
  { pull, register }: Snapshot,
  { upToDate, forkedFrom }: AmendmentFacts,
  present: Rules,
): Landing | null {
  const seen = register?.lastSeen;
  if (upToDate || forkedFrom === null || pull.state !== "open" || seen === undefined) return null;
  const isAsApproved =
    seen.passed &&
    seen.head === pull.head &&
    seen.makes === rulesFingerprint(present) &&
    seen.base === rulesFingerprint(forkedFrom);
  return isAsApproved ? { rules: forkedFrom, judgedBy: seen.judgedBy } : null;
}
