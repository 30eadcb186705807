// One file: every text of `msc-clerk shadow`, so that it is read in one voice. What people wrote is stripped of what a terminal obeys (`plain`).

import { plain } from "../../domain/messages/escape.js";
import { count, day, series } from "../../domain/messages/grammar.js";
import { notTakenOver } from "../../domain/messages/notice.js";
import type { Provenance } from "../../domain/model/register.js";
import { readable } from "../../domain/text/time.js";
import { firstDayText } from "../draft/firstDay.js";
import { STATE_WORDS } from "../draft/state.js";
import type { ConcernWhy, OnlyHere, OnlyThere, ShadowDifference } from "./difference.js";
import { DIFFERENCE_KINDS } from "./difference.js";
import type { Look, Looked, Summary } from "./look.js";

const quoted = (text: string): string => `“${plain(text)}”`;

/** What differs, in one sentence. */
export function differenceSentence(difference: ShadowDifference): string {
  switch (difference.kind) {
    case "phase":
    case "outcome":
      return `The clerk would have it ${STATE_WORDS[difference.here]}; there it is ${STATE_WORDS[difference.there]}.`;
    case "period":
      return difference.which === "beginning"
        ? `The clerk would have begun the Final Comment Period on ${readable(difference.here)}; there it began on ${readable(difference.there)}.`
        : `The clerk would have concluded it on ${readable(difference.here)}; there it ended on ${readable(difference.there)}.`;
    case "votes":
    case "roster":
      return isOnlyHere(difference.why)
        ? `${plain(difference.login)}: a yes by the clerk’s count, ${difference.why.code === "no_box" ? "no box" : "no tick"} there.`
        : `${plain(difference.login)}: a tick there, no yes by the clerk’s count.`;
    case "concerns":
      return isOpenHere(difference.why)
        ? `Concern ${quoted(difference.text)}: open for the clerk, not there.`
        : `Concern ${quoted(difference.text)}: open there, not for the clerk.`;
    case "text":
      return `Accepted by both, and the clerk’s check would wait: ${difference.approved} of ${count(difference.needed, "member")} needed have said yes to the text that stands now.`;
    case "labels":
      return `The clerk would ${series([
        ...(difference.add.length === 0 ? [] : [`put on ${series(difference.add.map(quoted))}`]),
        ...(difference.remove.length === 0 ? [] : [`take off ${series(difference.remove.map(quoted))}`]),
      ])}.`;
    case "takeover":
      return difference.why === "accepted_before"
        ? "Accepted there and not merged yet: on its first day the clerk would know nothing of it, and its check would wait."
        : plain(notTakenOver(difference.why));
  }
}

/** Why, where it is known, in one sentence. */
export function whySentence(difference: ShadowDifference): string | null {
  switch (difference.kind) {
    case "phase":
    case "outcome": {
      const { refused, asked, now } = difference;
      if (refused !== null)
        return `The clerk would have refused ${quoted(refused.said)} by ${plain(refused.by)} (${refused.code.replaceAll("_", " ")}).`;
      return asked === null
        ? `It would now say: ${plain(now)}`
        : `Just before that step the clerk would have said (since ${readable(asked.at)}): ${plain(asked.sentence)}`;
    }
    case "period":
      return difference.asked === null
        ? null
        : `It would have said then: ${plain(difference.asked.sentence)}`;
    case "votes":
    case "roster":
      return isOnlyHere(difference.why) ? onlyHere(difference.why) : onlyThere(difference.why);
    case "concerns":
      return concernWhy(difference.why);
    case "text":
      return "Commits came after those that members have approved, or GitHub does not tell which one stood when.";
    case "takeover":
      return difference.why === "accepted_before"
        ? "What is over is not taken over: merge it before the clerk comes, or have it recorded then by `override finished: REASON` and a second."
        : null;
    case "labels":
      return null;
  }
}

const isOnlyHere = (why: OnlyHere | OnlyThere): why is OnlyHere =>
  why.code === "not_ticked" || why.code === "unticked" || why.code === "no_box";

const VIA: Readonly<Record<OnlyHere["via"], string>> = {
  command: "They said so in a comment",
  review: "They approved by a review, which that bot does not count,",
  tick: "They ticked their box",
  label: "They put on a label that is a vote",
  motion: "They moved it, which is a yes,",
  takeover: "They had ticked their box",
  override: "They said so",
  edit: "They said so when they edited a comment, which that bot does not hear,",
  review_text: "They said so in the text of a review, which that bot does not hear,",
  older_tick: "They ticked their box themselves",
};

function onlyHere({ code, via, at }: OnlyHere): string {
  const since = code === "unticked" ? "; it is empty now" : "";
  return `${VIA[via]} on ${day(at)}${since}.`;
}

function onlyThere(why: OnlyThere): string {
  switch (why.code) {
    case "not_on_roster":
      return "They sit in no team that decides this by the config: they have left it, are not seated yet, or have another login in it.";
    case "ticked_by_another":
      return `It was ticked by ${plain(why.by)}: the clerk takes a tick for the vote of whoever makes it.`;
    case "taken_back":
      return `They took it back ${TAKEN_BACK[why.via] ?? "by their own word"} on ${day(why.at)}.`;
    case "abstained":
      return "They have abstained since.";
    case "another_text":
      return "All they have given is an approval of another text, before the motion.";
    case "only_to_merge":
      return "All they have given is an approving review, which is a yes to merging only.";
    case "refused":
      return `The clerk would have refused what they said, ${quoted(why.said)} (${why.reply.replaceAll("_", " ")}).`;
    case "nothing_said":
      return "Nothing that they have said or ticked themselves is found now: it was edited or deleted, or somebody noted it for them.";
  }
}

const TAKEN_BACK: Readonly<Partial<Record<Provenance["via"], string>>> = {
  review: "by a review that requests changes",
  tick: "by emptying their box",
};

const isOpenHere = ({ code }: ConcernWhy): boolean => code !== "resolved_here" && code !== "not_raised_here";

function concernWhy(why: ConcernWhy): string {
  switch (why.code) {
    case "changes_requested":
      return `A review of ${plain(why.by)}’s that requests changes stands as a concern until they approve or somebody resolves it.`;
    case "carried_over":
      return "It was raised before the present motion, and belongs to the proposal: it carries over until somebody resolves it.";
    case "resolved_there":
      return "It is struck through there; nobody whom the clerk hears has said so in words that it knows.";
    case "not_listed_there":
      return "That bot has not put it on its list.";
    case "resolved_here":
      return `${plain(why.by)} resolved it on ${day(why.at)}.`;
    case "not_raised_here":
      return "Nobody whom the clerk hears has raised it in these words: the comment was edited or deleted, or its author sits in no team that decides this.";
  }
}

/** One proposal: a line where all agrees, else what differs and why, and what the clerk would write on its first day. */
export function proposalText(looked: Looked): string {
  switch (looked.kind) {
    case "unreadable":
      return `#${looked.number} cannot be read: ${plain(looked.why)}.`;
    case "compared": {
      const { number, title, url, bot, differences, now, wouldWrite } = looked;
      const told = [url, bot.status?.url];
      const name = `#${number} ${plain(title)}`;
      if (differences.length === 0) return `${name}: agrees. ${plain(now)}`;
      return [
        `${name}: differs`,
        `  ${plain(bot.status?.url ?? url)}`,
        `  The clerk, had it been there all along: ${plain(now)}`,
        ...differences.flatMap((difference) => {
          const [why, where] = [whySentence(difference), difference.url];
          return [
            `  - ${difference.kind}: ${differenceSentence(difference)}`,
            ...(why === null ? [] : [`      ${why}`]),
            ...(where === null || told.includes(where) ? [] : [`      ${plain(where)}`]),
          ];
        }),
        ...(wouldWrite.length === 0
          ? []
          : ["  On its first day, with what it takes over from that bot, it would write"]),
        ...wouldWrite.map((line) => `    ${plain(line)}`),
      ].join("\n");
    }
  }
}

/** What everything is judged by, told first. */
export function headText({ repository, rulesFrom, clerk, olderBots, since }: Look): string {
  const by =
    rulesFrom.kind === "branch"
      ? `the config on the default branch (${rulesFrom.commit.slice(0, 7)})`
      : `${plain(rulesFrom.file)}, ${rulesFrom.alsoOnBranch ? "and not by the config that is on the default branch" : "as no config is on the default branch"}`;
  const present =
    clerk === null ? "No clerk is to be seen there yet." : `${plain(clerk)} is the clerk at work there.`;
  return [
    `${plain(repository)}, judged by ${by}. ${present}`,
    ...(olderBots.length === 0
      ? ["The config names no older bot (legacy_bots), so there are only labels to compare with."]
      : []),
    `Every open pull request, and every other that was changed since ${day(since)}. Nothing is written anywhere.`,
  ].join("\n");
}

/** The whole in a few lines, told last. */
export function summaryText(summary: Summary): string {
  const { agree, differ, unreadable, notProposals, amendments, notLookedAt, kinds, requests } = summary;
  const told = DIFFERENCE_KINDS.flatMap((kind) => {
    const number = kinds.get(kind) ?? 0;
    return number === 0 ? [] : [`${kind} ${number}`];
  });
  return [
    `${count(agree + differ, "proposal")}: ${agree} ${agree === 1 ? "agrees" : "agree"}, ${differ} ${differ === 1 ? "differs" : "differ"}${told.length === 0 ? "" : ` (${told.join(", ")})`}.`,
    ...(notProposals + amendments === 0
      ? []
      : [
          `Left out: ${series([
            ...(notProposals === 0
              ? []
              : [
                  `${count(notProposals, "pull request")} that ${notProposals === 1 ? "is no proposal" : "are no proposals"}`,
                ]),
            ...(amendments === 0 ? [] : [count(amendments, "change of the config", "changes of the config")]),
          ])}.`,
        ]),
    ...(unreadable === 0 ? [] : [`${count(unreadable, "pull request")} could not be read.`]),
    ...(notLookedAt === 0
      ? []
      : [
          `It was ended before all were read: ${count(notLookedAt, "pull request")} ${notLookedAt === 1 ? "was" : "were"} not looked at.`,
        ]),
    firstDayText(summary),
    `Reading took ${count(requests, "request")}.`,
  ].join("\n");
}

/** For whoever waits: how far it is, on a terminal only. */
export const progressText = (done: number, of: number): string => `Reading ${done} of ${of} …`;

/** `--follow`: told after each look but the first, where nothing is new. */
export const nothingNewText = (at: number): string => `${readable(at)}: nothing is new.`;

/** The head of a look that has something new. */
export const newsText = (at: number): string =>
  `${readable(at)}: what is new or different since the look before:`;

/** A look that came to nothing. */
export const failedLookText = (at: number, why: string, next: number): string =>
  `${readable(at)}: this look came to nothing: ${plain(why)} The next one is on ${readable(next)}.`;
