import { UNKNOWN_HEAD } from "../acts/heads.js";
import { adopts } from "../amendment/motion.js";
import { type DecidedTeam, decidedTeams } from "../decide/decided.js";
import { tellsDecision } from "../decide/posts.js";
import type { Decision } from "../model/decision.js";
import type {
  PublicConcern,
  PublicCut,
  PublicGate,
  PublicRecord,
  PublicRecordDraft,
  PublicTally,
  PublicVote,
} from "../model/publicRecord.js";
import {
  LONGEST_PUBLIC_RECORD,
  PUBLIC_CUTS,
  PUBLIC_RECORD_VERSION,
  RULES_VERSION,
} from "../model/publicRecord.js";
import type {
  Concern,
  DecisionRecord,
  Motion,
  MotionEnd,
  Override,
  RecordedVote,
  Waiver,
} from "../model/register.js";
import type { Snapshot } from "../model/snapshot.js";
import { wellFormedData } from "../text/cut.js";
import { type Instant, iso } from "../text/time.js";
import type { Desired } from "./desired.js";

/** A motion that was decided: by the clerk's count, or elsewhere. */
type Decided = Motion & { readonly end: Extract<MotionEnd, { kind: "concluded" | "overridden" }> };

const isDecided = (motion: Motion): motion is Decided =>
  motion.end?.kind === "concluded" || motion.end?.kind === "overridden";

/**
 * record.signed: what is to be given a number and signed now: of each decision that is about to be announced and has none yet. What was
 * announced before the clerk signed records has none.
 */
export function unpublished(
  decision: Decision,
  snapshot: Snapshot,
  { oneTimeComments }: Pick<Desired, "oneTimeComments">,
): readonly PublicRecordDraft[] {
  const { past, motion } = decision.register;
  return [...past, ...(motion === null ? [] : [motion])]
    .filter(isDecided)
    .filter((each) => !snapshot.published.some((one) => one.motion === each.number))
    .filter((each) => oneTimeComments.some(({ marker }) => tellsDecision(marker, each)))
    .map((each) => publicRecordOf(each, decision, snapshot));
}

/** How long everything else is that is added when it is published. */
const ADDED = 400;

/** As much as fits: what decided is never cut. */
function publicRecordOf(motion: Decided, decision: Decision, snapshot: Snapshot): PublicRecordDraft {
  const whole = wellFormedData(draftOf(motion, decision, snapshot));
  let draft = whole;
  for (const cut of PUBLIC_CUTS) {
    if (JSON.stringify(draft).length + ADDED <= LONGEST_PUBLIC_RECORD) break;
    draft = without(cut, draft);
  }
  return draft;
}

function without(what: PublicCut, draft: PublicRecordDraft): PublicRecordDraft {
  const cut = [...draft.cut, what];
  switch (what) {
    case "heads": {
      const votedOn = draft.teams.flatMap(({ votes }) => (votes ?? []).map(({ cast }) => cast?.head));
      const kept = new Set([...votedOn, draft.text.decided, draft.text.end, draft.motion.head]);
      return { ...draft, cut, heads: draft.heads.filter(({ commit }) => kept.has(commit)) };
    }
    case "concerns":
      return {
        ...draft,
        cut,
        concerns: draft.concerns.map((one) => (one.resolved === null ? one : { ...one, text: null })),
      };
    case "since":
      return { ...draft, cut, teams: draft.teams.map((team) => ({ ...team, since: null })) };
  }
}

function draftOf(motion: Decided, decision: Decision, snapshot: Snapshot): PublicRecordDraft {
  const { repository, pull, lawful } = snapshot;
  const { concerns, heads, lastSeen } = decision.register;
  const { end, fcp } = motion;
  const running = fcp?.state === "running" ? fcp : null;
  const decided = end.kind === "concluded" ? (running?.decided ?? end.record) : null;
  const atEnd = end.kind === "concluded" ? end.record : null;
  return {
    type: "msc-clerk decision record",
    version: PUBLIC_RECORD_VERSION,
    repository: { id: repository.id, name: `${repository.owner}/${repository.name}` },
    proposal: {
      number: pull.number,
      title: pull.title,
      author: pull.author === null ? null : { login: pull.author.login, id: pull.author.id },
    },
    outcome: outcomeOf(motion),
    at: iso(end.at),
    motion: {
      number: motion.number,
      disposition: motion.disposition,
      mover: person(motion.mover),
      via: motion.from.via,
      source: sourceOf(motion.from.url),
      at: iso(motion.from.at),
      head: motion.head,
      rule: motion.decision,
    },
    fcp:
      running === null
        ? null
        : { begins: iso(running.startedAt), ends: iso(running.endsAt), head: running.head },
    text:
      end.kind === "overridden"
        ? { decided: end.override.head, end: null }
        : { decided: known(decided?.head), end: known(atEnd?.head) },
    rules: {
      version: RULES_VERSION,
      decided: (end.kind === "overridden" ? end.rosterCommit : decided?.rosterCommit) ?? null,
      end: atEnd?.rosterCommit ?? null,
      lawful:
        lawful === null
          ? null
          : { number: lawful.number, fingerprint: lawful.fingerprint, commit: lawful.commit },
    },
    teams: decidedTeams(motion, []).map(tallyOf),
    concerns: concerns.map(concernOf),
    heads: heads.map(({ commit, text, at }) => ({ commit, text, at: iso(at) })),
    ...gatesOf(motion, decided, atEnd),
    override: end.kind === "overridden" ? secondedOf(end.override) : null,
    amendment:
      adopts(motion) && lastSeen !== undefined ? { base: lastSeen.base, makes: lastSeen.makes } : null,
    cut: [],
  };
}

function outcomeOf(motion: Decided): PublicRecord["outcome"] {
  const { end, disposition } = motion;
  if (end.kind === "overridden") return `override ${end.override.outcome}`;
  return adopts(motion) ? "amendment" : disposition;
}

const person = ({ login, id }: { readonly login: string; readonly id: number | null }) => ({ login, id });
const known = (head: string | undefined): string | null =>
  head === undefined || head === UNKNOWN_HEAD ? null : head;

function tallyOf({ need, title, at, moment, votes, since }: DecidedTeam): PublicTally {
  return {
    team: need.team,
    title,
    need,
    size: votes?.size ?? 0,
    at: iso(at),
    moment,
    votes: votes === null ? null : votes.votes.map(voteOf),
    since:
      since === null
        ? null
        : { size: since.size, votes: since.votes.map(voteOf), left: since.left.map(person) },
  };
}

const voteOf = ({ member, choice, url, cast, voided }: RecordedVote): PublicVote => ({
  member: person(member),
  choice,
  cast: cast === null ? null : { via: cast.via, source: sourceOf(url), at: iso(cast.at), head: cast.head },
  voided: voided ?? null,
});

const concernOf = ({ number, text, by, at, source, motion, resolved }: Concern): PublicConcern => ({
  number,
  text,
  by: person(by),
  at: iso(at),
  source,
  motion,
  resolved:
    resolved === null
      ? null
      : { by: person(resolved.by), at: iso(resolved.at), source: sourceOf(resolved.url) },
});

/** gate.begin, gate.end: how each gate stood at the moment before which it had to be met; until then it held. */
function gatesOf(
  { end, fcp }: Decided,
  decided: DecisionRecord | null,
  atEnd: DecisionRecord | null,
): Pick<PublicRecord, "gates"> {
  const began = fcp?.state === "running" ? fcp.startedAt : end.at;
  const of = (gates: DecisionRecord["gates"] = [], moment: PublicGate["before"], at: Instant) =>
    gates
      .filter(({ before }) => before === moment)
      .map(
        ({ gate, state, waiver }): PublicGate => ({
          ...{ gate, before: moment, at: iso(at), state: state === "waived" ? "waived" : "met" },
          waiver: waiver === null ? null : secondedOf(waiver),
        }),
      );
  const gates = [...of(decided?.gates, "begin", began), ...of(atEnd?.gates, "conclude", end.at)];
  return gates.length === 0 ? {} : { gates };
}

const secondedOf = ({
  by,
  reason,
  at,
  source,
  seconds,
}: Override | Waiver): NonNullable<PublicRecord["override"]> => ({
  by: person(by),
  reason,
  at: iso(at),
  source,
  seconds: seconds.map(({ member, teams, at: secondedAt }) => ({
    member: person(member),
    teams,
    at: iso(secondedAt),
  })),
});

/** Which comment or review a link of GitHub's leads to: `comment:123`; null: to the pull request as a whole. */
function sourceOf(url: string | null): string | null {
  const [, kind = "", id = ""] =
    /#(issuecomment-|pullrequestreview-|discussion_r)(\d{1,20})$/.exec(url ?? "") ?? [];
  switch (kind) {
    case "issuecomment-":
      return `comment:${id}`;
    case "pullrequestreview-":
      return `review:${id}`;
    case "discussion_r":
      return `inline:${id}`;
    default:
      return null;
  }
}
