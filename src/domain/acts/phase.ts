import type { Phase } from "../model/decision.js";
import type { Register } from "../model/register.js";
import type { Rules } from "../model/rules.js";
import type { Snapshot } from "../model/snapshot.js";
import type { Stage } from "./stage.js";
import { reopenedSince } from "./timelineIndex.js";

/** Which column of the table "phase by event" a proposal is in, given its register and the stage of its pull request. */
export function phaseOf(register: Register, stage: Stage, rules: Rules, events: Snapshot["events"]): Phase {
  const { motion } = register;
  if (motion !== null && motion.end === null) {
    if (stage.merged) return "ended";
    return motion.fcp?.state === "running" ? "fcp" : "proposed";
  }
  if (stage.merged) return "ended";
  const end = motion?.end ?? null;
  const overridden = end?.kind === "overridden" && end.override.outcome === "finished";
  if (motion !== null && end !== null && (end.kind === "concluded" || overridden)) {
    if (motion.disposition === "merge") return stage.closed ? "ended" : "concluded";
    const reopened = reopenedSince(events, end.at);
    const staysOpen = overridden || rules.conclude[motion.disposition] === "nothing";
    // A motion to close or postpone has ended the proposal, also in the moment before the clerk has closed it.
    if (!reopened && !staysOpen) return "ended";
  }
  if (stage.closed) return "ended";
  if (!stage.inScope) return "out_of_scope";
  return stage.draft ? "draft" : "in_review";
}
