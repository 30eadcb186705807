import type { PersonRef } from "../model/people.js";
import type { Motion } from "../model/register.js";
import { MOST_REMINDERS } from "../reminders/period.js";
import type { DueReminder } from "../reminders/reminders.js";
import type { WordsContext } from "./context.js";
import { count, day, duration, series } from "./grammar.js";
import { mention } from "./people.js";

/** GitHub notifies no more than fifty people of one comment. */
const MOST_NAMED = 50;

/**
 * remind.vote, remind.merge: a new comment, as GitHub is not known to notify anybody of a mention that an edit adds.
 * https://github.com/isaacs/github/issues/310
 */
export function reminder(due: DueReminder, motion: Motion, context: WordsContext): string {
  switch (due.reminded.of) {
    case "vote":
      return [
        `${called(due.people)}: the motion to **${motion.disposition}** this has waited for your vote since ${day(due.since)}.`,
        `Tick your box in the status comment, or say \`@${context.mention} reviewed\` or \`@${context.mention} abstain\`. If something stands in the way, say \`@${context.mention} concern TEXT\`.`,
        onceIn(due, context),
      ].join("\n\n");
    case "merge":
      return [
        `${called(due.people)}: this proposal has been accepted since ${day(due.since)}, and is not merged yet. Please merge it, or say here what it waits for.`,
        onceIn(due, context),
      ].join("\n\n");
  }
}

function onceIn({ reminded: { number } }: DueReminder, { rules }: WordsContext): string {
  const every = duration(rules.reminders?.mentionAfter ?? 0);
  const left = MOST_REMINDERS - number;
  return left === 0
    ? "This is the last reminder."
    : `The next reminder comes in ${every} at the earliest; there ${left === 1 ? "is" : "are"} ${count(left, "more", "more")} at most.`;
}

function called(people: readonly PersonRef[]): string {
  const more = people.length - MOST_NAMED;
  const names = people.slice(0, MOST_NAMED).map(mention);
  return series(more > 0 ? [...names, `${more} more`] : names);
}
