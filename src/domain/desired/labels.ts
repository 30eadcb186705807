import { isByRule } from "../acts/scope.js";
import { reopenedSince } from "../acts/timelineIndex.js";
import { eventsOf } from "../decide/contestedLabels.js";
import { implementationStage } from "../gates/implementation.js";
import type { Decision } from "../model/decision.js";
import { GATED_LABELS, LABEL_KEYS, type LabelKey, labelNameOf, SPEC_KEYS } from "../model/labels.js";
import { sameLogin } from "../model/people.js";
import { DISPOSITIONS, type Rules } from "../model/rules.js";
import type { Snapshot } from "../model/snapshot.js";
import { specStep } from "../spec/counted.js";
import type { Instant } from "../text/time.js";

/**
 * Which labels must be there (true) and which must not (false). A label that is left out stays as it is: people set it, or nobody needs
 * it. At most one state label must be there (label.state).
 */
export type LabelTargets = ReadonlyMap<LabelKey, boolean>;

const DISPOSITION_KEYS = DISPOSITIONS.map((each) => `disposition_${each}` as const);
const STATE_KEYS = ["proposed_fcp", "fcp", "finished_fcp", "rejected", "postponed"] as const;
/** What a decision is labelled with once it stands. */
const DECIDED = { merge: "finished_fcp", close: "rejected", postpone: "postponed" } as const;

/** The labels are a projection of the decision: labels report, the decision makes them. */
export function labelTargets(decision: Decision, snapshot: Snapshot, rules: Rules): LabelTargets {
  const targets = new Map<LabelKey, boolean>();
  const { phase, register } = decision;
  const { motion } = register;
  const amends = decision.amendment !== undefined;
  const want = (key: LabelKey) => targets.set(key, true);
  const refuse = (...keys: readonly LabelKey[]) => {
    for (const key of keys) targets.set(key, false);
  };
  if (phase === "out_of_scope") return targets;
  implementationLabels(targets, decision, snapshot, rules);
  refuse("vote_approve", "vote_abstain", "vote_retract");
  // Nothing waits any more for a concern in what is merged.
  if (snapshot.pull.state === "merged" && (motion !== null || register.concerns.length > 0))
    refuse("unresolved_concerns");
  if (phase === "ended" && motion === null) {
    // No motion is left that a label could speak for, and none can begin; the other labels are left to people.
    refuse("proposed_fcp", "fcp", ...DISPOSITION_KEYS);
    return targets;
  }
  if (phase !== "ended")
    targets.set(
      "unresolved_concerns",
      register.concerns.some((one) => one.resolved === null),
    );
  if (amends && decision.amendment?.needsFcp !== true) {
    // People changes pass through no Final Comment Period, and nothing of the standard follows from an amendment.
    refuse(...STATE_KEYS, ...DISPOSITION_KEYS, "in_review");
    return targets;
  }
  if (!amends && (phase === "proposed" || phase === "fcp" || phase === "concluded")) {
    // proposal.scope: from motion to merge.
    if (!isByRule(rules)) want("proposal");
    refuse("placeholder");
  }
  if (phase === "proposed" || phase === "fcp") {
    refuse(...STATE_KEYS, ...DISPOSITION_KEYS, "in_review");
    if (motion) want(`disposition_${motion.disposition}`);
    want(phase === "fcp" ? "fcp" : "proposed_fcp");
    // Put on as the latch; the label of the proposal goes when the period has begun.
    if (motion?.fcp?.state === "decided") want("fcp");
    return targets;
  }
  const end = motion?.end ?? null;
  if (motion === null || end === null) {
    // Without a motion these labels report nothing true. Those from before adoption are left alone: see `standsFromBefore`.
    if (phase !== "ended") refuse(...STATE_KEYS, ...DISPOSITION_KEYS);
    return targets;
  }
  switch (end.kind) {
    case "concluded":
    case "overridden": {
      refuse(...STATE_KEYS, ...DISPOSITION_KEYS);
      if (end.kind === "overridden" && end.override.outcome === "cancelled") break;
      if (snapshot.pull.state === "merged" && motion.disposition === "merge") {
        // What was merged may be another text than the one that was decided about elsewhere.
        if (amends || decision.reason.code === "merged_undecided") break;
        refuse(...SPEC_KEYS);
        want(stepOf(snapshot, rules));
      } else if (!reopenedSince(snapshot.events, end.at) || motion.disposition === "merge") {
        refuse("in_review");
        want(DECIDED[motion.disposition]);
      }
      break;
    }
    case "cancelled":
    case "merged_undecided":
      refuse("proposed_fcp", "fcp", "finished_fcp", ...DISPOSITION_KEYS);
      // Somebody who closes it by hand may well label it as postponed or rejected.
      if (phase !== "ended") refuse("postponed", "rejected");
      if (!register.concerns.some((one) => one.resolved === null)) refuse("unresolved_concerns");
      break;
    case "void":
      break;
  }
  return targets;
}

/** gate.begin: how far the implementations are, where the config asks for them; nothing is asked of what is merged any more. */
function implementationLabels(
  targets: Map<LabelKey, boolean>,
  { phase, register, amendment }: Decision,
  snapshot: Snapshot,
  { gates = [] }: Rules,
): void {
  const [gate] = gates.flatMap((one) => (one.kind === "implementation" ? [one] : []));
  const merged = snapshot.pull.state === "merged" && register.motion !== null;
  if (gate === undefined || amendment !== undefined || (phase === "ended" && !merged)) return;
  const stage = merged ? "in_order" : implementationStage(gate.needed, register, snapshot);
  if (stage === null) return;
  targets.set("needs_implementation", stage === "to_link");
  targets.set("implementation_needs_checking", stage === "to_check");
}

/**
 * label.state: how far an accepted proposal has come is people's to say, and the newest that somebody put on holds. Where they have said
 * nothing, or taken back what they said, its change to the specification is still to be written. A body without a specification of its
 * own goes on from there: that it was accepted still shows. spec.linked: a change of its pull requests there says it as somebody would.
 */
function stepOf(snapshot: Snapshot, rules: Rules): LabelKey {
  const said = SPEC_KEYS.flatMap((key): readonly Step[] => {
    const events = eventsOf(snapshot, rules, key);
    const last = events.findLast((event) => !event.byClerk);
    // GitHub may have forgotten how a label came to stand: then it has for longer than any that it remembers.
    if (last === undefined)
      return events.length === 0 && carries(snapshot, rules, key) ? [{ key, at: 0 }] : [];
    return last.kind === "labeled" ? [{ key, at: last.at }] : [];
  });
  const first: Step = {
    key: rules.labels.spec_pr_missing === null ? "finished_fcp" : "spec_pr_missing",
    at: 0,
  };
  const shown = snapshot.spec?.kind === "unread" ? saidByClerk(snapshot, rules) : specStep(snapshot, rules);
  return said.reduce((newest, one) => (one.at >= newest.at ? one : newest), shown ?? first).key;
}

/** spec.linked: what the clerk itself put on last, while it is not known how far the specification has come since. */
function saidByClerk(snapshot: Snapshot, rules: Rules): Step | null {
  const own = SPEC_KEYS.flatMap((key) =>
    eventsOf(snapshot, rules, key)
      .filter((event) => event.byClerk && event.kind === "labeled")
      .map(({ at }): Step => ({ key, at })),
  );
  return own.reduce<Step | null>((newest, one) => (one.at >= (newest?.at ?? 0) ? one : newest), null);
}

interface Step {
  readonly key: LabelKey;
  readonly at: Instant;
}

export interface LabelChanges {
  readonly add: readonly LabelKey[];
  readonly remove: readonly LabelKey[];
}

/** The single labels to add and to remove (label.single), less those that are left because they were contested too often. */
export function labelChanges(decision: Decision, snapshot: Snapshot, rules: Rules): LabelChanges {
  const add: LabelKey[] = [];
  const remove: LabelKey[] = [];
  const targets = labelTargets(decision, snapshot, rules);
  for (const key of LABEL_KEYS) {
    const wanted = targets.get(key);
    const there = carries(snapshot, rules, key);
    if (
      wanted === undefined ||
      labelNameOf(rules.labels, key) === null ||
      decision.contestedLabels.includes(key)
    )
      continue;
    if (wanted && !there) add.push(key);
    const before = unowned(decision) && !isOfGate(key) && standsFromBefore(snapshot, rules, key);
    if (!wanted && there && !before) remove.push(key);
  }
  return { add, remove };
}

export function carries({ labels }: Snapshot, rules: Rules, key: LabelKey): boolean {
  const name = labelNameOf(rules.labels, key);
  return name !== null && labels.some((label) => sameLogin(label, name));
}

const isOfGate = (key: LabelKey): boolean => GATED_LABELS.some((row) => row.key === key);

const unowned = ({ register }: Decision): boolean => register.motion === null;

/** A label that was put on before the clerk's time, by a person or an older bot, may report something the clerk never saw. */
function standsFromBefore(snapshot: Snapshot, rules: Rules, key: LabelKey): boolean {
  const last = eventsOf(snapshot, rules, key)
    .filter((event) => event.kind === "labeled")
    .at(-1);
  return last === undefined || last.at < snapshot.adoptedAt;
}
