import type { Decision } from "../model/decision.js";
import type { PublicView } from "../model/publicView.js";
import type { Rules } from "../model/rules.js";
import type { Snapshot } from "../model/snapshot.js";
import type { Instant } from "../text/time.js";
import { detailOf } from "./detail.js";
import { happenedTo } from "./events.js";
import { summaryOf } from "./summary.js";

/**
 * What everybody may see of a pull request; null: it is no proposal, and never came so far as to be one. Whether anybody may see the repository is asked
 * elsewhere.
 *
 * @param updatedAt as GitHub says it; null: not known
 */
export function publicViewOf(
  decision: Decision,
  snapshot: Snapshot,
  rules: Rules,
  updatedAt: Instant | null = null,
): PublicView | null {
  const { phase, register, reason } = decision;
  const neverWas = register.motion === null && register.concerns.length === 0;
  if (phase === "out_of_scope" && neverWas && reason.code !== "placeholder") return null;
  return {
    summary: summaryOf(decision, snapshot, rules, updatedAt),
    detail: detailOf(decision, snapshot),
    events: happenedTo(decision, snapshot, rules),
  };
}
