import type { WordsContext } from "../../src/domain/messages/context.js";
import type { ConcernView, Decision, Seat, TeamTally } from "../../src/domain/model/decision.js";
import type { PersonRef } from "../../src/domain/model/people.js";
import type { Concern, Motion, PendingReply, Provenance, Register } from "../../src/domain/model/register.js";
import type { Need, Rules } from "../../src/domain/model/rules.js";
import { teamOf } from "../../src/domain/model/rules.js";
import { rules } from "./rules.js";

/*
 * Decisions as `decide` would hand them on, made by hand: for the rooms that only show them. Every function takes the parts
 * that matter to the test; the rest is MSC3000, moved by ara4n to merge on 1 March 2026, noon.
 */

export const NOON = Date.UTC(2026, 2, 1, 12);
export const PULL_URL = "https://github.com/matrix-org/matrix-spec-proposals/pull/3000";
export const HEAD = "def5678".padEnd(40, "0");
export const EARLIER_HEAD = "abc1234".padEnd(40, "0");

export const person = (login: string, id: number | null = null): PersonRef => ({ login, id });

export const provenance = (via: Provenance["via"], n = 1, at = NOON): Provenance => ({
  via,
  url: via === "review" ? `${PULL_URL}#pullrequestreview-${n}` : `${PULL_URL}#issuecomment-${n}`,
  at,
});

export function seat(login: string, parts: Partial<Seat> = {}): Seat {
  return {
    member: person(login),
    lead: false,
    away: null,
    choice: null,
    retracted: false,
    from: null,
    head: null,
    onEarlier: null,
    earlierApproval: null,
    ...parts,
  };
}

export const voted = (login: string, parts: Partial<Seat> = {}): Seat =>
  seat(login, { choice: "yes", from: provenance("review"), ...parts });

export function tally(seats: readonly Seat[], parts: Partial<TeamTally> = {}): TeamTally {
  const need: Need = parts.need ?? {
    team: parts.team ?? "spec-core-team",
    threshold: { numerator: 3, denominator: 4 },
  };
  const size = seats.length;
  const yes = seats.filter(({ choice }) => choice === "yes").length;
  const needed = Math.max(1, Math.ceil((need.threshold.numerator * size) / need.threshold.denominator));
  return {
    team: need.team,
    title: "Spec Core Team",
    need,
    size,
    minimum: 1,
    yes,
    needed,
    passed: size > 0 && yes >= needed,
    belowMinimum: false,
    seats,
    notCounted: [],
    ...parts,
  };
}

/** Every member of a team of `rules`, without a vote but for those given. */
export function fullTally(team: string, votes: readonly Seat[] = [], all: Rules = rules()): TeamTally {
  const found = teamOf(all, team);
  const seats = (found?.members ?? []).map(
    (member) =>
      votes.find((vote) => vote.member.login === member.login) ??
      seat(member.login, { lead: found?.lead?.login === member.login }),
  );
  return tally(seats, { team, title: found?.title ?? team });
}

export function motion(parts: Partial<Motion> = {}): Motion {
  return {
    number: 1,
    disposition: "merge",
    mover: person("ara4n", 101),
    from: provenance("command"),
    head: HEAD,
    needs: [{ team: "spec-core-team", threshold: { numerator: 3, denominator: 4 } }],
    decision: "spec change",
    ballots: [],
    fcp: null,
    end: null,
    ...parts,
  };
}

export function concern(number: number, parts: Partial<ConcernView> = {}): ConcernView {
  return {
    number,
    text: `The fallback of part ${number} is missing`,
    by: person("richvdh", 103),
    at: NOON,
    url: `${PULL_URL}#issuecomment-${100 + number}`,
    source: `comment:${100 + number}`,
    kind: "spoken",
    motion: 1,
    resolved: null,
    blocks: true,
    carriedOver: false,
    ...parts,
  };
}

export function resolved(number: number, parts: Partial<ConcernView> = {}): ConcernView {
  return concern(number, {
    resolved: { by: person("dbkr", 104), at: NOON, url: `${PULL_URL}#issuecomment-${200 + number}` },
    blocks: false,
    ...parts,
  });
}

export function register(parts: Partial<Register> = {}): Register {
  return {
    seq: 1,
    judgedUpTo: NOON,
    judged: [],
    motion: null,
    past: [],
    concerns: [],
    approvals: [],
    heads: [],
    pendingReplies: [],
    override: null,
    correction: null,
    takenAway: 0,
    recovery: null,
    lawful: null,
    ...parts,
  };
}

/** Without other orders: proposed to merge, no vote but the mover's, waiting for five more of the Spec Core Team. */
export function decision(parts: Partial<Decision> & { motion?: Motion | null } = {}): Decision {
  const { motion: last = motion(), ...rest } = parts;
  const concerns = rest.concerns ?? [];
  return {
    at: NOON,
    phase: "proposed",
    reason: {
      code: "awaiting_votes",
      teams: [{ title: "Spec Core Team", yes: 1, needed: 6, size: 8 }],
      concerns: [],
    },
    holds: [],
    tallies: [fullTally("spec-core-team", [voted("ara4n", { lead: true, from: provenance("motion") })])],
    concerns,
    register: register({ motion: last, concerns: concerns.map(plainConcern) }),
    lost: false,
    verdicts: [],
    check: "in_progress",
    after: null,
    contestedLabels: [],
    nextCheckAt: null,
    ...rest,
  };
}

const plainConcern = ({ blocks: _, carriedOver: __, ...concern }: ConcernView): Concern => concern;

export function context(parts: Partial<WordsContext> = {}): WordsContext {
  return {
    rules: rules(),
    repository: {
      owner: "matrix-org",
      name: "matrix-spec-proposals",
      id: 1,
      defaultBranch: "main",
      archived: false,
    },
    pull: {
      number: 3000,
      nodeId: "PR_1",
      title: "MSC3000: Something good",
      url: PULL_URL,
      state: "open",
      draft: false,
      locked: false,
      author: { type: "User", login: "alice", id: 900 },
      base: "main",
      head: HEAD,
      createdAt: NOON,
      description: null,
      closedAt: null,
      mergedAt: null,
    },
    mention: "msc-clerk",
    ...parts,
  };
}

export function owed(says: PendingReply["replies"], parts: Partial<PendingReply> = {}): PendingReply {
  return {
    key: "comment:7",
    utterance: "comment:7",
    url: `${PULL_URL}#issuecomment-7`,
    to: person("alice", 900),
    reactions: ["confused"],
    replies: says,
    ...parts,
  };
}
