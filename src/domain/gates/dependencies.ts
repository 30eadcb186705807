import { isToMerge } from "../acts/motionOutcome.js";
import type { DependenciesFacts, DependencyFacts, Gate } from "../model/gates.js";
import type { GateView } from "../model/gateView.js";
import type { Register } from "../model/register.js";
import { memoryOfGates } from "./memory.js";
import { MOST_DEPENDENCIES } from "./named.js";

/**
 * gate.begin, gate.end: what this builds on is accepted or merged. What waits for this one in turn holds nothing: none of a circle could
 * ever begin. Unless the clerk knows what a dependency waits for, there is no circle.
 */
export function dependenciesView(
  gate: Gate & { readonly kind: "dependencies" },
  facts: DependenciesFacts | null,
  { gates }: Register,
  own: number,
): Omit<GateView, "waiver"> {
  if (facts === null) return { gate, state: "unknown", since: null, found: { kind: "unread" } };
  const wanted = (gates?.dependencies ?? facts.named).filter((one) => one !== own);
  const known = new Map(facts.known.map((one) => [one.number, one]));
  const each = wanted.map(
    (number) => known.get(number) ?? ({ number, state: "unknown", dependsOn: [] } as const),
  );
  const met = each.filter(isDone);
  const left = each.filter((one) => !isDone(one));
  const circle = left.filter(({ number }) => leadsTo(own, number, known)).map(({ number }) => number);
  const open = left.filter(({ number }) => !circle.includes(number));
  const untold = open.length > 0 && open.every(({ state }) => state === "unknown");
  return {
    gate,
    state: open.length === 0 ? "met" : untold ? "unknown" : "unmet",
    since: null,
    found: { kind: "dependencies", open, met, circle },
  };
}

const isDone = ({ state }: DependencyFacts): boolean => state === "merged" || state === "accepted";

/** Does this one wait for that, by what is not done yet? */
function leadsTo(to: number, from: number, known: ReadonlyMap<number, DependencyFacts>): boolean {
  const seen = new Set<number>();
  const open = [from];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (at === to) return true;
    const one = known.get(at);
    if (seen.has(at) || one === undefined || isDone(one)) continue;
    seen.add(at);
    open.push(...one.dependsOn);
  }
  return false;
}

/**
 * From the motion to the merge an author takes nothing away from what it waits for: what was named once stays, also when it is decided, as a
 * gate may hold the merge alone. The first twenty count, so that nobody makes the record grow without end. What is to be closed or postponed
 * waits for nothing.
 */
export function withDependencies(register: Register, facts: DependenciesFacts | null | undefined): Register {
  const gates = memoryOfGates(register);
  const { motion } = register;
  const merges = isToMerge(motion);
  const open = motion !== null && motion.end === null;
  if (facts === null || facts === undefined || (open && !merges)) return register;
  const kept = merges ? gates.dependencies : [];
  const named = [...new Set(facts.named)].sort((a, b) => a - b);
  const all = [...new Set([...kept, ...named])].slice(0, MOST_DEPENDENCIES);
  const same =
    all.length === gates.dependencies.length && all.every((one, at) => one === gates.dependencies[at]);
  return same ? register : { ...register, gates: { ...gates, dependencies: all } };
}
