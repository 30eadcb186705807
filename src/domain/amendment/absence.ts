import type { Change } from "../model/change.js";
import { isMember, type PersonRef } from "../model/people.js";
import { type Member, type Rules, type Team, teamOf } from "../model/rules.js";
import type { AmendmentFacts } from "../model/snapshot.js";
import { DAY, HOUR, type Instant, MINUTE } from "../text/time.js";
import type { ConfigVersion } from "./history.js";

/** When a person did something. */
export interface TimedAct {
  readonly person: PersonRef;
  readonly at: Instant;
}

/** Who did something in the repository, and when last. */
export type LastActs = readonly TimedAct[];

/** The newest act of each person, newest first. */
export function newestOf(acts: readonly TimedAct[]): LastActs {
  const newest = new Map<string, TimedAct>();
  for (const {
    person: { login, id },
    at,
  } of acts) {
    const who = id === null ? login.toLowerCase() : String(id);
    if (at > (newest.get(who)?.at ?? 0)) newest.set(who, { person: { login, id }, at });
  }
  return [...newest.values()].sort((a, b) => b.at - a.at);
}

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
 * switched off, nobody is looked up and nobody is absent; nor is anybody of whom it cannot be told.
 */
export function absentee(change: Change, base: Rules, facts: Quiet, now: Instant) {
  const found = watched(change, base, facts);
  return found?.kind === "told" && isAbsent(found.member, found.quiet, now)
    ? { member: found.member, quietSince: found.quiet }
    : null;
}

/** amend.absent: it cannot be told now whether the member is absent whom this change removes. */
export const cannotBeTold = (change: Change, base: Rules, facts: Quiet): boolean =>
  watched(change, base, facts)?.kind === "untold";

/**
 * How often it is asked: what an absent member does elsewhere in the repository causes no reconcile here. A change that has what it needs may be
 * merged at any moment, so it is asked for as often as there is news.
 */
const ASKED_AGAIN = { waits: HOUR, passed: 10 * MINUTE } as const;

/**
 * The next moment somebody whom this change removes turns absent, or is away or back by agreement, with nobody acting, or has to be asked
 * after again, as they are absent or it cannot be told; else null. `passed`: the change has what it needs.
 */
export function absenceTurns(
  change: Change,
  base: Rules,
  facts: Quiet,
  now: Instant,
  passed: boolean,
): Instant | null {
  const found = watched(change, base, facts);
  if (found === null) return null;
  if (found.kind === "untold") return now + ASKED_AGAIN.waits;
  const { away } = found.member;
  const turns = [
    (found.quiet ?? 0) + EIGHT_WEEKS + 1,
    ...(isAbsent(found.member, found.quiet, now) ? [now + ASKED_AGAIN[passed ? "passed" : "waits"]] : []),
    ...(away === null ? [] : [away.from, away.until + 1]),
  ].filter((at) => at > now);
  return turns.length === 0 ? null : Math.min(...turns);
}

function watched(change: Change, base: Rules, { quiet }: Quiet) {
  if (change.kind !== "remove_member" || !base.duties.absence) return null;
  const member = teamOf(base, change.team)?.members.find((one) => isMember(one, change.member));
  if (member === undefined) return null;
  if (quiet === null) return { kind: "untold" } as const;
  const seen = quiet.find(({ person }) => isMember(change.member, person));
  return seen === undefined ? null : ({ kind: "told", member, quiet: seen.at } as const);
}
