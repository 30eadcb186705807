import { isDecidedToMerge } from "../acts/motionOutcome.js";
import type { AfterFcp, ConfirmShortfall, Decision, Hold, Reason } from "../model/decision.js";
import type { GateMoment } from "../model/gates.js";
import { readable } from "../text/time.js";
import { refusalSentence } from "./amendmentRefusal.js";
import { plain, shorten } from "./escape.js";
import { untilGates } from "./gates.js";
import { concernNames, count, series, theTeam } from "./grammar.js";
import { approvals, changesLack, type Detail } from "./shortfall.js";

/** Check titles and terminal lines are read at a glance. */
const TITLE_LIMIT = 120;

/**
 * What the proposal waits for now, or how it ended: one sentence of plain text, no Markdown. Texts that are Markdown escape it.
 */
export const statusSentence = (decision: Decision): string => sentence(decision, "full");

/** The same sentence in at most 120 characters: particulars go first, then the end. */
export function statusSentenceShort(decision: Decision): string {
  const full = statusSentence(decision);
  return full.length <= TITLE_LIMIT ? full : shorten(sentence(decision, "brief"), TITLE_LIMIT);
}

function sentence(decision: Decision, detail: Detail): string {
  const { reason } = decision;
  const waits = (
    parts: readonly string[],
    moment: GateMoment | null,
    without: string,
    before = "Waiting for",
  ): string => {
    const gates = moment === null ? [] : untilGates(decision, moment);
    const all = [...parts, ...gates, ...decision.holds.map(untilHoldEnds)];
    return all.length > 0
      ? `${before} ${series(all.map((part, i) => (i === 0 ? part : `for ${part}`)))}.`
      : without;
  };
  const to = decision.register.motion === null ? "" : ` to ${decision.register.motion.disposition}`;
  switch (reason.code) {
    case "not_a_proposal":
      return "Not a proposal: there is nothing to decide here.";
    case "unlabelled_proposal":
      return `This ${reason.changes ? "changes" : "adds"} a proposal text but lacks the label “${plain(reason.label)}”: a maintainer adds it, and then it can be decided.`;
    case "placeholder":
      return `A placeholder: nothing is decided while it carries the label “${plain(reason.label)}”.`;
    case "draft":
      return "A draft: nothing is decided before it is marked ready for review.";
    case "awaiting_motion":
      return "In review: no Final Comment Period has been proposed yet.";
    case "awaiting_votes":
      return waits(
        [...approvals(reason.teams, detail), ...resolutions(reason.concerns)],
        "begin",
        "Waiting for votes.",
      );
    case "below_minimum":
      return waits(
        reason.teams.map(
          (team) =>
            `${theTeam(plain(team.title))} to have at least ${count(team.minimum, "member")} (it has ${team.size})`,
        ),
        "begin",
        "Waiting for a team to have enough members.",
      );
    case "blocked":
      return waits(resolutions(reason.concerns), "begin", "Waiting for open concerns to be resolved.");
    case "held":
      return waits([], "begin", "On hold.");
    case "gated":
      return waits([], "begin", "Waiting for what has to be in place.");
    case "record_lost":
      return `The clerk’s record was lost and has been rebuilt: waiting for ${series(reason.teams.map(confirmations))}.`;
    case "record_unkept":
      return "The record of this proposal has grown too large to be kept, so nothing more is judged here: carry it on in a new pull request.";
    case "beginning":
      return "Every needed team has approved: the Final Comment Period begins now.";
    case "fcp_running": {
      const until = `Final Comment Period${to} until ${readable(reason.endsAt)}`;
      return waits(
        [...approvals(reason.teams, detail), ...resolutions(reason.concerns)],
        "conclude",
        `${until}.`,
        `${until}; also waiting for`,
      );
    }
    case "fcp_over": {
      const ended = `The Final Comment Period${to} ended on ${readable(reason.endedAt)}`;
      return waits(
        [...approvals(reason.teams, detail), ...resolutions(reason.concerns)],
        "conclude",
        `${ended} and concludes now.`,
        detail === "full" ? `${ended}; waiting for` : "Final Comment Period over; waiting for",
      );
    }
    case "accepted":
      return "Accepted: the Final Comment Period has concluded, and this can be merged.";
    case "accepted_waiting":
      return waits(
        [
          ...(reason.approval === null ? [] : [approvalOf(reason.approval, detail)]),
          ...approvals(reason.teams, detail),
          ...resolutions(reason.concerns),
        ],
        "merge",
        "Accepted, but not ready to be merged yet.",
        "Accepted; merging waits for",
      );
    case "decided_close":
      return "Decided: the Final Comment Period has concluded, and this is closed.";
    case "decided_postpone":
      return "Decided: the Final Comment Period has concluded, and this is postponed.";
    case "merged_accepted":
      return decision.amendment === undefined
        ? "Merged after its Final Comment Period."
        : "Merged as approved.";
    case "merged_undecided":
      return "Merged without a decision.";
    case "closed":
      return isDecidedToMerge(decision.register.motion)
        ? "Closed; the decision to merge stands if it is reopened."
        : "Closed.";
    case "overridden":
      if (reason.merged) return "Merged by override: the decision was taken elsewhere and is recorded here.";
      return reason.outcome === "finished"
        ? "Finished by override: the decision was taken elsewhere and is recorded here."
        : "Cancelled by override: the decision was taken elsewhere and is recorded here.";
    case "changes_nothing":
      return "This changes nothing that counts: the roster and the rules stay as they are.";
    case "amendment_refused": {
      const [first, ...others] = reason.refusals;
      const why = first === undefined ? "it cannot pass as it is" : refusalSentence(first);
      return `Refused: ${why}${others.length === 0 ? "" : ` (and ${count(others.length, "more reason")})`}.`;
    }
    case "amendment_unproposed":
      return "An amendment: a member has to stand behind it with the command propose.";
    case "amendment_waits":
      return waits(
        [
          ...(decision.amendment === undefined ? [] : [changesLack(decision.amendment, detail)]),
          ...resolutions(reason.concerns),
        ],
        null,
        "Waiting for approvals.",
      );
    case "amendment_passed":
      return "Approved: every change has what it needs, and this can be merged.";
    default:
      return unreachable(reason);
  }
}

const unreachable = (reason: never): string => `Unknown: ${JSON.stringify(reason satisfies never as Reason)}`;

/** fcp.after: how many have to approve the text yet, and who has. */
function approvalOf({ approvedBy, needed }: Pick<AfterFcp, "approvedBy" | "needed">, detail: Detail): string {
  const more = needed - approvedBy.length;
  const who =
    approvedBy.length === 0 ? count(more, "member") : `${more} more ${more === 1 ? "member" : "members"}`;
  if (detail === "brief") return `approval of this text by ${who}`;
  const has = approvedBy.length === 1 ? "has" : "have";
  const told =
    approvedBy.length === 0
      ? ""
      : ` (${series(approvedBy.map(({ login }) => plain(login)))} ${has} approved it)`;
  return `an approval of this very text by ${who} other than the author${told}`;
}

const confirmations = ({ title, has, needed }: ConfirmShortfall): string =>
  `${count(needed - has, has === 0 ? "member" : "more member")} of ${theTeam(plain(title))} to say confirm`;

const resolutions = (concerns: readonly number[]): string[] =>
  concerns.length === 0 ? [] : [`${concernNames(concerns)} to be resolved`];

/** What ends a hold, in plain text behind “Waiting for”. */
export function untilHoldEnds(hold: Hold): string {
  switch (hold.code) {
    case "draft":
      return "the draft to be marked ready for review";
    case "base":
      return `the base branch to be “${plain(hold.wanted)}” again (now “${plain(hold.base)}”)`;
    case "closed":
      return "the pull request to be reopened";
    case "changes_the_rules":
      return "the change of the config to be taken out of it";
    case "record_lost":
      return "what was rebuilt to be confirmed";
    case "record_unkept":
      return "the record to be kept";
    case "lawful_lost":
      return "the config to be confirmed or amended: the clerk has lost what it knew to be lawful";
    case "unlawful_config":
      return "the config, which was changed without an approved amendment, to be ratified or reverted";
  }
}
