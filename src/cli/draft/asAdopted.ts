import { decide } from "../../domain/decide.js";
import { desired } from "../../domain/desired/desired.js";
import { plan } from "../../domain/desired/plan.js";
import { describeAction } from "../../domain/messages/action.js";
import type { Action } from "../../domain/model/action.js";
import type { Decision } from "../../domain/model/decision.js";
import type { Rules } from "../../domain/model/rules.js";
import type { Snapshot } from "../../domain/model/snapshot.js";
import type { Instant } from "../../domain/text/time.js";

/** What these rules make of a proposal, and what the clerk would write at once. */
export interface JudgedPull {
  readonly snapshot: Snapshot;
  readonly decision: Decision;
  readonly actions: readonly Action[];
  /** The actions, in a line each. */
  readonly wouldWrite: readonly string[];
}

/**
 * Judges a proposal by rules as if they were those of the default branch, and lawful: the one way in which `shadow` and `simulate` go by a draft. Pure.
 * @param adoptedAt act.adoption: when the body's first config came; where there is none yet, now: what people did before is no act then
 */
export function asAdopted(read: Snapshot, rules: Rules, adoptedAt: Instant, now: Instant): JudgedPull {
  return judgedBy({ ...read, adoptedAt }, rules, now);
}

/** The same of a snapshot that was read by the rules that are in force. */
export function judgedBy(snapshot: Snapshot, rules: Rules, now: Instant): JudgedPull {
  const decision = decide(snapshot, rules, now);
  const actions = plan(desired(decision, snapshot, rules), snapshot);
  return { snapshot, decision, actions, wouldWrite: actions.map(describeAction) };
}
