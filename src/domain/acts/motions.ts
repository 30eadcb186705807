import { canAct, samePerson } from "../model/people.js";
import type { Ballot, Motion, MotionEnd, Obsolescence, Register } from "../model/register.js";
import type { Disposition } from "../model/rules.js";
import { isAuthor } from "./authors.js";
import { earlierApprovals, vote, withBallot } from "./ballots.js";
import { givenOn, UNKNOWN_HEAD } from "./heads.js";
import { withObsolete, withoutStanding } from "./life.js";
import {
  type ActContext,
  accepted,
  appliesToOf,
  ignored,
  mayAct,
  noMotion,
  provenance,
  type Ruling,
  refused,
  seatsHere,
  unseen,
} from "./ruling.js";

/** Ended motions kept in the register; their own status comments keep the rest. */
const PAST_MOTIONS = 5;

/** motion.open: by a member of a team that a motion made now needs. */
export function move(
  before: ActContext,
  disposition: Disposition,
  via: "command" | "label",
  source: string,
): Ruling {
  const open = before.phase === "proposed" || before.phase === "fcp";
  const context = open ? before : { ...before, needs: before.opens.needs };
  const { register, snapshot, person, phase, stage, commandText, appliesTo } = context;
  const { needs, decision, labels } = context.opens;
  if (phase === "out_of_scope") return ignored(context);
  if (!mayAct(context)) return refused(context, { code: "not_a_member", said: commandText });
  if (phase === "ended") return refused(context, { code: "ended", said: commandText });
  if (register.motion !== null && open) {
    const { disposition: standing, mover } = register.motion;
    // Two members often say it within the hour. A label put on again only restores it, and says nothing of the kind.
    if (phase === "proposed" && standing === disposition && via === "command" && !samePerson(mover, person)) {
      const yes = vote(context, "yes", null, via, source);
      const why = { code: "motion_joined", said: commandText, disposition, mover } as const;
      return yes.outcome === "refused" ? yes : { ...yes, why };
    }
    return refused(context, {
      code: "motion_open",
      said: commandText,
      disposition: standing,
      fcp: phase === "fcp",
    });
  }
  if (appliesTo !== null && disposition !== "merge")
    return refused(context, { code: "amendment_only_merges", said: commandText });
  if (stage.draft) return refused(context, { code: "draft", said: commandText });
  if (unseen(context)) return refused(context, { code: "amendment_unseen", said: commandText });
  const wanted = snapshot.repository.defaultBranch;
  if (stage.base !== wanted && !followedTo(wanted, context))
    return refused(context, { code: "wrong_base", said: commandText, base: stage.base, wanted });
  const given = givenOn(register, snapshot, context.act.at);
  // Approvals of before count for the present text, where nobody knows any more which one stood (memory.lost).
  const head = given.head === UNKNOWN_HEAD ? snapshot.pull.head : given.head;
  const from = provenance(context, via);
  const opened: Motion = {
    number: (register.motion?.number ?? 0) + 1,
    disposition,
    mover: person,
    from,
    head,
    needs,
    decision,
    ...(appliesTo === null ? { labels: labels() } : {}),
    ballots: disposition === "merge" ? earlierApprovals(context, head) : [],
    fcp: null,
    end: null,
  };
  const [team] = seatsHere(context);
  const yes: Ballot[] =
    team === undefined
      ? []
      : [
          {
            member: person,
            team,
            choice: "yes",
            from: { ...from, via: "motion" },
            ...given,
            source: "motion",
            ...appliesToOf(context, null),
          },
        ];
  return accepted({
    ...shelved(withoutStanding(register), context.act.at),
    motion: yes.reduce(withBallot, opened),
  });
}

/**
 * A default branch that is renamed takes its pull requests along. What was said before and is seen after it aimed at the default branch
 * of then, which has another name now: it shows as one change of the base since, from the one to the other.
 */
function followedTo(wanted: string, { snapshot, stage, act }: ActContext): boolean {
  const [next] = snapshot.events
    .filter((event) => event.kind === "base_changed" && event.at > act.at)
    .sort((a, b) => a.at - b.at);
  return (
    next?.kind === "base_changed" &&
    next.from === stage.base &&
    next.to === wanted &&
    snapshot.pull.base === wanted
  );
}

/** Puts the last motion, which has ended, among the past ones; a kept decision to merge is void once a new motion is open. */
export function shelved(register: Register, at: number): Register {
  const { motion } = register;
  // What waited to be seconded was not about the motion that comes.
  if (motion === null) return { ...register, override: null };
  const end: MotionEnd =
    motion.end?.kind === "concluded" ? { kind: "void", at } : (motion.end ?? { kind: "void", at });
  // Needs follow from the labels of a living motion only; what decided was announced, and decides nothing any more.
  const { labels: _, ...shelf } = motion;
  const fcp = shelf.fcp === null ? null : { ...shelf.fcp, decided: null };
  const past = [...register.past, { ...shelf, fcp, end }].slice(-PAST_MOTIONS);
  return { ...register, past, override: null };
}

export const ended = (register: Register, end: MotionEnd): Register =>
  register.motion === null ? register : { ...register, motion: { ...register.motion, end }, override: null };

/**
 * amend.own-word: a member stands behind an amendment, their own too, by saying so. The first to say it opens the motion to adopt it;
 * while one is open, it is that member's yes.
 */
export function propose(context: ActContext, source: string): Ruling {
  const { phase, commandText: said } = context;
  if (context.appliesTo === null)
    return refused(context, { code: mayAct(context) ? "no_amendment" : "not_a_member", said });
  return phase === "proposed" || phase === "fcp" || phase === "concluded"
    ? vote(context, "yes", null, "command", source)
    : move(context, "merge", "command", source);
}

/** motion.cancel, by command; proposal.superseded, where it says that the proposal is obsolete. */
export function cancel(context: ActContext, obsolete?: Obsolescence): Ruling {
  if (context.phase === "out_of_scope") return ignored(context);
  if (!mayAct(context)) return refused(context, { code: "not_a_member", said: context.commandText });
  const end = context.register.motion?.end;
  // Closing has cancelled it already: what was asked for is done.
  if (context.phase === "ended" && end?.kind === "cancelled" && end.how === "closed")
    return accepted(context.register);
  const why = noMotion(context);
  if (why !== null) return refused(context, why);
  const { person: by, act } = context;
  const off = ended(context.register, { kind: "cancelled", by, at: act.at, url: act.url, how: "command" });
  return accepted(obsolete === undefined ? off : withObsolete({ ...context, register: off }, obsolete));
}

/**
 * motion.cancel: closing the PR before FCP cancels too, by its author or by a member of a needed team. Anybody else's closing holds a
 * motion to merge and does nothing else (motion.hold), so that nobody can void a vote by closing for a moment.
 */
export function closed(context: ActContext): Ruling {
  const { phase, act, person: by } = context;
  if (phase !== "proposed" || !canAct(act.by) || !(isAuthor(context) || mayAct(context)))
    return ignored(context);
  return accepted(
    ended(context.register, { kind: "cancelled", by, at: act.at, url: act.url, how: "closed" }),
  );
}

/** motion.cancel: `withdraw`, for what the author could do by closing: before FCP, also where somebody else has closed it. */
export function withdraw(context: ActContext): Ruling {
  const { phase, act, person: by, commandText } = context;
  if (phase === "out_of_scope") return ignored(context);
  if (!isAuthor(context)) return refused(context, { code: "not_the_author", said: commandText });
  const why = noMotion(context);
  if (why !== null) return refused(context, why);
  if (phase === "fcp") return refused(context, { code: "withdrawn_in_fcp", said: commandText });
  return accepted(
    ended(context.register, { kind: "cancelled", by, at: act.at, url: act.url, how: "command" }),
  );
}

/** motion.merged: merged before its conclusion, it ends without a decision. */
export function merged(context: ActContext): Ruling {
  const { motion } = context.register;
  if (motion === null || motion.end !== null) return ignored(context);
  return accepted(ended(context.register, { kind: "merged_undecided", at: context.act.at }));
}
