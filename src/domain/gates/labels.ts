import { isMembers } from "../acts/needs.js";
import { type ActContext, accepted, ignored, type Ruling } from "../acts/ruling.js";
import { labelHistory, stageNow } from "../acts/stage.js";
import { labelEvents } from "../acts/timelineIndex.js";
import type { Gate } from "../model/gates.js";
import type { GateView } from "../model/gateView.js";
import { personOf, sameLogin } from "../model/people.js";
import type { GateMemory, Register } from "../model/register.js";
import type { Rules } from "../model/rules.js";
import type { Snapshot } from "../model/snapshot.js";
import type { Instant } from "../text/time.js";
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

/** The labels that a gate hangs on, in small letters. */
export const gateLabels = (snapshot: Snapshot, rules: Rules): ReadonlySet<string> =>
  new Set(labelGates(snapshot, rules).map(({ label }) => label.toLowerCase()));

/**
 * What is remembered of each label with a gate, from the first look that has both. So nothing is asked twice of what was there before: what
 * happens from then on is an act, judged once. A gate that the config has no more is forgotten, and begins anew should it come back.
 */
export function withGateLabels(register: Register, snapshot: Snapshot, rules: Rules): Register {
  if (snapshot.pull.state !== "open" || !stageNow(snapshot, rules).inScope) return register;
  const asked = labelGates(snapshot, rules);
  const kept = register.gates?.labels.filter(({ label }) =>
    asked.some((gate) => sameLogin(gate.label, label)),
  );
  const known =
    kept === undefined || kept.length === register.gates?.labels.length
      ? register
      : { ...register, gates: { ...memoryOfGates(register), labels: kept } };
  return asked
    .filter(({ label }) => remembered(known, label) === undefined)
    .map((gate) => asFound(gate, register, snapshot, rules))
    .reduce(remembering, known);
}

/**
 * Before there was anything to remember: the last change by somebody who is on the roster now, or by the clerk. Where none of them ever
 * changed it, a label that stood before the clerk had a gate for it holds as it stood, and opens nothing: it was anybody’s.
 */
function asFound(
  { label, wanted }: LabelGate,
  register: Register,
  snapshot: Snapshot,
  rules: Rules,
): LabelMemory {
  const events = labelEvents(snapshot.events, label);
  const counting = events.filter(({ actor, byClerk }) => byClerk || isMembers(actor, rules));
  const last = counting.at(-1);
  if (last !== undefined) {
    const twins = counting.filter(({ at, kind }) => at === last.at && kind !== last.kind).length > 0;
    const stands = twins ? undecided(label, wanted, last.at, snapshot) : last.kind === "labeled";
    return { label, stands, by: last.actor === null ? null : personOf(last.actor), at: last.at };
  }
  const until = Math.max(register.judgedUpTo, snapshot.adoptedAt);
  const stood = wanted === "absent" && labelHistory(snapshot, label)(until);
  return { label, stands: stood, by: null, at: events.findLast(({ at }) => at <= until)?.at ?? until };
}

/** Put on and taken off in one second: GitHub does not tell in which order. What it wears now tells of the newest second; of another, what holds. */
function undecided(label: string, wanted: LabelGate["wanted"], at: Instant, snapshot: Snapshot): boolean {
  const newest = labelEvents(snapshot.events, label).every((event) => event.at <= at);
  return newest ? snapshot.labels.some((one) => sameLogin(one, label)) : wanted === "absent";
}

/** An amendment has no gates; what happens to its labels meanwhile is found anew when it is a proposal again. */
export function withoutGateLabels(register: Register): Register {
  const { gates } = register;
  return gates === undefined || gates.labels.length === 0
    ? register
    : { ...register, gates: { ...gates, labels: [] } };
}

const remembered = ({ gates }: Register, label: string): LabelMemory | undefined =>
  gates?.labels.find((one) => sameLogin(one.label, label));

function remembering(register: Register, found: LabelMemory): Register {
  const gates = memoryOfGates(register);
  const others = gates.labels.filter(({ label }) => !sameLogin(label, found.label));
  return { ...register, gates: { ...gates, labels: [...others, found] } };
}

/** A label that a gate hangs on was put on or taken off. By anybody who is not on the roster it changes nothing. */
export function markLabel(context: ActContext, label: string, stands: boolean, byClerk: boolean): Ruling {
  const { register, snapshot, rules, act, person, stage } = context;
  if (stage.merged || !(byClerk || isMembers(act.by, rules))) return ignored(context);
  const known = remembered(register, label);
  if (known !== undefined && known.at > act.at) return accepted(register);
  const wanted = labelGates(snapshot, rules).find((gate) => sameLogin(gate.label, label))?.wanted ?? "absent";
  const twin = known !== undefined && known.at === act.at && known.stands !== stands;
  const settled = twin ? undecided(label, wanted, act.at, snapshot) : stands;
  return accepted(remembering(register, { label, stands: settled, by: person, at: act.at }));
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
