import { ballotFor } from "../acts/ballots.js";
import type { Seat, TeamTally, Uncounted } from "../model/decision.js";
import { isMember, type PersonRef } from "../model/people.js";
import type { Ballot, Motion, Register } from "../model/register.js";

/*
 * What a member has said, believing it a vote, and what is none: nobody has to guess why their name is not ticked.
 */

/** ballot.review: an approving review during a motion to close or postpone, which is a yes to merging alone. */
export function reviewOnly(
  member: PersonRef,
  { approvals }: Register,
  motion: Motion | null,
  ballot: Ballot | undefined,
): { readonly uncounted?: Uncounted } {
  if (motion === null || motion.end !== null || motion.disposition === "merge") return {};
  if (ballot !== undefined && ballot.choice !== null) return {};
  const since = Math.max(motion.from.at, ballot?.from.at ?? 0);
  const last = approvals
    .filter((one) => isMember(member, one.member) && one.at >= since)
    .sort((a, b) => b.at - a.at)[0];
  if (last === undefined) return {};
  const from = { via: "review", url: last.url, at: last.at } as const;
  return { uncounted: { why: "only_to_merge", from, asks: motion.fcp === null } };
}

/** amend.rules: whoever voted on changes that a push has made into others since is told so, beside their name. */
export function withVoided(tally: TeamTally, motion: Motion | null, changes: readonly string[]): TeamTally {
  if (motion === null || motion.end !== null) return tally;
  return { ...tally, seats: tally.seats.map((seat) => withVoidedVote(seat, tally.team, motion, changes)) };
}

function withVoidedVote(seat: Seat, team: string, motion: Motion, changes: readonly string[]): Seat {
  const ballot = ballotFor(motion, team, seat.member);
  const on = ballot?.appliesTo ?? null;
  if (ballot === undefined || ballot.choice === null || on === null) return seat;
  // What was taken out of the amendment needs no vote, so nobody is asked for one.
  const anew = changes.some((one) => !on.includes(one));
  const counts = changes.some((one) => on.includes(one));
  const voided = !counts || on.some((one) => !changes.includes(one));
  if (!anew || !voided) return seat;
  return { ...seat, uncounted: { why: counts ? "partly" : "changed", from: ballot.from, asks: true } };
}
