import { isAuthor } from "../acts/authors.js";
import { type ActContext, accepted, mayAct, type Ruling, refused } from "../acts/ruling.js";
import type { Gate } from "../model/gates.js";
import type { GateView } from "../model/gateView.js";
import type { ImplementationMemory, Register } from "../model/register.js";
import type { Snapshot } from "../model/snapshot.js";
import { gatesAskedFor } from "./askedFor.js";
import { memoryOfGates } from "./memory.js";

/*
 * gate.begin, gate.end: implementations are linked by the author, and a member says that they are in order. Links alone clear nothing: anybody
 * can write an address.
 */

type ImplementationGate = Extract<Gate, { kind: "implementation" }>;

/** How many links are kept, and of how many characters at most. */
export const MOST_LINKS = 20;
export const LONGEST_ADDRESS = 300;

const NOTHING: ImplementationMemory = { links: [], checked: null };

const memoryOf = ({ gates }: Register): ImplementationMemory => gates?.implementation ?? NOTHING;

const withMemory = (register: Register, implementation: ImplementationMemory): Register => ({
  ...register,
  gates: { ...memoryOfGates(register), implementation },
});

/** What the author said, and what the description links now, each once. */
function linkedIn(register: Register, { gates }: Snapshot): readonly string[] {
  const all = [...memoryOf(register).links.map(({ address }) => address), ...(gates?.implementations ?? [])];
  return [...new Map(all.map((address) => [keyOf(address), address])).values()].slice(0, MOST_LINKS);
}

/** Two addresses of one page are one implementation. */
const keyOf = (address: string): string => address.replace(/#.*$/, "").replace(/\/+$/, "").toLowerCase();

/**
 * Are fewer linked than it takes, has a member to check them, or are they in order? Once they are, no change of a link opens it again. null: what
 * is linked cannot be told now.
 */
export function implementationStage(
  needed: number,
  register: Register,
  snapshot: Snapshot,
): "to_link" | "to_check" | "in_order" | null {
  if (memoryOf(register).checked !== null) return "in_order";
  if (linkedIn(register, snapshot).length >= needed) return "to_check";
  return isUnread(snapshot) ? null : "to_link";
}

const isUnread = ({ gates }: Snapshot): boolean => gates?.implementations === null;

export function implementationView(
  gate: ImplementationGate,
  register: Register,
  snapshot: Snapshot,
): Omit<GateView, "waiver"> {
  const { checked } = memoryOf(register);
  const linked = linkedIn(register, snapshot);
  if (implementationStage(gate.needed, register, snapshot) === null)
    return { gate, state: "unknown", since: null, found: { kind: "unread" } };
  return {
    gate,
    state: checked === null ? "unmet" : "met",
    since: checked?.at ?? null,
    found: { kind: "implementation", linked, checked },
  };
}

/** How many it takes. 0: no gate asks for any. */
const neededIn = ({ snapshot, rules }: ActContext): number =>
  gatesAskedFor(snapshot, rules).find((gate) => gate.kind === "implementation")?.needed ?? 0;

/** `implementation URL`, by the author. */
export function linkImplementations(context: ActContext, addresses: readonly string[]): Ruling {
  const { register, phase, act, person: by, commandText: said } = context;
  if (!isAuthor(context)) return refused(context, { code: "link_by_author", said });
  if (phase === "ended") return refused(context, { code: "ended", said });
  if (addresses.length === 0) return refused(context, { code: "needs_text", said });
  const memory = memoryOf(register);
  const known = new Set(memory.links.map(({ address }) => keyOf(address)));
  const fresh = new Map(addresses.map((address) => [keyOf(address), address]));
  const links = [...memory.links];
  for (const [key, address] of fresh) {
    if (known.has(key)) continue;
    if (address.length > LONGEST_ADDRESS || links.length >= MOST_LINKS)
      return refused(context, { code: "links_not_kept", said });
    links.push({ address, by, at: act.at });
  }
  return accepted(
    links.length === memory.links.length ? register : withMemory(register, { ...memory, links }),
  );
}

/** `implementation ok` by a member clears the gate, and `implementation not ok` takes that back. */
export function checkImplementations(context: ActContext, inOrder: boolean): Ruling {
  const { register, snapshot, phase, act, person: by, commandText: said } = context;
  if (!mayAct(context)) return refused(context, { code: "not_a_member", said });
  if (phase === "ended") return refused(context, { code: "ended", said });
  const memory = memoryOf(register);
  if (!inOrder) return accepted(withMemory(register, { ...memory, checked: null }));
  const linked = linkedIn(register, snapshot).length;
  // Where it cannot be told what is linked, the member has seen it; and with the register lost, what was accepted then is (memory.lost).
  const needed = neededIn(context);
  if (linked < needed && !isUnread(snapshot) && !context.acceptedBefore)
    return refused(context, { code: "no_implementation", said, linked, needed });
  return accepted(withMemory(register, { ...memory, checked: { by, at: act.at, url: act.url } }));
}
