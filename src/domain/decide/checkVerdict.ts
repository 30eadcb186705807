import type { Phase, Reason } from "../model/decision.js";
import { CHECK_VERDICTS, type CheckVerdict, type Snapshot } from "../model/snapshot.js";

/** check.head: success only when the decision allows merging. */
export function checkVerdict(phase: Phase, reason: Reason): CheckVerdict {
  switch (phase) {
    case "out_of_scope":
      return reason.code === "not_a_proposal" ? "neutral" : "in_progress";
    case "draft":
    case "in_review":
    case "proposed":
    case "fcp":
      return "in_progress";
    case "concluded":
      return reason.code === "accepted" ? "success" : "in_progress";
    case "ended":
      if (reason.code === "merged_accepted") return "success";
      return reason.code === "decided_close" || reason.code === "decided_postpone"
        ? "failure"
        : "in_progress";
  }
}

/**
 * check.head: what the other PRs with this head come to. One that was not looked at yet, or whose result does not show, waits: its
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
