import { periodOf } from "../acts/ratchet.js";
import { adopts } from "../amendment/motion.js";
import type { AnnouncementKind, Decision } from "../model/decision.js";
import type { PublishedRecord } from "../model/publicRecord.js";
import type { Motion } from "../model/register.js";
import type { Disposition } from "../model/rules.js";
import { readable } from "../text/time.js";
import { obsoleteWords } from "./authors.js";
import type { ConcernDetail } from "./concerns.js";
import { concernList } from "./concerns.js";
import type { WordsContext } from "./context.js";
import { telling } from "./decided.js";
import { ending } from "./ending.js";
import { escaped } from "./escape.js";
import { COMMENT_LIMIT, fitting } from "./fitting.js";
import { duration } from "./grammar.js";
import { otherTextMerged, overrideRecord } from "./override.js";
import { isUnknown, mention, personIn } from "./people.js";
import { decisionRecord } from "./record.js";
import { roomBeside, signedRecord } from "./signedRecord.js";
import { statusSentence } from "./statusSentence.js";
import type { VoteDetail } from "./votes.js";

/**
 * The text of a new comment at a transition of the last motion.
 * @throws Error when there is no motion: nothing can have changed, so nothing may be announced.
 */
export function announcement(
  kind: AnnouncementKind,
  decision: Decision,
  context: WordsContext,
  published: PublishedRecord | null = null,
): string {
  const { motion } = decision.register;
  if (motion === null) throw new Error(`Cannot announce ${kind}: the proposal has no motion.`);
  switch (kind) {
    case "fcp_begun":
      return fcpBegun(motion, context);
    case "fcp_blocked":
      return fcpBlocked(decision, motion);
    case "concluded":
      return concluded(decision, motion, context, signedRecord(published));
    case "cancelled":
      return cancelled(motion, decision, context);
    case "merged_undecided":
      if (motion.end?.kind === "overridden")
        return `${otherTextMerged(motion.end, motion, context)} None of the labels of an accepted proposal is put on.`;
      if (adopts(motion)) return ending(motion, context);
      return `${ending(motion, context)} None of the labels of an accepted proposal is put on.`;
    case "overridden":
      return [
        ending(motion, context),
        "The clerk records this and sets the labels. It does not turn the check green.",
        ...(motion.end?.kind === "overridden" ? [overrideRecord(motion.end, motion, context)] : []),
        ...(published === null ? [] : [signedRecord(published)]),
      ].join("\n\n");
  }
}

function fcpBegun(motion: Motion, context: WordsContext): string {
  const end =
    motion.fcp?.state === "running"
      ? `It ends on **${readable(motion.fcp.endsAt)}**.`
      : `It lasts ${duration(periodOf(motion, context.rules))}.`;
  return [
    `The **Final Comment Period** to **${motion.disposition}** this has begun. ${end}`,
    `This is the last call for comments. Members can still raise a concern with \`@${context.mention} concern TEXT\`: the clock runs on, but the period does not conclude while a concern is open. If nothing stands in the way at its end, ${adopts(motion) ? "the amendment is approved and can be merged" : expectation(motion.disposition, context)}.`,
  ].join("\n\n");
}

function expectation(disposition: Disposition, { rules }: WordsContext): string {
  switch (disposition) {
    case "merge":
      return "the proposal is accepted and can be merged";
    case "close":
      return rules.conclude.close === "close"
        ? "the pull request is closed"
        : "the pull request is to be closed";
    case "postpone":
      return rules.conclude.postpone === "close"
        ? "the proposal is marked as postponed and the pull request is closed"
        : "the proposal is marked as postponed";
  }
}

function fcpBlocked(decision: Decision, motion: Motion): string {
  const blocking = decision.concerns.filter((concern) => concern.blocks && concern.resolved === null);
  const write = (detail: ConcernDetail) => () =>
    [
      `The time of the **Final Comment Period** is up, but it cannot conclude yet. ${escaped(statusSentence(decision))}`,
      ...(blocking.length > 0 ? [concernList(blocking, motion.disposition, detail)] : []),
      "It concludes as soon as nothing stands in the way any more; the time does not start again.",
    ].join("\n\n");
  return fitting([write("full"), write("brief"), write("numbers")]);
}

function concluded(decision: Decision, motion: Motion, context: WordsContext, signed: string): string {
  const record = motion.end?.kind === "concluded" ? motion.end.record : null;
  const write = (votes: VoteDetail, concerns: ConcernDetail) => () =>
    [
      outcome(decision, motion, context),
      ...(record === null
        ? []
        : [
            decisionRecord(
              telling(motion, decision.register, context),
              record,
              decision.concerns,
              votes,
              concerns,
            ),
          ]),
    ].join("\n\n");
  const words = fitting(
    [write("full", "full"), write("full", "brief"), write("brief", "numbers"), write("none", "numbers")],
    roomBeside(signed, COMMENT_LIMIT),
  );
  return signed === "" ? words : `${words}\n\n${signed}`;
}

function outcome(decision: Decision, motion: Motion, context: WordsContext): string {
  const { rules, pull } = context;
  const over = `The **Final Comment Period** has concluded with the decision to **${motion.disposition}** this`;
  if (motion.end?.kind === "void")
    return `${over}. A newer motion has taken the place of this decision since.`;
  const please = (what: string): string =>
    isUnknown(context, motion.mover)
      ? `A member may now ${what}.`
      : `${mention(motion.mover)}, please ${what}.`;
  switch (motion.disposition) {
    case "merge": {
      if (adopts(motion) && pull.state === "merged")
        return "This amendment is **adopted**: every change had what it needs, and it has been merged.";
      const what = adopts(motion) ? "amendment is **approved**" : "proposal is **accepted**";
      const accepted = `The **Final Comment Period** has concluded, and this ${what}.`;
      if (pull.state === "merged") return `${accepted} It has been merged.`;
      if (pull.state === "closed")
        return `${accepted} It is closed now; the decision stands if it is reopened.`;
      const next = rules.conclude.merge === "manual" ? please("merge it") : "";
      if (decision.reason.code === "accepted_waiting") {
        return [`${over}.`, escaped(statusSentence(decision)), next === "" ? "" : `After that: ${next}`]
          .filter(Boolean)
          .join(" ");
      }
      return `${accepted} ${next === "" ? "The clerk merges it now; should GitHub not let it, whoever may merge can." : next}`;
    }
    case "close":
      if (pull.state !== "open" || rules.conclude.close === "close")
        return `${over}. The pull request is closed now.`;
      return `${over}. ${please("close the pull request")}`;
    case "postpone":
      if (pull.state !== "open" || rules.conclude.postpone === "close") {
        return `${over}. The pull request is closed now, and can be reopened when its time comes.`;
      }
      return `${over}. The pull request stays open.`;
  }
}

function cancelled(motion: Motion, { register }: Decision, context: WordsContext): string {
  const what = motion.fcp?.state === "running" ? "The Final Comment Period" : "The proposal";
  const mover = isUnknown(context, motion.mover) ? "" : `, proposed by ${personIn(context, motion.mover)},`;
  const { obsolete } = register;
  const why =
    obsolete !== undefined && obsolete.at === motion.end?.at
      ? ` It ${obsoleteWords(obsolete, context)}, and is labelled so.`
      : "";
  return [
    ending(motion, context),
    `${what} to **${motion.disposition}** this${mover} is off.${why} A new motion starts without votes; open concerns stay.`,
  ].join("\n\n");
}
