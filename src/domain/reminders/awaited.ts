import { isAway } from "../amendment/absence.js";
import type { Decision, Seat, TeamTally } from "../model/decision.js";
import { isLegacyName, isMember, type PersonRef, samePerson } from "../model/people.js";
import type { ReminderKind } from "../model/register.js";
import type { Rules } from "../model/rules.js";
import type { Instant } from "../text/time.js";

/** Who is waited for, and since when. */
export interface Awaited {
  readonly of: ReminderKind;
  readonly since: Instant;
  /** Nobody who is away. */
  readonly people: readonly PersonRef[];
  /** When the first of those who are away is back; null: none is. */
  readonly backAt: Instant | null;
}

/** remind.vote, remind.merge: whom a proposal waits for; null: for nobody who could be reminded. */
export function awaited(decision: Decision, rules: Rules, now: Instant): Awaited | null {
  const { phase, reason, amendment, register } = decision;
  const { motion } = register;
  if (motion === null || amendment !== undefined) return null;
  if (phase === "proposed" && motion.fcp === null && decision.holds.length === 0)
    return among("vote", motion.from.at, missingVotes(decision), now);
  const waits = phase === "concluded" && motion.disposition === "merge" && rules.conclude.merge === "manual";
  if (!waits || reason.code !== "accepted" || motion.end?.kind !== "concluded") return null;
  if (isLegacyName(motion.mover.login, rules)) return null;
  const mover = rules.teams
    .flatMap(({ members }) => members)
    .filter((member) => isMember(member, motion.mover));
  return among(
    "merge",
    motion.end.at,
    mover.map((member) => ({ member, away: member.away })).slice(0, 1),
    now,
  );
}

/** Of teams that lack votes: who has not voted, and has not said either what stands in the way. A member of several counts once. */
function missingVotes({ tallies, concerns }: Decision): readonly Pick<Seat, "member" | "away">[] {
  const seats = tallies.filter(({ passed }) => !passed).flatMap(missingIn);
  const raised = concerns.filter((one) => one.blocks && one.resolved === null).map(({ by }) => by);
  return seats.filter(
    ({ member }, at) =>
      !raised.some((by) => samePerson(by, member)) &&
      seats.findIndex((other) => samePerson(other.member, member)) === at,
  );
}

/** Members who have neither approved nor abstained. */
export const missingIn = ({ seats }: TeamTally): readonly Seat[] =>
  seats.filter(({ choice }) => choice === null);

function among(
  of: ReminderKind,
  since: Instant,
  all: readonly Pick<Seat, "member" | "away">[],
  now: Instant,
): Awaited {
  const gone = all.filter((seat) => isAway(seat, now));
  return {
    of,
    since,
    people: all.filter((seat) => !gone.includes(seat)).map(({ member }) => member),
    // The moment of return itself still counts as away.
    backAt: gone.length === 0 ? null : Math.min(...gone.map(({ away }) => (away?.until ?? now) + 1)),
  };
}
