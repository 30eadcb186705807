import type { Decision, NotCounted, TeamTally } from "../model/decision.js";
import { isMember } from "../model/people.js";
import type { Register } from "../model/register.js";
import { type Rules, teamOf } from "../model/rules.js";
import type { Snapshot } from "../model/snapshot.js";
import { equal } from "../text/equal.js";

/**
 * config.lawful, with both copies of what is lawful lost: who confirms what was rebuilt of a proposal confirms the config it is
 * decided under. `lost`: still nobody knows.
 */
export function confirmedConfig(
  before: Register,
  after: Register,
  { lawfulLost }: Snapshot,
): { readonly register: Register; readonly lost: boolean } {
  if (!lawfulLost) return { register: after, lost: false };
  const confirmed = before.recovery !== null && after.recovery === null;
  return confirmed
    ? { register: { ...after, lawful: lawfulLost }, lost: false }
    : { register: after, lost: true };
}

/** config.lawful: what a decision tells of the config it hangs on. */
export function configOf(
  { lawfulRules, unlawful, lawful, rosterCommit }: Snapshot,
  affected: boolean,
  lost: boolean,
  counted: readonly TeamTally[],
): Pick<Decision, "config"> {
  if (!affected) return {};
  if (lost) return { config: { kind: "lost" } };
  if (lawfulRules === null) return {};
  const commit = unlawful?.commit ?? rosterCommit;
  return {
    config: { kind: "unlawful", commit, at: unlawful?.at ?? null, lawful: lawful?.commit ?? null, counted },
  };
}

/**
 * Both configs are asked, so for each team the count that lacks more is the one that is waited for, and the only one that is shown. Where
 * they lack the same, it is that of the lawful config.
 */
export const countedByBoth = (
  present: readonly TeamTally[],
  lawful: readonly TeamTally[],
  rules: Rules,
): readonly TeamTally[] =>
  present.map((tally): TeamTally => {
    const other = lawful.find(({ team }) => team === tally.team);
    if (other === undefined || equal(tally, other)) return tally;
    if (lacking(tally) > lacking(other)) return { ...tally, countedBy: "present" };
    const notCounted = other.notCounted.map((vote) => asSeated(vote, tally.team, rules));
    return { ...other, countedBy: "lawful", notCounted };
  });

/** Who is on the team by the present config has not left it. */
function asSeated(vote: NotCounted, team: string, rules: Rules): NotCounted {
  const seated = teamOf(rules, team)?.members.some((member) => isMember(member, vote.person)) ?? false;
  return seated ? { ...vote, why: "unlawfully_seated" } : vote;
}

/** How much is missing: votes; then, with the votes there, members; a team of nobody lacks more than any. */
function lacking({ size, yes, needed, passed, belowMinimum, quorum }: TeamTally): number {
  if (size === 0) return Number.POSITIVE_INFINITY;
  if (passed) return belowMinimum ? 0.5 : 0;
  const voters = quorum === undefined ? 0 : quorum.needed - quorum.voted;
  return Math.max(1, needed - yes, voters);
}
