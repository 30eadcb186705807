import { isDecided } from "../../domain/acts/motionOutcome.js";
import { carries } from "../../domain/desired/labels.js";
import type { Decision } from "../../domain/model/decision.js";
import type { LabelKey } from "../../domain/model/labels.js";
import type { Disposition, Rules } from "../../domain/model/rules.js";
import type { Snapshot } from "../../domain/model/snapshot.js";
import type { OlderBot } from "./olderBot.js";

/** How far a proposal has come, as far as labels can say it too. `none`: no motion that lives or was concluded. */
export type State = "none" | "proposed" | "fcp" | "accepted" | "rejected" | "postponed";

export const STATE_WORDS: Readonly<Record<State, string>> = {
  none: "without a motion or a decision",
  proposed: "proposed for its Final Comment Period",
  fcp: "in its Final Comment Period",
  accepted: "accepted",
  rejected: "decided to be closed",
  postponed: "decided to be postponed",
};

/** By what the clerk has decided. */
export function stateOf({ phase, register: { motion } }: Decision): State {
  if (phase === "proposed" || phase === "fcp") return phase;
  if (motion === null || !isDecided(motion)) return "none";
  return DECIDED[motion.disposition];
}

const DECIDED: Readonly<Record<Disposition, State>> = {
  merge: "accepted",
  close: "rejected",
  postpone: "postponed",
};

/** By the labels that stand there, whoever put them on, and by what an older bot has left. */
export function stateByLabels(read: Snapshot, rules: Rules, { status, ended }: OlderBot): State {
  const stands = (...keys: readonly LabelKey[]) => keys.some((key) => carries(read, rules, key));
  const finished: State = DECIDED[status?.disposition ?? "merge"];
  const isOver = read.pull.state !== "open";
  if (!isOver && stands("fcp")) return "fcp";
  if (!isOver && stands("proposed_fcp")) return "proposed";
  if (stands("rejected")) return "rejected";
  if (stands("postponed")) return "postponed";
  if (stands("finished_fcp") || (isOver && ended !== null)) return finished;
  if (read.pull.state === "merged" && stands("spec_pr_missing", "spec_pr_in_review", "merged"))
    return "accepted";
  if (stands("fcp")) return "fcp";
  return stands("proposed_fcp") ? "proposed" : "none";
}
