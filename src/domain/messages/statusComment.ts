import { UNKNOWN_HEAD } from "../acts/heads.js";
import { periodOf } from "../acts/ratchet.js";
import { standingOf } from "../decide/decided.js";
import type { AfterFcp, Decision, TeamTally } from "../model/decision.js";
import type { Motion } from "../model/register.js";
import { readable } from "../text/time.js";
import { amendmentSection, isResignation, resignationSentence, teamSections } from "./amendment.js";
import { authorsNote } from "./authors.js";
import { commandFold } from "./commands.js";
import type { ConcernDetail } from "./concerns.js";
import { concernList } from "./concerns.js";
import type { WordsContext } from "./context.js";
import { decidedSection, raisedNote, telling } from "./decided.js";
import { ending } from "./ending.js";
import { escaped } from "./escape.js";
import { fitting, onceEach } from "./fitting.js";
import { gateSection } from "./gates.js";
import { duration, series } from "./grammar.js";
import { configNote, countsShown, hasOneCount } from "./lawful.js";
import { commitLink, compareLink, link } from "./links.js";
import { correctionMark, sinceOverride } from "./override.js";
import { isUnknown, mention, named, personIn } from "./people.js";
import { votesAtEnd, waivedSince } from "./record.js";
import { registerComment } from "./registerComment.js";
import { statusSentence } from "./statusSentence.js";
import type { VoteDetail } from "./votes.js";
import { teamSection } from "./votes.js";

/**
 * The status comment of the last motion, edited in place. While the motion lives it is the members' list of boxes; afterwards it says
 * what became of the motion, without boxes, as no tick could count any more.
 */
export function statusComment(decision: Decision, context: WordsContext): string {
  const { motion } = decision.register;
  if (motion === null) return registerComment(decision, context);
  const write = motion.end === null ? live(decision, motion, context) : ended(decision, motion, context);
  return fitting([
    () => write("full", "full"),
    () => write("full", "brief"),
    () => write("full", "numbers"),
    () => write("brief", "numbers"),
    () => write("none", "numbers"),
  ]);
}

/** A version of the whole, by how much it says of votes and of concerns. */
type Write = (votes: VoteDetail, concerns: ConcernDetail) => string;

function live(decision: Decision, motion: Motion, context: WordsContext): Write {
  const { amendment } = decision;
  const concernsIn = onceEach((detail: ConcernDetail) => concernSection(decision, motion, detail));
  if (amendment !== undefined && isResignation(amendment)) {
    return (_, concerns) =>
      paragraphs([
        resignationSentence(amendment),
        amendmentSection(decision, context),
        concernsIn(concerns),
        nowSection(decision, motion, context),
        commandFold(context),
      ]);
  }
  const shown = countsShown(decision);
  const { decided, open } = standingOf(decision, shown);
  const seats = open.reduce((sum, tally) => sum + tally.seats.length, 0);
  const ofTeam = (tally: TeamTally, votes: VoteDetail) => {
    const team = decided.find(({ need }) => need.team === tally.team);
    if (team === undefined) return teamSection(tally, context, votes, hasOneCount(decision, tally));
    return open.includes(tally)
      ? paragraphs([teamSection(tally, context, votes, hasOneCount(decision, tally)), raisedNote(team)])
      : decidedSection(team, tally, motion, context, votes);
  };
  const teamsIn = onceEach((votes: VoteDetail) =>
    paragraphs(teamSections(shown, amendment, (tally) => ofTeam(tally, votes))),
  );
  const next = seats > 1 ? " The next step is review by the rest of the tagged people:" : "";
  const before = `${opening(motion, context)}${next}`;
  const changes = amendmentSection(decision, context);
  const after = paragraphs([
    gateSection(decision, context),
    nowSection(decision, motion, context),
    takenOver(motion),
    commandFold(context),
  ]);
  return (votes, concerns) => paragraphs([before, teamsIn(votes), changes, concernsIn(concerns), after]);
}

function ended(decision: Decision, motion: Motion, context: WordsContext): Write {
  // An accepted proposal may still wait for something before it can be merged; every other ending is history.
  const open = standsAccepted(decision, motion);
  const concernsIn = onceEach((detail: ConcernDetail) => concernSection(decision, motion, detail));
  const told = telling(motion, decision.register, context);
  const votesIn = onceEach((votes: VoteDetail) => paragraphs(votesAtEnd(told, votes)));
  const before = paragraphs([
    motion.corrected === undefined ? "" : correctionMark(motion.corrected),
    ending(motion, context),
    sinceOverride(decision, context),
    opening(motion, context),
  ]);
  const after = paragraphs([
    open ? gateSection(decision, context) : waivedSince(motion, decision.register),
    open ? nowSection(decision, motion, context) : "",
    takenOver(motion),
    open ? commandFold(context) : "",
  ]);
  return (votes, concerns) => paragraphs([before, votesIn(votes), concernsIn(concerns), after]);
}

const standsAccepted = (decision: Decision, motion: Motion): boolean =>
  decision.phase === "concluded" && motion.end?.kind === "concluded";

const paragraphs = (parts: readonly string[]): string => parts.filter((part) => part !== "").join("\n\n");

/** The sentence members know from the older bot. The mover is named, never the bot. */
function opening(motion: Motion, context: WordsContext): string {
  // Nobody had moved it.
  if (motion.from.via === "override") return "";
  const had = motion.end === null ? "has" : "had";
  return isUnknown(context, motion.mover)
    ? `A team member ${had} proposed to **${motion.disposition}** this (it is not known any more who).`
    : `Team member ${mention(motion.mover)} ${had} proposed to **${motion.disposition}** this.`;
}

function concernSection(decision: Decision, motion: Motion, detail: ConcernDetail): string {
  const shown =
    motion.end === null || standsAccepted(decision, motion) ? decision.concerns : openAtEnd(decision, motion);
  if (shown.length === 0) return "";
  const heading =
    motion.end === null || standsAccepted(decision, motion) ? "Concerns" : "Concerns open at the time";
  return `### ${heading}\n\n${concernList(shown, motion.end === null ? motion.disposition : null, detail)}`;
}

/** The concerns that were open when the motion ended; what became of them later belongs to later comments. */
const openAtEnd = (decision: Decision, motion: Motion) => {
  const end = motion.end?.at ?? Number.POSITIVE_INFINITY;
  return decision.concerns
    .filter((concern) => concern.at <= end && (concern.resolved === null || concern.resolved.at > end))
    .map((concern) => ({ ...concern, resolved: null, carriedOver: false }));
};

function nowSection(decision: Decision, motion: Motion, context: WordsContext): string {
  const fcp =
    motion.end === null && motion.fcp?.state === "running"
      ? `The **Final Comment Period** began on ${readable(motion.fcp.startedAt)}${motion.fcp.head === UNKNOWN_HEAD ? "" : ` at ${commitLink(context, motion.fcp.head)}`} and ends on **${readable(motion.fcp.endsAt)}**.`
      : "";
  return paragraphs([
    "### Where it stands",
    escaped(statusSentence(decision)),
    fcp,
    periodNote(decision, motion, context),
    whileClosed(decision, motion, context),
    afterFcpNote(decision, context),
    idle(decision),
    authorsNote(decision, context),
    configNote(decision, context),
    contestedNote(decision, context),
  ]);
}

/** fcp.length: how long the period will be, where this decision has another than the rest. Empty where it has not, or has begun. */
function periodNote({ amendment }: Decision, motion: Motion, { rules }: WordsContext): string {
  if (amendment !== undefined || motion.end !== null || motion.fcp?.state === "running") return "";
  const period = periodOf(motion, rules);
  if (period === rules.finalCommentPeriod) return "";
  return period === 0
    ? "This kind of decision has a Final Comment Period of 0 days: it is decided as soon as nothing is missing."
    : `This kind of decision has a Final Comment Period of ${duration(period)}.`;
}

/** motion.hold: what happens to a motion on a pull request that somebody closed, and what can be done. Empty when it is not held for that. */
export function whileClosed({ holds }: Decision, { fcp }: Motion, { mention: name }: WordsContext): string {
  if (!holds.some(({ code }) => code === "closed")) return "";
  const ends =
    fcp?.state === "running"
      ? `a member ends it with \`@${name} fcp cancel\``
      : `a member ends it with \`@${name} fcp cancel\`, or the author of the pull request with \`@${name} withdraw\``;
  return `The pull request is closed. That ends nothing: the motion and its votes stand, and go on when it is reopened. To end it instead, ${ends}.`;
}

/** decision.ratchet: labels that would ask for more teams, had somebody put them on who may. Empty when there are none. */
export const idle = ({ idleLabels = [] }: Decision): string =>
  idleLabels
    .map(({ label, by }) => {
      const who =
        by === null ? "by an account that is not known any more" : `by ${named(by)}, who is on no team`;
      return `This has the label “${escaped(label)}”, put on ${who}: it adds nothing to what this motion needs. A member can add it, by taking it off and putting it on again.`;
    })
    .join("\n\n");

/** fcp.after, in words. Empty while the text that FCP began at stands, with the votes it needs. */
export function afterFcpNote(decision: Decision, context: WordsContext): string {
  const { after } = decision;
  if (after === null || (after.met && !after.moved)) return "";
  const moved =
    after.from === UNKNOWN_HEAD
      ? "It is not known any more at which text the Final Comment Period began."
      : after.moved
        ? `The text has changed since the Final Comment Period began: ${compareLink(context, after.from, after.head)}.`
        : "";
  const who = after.approvedBy.map((person) => personIn(context, person));
  const has = who.length === 1 ? "has" : "have";
  const more = after.needed - after.approvedBy.length;
  const said = after.met
    ? `${series(who)} ${has} approved the latest text.`
    : who.length > 0
      ? `${series(who)} ${has} approved this text; ${more === 1 ? "one more member" : `${more} more members`} other than the author ${more === 1 ? "has" : "have"} to before it is merged.`
      : `Before it is merged, ${after.needed === 1 ? "a member" : "two members"} other than the author must approve this very text.`;
  return [moved, said, asAuthorsNote(after, context)].filter((part) => part !== "").join(" ");
}

/** author.named: a yes that is none of the two. */
function asAuthorsNote({ asAuthors = [], met }: AfterFcp, context: WordsContext): string {
  if (asAuthors.length === 0 || met) return "";
  const who = series(asAuthors.map((person) => personIn(context, person)));
  return `${who} ${asAuthors.length === 1 ? "has approved it as one of its authors, which is" : "have approved it as its authors, which are"} none of them; who is no author says \`@${context.mention} not an author\`.`;
}

/** label.state: why the clerk lets labels stand that contradict it. Empty when there are none. */
export function contestedNote(decision: Decision, context: WordsContext): string {
  const names = decision.contestedLabels.map((key) => `“${escaped(context.rules.labels[key] ?? key)}”`);
  if (names.length === 0) return "";
  return names.length === 1
    ? `The label ${series(names)} has been changed by hand so often today that the clerk leaves it as it is; the decision is as told here.`
    : `The labels ${series(names)} have been changed by hand so often today that the clerk leaves them as they are; the decision is as told here.`;
}

const takenOver = (motion: Motion): string =>
  motion.from.via === "takeover"
    ? `Taken over from ${link("the older bot’s comment", motion.from.url)}: its votes and concerns were read once, and everything continues here.`
    : "";
