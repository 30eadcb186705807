import { adopts } from "../amendment/motion.js";
import type { Motion, MotionEnd } from "../model/register.js";
import type { Disposition } from "../model/rules.js";
import { readable } from "../text/time.js";
import type { WordsContext } from "./context.js";
import { link } from "./links.js";
import { overrideLine } from "./override.js";
import { personIn } from "./people.js";

/** How a motion ended, in its first line. Empty while it lives. */
export function ending(motion: Motion, context: WordsContext): string {
  const { end } = motion;
  return end === null ? "" : endLine(end, motion, context);
}

function endLine(end: MotionEnd, motion: Motion, context: WordsContext): string {
  const { disposition } = motion;
  const when = readable(end.at);
  switch (end.kind) {
    case "cancelled":
      return cancelled(end, context);
    case "concluded":
      return adopts(motion) && context.pull.state === "merged"
        ? `**Adopted** on ${when}: merged as approved.`
        : concluded(when, disposition, context);
    case "merged_undecided":
      if (adopts(motion))
        return `**Merged without approval** on ${when}: not every change had what it needs. It is reported, and elects nobody.`;
      return `**Merged without a decision** on ${when}: the Final Comment Period to ${disposition} had not concluded.`;
    case "overridden":
      return overrideLine(end, motion, context);
    case "void":
      return `**Void** since ${when}: a newer motion has taken the place of this decision.`;
  }
}

function cancelled(end: Extract<MotionEnd, { kind: "cancelled" }>, context: WordsContext): string {
  const by = end.by === null ? "" : ` by ${personIn(context, end.by)}`;
  const when = readable(end.at);
  switch (end.how) {
    case "command":
      return `**Cancelled**${by} on ${when} (${link("command", end.url)}).`;
    case "closed":
      return `**Cancelled** on ${when}, as the pull request was ${link("closed", end.url)}${by}.`;
    case "lost":
      return `**Ended** on ${when}: the clerk’s record was lost, and its own labels show no motion to carry on.`;
  }
}

/** What was decided, and whether it has been done: nothing is told as still to be done that is done. */
function concluded(when: string, disposition: Disposition, { pull, rules }: WordsContext): string {
  switch (disposition) {
    case "merge":
      return pull.state === "merged"
        ? `**Merged**${pull.mergedAt === null ? "" : ` on ${readable(pull.mergedAt)}`}, as decided: accepted on ${when}.`
        : `**Concluded** on ${when}: accepted, to be merged.`;
    case "close":
      return pull.state !== "open" || rules.conclude.close === "close"
        ? `**Closed**, as decided on ${when}.`
        : `**Concluded** on ${when}: to be closed.`;
    case "postpone":
      return `**Postponed**, as decided on ${when}.`;
  }
}
