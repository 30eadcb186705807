import { decide } from "../domain/decide.js";
import { desired } from "../domain/desired.js";
import { plan } from "../domain/plan.js";
import { missingShort } from "../domain/words/missing.js";
import { notices } from "../domain/words/notice.js";
import type { Judge } from "./reconcile.js";

/** read ─► decide ─► desired ─► plan: the pure part of every look, `explain` and dry runs included. */
export const judgeByRules: Judge = (snapshot, rules, now) => {
  const decision = decide(snapshot, rules, now);
  return {
    actions: plan(desired(decision, snapshot, rules), snapshot),
    nextCheckAt: decision.nextCheckAt,
    register: decision.register,
    lost: decision.lost,
    phase: decision.phase,
    notices: notices(decision),
    summary: `${decision.phase}: ${missingShort(decision)}`,
  };
};
