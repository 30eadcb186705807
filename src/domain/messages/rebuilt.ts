import type { Decision } from "../model/decision.js";
import type { Motion, Recovery } from "../model/register.js";
import { readable } from "../text/time.js";
import { PHASE_WORDS } from "./check.js";
import type { ConcernDetail } from "./concerns.js";
import { concernList } from "./concerns.js";
import type { WordsContext } from "./context.js";
import { ending } from "./ending.js";
import { escaped } from "./escape.js";
import { fitting } from "./fitting.js";
import { count, series } from "./grammar.js";
import { named, personIn } from "./people.js";
import { statusSentence } from "./statusSentence.js";
import { titleOf } from "./votes.js";

/**
 * memory.lost: the comment that lists what was rebuilt, for members to compare with what they know. Said once, of the moment of
 * rebuilding; `confirm` counts after it.
 */
export function rebuiltComment(decision: Decision, recovery: Recovery, context: WordsContext): string {
  const write = (concerns: ConcernDetail) => () =>
    [
      `**The clerk’s record of this proposal was lost.**${how(recovery)} It has been rebuilt on ${readable(recovery.at)} from what GitHub still shows. What was deleted or changed on GitHub before that may be missing here.`,
      `Until it is confirmed, nothing begins, nothing concludes and nothing turns green; votes, concerns and every other command work as always. ${escaped(statusSentence(decision))}`,
      ["### What was rebuilt", ...rebuiltFacts(decision, context, concerns)].join("\n\n"),
      `Please compare this with what you know. If something is missing, say it again (vote, raise the concern, cancel). Then say \`@${context.mention} confirm\` on a line of its own. The author of this pull request, and whoever deleted what the clerk had written, cannot confirm.`,
    ].join("\n\n");
  return fitting([write("full"), write("brief"), write("numbers")]);
}

function how({ takenBy }: Recovery): string {
  return takenBy.length === 0
    ? ""
    : ` Comments of the clerk’s were deleted by ${series(takenBy.map(named))}.`;
}

function rebuiltFacts(decision: Decision, context: WordsContext, detail: ConcernDetail): readonly string[] {
  const { motion } = decision.register;
  return [
    `Phase: **${PHASE_WORDS[decision.phase]}**.`,
    ...(motion === null ? ["No motion."] : [motionFacts(motion, context)]),
    ...(motion === null || motion.end !== null ? [] : votes(decision)),
    decision.concerns.length === 0
      ? "No concerns."
      : `Concerns:\n\n${concernList(decision.concerns, motion?.disposition ?? null, detail)}`,
  ];
}

function motionFacts(motion: Motion, context: WordsContext): string {
  const opened = `A motion to **${motion.disposition}**, by ${personIn(context, motion.mover)} on ${readable(motion.from.at)}.`;
  const fcp =
    motion.fcp?.state === "running"
      ? ` Its Final Comment Period began on ${readable(motion.fcp.startedAt)} and ends on ${readable(motion.fcp.endsAt)}.`
      : "";
  return `${opened}${fcp}${motion.end === null ? "" : ` ${ending(motion, context)}`}`;
}

function votes({ tallies }: Decision): readonly string[] {
  return tallies.map(({ title, seats, yes, needed, size }) => {
    const given = (choice: "yes" | "abstain") =>
      seats.filter((seat) => seat.choice === choice).map(({ member }) => named(member));
    const names = (list: readonly string[]) => (list.length === 0 ? "nobody" : series(list));
    const abstaining = given("abstain");
    return `${titleOf(title)}: ${yes} of ${needed} needed, of ${count(size, "member")}. Approved: ${names(given("yes"))}.${abstaining.length === 0 ? "" : ` Abstaining: ${names(abstaining)}.`}`;
  });
}
