import { gateIn, isGateNamed, waiversNow, withWaivers } from "../gates/waivers.js";
import type { Command } from "../model/command.js";
import { samePerson } from "../model/people.js";
import type {
  Correction,
  Motion,
  MotionEnd,
  Override,
  Register,
  Reply,
  Second,
  Secondable,
  Waiver,
} from "../model/register.js";
import { type Need, teamOf } from "../model/rules.js";
import { headAt, UNKNOWN_HEAD } from "./heads.js";
import { ended, shelved } from "./motions.js";
import { seatsOf } from "./needs.js";
import {
  type ActContext,
  accepted,
  ignored,
  isLead,
  mayAct,
  noMotion,
  type Ruling,
  refused,
  replyKey,
} from "./ruling.js";

/*
 * What the lead says and others second (override.second): a decision taken elsewhere, and that a record of the clerk's is wrong. Nothing
 * happens until another member of every needed team has seconded it, each after the clerk had answered the very words.
 */

/** override.second: a decision taken elsewhere, about the open motion, or without one to merge the text as the clerk has seen it. */
export function override(
  before: ActContext,
  outcome: Override["outcome"],
  reason: string,
  source: string,
): Ruling {
  const context = overridden(before);
  const { register, snapshot, stage, person: by, act, commandText: said } = context;
  if (context.phase === "out_of_scope") return ignored(context);
  if (!mayAct(context)) return refused(context, { code: "not_a_member", said });
  if (!isLead(context)) return refused(context, { code: "not_the_lead", said });
  const unmoved = outcome === "finished" && opensOne(context);
  const why = unmoved ? null : noMotion(context);
  if (why !== null) return refused(context, why);
  if (reason === "") return refused(context, { code: "needs_text", said });
  const wanted = snapshot.repository.defaultBranch;
  if (unmoved && stage.base !== wanted)
    return refused(context, { code: "wrong_base", said, base: stage.base, wanted });
  const head = headAt(register, snapshot, act.at);
  const word = { reason, by, at: act.at, url: act.url, source, seconds: [] };
  return {
    register: { ...register, override: { ...word, outcome, head } },
    outcome: "accepted",
    why: {
      code: "override_recorded",
      said,
      outcome,
      head: unmoved ? head : null,
      teams: titlesOf(context.needs, context),
    },
  };
}

/** Where nothing is proposed, an override is one to merge. An amendment is adopted by its votes, and by nothing else. */
const opensOne = ({ phase, appliesTo }: ActContext): boolean =>
  (phase === "draft" || phase === "in_review") && appliesTo === null;

/** By the needs of the open motion, or those of one to merge that would be opened now. */
const overridden = (context: ActContext): ActContext =>
  opensOne(context) ? { ...context, needs: context.opens.needs } : context;

/** record.signed: where the clerk was wrong. Which record: the number of its motion, which the clerk gives it in its texts. */
export function correct(before: ActContext, record: number | null, reason: string, source: string): Ruling {
  const { register, person: by, act, commandText: said } = before;
  const motion = recorded(register).find(({ number }) => number === record);
  const context = motion === undefined ? before : { ...before, needs: motion.needs };
  if (!mayAct(context)) return refused(context, { code: "not_a_member", said });
  if (!isLead(context)) return refused(context, { code: "not_the_lead", said });
  if (motion === undefined) {
    const records = recorded(register).map(({ number }) => number);
    return refused(context, { code: "no_such_record", said, records });
  }
  if (reason === "") return refused(context, { code: "needs_text", said });
  const correction = {
    ...{ reason, by, at: act.at, url: act.url, source, seconds: [] },
    record: motion.number,
  };
  return {
    register: { ...register, correction },
    outcome: "accepted",
    why: { code: "correction_recorded", said, record: motion.number, teams: titlesOf(motion.needs, context) },
  };
}

/** Motions that have ended, the oldest first: what the clerk has recorded of them stands in its comments. */
const recorded = ({ past, motion }: Register): readonly Motion[] =>
  [...past, ...(motion === null ? [] : [motion])].filter(({ end }) => end !== null);

/** The author took it out of their own words: nobody seconds what is not said any more. */
export function takenBack(context: ActContext, command: Command): Ruling {
  const { register, act } = context;
  const { override: waiting, correction } = register;
  const isOwn = (word: Override | Correction | Waiver) =>
    act.kind === "unsaid" && word.source === act.utterance.id && word.at <= act.at;
  if (
    command.verb === "override" &&
    waiting !== null &&
    isOwn(waiting) &&
    waiting.reason === command.reason &&
    waiting.outcome === command.outcome
  )
    return accepted({ ...register, override: null });
  if (
    command.verb === "correct" &&
    correction !== null &&
    isOwn(correction) &&
    correction.reason === command.reason &&
    correction.record === command.record
  )
    return accepted({ ...register, correction: null });
  if (command.verb === "waive") {
    const left = waiversNow(register).filter(
      (one) =>
        !(one.granted === null && isOwn(one) && gateIn(command.what, [one.gate])?.reason === one.reason),
    );
    if (left.length < waiversNow(register).length) return accepted(withWaivers(register, left));
  }
  return ignored(context);
}

/** Something that waits to be seconded, judged by the teams it needs. */
interface Waiting {
  readonly what: Secondable;
  readonly word: Override | Correction | Waiver;
  /** A member of each of these teams has to second it. */
  readonly needs: readonly Need[];
  readonly done: (seconds: readonly Second[]) => Register;
  readonly noted: (seconds: readonly Second[]) => Register;
}

/** override.second, gate.waive: `second`, of what waits; where several things wait, of the one it names. */
export function second(context: ActContext, what: Secondable | null, gate: string): Ruling {
  const { person, commandText: said } = context;
  const waiting = waitingIn(context);
  const by = (needs: readonly Need[]): ActContext => ({ ...context, needs });
  if (!mayAct(context) && !waiting.some(({ needs }) => mayAct(by(needs))))
    return context.phase === "out_of_scope"
      ? ignored(context)
      : refused(context, { code: "not_a_member", said });
  const meant = waiting.filter(
    (one) =>
      (what === null || one.what === what) &&
      (gate === "" || ("gate" in one.word && isGateNamed(gate, one.word.gate))),
  );
  const [only] = meant;
  if (only === undefined) return refused(context, nothingToSecond(context));
  if (meant.length > 1)
    return refused(context, {
      ...{ code: "second_which", said },
      waiting: meant.map(({ word, what: kind }) => ("gate" in word ? `waive ${word.gate}` : kind)),
    });
  if (!mayAct(by(only.needs))) return refused(context, { code: "not_a_member", said });
  if (samePerson(only.word.by, person)) return refused(context, { code: "second_yourself", said });
  if (!isAnswered(context, only.word)) return refused(context, { code: "second_too_early", said });
  return seconded(context, only);
}

function nothingToSecond({ phase, commandText: said }: ActContext): Reply {
  return phase === "ended" ? { code: "ended", said } : { code: "nothing_to_second", said };
}

/** Has the clerk answered it before this was said? Words brought in by an edit have an answer of their own. */
const isAnswered = ({ snapshot, act }: ActContext, { source, at }: Override | Correction | Waiver): boolean =>
  snapshot.ownComments.some(
    ({ marker, createdAt }) =>
      marker.kind === "reply" && marker.key === replyKey(source, at) && createdAt < act.at,
  );

function seconded(context: ActContext, { word, needs, done, noted }: Waiting): Ruling {
  const { rules, person, act, commandText: said } = context;
  // Who sits in several needed teams seconds for each of them: all that is asked is another member of every one.
  const teams = rules.teams.map(({ slug }) => slug);
  const own: Second = {
    ...{ member: person, at: act.at, url: act.url },
    teams: seatsOf(
      rules,
      teams.map((team) => ({ team, threshold: ALL })),
      person,
    ),
  };
  const seconds = [...word.seconds.filter(({ member }) => !samePerson(member, person)), own];
  const lacking = needs.filter(({ team }) => !seconds.some((one) => one.teams.includes(team)));
  if (lacking.length === 0) return accepted(done(seconds));
  return {
    register: noted(seconds),
    outcome: "accepted",
    why: { code: "second_recorded", said, teams: titlesOf(lacking, context) },
  };
}

const titlesOf = (needs: readonly Need[], { rules }: ActContext): readonly string[] =>
  needs.map(({ team }) => teamOf(rules, team)?.title ?? team);

const ALL = { numerator: 1, denominator: 1 } as const;

function waitingIn(before: ActContext): readonly Waiting[] {
  const context = overridden(before);
  const { register, snapshot, act } = context;
  const { override: waiting, correction } = register;
  const found: Waiting[] = [];
  if (
    waiting !== null &&
    context.phase !== "out_of_scope" &&
    (opensOne(context) || noMotion(context) === null)
  )
    found.push({
      ...{ what: "override", word: waiting, needs: context.needs },
      noted: (seconds) => ({ ...register, override: { ...waiting, seconds } }),
      done: (seconds) =>
        byOverride(context, {
          ...{ kind: "overridden", at: act.at, override: { ...waiting, seconds } },
          rosterCommit: snapshot.rosterCommit,
        }),
    });
  if (context.phase !== "out_of_scope" && context.phase !== "ended" && context.appliesTo === null)
    found.push(...waivers(context));
  const motion = recorded(register).find(({ number }) => number === correction?.record);
  if (correction !== null && motion !== undefined)
    found.push({
      ...{ what: "correction", word: correction, needs: motion.needs },
      noted: (seconds) => ({ ...register, correction: { ...correction, seconds } }),
      done: (seconds) => corrected(register, { ...correction, seconds }),
    });
  return found;
}

/** gate.waive: another member's word will do, of whichever needed team. */
function waivers({ register, rules, needs, person, act }: ActContext): readonly Waiting[] {
  const all = waiversNow(register);
  const own = needs.filter(({ team }) => seatsOf(rules, needs, person).includes(team));
  return all
    .filter(({ granted }) => granted === null)
    .map((word) => ({
      ...{ what: "waiver", word, needs: own.slice(0, 1) },
      noted: () => register,
      done: (seconds) =>
        withWaivers(
          register,
          all.map((one) => (one === word ? { ...word, seconds, granted: act.at } : one)),
        ),
    }));
}

/** The motion ends; without one, the override is a motion of its own, to merge, that has ended. */
function byOverride({ register, opens }: ActContext, end: MotionEnd & { kind: "overridden" }): Register {
  const { motion } = register;
  if (motion !== null && motion.end === null) return ended(register, end);
  const { by, at, url, head } = end.override;
  const unmoved: Motion = {
    number: (motion?.number ?? 0) + 1,
    disposition: "merge",
    mover: by,
    from: { via: "override", url, at },
    head: head ?? UNKNOWN_HEAD,
    needs: opens.needs,
    decision: opens.decision,
    ballots: [],
    fcp: null,
    end,
  };
  return { ...shelved(register, end.at), motion: unmoved };
}

/** The record stays as it was, and is marked. */
function corrected(register: Register, correction: Correction): Register {
  const mark = (motion: Motion): Motion =>
    motion.number === correction.record ? { ...motion, corrected: correction } : motion;
  const { motion, past } = register;
  return {
    ...register,
    correction: null,
    past: past.map(mark),
    motion: motion === null ? null : mark(motion),
  };
}
