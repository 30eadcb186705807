import { UNKNOWN_HEAD } from "../acts/heads.js";
import { decidedTeams } from "../decide/decided.js";
import type { ConcernView } from "../model/decision.js";
import type { DecisionRecord, Motion, Register, Waiver } from "../model/register.js";
import { teamOf } from "../model/rules.js";
import { readable } from "../text/time.js";
import type { ConcernDetail } from "./concerns.js";
import { concernList } from "./concerns.js";
import type { WordsContext } from "./context.js";
import { decidedVotes, passedVotes, type Telling } from "./decided.js";
import { quote } from "./escape.js";
import { waived } from "./gates.js";
import { commitLink, compareLink, link } from "./links.js";
import { recordName } from "./override.js";
import { isUnknown, named } from "./people.js";
import type { VoteDetail } from "./votes.js";
import { titleOf } from "./votes.js";

/** The decision record, folded away: by which votes, measure, roster and text it was decided. Nobody is mentioned in it. */
export function decisionRecord(
  told: Telling,
  record: DecisionRecord,
  concerns: readonly ConcernView[],
  votes: VoteDetail,
  concernDetail: ConcernDetail,
): string {
  const { motion, context } = told;
  const mover = isUnknown(context, motion.mover)
    ? "a team member (it is not known any more who)"
    : named(motion.mover);
  const facts = [
    `- ${recordName(motion)}: ${link("proposed", motion.from.url)} to ${motion.disposition} by ${mover} on ${readable(motion.from.at)}`,
    `- Decided by the rule ${quote(motion.decision, 100)}`,
    ...(motion.fcp?.state === "running"
      ? [
          `- Final Comment Period from ${readable(motion.fcp.startedAt)} until ${readable(motion.fcp.endsAt)}${motion.fcp.head === UNKNOWN_HEAD ? "" : `, begun at ${commitLink(context, motion.fcp.head)}`}`,
        ]
      : []),
    textFact(told, record),
    rosterFact(motion, record, context),
    ...waiversIn(motion, record).map(waiverLine),
  ];
  return [
    "<details><summary>Decision record</summary>",
    facts.join("\n"),
    ...decidedTeams(motion, []).map((team) => decidedVotes(team, told, votes)),
    ...(concerns.length > 0 ? [`**Concerns**\n\n${concernList(concerns, null, concernDetail)}`] : []),
    "</details>",
  ].join("\n\n");
}

/** The text that was decided on; and the head at the end, where it is another. */
function textFact({ motion, same, context }: Telling, record: DecisionRecord): string {
  const { head } = decidedOf(motion) ?? record;
  const [then, since] = [commitLink(context, head), commitLink(context, record.head)];
  if (head === record.head) return `- Text: ${then}`;
  return same(head, record.head)
    ? `- Text: ${then}; the same at ${since}, the head when it concluded`
    : `- Text: ${then} when the Final Comment Period began; ${since} when it concluded (${compareLink(context, head, record.head)})`;
}

function rosterFact(motion: Motion, record: DecisionRecord, context: WordsContext): string {
  const then = (decidedOf(motion) ?? record).rosterCommit;
  const later =
    record.rosterCommit === null || record.rosterCommit === then
      ? ""
      : `; ${commitLink(context, record.rosterCommit)} when it concluded`;
  return then === null
    ? `- Roster: its commit was not known${later}`
    : `- Roster and rules: ${commitLink(context, then)}${later}`;
}

/** gate.waive: what was done without, when it began or when it concluded. */
function waiversIn(motion: Motion, record: DecisionRecord): readonly Waiver[] {
  const gates = [...(decidedOf(motion)?.gates ?? []), ...(record.gates ?? [])];
  const all = gates.flatMap(({ waiver }) => waiver ?? []);
  return all.filter(({ gate }, at) => all.findIndex((other) => other.gate === gate) === at);
}

/** gate.waive: what was done without after it had concluded, for the merge alone, so that the record could not name it. */
export function waivedSince(motion: Motion, { gates }: Register): string {
  if (motion.end?.kind !== "concluded" || gates === undefined) return "";
  const { record } = motion.end;
  const told = record === null ? [] : waiversIn(motion, record);
  const since = gates.waivers.filter(
    (one) =>
      one.motion === motion.number && one.granted !== null && !told.some(({ gate }) => gate === one.gate),
  );
  return since.map(waiverLine).join("\n");
}

const waiverLine = (waiver: Waiver): string => `- Gate ${quote(waiver.gate, 60)}: ${waived(waiver)}`;

const decidedOf = ({ fcp }: Motion): DecisionRecord | null => (fcp?.state === "running" ? fcp.decided : null);

/** The votes of a motion that has ended: those that decided it; or, where nothing was decided, as it had them. */
export function votesAtEnd(told: Telling, detail: VoteDetail): string[] {
  const { motion, context } = told;
  const decided = decidedTeams(motion, []);
  if (decided.length > 0) return decided.map((team) => passedVotes(team, told, detail));
  return motion.needs.flatMap((need) => {
    const title = titleOf(teamOf(context.rules, need.team)?.title ?? need.team);
    const cast = motion.ballots.filter((ballot) => ballot.team === need.team && ballot.choice !== null);
    if (cast.length === 0) return [];
    const lines = cast.map(
      ({ member, choice, from }) =>
        `- ${named(member)}: ${link(choice === "yes" ? "approved" : "abstained", from.url)}`,
    );
    return [
      [
        `**${title}**, votes given until then:`,
        "",
        ...(detail === "none" ? [`- ${cast.length} in all`] : lines),
      ].join("\n"),
    ];
  });
}
