import { countOf, neededOf, quorumOf } from "../decide/tally.js";
import type { ConcernView } from "../model/decision.js";
import type { DecisionRecord, Motion, RecordedTally } from "../model/register.js";
import { teamOf } from "../model/rules.js";
import { readable } from "../text/time.js";
import type { ConcernDetail } from "./concerns.js";
import { concernList } from "./concerns.js";
import type { WordsContext } from "./context.js";
import { quote } from "./escape.js";
import { commitLink, link } from "./links.js";
import { countText, measureText } from "./measure.js";
import { recordName } from "./override.js";
import { isUnknown, named } from "./people.js";
import type { VoteDetail } from "./votes.js";
import { titleOf } from "./votes.js";

/** The decision record, folded away: by which votes, measure, roster and text it was decided. Nobody is mentioned in it. */
export function decisionRecord(
  motion: Motion,
  record: DecisionRecord,
  concerns: readonly ConcernView[],
  context: WordsContext,
  votes: VoteDetail,
  concernDetail: ConcernDetail,
): string {
  const mover = isUnknown(context, motion.mover)
    ? "a team member (it is not known any more who)"
    : named(motion.mover);
  const facts = [
    `- ${recordName(motion)}: ${link("proposed", motion.from.url)} to ${motion.disposition} by ${mover} on ${readable(motion.from.at)}`,
    `- Decided by the rule ${quote(motion.decision, 100)}`,
    ...(motion.fcp?.state === "running"
      ? [
          `- Final Comment Period from ${readable(motion.fcp.startedAt)} until ${readable(motion.fcp.endsAt)}, begun at ${commitLink(context, motion.fcp.head)}`,
        ]
      : []),
    `- Text: ${commitLink(context, record.head)}`,
    record.rosterCommit === null
      ? "- Roster: its commit was not known"
      : `- Roster and rules: ${commitLink(context, record.rosterCommit)}`,
  ];
  return [
    "<details><summary>Decision record</summary>",
    facts.join("\n"),
    ...record.tallies.map((tally) => recordedVotes(tally, votes)),
    ...(concerns.length > 0 ? [`**Concerns**\n\n${concernList(concerns, null, concernDetail)}`] : []),
    "</details>",
  ].join("\n\n");
}

/** The votes of a motion that has ended, from its record, or as it had them when it ended without one. */
export function votesAtEnd(motion: Motion, context: WordsContext, detail: VoteDetail): string[] {
  const record = motion.end?.kind === "concluded" ? motion.end.record : null;
  if (record !== null) return record.tallies.map((tally) => recordedVotes(tally, detail));
  return motion.needs.flatMap((need) => {
    const title = titleOf(teamOf(context.rules, need.team)?.title ?? need.team);
    const cast = motion.ballots.filter((ballot) => ballot.team === need.team && ballot.choice !== null);
    if (cast.length === 0) return [];
    const lines = cast.map((ballot) => `- ${named(ballot.member)}: ${vote(ballot.choice, ballot.from.url)}`);
    return [
      [
        `**${title}**, votes given until then:`,
        "",
        ...(detail === "none" ? [`- ${cast.length} in all`] : lines),
      ].join("\n"),
    ];
  });
}

function recordedVotes(tally: RecordedTally, detail: VoteDetail): string {
  const count = { ...countOf(tally.votes), size: tally.size };
  const standing = { ...count, needed: neededOf(count, tally.need), ...quorumOf(count, tally.need) };
  const head = `**${titleOf(tally.title)}**: ${countText(standing)} (${measureText(tally.need)})`;
  if (detail === "none" || tally.votes.length === 0) return head;
  const lines = tally.votes.map(
    ({ member, choice, url }) => `- ${named(member)}: ${vote(choice, detail === "full" ? url : null)}`,
  );
  return [head, "", ...lines].join("\n");
}

function vote(choice: "yes" | "abstain" | null, url: string | null): string {
  const word = choice === "yes" ? "approved" : choice === "abstain" ? "abstained" : "no vote";
  return url === null ? word : link(word, url);
}
