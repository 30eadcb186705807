import { UNKNOWN_HEAD } from "../acts/heads.js";
import type { Decision } from "../model/decision.js";
import type { Correction, Motion, MotionEnd, Second } from "../model/register.js";
import { teamOf } from "../model/rules.js";
import { readable } from "../text/time.js";
import type { WordsContext } from "./context.js";
import { escaped, plain, quote } from "./escape.js";
import { series, theTeam } from "./grammar.js";
import { commitLink, link } from "./links.js";
import { named, personIn } from "./people.js";

type Overridden = Extract<MotionEnd, { kind: "overridden" }>;

const isUnnamed = (head: string | null): head is null | typeof UNKNOWN_HEAD =>
  head === null || head === UNKNOWN_HEAD;

/** override.second: that a decision was taken elsewhere, in the first line of what the clerk writes about it. */
export function overrideLine({ at, override }: Overridden, motion: Motion, context: WordsContext): string {
  const { by, seconds, outcome, reason, url, head } = override;
  const what = outcome === "cancelled" ? "cancelled" : `finished, to ${motion.disposition} this`;
  const text =
    head === null || outcome === "cancelled" ? "" : `, as it stands at ${commitLink(context, head)}`;
  const seconders = series(seconds.map(({ member }) => personIn(context, member)));
  return `**Overridden** on ${readable(at)}: recorded as ${what}${text}, ${link("on the word", url)} of ${personIn(context, by)}, seconded by ${seconders}. Reason: ${quote(reason, 500)}`;
}

/** What has become of it since. Empty while nothing has. */
export function sinceOverride({ reason, register: { motion } }: Decision, context: WordsContext): string {
  if (motion?.end?.kind !== "overridden" || motion.end.override.outcome !== "finished") return "";
  if (reason.code === "overridden" && reason.merged) return "This text has been merged.";
  return reason.code === "merged_undecided" ? otherTextMerged(motion.end, motion, context) : "";
}

/** motion.merged: a decision taken elsewhere is one about a text, and what was merged is another. */
export function otherTextMerged({ override }: Overridden, motion: Motion, context: WordsContext): string {
  const { head, mergedAt } = context.pull;
  const when = mergedAt === null ? "" : ` on ${readable(mergedAt)}`;
  return motion.disposition === "merge" && !isUnnamed(override.head)
    ? `**Merged without a decision**${when}: what was decided elsewhere is the text at ${commitLink(context, override.head)}, and what was merged is the one at ${commitLink(context, head)}.`
    : `**Merged without a decision**${when}: what was decided elsewhere is to ${motion.disposition} ${motion.disposition === "merge" ? "a text that is not known any more" : "this"}.`;
}

/** record.decided: what an override rests on, folded away. Nobody is mentioned in it. */
export function overrideRecord(
  { override, rosterCommit }: Overridden,
  motion: Motion,
  context: WordsContext,
): string {
  const { by, at, url, head, seconds } = override;
  const teams = motion.needs.map(({ team }) => title(team, context));
  const facts = [
    `- ${recordName(motion)}: ${link("said", url)} by ${named(by)} on ${readable(at)}`,
    ...seconds.map((second) => secondLine(second, motion, context)),
    `- A second of ${series(teams)} was needed, by the rule ${quote(motion.decision, 100)}`,
    isUnnamed(head) ? "- Text: it is not known" : `- Text: ${commitLink(context, head)}`,
    rosterCommit === null
      ? "- Roster: its commit was not known"
      : `- Roster and rules: ${commitLink(context, rosterCommit)}`,
  ];
  return ["<details><summary>Decision record</summary>", facts.join("\n"), "</details>"].join("\n\n");
}

function secondLine({ member, teams, at, url }: Second, { needs }: Motion, context: WordsContext): string {
  const seated = needs.filter(({ team }) => teams.includes(team)).map(({ team }) => title(team, context));
  const as = seated.length === 0 ? "" : ` of ${series(seated)}`;
  return `- ${link("Seconded", url)} by ${named(member)}${as}${at === 0 ? "" : ` on ${readable(at)}`}`;
}

const title = (team: string, { rules }: WordsContext): string =>
  escaped(theTeam(plain(teamOf(rules, team)?.title ?? team)));

/** What the clerk calls the record of a motion, and what `correct` takes. */
export const recordName = ({ number }: Pick<Motion, "number">): string => `Record ${number}`;

/** That a record is wrong, above what it said, which stays. */
export function correctionMark({ record, by, at, url, seconds, reason }: Correction): string {
  const seconders = series(seconds.map(({ member, url: where }) => link(named(member), where)));
  return `**Corrected**: record ${record} is wrong, ${link("said", url)} by ${named(by)} on ${readable(at)} and seconded by ${seconders}. Reason: ${quote(reason, 500)} What the clerk had recorded stays below as it was.`;
}
