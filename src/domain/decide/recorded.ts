import { UNKNOWN_HEAD } from "../acts/heads.js";
import type { TeamTally } from "../model/decision.js";
import type { DecisionRecord, RecordedTally, Waiver } from "../model/register.js";

/** The votes and the measure, as they stand now. */
export const recordOf = (
  tallies: readonly TeamTally[],
  head: string,
  rosterCommit: string | null,
  waived: readonly Waiver[] = [],
): DecisionRecord => ({
  ...{ head, rosterCommit, tallies: tallies.map(recordedTally) },
  ...(waived.length === 0 ? {} : { waived }),
});

export const recordedTally = ({ team, title, need, size, seats }: TeamTally): RecordedTally => ({
  team,
  title,
  need,
  size,
  votes: seats.map(({ member, choice, from, head: on }) => ({
    member,
    choice,
    url: from?.url ?? null,
    cast: from === null ? null : { via: from.via, at: from.at, head: on ?? UNKNOWN_HEAD },
  })),
});
