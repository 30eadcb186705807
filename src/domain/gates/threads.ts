import { isMembers } from "../acts/needs.js";
import type { Gate, ThreadFacts } from "../model/gates.js";
import type { GateView } from "../model/gateView.js";
import { sameAccount } from "../model/people.js";
import type { Motion } from "../model/register.js";
import type { Rules } from "../model/rules.js";

/**
 * gate.begin, gate.end: every thread of a review is resolved. On GitHub the author of a pull request resolves anybody's: what a member
 * began is resolved by that member or another one. What somebody on no team begins after the motion is listed, and holds nothing; what
 * they had begun before it was part of the discussion that the motion ends.
 */
export function threadsView(
  gate: Gate & { readonly kind: "review_threads" },
  threads: readonly ThreadFacts[] | null,
  motion: Motion | null,
  rules: Rules,
): Omit<GateView, "waiver"> {
  if (threads === null) return { gate, state: "unknown", since: null, found: { kind: "unread" } };
  const left = threads.filter((thread) => !isSettled(thread, rules));
  const late = ({ by, at }: ThreadFacts) => motion !== null && at >= motion.from.at && !isMembers(by, rules);
  const open = left.filter((thread) => !late(thread));
  return {
    gate,
    state: open.length === 0 ? "met" : "unmet",
    // When a thread was resolved GitHub does not tell.
    since: open.length === 0 ? null : Math.min(...open.map(({ at }) => at)),
    found: { kind: "review_threads", open, idle: left.filter(late), count: threads.length },
  };
}

function isSettled({ by, resolved, resolvedBy }: ThreadFacts, rules: Rules): boolean {
  if (!resolved) return false;
  if (by === null || !isMembers(by, rules)) return true;
  return resolvedBy !== null && (sameAccount(by, resolvedBy) || isMembers(resolvedBy, rules));
}
