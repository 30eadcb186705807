import { ballotFor } from "../acts/ballots.js";
import type { DecisionRecord, Motion, RecordedVote } from "../model/register.js";

/**
 * record.decided: the record of an amendment also lists the votes that a push has voided, as such: who gave one for changes it does
 * not make any more, and none since, is not told of as having been silent.
 */
export function recordWithVoided(
  record: DecisionRecord,
  motion: Motion | null,
  fingerprints: readonly string[],
): DecisionRecord {
  if (motion === null) return record;
  const told = (vote: RecordedVote, team: string): RecordedVote => {
    const ballot = vote.cast === null ? ballotFor(motion, team, vote.member) : undefined;
    if (ballot === undefined || ballot.choice === null) return vote;
    if (ballot.appliesTo?.some((each) => fingerprints.includes(each))) return vote;
    const { from, head, choice: voided } = ballot;
    return { ...vote, url: from.url, cast: { via: from.via, at: from.at, head }, voided };
  };
  return {
    ...record,
    tallies: record.tallies.map((tally) => ({
      ...tally,
      votes: tally.votes.map((vote) => told(vote, tally.team)),
    })),
  };
}
