import { actsOf } from "../../domain/acts/acts.js";
import { onRoster } from "../../domain/acts/roster.js";
import { decide } from "../../domain/decide.js";
import { statusSentence } from "../../domain/messages/statusSentence.js";
import type { ActVerdict, Decision, Phase } from "../../domain/model/decision.js";
import { type Account, isLegacyBot, sameLogin } from "../../domain/model/people.js";
import type { Register } from "../../domain/model/register.js";
import type { Rules } from "../../domain/model/rules.js";
import type { Snapshot, TimelineEvent, Utterance } from "../../domain/model/snapshot.js";
import type { Instant } from "../../domain/text/time.js";
import { type Tick, ticksOn } from "../draft/olderBot.js";
import { pastOf } from "./asOf.js";

/** What the clerk would have made of a proposal, had it been there from its first day. */
export interface Rerun {
  readonly kind: "rerun";
  /** As it would stand now. */
  readonly decision: Decision;
  /** What it would have said at each moment at which something happened, oldest first. */
  readonly moments: readonly RerunMoment[];
  /** Every act judged, in order. */
  readonly verdicts: readonly ActVerdict[];
  /** Ticks in the older bot's comment, by the id of the ballot that each is taken for. */
  readonly ticks: ReadonlyMap<string, Tick>;
}

export interface RerunMoment {
  readonly at: Instant;
  readonly phase: Phase;
  readonly sentence: string;
}

/** More happened than is gone through: nothing can be said of it. */
export interface TooMuch {
  readonly kind: "too_much";
  readonly moments: number;
}

/** A proposal of some years has a few hundred, which take two seconds; a thousand take ten. */
export const MOST_MOMENTS = 1000;

const NO_ONE: Account = { type: "Bot", login: "(no clerk)", id: 0 };

/**
 * Decides a proposal moment by moment, from its first day on and by the rules of today: what people said is judged as the clerk would have, a box
 * ticked in the older bot's comment is the vote of whoever ticked it, and where the clerk would have begun a Final Comment Period it has begun. What
 * the older bot itself did decides nothing. Pure.
 */
export function rerun(read: Snapshot, all: Rules, now: Instant): Rerun | TooMuch {
  const rules = withoutUntold(all);
  const ticks = ticksOn(read, rules);
  const start = withoutOlderBot(read, rules, ticks);
  const past = pastOf(start, rules);
  const latches: TimelineEvent[] = [];
  const moments: RerunMoment[] = [];
  const verdicts: ActVerdict[] = [];
  let register: Register | null = null;
  const look = (at: Instant): Decision => {
    const shown = at === now ? start : past(at);
    const decideOn = (): Decision =>
      decide({ ...shown, register, events: [...shown.events, ...latches] }, rules, at);
    let decision = decideOn();
    verdicts.push(...decision.verdicts);
    register = told(decision.register);
    if (begins(decision)) {
      latches.push(latch(at, rules, latches.length));
      decision = decideOn();
      register = told(decision.register);
    }
    moments.push({ at, phase: decision.phase, sentence: statusSentence(decision) });
    return decision;
  };
  const times = momentsOf(start, rules, now);
  if (times.length > MOST_MOMENTS) return { kind: "too_much", moments: times.length };
  let endsAt: Instant | null = null;
  for (const at of times) {
    if (endsAt !== null && endsAt < at) look(endsAt);
    endsAt = periodEnds(look(at), at);
  }
  if (endsAt !== null && endsAt < now) look(endsAt);
  const decision = look(now);
  return { kind: "rerun", decision, moments, verdicts, ticks: new Map(ticks.map((tick) => [tick.id, tick])) };
}

/** Which threads were open then, what other proposals had come to, how the form was: GitHub tells only of now. So gates but those of labels are left out. */
function withoutUntold({ gates = [], ...rules }: Rules): Rules {
  const told = gates.filter(({ kind }) => kind === "label");
  return told.length === 0 ? rules : { ...rules, gates: told };
}

/** What it would have said right before that moment. */
export const saidBefore = ({ moments }: Rerun, at: Instant): RerunMoment | null =>
  moments.findLast((moment) => moment.at < at) ?? null;

/** What it would have answered stood there at once. */
const told = (register: Register): Register => ({ ...register, pendingReplies: [] });

const begins = ({ phase, register: { motion } }: Decision): boolean =>
  phase === "proposed" && motion?.end === null && motion.fcp?.state === "decided";

function periodEnds({ register: { motion } }: Decision, at: Instant): Instant | null {
  const running = motion?.end === null && motion.fcp?.state === "running" ? motion.fcp : null;
  return running !== null && running.endsAt > at ? running.endsAt : null;
}

const latch = (at: Instant, { labels }: Rules, serial: number): TimelineEvent => ({
  kind: "labeled",
  label: labels.fcp,
  ...{ id: `latch-${serial}`, at, actor: NO_ONE, byClerk: true },
});

/** Every moment at which something happened that can matter. What people on no team say changes nothing, and anybody can say much. */
function momentsOf(start: Snapshot, rules: Rules, now: Instant): readonly Instant[] {
  const isTheirs = onRoster(rules);
  const times = [
    ...actsOf(start, rules, start.adoptedAt)
      .filter(({ by }) => isTheirs(by))
      .map(({ at }) => at),
    ...start.events.filter(({ kind }) => OF_THE_STAGE.has(kind)).map(({ at }) => at),
  ];
  return [...new Set(times)].filter((at) => at < now).sort((a, b) => a - b);
}

const OF_THE_STAGE: ReadonlySet<TimelineEvent["kind"]> = new Set([
  ...(["labeled", "unlabeled", "closed", "reopened", "merged"] as const),
  ...(["to_draft", "ready_for_review", "base_changed"] as const),
]);

/** As it would be with nobody but people there, from the first day on, and none of it judged yet. */
function withoutOlderBot(read: Snapshot, rules: Rules, ticks: readonly Tick[]): Snapshot {
  const { labels } = rules;
  const states = [
    ...[labels.proposed_fcp, labels.fcp, labels.finished_fcp, labels.rejected, labels.postponed],
    ...[labels.disposition_merge, labels.disposition_close, labels.disposition_postpone],
    labels.unresolved_concerns,
  ];
  const isState = (label: string | null): boolean =>
    label !== null && states.some((one) => sameLogin(one, label));
  const isBots = (event: TimelineEvent): boolean =>
    (event.kind === "labeled" || event.kind === "unlabeled") &&
    isState(event.label) &&
    (event.byClerk || (event.actor !== null && isLegacyBot(event.actor, rules)));
  const quiet = { thumbsUp: false, confused: false, eyes: false };
  return {
    ...read,
    clerk: { login: NO_ONE.login, id: 0 },
    adoptedAt: read.pull.createdAt,
    labels: read.labels.filter((label) => !isState(label)),
    events: read.events.filter((event) => !isBots(event)),
    utterances: [
      ...read.utterances.map((one) => ({ ...one, reactions: quiet })),
      ...ticks.flatMap((tick) => asVote(tick, rules)),
    ],
    ...{ ownComments: [], legacyComments: [], check: null, register: null, registerFrom: "store" },
    carriers: { comment: null, check: null, newest: null, newestRun: null, erased: 0 },
    ...{ siblings: [], siblingsCutOff: false, unkept: false, published: [] },
    ...{ lawfulRules: null, unlawful: null, lawful: null, lawfulLost: null, amendment: null },
  };
}

/** One's own box is a vote, as in the clerk's comment; another's is none (ballot.tick). */
function asVote({ by, login, ticked, at, comment, id }: Tick, { mentions }: Rules): readonly Utterance[] {
  const [mention] = mentions;
  if (!sameLogin(by.login, login) || mention === undefined) return [];
  return [
    {
      ...{ id, nodeId: id, kind: "comment", url: comment.url, author: by, byClerk: false, createdAt: at },
      revisions: [{ editor: by, at, lines: [`@${mention} ${ticked ? "reviewed" : "retract"}`] }],
      reactions: { thumbsUp: false, confused: false, eyes: false },
      review: null,
    },
  ];
}
