import { boxLine, teamMark } from "../acts/boxes.js";
import type { NotCounted, Seat, TeamTally, Uncounted } from "../model/decision.js";
import type { Provenance } from "../model/register.js";
import type { WordsContext } from "./context.js";
import { escaped, plain, shorten } from "./escape.js";
import { count, day } from "./grammar.js";
import { byWhich } from "./lawful.js";
import { compareLink, link } from "./links.js";
import { countText, measureText } from "./measure.js";
import { named } from "./people.js";

/** How much a text says of each vote; the long form first, the others when it would not fit. */
export type VoteDetail = "full" | "brief" | "none";

/** A team's title, safe in Markdown and of bearable length. */
export const titleOf = (title: string): string => escaped(shorten(plain(title), 100));

/** A needed team's heading, count and boxes. `counted` false: there is no one count of it, and the table of the changes has them all. */
export function teamSection(
  tally: TeamTally,
  context: WordsContext,
  detail: VoteDetail,
  counted = true,
): string {
  const lost = tally.notCounted.map((vote) => `- ${notCountedNote(vote)}`);
  return section(tally, counted || tally.size === 0 ? standing(tally) : null, context, detail, [
    ...(lost.length > 0 && detail === "full" ? [["Not counted:", "", ...lost].join("\n")] : []),
  ]);
}

/** The same of a team with another word on where it stands (null: none), and what is to be told below its boxes. */
export function section(
  tally: TeamTally,
  stands: string | null,
  context: WordsContext,
  detail: VoteDetail,
  below: readonly string[],
): string {
  const boxes =
    detail === "none"
      ? ["The list of members is too long to show here. Members vote by review or by command."]
      : tally.seats.map((seat) => seatLine(tally.team, seat, context, detail));
  return [
    `### ${titleOf(tally.title)} ${teamMark(tally.team)}`,
    ...(stands === null ? [] : [stands]),
    ...(boxes.length > 0 ? [boxes.join("\n")] : []),
    ...below,
  ].join("\n\n");
}

/** The count as a sentence, with anything the number alone does not say. */
function standing(tally: TeamTally): string {
  if (tally.size === 0) return "No members are on the roster, so this team cannot approve.";
  const minimum = tally.belowMinimum
    ? ` The team has fewer than its minimum of ${count(tally.minimum, "member")}, so no Final Comment Period can begin.`
    : "";
  return `**${countText(tally)}** (${measureText(tally.need)})${tally.passed ? ", passed" : ""}${byWhich(tally)}.${minimum}`;
}

function seatLine(team: string, seat: Seat, context: WordsContext, detail: VoteDetail): string {
  const about = [...(seat.lead ? ["lead"] : []), ...(seat.away === null ? [] : [awayNote(seat.away)])];
  const note = seatNote(seat, context, detail);
  const notes = [about.length > 0 ? `(${about.join(", ")})` : "", note === "" ? "" : `— ${note}`];
  return boxLine(
    { team, login: seat.member.login, ticked: seat.choice === "yes" },
    notes.filter((part) => part !== "").join(" "),
  );
}

const awayNote = (away: { readonly from: number; readonly until: number }): string =>
  `away from ${day(away.from)} until ${day(away.until)}`;

/** How a member's vote came in and what it was given on; empty when there is nothing to tell. */
function seatNote(seat: Seat, context: WordsContext, detail: VoteDetail): string {
  if (detail === "brief") return seat.choice === "abstain" ? "abstains" : "";
  const uncounted = seat.uncounted === undefined ? "" : uncountedNote(seat.uncounted, context);
  const counted = countedNote(seat, context);
  return [counted, uncounted].filter((part) => part !== "").join("; ");
}

/** What was said and is no vote, why, and what to say instead. */
function uncountedNote({ why, from, asks }: Uncounted, context: WordsContext): string {
  const say = `\`@${context.mention} reviewed\``;
  switch (why) {
    case "only_to_merge":
      return `not counted: ${link("approved", from.url)} by a review on ${day(from.at)}, which is a yes to merging only${asks ? `; to vote for this, say ${say} or tick the box` : ""}`;
    case "changed":
      return `not counted any more: the ${means(from)} on ${day(from.at)} was on changes that a push has made into others since${asks ? `; to vote on these, say ${say} again or review them` : ""}`;
    case "partly":
      return `the ${means(from)} on ${day(from.at)} counts only for what a push has left as it was${asks ? `; to vote on the rest too, say ${say} again or review it` : ""}`;
  }
}

function countedNote(seat: Seat, context: WordsContext): string {
  if (seat.choice !== null && seat.from !== null) {
    const earlier =
      seat.choice === "yes" && seat.onEarlier !== null
        ? `, on an earlier revision: ${compareLink(context, seat.onEarlier, context.pull.head)}`
        : "";
    return `${seat.choice === "yes" ? approved(seat.from) : `abstains, by ${means(seat.from)}`} on ${day(seat.from.at)}${earlier}`;
  }
  if (seat.choice !== null) return seat.choice === "yes" ? "approved" : "abstains";
  if (seat.retracted) {
    return seat.from === null ? "retracted" : `retracted by ${means(seat.from)} on ${day(seat.from.at)}`;
  }
  if (seat.earlierApproval !== null) {
    const { commit, url, at } = seat.earlierApproval;
    return `not counted: ${link("approved", url)} another text (${compareLink(context, commit, context.pull.head)}) on ${day(at)}, before this was proposed`;
  }
  return "";
}

const approved = (from: Provenance): string =>
  from.via === "motion" ? `approved by ${link("proposing it", from.url)}` : `approved by ${means(from)}`;

const means = (from: Provenance): string =>
  link(from.via === "motion" ? "proposal" : MEANS[from.via], from.url);

/** How a vote came in, after "by". */
export const MEANS: Readonly<Record<Provenance["via"], string>> = {
  command: "command",
  review: "review",
  tick: "tick",
  label: "label",
  motion: "proposing it",
  override: "override",
  takeover: "a tick in the older bot’s comment",
};

function notCountedNote({ person, choice, from, why }: NotCounted): string {
  const vote = choice === "yes" ? "approval" : "abstention";
  switch (why) {
    case "left_the_team":
      return `${named(person)}: ${vote} by ${means(from)} on ${day(from.at)}; no longer on the team`;
    case "unlawfully_seated":
      return `${named(person)}: ${vote} by ${means(from)} on ${day(from.at)}; on the team only by a change of the config that nobody approved`;
  }
}
