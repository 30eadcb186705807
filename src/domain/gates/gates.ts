import { isToMerge } from "../acts/motionOutcome.js";
import { stageNow } from "../acts/stage.js";
import type { Gate, GateMoment } from "../model/gates.js";
import type { GateView } from "../model/gateView.js";
import type { Motion, Register } from "../model/register.js";
import type { Rules } from "../model/rules.js";
import type { Snapshot } from "../model/snapshot.js";
import { HOUR, type Instant } from "../text/time.js";
import { gatesAskedFor } from "./askedFor.js";
import { checklistView, linkChecklistAt } from "./checklist.js";
import { dependenciesView } from "./dependencies.js";
import { formView } from "./form.js";
import { implementationView } from "./implementation.js";
import { labelView } from "./labels.js";
import { threadsView } from "./threads.js";
import { waiverOf } from "./waivers.js";

/**
 * gate.begin, gate.end: how every gate stands, of a proposal that is to be merged or may yet be. What is to be closed or postponed needs
 * nothing of the kind. Empty: the config asks for nothing, or there is nothing to hold any more.
 */
export function gatesOf(snapshot: Snapshot, rules: Rules, register: Register): readonly GateView[] {
  const { motion } = register;
  const concerned =
    snapshot.pull.state !== "merged" &&
    (isToMerge(motion) ||
      (!isOpen(motion) && snapshot.pull.state === "open" && stageNow(snapshot, rules).inScope));
  if (!concerned) return [];
  const kept = isToMerge(motion) ? motion : null;
  return gatesAskedFor(snapshot, rules).map((gate) => {
    const view = viewOf(gate, snapshot, rules, register, kept);
    const waiver = waiverOf(gate.name, register, kept);
    const waived = view.state !== "met" && waiver?.granted != null;
    return { ...view, waiver, ...(waived ? { state: "waived", since: waiver.granted } : {}) };
  });
}

function viewOf(
  gate: Gate,
  snapshot: Snapshot,
  rules: Rules,
  register: Register,
  motion: Motion | null,
): Omit<GateView, "waiver"> {
  if (snapshot.gates?.told?.includes(gate.kind))
    return { gate, state: "met", since: null, found: { kind: "unread" } };
  switch (gate.kind) {
    case "label":
      return labelView(gate, register, snapshot);
    case "review_threads":
      return threadsView(gate, snapshot.gates?.threads ?? null, motion, rules);
    case "dependencies":
      return dependenciesView(gate, snapshot.gates?.dependencies ?? null, register, snapshot.pull.number);
    case "form":
      return formView(gate, snapshot, rules, register);
    case "checklist":
      return checklistView(gate, register, snapshot);
    case "implementation":
      return implementationView(gate, register, snapshot);
  }
}

const isOpen = (motion: Motion | null): boolean => motion !== null && motion.end === null;

/** Those that hold what comes next. */
export const holding = (gates: readonly GateView[], moment: GateMoment): readonly GateView[] =>
  gates.filter(({ gate, state }) => gate.before === moment && (state === "unmet" || state === "unknown"));

export const asksForDependencies = (snapshot: Snapshot, rules: Rules): boolean =>
  gatesAskedFor(snapshot, rules).some(({ kind }) => kind === "dependencies");

/** What may change without a trace in the lists that are read for what is new: all but labels, comments and what the clerk keeps itself. */
const isHidden = ({ gate, state }: GateView): boolean =>
  gate.kind !== "label" &&
  (state === "unknown" || (state === "unmet" && gate.kind !== "checklist" && gate.kind !== "implementation"));

/**
 * When to look again by oneself: that a thread was resolved, or what another proposal has come to, shows nowhere in a list that is read
 * for what is new, should the webhook be lost. Where nothing is to be decided, a gate is only shown, and the look of each day will do.
 */
export function lookAgainAt(gates: readonly GateView[], register: Register, now: Instant): Instant | null {
  const decides = isToMerge(register.motion);
  const hidden = gates.some(
    (view) => view.gate.before !== "never" && (decides ? isHidden(view) : view.found.kind === "unread"),
  );
  const links = gates.flatMap((view) => linkChecklistAt(register, view, now) ?? []);
  const moments = [...links, ...(hidden ? [now + HOUR] : [])];
  return moments.length === 0 ? null : Math.min(...moments);
}
