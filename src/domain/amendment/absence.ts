import type { AbsenceView } from "../decision.js";
import { isMember, type PersonRef } from "../people.js";
import type { Motion } from "../register.js";
import { type Member, type Rules, type Team, teamOf } from "../rules.js";
import type { AmendmentFacts } from "../snapshot.js";
import { DAY, type Instant } from "../time.js";
import type { Change } from "./change.js";
import type { ConfigVersion } from "./history.js";

/** Who did something in the repository, and when last. */
export type LastActs = readonly { readonly person: PersonRef; readonly at: Instant }[];

/** absence.eight-weeks: how long nothing is seen of a member before they count as absent. */
export const EIGHT_WEEKS = 56 * DAY;
/** amend.absent: how long the proposal to remove them has to stand. */
const NOTICE = 14 * DAY;

/** An agreed absence is none. */
export const isAway = ({ away }: Pick<Member, "away">, at: Instant): boolean =>
  away !== null && at >= away.from && at <= away.until;

/** The last act of a member; null: none is known. */
export const lastSeen = (member: PersonRef, acts: LastActs): Instant | null =>
  acts.reduce<Instant | null>(
    (last, { person, at }) => (isMember(member, person) && at > (last ?? 0) ? at : last),
    null,
  );

/** Since when nothing has been seen of a member, or since when they sit in the team, if that is later; null: neither is known. */
export function quietSince(
  team: Pick<Team, "slug">,
  member: PersonRef,
  acts: LastActs,
  versions: readonly ConfigVersion[],
): Instant | null {
  const at = Math.max(lastSeen(member, acts) ?? 0, seatedAt(team, member, versions));
  return at === 0 ? null : at;
}

/** Since when somebody has sat in a team without a break, by the history of the roster. */
function seatedAt(team: Pick<Team, "slug">, member: PersonRef, versions: readonly ConfigVersion[]): Instant {
  let since: Instant | null = null;
  for (const { rules, at } of versions) {
    const there = rules?.teams.some(
      (one) => one.slug === team.slug && one.members.some((other) => isMember(other, member)),
    );
    if (there === undefined) continue;
    since = there ? (since ?? at) : null;
  }
  return since ?? 0;
}

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
