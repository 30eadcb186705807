import { isMembers } from "../acts/needs.js";
import { type ActContext, accepted, ignored, type Ruling } from "../acts/ruling.js";
import { labelEvents, labelHistory, stageNow } from "../acts/stage.js";
import type { Gate } from "../model/gates.js";
import type { GateView } from "../model/gateView.js";
import { sameLogin } from "../model/people.js";
import type { GateMemory, Register } from "../model/register.js";
import type { Rules } from "../model/rules.js";
import type { Snapshot } from "../model/snapshot.js";
import { gatesAskedFor } from "./askedFor.js";
import { memoryOfGates } from "./memory.js";

/*
 * gate.begin, gate.end: a label that has to be there, or must not be. What counts is the last change of it by somebody on the roster, or by
 * the clerk: anybody who may sort issues can put a label on and take it off.
 */

type LabelGate = Extract<Gate, { kind: "label" }>;
type LabelMemory = GateMemory["labels"][number];

const labelGates = (snapshot: Snapshot, rules: Rules): readonly LabelGate[] =>
  gatesAskedFor(snapshot, rules).flatMap((gate) => (gate.kind === "label" ? [gate] : []));

/** Does a gate hang on this label? */
export const isGateLabel = (label: string, snapshot: Snapshot, rules: Rules): boolean =>
  labelGates(snapshot, rules).some((gate) => sameLogin(gate.label, label));

/**
 * Labels that were there before the config had a gate for them, or before the clerk had looked at all: whoever put them on meant nothing by
 * it that could be weighed now, so they stand as they stood.
 */
export function withLabelsOfBefore(register: Register, snapshot: Snapshot, rules: Rules): Register {
  if (snapshot.pull.state !== "open" || !stageNow(snapshot, rules).inScope) return register;
  const until = Math.max(register.judgedUpTo, snapshot.adoptedAt);
  const found = labelGates(snapshot, rules).flatMap(({ label }): readonly LabelMemory[] => {
    if (remembered(register, label) !== undefined) return [];
    const stands = labelHistory(snapshot, label)(until);
    const last = labelEvents(snapshot.events, label).findLast(({ at }) => at <= until);
    return stands || last !== undefined ? [{ label, stands, by: null, at: last?.at ?? until }] : [];
  });
  return found.reduce(remembering, register);
}

const remembered = ({ gates }: Register, label: string): LabelMemory | undefined =>
  gates?.labels.find((one) => sameLogin(one.label, label));

function remembering(register: Register, found: LabelMemory): Register {
  const gates = memoryOfGates(register);
  const others = gates.labels.filter(({ label }) => !sameLogin(label, found.label));
  return { ...register, gates: { ...gates, labels: [...others, found] } };
}

/** A label that a gate hangs on was put on or taken off. By anybody who is not on the roster it changes nothing, and that is written down too. */
export function markLabel(context: ActContext, label: string, stands: boolean, byClerk: boolean): Ruling {
  const { register, rules, act, person, stage, appliesTo } = context;
  if (appliesTo !== null || stage.merged) return ignored(context);
  if (byClerk || isMembers(act.by, rules))
    return accepted(remembering(register, { label, stands, by: person, at: act.at }));
  return remembered(register, label) === undefined
    ? {
        ...ignored(context),
        register: remembering(register, { label, stands: !stands, by: null, at: act.at }),
      }
    : ignored(context);
}

export function labelView(gate: LabelGate, register: Register, snapshot: Snapshot): Omit<GateView, "waiver"> {
  const { label, wanted } = gate;
  const known = remembered(register, label);
  const stands = known?.stands ?? false;
  const worn = snapshot.labels.some((one) => sameLogin(one, label));
  const last = labelEvents(snapshot.events, label).at(-1);
  return {
    gate,
    state: stands === (wanted === "present") ? "met" : "unmet",
    since: known?.at ?? null,
    found: {
      kind: "label",
      stands,
      by: known?.by ?? null,
      idle: worn === stands ? null : { by: last?.actor ?? null },
    },
  };
}
