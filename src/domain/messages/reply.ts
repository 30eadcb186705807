import { UNKNOWN_HEAD } from "../acts/heads.js";
import { needsOverview } from "../acts/pendingReplies.js";
import { LONGEST_ADDRESS, MOST_LINKS } from "../gates/implementation.js";
import type { Overview } from "../model/outline.js";
import type { NamedConcern, PendingReply, Reply } from "../model/register.js";
import type { Rules } from "../model/rules.js";
import type { Instant } from "../text/time.js";
import { obsoleteWords } from "./authors.js";
import { commandTable } from "./commands.js";
import type { WordsContext } from "./context.js";
import { escaped, plain, quote } from "./escape.js";
import { fitting } from "./fitting.js";
import { series, theTeam } from "./grammar.js";
import { commitLink, link } from "./links.js";
import { mineAnswer } from "./mine.js";
import { mention, named } from "./people.js";

export interface ReplyContext extends WordsContext {
  /** Titles of the teams this proposal needs. */
  readonly neededTeams: readonly string[];
  /** remind.mine: left out where nobody has asked for it. */
  readonly overview?: Overview | undefined;
  readonly now: Instant;
}

/**
 * The clerk's answer to one comment, review, label or tick (reply.always): what was understood, why it was not done, who may, and
 * the nearest command. Begins with a link to what it answers, as reviews and labels have no thread to answer in.
 */
export function replyComment(pending: PendingReply, context: ReplyContext): string {
  const help = pending.replies.some(({ code }) => code === "help");
  const asksForMine = needsOverview(pending);
  const sentences = pending.replies
    .filter((reply): reply is ReplyInWords => reply.code !== "help" && reply.code !== "mine")
    .map((reply) =>
      [
        replySentence(reply, context),
        ...(tookLabelOff(pending, reply, context) ? ["The clerk has taken the label off again."] : []),
      ].join(" "),
    );
  const opening = `${mention(pending.to)}, in answer to ${link(answered(pending), pending.url)}:`;
  const body = sentences.length > 1 ? [sentences.map((sentence) => `- ${sentence}`).join("\n")] : sentences;
  const table = help ? [helpText(context)] : [];
  const { overview, rules, now } = context;
  const write = (most: number) => () => {
    const mine =
      asksForMine && overview !== undefined
        ? [mineAnswer({ overview, who: pending.to, rules, now }, most)]
        : [];
    return [opening, ...body, ...mine, ...table].join("\n\n");
  };
  return fitting((asksForMine ? [Number.POSITIVE_INFINITY, 100, 40, 15] : [0]).map(write));
}

/** Those that are a sentence each; the others are texts of their own, said once in a comment. */
type ReplyInWords = Exclude<Reply, { readonly code: "help" | "mine" }>;

/** A ballot or disposition label is taken off when the act is refused; the other refusals of labels say so themselves. */
const tookLabelOff = (pending: PendingReply, reply: ReplyInWords, { rules }: WordsContext): boolean =>
  pending.utterance === null &&
  "said" in reply &&
  SPEAKING_LABELS.some((key) => rules.labels[key].toLowerCase() === reply.said.toLowerCase());

const SPEAKING_LABELS = [
  "vote_approve",
  "vote_abstain",
  "vote_retract",
  "disposition_merge",
  "disposition_close",
  "disposition_postpone",
] as const;

function answered(pending: PendingReply): string {
  if (pending.replies.some(({ code }) => code === "in_description")) return "your description";
  if (pending.utterance === null) return "what you did here";
  return pending.utterance.startsWith("review") ? "your review" : "your comment";
}

/** The answer to `help`. */
const helpText = (context: ReplyContext): string =>
  [
    `The clerk counts the votes, keeps the record, and has no vote. A command stands on a line of its own in a comment or a review; “member” is a member of ${who(context)}.`,
    commandTable(context),
  ].join("\n\n");

function replySentence(reply: ReplyInWords, context: ReplyContext): string {
  switch (reply.code) {
    case "not_a_member":
      return `${quote(reply.said)} is for members of ${who(context)}, so nothing has changed. Your comments are read all the same, and ${command(context, "status")} and ${command(context, "help")} are open to everyone.`;
    case "unknown_command":
      if (reply.nearest !== null && isBehind(reply.said, reply.nearest))
        return `${quote(reply.said)} changes nothing: the words behind the command do not read as its reason. If you mean it, say ${command(context, reply.nearest)}, or put the reason behind a colon.`;
      return reply.nearest === null
        ? `${quote(reply.said)} is not a command the clerk knows, so nothing has changed. ${command(context, "help")} shows them all.`
        : `${quote(reply.said)} is not a command the clerk knows, so nothing has changed. Did you mean ${command(context, reply.nearest)}?`;
    case "needs_text":
      return `${quote(reply.said)} lacks its text, so nothing has changed. Write it on the same line, for example ${command(context, exampleFor(reply.said))}.`;
    case "draft":
      return `${quote(reply.said)} has to wait: this is a draft. Once it is marked ready for review, please say it again.`;
    case "ended":
      return `${quote(reply.said)} comes too late: this pull request has ended. If it is reopened, please say it again.`;
    case "wrong_base":
      return `${quote(reply.said)} was not accepted: this pull request aims at “${escaped(reply.base)}”, and only what aims at “${escaped(reply.wanted)}” is decided here. Change the base branch, then please say it again.`;
    case "no_motion":
      return `${quote(reply.said)} has nothing to apply to: no Final Comment Period is proposed or running. A member of ${who(context)} proposes one with ${command(context, "fcp merge")}.`;
    case "motion_open":
      return reply.fcp
        ? `${quote(reply.said)} was not accepted: a Final Comment Period to ${reply.disposition} is running. ${command(context, "fcp cancel")} ends it first.`
        : `${quote(reply.said)} was not accepted: it is already proposed to ${reply.disposition} this. Vote on that with ${command(context, "reviewed")}, or take it away first with ${command(context, "fcp cancel")}.`;
    case "concluded":
      return `${quote(reply.said)} comes too late: the Final Comment Period has concluded. To decide anew, a member of ${who(context)} proposes it, for example with ${command(context, "fcp close")}.`;
    case "unknown_team":
      return `${quote(reply.said)} names ${quote(reply.team, 60)}, and no team needed here is called that. ${reply.teams.length === 0 ? "No team is needed here" : `Needed here: ${series(reply.teams.map((team) => `“${escaped(team)}”`))}`}.`;
    case "not_in_team":
      return `${quote(reply.said)} was not counted: you are not on the roster of ${escaped(theTeam(plain(reply.team)))}.`;
    case "no_such_concern":
      return reply.open.length === 0
        ? `${quote(reply.said)} fits no concern: none is open.`
        : `${quote(reply.said)} fits no open concern. Please name one by its number, for example ${command(context, `resolve C${reply.open[0]?.number ?? 1}`)}. ${openConcerns(reply.open)}`;
    case "several_concerns":
      return `${quote(reply.said)} fits more than one concern. Please name one by its number, for example ${command(context, `resolve C${reply.open[0]?.number ?? 1}`)}. ${openConcerns(reply.open)}`;
    case "no_proposal":
      return `${quote(reply.said)} has nothing to apply to: this pull request is not a proposal. ${whatMakesAProposal(context.rules, reply.placeholder)} Once it is one, please say it again. ${command(context, "status")} and ${command(context, "help")} work here too.`;
    case "in_description":
      return `${quote(reply.said)} stands in the description of the pull request, where commands are not heard, so nothing has changed. Please say it in a comment, on a line of its own.`;
    case "already_resolved":
      return `${quote(reply.said)}: ${series(reply.concerns.slice(0, 20).map(({ number, by }) => `**C${number}** is resolved already, by ${named(by)}`))}.`;
    case "motion_joined":
      return `${named(reply.mover)} had proposed to ${reply.disposition} this already, so ${quote(reply.said)} is counted as your approval. ${command(context, "retract")} takes it back.`;
    case "not_the_lead":
      return `${quote(reply.said)} is for the lead of ${who(context)}, so nothing has changed.`;
    case "nothing_to_second":
      return `${quote(reply.said)} has nothing to apply to: nothing of the lead’s waits to be seconded here. What was reworded waits no more.`;
    case "second_yourself":
      return `${quote(reply.said)} was not accepted: it is seconded by other members than the one who said it.`;
    case "override_recorded":
      return `${quote(reply.said, 500)} is noted. It takes effect when another member of ${each(reply.teams)} says ${command(context, "second")} after this answer.${reply.head === null || reply.head === UNKNOWN_HEAD ? "" : ` As nothing is proposed, it is a decision to merge this, as it stands at ${commitLink(context, reply.head)}.`}`;
    case "correction_recorded":
      return `${quote(reply.said, 500)} is noted. Record ${reply.record} is marked as wrong when another member of ${each(reply.teams)} says ${command(context, "second")} after this answer.`;
    case "second_recorded":
      return `${quote(reply.said)} is noted. It takes effect when a member of ${each(reply.teams)} seconds it too.`;
    case "second_too_early":
      return `${quote(reply.said)} was not counted: by then the clerk had not answered what it would second, as it is worded now. Please read that answer, then say it again.`;
    case "second_which":
      return `${quote(reply.said)} does not say what it seconds, and more than one thing waits: please say ${series(
        reply.waiting.map((what) => command(context, `second ${what}`)),
        "or",
      )}.`;
    case "waiver_recorded":
      return `${quote(reply.said, 500)} is noted. It takes effect when another member of ${who(context)} says ${command(context, `second waive ${reply.gate}`)} after this answer.`;
    case "link_by_author":
      return `${quote(reply.said)} is for the author of this pull request, so nothing has changed. Please tell the author of it; a member of ${who(context)} who has seen what is linked says ${command(context, "implementation ok")}.`;
    case "links_not_kept":
      return `${quote(reply.said)} was not kept: there are ${MOST_LINKS} links already, or the address has more than ${LONGEST_ADDRESS} characters.`;
    case "no_implementation":
      return `${quote(reply.said)} has nothing to apply to yet: ${reply.linked} of ${reply.needed} ${reply.linked === 1 ? "is" : "are"} linked. The author links one by saying ${command(context, "implementation URL")}, or under a heading “Implementation” in the description or the text; then please say it again.`;
    case "checklist_by_outsider":
      return `the checklist is ticked by members of ${who(context)}, so its boxes are as they were. It is open to everyone to say in a comment what is in place.`;
    case "no_such_gate":
      return reply.gates.length === 0
        ? `${quote(reply.said)} has nothing to apply to: the config asks for nothing that could be waived.`
        : `${quote(reply.said)} names nothing that the config asks for. It asks for ${series(reply.gates.map((gate) => `“${escaped(gate)}”`))}. Say for example ${command(context, `waive ${reply.gates[0]}: it is a change of words only`)}.`;
    case "no_such_record":
      return reply.records.length === 0
        ? `${quote(reply.said)} has nothing to apply to: nothing has been recorded here.`
        : `${quote(reply.said)} names no record of this pull request. Recorded here: ${series(reply.records.map((number) => `record ${number}`))}. Say for example ${command(context, `correct record ${reply.records.at(-1)}: the roster was out of date`)}.`;
    case "not_the_author":
      return `${quote(reply.said)} is for the author of this pull request, so nothing has changed. A member of ${who(context)} can say ${command(context, "fcp cancel")}.`;
    case "for_authors":
      return `${quote(reply.said)} is for the authors of this proposal, so nothing has changed.`;
    case "moved_already":
      return `${quote(reply.said)} comes too late to ask for anything: a Final Comment Period is proposed already, or running.`;
    case "obsolete_noted":
      return `Noted: this proposal ${obsoleteWords(reply, context)}. It is labelled “${escaped(reply.label)}”. ${context.pull.state === "open" ? "The pull request stays open until you close it; if it goes on after all" : "If it is reopened and goes on after all"}, ${context.rules.readyLabel === undefined ? "take the label off" : `say ${command(context, "ready")}`}.`;
    case "superseded_by_what":
      return `${quote(reply.said)} names no other proposal, so nothing has changed. Say its number, for example ${command(context, "superseded by 1234")}, or ${command(context, "obsolete")} where there is none.`;
    case "names_nobody":
      return `${quote(reply.said)} names no account on GitHub, or more than one, so nothing has changed. Name one, for example ${command(context, /shepherd/i.test(reply.said) ? "shepherd @octocat" : "hand over to @octocat")}.`;
    case "no_more_authors":
      return reply.because === "disowned"
        ? `${quote(reply.said)} was not done: they have said that they are no author of this.`
        : `${quote(reply.said)} was not done: as many authors are named here as the clerk keeps.`;
    case "not_named":
      return `${quote(reply.said)} has nothing to apply to: you are not named as an author here. Who opened the pull request passes it on with ${command(context, "hand over to @octocat")}.`;
    case "withdrawn_in_fcp":
      return `${quote(reply.said)} comes too late: the Final Comment Period is running, and only a member of ${who(context)} ends it, with ${command(context, "fcp cancel")}.`;
    case "no_amendment":
      return `${quote(reply.said)} has nothing to apply to: it is for pull requests that change the roster or the rules. To propose a Final Comment Period, say ${command(context, "fcp merge")}.`;
    case "amendment_only_merges":
      return `${quote(reply.said)} was not accepted: an amendment is adopted or left. To stop it, close the pull request or vote against it with ${command(context, "concern TEXT")}.`;
    case "amendment_unseen":
      return `${quote(reply.said)} came before the clerk had seen what this changes now, so it cannot tell which text it was about. Please look at the changes in the check and say it again, or approve them by a review.`;
    case "too_many_concerns":
      return `${quote(reply.said, 80)} was not taken: this proposal has as many concerns, or as long ones, as its record can hold. Please put it into a comment and raise it in a few words, or take it together with one that stands.`;
    case "and_more":
      return "There was more to answer than one reply holds: whatever is not named here and has no effect, please say again in a comment of its own.";
    case "nothing_to_confirm":
      return `${quote(reply.said)} has nothing to apply to: the clerk’s record of this is whole.`;
    case "confirm_too_early":
      return `${quote(reply.said)} came before the comment that lists what was rebuilt. Please read that first, then say it again.`;
    case "may_not_confirm":
      return reply.because === "author"
        ? `${quote(reply.said)} was not counted: who wrote the pull request does not confirm its record.`
        : `${quote(reply.said)} was not counted: who deleted what the clerk had written does not confirm what was rebuilt without it.`;
    case "label_by_outsider":
      return `The label “${escaped(reply.label)}” was taken off again: it is the voice of members of ${who(context)}, and you are not on that roster.`;
    case "box_of_another":
      return `${reply.boxes.length === 1 ? "The box" : "The boxes"} of ${series(reply.boxes.map(escaped))} ${reply.boxes.length === 1 ? "was" : "were"} put back: members tick their own box only. Your own vote can also be given with ${command(context, "reviewed")}.`;
  }
}

/** reply.scope: what has to be done for a pull request to be decided here. */
function whatMakesAProposal({ labels, proposals, proposalPaths }: Rules, placeholder: boolean): string {
  const paths = series(
    proposalPaths.map((path) => `“${escaped(path)}”`),
    "or",
  );
  const off = placeholder ? `, and once “${escaped(labels.placeholder)}” is taken off` : "";
  switch (proposals ?? "labelled") {
    case "labelled":
      return `It becomes one when a maintainer adds the label “${escaped(labels.proposal)}”${off}.`;
    case "added":
      return `It becomes one when it adds a text at ${paths}${off}.`;
    case "changed":
      return `It becomes one when it changes a text at ${paths}${off}.`;
    case "all":
      return placeholder
        ? `It becomes one once “${escaped(labels.placeholder)}” is taken off.`
        : "Every pull request is one here that changes more than the config.";
  }
}

/** Was the command itself said, with something behind it that was not taken? */
const isBehind = (said: string, nearest: string): boolean =>
  said
    .toLowerCase()
    .replace(/^fcp[:,]? /, "")
    .startsWith(`${nearest.replace(/^fcp /, "")} `);

const who = (context: ReplyContext): string =>
  context.neededTeams.length === 0
    ? "the teams on the roster"
    : series(
        context.neededTeams.map((title) => escaped(theTeam(plain(title)))),
        "or",
      );

/** Every one of these teams. */
function each(teams: readonly string[]): string {
  if (teams.length === 0) return "every needed team";
  const titles = series(teams.map((team) => escaped(theTeam(plain(team)))));
  return teams.length === 1 ? titles : `each of ${titles}`;
}

/** A command to copy. Code is neither a mention nor a command, and a backtick would end it. */
const command = (context: WordsContext, words: string): string =>
  `\`@${context.mention} ${plain(words).replace(/`/g, "’")}\``;

function exampleFor(commandText: string): string {
  if (/resol/i.test(commandText)) return "resolve C1";
  if (/correct/i.test(commandText)) return "correct record 1: the roster was out of date";
  if (/implementation/i.test(commandText)) return "implementation https://example.org/pull/1";
  if (/waiv/i.test(commandText)) return "waive review threads: what is left is about words only";
  if (/overrid/i.test(commandText)) return "override finished: decided at the meeting of 3 March";
  return "concern the fallback for old clients is missing";
}

/** On the same line, so that it can stand inside a list. */
function openConcerns(open: readonly NamedConcern[]): string {
  const shown = open.slice(0, 20).map(({ number, text }) => `**C${number}** ${quote(text, 80)}`);
  const rest = open.length - shown.length;
  return `Open: ${series(rest > 0 ? [...shown, `${rest} more`] : shown)}.`;
}
