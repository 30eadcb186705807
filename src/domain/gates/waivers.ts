import { type ActContext, mayAct, type Ruling, refused } from "../acts/ruling.js";
import { gateKey } from "../model/gates.js";
import type { Motion, Register, Waiver } from "../model/register.js";
import { gatesAskedFor } from "./askedFor.js";
import { memoryOfGates } from "./memory.js";

/** gate.waive: a waiver is for one motion. What is said before there is one is for the next. */
const motionFor = ({ motion }: Register): number =>
  motion === null
    ? 1
    : motion.end === null || motion.end.kind === "concluded"
      ? motion.number
      : motion.number + 1;

/** gate.waive: a member says that a gate need not be met, and why. It waits to be seconded. */
export function waive(context: ActContext, gate: string, reason: string, source: string): Ruling {
  const { register, snapshot, rules, person: by, act, commandText: said, phase } = context;
  if (!mayAct(context)) return refused(context, { code: "not_a_member", said });
  if (phase === "ended") return refused(context, { code: "ended", said });
  const names = gatesAskedFor(snapshot, rules).map(({ name }) => name);
  const name = names.find((one) => isGateNamed(gate, one));
  if (name === undefined) return refused(context, { code: "no_such_gate", said, gates: names });
  if (reason === "") return refused(context, { code: "needs_text", said });
  const waiver: Waiver = {
    ...{ gate: name, reason, by, at: act.at, url: act.url, source, seconds: [] },
    motion: motionFor(register),
    granted: null,
  };
  // One waits at a time for each gate: the newest, so that nobody is taken to second words that were put in their place.
  const others = waiversNow(register).filter((one) => one.granted !== null || one.gate !== name);
  return {
    register: withWaivers(register, [...others, waiver]),
    outcome: "accepted",
    why: { code: "waiver_recorded", said, gate: name },
  };
}

/** Those of the motion that is open, or of the next. */
export const waiversNow = (register: Register): readonly Waiver[] =>
  (register.gates?.waivers ?? []).filter(({ motion }) => motion === motionFor(register));

export const withWaivers = (register: Register, waivers: readonly Waiver[]): Register => ({
  ...register,
  gates: { ...memoryOfGates(register), waivers },
});

/** The waiver of a gate for this motion: the one that holds, or else the newest that waits to be seconded. */
export function waiverOf(gate: string, register: Register, motion: Motion | null): Waiver | null {
  const number = motion === null ? motionFor(register) : motion.number;
  const own = (register.gates?.waivers ?? []).filter((one) => one.gate === gate && one.motion === number);
  return own.find(({ granted }) => granted !== null) ?? own.at(-1) ?? null;
}

export const isGateNamed = (said: string, name: string): boolean => gateKey(said) === gateKey(name);
