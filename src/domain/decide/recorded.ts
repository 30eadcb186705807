import { UNKNOWN_HEAD } from "../acts/heads.js";
import type { TeamTally } from "../model/decision.js";
import type { GateView } from "../model/gateView.js";
import type { DecisionRecord, RecordedTally } from "../model/register.js";

/** The votes and the measure, as they stand now. */
export const recordOf = (
  tallies: readonly TeamTally[],
  head: string,
  rosterCommit: string | null,
  gates: readonly GateView[] = [],
): DecisionRecord => ({
  ...{ head, rosterCommit, tallies: tallies.map(recordedTally) },
  ...gatesRecorded(gates),
});

/** gate.begin, gate.end: what is only shown is left out. */
function gatesRecorded(all: readonly GateView[]): Pick<DecisionRecord, "gates"> {
  const gates = all
    .filter(({ gate }) => gate.before !== "never")
    .map(({ gate, state, waiver }) => ({
      ...{ gate: gate.name, before: gate.before, state },
      waiver: state === "waived" ? waiver : null,
    }));
  return gates.length === 0 ? {} : { gates };
}

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
