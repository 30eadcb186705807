import { labelHistory } from "../../domain/acts/stage.js";
import { labelEvents } from "../../domain/acts/timelineIndex.js";
import { decide } from "../../domain/decide.js";
import type { Decision } from "../../domain/model/decision.js";
import { emptyRegister } from "../../domain/model/emptyRegister.js";
import type { Gate, GateFacts } from "../../domain/model/gates.js";
import type { PublicRecord } from "../../domain/model/publicRecord.js";
import type { Register, SeenHead } from "../../domain/model/register.js";
import type { Rules } from "../../domain/model/rules.js";
import type { AmendmentFacts, Snapshot } from "../../domain/model/snapshot.js";
import type { Instant } from "../../domain/text/time.js";
import type { Thread } from "./facts.js";

/** The config in force at a moment, and the commit it stands at. */
export interface InForce {
  readonly rules: Rules;
  readonly commit: string;
}

export interface ReplayParts {
  readonly thread: Thread;
  readonly record: PublicRecord;
  readonly inForce: (at: Instant) => InForce;
  /** The last lawful rules, where those in force were not; else null. */
  readonly lawfulRules: Rules | null;
  /** Of an amendment: the rules it makes. null: it is none. */
  readonly made: Rules | null;
}

export interface Replayed {
  readonly decision: Decision;
  readonly snapshot: Snapshot;
  readonly rules: Rules;
}

/**
 * What the clerk's own rules come to, with nothing of its memory but when it first saw each head: it is let look at the thread as it was at
 * each moment at which something happened, until `until`, one after the other.
 */
export function replayUntil(parts: ReplayParts, until: Instant): Replayed {
  let register: Register = { ...emptyRegister, heads: [] };
  let last = look(parts, register, until, until);
  for (const at of momentsOf(parts.thread, parts.record, until)) {
    last = look(parts, register, at, until);
    ({ register } = last.decision);
  }
  return last;
}

function look(parts: ReplayParts, register: Register, at: Instant, until: Instant): Replayed {
  const inForce = parts.inForce(at);
  const { rules } = inForce;
  const snapshot = threadAsOf(parts, register, at, inForce);
  return { decision: decide(snapshot, rules, at >= until ? until : at), snapshot, rules };
}

/** When something happened, and the moments that the record itself tells of. */
function momentsOf(
  { utterances, events, ownComments }: Thread,
  record: PublicRecord,
  until: Instant,
): readonly Instant[] {
  const told = [record.at, ...record.heads.map(({ at }) => at), ...record.teams.map(({ at }) => at)].map(
    Date.parse,
  );
  const all = [
    ...told,
    ...utterances.flatMap(({ createdAt, revisions }) => [createdAt, ...revisions.map(({ at }) => at)]),
    ...events.map(({ at }) => at),
    ...ownComments.flatMap(({ createdAt, revisions }) => [createdAt, ...revisions.map(({ at }) => at)]),
    until,
  ];
  return [...new Set(all)].filter((at) => at <= until).sort((a, b) => a - b);
}

/** The thread as GitHub showed it then, as far as it tells. */
export function threadAsOf(
  { thread, record, lawfulRules, made }: Omit<ReplayParts, "inForce">,
  register: Register,
  at: Instant,
  { rules, commit: rosterCommit }: InForce,
): Snapshot {
  const by = <T extends { readonly at: Instant }>(list: readonly T[]) => list.filter((one) => one.at <= at);
  const events = by(thread.events);
  const names = new Set([
    ...thread.labels,
    ...thread.events.flatMap((one) => ("label" in one ? (one.label ?? []) : [])),
  ]);
  const utterances = thread.utterances
    .filter(({ createdAt }) => createdAt <= at)
    .map((one) => ({ ...one, revisions: by(one.revisions), reactions: NONE }));
  const ownComments = thread.ownComments
    .filter(({ createdAt }) => createdAt <= at)
    .map((one) => ({ ...one, seq: null, revisions: by(one.revisions) }));
  const closings = events.filter(({ kind }) => kind === "closed" || kind === "reopened" || kind === "merged");
  const closing = closings.at(-1);
  const merged = events.findLast(({ kind }) => kind === "merged") ?? null;
  const closed = closing !== undefined && closing.kind !== "reopened";
  const drafts = thread.events.filter(({ kind }) => kind === "to_draft" || kind === "ready_for_review");
  const bases = thread.events.flatMap((one) => (one.kind === "base_changed" ? [one] : []));
  const heads = record.heads.map(
    ({ commit, text, at: seen }): SeenHead => ({ commit, text, at: Date.parse(seen) }),
  );
  const head = heads.findLast((one) => one.at <= at) ?? heads[0];
  const texts = [...heads, ...thread.texts].flatMap(({ commit, text }) =>
    text === null ? [] : [{ commit, text }],
  );
  return {
    ...thread,
    pull: {
      ...thread.pull,
      state: merged !== null ? "merged" : closed ? "closed" : "open",
      mergedAt: merged?.at ?? null,
      closedAt: closed ? (closing?.at ?? null) : null,
      draft: stateAt(drafts, at, "to_draft", thread.pull.draft),
      base: bases.findLast((one) => one.at <= at)?.to ?? bases[0]?.from ?? thread.pull.base,
      head: head?.commit ?? thread.pull.head,
    },
    labels: [...names].filter((name) => hasStood(thread, name) && labelHistory(thread, name)(at)),
    events,
    utterances,
    ownComments,
    legacyComments: thread.legacyComments.filter(({ createdAt }) => createdAt <= at),
    texts,
    register,
    registerFrom: "store",
    carriers: { comment: null, check: null, newest: null, newestRun: null, erased: 0 },
    rosterCommit,
    check: null,
    siblings: [],
    siblingsCutOff: false,
    unkept: false,
    lawfulRules,
    gates: gatesAsOf(record, rules, at),
    unlawful: null,
    lawful: null,
    lawfulLost: null,
    published: [],
    amendment: made === null ? null : amends(made),
  };
}

/**
 * gate.begin, gate.end: which threads were open, what other proposals had come to, and what stood in a file or a description, no thread tells
 * afterwards. That is the clerk's word: met from the moment on before which its record says that it was.
 */
function gatesAsOf(record: PublicRecord, rules: Rules, at: Instant): GateFacts {
  const met = (kind: Gate["kind"]): boolean => {
    const gate = rules.gates?.find((one) => one.kind === kind);
    const told = record.gates?.find((one) => one.gate === gate?.name && one.state === "met");
    return told === undefined ? gate?.before === "merge" : at >= Date.parse(told.at);
  };
  return {
    threads: met("review_threads") ? [] : null,
    dependencies: met("dependencies") ? { named: [], known: [] } : null,
    told: (["checklist", "implementation", "form"] as const).filter(met),
  };
}

const NONE = { thumbsUp: false, confused: false, eyes: false };

const hasStood = (thread: Thread, name: string): boolean =>
  thread.labels.includes(name) || labelEvents(thread.events, name).length > 0;

function stateAt(events: Thread["events"], at: Instant, on: string, now: boolean): boolean {
  const last = events.findLast((one) => one.at <= at);
  if (last !== undefined) return last.kind === on;
  const [first] = events;
  return first === undefined ? now : first.kind !== on;
}

/** What an amendment was, as far as it can still be told: brought up to date, and saying why. */
function amends(made: Rules): AmendmentFacts {
  const members = made.teams.flatMap((team) => team.members);
  return {
    head: { kind: "valid", rules: made },
    upToDate: true,
    forkedFrom: null,
    accounts: members.flatMap(({ login, id }) => (id === null ? [] : [{ login: login.toLowerCase(), id }])),
    tooManySeats: null,
    statesWhy: true,
    quiet: [],
    landedOtherwise: false,
    openMotions: [],
  };
}
