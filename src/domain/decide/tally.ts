import { ballotFor } from "../acts/ballots.js";
import { UNKNOWN_HEAD } from "../acts/heads.js";
import type { NotCounted, QuorumCount, Seat, TeamShortfall, TeamTally } from "../model/decision.js";
import { isMember, samePerson } from "../model/people.js";
import type { Choice, Motion, Register } from "../model/register.js";
import { type Measure, type Need, type Rules, type Team, type Threshold, teamOf } from "../model/rules.js";
import { reviewOnly } from "./uncounted.js";

/** tally.threshold: `yes * denominator >= numerator * size`, in whole numbers, over the current members; nobody passes nothing. */
export const passes = (yes: number, size: number, { numerator, denominator }: Threshold): boolean =>
  size >= 1 && yes * denominator >= numerator * size;

/** The smallest number of yes that passes; one for a team of nobody, which can never have it. */
export const neededYes = (size: number, { numerator, denominator }: Threshold): number =>
  Math.max(1, Math.ceil((numerator * size) / denominator));

/** How a team's members have voted, in numbers. */
export interface Count {
  /** Members in all. */
  readonly size: number;
  readonly yes: number;
  readonly abstained: number;
}

/**
 * tally.threshold, by whatever measure: a share of the whole team; or, with a quorum, of those who do not abstain, where enough of the
 * whole team have voted. Where everybody abstains, nothing passes.
 */
export const hasPassed = (count: Count, { threshold, quorum, whole }: Measure): boolean => {
  const { size, yes, abstained } = count;
  if (quorum === undefined) return passes(yes, size, threshold);
  const ofPresent = passes(yes, size - abstained, threshold) && passes(yes + abstained, size, quorum);
  return ofPresent && (whole === undefined || passes(yes, size, whole));
};

/** The smallest number of yes that passes with as many abstentions, the quorum aside. */
export const neededOf = (
  { size, abstained }: Pick<Count, "size" | "abstained">,
  { threshold, quorum, whole }: Measure,
): number =>
  Math.max(
    neededYes(quorum === undefined ? size : size - abstained, threshold),
    whole === undefined ? 0 : neededYes(size, whole),
  );

/** Where a need has a quorum: over whom its threshold is counted, and how many have voted and have to. */
export const quorumOf = (
  { size, yes, abstained }: Count,
  { quorum }: Measure,
): { readonly quorum?: QuorumCount } =>
  quorum === undefined
    ? {}
    : { quorum: { present: size - abstained, voted: yes + abstained, needed: neededYes(size, quorum) } };

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
    const asked = motion !== null && motion.disposition === "merge" && motion.end === null;
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
        asked && early && ballot === undefined && early.at < motion.from.at
          ? { commit: early.commit, url: early.url, at: early.at }
          : null,
      ...reviewOnly(member, register, motion, ballot),
    };
  });
  const count = countOf(seats);
  return {
    team: need.team,
    title: team?.title ?? need.team,
    need,
    size: count.size,
    minimum: team?.minimumMembers ?? 1,
    yes: count.yes,
    needed: neededOf(count, need),
    ...quorumOf(count, need),
    passed: hasPassed(count, need),
    belowMinimum: count.size < (team?.minimumMembers ?? 1),
    seats,
    notCounted: motion === null ? [] : left(need.team, team, motion),
  };
}

/** Of seats, or of votes as a record keeps them: one for each member. */
export const countOf = (seats: readonly { readonly choice: Choice | null }[]): Count => ({
  size: seats.length,
  yes: seats.filter(({ choice }) => choice === "yes").length,
  abstained: seats.filter(({ choice }) => choice === "abstain").length,
});

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

export const shortOf = ({ title, yes, needed, size, quorum }: TeamTally): TeamShortfall => ({
  title,
  yes,
  needed,
  size,
  ...(quorum === undefined ? {} : { quorum }),
});
