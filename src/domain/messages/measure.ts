import { neededOf, neededYes } from "../decide/tally.js";
import type { TeamShortfall, TeamTally } from "../model/decision.js";
import {
  type Measure,
  type Need,
  type Rules,
  type Threshold,
  teamOf,
  thresholdText,
} from "../model/rules.js";
import { plain } from "./escape.js";
import { count, duration, theTeam } from "./grammar.js";

/** How far a team has come, in words: `5 of 6 needed, of 8`; with a quorum, over whom it is counted and how many have voted. */
export const countText = ({
  yes,
  needed,
  size,
  quorum,
}: Pick<TeamTally, "yes" | "needed" | "size" | "quorum">): string =>
  quorum === undefined
    ? `${yes} of ${needed} needed, of ${size}`
    : `${yes} of ${needed} needed, of ${quorum.present} who do not abstain; quorum: ${quorum.voted} of ${quorum.needed} needed, of ${size}`;

/** What a team is counted by: `75%`, or `2/3 of those who do not abstain, with a quorum of 75%`. */
export const measureText = (measure: Measure): string => {
  const how = howCounted(measure);
  return how === "" ? thresholdText(measure.threshold) : `${thresholdText(measure.threshold)} ${how}`;
};

/** The same with the team, as it stands in a text: `75% of the Core Team`. */
export const shareOf = (measure: Measure, team: string): string => {
  const how = howCounted(measure);
  return `${thresholdText(measure.threshold)} of ${team}${how === "" ? "" : ` (${how})`}`;
};

function howCounted({ quorum, whole }: Measure): string {
  if (quorum === undefined) return "";
  const besides = whole === undefined ? "" : ` and ${thresholdText(whole)} of all`;
  return `of those who do not abstain, with a quorum of ${thresholdText(quorum)}${besides}`;
}

/** `; Final Comment Period of 10 days`, where a decision has another than the rest have; else nothing. */
export const periodText = (period: number, { finalCommentPeriod }: Rules): string =>
  period === finalCommentPeriod ? "" : `; Final Comment Period of ${duration(period)}`;

/** What a team that has not passed lacks: approvals, votes of either kind for its quorum, or both. */
export function lackingVotes({ yes, needed, quorum }: Pick<TeamShortfall, "yes" | "needed" | "quorum">) {
  const approvals = Math.max(0, needed - yes);
  // Approvals that are to come count for the quorum too.
  const votes = quorum === undefined ? 0 : Math.max(0, quorum.needed - quorum.voted - approvals);
  return { approvals, votes };
}

/** `2 more approvals and 1 more vote for the quorum`, as it stands in a table. */
export const moreText = (tally: Pick<TeamTally, "yes" | "needed" | "quorum">): string => {
  const { approvals, votes } = lackingVotes(tally);
  return [
    ...(approvals > 0 || votes === 0 ? [`${approvals} more`] : []),
    ...(votes > 0 ? [`${count(votes, "more vote")} for the quorum`] : []),
  ].join(", ");
};

/**
 * What a decision takes of a team as it is, as plain text: `6 of 8 of the Spec Core Team (75%)`, `4 of 5 of the Board (2/3, rounded up)`. With a quorum
 * how many have to vote, too.
 */
export function needText(need: Need, rules: Rules): string {
  const { threshold, quorum, whole } = need;
  const team = teamOf(rules, need.team);
  const size = team?.members.length ?? 0;
  const share = `${neededOf({ size, abstained: 0 }, need)} of ${size} of ${theTeam(plain(team?.title ?? need.team))}`;
  if (quorum === undefined) return `${share} (${roundedText(threshold, size)})`;
  const also = whole === undefined ? "" : ` and ${thresholdText(whole)} of all`;
  return `${share} if nobody abstains (${thresholdText(threshold)} of those who do not abstain${also}), where ${neededYes(size, quorum)} of ${size} vote (a quorum of ${roundedText(quorum, size)})`;
}

/** `75%`; `75%, rounded up` where that is no whole number of members. */
const roundedText = (share: Threshold, size: number): string =>
  `${thresholdText(share)}${(share.numerator * size) % share.denominator === 0 ? "" : ", rounded up"}`;
