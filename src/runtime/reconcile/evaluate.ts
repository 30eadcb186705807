import { decide } from "../../domain/decide.js";
import { desired } from "../../domain/desired/desired.js";
import { plan } from "../../domain/desired/plan.js";
import { unpublished } from "../../domain/desired/publicRecords.js";
import { notices } from "../../domain/messages/notice.js";
import { statusSentenceShort } from "../../domain/messages/statusSentence.js";
import type { Evaluate } from "./reconciler.js";

/** read ─► decide ─► desired ─► plan: the pure part of every reconcile, `explain` and dry runs included. */
export const evaluate: Evaluate = (snapshot, rules, now) => {
  const decision = decide(snapshot, rules, now);
  return {
    actions: plan(desired(decision, snapshot, rules), snapshot),
    nextCheckAt: decision.nextCheckAt,
    register: decision.register,
    lost: decision.lost,
    phase: decision.phase,
    unpublished: unpublished(decision, snapshot),
    notices: notices(decision),
    summary: `${decision.phase}: ${statusSentenceShort(decision)}`,
  };
};
