import { isPresentText } from "../acts/heads.js";
import { coveredBy } from "../acts/measure.js";
import { isDecidedToMerge } from "../acts/motionOutcome.js";
import { changesText, isByRule } from "../acts/scope.js";
import { stageNow } from "../acts/stage.js";
import { holding } from "../gates/gates.js";
import type {
  AfterFcp,
  AmendmentView,
  ConfirmShortfall,
  Hold,
  Phase,
  Reason,
  TeamTally,
} from "../model/decision.js";
import type { GateView } from "../model/gateView.js";
import { sameLogin } from "../model/people.js";
import type { Motion, Register } from "../model/register.js";
import type { Rules } from "../model/rules.js";
import type { Snapshot } from "../model/snapshot.js";
import type { Instant } from "../text/time.js";
import { lackingToBegin, lackingToConclude, shortfalls } from "./fcp.js";

/** What the changes of an amendment have come to. */
export interface AmendmentStanding {
  readonly view: AmendmentView;
  readonly passed: boolean;
  /** A resignation, or a way back: nobody votes on it. */
  readonly unvoted: boolean;
  /** Merged, its changes stand in the config. */
  readonly landed: boolean;
}

export interface ReasonInputs {
  readonly phase: Phase;
  readonly register: Register;
  readonly rules: Rules;
  readonly snapshot: Snapshot;
  readonly tallies: readonly TeamTally[];
  /** config.lawful: the counts that are shown of these teams, where other than theirs. */
  readonly counted: readonly TeamTally[];
  readonly holds: readonly Hold[];
  readonly concerns: readonly number[];
  readonly gates: readonly GateView[];
  readonly after: AfterFcp | null;
  /** An amendment: what its changes have come to; null: a proposal. */
  readonly amendment: AmendmentStanding | null;
  /** memory.lost: teams that have not confirmed what was rebuilt; empty: nothing waits for that. */
  readonly unconfirmed: readonly ConfirmShortfall[];
  readonly now: Instant;
}

/** The one thing a proposal or an amendment waits for now, or how it ended. */
export function reasonFor(inputs: ReasonInputs): Reason {
  const { phase, register, snapshot, unconfirmed, amendment } = inputs;
  if (phase !== "ended" && unconfirmed.length > 0) return { code: "record_lost", teams: unconfirmed };
  if (phase !== "ended" && snapshot.unkept) return { code: "record_unkept" };
  if (amendment !== null)
    return phase === "ended"
      ? amendmentEnding(inputs, amendment)
      : amending(inputs, amendment, register.motion);
  switch (phase) {
    case "out_of_scope":
      return outOfScope(inputs);
    case "draft":
      return { code: "draft" };
    case "in_review":
      return { code: "awaiting_motion" };
    case "proposed":
      return register.motion === null ? { code: "awaiting_motion" } : proposed(inputs, register.motion);
    case "fcp":
      return register.motion === null ? { code: "awaiting_motion" } : running(inputs, register.motion);
    case "concluded":
      return register.motion === null ? { code: "awaiting_motion" } : concluded(inputs, register.motion);
    case "ended":
      return ending(inputs);
  }
}

function outOfScope({ rules, snapshot }: ReasonInputs): Reason {
  const { labels } = snapshot;
  const { placeholder, proposal } = rules.labels;
  if (labels.some((label) => sameLogin(label, placeholder)))
    return { code: "placeholder", label: placeholder };
  if (isByRule(rules) || !changesText(snapshot, rules)) return { code: "not_a_proposal" };
  return {
    code: "unlabelled_proposal",
    label: proposal,
    ...(rules.proposals === "labelled" ? { changes: true } : {}),
  };
}

function proposed({ tallies, counted, holds, concerns, gates }: ReasonInputs, motion: Motion): Reason {
  const lacking = lackingToBegin(tallies);
  const votes = lacking.filter((tally) => !tally.passed);
  if (votes.length > 0) return { code: "awaiting_votes", teams: shown(votes, counted), concerns };
  if (lacking.length > 0) {
    return {
      code: "below_minimum",
      teams: lacking.map(({ title, size, minimum }) => ({ title, size, minimum })),
    };
  }
  if (concerns.length > 0) return { code: "blocked", concerns };
  if (holds.length === 0 && holding(gates, "begin").length > 0) return { code: "gated" };
  return holds.length > 0 || motion.fcp === null ? { code: "held" } : { code: "beginning" };
}

function running({ tallies, counted, concerns, now }: ReasonInputs, motion: Motion): Reason {
  if (motion.fcp?.state !== "running") return { code: "held" };
  const teams = shown(lackingToConclude(tallies, motion), counted);
  const { endsAt } = motion.fcp;
  return now < endsAt
    ? { code: "fcp_running", endsAt, concerns, teams }
    : { code: "fcp_over", endedAt: endsAt, concerns, teams };
}

function concluded(
  { tallies, counted, holds, concerns, gates, after }: ReasonInputs,
  motion: Motion,
): Reason {
  if (motion.end?.kind === "overridden")
    return { code: "overridden", outcome: motion.end.override.outcome, merged: false };
  const grown = tallies.some((tally) => !tally.passed && !coveredBy(tally.need, passedBy(motion)));
  const approval = after === null || after.met ? null : after;
  const gated = holding(gates, "merge").length > 0;
  if (concerns.length === 0 && holds.length === 0 && approval === null && !grown && !gated)
    return { code: "accepted" };
  return {
    code: "accepted_waiting",
    concerns,
    approval,
    teams: shown(lackingToConclude(tallies, motion), counted),
  };
}

const shown = (lacking: readonly TeamTally[], counted: readonly TeamTally[]) =>
  shortfalls(lacking.map((tally) => counted.find(({ team }) => team === tally.team) ?? tally));

/** The needs a concluded motion had met: those of its beginning, and those its record shows as passed. */
const passedBy = (motion: Motion) => (motion.fcp?.state === "running" ? motion.fcp.passed : []);

function ending(inputs: ReasonInputs): Reason {
  const { register, snapshot, rules } = inputs;
  const { motion } = register;
  const merged = snapshot.pull.state === "merged";
  if (motion?.end?.kind === "overridden") {
    const { outcome } = motion.end.override;
    if (!merged) return { code: "overridden", outcome, merged };
    return isDecidedElsewhere(motion, isPresentText(register, snapshot))
      ? { code: "overridden", outcome, merged }
      : { code: "merged_undecided" };
  }
  if (merged) {
    if (motion === null && !stageNow(snapshot, rules).inScope && outOfScope(inputs).code === "not_a_proposal")
      return { code: "not_a_proposal" };
    return isDecidedToMerge(motion) ? { code: "merged_accepted" } : { code: "merged_undecided" };
  }
  if (motion?.end?.kind === "concluded") {
    if (motion.disposition === "close") return { code: "decided_close" };
    if (motion.disposition === "postpone") return { code: "decided_postpone" };
  }
  return { code: "closed" };
}

/** override.second: what was decided elsewhere is one text, and another one that was merged is undecided. */
function isDecidedElsewhere({ end, disposition }: Motion, isPresent: (commit: string) => boolean): boolean {
  if (end?.kind !== "overridden" || end.override.outcome !== "finished" || disposition !== "merge")
    return false;
  const { head } = end.override;
  // Where a clerk of before kept no text, nobody can say that it was another.
  return head === null || isPresent(head);
}

function amendmentEnding({ register, snapshot }: ReasonInputs, { view, landed }: AmendmentStanding): Reason {
  if (snapshot.pull.state !== "merged") return { code: "closed" };
  if (view.changesNothing) return { code: "changes_nothing" };
  const passed = register.motion?.end?.kind === "concluded" || register.lastSeen?.passed === true;
  return landed && passed ? { code: "merged_accepted" } : { code: "merged_undecided" };
}

function amending(
  inputs: ReasonInputs,
  { view, passed, unvoted }: AmendmentStanding,
  motion: Motion | null,
): Reason {
  const { concerns, holds, snapshot } = inputs;
  if (view.refusals.length > 0) return { code: "amendment_refused", refusals: view.refusals };
  if (view.changesNothing) return { code: "changes_nothing" };
  if (passed) return { code: "amendment_passed" };
  if (!unvoted && motion === null && snapshot.pull.draft) return { code: "draft" };
  if (!unvoted && (motion === null || motion.end?.kind === "cancelled"))
    return { code: "amendment_unproposed" };
  if (view.changes.some((one) => !one.passed)) return { code: "amendment_waits", concerns };
  // Its votes are counted change by change: no team as a whole is short of any.
  if (motion?.end === null && motion.fcp?.state === "running")
    return running({ ...inputs, tallies: [] }, motion);
  if (concerns.length > 0) return { code: "blocked", concerns };
  return holds.length > 0 ? { code: "held" } : { code: "beginning" };
}
