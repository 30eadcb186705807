import { isDecidedElsewhere } from "../acts/motionOutcome.js";
import { periodOf } from "../acts/ratchet.js";
import { type DecidedTeam, standingOf } from "../decide/decided.js";
import type { Decision, Phase, TeamTally } from "../model/decision.js";
import type { CheckVerdict } from "../model/snapshot.js";
import { readable } from "../text/time.js";
import { amendmentSection, previewText } from "./amendment.js";
import { authorsNote, lifeNote } from "./authors.js";
import type { ConcernDetail } from "./concerns.js";
import { concernList } from "./concerns.js";
import type { WordsContext } from "./context.js";
import { changeSummary, passedWords, recordedCount } from "./decided.js";
import { escaped, quote } from "./escape.js";
import { COMMENT_LIMIT, fitting, SUMMARY_BYTES } from "./fitting.js";
import { gateSection } from "./gates.js";
import { sentenceCase } from "./grammar.js";
import { byWhich, configNote, countsShown } from "./lawful.js";
import { lockedNote } from "./locked.js";
import { measureText, moreText, periodText } from "./measure.js";
import { notTakenOver } from "./notice.js";
import { correctionMark, overrideLine } from "./override.js";
import { afterFcpNote, contestedNote, idle, whileClosed } from "./statusComment.js";
import { statusSentence, statusSentenceShort } from "./statusSentence.js";
import { titleOf } from "./votes.js";

/** How many faults are shown: as many as GitHub takes annotations in one request. */
export const MOST_FAULTS = 50;

/** What the check may tell besides the decision. */
export interface CheckNotes {
  /** For an amendment whose config is not valid: what is wrong with it. */
  readonly faults?: readonly { readonly line: number; readonly column: number; readonly message: string }[];
  /** For an amendment whose config is valid: what would surprise in it, and does not in the present one. */
  readonly surprises?: readonly string[];
  /** Other open pull requests with the same head, and what they come to (check.head). */
  readonly siblings?: readonly { readonly number: number; readonly verdict: CheckVerdict | null }[];
  /** There may be more of them. */
  readonly siblingsCutOff?: boolean;
}

/** The check's title: the sentence of the status comment, short. */
export const checkTitle = (decision: Decision): string => statusSentenceShort(decision);

/** The check's summary, in Markdown. */
export function checkSummary(decision: Decision, context: WordsContext, notes: CheckNotes = {}): string {
  const { motion } = decision.register;
  const live = motion !== null && motion.end === null;
  const write = (detail: ConcernDetail) => () =>
    [
      escaped(statusSentence(decision)),
      decision.amendment?.needsFcp === false
        ? ""
        : `Phase: **${PHASE_WORDS[decision.phase]}**${live ? `, proposed to **${motion.disposition}**` : ""}.`,
      live && motion.fcp?.state === "running"
        ? `The Final Comment Period began on ${readable(motion.fcp.startedAt)} and ends on ${readable(motion.fcp.endsAt)}.`
        : "",
      decision.amendment === undefined ? tallyTable(decision) : amendmentSection(decision, context),
      notes.faults === undefined ? "" : faultList(notes.faults),
      surpriseList(notes.surprises ?? []),
      decision.preview === undefined
        ? ""
        : `**What it would do to every open motion**\n\n${previewText(decision.preview, context)}`,
      decision.concerns.length > 0
        ? `**Concerns**\n\n${concernList(decision.concerns, live ? motion.disposition : null, detail)}`
        : "",
      gateSection(decision, context),
      lifeNote(decision, context),
      authorsNote(decision, context),
      motion === null ? "" : whileClosed(decision, motion, context),
      decision.notTakenOver ? escaped(notTakenOver(decision.notTakenOver.why)) : "",
      afterFcpNote(decision, context),
      idle(decision),
      configNote(decision, context),
      contestedNote(decision, context),
      context.pull.locked ? lockedNote(decision, detail) : "",
      decision.amendment !== undefined && context.repository.withoutIssues === true ? ISSUES_OFF : "",
      siblingNote(notes.siblings ?? [], notes.siblingsCutOff ?? false),
      motion?.corrected === undefined ? "" : correctionMark(motion.corrected),
      isDecidedElsewhere(motion) && motion?.end?.kind === "overridden"
        ? overrideLine(motion.end, motion, context)
        : "",
      motion === null || decision.amendment !== undefined || isDecidedElsewhere(motion)
        ? ""
        : `<sub>Decided by the rule ${quote(motion.decision, 100)}: ${needsOf(decision)}${periodText(periodOf(motion, context.rules), context.rules)}.</sub>`,
    ]
      .filter((part) => part !== "")
      .join("\n\n");
  return fitting([write("full"), write("brief"), write("numbers")], COMMENT_LIMIT, SUMMARY_BYTES);
}

/** Whoever changes the roster or the rules is told, as there is nobody else to tell (https://docs.github.com/rest/issues/issues#create-an-issue: 410). */
const ISSUES_OFF =
  "Issues are switched off in this repository: what is due (an absence, a lead’s confidence or seat, a config that nobody approved) and the register of decisions cannot be shown in one, and nobody is told of it. GitHub does not let the clerk make labels then either: those it uses have to be made by hand.";

/** Every fault of an amended config, at the line and column where GitHub shows it on the diff. */
const faultList = (faults: NonNullable<CheckNotes["faults"]>): string =>
  [
    ...faults
      .slice(0, MOST_FAULTS)
      .map(({ line, column, message }) => `- line ${line}, column ${column}: ${escaped(message)}`),
    ...(faults.length > MOST_FAULTS ? [`- and ${faults.length - MOST_FAULTS} more`] : []),
  ].join("\n");

/** What counts as it stands, and may not be meant so. */
const surpriseList = (surprises: readonly string[]): string =>
  surprises.length === 0
    ? ""
    : [
        "**Worth a second look**",
        "",
        ...surprises.slice(0, MOST_FAULTS).map((one) => `- ${escaped(sentenceCase(one))}.`),
      ].join("\n");

/** What each phase is called in texts. */
export const PHASE_WORDS: Readonly<Record<Phase, string>> = {
  out_of_scope: "no proposal",
  draft: "draft",
  in_review: "in review",
  proposed: "Final Comment Period proposed",
  fcp: "Final Comment Period",
  concluded: "Final Comment Period concluded",
  ended: "ended",
};

function tallyTable(decision: Decision): string {
  const { decided, open } = standingOf(decision, countsShown(decision));
  const { motion } = decision.register;
  if (decided.length === 0 && open.length === 0) return "";
  const since = decided.flatMap((team) => {
    const changes = motion === null ? "" : changeSummary(team, motion);
    return changes === ""
      ? []
      : [`Since ${titleOf(team.title)} ${passedWords(team)}: ${changes}. That changes nothing about it.`];
  });
  const table = [
    "| Team | Approvals | Needed | Members | State |",
    "|---|--:|--:|--:|---|",
    ...decided.map(decidedRow),
    ...open.map(
      (tally) =>
        `| ${titleOf(tally.title)} | ${tally.yes} | ${neededText(tally)} | ${tally.size} | ${stateOf(tally)}${byWhich(tally)} |`,
    ),
  ].join("\n");
  return [table, ...since].join("\n\n");
}

/** record.decided: the numbers of then. Where they were not kept, nothing is said of what would be needed of others. */
function decidedRow(team: DecidedTeam): string {
  const tally = team.votes ?? team.standing;
  if (tally === null) return `| ${titleOf(team.title)} | | | | ${passedWords(team)} |`;
  const count = { ...recordedCount(tally), need: team.need };
  const needed = team.votes === null ? measureText(team.need) : neededText(count);
  return `| ${titleOf(team.title)} | ${count.yes} | ${needed} | ${count.size} | ${passedWords(team)} |`;
}

const neededText = ({ needed, need, quorum }: Pick<TeamTally, "needed" | "need" | "quorum">): string =>
  quorum === undefined
    ? `${needed} (${measureText(need)})`
    : `${needed} of ${quorum.present}, quorum ${quorum.voted} of ${quorum.needed} (${measureText(need)})`;

function stateOf(tally: TeamTally): string {
  if (tally.size === 0) return "no members";
  if (tally.belowMinimum) return `fewer than its minimum of ${tally.minimum}`;
  return tally.passed ? "passed" : moreText(tally);
}

const needsOf = (decision: Decision): string =>
  decision.tallies.length === 0
    ? "no team is needed"
    : countsShown(decision)
        .map((tally) => `${titleOf(tally.title)} ${measureText(tally.need)}`)
        .join(", ");

/** check.head: a commit has one check, and two pull requests can share the commit. The number alone, as `#1` would ping its timeline. */
function siblingNote(siblings: NonNullable<CheckNotes["siblings"]>, cutOff: boolean): string {
  if (cutOff)
    return "More open pull requests than the clerk reads have the same head commit. The check waits until those that need not be open are closed, or another commit is pushed.";
  if (siblings.length === 0) return "";
  const others = siblings.map(
    ({ number, verdict }) => `${number} (${verdict === null ? "not looked at yet" : VERDICT_WORDS[verdict]})`,
  );
  return `${siblings.length === 1 ? "Another open pull request has" : "Other open pull requests have"} the same head commit: ${others.join(", ")}. The check shows the strictest result of them all.`;
}

/** What a pull request comes to, beside its number. */
export const VERDICT_WORDS: Readonly<Record<CheckVerdict, string>> = {
  failure: "failure",
  in_progress: "waiting",
  neutral: "no proposal",
  success: "accepted",
};
