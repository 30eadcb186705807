import { type ChangeSince, changesIn, type DecidedTeam, standingOf } from "../domain/decide/decided.js";
import { describeAction, wordsOf } from "../domain/messages/action.js";
import { refusalSentence } from "../domain/messages/amendmentRefusal.js";
import { changeSentence } from "../domain/messages/change.js";
import { unmarked } from "../domain/messages/explain.js";
import { countsShown } from "../domain/messages/lawful.js";
import { statusSentence } from "../domain/messages/statusSentence.js";
import type { Action } from "../domain/model/action.js";
import type { ChangeView, ConcernView, Decision, Seat, TeamTally } from "../domain/model/decision.js";
import type { PersonRef } from "../domain/model/people.js";
import type { Motion, Provenance, RecordedVote } from "../domain/model/register.js";
import type { Measure } from "../domain/model/rules.js";
import type { Snapshot } from "../domain/model/snapshot.js";
import { type Instant, iso } from "../domain/text/time.js";

/** Raised when a field is taken away or comes to mean something else; a field that is new raises nothing. */
const FORMAT = "msc-clerk explain 1";

/**
 * What `explain` tells, for programs: docs/commands.md has its fields. Written out field by field, so that no change inside the clerk changes it
 * unseen. Texts that people wrote stand as they wrote them.
 */
export function explainJson(decision: Decision, snapshot: Snapshot, actions: readonly Action[]): object {
  const { repository, pull, clerk, rosterCommit } = snapshot;
  const shown = countsShown(decision);
  const { register, after, config, amendment } = decision;
  return {
    format: FORMAT,
    repository: `${repository.owner}/${repository.name}`,
    number: pull.number,
    title: pull.title,
    url: pull.url,
    head: pull.head,
    clerk: personJson(clerk),
    config: { commit: rosterCommit, state: config?.kind ?? "lawful" },
    at: iso(decision.at),
    phase: decision.phase,
    reason: { code: decision.reason.code, sentence: statusSentence(decision) },
    holds: decision.holds.map(({ code }) => code),
    check: decision.check,
    recordLost: decision.lost || register.recovery !== null,
    motion: register.motion === null ? null : motionJson(register.motion),
    tallies: shown.map(tallyJson),
    decided: standingOf(decision, shown).decided.map(decidedJson),
    approval:
      after === null
        ? null
        : {
            head: after.head,
            otherText: after.moved,
            needed: after.needed,
            approvedBy: after.approvedBy.map(personJson),
            met: after.met,
          },
    concerns: decision.concerns.map(concernJson),
    amendment:
      amendment === undefined
        ? null
        : {
            changes: amendment.changes.map(amendmentChangeJson),
            refusals: amendment.refusals.map((refusal) => ({
              code: refusal.code,
              sentence: refusalSentence(refusal),
            })),
          },
    acts: decision.verdicts.map(({ at, by, said, url, outcome, why }) => ({
      at: iso(at),
      by: by === null ? null : personJson(by),
      said,
      url,
      outcome,
      why: why?.code ?? null,
    })),
    nextCheckAt: isoOrNull(decision.nextCheckAt),
    wouldWrite: actions.map(describeAction),
    writes: actions.map((action) => ({
      kind: action.kind,
      what: describeAction(action),
      title: "title" in action ? action.title : null,
      words: wordsOf(action),
    })),
  };
}

const isoOrNull = (at: Instant | null): string | null => (at === null ? null : iso(at));

const personJson = ({ login, id }: PersonRef) => ({ login, id });

const measureJson = ({ threshold, quorum, whole }: Measure) => ({
  threshold: { ...threshold },
  ...(quorum === undefined ? {} : { quorum: { ...quorum } }),
  ...(whole === undefined ? {} : { whole: { ...whole } }),
});

const cameJson = (from: Provenance | null) =>
  from === null ? { via: null, at: null, url: null } : { via: from.via, at: iso(from.at), url: from.url };

const motionJson = ({ number, disposition, mover, from, decision, head, fcp, end }: Motion) => ({
  number,
  disposition,
  mover: personJson(mover),
  ...cameJson(from),
  decision,
  head,
  fcp:
    fcp?.state === "running"
      ? { head: fcp.head, startedAt: iso(fcp.startedAt), endsAt: iso(fcp.endsAt) }
      : null,
  ended: end === null ? null : { how: end.kind, at: iso(end.at) },
});

const tallyJson = (tally: TeamTally) => ({
  team: tally.team,
  title: tally.title,
  measure: measureJson(tally.need),
  size: tally.size,
  minimum: tally.minimum,
  yes: tally.yes,
  needed: tally.needed,
  quorum: tally.quorum === undefined ? null : { ...tally.quorum },
  passed: tally.passed,
  belowMinimum: tally.belowMinimum,
  countedBy: tally.countedBy ?? "present",
  votes: [
    ...tally.seats.map(seatJson),
    ...tally.notCounted.map(({ person, choice, from, why }) => ({
      ...personJson(person),
      lead: false,
      choice,
      counted: false,
      why: why as string,
      ...cameJson(from),
      head: null,
    })),
  ],
});

/** One member: their vote, or what they have said that is none. `why` null: it counts, or there is nothing. */
function seatJson({ member, lead, choice, retracted, from, head, earlierApproval, uncounted }: Seat) {
  const who = { ...personJson(member), lead };
  if (choice !== null) {
    const counted = uncounted?.why !== "changed";
    return { ...who, choice, counted, why: uncounted?.why ?? null, ...cameJson(from), head };
  }
  const none = { ...who, choice, counted: false };
  if (retracted) return { ...none, why: "retracted", ...cameJson(from), head };
  if (uncounted !== undefined) return { ...none, why: uncounted.why, ...cameJson(uncounted.from), head };
  if (earlierApproval === null) return { ...none, why: null, ...cameJson(null), head };
  const { commit, url, at } = earlierApproval;
  return { ...none, why: "another_text", via: "review", at: iso(at), url, head: commit };
}

const recordedVoteJson = ({ member, choice, url, cast, voided }: RecordedVote) => ({
  ...personJson(member),
  choice,
  voided: voided ?? null,
  via: cast?.via ?? null,
  at: isoOrNull(cast?.at ?? null),
  url,
  head: cast?.head ?? null,
});

const decidedJson = ({ need, title, at, moment, votes, since, standing }: DecidedTeam) => ({
  team: need.team,
  title,
  measure: measureJson(need),
  at: iso(at),
  moment,
  votesKept: votes !== null,
  size: (votes ?? standing)?.size ?? null,
  votes: ((votes ?? standing)?.votes ?? []).map(recordedVoteJson),
  since: votes === null || since === null ? [] : changesIn(votes, since).map(changeSinceJson),
});

const changeSinceJson = (change: ChangeSince) => ({
  ...personJson(change.member),
  what: change.kind,
  had: "had" in change ? change.had : null,
  choice: "choice" in change ? change.choice : null,
  url: "vote" in change ? change.vote.url : null,
});

const concernJson = ({ number, text, kind, by, at, url, resolved, blocks, carriedOver }: ConcernView) => ({
  number,
  text,
  kind,
  by: personJson(by),
  at: iso(at),
  url,
  blocks,
  carriedOver,
  resolved:
    resolved === null ? null : { by: personJson(resolved.by), at: iso(resolved.at), url: resolved.url },
});

const amendmentChangeJson = ({ change, resignation, unsaid, routes, absence, passed }: ChangeView) => ({
  kind: change.key,
  sentence: unmarked(changeSentence(change)),
  passed,
  resignation,
  waitsForWordOf: unsaid === null ? null : personJson(unsaid),
  withoutThem: absence !== null && absence !== "untold",
  routes: routes.map((route) => ({
    passed: route.passed,
    lacksReason: route.lacksReason,
    tallies: route.tallies.map(tallyJson),
  })),
});
