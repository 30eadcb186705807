import type { Decision, Seat } from "../model/decision.js";
import type { ConcernDetail } from "./concerns.js";
import { series } from "./grammar.js";
import { countsShown } from "./lawful.js";
import { named } from "./people.js";
import { titleOf } from "./votes.js";

/** said.locked: why nothing is said in the conversation, and, while a motion is open, the votes that its status comment cannot tell. */
export function lockedNote(decision: Decision, detail: ConcernDetail): string {
  const { motion } = decision.register;
  const votes =
    motion === null || motion.end !== null || detail === "numbers"
      ? []
      : countsShown(decision).map(({ title, seats }) => `- ${titleOf(title)}: ${votesOf(seats)}`);
  return [LOCKED, ...(votes.length === 0 ? [] : [votes.join("\n")])].join("\n\n");
}

const LOCKED =
  "This conversation is locked, and GitHub lets the clerk neither comment nor react in it. Votes, commands and concerns count all the same, and this check tells what comes of them and carries the record. The clerk’s comments and reactions follow when the conversation is unlocked.";

function votesOf(seats: readonly Seat[]): string {
  const who = (choice: Seat["choice"]) =>
    series(seats.filter((seat) => seat.choice === choice).map(({ member }) => named(member)));
  const said = [
    { words: "yes from", by: who("yes") },
    { words: "abstaining:", by: who("abstain") },
    { words: "no vote from", by: who(null) },
  ];
  return said.flatMap(({ words, by }) => (by === "" ? [] : [`${words} ${by}`])).join("; ");
}
