import { blocks } from "../acts/concerns.js";
import { coveredBy } from "../acts/measure.js";
import type { Hold, TeamTally } from "../model/decision.js";
import type { DecisionRecord, Motion, Register } from "../model/register.js";
import type { Snapshot } from "../model/snapshot.js";
import type { Instant } from "../text/time.js";
import { recordAtEnd } from "./decided.js";
import { shortOf } from "./tally.js";

/** motion.hold: why nothing begins or concludes for now; the clock and the votes stay. */
export function holdsOf({ pull, repository }: Snapshot, motion: Motion | null): readonly Hold[] {
  if (motion === null || pull.state === "merged") return [];
  const holds: Hold[] = [];
  if (pull.draft) holds.push({ code: "draft" });
  const wanted = repository.defaultBranch;
  if (pull.base !== wanted) holds.push({ code: "base", base: pull.base, wanted });
  if (motion.end === null && motion.disposition === "merge" && pull.state === "closed")
    holds.push({ code: "closed" });
  return holds;
}

export const blockingConcerns = ({ concerns }: Register, motion: Motion): readonly number[] =>
  concerns.filter((concern) => blocks(concern, motion)).map((concern) => concern.number);

/** Teams the beginning still lacks: not passed (tally.threshold), or too small to begin anything (tally.minimum). */
export const lackingToBegin = (tallies: readonly TeamTally[]): readonly TeamTally[] =>
  tallies.filter((tally) => !tally.passed || tally.belowMinimum);

/** decision.ratchet: teams added, or thresholds raised, since FCP began, that have not passed yet. */
export function lackingToConclude(tallies: readonly TeamTally[], motion: Motion): readonly TeamTally[] {
  const { fcp } = motion;
  const passed = fcp?.state === "running" ? fcp.passed : [];
  return tallies.filter((tally) => !tally.passed && !coveredBy(tally.need, passed));
}

export interface FcpInputs {
  /** The votes are there, and nothing stands in the way: a period may begin. */
  readonly begins: boolean;
  /** The same of a running period: once it is over, it may conclude. */
  readonly concludes: boolean;
  /** The votes as they stand, for the record of what decided, and of a conclusion. */
  readonly record: DecisionRecord;
  readonly head: string;
  readonly now: Instant;
}

/**
 * fcp.begin and fcp.conclude, for proposals and amendments alike, at the moment that finds it so. To begin is only decided here: the
 * label makes it so. A decision to begin that does not hold any more before the label was put on is taken back.
 */
export function advance(motion: Motion, { begins, concludes, record, head, now }: FcpInputs): Motion {
  if (motion.end !== null) return motion;
  if (motion.fcp?.state === "running") {
    if (now < motion.fcp.endsAt || !concludes) return motion;
    const fcp = { ...motion.fcp, passed: motion.needs };
    return {
      ...motion,
      fcp,
      end: { kind: "concluded", at: now, ...recordAtEnd(motion.fcp.decided, record) },
    };
  }
  if (!begins) return motion.fcp === null ? motion : { ...motion, fcp: null };
  return motion.fcp === null
    ? { ...motion, fcp: { state: "decided", at: now, head, decided: record } }
    : motion;
}

/** What each lacking team has and needs, for the sentences. */
export const shortfalls = (tallies: readonly TeamTally[]) => tallies.map(shortOf);
