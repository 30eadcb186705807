import type { DecisionRecord, Register } from "../model/register.js";
import type { Instant } from "../text/time.js";

interface Standing {
  /** Votes are there and nothing stands in the way. */
  readonly ready: boolean;
  readonly needsFcp: boolean;
  readonly prints: readonly string[];
  readonly record: DecisionRecord;
  readonly head: string;
  readonly merged: boolean;
  readonly landed: boolean;
  readonly now: Instant;
}

/** Begins, ends or drops the period of a change of the rules; ends the motion of people changes when they are merged as voted. */
export function advanced(
  register: Register,
  { ready, needsFcp, prints, record, head, merged, landed, now }: Standing,
): Register {
  const { motion, seen } = register;
  if (motion === null) return register;
  if (merged) {
    // Judged when it was merged: what the clerk had last found of this very head is what the check said then.
    const asVoted =
      landed && motion.end?.kind === "merged_undecided" && seen?.passed === true && seen.head === head;
    return asVoted
      ? {
          ...register,
          motion: { ...motion, end: { kind: "concluded", at: motion.end?.at ?? now, record: seen.record } },
        }
      : register;
  }
  const live = motion.end === null || motion.end.kind === "concluded";
  if (live && motion.fcp?.state === "running" && !sameSet(motion.fcp.covers ?? [], prints)) {
    // Another text than the one commented on: the period is over without an end, and the votes have to come again. So is the
    // period of a proposal that has become an amendment.
    return { ...register, motion: { ...motion, fcp: null, end: null } };
  }
  if (motion.end !== null || !needsFcp) return register;
  if (motion.fcp?.state === "running") {
    if (now < motion.fcp.endsAt || !ready) return register;
    return { ...register, motion: { ...motion, end: { kind: "concluded", at: now, record } } };
  }
  if (!ready) return motion.fcp === null ? register : { ...register, motion: { ...motion, fcp: null } };
  return motion.fcp === null
    ? { ...register, motion: { ...motion, fcp: { state: "decided", at: now, head } } }
    : register;
}

const sameSet = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((each) => b.includes(each));
