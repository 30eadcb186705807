import type { Decision } from "../model/decision.js";
import type { ConcernDetail } from "./concerns.js";
import { concernList } from "./concerns.js";
import type { WordsContext } from "./context.js";
import { fitting } from "./fitting.js";

/** The comment that keeps a proposal's concerns while no motion is open (concern.raise); once one is, it points to the motion's own comment. */
export function registerComment(decision: Decision, context: WordsContext): string {
  const { motion } = decision.register;
  if (motion !== null && motion.end === null) {
    return "The concerns of this proposal are now kept in the status comment of the motion.";
  }
  const write = (detail: ConcernDetail) => () =>
    [
      "The clerk keeps the concerns of this proposal here until a motion is opened. Open ones carry over into a motion to merge.",
      decision.concerns.length === 0 ? "There are none." : concernList(decision.concerns, null, detail),
      `Members raise a concern with \`@${context.mention} concern TEXT\` and resolve one with \`@${context.mention} resolve C1\`, each on a line of its own.`,
    ].join("\n\n");
  return fitting([write("full"), write("brief"), write("numbers")]);
}
