import { headAt, isPresentText } from "../acts/heads.js";
import { isToMerge } from "../acts/motionOutcome.js";
import { type ActContext, accepted, ignored, mayAct, type Ruling, refused } from "../acts/ruling.js";
import type { ChecklistFacts, Gate } from "../model/gates.js";
import type { GateView } from "../model/gateView.js";
import type { Checklist, ChecklistTick, Motion, Register } from "../model/register.js";
import type { Rules } from "../model/rules.js";
import type { OwnComment, Snapshot } from "../model/snapshot.js";
import { type Instant, MINUTE } from "../text/time.js";
import { gatesAskedFor } from "./askedFor.js";
import type { ItemChange } from "./checklistBoxes.js";
import { memoryOfGates } from "./memory.js";

/*
 * gate.begin, gate.end: a list on the default branch whose items members tick. It is taken once for each motion to merge, when the clerk opens
 * it, and kept: what becomes of the file later changes nothing.
 */

type ChecklistGate = Extract<Gate, { kind: "checklist" }>;

/** The number of the motion whose checklist this comment is; null: it is another comment. */
export const checklistOf = ({ marker }: OwnComment): number | null =>
  marker.kind === "checklist" ? Number.parseInt(marker.key, 10) : null;

/** The motion that is, or has decided, to merge, and whose list members tick. */
export const tickable = ({ motion }: Register): Motion | null => (isToMerge(motion) ? motion : null);

/** The list of the motion that is open or has decided; null: none was taken yet. */
export function checklistNow(register: Register): Checklist | null {
  const kept = register.gates?.checklist;
  return kept !== undefined && kept.motion === tickable(register)?.number ? kept : null;
}

/** Takes the list of a motion that has none yet, with what had been ticked of the same text for the motion before. */
export function withChecklist(register: Register, snapshot: Snapshot, rules: Rules, at: Instant): Register {
  const motion = tickable(register);
  const facts = snapshot.gates?.checklist ?? null;
  const asked = gatesAskedFor(snapshot, rules).some(({ kind }) => kind === "checklist");
  if (!asked || motion === null || facts === null || facts.problem !== null) return register;
  const gates = memoryOfGates(register);
  if (gates.checklist?.motion === motion.number) return register;
  const { file, commit, items } = facts;
  const ticks = ticksOfBefore(gates.checklist, items, isPresentText(register, snapshot));
  const checklist = { motion: motion.number, file, commit, at, items, ticks };
  return { ...register, gates: { ...gates, checklist } };
}

/** What was ticked for the motion before, of items that are in the list still, and at the text that stands. */
function ticksOfBefore(
  before: Checklist | undefined,
  items: ChecklistFacts["items"],
  isPresent: (commit: string) => boolean,
): readonly ChecklistTick[] {
  if (before === undefined) return [];
  const left = [...before.items.entries()].map(([at, { text }]) => ({ text, item: at + 1 }));
  return items.flatMap(({ text }, at): readonly ChecklistTick[] => {
    const had = left.findIndex((one) => one.text === text);
    if (had < 0) return [];
    const [{ item } = { item: 0 }] = left.splice(had, 1);
    const tick = before.ticks.find((one) => one.item === item);
    return tick !== undefined && isPresent(tick.head) ? [{ ...tick, item: at + 1 }] : [];
  });
}

/** Boxes of a checklist were changed: members tick and untick; anybody else’s change is put back, and answered once. */
export function tickItems(before: ActContext, number: number, changes: readonly ItemChange[]): Ruling {
  const { snapshot, rules, act, person } = before;
  const register = withChecklist(before.register, snapshot, rules, act.at);
  const list = checklistNow(register);
  if (list === null || list.motion !== number || before.phase === "out_of_scope" || before.phase === "ended")
    return ignored(before);
  const known = changes.filter(({ item }) => item <= list.items.length);
  if (known.length === 0) return ignored(before);
  if (!mayAct(before)) return refused(before, { code: "checklist_by_outsider" });
  const head = headAt(register, snapshot, act.at);
  const ticks = new Map(list.ticks.map((tick) => [tick.item, tick]));
  for (const { item, ticked } of known) {
    if (!ticked) ticks.delete(item);
    else if (!ticks.has(item)) ticks.set(item, { item, by: person, at: act.at, head });
  }
  const sorted = [...ticks.values()].sort((a, b) => a.item - b.item);
  const checklist = { ...list, ticks: sorted };
  return accepted({ ...register, gates: { ...memoryOfGates(register), checklist } });
}

export function checklistView(
  gate: ChecklistGate,
  register: Register,
  snapshot: Snapshot,
): Omit<GateView, "waiver"> {
  const list = checklistNow(register);
  if (list !== null) {
    const missing = list.items.filter((_, at) => !list.ticks.some(({ item }) => item === at + 1));
    const comment = snapshot.ownComments.find((one) => checklistOf(one) === list.motion);
    return {
      gate,
      state: missing.length === 0 ? "met" : "unmet",
      since: missing.length === 0 ? Math.max(...list.ticks.map(({ at }) => at)) : list.at,
      found: { kind: "checklist", total: list.items.length, missing, url: comment?.url ?? null },
    };
  }
  const facts = snapshot.gates?.checklist ?? null;
  const problem = facts?.problem ?? null;
  if (problem !== null)
    return { gate, state: "unknown", since: null, found: { kind: "no_checklist", problem } };
  if (tickable(register) === null)
    return { gate, state: "unmet", since: null, found: { kind: "checklist_to_come" } };
  return { gate, state: "unknown", since: null, found: { kind: "unread" } };
}

/** So long after the list was taken the clerk looks for its own comment, to link it. */
const PATIENCE = 10 * MINUTE;

/** When to look again because the comment was written by this very look, so that the status comment could not link it yet. */
export function linkChecklistAt(register: Register, { found }: GateView, now: Instant): Instant | null {
  const list = checklistNow(register);
  const unlinked = found.kind === "checklist" && found.url === null && list !== null;
  return unlinked && now < list.at + PATIENCE ? now + MINUTE : null;
}
