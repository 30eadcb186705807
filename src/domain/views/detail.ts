import { isAway } from "../amendment/absence.js";
import { type DecidedTeam, standingOf } from "../decide/decided.js";
import { changeSentence } from "../messages/change.js";
import { unmarked } from "../messages/explain.js";
import { gateWords, untilGate } from "../messages/gates.js";
import { day, sentenceCase, theTeam } from "../messages/grammar.js";
import { countsShown } from "../messages/lawful.js";
import { shareOf } from "../messages/measure.js";
import { untilHoldEnds } from "../messages/statusSentence.js";
import { MEANS } from "../messages/votes.js";
import type { Decision, Seat, TeamTally } from "../model/decision.js";
import type { Cast, ProposalDetail, SeatLine, TeamVotes } from "../model/publicView.js";
import type { Provenance, RecordedVote } from "../model/register.js";
import type { Snapshot } from "../model/snapshot.js";
import { cutTo } from "../text/cut.js";
import { hiddenIn, unlessHidden } from "./hidden.js";
import { concernLine, LINE_LENGTH } from "./summary.js";

/** What the page of one proposal shows besides its line. */
export function detailOf(decision: Decision, snapshot: Snapshot): ProposalDetail {
  const { after, gates = [], amendment, holds } = decision;
  const hidden = hiddenIn(snapshot);
  return {
    votes: votesOf(decision),
    concerns: decision.concerns.map((concern) => ({
      ...concernLine(concern, hidden),
      motion: concern.motion,
      resolved:
        concern.resolved === null
          ? null
          : { by: concern.resolved.by.login, at: concern.resolved.at, url: concern.resolved.url },
    })),
    gates: gates.map((view) => ({
      name: cutTo(gateWords(view.gate), LINE_LENGTH),
      before: view.gate.before,
      state: view.state,
      words: view.state === "unmet" || view.state === "unknown" ? untilGate(view) : "",
      waiver:
        view.waiver === null
          ? null
          : {
              by: view.waiver.by.login,
              reason: unlessHidden(cutTo(view.waiver.reason, LINE_LENGTH), view.waiver.url, hidden),
              url: view.waiver.url,
            },
    })),
    head: snapshot.pull.head,
    approval:
      after === null
        ? null
        : { needed: after.needed, by: after.approvedBy.map(({ login }) => login), met: after.met },
    holds: holds.map((hold) => `${sentenceCase(`waiting for ${untilHoldEnds(hold)}`)}.`),
    changes: (amendment?.changes ?? []).map(({ change }) => unmarked(changeSentence(change))),
  };
}

/** By which votes it is decided, then what still counts. */
function votesOf(decision: Decision): readonly TeamVotes[] {
  const { decided, open } = standingOf(decision, countsShown(decision));
  return [
    ...decided.map((team) => decidedVotes(team)),
    ...open.map((tally) => openVotes(tally, decision.at)),
  ];
}

const decidedVotes = ({ need, title, at, votes, standing }: DecidedTeam): TeamVotes => ({
  team: need.team,
  title: cutTo(title, LINE_LENGTH),
  measure: shareOf(need, theTeam(cutTo(title, LINE_LENGTH))),
  decidedAt: at,
  seats: ((votes ?? standing)?.votes ?? []).map(recordedSeat),
});

const recordedSeat = ({ member, choice, url, cast }: RecordedVote): SeatLine => ({
  login: member.login,
  lead: false,
  away: false,
  choice,
  cast:
    cast === null || choice === null || url === null
      ? null
      : { via: cast.via, at: cast.at, url, head: cast.head, onEarlierText: false },
  note: "",
});

function openVotes({ team, title, need, seats, notCounted }: TeamTally, now: number): TeamVotes {
  return {
    team,
    title: cutTo(title, LINE_LENGTH),
    measure: shareOf(need, theTeam(cutTo(title, LINE_LENGTH))),
    decidedAt: null,
    seats: [
      ...seats.map((seat) => ({
        ...{ login: seat.member.login, lead: seat.lead, away: isAway(seat, now) },
        ...saidBy(seat),
      })),
      ...notCounted.map(
        ({ person, from, why }): SeatLine => ({
          ...{ login: person.login, lead: false, away: false, choice: null, cast: castOf(from, null, false) },
          note:
            why === "left_the_team"
              ? "not counted: no longer on the team"
              : "not counted: on the team only by a change of the config that nobody approved",
        }),
      ),
    ],
  };
}

function saidBy(seat: Seat): Pick<SeatLine, "choice" | "cast" | "note"> {
  const { choice, from, head, onEarlier, retracted, earlierApproval, uncounted } = seat;
  if (uncounted !== undefined)
    return {
      choice: uncounted.why === "partly" ? choice : null,
      cast: castOf(uncounted.from, head, false),
      note: UNCOUNTED[uncounted.why],
    };
  if (choice !== null)
    return { choice, cast: from === null ? null : castOf(from, head, onEarlier !== null), note: "" };
  if (retracted)
    return {
      choice,
      cast: null,
      note: from === null ? "retracted" : `retracted by ${MEANS[from.via]} on ${day(from.at)}`,
    };
  if (earlierApproval === null) return { choice, cast: null, note: "" };
  const { commit, url, at } = earlierApproval;
  return {
    choice,
    cast: { via: "review", at, url, head: commit, onEarlierText: true },
    note: "not counted: an approval of another text, from before this was proposed",
  };
}

const UNCOUNTED = {
  only_to_merge: "not counted: an approving review is a yes to merging only",
  changed: "not counted any more: a push has made it into other changes",
  partly: "counts only for what a push has left as it was",
} as const;

const castOf = ({ via, at, url }: Provenance, head: string | null, onEarlierText: boolean): Cast => ({
  ...{ via, at, url, head, onEarlierText },
});
