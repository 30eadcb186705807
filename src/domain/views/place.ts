import type { Decision } from "../model/decision.js";
import { type LabelKey, labelNameOf } from "../model/labels.js";
import { sameLogin } from "../model/people.js";
import type { Place } from "../model/publicView.js";
import type { Rules } from "../model/rules.js";
import type { PullFacts, Snapshot } from "../model/snapshot.js";

/**
 * The place of a proposal of the clerk's: that of its labels, which its decision makes (label.state), so that whoever looks at either sees the same.
 * `snapshot`: with its labels as they are once the clerk has written.
 */
export function placeOf(decision: Decision, { pull, labels }: Snapshot, rules: Rules): Place {
  if (decision.register.obsolete !== undefined && pull.state === "closed") return "obsolete";
  // An amendment is adopted by its merge; nothing of the standard follows from it, and no label.
  if (decision.amendment !== undefined && pull.state === "merged")
    return decision.reason.code === "merged_undecided" ? "undecided" : "merged";
  return placeByLabels(labels, pull, rules);
}

/** The furthest that a label says, as the process goes. */
export function placeByLabels(
  labels: readonly string[],
  { state, draft }: Pick<PullFacts, "state" | "draft">,
  rules: Pick<Rules, "labels" | "obsoleteLabel">,
): Place {
  const worn = (name: string | null) => name !== null && labels.some((label) => sameLogin(label, name));
  const wears = (key: LabelKey) => worn(labelNameOf(rules.labels, key));
  if (wears("merged")) return "merged";
  if (wears("spec_pr_in_review")) return "spec_in_review";
  if (wears("spec_pr_missing")) return "spec_missing";
  // A body without a specification of its own has no label for what was merged as decided.
  if (wears("finished_fcp")) return state === "merged" ? "merged" : "finished";
  if (wears("rejected")) return "rejected";
  if (wears("postponed")) return "postponed";
  if (worn(rules.obsoleteLabel ?? null)) return "obsolete";
  if (wears("fcp")) return "fcp";
  if (wears("proposed_fcp")) return "proposed";
  if (state !== "open") return "undecided";
  return draft || wears("placeholder") ? "draft" : "in_review";
}
