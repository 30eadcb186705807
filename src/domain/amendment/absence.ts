import type { AbsenceView } from "../decision.js";
import { isMember } from "../people.js";
import type { Motion } from "../register.js";
import { type Member, type Rules, teamOf } from "../rules.js";
import type { AmendmentFacts } from "../snapshot.js";
import { DAY, type Instant } from "../time.js";
import type { Change } from "./change.js";

/** absence.eight-weeks: how long nothing is seen of a member before they count as absent. */
export const EIGHT_WEEKS = 56 * DAY;
/** amend.absent: how long the proposal to remove them has to stand. */
const NOTICE = 14 * DAY;

/** An agreed absence is none. */
export const isAway = ({ away }: Pick<Member, "away">, at: Instant): boolean =>
  away !== null && at >= away.from && at <= away.until;

/**
 * amend.absent: a member reported absent may be removed on one member's proposal, after 14 days without any act of theirs; any act
 * stops it for good, as they have been seen since. null: this is no way for this change. While the duty is switched off, nobody
 * is reported and nobody can be removed like this.
 */
export function absenceOf(
  change: Change,
  base: Rules,
  motion: Motion | null,
  facts: Pick<AmendmentFacts, "quiet">,
  now: Instant,
): AbsenceView | null {
  if (change.kind !== "remove_member" || !base.duties.absence) return null;
  if (motion === null || (motion.end !== null && motion.end.kind !== "concluded")) return null;
  const member = teamOf(base, change.team)?.members.find((one) => isMember(one, change.member));
  const seen = facts.quiet?.find(({ person }) => isMember(change.member, person));
  if (member === undefined || seen === undefined) return null;
  // The proposal is of the change that was there when it was made: what was pushed since is another proposal.
  const proposed = motion.ballots
    .filter((ballot) => ballot.choice === "yes" && (ballot.covers?.includes(change.print) ?? false))
    .map((ballot) => ballot.from.at);
  if (proposed.length === 0) return null;
  const from = Math.min(...proposed);
  const quietSince = seen.at;
  if (from - (quietSince ?? 0) <= EIGHT_WEEKS || isAway(member, from) || isAway(member, now)) return null;
  const until = from + NOTICE;
  return { quietSince, until, passed: now >= until };
}
