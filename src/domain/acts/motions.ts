import { canAct, personOf, samePerson } from "../model/people.js";
import type { Ballot, Motion, MotionEnd, Register } from "../model/register.js";
import type { Disposition } from "../model/rules.js";
import { earlierApprovals, vote, withBallot } from "./ballots.js";
import {
  accepted,
  type Bench,
  coversOf,
  ignored,
  isLead,
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
export function move(before: Bench, disposition: Disposition, via: "command" | "label"): Ruling {
  const open = before.phase === "proposed" || before.phase === "fcp";
  const bench = open ? before : { ...before, needs: before.opens.needs };
  const { register, snapshot, person, phase, stage, said, covers } = bench;
  const { needs, decision, labels } = bench.opens;
  if (phase === "out_of_scope") return ignored(bench);
  if (!mayAct(bench)) return refused(bench, { code: "not_a_member", said });
  if (phase === "ended") return refused(bench, { code: "ended", said });
  if (register.motion !== null && open) {
    const { disposition: standing } = register.motion;
    return refused(bench, { code: "motion_open", said, disposition: standing, fcp: phase === "fcp" });
  }
  if (covers !== null && disposition !== "merge")
    return refused(bench, { code: "amendment_only_merges", said });
  if (stage.draft) return refused(bench, { code: "draft", said });
  if (unseen(bench)) return refused(bench, { code: "amendment_unseen", said });
  const wanted = snapshot.repository.defaultBranch;
  if (stage.base !== wanted) return refused(bench, { code: "wrong_base", said, base: stage.base, wanted });
  const head = snapshot.pull.head;
  const from = provenance(bench, via);
  const opened: Motion = {
    number: (register.motion?.number ?? 0) + 1,
    disposition,
    mover: person,
    from,
    head,
    needs,
    decision,
    ...(covers === null ? { labels } : {}),
    ballots: disposition === "merge" ? earlierApprovals(bench, head) : [],
    fcp: null,
    end: null,
  };
  const [team] = seatsHere(bench);
  const yes: Ballot[] =
    team === undefined
      ? []
      : [
          {
            member: person,
            team,
            choice: "yes",
            from: { ...from, via: "motion" },
            head,
            source: "motion",
            ...coversOf(bench, null),
          },
        ];
  return accepted({ ...shelved(register, bench.act.at), motion: yes.reduce(withBallot, opened) });
}

/** Puts the last motion, which has ended, among the past ones; a kept decision to merge is void once a new motion is open. */
function shelved(register: Register, at: number): Register {
  const { motion } = register;
  if (motion === null) return register;
  const end: MotionEnd =
    motion.end?.kind === "concluded" ? { kind: "void", at } : (motion.end ?? { kind: "void", at });
  // Needs follow from the labels of a living motion only.
  const { labels: _, ...shelf } = motion;
  const past = [...register.past, { ...shelf, end }].slice(-PAST_MOTIONS);
  // What waited for a second belonged to that motion.
  return { ...register, past, override: null };
}

export const ended = (register: Register, end: MotionEnd): Register =>
  register.motion === null ? register : { ...register, motion: { ...register.motion, end }, override: null };

/**
 * amend.own-word: a member stands behind an amendment, their own too, by saying so. The first to say it opens the motion to adopt it;
 * while one is open, it is that member's yes.
 */
export const propose = (bench: Bench, source: string): Ruling =>
  bench.phase === "proposed" || bench.phase === "fcp" || bench.phase === "concluded"
    ? vote(bench, "yes", null, "command", source)
    : move(bench, "merge", "command");

/** motion.cancel, by command */
export function cancel(bench: Bench): Ruling {
  if (bench.phase === "out_of_scope") return ignored(bench);
  if (!mayAct(bench)) return refused(bench, { code: "not_a_member", said: bench.said });
  const why = noMotion(bench);
  if (why !== null) return refused(bench, why);
  const { person: by, act } = bench;
  return accepted(ended(bench.register, { kind: "cancelled", by, at: act.at, url: act.url, how: "command" }));
}

/**
 * motion.cancel: closing the PR before FCP cancels too, by its author or by a member of a needed team. Anybody else's closing holds a
 * motion to merge and does nothing else (motion.hold), so that nobody can void a vote by a moment.
 */
export function closed(bench: Bench): Ruling {
  const { phase, act, person: by } = bench;
  if (phase !== "proposed" || !canAct(act.by) || !(isAuthor(bench) || mayAct(bench))) return ignored(bench);
  return accepted(ended(bench.register, { kind: "cancelled", by, at: act.at, url: act.url, how: "closed" }));
}

/** motion.cancel: `withdraw`, for what the author could do by closing: before FCP, also where somebody else has closed it. */
export function withdraw(bench: Bench): Ruling {
  const { phase, act, person: by, said } = bench;
  if (phase === "out_of_scope") return ignored(bench);
  if (!isAuthor(bench)) return refused(bench, { code: "not_the_author", said });
  const why = noMotion(bench);
  if (why !== null) return refused(bench, why);
  if (phase === "fcp") return refused(bench, { code: "withdrawn_in_fcp", said });
  return accepted(ended(bench.register, { kind: "cancelled", by, at: act.at, url: act.url, how: "command" }));
}

/** The account that opened the pull request; nobody, where that is gone. */
function isAuthor({ snapshot: { pull }, act }: Bench): boolean {
  const { author } = pull;
  return canAct(author) && canAct(act.by) && samePerson(personOf(author), personOf(act.by));
}

/** motion.merged: merged before its conclusion, it ends without a decision. */
export function merged(bench: Bench): Ruling {
  const { motion } = bench.register;
  if (motion === null || motion.end !== null) return ignored(bench);
  return accepted(ended(bench.register, { kind: "merged_undecided", at: bench.act.at }));
}

/** override.second: said by the lead; nothing happens until another member seconds it. */
export function override(bench: Bench, outcome: "finished" | "cancelled", reason: string): Ruling {
  const { register, person: by, act, said } = bench;
  if (bench.phase === "out_of_scope") return ignored(bench);
  if (!mayAct(bench)) return refused(bench, { code: "not_a_member", said });
  if (!isLead(bench)) return refused(bench, { code: "not_the_lead", said });
  const why = noMotion(bench);
  if (why !== null) return refused(bench, why);
  if (reason === "") return refused(bench, { code: "needs_text", said });
  const pending = { outcome, reason, by, at: act.at, url: act.url };
  return {
    register: { ...register, override: pending },
    outcome: "accepted",
    why: { code: "override_recorded", outcome },
  };
}

export function second(bench: Bench): Ruling {
  const { register, person, act, said } = bench;
  if (bench.phase === "out_of_scope") return ignored(bench);
  if (!mayAct(bench)) return refused(bench, { code: "not_a_member", said });
  const why = noMotion(bench);
  if (why !== null) return refused(bench, why);
  const { override: pending } = register;
  if (pending === null) return refused(bench, { code: "nothing_to_second", said });
  if (samePerson(pending.by, person)) return refused(bench, { code: "second_yourself", said });
  const seconded = { ...pending, secondedBy: person };
  return accepted(ended(register, { kind: "overridden", at: act.at, override: seconded }));
}
