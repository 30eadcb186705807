import type { LabelNames } from "../domain/model/rules.js";

/** What each label is called where the config says nothing else: the names the Matrix repository has used all along. */
export const DEFAULT_LABELS: LabelNames = {
  proposal: "proposal",
  placeholder: "proposal-placeholder",
  in_review: "proposal-in-review",
  proposed_fcp: "proposed-final-comment-period",
  fcp: "final-comment-period",
  finished_fcp: "finished-final-comment-period",
  postponed: "proposal-postponed",
  disposition_merge: "disposition-merge",
  disposition_close: "disposition-close",
  disposition_postpone: "disposition-postpone",
  unresolved_concerns: "unresolved-concerns",
  vote_approve: "vote:approve",
  vote_abstain: "vote:abstain",
  vote_retract: "vote:retract",
  spec_pr_missing: "spec-pr-missing",
  spec_pr_in_review: "spec-pr-in-review",
  merged: "merged",
};
