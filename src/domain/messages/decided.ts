import { type SameText, sameTextBy, UNKNOWN_HEAD } from "../acts/heads.js";
import { adopts } from "../amendment/motion.js";
import { type ChangeSince, changesIn, type DecidedTeam } from "../decide/decided.js";
import { countOf, neededOf, quorumOf } from "../decide/tally.js";
import type { TeamTally } from "../model/decision.js";
import type { Motion, RecordedTally, RecordedVote, Register } from "../model/register.js";
import { readable } from "../text/time.js";
import type { WordsContext } from "./context.js";
import { count, day, series } from "./grammar.js";
import { commitLink, link } from "./links.js";
import { countText, measureText } from "./measure.js";
import { named } from "./people.js";
import { MEANS, section, titleOf, type VoteDetail } from "./votes.js";

/*
 * record.decided: what decided, as it stood then, and what has changed since, in the words of every place that tells it.
 */

/** How many said yes, how many had to, and of how many. */
export function recordedCount({ votes, size, need }: RecordedTally) {
  const count = { ...countOf(votes), size };
  return { ...count, needed: neededOf(count, need), ...quorumOf(count, need) };
}

/** `6 of 8`: how many of those that it is counted over. */
function share(tally: RecordedTally): string {
  const { yes, size, quorum } = recordedCount(tally);
  return quorum === undefined
    ? `${yes} of ${size}`
    : `${yes} of ${quorum.present} who do not abstain, ${quorum.voted} of ${size} voting`;
}

/** `passed on 2 March 2026 with 6 of 8`: plain text. Where the votes were not kept, what is known in their place. */
export function passedWords({ at, votes, standing }: DecidedTeam): string {
  if (votes !== null) return `passed on ${day(at)} with ${share(votes)}`;
  const known =
    standing === null || standing.size === 0
      ? ""
      : `; ${recordedCount(standing).yes} of ${standing.size} are known to have approved`;
  return `Final Comment Period since ${day(at)}, its first votes were not kept${known}`;
}

/** In the status comment of a running motion: the boxes as they stand, under the votes that decided. */
export function decidedSection(
  team: DecidedTeam,
  tally: TeamTally,
  motion: Motion,
  context: WordsContext,
  detail: VoteDetail,
): string {
  const measure = measureText(team.need);
  const stands =
    team.votes === null
      ? `${passedWords(team)} (${measure}).`
      : `This team **${passedWords(team)}** (${measure}). That is decided: what is said from now on is noted beside it.`;
  return section(tally, stands, context, detail, changeList(team, motion, detail));
}

/** The same where the team has to pass once more, as more is needed since (decision.ratchet). */
export const raisedNote = (team: DecidedTeam): string =>
  team.votes === null
    ? ""
    : `This team ${passedWords(team)} (${measureText(team.need)}); more is needed since.`;

/** What telling of a decision takes besides it: the motion, and which commits carry the same text. */
export interface Telling {
  readonly motion: Motion;
  readonly same: SameText;
  readonly context: WordsContext;
}

export const telling = (
  motion: Motion,
  register: Pick<Register, "heads">,
  context: WordsContext,
): Telling => ({ motion, same: sameTextBy(register, { texts: [] }), context });

/** In the decision record: count and measure, every vote, and what has changed since. */
export function decidedVotes(team: DecidedTeam, telling: Telling, detail: VoteDetail): string {
  const tally = team.votes ?? team.standing;
  if (tally === null) return "";
  const head = `**${titleOf(team.title)}**: ${countText(recordedCount(tally))} (${measureText(team.need)})${momentWords(team, telling.motion)}`;
  return votesWith(head, team, telling, detail);
}

/** In the status comment of what is decided: when it passed and with how many, and the same votes. */
export function passedVotes(team: DecidedTeam, telling: Telling, detail: VoteDetail): string {
  // Without a period an amendment passes at its last vote, and is told of at the merge.
  if (team.votes === null || telling.motion.fcp === null) return decidedVotes(team, telling, detail);
  const head = `**${titleOf(team.title)}** ${passedWords(team)} (${measureText(team.need)})`;
  return votesWith(head, team, telling, detail);
}

function votesWith(head: string, team: DecidedTeam, telling: Telling, detail: VoteDetail): string {
  const { motion } = telling;
  const votes = (team.votes ?? team.standing)?.votes ?? [];
  const text = textOf(team, motion);
  const lines = detail === "none" ? [] : votes.map((vote) => voteLine(vote, text, telling, detail));
  return [head, ...(lines.length > 0 ? [lines.join("\n")] : []), ...changeList(team, motion, detail)].join(
    "\n\n",
  );
}

/** The commit that the record names as the text of these votes. */
function textOf({ votes, moment }: DecidedTeam, { fcp, end }: Motion): string | null {
  const then = fcp?.state === "running" && votes !== null && moment === "beginning" ? fcp.decided : null;
  return (then ?? (end?.kind === "concluded" ? end.record : null))?.head ?? null;
}

function momentWords({ at, moment, votes }: DecidedTeam, motion: Motion): string {
  const { fcp, end } = motion;
  if (fcp?.state !== "running") return "";
  if (votes === null)
    return `, ${end === null ? "as it stands" : "when the Final Comment Period concluded"}; the votes it began with were not kept`;
  if (moment === "beginning") return `, when the Final Comment Period began on ${day(at)}`;
  const late = adopts(motion) ? "" : ": needed only since the Final Comment Period had begun";
  return `, when it concluded on ${day(at)}${late}`;
}

/** One member's vote as it stood: choice with its link, means and time; and its text, where that is not the record's own. */
function voteLine(vote: RecordedVote, text: string | null, telling: Telling, detail: VoteDetail): string {
  const { member, choice, url, cast, voided } = vote;
  const given = voided ?? choice;
  const word = given === "yes" ? "approved" : given === "abstain" ? "abstained" : "no vote";
  if (detail === "brief") return `- ${named(member)}: ${word}${voided === undefined ? "" : ", voided"}`;
  if (given === null)
    return `- ${named(member)}: ${word}${cast === null ? "" : ` (taken back ${actOf(vote)})`}`;
  const said = url === null ? word : link(word, url);
  const how =
    cast === null
      ? ""
      : ` by ${MEANS[cast.via]} on ${readable(cast.at)}${otherText(cast.head, text, telling)}`;
  const gone = voided === undefined ? "" : "; **voided**, as what it was given for was changed afterwards";
  return `- ${named(member)}: ${said}${how}${gone}`;
}

function otherText(head: string, text: string | null, { same, context }: Telling): string {
  if (head === UNKNOWN_HEAD) return ", on which text is not known";
  return text === null || same(head, text) ? "" : `, at ${commitLink(context, head)}`;
}

/** `by [command](…) on 4 March 2026`; empty where it is not known. */
const actOf = ({ url, cast }: RecordedVote): string =>
  cast === null ? "" : `by ${url === null ? MEANS[cast.via] : link(MEANS[cast.via], url)} on ${day(cast.at)}`;

/** What has changed since it was decided, member by member, and the size of the team then and since. Empty: nothing has. */
export function changeList(team: DecidedTeam, motion: Motion, detail: VoteDetail): readonly string[] {
  const { votes: then, since } = team;
  if (then === null || since === null) return [];
  const ended = motion.end !== null;
  const until = ended ? "Changed until it concluded" : "Changed since";
  if (detail === "none") return [`${until}: ${changeSummary(team, motion)}.`];
  const size =
    since.size === then.size
      ? []
      : [`members: ${then.size} when it was decided, ${since.size} ${ended ? "at the end" : "now"}`];
  const lines = [...changesIn(then, since).map((change) => changeLine(change, detail)), ...size];
  // An amendment has to have its votes to the end: what has changed did not take them from it.
  const whatOfIt = adopts(motion) ? "" : ", which changes nothing about the decision";
  return [`${until}${whatOfIt}:`, lines.map((line) => `- ${line}`).join("\n")];
}

function changeLine(change: ChangeSince, detail: VoteDetail): string {
  const who = named(change.member);
  const by = (vote: RecordedVote) => (detail === "brief" || vote.cast === null ? "" : ` ${actOf(vote)}`);
  const noun = (choice: "yes" | "abstain") => (choice === "yes" ? "approval" : "abstention");
  const verb = (choice: "yes" | "abstain") => (choice === "yes" ? "approved" : "abstained");
  switch (change.kind) {
    case "taken_back":
      return `${who} took the ${noun(change.had)} back${by(change.vote)}`;
    case "given":
      return `${who} ${verb(change.choice)} later${by(change.vote)}`;
    case "changed":
      return `${who} had ${verb(change.had)}, and ${verb(change.choice)} later${by(change.vote)}`;
    case "joined":
      return change.choice === null
        ? `${who} joined the team`
        : `${who} joined the team, and ${verb(change.choice)}${by(change.vote)}`;
    case "left":
      return change.had === null
        ? `${who}, who had not voted, is not on the team any more`
        : `${who}, who had ${verb(change.had)}, is not on the team any more`;
  }
}

/** The same in one line of plain text: `2 votes taken back, 1 voter left, 3 joined; 8 members then, 10 now`. Empty: nothing has changed. */
export function changeSummary({ votes: then, since }: DecidedTeam, { end }: Motion): string {
  if (then === null || since === null) return "";
  const changes = changesIn(then, since);
  const of = (...kinds: readonly ChangeSince["kind"][]) =>
    changes.filter(({ kind }) => kinds.includes(kind)).length;
  const [back, later, joined] = [of("taken_back"), of("given", "changed"), of("joined")];
  const voters = changes.filter((one) => one.kind === "left" && one.had !== null).length;
  const others = of("left") - voters;
  const parts = [
    ...(back > 0 ? [`${count(back, "vote")} taken back`] : []),
    ...(later > 0 ? [`${count(later, "vote")} given or changed later`] : []),
    ...(voters > 0 ? [`${count(voters, "voter")} left`] : []),
    ...(others > 0 ? [`${count(others, "member")} without a vote left`] : []),
    ...(joined > 0 ? [`${joined} joined`] : []),
  ];
  const size =
    since.size === then.size
      ? ""
      : `; ${count(then.size, "member")} then, ${since.size} ${end === null ? "now" : "at the end"}`;
  return `${series(parts)}${size}`;
}
