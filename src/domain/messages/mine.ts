import type { Overview } from "../model/outline.js";
import type { PersonRef } from "../model/people.js";
import type { Rules } from "../model/rules.js";
import { type Mine, mineOf } from "../reminders/mine.js";
import { DAY, type Instant, iso } from "../text/time.js";
import { escaped, plain, quote, shorten } from "./escape.js";
import { concernNames, count, series } from "./grammar.js";
import { link } from "./links.js";

/** What waits for one person in a repository. */
export interface MineFacts {
  readonly repository: string;
  readonly login: string;
  /** Longest first. */
  readonly proposals: readonly Mine[];
  /** Open pull requests that could not be read, and why. */
  readonly unread: readonly { readonly number: number; readonly why: string }[];
  /** There are more open pull requests than GitHub was asked for. */
  readonly more: boolean;
}

/** For a terminal. */
export function mineText({ repository, login, proposals, unread, more }: MineFacts, now: Instant): string {
  const head = `${proposals.length === 0 ? "Nothing waits" : `${count(proposals.length, "proposal")} ${proposals.length === 1 ? "waits" : "wait"}`} for ${plain(login)} in ${plain(repository)}, as of ${iso(now)}.`;
  return [
    head,
    ...proposals.map((mine) =>
      [`${mine.number} ${plain(mine.title)}`, ...mineWords(mine, now, plain), plain(mine.url)].join("\n  "),
    ),
    ...(unread.length === 0
      ? []
      : [
          [
            `${count(unread.length, "pull request")} could not be read:`,
            ...unread.map(({ number, why }) => `${number}: ${plain(why)}`),
          ].join("\n  "),
        ]),
    ...(more ? ["There are more open pull requests than were listed."] : []),
  ].join("\n\n");
}

/** What waits for whoever asks in a comment. */
export interface MineAsked {
  readonly overview: Overview;
  readonly who: PersonRef;
  readonly rules: Rules;
  readonly now: Instant;
}

/** How many proposals, and how many numbers of what is not known, stand in sight. */
const IN_SIGHT = 10;

/** remind.mine: for a comment. Further ones are folded away, and beyond `most` they are counted. */
export function mineAnswer({ overview, who, rules, now }: MineAsked, most: number): string {
  const proposals = mineOf(overview.outlines, who, rules);
  const isWhole = overview.unread.length === 0 && !overview.more;
  const lines = proposals.slice(0, most).map((mine) => `- ${mineLine(mine, now)}`);
  const left = proposals.length - lines.length;
  const folded = [...lines.slice(IN_SIGHT), ...(left > 0 ? [`- and ${left} more`] : [])];
  const waits = `${count(proposals.length, "proposal")} ${proposals.length === 1 ? "waits" : "wait"} for you`;
  return [
    proposals.length > 0
      ? `${waits}${proposals.length > 1 ? ", the longest first" : ""}:`
      : `${isWhole ? "Nothing" : "Nothing that the clerk knows of"} waits for you on the open proposals here.`,
    ...(lines.length === 0 ? [] : [lines.slice(0, IN_SIGHT).join("\n")]),
    ...(folded.length === 0
      ? []
      : [
          `<details><summary>${count(proposals.length - IN_SIGHT, "more proposal")}</summary>`,
          folded.join("\n"),
          "</details>",
        ]),
    ...(isWhole ? [] : [notKnown(overview)]),
  ].join("\n\n");
}

/** Said, and not guessed. */
function notKnown({ unread, more }: Overview): string {
  const shown = unread.slice(0, IN_SIGHT).map(String);
  const rest = unread.length - shown.length;
  const numbers = series(rest > 0 ? [...shown, `${rest} more`] : shown);
  const sentences = [
    ...(unread.length === 0
      ? []
      : [
          `The clerk has not looked at ${count(unread.length, "open pull request")} since it started: ${numbers}.`,
        ]),
    ...(more ? ["Not every open pull request is listed yet, or there are more than are listed."] : []),
  ];
  return [...sentences, "So more may wait for you."].join(" ");
}

function mineLine(mine: Mine, now: Instant): string {
  const { number, url, title } = mine;
  const words = mineWords(mine, now, (text) => escaped(shorten(plain(text), 200)));
  return `${link(`${number}`, url)} ${quote(title, 80)}: ${words.join("; ")}.`;
}

/** Each thing that waits for them. `show`: text that others wrote, for where it is to stand. */
function mineWords(
  { vote, merge, concerns, gates, turn, since }: Mine,
  now: Instant,
  show: (text: string) => string,
): readonly string[] {
  const days = Math.floor((now - since) / DAY);
  const age = days < 1 ? "since today" : `for ${count(days, "day")}`;
  return [
    ...(vote === null ? [] : [`your vote on the motion to ${vote}, ${age}`]),
    ...(merge ? [`you moved it, it is accepted, and it is not merged, ${age}`] : []),
    ...(concerns.length === 0
      ? []
      : [`your ${concernNames(concerns)} ${concerns.length === 1 ? "is" : "are"} open`]),
    ...(gates.length === 0 ? [] : [`you can help with what it waits for: ${series(gates.map(show))}`]),
    ...(turn === "draft" ? [`it is your draft, quiet ${age}`] : []),
    ...(turn === "concerns" ? [`it is yours, with concerns to answer, quiet ${age}`] : []),
  ];
}
