import { labelTargets } from "../desired/labels.js";
import type { Decision } from "../model/decision.js";
import { type LabelKey, labelNameOf } from "../model/labels.js";
import { sameLogin } from "../model/people.js";
import type { Place } from "../model/publicView.js";
import type { Rules } from "../model/rules.js";
import type { PullFacts, Snapshot } from "../model/snapshot.js";

type Pull = Pick<PullFacts, "state" | "draft">;
type Labelled = Pick<Rules, "labels" | "obsoleteLabel">;

/** The place of a proposal of the clerk's: by the labels that its decision makes, and for the rest by those that people have set. */
export function placeOf(decision: Decision, snapshot: Snapshot, rules: Rules): Place {
  const targets = labelTargets(decision, snapshot, rules);
  const { pull, labels } = snapshot;
  if (decision.register.obsolete !== undefined && pull.state === "closed") return "obsolete";
  // An amendment is adopted by its merge; nothing of the standard follows from it.
  if (decision.amendment !== undefined && pull.state === "merged")
    return decision.reason.code === "merged_undecided" ? "undecided" : "merged";
  return placeBy((key) => targets.get(key) ?? wears(labels, rules, key), pull, labels, rules);
}

/** The place of a pull request that the clerk never counted on, by its labels as they stand. */
export const placeByLabels = (labels: readonly string[], pull: Pull, rules: Labelled): Place =>
  placeBy((key) => wears(labels, rules, key), pull, labels, rules);

/** The furthest that a label says, as the process goes (label.state). */
function placeBy(
  stands: (key: LabelKey) => boolean,
  { state, draft }: Pull,
  labels: readonly string[],
  { obsoleteLabel }: Labelled,
): Place {
  if (stands("merged")) return "merged";
  if (stands("spec_pr_in_review")) return "spec_in_review";
  if (stands("spec_pr_missing")) return "spec_missing";
  // A body without a specification of its own has no label for what was merged as decided.
  if (stands("finished_fcp")) return state === "merged" ? "merged" : "finished";
  if (stands("rejected")) return "rejected";
  if (stands("postponed")) return "postponed";
  if (obsoleteLabel !== undefined && labels.some((label) => sameLogin(label, obsoleteLabel)))
    return "obsolete";
  if (state !== "open") return "undecided";
  if (stands("fcp")) return "fcp";
  if (stands("proposed_fcp")) return "proposed";
  return draft || stands("placeholder") ? "draft" : "in_review";
}

function wears(labels: readonly string[], rules: Pick<Rules, "labels">, key: LabelKey): boolean {
  const name = labelNameOf(rules.labels, key);
  return name !== null && labels.some((label) => sameLogin(label, name));
}
