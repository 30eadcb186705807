import type { AmendmentView, TeamTally } from "../model/decision.js";
import { equal } from "../text/equal.js";

/** Every count there is of one team, in whichever route of whichever change. */
export const countsOfTeam = (changes: AmendmentView["changes"], team: string): readonly TeamTally[] =>
  changes
    .flatMap(({ routes }) => routes.flatMap(({ tallies }) => tallies))
    .filter((tally) => tally.team === team);

export const sameCount = (a: TeamTally, b: TeamTally): boolean =>
  a.yes === b.yes && a.needed === b.needed && a.size === b.size && equal(a.quorum, b.quorum);
