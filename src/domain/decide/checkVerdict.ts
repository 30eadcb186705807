import type { Reason } from "../model/decision.js";
import { CHECK_VERDICTS, type CheckVerdict, type Snapshot } from "../model/snapshot.js";

/** check.head: success only when the decision allows merging. */
export function checkVerdict(reason: Reason): CheckVerdict {
  switch (reason.code) {
    case "accepted":
    case "merged_accepted":
    case "amendment_passed":
      return "success";
    case "decided_close":
    case "decided_postpone":
    case "amendment_refused":
    // check.final: it has ended, and nothing can make it good any more.
    case "merged_undecided":
      return "failure";
    case "overridden":
      // Never green. Merged, it waits for nothing any more.
      return reason.merged ? "neutral" : "in_progress";
    case "not_a_proposal":
    case "changes_nothing":
      return "neutral";
    case "unlabelled_proposal":
    case "placeholder":
    case "draft":
    case "awaiting_motion":
    case "awaiting_votes":
    case "below_minimum":
    case "blocked":
    case "held":
    case "gated":
    case "record_lost":
    case "record_unkept":
    case "beginning":
    case "fcp_running":
    case "fcp_over":
    case "accepted_waiting":
    case "closed":
    case "amendment_unproposed":
    case "amendment_waits":
      return "in_progress";
  }
}

/**
 * check.head: what the other PRs with this head come to. One that was not reconciled yet, or whose result does not show, waits: its
 * commit must not be called anything better meanwhile.
 */
export const othersOnHead = ({
  siblings,
  siblingsCutOff,
}: Pick<Snapshot, "siblings" | "siblingsCutOff">): readonly CheckVerdict[] => [
  ...siblings.map(({ verdict }) => verdict ?? "in_progress"),
  ...(siblingsCutOff ? (["in_progress"] as const) : []),
];

/** check.head: PRs that share a head get the strictest result. */
export const strictest = (verdicts: readonly CheckVerdict[]): CheckVerdict =>
  CHECK_VERDICTS.find((verdict) => verdicts.includes(verdict)) ?? "in_progress";
