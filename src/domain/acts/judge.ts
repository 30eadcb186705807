import { tickItems } from "../gates/checklist.js";
import { markLabel } from "../gates/labels.js";
import type { ActVerdict } from "../model/decision.js";
import { canAct, isMember, type PersonRef, personOf, sameLogin } from "../model/people.js";
import type { Register, Reply } from "../model/register.js";
import type { Rules } from "../model/rules.js";
import type { Snapshot } from "../model/snapshot.js";
import type { Instant } from "../text/time.js";
import type { Act } from "./act.js";
import { actsOf } from "./acts.js";
import { approve, dismissOwn, vote, withdrawYes } from "./ballots.js";
import { isHeardOutOfScope, ruleOnKnown, whoseIs } from "./commands.js";
import { requestChanges, resolveChangesOf, resolveNumber, reword } from "./concerns.js";
import { withHead } from "./heads.js";
import { concludedBefore, latch } from "./latch.js";
import { memoryOf, remembering, rosterKeys } from "./memory.js";
import { closed, merged, move } from "./motions.js";
import { isOnRoster } from "./needs.js";
import { answering, toldAsOutsider } from "./pendingReplies.js";
import { phaseOf } from "./phase.js";
import { addLabel, asks, type Ratchet, voices } from "./ratchet.js";
import {
  type ActContext,
  type AppliesTo,
  accepted,
  ignored,
  mayAct,
  type Ruling,
  refused,
} from "./ruling.js";
import { saidBy } from "./saidBy.js";
import { isByRule } from "./scope.js";
import { takenBack } from "./seconding.js";
import { asReopened, stages } from "./stage.js";
import { labelEvents, utteranceOf } from "./timelineIndex.js";

/** How much of what was understood goes into answers and the register, in UTF-16 units. */
const SAID_LIMIT = 300;

/** What motions are judged by: a proposal's decision rules, or what an amendment's changes need. */
export interface JudgingRules extends Ratchet {
  /** Amendments only. */
  readonly appliesTo: AppliesTo | null;
}

export interface Judged {
  readonly register: Register;
  readonly verdicts: readonly ActVerdict[];
}

/**
 * act.once: judges every act not judged before, in GitHub's order of time, each by the present roster and by the phase and stage
 * of its own moment. What comes out does not depend on the order or the repetition of what GitHub lists.
 */
export function judge(
  start: Register,
  snapshot: Snapshot,
  rules: Rules,
  frame: JudgingRules,
  now: Instant,
): Judged {
  const since = adoption(start, snapshot, rules);
  const memory = memoryOf(start);
  const stageAt = stages(snapshot, rules);
  const remembered = remembering(start, rosterKeys(rules));
  const replies = answering(start, snapshot);
  const byRule = isByRule(rules) && frame.appliesTo === null;
  let register = withHead(start, snapshot, now);
  const verdicts: ActVerdict[] = [];
  for (const act of actsOf(snapshot, rules, snapshot.adoptedAt, memory)) {
    // reply.scope: what is no act yet is answered all the same, where it was said to the clerk.
    const adopted = since !== null && act.at >= since;
    // What a label says of the proposal it had said before it was one. Until then, and of an amendment, it is found as it stands (`gates/labels.ts`).
    const marks = act.kind === "gate_label";
    if (marks ? since === null || frame.appliesTo !== null : !adopted && !isSaid(act)) continue;
    if (memory.holds(act)) continue;
    const silent = act.kind === "review" || act.kind === "dismissal";
    const stage = silent ? asReopened(stageAt(act.at), act.at, snapshot) : stageAt(act.at);
    const phase = adopted ? phaseOf(register, stage, rules, snapshot.events) : "out_of_scope";
    const outside = phase === "out_of_scope" && byRule;
    const never = outside && register.scope?.been !== true;
    const opens = frame.opening(act.at);
    const person: PersonRef = act.by === null ? { login: "ghost", id: null } : personOf(act.by);
    const context: ActContext = {
      snapshot,
      rules,
      register,
      phase,
      stage,
      adopted: adopted && !never,
      needs: voices(register.motion, opens, frame),
      opens,
      appliesTo: frame.appliesTo,
      person,
      act,
      commandText: saidBy(act).slice(0, SAID_LIMIT),
      acceptedBefore: acceptedBefore(act, snapshot),
    };
    if (marks && never) continue;
    const ruling = never && !isSaid(act) ? ignored(context) : ruleOn(context);
    // Out of scope nothing is written down either: the stage of that time is in GitHub's own timeline, where it hangs on a label. Nor is
    // the clerk's own label when it starts nothing.
    const passing = act.kind === "latch" || (act.kind === "asking_label" && !asks(register.motion, act.at));
    const waiting = silent && phase === "ended" && !stage.merged && isOnRoster(rules, person);
    const untold = phase === "out_of_scope" && !outside;
    if (ruling.outcome === "ignored" && !marks && (untold || passing || waiting)) continue;
    register = ruling.register;
    replies.add(context, ruling);
    remembered.add(act);
    const { outcome, why } = ruling;
    verdicts.push({
      key: act.key,
      at: act.at,
      by: act.by && person,
      said: context.commandText,
      url: act.url,
      outcome,
      why,
    });
  }
  return { register: remembered.into(replies.into(register)), verdicts };
}

/** reply.scope: said to the clerk, so it is answered wherever it stands. */
const isSaid = ({ kind }: Act): boolean => kind === "command" || kind === "reword" || kind === "description";

/** act.adoption: from when on what people do on this PR is an act; null while it has never been a proposal. */
function adoption(start: Register, snapshot: Snapshot, rules: Rules): Instant | null {
  if (snapshot.amendment) return Math.max(snapshot.adoptedAt, snapshot.pull.createdAt);
  const { scope } = start;
  if (isByRule(rules) && scope !== undefined) return Math.max(snapshot.adoptedAt, scope.since);
  const labelled = labelEvents(snapshot.events, rules.labels.proposal)
    .filter((event) => event.kind === "labeled")
    .map((event) => event.at);
  const carries = snapshot.labels.some((label) => sameLogin(label, rules.labels.proposal));
  const motion = start.past[0] ?? start.motion;
  const known = [
    ...labelled,
    ...(scope?.been === true ? [scope.since] : []),
    ...start.concerns.map(({ at }) => at),
    ...(motion === null ? [] : [motion.from.at]),
  ];
  if (known.length === 0 && !carries) return null;
  // GitHub forgets the events of a label that is deleted from the repository; a motion or a concern shows that it was a proposal.
  const first = known.length === 0 ? snapshot.pull.createdAt : Math.min(...known);
  return Math.max(snapshot.adoptedAt, first);
}

function ruleOn(context: ActContext): Ruling {
  const { act } = context;
  if (act.kind === "closed") return closed(context);
  if (act.kind === "merged") return merged(context);
  if (act.kind === "latch") return latch(context, act.at);
  if (act.kind === "concluded") return concludedBefore(context, act.motion, act.at);
  if (act.kind === "asking_label") return addLabel(context, act.label, act.byClerk);
  if (act.kind === "gate_label") return markLabel(context, act.label, act.stands, act.byClerk);
  if (!canAct(act.by)) return notAPerson(context);
  switch (act.kind) {
    case "command":
      return command(context, act);
    case "reword":
      if (isOutOfReach(context)) return refused(context, notAProposal(context));
      return reword(context, act.from, act.to, act.utterance.id);
    case "description":
      return context.stage.closed
        ? ignored(context)
        : refused(context, { code: "in_description", said: context.commandText });
    case "unsaid":
      return takenBack(context, act.command);
    case "review":
      return review(context, act);
    case "dismissal":
      return dismissal(context, act.review, act.byItself);
    case "disposition_label":
      return move(context, act.disposition, "label", act.key);
    case "ballot_label":
      return vote(context, act.choice, null, "label", act.key);
    case "ticks":
      return ticks(context, act);
    case "checklist_ticks":
      return tickItems(context, act.motion, act.changes);
  }
}

/** act.identity: bots, deleted and placeholder accounts never act. A label they set is taken off like anyone's. */
function notAPerson(context: ActContext): Ruling {
  const { act } = context;
  if (act.kind !== "disposition_label" && act.kind !== "ballot_label") return ignored(context);
  if (context.phase === "out_of_scope") return ignored(context);
  return refused(context, { code: "label_by_outsider", label: act.label });
}

function command(context: ActContext, act: Act & { kind: "command" }): Ruling {
  const heard = isHeardOutOfScope(act.command) && !isOutOfReach(context);
  if (context.phase === "out_of_scope" && whoseIs(act.command) !== "anyone" && !heard)
    return refused(context, notAProposal(context));
  const ruling = ruleOnCommand(context, act);
  return ruling.outcome !== "refused" && refusedBefore(context, act) ? ignored(context) : ruling;
}

/** proposal.scope: out of scope a member's concern is heard once it has been a proposal, and nothing else. */
const isOutOfReach = (context: ActContext): boolean =>
  context.phase === "out_of_scope" && !(context.adopted && mayAct(context));

/** reply.scope: whatever was said, the answer is what makes a pull request a proposal. */
const notAProposal = ({ commandText: said, snapshot, rules }: ActContext): Reply => ({
  code: "no_proposal",
  said,
  placeholder: snapshot.labels.some((label) => sameLogin(label, rules.labels.placeholder)),
});

/**
 * With the register lost the clerk's own 👍 shows what was accepted, whoever sits in the team now. It stands on the whole
 * comment, so it speaks for the words as created only: what was added in an edit may be later than the reaction. With a 😕 beside it
 * something in the comment was refused, and nobody can tell what.
 */
const acceptedBefore = (act: Act, { register }: Snapshot): boolean =>
  register === null &&
  act.kind === "command" &&
  act.utterance.reactions.thumbsUp &&
  !act.utterance.reactions.confused &&
  act.at === act.utterance.createdAt;

/** With the register lost, a 😕 and the reply to an outsider show that its author had no voice then. */
function refusedBefore(context: ActContext, { utterance, command }: Act & { kind: "command" }): boolean {
  if (whoseIs(command) === "anyone") return false;
  const { confused, thumbsUp } = utterance.reactions;
  return context.snapshot.register === null && confused && !thumbsUp && toldAsOutsider(context);
}

function ruleOnCommand(context: ActContext, { command, utterance }: Act & { kind: "command" }): Ruling {
  if (command.verb !== "unknown") return ruleOnKnown(context, command, utterance.id);
  const { commandText: said } = context;
  return mayAct(context)
    ? refused(context, { code: "unknown_command", said, nearest: command.nearest })
    : refused(context, { code: "not_a_member", said });
}

function review(context: ActContext, act: Act & { kind: "review" }): Ruling {
  const { utterance } = act;
  if (act.submitted === "approved") {
    const ruling = approve(context, utterance.review?.commit ?? null, utterance.id);
    return ruling.outcome === "ignored"
      ? ruling
      : { ...ruling, register: resolveChangesOf({ ...context, register: ruling.register }) };
  }
  if (!mayAct(context) || context.phase === "ended") return ignored(context);
  const register = withdrawYes(context, utterance.id);
  return accepted(
    context.rules.reviews.changesRequested === "ignore"
      ? register
      : requestChanges({ ...context, register }, utterance.id),
  );
}

/** ballot.review.changes: only the reviewer retracts by dismissing; requested changes also end when a member dismisses them. */
function dismissal(context: ActContext, review: string, byItself: boolean): Ruling {
  if (byItself || context.phase === "ended") return ignored(context);
  const { register, snapshot, person, act } = context;
  const dismissed = utteranceOf(snapshot, review);
  if (dismissed?.review?.submitted === "approved" && act.by !== null && dismissed.author !== null) {
    const own = isMember(personOf(dismissed.author), person);
    return own ? accepted(dismissOwn(context, review)) : ignored(context);
  }
  const concern = register.concerns.find((one) => one.source === review && one.resolved === null);
  if (concern === undefined || concern.kind !== "changes_requested" || !mayAct(context))
    return ignored(context);
  return accepted(resolveNumber(register, concern.number, { by: person, at: act.at, url: act.url }));
}

/** ballot.tick: one's own boxes are votes, one a box; a box changed for somebody else is put back, with one reply. */
function ticks(context: ActContext, act: Act & { kind: "ticks" }): Ruling {
  const { register, rules, person } = context;
  if (register.motion?.number !== act.motion || register.motion.end !== null) return ignored(context);
  const memberOf = (box: { team: string; login: string }) =>
    rules.teams
      .find((team) => team.slug === box.team)
      ?.members.find((member) => sameLogin(member.login, box.login) && isMember(member, person));
  const others = act.changes.filter((box) => memberOf(box) === undefined).map((box) => box.login);
  let ruling: Ruling = accepted(register);
  let why: Reply | null = null;
  for (const box of act.changes.filter((each) => memberOf(each) !== undefined)) {
    const next = vote(
      { ...context, register: ruling.register },
      box.ticked ? "yes" : "retract",
      box.team,
      "tick",
      act.key,
    );
    if (next.outcome === "refused") why = next.why;
    else ruling = next;
  }
  // amend.rules: their own box too is ticked for what the clerk has seen, and they are told where it was for none of it.
  if (others.length === 0 && why !== null) return { register: ruling.register, outcome: "refused", why };
  return others.length === 0
    ? ruling
    : {
        register: ruling.register,
        outcome: "refused",
        why: { code: "box_of_another", boxes: [...new Set(others)] },
      };
}
