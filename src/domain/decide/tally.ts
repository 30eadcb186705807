import { ballotFor } from "../acts/ballots.js";
import { UNKNOWN_HEAD } from "../acts/heads.js";
import type { NotCounted, Seat, TeamShortfall, TeamTally } from "../model/decision.js";
import { isMember, samePerson } from "../model/people.js";
import type { Motion, Register } from "../model/register.js";
import { type Need, type Rules, type Team, type Threshold, teamOf } from "../model/rules.js";
import { reviewOnly } from "./uncounted.js";

/** tally.threshold: `yes * denominator >= numerator * size`, in whole numbers, over the current members; nobody passes nothing. */
export const passes = (yes: number, size: number, { numerator, denominator }: Threshold): boolean =>
  size >= 1 && yes * denominator >= numerator * size;

/** The smallest number of yes that passes; one for a team of nobody, which can never have it. */
export const neededYes = (size: number, { numerator, denominator }: Threshold): number =>
  Math.max(1, Math.ceil((numerator * size) / denominator));

/**
 * One team's list and count for one motion (ballot.team). Without a motion: the seats, all empty. `isPresent`: does a commit carry the
 * text of the present head (text.same)?
 */
export function tallyFor(
  need: Need,
  rules: Rules,
  register: Register,
  motion: Motion | null,
  isPresent: (commit: string) => boolean,
): TeamTally {
  const team = teamOf(rules, need.team);
  const seats = (team?.members ?? []).map((member): Seat => {
    const ballot = motion ? ballotFor(motion, need.team, member) : undefined;
    const yesOrAbstain = ballot?.choice ?? null;
    const early = register.approvals
      .filter((one) => isMember(member, one.member) && !isPresent(one.commit))
      .sort((a, b) => b.at - a.at)[0];
    const shown =
      motion !== null && motion.disposition === "merge" && motion.end === null && yesOrAbstain === null;
    return {
      member: { login: member.login, id: member.id },
      lead: team?.lead != null && isMember(team.lead, member),
      away: member.away,
      choice: yesOrAbstain,
      retracted: ballot !== undefined && ballot.choice === null,
      from: ballot?.from ?? null,
      head: ballot?.head ?? null,
      onEarlier:
        ballot && yesOrAbstain !== null && ballot.head !== UNKNOWN_HEAD && !isPresent(ballot.head)
          ? ballot.head
          : null,
      earlierApproval:
        shown && early && ballot === undefined && early.at < motion.from.at
          ? { commit: early.commit, url: early.url, at: early.at }
          : null,
      ...reviewOnly(member, register, motion, ballot),
    };
  });
  const size = seats.length;
  const yes = seats.filter((seat) => seat.choice === "yes").length;
  return {
    team: need.team,
    title: team?.title ?? need.team,
    need,
    size,
    minimum: team?.minimumMembers ?? 1,
    yes,
    needed: neededYes(size, need.threshold),
    passed: passes(yes, size, need.threshold),
    belowMinimum: size < (team?.minimumMembers ?? 1),
    seats,
    notCounted: motion === null ? [] : left(need.team, team, motion),
  };
}

/** Votes of people who are no longer on the team: they count again should they come back (act.once). */
function left(slug: string, team: Team | undefined, motion: Motion): readonly NotCounted[] {
  return motion.ballots
    .filter(
      (ballot) => ballot.team === slug && !(team?.members ?? []).some((one) => isMember(one, ballot.member)),
    )
    .filter((ballot, at, all) => all.findIndex((other) => samePerson(other.member, ballot.member)) === at)
    .flatMap(({ member, choice, from }) =>
      choice === null ? [] : [{ person: member, choice, from, why: "left_the_team" as const }],
    );
}

export const shortOf = ({ title, yes, needed, size }: TeamTally): TeamShortfall => ({
  title,
  yes,
  needed,
  size,
});
