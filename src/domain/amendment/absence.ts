import type { Change } from "../model/change.js";
import { isMember, type PersonRef } from "../model/people.js";
import { type Member, type Rules, type Team, teamOf } from "../model/rules.js";
import type { AmendmentFacts } from "../model/snapshot.js";
import { DAY, HOUR, type Instant } from "../text/time.js";
import type { ConfigVersion } from "./history.js";

/** Who did something in the repository, and when last. */
export type LastActs = readonly { readonly person: PersonRef; readonly at: Instant }[];

/** absence.eight-weeks: how long nothing is seen of a member before they count as absent. */
export const EIGHT_WEEKS = 56 * DAY;

/** An agreed absence does not count as one. */
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

type Quiet = Pick<AmendmentFacts, "quiet">;

/** Absent at that moment, not being away by agreement. */
export const isAbsent = (member: Pick<Member, "away">, quiet: Instant | null, at: Instant): boolean =>
  at - (quiet ?? 0) > EIGHT_WEEKS && !isAway(member, at);

/**
 * amend.absent: whom this change removes while they are absent, and since when; null: nobody, or they are not absent. While the duty is
 * switched off, nobody is looked up and nobody is absent.
 */
export function absentee(change: Change, base: Rules, facts: Quiet, now: Instant) {
  const found = watched(change, base, facts);
  return found !== null && isAbsent(found.member, found.quiet, now)
    ? { member: found.member, quietSince: found.quiet }
    : null;
}

/** How often it is asked: what an absent member does elsewhere in the repository causes no reconcile here. */
const ASKED_AGAIN = HOUR;

/**
 * The next moment somebody whom this change removes turns absent, or is away or back by agreement, with nobody acting, or has to be asked
 * after again as they are absent; else null.
 */
export function absenceTurns(change: Change, base: Rules, facts: Quiet, now: Instant): Instant | null {
  const found = watched(change, base, facts);
  if (found === null) return null;
  const { away } = found.member;
  const turns = [
    (found.quiet ?? 0) + EIGHT_WEEKS + 1,
    ...(isAbsent(found.member, found.quiet, now) ? [now + ASKED_AGAIN] : []),
    ...(away === null ? [] : [away.from, away.until + 1]),
  ].filter((at) => at > now);
  return turns.length === 0 ? null : Math.min(...turns);
}

function watched(change: Change, base: Rules, { quiet }: Quiet) {
  if (change.kind !== "remove_member" || !base.duties.absence) return null;
  const member = teamOf(base, change.team)?.members.find((one) => isMember(one, change.member));
  const seen = quiet?.find(({ person }) => isMember(change.member, person));
  return member === undefined || seen === undefined ? null : { member, quiet: seen.at };
}
